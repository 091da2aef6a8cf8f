"""Builds one generated page with its files as MkDocs does, and reports all that another build has to know of it."""

from __future__ import annotations

import logging
import zlib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import mkdocs
from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.structure.pages import Page
from mkdocs.utils import write_file

from mkdocs_incidents.emit.calendar import event_bytes
from mkdocs_incidents.emit.json.incidents import brief_bytes
from mkdocs_incidents.publish.manifest import FileState

from ..frame import PageFrame
from ..themes import theme_plugin
from .cache import LogMessage, PageRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation

    from mkdocs_incidents.emit.artifact import PlannedFile
    from mkdocs_incidents.emit.context import EmitContext

    from ..build import Build
    from ..pages import FileGroup, PlannedPage
    from .cache import PageCache
    from .site_files import SiteFiles

_LOG = mkdocs.__name__  # ProperDocs is imported by the same name, and has a logger of its own


class _Templates:
    """The templates of the environment; those that have a `PageFrame` are rendered with it."""

    def __init__(self, env: Environment, config: MkDocsConfig) -> None:
        self._env = env
        self._config = config
        self._frames: dict[str, PageFrame] = {}
        self.contexts: dict[str, list[Mapping[str, Any]]] | None = None
        """While it is not None: the contexts that templates are rendered with, by template."""

    def get_template(self, name: str) -> _Template:
        return _Template(name, self)

    def render(self, name: str, context: Mapping[str, Any]) -> str:
        if self.contexts is not None:
            self.contexts.setdefault(name, []).append(context)
        html = self._frames[name].render(context) if name in self._frames else None
        return self._env.get_template(name).render(context) if html is None else html

    def learn(self) -> None:
        """Make frames from the contexts."""
        for name, contexts in (self.contexts or {}).items():
            if frame := PageFrame.learn(self._env, self._config, name, contexts):
                self._frames[name] = frame
        self.contexts = None


class _Template(NamedTuple):
    name: str
    templates: _Templates

    def render(self, context: Mapping[str, Any]) -> str:
        return self.templates.render(self.name, context)


class PageBuilder:
    """Builds pages outside of the loop of MkDocs, with its functions: the events of plugins run as for any page."""

    def __init__(  # noqa: PLR0913  what MkDocs builds a page with, and what the files of a page are made with
        self,
        config: MkDocsConfig,
        files: SiteFiles,
        nav: Navigation,
        *,
        env: Environment,
        build: Build,
        context: EmitContext,
    ) -> None:
        self._config = config
        self._files = files
        self._nav = nav
        self._templates = _Templates(env, config)
        self._build = build
        self._context = context
        self._doc_files = files.documentation_pages()

    @contextmanager
    def sampling(self) -> Iterator[None]:
        """Learn what pages have in common from those that are built meanwhile; more of them are built faster then."""
        self._templates.contexts = {}
        yield
        self._templates.learn()

    def rendered(self, planned: PlannedPage) -> None:
        """Render the Markdown of a page, so that its fragments are known. What is logged was logged before."""
        with _logged_messages():
            self._populated(planned)

    def _populated(self, planned: PlannedPage) -> Page:
        file = self._files.current = self._files.file_of(planned)
        page = Page(None, file, self._config)
        try:
            _populate_page(page, self._config, self._files)
        finally:
            self._files.current = None
        return page

    def build(self, planned: PlannedPage, key: bytes | None, cache: PageCache | None, *, keep_html: bool) -> PageRecord:
        """Write a page and its files, and keep them in `cache`; returns what is known of it.

        With `keep_html` that includes the HTML of its Markdown, for files that other notices are in, too.
        """
        fragments, entries = self._build.fragments, search_entries(self._config)
        links = fragments.links
        self._files.found.clear()
        if links:
            links.there.clear()
        self._remove(planned.target)
        with _logged_messages() as messages:
            page = self._populated(planned)
            found, there = dict(self._files.found), dict(links.there) if links else {}
            paths = [file.path for file in planned.files() if self._write(file)]
            before = len(entries)
            _build_page(page, self._config, self._doc_files, self._nav, cast("Environment", self._templates))
        notice = planned.notice
        record = PageRecord(
            key=key or b"",
            files={path: self._state(path, cache if key else None) for path in (planned.target, *paths)},
            found=found,
            there=there,
            attachments=dict(self._build.attachments.get(notice.id, {})) if notice else {},
            changed=planned.changed_on.isoformat() if planned.changed_on else "",
            messages=messages,
            search=entries[before:],
            anchors=sorted(page.present_anchor_ids or ()),
            anchor_links={file.src_uri: links for file, links in (page.links_to_anchors or {}).items()},
            brief=brief_bytes(self._context, notice) if notice else b"",
            promises=fragments.promises(notice) if notice and notice.postmortem_published_at else [],
            event=event_bytes(self._context, notice) if notice and keep_html else b"",
            html=zlib.compress(fragments.html(notice).encode()) if notice and keep_html else b"",
        )
        del entries[before:]
        if notice:
            fragments.forget(notice)
        return record

    def build_files(self, group: FileGroup, key: bytes | None, cache: PageCache | None) -> PageRecord:
        """Write files that belong to no page, and keep them in `cache`; returns what is known of them."""
        paths = [file.path for file in group.files() if self._write(file)]
        return PageRecord(key=key or b"", files={path: self._state(path, cache if key else None) for path in paths})

    def _remove(self, path: str) -> None:
        """Remove a file that is there: it may be one with the cache, which must not be written into."""
        Path(self._config.site_dir, path).unlink(missing_ok=True)

    def _write(self, file: PlannedFile) -> bool:
        self._remove(file.path)
        write_file(file.write(self._context), f"{self._config.site_dir}/{file.path}")
        return True

    def _state(self, path: str, cache: PageCache | None) -> FileState:
        return cache.add(f"{self._config.site_dir}/{path}") if cache else FileState(0, 0, "")


def search_entries(config: MkDocsConfig) -> list[dict[str, Any]]:
    """The entries of the search index of the theme so far; those of no index where the search is off."""
    search: Any = theme_plugin(config, "search")
    search = getattr(search, "provider", search)  # materialx has one of several
    index = getattr(search, "search_index", None)
    return index.entries if index else []


class _Collector(logging.Handler):
    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.messages: list[LogMessage] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(LogMessage(record.name, record.levelno, record.getMessage()))


@contextmanager
def _logged_messages() -> Iterator[list[LogMessage]]:
    """Collect what MkDocs and its plugins log, instead of showing it; also what this build is not asked to show."""
    collector = _Collector(logging.INFO)
    logger = logging.getLogger(_LOG)
    handlers, logger.handlers = logger.handlers, [collector]
    propagated, logger.propagate = logger.propagate, False
    level = logger.level
    logger.setLevel(logging.INFO)
    try:
        yield collector.messages
    finally:
        logger.setLevel(level)
        logger.handlers, logger.propagate = handlers, propagated


def log_again(messages: Iterable[LogMessage]) -> None:
    """Log what was logged while a page was built."""
    for message in messages:
        logging.getLogger(message.logger).log(message.level, "%s", message.message)
