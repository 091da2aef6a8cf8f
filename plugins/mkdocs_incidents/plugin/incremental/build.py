"""A build that leaves out what has not changed: which pages are kept, and what counts of those.

The pages are those of notices, of months and of components. All others, and the files that many notices are in, are
built each time by MkDocs.
"""

from __future__ import annotations

import gzip
import shutil
import zlib
from functools import cached_property
from itertools import chain
from pathlib import Path
from types import MappingProxyType, SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, cast

from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.pages import Page
from mkdocs.utils import get_build_date, get_build_timestamp

from mkdocs_incidents import garbage
from mkdocs_incidents.emit.registry import planned_component_files, planned_site_files
from mkdocs_incidents.forked import available_processes, in_processes

from ..attachments import exists
from ..pages import FileGroup, PlannedPage, file_groups
from . import fingerprint
from .cache import PageCache, PageRecord, decoded, digest_of, encoded
from .keys import PageKeys
from .output_folder import OutputFolder
from .page_builder import PageBuilder, log_again, search_entries
from .site_files import SiteFiles, url_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation

    from mkdocs_incidents.emit.artifact import PlannedFile
    from mkdocs_incidents.emit.context import EmitContext
    from mkdocs_incidents.model import Notice
    from mkdocs_incidents.publish.manifest import FileState

    from ..build import Build

log = get_plugin_logger(__name__)

_CACHE = ".cache/plugin/incidents"
_PER_PROCESS = 10
"""Pages or groups of files: to build these takes longer than to fork a process."""
_SITEMAP = "sitemap.xml"


Part: TypeAlias = PlannedPage | FileGroup
"""What is built apart, with a key of its own."""


class _ListedPage(NamedTuple):
    """What templates such as that of the sitemap ask of a page."""

    canonical_url: str
    update_date: str
    is_link: bool = False
    meta: Mapping[str, Any] = MappingProxyType({})
    """Empty: the front matter of an incident is not that of its page."""


class _ListedFile(NamedTuple):
    page: _ListedPage


class IncrementalBuild:
    """One build of MkDocs in which pages of notices, months and components are kept or built apart."""

    def __init__(
        self, build: Build, config: MkDocsConfig, common: bytes, *, live: Mapping[str, FileState], serve: bool
    ) -> None:
        """`common` is a digest of what all generated pages depend on; files of `live` that stay are left out."""
        self._build = build
        self._config = config
        self._live = live
        self._serve = serve
        self.left_out: frozenset[str] = frozenset()
        self._page_keys = PageKeys(build.site, build.digests, common)
        root = Path(config.config_file_path or "mkdocs.yml").parent
        self._cache = PageCache(root / _CACHE / ("serve" if serve else "build"))
        self._usable = self._cache.open()
        self._folder = OutputFolder(Path(config.site_dir))
        self._pages: dict[str, PlannedPage] = {}
        self._groups = file_groups(build.site)
        self._keys: dict[str, bytes | None] = {}
        self._records: dict[str, PageRecord] = {}
        self._same_links: dict[str, bool] = {}
        self._same_links_of_notices: dict[str, bool] = {}
        self._frame = b""
        self._files: SiteFiles
        self._builder: PageBuilder

    def begin(self) -> None:
        """Before MkDocs empties the folder of the site."""
        if not self._cache.busy:
            self._folder.set_aside()

    def add_files(self, files: Files) -> SiteFiles:
        """The files of MkDocs, with the pages that are built apart: those that are not in it already."""
        taken = {file.dest_uri for file in files}
        for target, planned in self._build.pages.items():
            if planned.key and target not in taken:
                self._pages[target] = planned
                self._keys[target] = planned.key(self._page_keys)
        self._keys |= {name: group.key(self._page_keys) for name, group in self._groups.items()}
        self._files = SiteFiles(files, self._config, self._build, self._pages)
        return self._files

    def attachments_of(self, notice: Notice) -> Mapping[str, bool] | None:
        """The files that a notice may link to, and whether they are there, if a build before has looked them up."""
        record = self._known(self._build.target_of(notice))
        known = record.attachments if record else None
        if known and any(exists(self._build.folder, path) != is_there for path, is_there in known.items()):
            return None
        return known

    def _known(self, target: str) -> PageRecord | None:
        record = self._cache.pages.get(target)
        return record if record and record.key and record.key == self._keys.get(target) else None

    def build_pages(self, nav: Navigation, env: Environment, context: EmitContext, *, style: str) -> None:
        """Keep or build every page that is built apart, before MkDocs builds the others.

        `style` describes the style sheet that is made of those of the theme.
        """
        self._frame = self._digest_of_frame(nav, style)
        self._builder = PageBuilder(self._config, self._files, nav, env=env, build=self._build, context=context)
        self._build.fragments.page_html = self._page_html
        with garbage.put_off(freeze=True):
            self._records = self._kept()
        waiting = [page for target, page in self._pages.items() if target not in self._records]
        self._records |= self._built(waiting)
        for target, planned in self._pages.items():
            if planned.notice:
                self._know(planned.notice, self._records[target], context)
        self._records |= self._built([group for name, group in self._groups.items() if name not in self._records])
        self._files.built(self._records)
        kept = len(self._pages) - len(waiting)
        log.info("%d of %d pages of incidents, months and components are as they were", kept, len(self._pages))
        for target in self._pages:
            log_again(self._records[target].messages)

    def _know(self, notice: Notice, record: PageRecord, context: EmitContext) -> None:
        """Take from a page what other files have of its notice."""
        if notice.postmortem_published_at:  # the promises of others stand on their own pages only
            self._build.fragments.know_promises(notice, record.promises)
        if record.event:
            context.events[notice.id] = record.event
        if record.brief:
            context.briefs[notice.id] = record.brief

    def other_files(self) -> Iterator[PlannedFile]:
        """The files that are not built together with a page that is built apart, or in a group."""
        site = self._build.site
        yield from planned_site_files(site)
        with_pages_of_mkdocs = [page.files() for target, page in self._build.pages.items() if target not in self._pages]
        of_components = [planned_component_files(site, component) for component in site.public_components]
        others = {file.path: file for file in chain.from_iterable([*with_pages_of_mkdocs, *of_components])}
        apart = {path for record in self._records.values() for path in record.files}
        yield from (file for path, file in others.items() if path not in apart)

    @property
    def _parts(self) -> dict[str, Part]:
        """All that is built apart, by name: a page by its path in the folder of the site."""
        return {**self._pages, **self._groups}

    def _kept(self) -> dict[str, PageRecord]:
        """What is known of the pages whose files are as they would be built, and are in the folder of the site now."""
        kept = {name: record for name in self._parts if (record := self._valid(name))}
        if self._cache.frame != self._frame or not self._sample_is_unchanged(kept):
            kept = {}
        files = {path: state for record in kept.values() for path, state in record.files.items()}
        self.left_out = frozenset(path for path, state in files.items() if self._is_live(path, state))
        missing = self._folder.take_back({path: state for path, state in files.items() if path not in self.left_out})
        for path in list(missing):
            if self._cache.put(files[path], f"{self._config.site_dir}/{path}"):
                missing.discard(path)
        return {target: record for target, record in kept.items() if missing.isdisjoint(record.files)}

    def _is_live(self, path: str, state: FileState) -> bool:
        return path in self._live and self._live[path].sha256 == state.sha256

    def _sample_is_unchanged(self, kept: Mapping[str, PageRecord]) -> bool:
        """Whether the newest of the notices that are kept would be built as it is.

        Keys have all that is known to be on a page. A template of the site may have something else there, such as the
        day of the build.
        """
        newest = next(
            (target for target in reversed(self._pages) if target in kept and self._pages[target].notice), None
        )
        if newest is None:
            return True
        built = self._builder.build(self._pages[newest], None, None, keep_html=False)
        same = {path: digest_of(f"{self._config.site_dir}/{path}") for path in built.files}
        if same != {path: state.sha256 for path, state in kept[newest].files.items()}:
            log.info("Every page is built again, because %s is not as it was, for an unknown reason", newest)
            return False
        for folder in {path.partition("/")[0] for path in built.files}:
            shutil.rmtree(Path(self._config.site_dir, folder))
        return True

    def _valid(self, target: str) -> PageRecord | None:
        record = self._known(target)
        if record is None or not self._has_same_links(target):
            return None
        group = self._groups.get(target)
        return record if group is None or self._notices_have_same_links(group.component.id) else None

    def _notices_have_same_links(self, component: str) -> bool:
        """`_has_same_links` of all notices about a component."""
        if component not in self._same_links_of_notices:
            targets = map(self._build.target_of, self._build.site.snapshot.notices_by_component[component])
            self._same_links_of_notices[component] = all(map(self._has_same_links, targets))
        return self._same_links_of_notices[component]

    def _has_same_links(self, target: str) -> bool:
        """Whether the links of a page, as it was built before, lead to the same files and pages as then."""
        if target not in self._same_links:
            self._same_links[target] = self._leads_as_before(self._cache.pages.get(target))
        return self._same_links[target]

    def _leads_as_before(self, record: PageRecord | None) -> bool:
        links = self._build.fragments.links
        if record is None or any(self._files.leads_to(source) != path for source, path in record.found.items()):
            return False
        return not links or all(links.has(path) == is_there for path, is_there in record.there.items())

    def _built(self, waiting: Sequence[Part]) -> dict[str, PageRecord]:
        """Build these, in several processes if they are many; what is known of them, by name."""
        if not waiting:
            return {}
        page_cache = self._cache if self._usable and self._cache.begin() else None
        shared = self._in_shared_files()

        def build(part: Part) -> PageRecord:
            key = self._keys[_name_of(part)]
            if isinstance(part, FileGroup):
                return self._builder.build_files(part, key, page_cache)
            keep_html = part.notice is not None and part.notice.id in shared
            return self._builder.build(part, key, page_cache, keep_html=keep_html)

        # In this process, so that the others have the templates compiled.
        samples = _samples(waiting)
        with self._builder.sampling():
            records = {_name_of(part): build(part) for part in samples}
        others = [part for part in waiting if _name_of(part) not in records]
        count = 1 if self._serve else available_processes(len(others), per_process=_PER_PROCESS)
        if count == 1:
            return records | {_name_of(part): build(part) for part in others}
        built = in_processes(lambda part: encoded(build(part)), others, count=count)
        return records | {_name_of(part): decoded(record) for part, record in built}

    def _in_shared_files(self) -> set[str]:
        """The ids of the notices that are in feeds and calendars: the newest of the site and of each component."""
        snapshot, length = self._build.site.snapshot, max(100, self._build.site.outputs.feed_length)
        lists = [snapshot.history.notices[::-1], *snapshot.notices_by_component.values(), snapshot.explained]
        return {notice.id for notices in lists for notice in notices[:length]}

    def _page_html(self, notice: Notice) -> str:
        """The HTML of the page of a notice that was not built in this process."""
        target = self._build.target_of(notice)
        record = self._records.get(target)
        if record and record.html:
            return zlib.decompress(record.html).decode()
        if target in self._pages:
            self._builder.rendered(self._pages[target])
        return ""

    def _digest_of_frame(self, nav: Navigation, style: str) -> bytes:
        """A digest of what pages show of the other pages of the site: their titles and addresses."""
        pages = [(page.title, page.url, list(page.meta.items())) for page in nav.pages]
        others = [(file.page.title, file.url) for file in self._files.documentation_pages() if file.page]
        return fingerprint.digest(str(nav), pages, others, style)

    @cached_property
    def all_pages(self) -> list[Any]:
        """Every page that is built apart, with what templates such as that of the sitemap ask of a file."""
        address, today, pages = self._build.site.urls.site_url, get_build_date(), []
        for target in self._pages:
            changed = self._records[target].changed or today
            pages.append(_ListedFile(_ListedPage(address + url_of(target, self._config), changed)))
        return pages

    def before_search_is_written(self) -> None:
        """Add what is known of the pages to the index of the search."""
        search_entries(self._config).extend(chain.from_iterable(self._records[target].search for target in self._pages))

    def end(self) -> None:
        """After everything is written: check links to anchors, and know all pages in the next build."""
        self._check_anchors()
        self._compress_sitemap()
        self._folder.finish()
        if self._usable:
            self._cache.save(self._frame, {name: _to_keep(record) for name, record in self._records.items()})
            self._cache.close()

    def fail(self) -> None:
        """After an error, and where a build did not come to its end: the folder of the site is as it was."""
        self._folder.undo()
        self._cache.close()

    def _check_anchors(self) -> None:
        for target, planned in self._pages.items():
            if links := self._records[target].anchor_links:
                found = ((self._files.get_file_from_path(source), anchors) for source, anchors in links.items())
                to = {file: anchors for file, anchors in found if file}
                page = SimpleNamespace(file=self._files.linked(planned), links_to_anchors=to)
                level = self._config.validation.links.anchors
                Page.validate_anchor_links(cast("Page", page), files=self._files, log_level=level)

    def _compress_sitemap(self) -> None:
        """Write the compressed sitemap again: MkDocs gives it the day of the newest page, and does not know of ours."""
        path = Path(self._config.site_dir, _SITEMAP)
        packed_path = path.with_name(f"{_SITEMAP}.gz")
        if not packed_path.is_file():
            return
        known = [file.page for file in self._files.documentation_pages() if file.page is not None]
        timestamp = get_build_timestamp(pages=[*known, *(file.page for file in self.all_pages)])
        with (
            packed_path.open("wb") as file,
            gzip.GzipFile(str(packed_path), "wb", fileobj=file, mtime=timestamp) as packed,
        ):
            packed.write(path.read_bytes())


def _samples(parts: Sequence[Part]) -> list[Part]:
    """The first, the middle and the last page of a notice, if there are many."""
    notices = [part for part in parts if isinstance(part, PlannedPage) and part.notice]
    return [notices[0], notices[len(notices) // 2], notices[-1]] if len(notices) >= _PER_PROCESS else []


def _to_keep(record: PageRecord) -> PageRecord:
    """What the next build has to know of a page: of one that it builds in any case, where its links led to."""
    return record if record.key else PageRecord(key=b"", files={}, found=record.found, there=record.there)


def _name_of(part: Part) -> str:
    return part.name if isinstance(part, FileGroup) else part.target
