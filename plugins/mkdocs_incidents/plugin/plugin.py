"""The MkDocs plugin `incidents`: what happens at which moment of a build."""

from __future__ import annotations

import re
from functools import partial
from logging import INFO, WARNING
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from markupsafe import Markup, escape
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import get_relative_url

from mkdocs_incidents.content.internal import public_html, public_markdown
from mkdocs_incidents.emit.registry import artifacts
from mkdocs_incidents.present.pages.status import not_found_view

from .attachments import Attachments
from .build import Build, prepare
from .markdown_copies import markdown_copies
from .options import Options
from .pages import add_pages, artifact_file, attachment_file, remove_sources, site_links
from .search import owner_prose, page_search_text, search_on_demand, search_text
from .templating import (
    NAMESPACE,
    TEMPLATE_PREFIX,
    TEMPLATES,
    install,
    promise_html,
    rendered_notice,
    template_functions,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Environment, Template
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from mkdocs_incidents.content.internal import PublicText
    from mkdocs_incidents.model import Notice
    from mkdocs_incidents.present.pages.notice import NoticeView
    from mkdocs_incidents.present.views import Link

    from .pages import View

log = get_plugin_logger(__name__)

_FIRST_HEADING = re.compile(r"\A\s*<h1\b.*?</h1>", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEAD, _HEAD_END = "<head>", "</head>"
_PAGE_BEGIN = '<nav class="mi-nav"'
_BLANKS = re.compile(r"\n\s+")
_NOT_FOUND = "404.html"
_I18N = "i18n"
_NOT_PROTECTED = (
    "another plugin replaced what stands in %s. If it protects pages: those of incidents, their feeds and files are "
    "published as they are; tell it to leave them alone, or protect the whole site on its server"
)
_STYLE, _SCRIPT = "assets/incidents/incidents.css", "assets/incidents/incidents.js"
_AFTER_ALL_OTHERS = -1000  # -100 is "last" for every plugin that says so


class IncidentsPlugin(BasePlugin[Options]):
    """Turns a folder of incident files into a status site."""

    build: Build
    _env: Environment
    _nav: tuple[Link, ...]
    _files: Files
    _rendered: dict[str, str]
    """The HTML of the site's other pages as Markdown made it, by path; kept where copies of them are wanted."""
    _bodies: dict[str, str]
    """What stands in place of the body of each notice, by path."""
    _instant: bool
    """Whether Material changes pages without loading them."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Be kept from one build of `mkdocs serve` to the next: MkDocs drops plugins that do not define this."""

    @event_priority(_AFTER_ALL_OTHERS)  # they may change addresses, the language and the theme
    def on_config(self, config: MkDocsConfig) -> None:
        """Load, check and compute everything while the previous site is still on disk."""
        folder = Path(config.config_file_path or "mkdocs.yml").parent / self.config.incidents_dir
        if folder.is_dir():  # a folder that is not there would crash the watcher of `serve`
            config.watch.append(str(folder))
        self.build = prepare(config, self.config)
        for problem in self.build.warnings:
            # Where time alone brought it about, nobody's change is to blame: a strict build goes on.
            log.log(INFO if problem.timed else WARNING, "%s", problem)
        if partly := self.build.partly_read:
            log.info(
                "%d %s of postmortems %s lines that are shown but not read; incidents tidy --all proposes better ones",
                partly,
                "section" if partly == 1 else "sections",
                "has" if partly == 1 else "have",
            )
        config.theme.dirs.append(str(TEMPLATES))
        self._instant = "navigation.instant" in _features(config)
        if self._instant:  # such a site loads its scripts once, with whatever page is opened first
            config.extra_javascript.append(_SCRIPT)
        self._nav, self._rendered, self._bodies = (), {}, {}

    @event_priority(50)  # early: search, tags, social and others must meet our pages like any other
    def _on_files_early(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add a page for everything that has one, and the files that these link to."""
        remove_sources(files, self.build.folder)
        if _I18N not in config.plugins:
            self._add_pages(files, config)
        return files

    @event_priority(-150)  # after mkdocs-static-i18n, which makes the list anew and drops pages that are in no docs_dir
    def _on_files_late(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages to a site in several languages."""
        if _I18N in config.plugins and not _is_translation(config):
            self._add_pages(files, config)
        return files

    on_files = CombinedEvent(_on_files_early, _on_files_late)

    def _add_pages(self, files: Files, config: MkDocsConfig) -> None:
        add_pages(files, config, self.build.folder, self.build.pages)
        attachments = Attachments(self.build.site, self.build.fragments, self.build.folder, files, config)
        for path in attachments.paths():
            files.append(attachment_file(config, self.build.folder, path))

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Remember where the site's own pages begin: ours show one row of links and no side navigation."""
        self._nav = site_links(nav, self.build.pages)
        return nav

    @event_priority(100)  # first: whatever other plugins make of a text, they make it of what is public
    def _on_page_markdown_first(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Take internal notes out of every page: ours have none, but those of the site's owner may."""
        for key, value in page.meta.items():
            if isinstance(value, str):
                page.meta[key] = _public(public_markdown(value), page)
        return _public(public_markdown(markdown), page)

    def _on_page_markdown_ours(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Give our pages their template and, escaped, their title: Material prints it raw in many places."""
        planned = self.build.pages.get(page.file.dest_uri)
        if planned:
            page.meta.setdefault("template", planned.template)
            if planned.notice or ("title" not in page.meta and not markdown.lstrip().startswith("# ")):
                page.meta["title"] = str(escape(planned.title))
            page.meta.setdefault("description", str(escape(planned.title)))  # for feeds of others, until it is drawn
            if planned.changed_on:
                page.update_date = planned.changed_on.isoformat()
        return markdown

    on_page_markdown = CombinedEvent(_on_page_markdown_first, _on_page_markdown_ours)

    @event_priority(100)
    def _on_page_content_first(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Take internal notes out that came with the rendering: from a snippet, or from what only looked like code."""
        html = _public(public_html(html), page)
        if self.config.markdown_copies and page.file.dest_uri not in self.build.pages:
            self._rendered[page.file.dest_uri] = html
        return html

    @event_priority(-100)  # last: what other plugins did to the HTML of a body goes into our pages and feeds too
    def _on_page_content_last(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Take rendered bodies apart, and leave the search index a title and a summary."""
        planned = self.build.pages.get(page.file.dest_uri)
        if planned is None:
            return html
        page.toc = TableOfContents([AnchorLink(planned.title, "now", 1)])  # Material's skip link leads to the first
        if planned.notice is None:
            prose = _FIRST_HEADING.sub("", html).strip()
            return page_search_text(planned.view().frame.description, prose)
        if lost := self.build.fragments.add_page(planned.notice, html):
            log.warning(
                "%s: %d of its entries and action items lost their place while the page was rendered (an element or a "
                "block of code is left open, or a plugin removes comments): links and footnotes in them may not work",
                planned.notice.source,
                lost,
            )
        body = self._bodies[planned.target] = search_text(self.build.site, self.build.fragments, planned.notice)
        return body

    on_page_content = CombinedEvent(_on_page_content_first, _on_page_content_last)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Make the templates safe, and the feeds out of what is now rendered."""
        install(env)
        self._env = env
        if _is_translation(config):
            return env
        self._files = files
        for made in artifacts(self.build.views, self.build.fragments):
            files.append(artifact_file(config, made))
        return env

    @event_priority(-100)  # last: another plugin may have encrypted what the site's owner added to a page of ours
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Hand a template its view and the words to tell it in."""
        planned = self.build.pages.get(page.file.dest_uri)
        if planned:
            view = planned.view()
            mutable = cast("dict[str, Any]", context)
            mutable[NAMESPACE] = self._template_namespace(view, page.content or "", planned.notice, page.url)
            if page.content != self._bodies.get(planned.target, page.content):
                log.warning(_NOT_PROTECTED, page.file.src_uri)
            page.meta["description"] = str(escape(view.frame.description))
        return context

    def _template_namespace(
        self, view: View, content: str = "", notice: Notice | None = None, url: str = ""
    ) -> dict[str, Any]:
        """What every template of ours finds under one name in its context (CONTRIBUTING.md has the contract)."""
        pieces = self.build.fragments
        prose = "" if notice else _COMMENT.sub("", owner_prose(content)).strip()
        return (
            template_functions(self.build.site.formatter, pieces)
            | {
                "view": view,
                "site": self.build.views.shared,
                "nav": self._nav,
                "instant": self._instant,
                "prose": Markup(prose),  # noqa: S704  the owner's own page
                "promise": partial(promise_html, self.build.site, pieces, url),
            }
            | (rendered_notice(pieces, notice, cast("NoticeView", view)) if notice else {})
        )

    def on_pre_template(self, template: Template, *, template_name: str, config: MkDocsConfig) -> Template:
        """Let "not found" tell the status itself, unless the site has a page of its own for it."""
        overridden = config.theme.custom_dir and (Path(config.theme.custom_dir) / _NOT_FOUND).is_file()
        return (
            self._env.get_template(TEMPLATE_PREFIX + _NOT_FOUND)
            if template_name == _NOT_FOUND and not overridden
            else template
        )

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Give "not found" the facts of the status page."""
        if template_name == _NOT_FOUND:
            cast("dict[str, Any]", context)[NAMESPACE] = self._template_namespace(
                not_found_view(self.build.views.status, self.build.site)
            )
        return context

    @event_priority(100)  # early: while the page is as Material wrote it
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Let feed readers find the feeds from every page, the hand-written ones included.

        To HTML, `rel` is a set of words, and the blank says nothing. Material's script looks for `[rel=alternate]` to
        the letter, takes what it finds for the site in another language, and would fetch the sitemap of each feed.
        """
        links = "".join(
            f'<link rel="alternate " type="{feed.media_type}" title="{escape(feed.title)}" href="{feed.address}">\n'
            for feed in self.build.views.shared.feeds
        )
        if self._instant and page.file.dest_uri not in self.build.pages:
            # Where it stands on our pages, ahead of Material's: one that comes later would draw them unstyled at first.
            style = f'<link rel="stylesheet" href="{get_relative_url(_STYLE, page.url)}">'
            output = output.replace(_HEAD, f"{_HEAD}\n{style}", 1)
        return _lean(output, config).replace(_HEAD_END, links + _HEAD_END, 1)

    @event_priority(100)
    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Let "not found" be as light as the pages are."""
        return _lean(output_content, config) if template_name == _NOT_FOUND else output_content

    @event_priority(-90)  # late: copies are compared with what others, and search, have made of the pages
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the copies of the site's other pages, where they are wanted."""
        if self._rendered and not _is_translation(config):
            for made in markdown_copies(self._files, self._rendered, Path(config.site_dir)):
                artifact_file(config, made).copy_file()


def _public(text: PublicText, page: Page) -> str:
    """The text, if its notes are clear.

    Raises:
        PluginError: they are not, and were not when the files were checked: another plugin brought them in.
    """
    if text.faults:
        fault = text.faults[0]
        raise PluginError(f"{page.file.src_uri}: {fault.message} ({fault.hint})")
    return text.text


def _is_translation(config: MkDocsConfig) -> bool:
    """Whether mkdocs-static-i18n builds another than the default language: it builds the site once for each.

    The status site stands at its addresses once, in the default language.
    """
    i18n = config.plugins.get(_I18N)
    return i18n is not None and not getattr(i18n, "is_default_language_build", True)


def _lean(html: str, config: MkDocsConfig) -> str:
    """A page of ours without what Material adds ahead of need; any other page as it is."""
    theirs, begin, ours = html.partition(_PAGE_BEGIN)
    if not begin:
        return html
    # Material's templates leave a kilobyte of blanks ahead of the first screen.
    html = _BLANKS.sub("\n", theirs) + begin + ours
    offline = config.plugins.get("material/offline")
    if offline and offline.config.enabled:  # a page that is opened as a file may fetch nothing later
        return html
    return search_on_demand(html, suggest="search.suggest" in _features(config))


def _features(config: MkDocsConfig) -> Sequence[str]:
    return config.theme.get("features") or ()
