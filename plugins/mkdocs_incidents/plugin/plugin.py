"""The MkDocs plugin `incidents`: what happens at which moment of a build."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from markupsafe import Markup, escape
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.toc import AnchorLink, TableOfContents

from mkdocs_incidents.emit.all import artifacts
from mkdocs_incidents.present import urls as paths

from .build import Build, prepare
from .options import Options
from .pages import add_pages, artifact_file, own_links
from .search import search_text
from .templating import install, words

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from mkdocs_incidents.present.views import Link

log = get_plugin_logger(__name__)

TEMPLATES = Path(__file__).parent.parent / "templates"
_FIRST_HEADING = re.compile(r"\A\s*<h1\b.*?</h1>", re.DOTALL)
_HEAD_END = "</head>"


class IncidentsPlugin(BasePlugin[Options]):
    """Turns a folder of incident files into a status site."""

    build: Build
    _prose: str
    _nav: tuple[Link, ...]

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Be kept from one build of `mkdocs serve` to the next: MkDocs drops plugins that do not define this."""

    def on_config(self, config: MkDocsConfig) -> None:
        """Load, check and compute everything while the previous site is still on disk."""
        folder = Path(config.config_file_path or "mkdocs.yml").parent / self.config.incidents_dir
        if folder.is_dir():  # first of all, so that `serve` sees a file mended after a failed first build; a folder
            config.watch.append(str(folder))  # that is not there would crash its watcher
        self.build = prepare(config, self.config)
        for problem in self.build.warnings:
            log.warning(str(problem))
        config.theme.dirs.append(str(TEMPLATES))
        self._prose, self._nav = "", ()

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
            self._prose = _FIRST_HEADING.sub("", html).strip() if planned.source == paths.STATUS else self._prose
            return html
        self.build.fragments.keep(planned.notice, html)
        return search_text(self.build.edition, self.build.fragments, planned.notice)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Make the templates safe, and the feeds out of what is now rendered."""
        install(env, self.build.fragments)
        for made in artifacts(self.build.edition, self.build.fragments):
            files.append(artifact_file(config, made))
        return env

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Hand a template its view and the words to tell it in."""
        planned = self.build.pages.get(page.file.src_uri)
        if planned:
            sections = self.build.fragments.sections(planned.notice) if planned.notice else ()
            view = planned.view()
            ours = words(self.build.edition.wording) | {
                "view": view,
                "site": self.build.edition.site,
                "fragments": [Markup(html) for html in sections],  # noqa: S704  rendered by MkDocs, contained
                "site_nav": self._nav,
                "prose": Markup(self._prose),  # noqa: S704  the owner's own page
            }
            cast("dict[str, Any]", context).update(ours)
            page.meta["description"] = str(escape(view.frame.description))
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Let feed readers find the feeds from every page, the hand-written ones included."""
        links = "".join(
            f'<link rel="alternate" type="{feed.media_type}" title="{escape(feed.title)}" href="{feed.address}">\n'
            for feed in self.build.edition.site.feeds
        )
        return output.replace(_HEAD_END, links + _HEAD_END, 1)
