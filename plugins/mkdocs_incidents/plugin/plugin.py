"""The MkDocs plugin `incidents`: what happens at which moment of a build."""

from __future__ import annotations

import re
from itertools import chain
from logging import INFO, WARNING
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from markupsafe import Markup, escape
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import get_relative_url

from mkdocs_incidents.emit.all import artifacts
from mkdocs_incidents.present.status_page import not_found_view

from .build import Build, prepare
from .options import Options
from .pages import add_pages, artifact_file, own_links, twins_of_others
from .search import page_search_text, search_on_demand, search_text
from .templating import OURS, install, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Environment, Template
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from mkdocs_incidents.present.views import Link

    from .pages import View

log = get_plugin_logger(__name__)

TEMPLATES = Path(__file__).parent.parent / "templates"
_FIRST_HEADING = re.compile(r"\A\s*<h1\b.*?</h1>", re.DOTALL)
_HEAD, _HEAD_END = "<head>", "</head>"
_OURS_BEGIN = '<nav class="mi-nav"'
_BLANKS = re.compile(r"\n\s+")
_NOT_FOUND = "404.html"
_STYLE, _SCRIPT = "assets/incidents/incidents.css", "assets/incidents/incidents.js"
_AFTER_ALL_OTHERS = -1000  # -100 is "last" for every plugin that says so


class IncidentsPlugin(BasePlugin[Options]):
    """Turns a folder of incident files into a status site."""

    build: Build
    _env: Environment
    _nav: tuple[Link, ...]
    _instant: bool
    """Whether Material changes pages without loading them."""
    _prose: dict[str, str]
    """What the site's owner added to pages of ours, by source path."""

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
        config.theme.dirs.append(str(TEMPLATES))
        self._instant = "navigation.instant" in _features(config)
        if self._instant:  # such a site loads its scripts once, with whatever page is opened first
            config.extra_javascript.append(_SCRIPT)
        self._nav, self._prose = (), {}

    @event_priority(50)  # early: search, tags, social and others must meet our pages like any other
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add a page for everything that has one."""
        add_pages(files, config, self.build.folder, self.build.pages)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Remember where the site's own pages begin: ours show one row of links and no side navigation."""
        self._nav = own_links(nav, self.build.pages)
        return nav

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Give our pages their template and, escaped, their title: Material prints it raw in many places."""
        planned = self.build.pages.get(page.file.src_uri)
        if planned:
            page.meta.setdefault("template", planned.template)
            if planned.notice or ("title" not in page.meta and not markdown.lstrip().startswith("# ")):
                page.meta["title"] = str(escape(planned.title))
            if planned.changed_on:
                page.update_date = planned.changed_on.isoformat()
        return markdown

    @event_priority(-100)  # last: what other plugins did to the HTML of a body goes into our pages and feeds too
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Take rendered bodies apart, and leave the search index a title and a summary."""
        planned = self.build.pages.get(page.file.src_uri)
        if planned is None:
            return html
        page.toc = TableOfContents([AnchorLink(planned.title, "now", 1)])  # Material's skip link leads to the first
        if planned.notice is None:
            prose = _FIRST_HEADING.sub("", html).strip()
            self._prose[planned.source] = prose
            return page_search_text(planned.view().frame.description, prose)
        self.build.fragments.keep(planned.notice, html)
        return search_text(self.build.edition, self.build.fragments, planned.notice)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Make the templates safe, and the feeds out of what is now rendered."""
        install(env, self.build.fragments)
        self._env = env
        others = list(twins_of_others(files, self.build.pages)) if "text" in self.config.outputs else ()
        for made in chain(artifacts(self.build.edition, self.build.fragments), others):
            files.append(artifact_file(config, made))
        return env

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Hand a template its view and the words to tell it in."""
        planned = self.build.pages.get(page.file.src_uri)
        if planned:
            view = planned.view()
            ours = self._ours(view, self._prose.get(planned.source, ""))
            if planned.notice:
                pieces = self.build.fragments
                ours["fragments"] = [Markup(html) for html in pieces.sections(planned.notice)]  # noqa: S704  contained
                ours["rests"] = [Markup(html) for html in pieces.rests(planned.notice)]  # noqa: S704  likewise
            cast("dict[str, Any]", context).update(ours)
            page.meta["description"] = str(escape(view.frame.description))
        return context

    def _ours(self, view: View, prose: str = "") -> dict[str, Any]:
        """What every template of ours finds in its context (CONTRIBUTING.md has the contract)."""
        return words(self.build.edition.wording) | {
            "view": view,
            "site": self.build.edition.site,
            "site_nav": self._nav,
            "instant": self._instant,
            "prose": Markup(prose),  # noqa: S704  the owner's own page
        }

    def on_pre_template(self, template: Template, *, template_name: str, config: MkDocsConfig) -> Template:
        """Let "not found" tell the status itself, unless the site has a page of its own for it."""
        overridden = config.theme.custom_dir and (Path(config.theme.custom_dir) / _NOT_FOUND).is_file()
        return self._env.get_template(OURS + _NOT_FOUND) if template_name == _NOT_FOUND and not overridden else template

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Give "not found" the facts of the status page."""
        if template_name == _NOT_FOUND:
            cast("dict[str, Any]", context).update(self._ours(not_found_view(self.build.edition)))
        return context

    @event_priority(100)  # early: while the page is as Material wrote it
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Let feed readers find the feeds from every page, the hand-written ones included.

        To HTML, `rel` is a set of words, and the blank says nothing. Material's script looks for `[rel=alternate]` to
        the letter, takes what it finds for the site in another language, and would fetch the sitemap of each feed.
        """
        links = "".join(
            f'<link rel="alternate " type="{feed.media_type}" title="{escape(feed.title)}" href="{feed.address}">\n'
            for feed in self.build.edition.site.feeds
        )
        if self._instant and page.file.src_uri not in self.build.pages:
            # Where it stands on our pages, ahead of Material's: one that comes later would draw them unstyled at first.
            style = f'<link rel="stylesheet" href="{get_relative_url(_STYLE, page.url)}">'
            output = output.replace(_HEAD, f"{_HEAD}\n{style}", 1)
        return _lean(output, config).replace(_HEAD_END, links + _HEAD_END, 1)

    @event_priority(100)
    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Let "not found" be as light as the pages are."""
        return _lean(output_content, config) if template_name == _NOT_FOUND else output_content


def _lean(html: str, config: MkDocsConfig) -> str:
    """A page of ours without what Material adds ahead of need; any other page as it is."""
    theirs, begin, ours = html.partition(_OURS_BEGIN)
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
