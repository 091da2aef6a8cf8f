"""The MkDocs plugin `incidents`: its event handlers, in the order of the events of a build."""

from __future__ import annotations

import re
from functools import partial
from itertools import chain
from logging import INFO, WARNING
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from markupsafe import Markup, escape
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import get_relative_url

from mkdocs_incidents import garbage
from mkdocs_incidents.content.internal_notes import public_html, public_markdown
from mkdocs_incidents.emit.context import EmitContext
from mkdocs_incidents.emit.previews.files import preview_paths
from mkdocs_incidents.emit.previews.kept import DrawnImages
from mkdocs_incidents.emit.registry import planned_files, planned_site_files
from mkdocs_incidents.present.pages.notice import notice_feeds
from mkdocs_incidents.present.pages.status import not_found_view
from mkdocs_incidents.render.document import without_document
from mkdocs_incidents.render.open_graph import shared_link_tags_once
from mkdocs_incidents.render.templating import (
    NAMESPACE,
    TEMPLATE_PREFIX,
    TEMPLATES,
    compiled_templates,
    install,
    promise_html,
    rendered_notice,
    template_functions,
)
from mkdocs_incidents.render.theme_on_demand import theme_on_demand
from mkdocs_incidents.render.theme_style import theme_style

from .attachments import Attachments
from .body_links import BodyLinks
from .build import FaultyFilesError, prepare
from .included_links import relative_to_docs
from .incremental import fingerprint
from .incremental.build import IncrementalBuild
from .incremental.conditions import why_not
from .incremental.fingerprint import UnknownError
from .incremental.output_folder import OutputFolder
from .language import in_english, is_translated, locale_folder, note_on_language
from .markdown_copies import markdown_copies
from .options import Options
from .overwritten import WrittenFiles
from .pages import add_pages, artifact_file, attachment_file, remove_sources, site_links
from .search import (
    indexed_by_pagefind,
    marked_for_pagefind,
    owner_prose,
    page_search_text,
    search_on_demand,
    search_text,
)
from .serving import ProblemsInBrowser, until_mended
from .themes import theme_plugin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from jinja2 import Environment, Template
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from mkdocs_incidents.content.internal_notes import PublicText
    from mkdocs_incidents.model import Notice
    from mkdocs_incidents.present.pages.notice import NoticeView
    from mkdocs_incidents.present.views import Link
    from mkdocs_incidents.publish.manifest import FileState
    from mkdocs_incidents.render.theme_style import ThemeStyle

    from .build import Build
    from .pages import PlannedPage, View

log = get_plugin_logger(__name__)

_FIRST_HEADING = re.compile(r"\A\s*<h1\b.*?</h1>", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEAD, _HEAD_END = "<head>", "</head>"
_PAGE_BEGIN = '<nav class="mi-nav'
_DRAWN = ".cache/plugin/incidents/previews"
"""Folder of images that were drawn before, beside mkdocs.yml."""
_BLANKS = re.compile(r"\n\s+")
_NOT_FOUND = "404.html"
_I18N = "i18n"
_ALTERNATE = "alternate"
_ALTERNATES = "alternates"
"""The attribute in which mkdocs-static-i18n has the translations of a file."""
_CONTENT_REPLACED = (
    "another plugin replaced what stands in %s. If it protects pages: those of incidents, their feeds and files are "
    "published as they are; tell it to leave them alone, or protect the whole site on its server"
)
_STYLE, _SCRIPT = "assets/incidents/incidents.css", "assets/incidents/incidents.js"
_AFTER_ALL_OTHER_PLUGINS = -1000  # -100 is what plugins that want to be last usually use


class IncidentsPlugin(BasePlugin[Options]):
    """Builds a status site from a folder of incident files."""

    build: Build
    attachments: tuple[str, ...]
    """Paths, below the content folder, of the files in it that are published because a notice links to them."""
    _env: Environment
    _site_links: tuple[Link, ...]
    _files: Files
    _nav: Navigation
    _rendered_pages: dict[str, str]
    """The HTML of other pages before other plugins change it, by path; only with the option `markdown_copies`."""
    _search_texts: dict[str, str]
    """The content of the page of each notice, by path: its text for the search index."""
    _config_of_pages: MkDocsConfig
    """The configuration in the context of generated pages."""
    _theme_style: ThemeStyle | None
    """The style of generated pages; None for that of the theme."""
    _written: WrittenFiles
    """The files that other plugins may overwrite; none in a build of which all plugins are known."""
    _instant: bool
    """Whether the feature `navigation.instant` of Material is on: it replaces the page without loading it."""

    def __init__(self) -> None:
        self._serve = self._dirty = False
        self.live: Mapping[str, FileState] = {}
        """The files of the version that the site replaces: a build by `incidents build` leaves out those that stay."""
        self.left_out: frozenset[str] = frozenset()
        """The paths of the files that the last build has left out."""
        self._incremental: IncrementalBuild | None = None
        """Keeps pages that have not changed; None where MkDocs builds every page."""
        self._problems = ProblemsInBrowser()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Note what was typed. MkDocs keeps a plugin instance between the builds of `serve` if it has this event."""
        self._serve, self._dirty = command == "serve", dirty

    @event_priority(_AFTER_ALL_OTHER_PLUGINS)  # other plugins may change addresses, the language and the theme
    def on_config(self, config: MkDocsConfig) -> None:
        """Load, check and compute everything before MkDocs empties the site folder."""
        self._incremental, self.left_out = None, frozenset()
        garbage.unfreeze()  # what a build before has left, in `mkdocs serve`
        with garbage.put_off(freeze=True):
            self.build = self._prepared(config)
        config.site_url = self.build.site.urls.site_url  # the sitemap and canonical links have the same, in ASCII
        for problem in self.build.warnings:
            # A warning that is due to time alone, without a change of a file, must not end a strict build.
            log.log(INFO if problem.timed else WARNING, "%s", problem)
        if partly_read := self.build.partly_read:
            log.info(
                "%d %s of postmortems %s lines that are shown but not read; incidents tidy --all proposes better ones",
                partly_read,
                "section" if partly_read == 1 else "sections",
                "has" if partly_read == 1 else "have",
            )
        formatter = self.build.site.formatter
        if note := note_on_language(config, self.config, formatter):
            log.info("%s", note)
        self._config_of_pages = config if is_translated(config, self.config, formatter) else in_english(config)
        config.theme.dirs.append(str(TEMPLATES))
        self._instant = "navigation.instant" in _features(config)
        if self._instant:  # such a site loads scripts only with its first page
            config.extra_javascript.append(_SCRIPT)
        self.attachments, self._site_links, self._rendered_pages, self._search_texts = (), (), {}, {}
        self._theme_style = None
        if not _is_translation(config):  # which is built into the folder of the default language
            self._written = WrittenFiles()
        self._incremental = self._incremental_build(config)

    def _prepared(self, config: MkDocsConfig) -> Build:
        """The data of the build. The first one of `mkdocs serve` waits for files that are right."""
        incidents = Path(config.config_file_path or "mkdocs.yml").parent / self.config.incidents_dir
        folders = [folder for folder in (incidents, locale_folder(config, self.config)) if folder]
        load = partial(prepare, config, self.config, parallel=not self._serve)
        try:
            build = load()
        except FaultyFilesError as faulty:
            if not self._serve or self._problems.attached:
                raise
            build = until_mended(load, faulty, [*folders, Path(config.docs_dir)], *config.dev_addr)
        # The watcher of `serve` fails for a missing folder.
        config.watch.extend(str(folder) for folder in folders if folder.is_dir())
        return build

    def _incremental_build(self, config: MkDocsConfig) -> IncrementalBuild | None:
        """What keeps pages that have not changed; None, and said why, where something unknown has a part in pages."""
        reason = why_not(config, dirty=self._dirty)
        if not reason:
            try:
                with garbage.put_off(freeze=True):
                    common = self._common(config)
                    return IncrementalBuild(self.build, config, common, live=self.live, serve=self._serve)
            except UnknownError as unknown:
                reason = f"{unknown} in the configuration may change"
        log.info("Every page is built again, because %s", reason)
        return None

    def _common(self, config: MkDocsConfig) -> bytes:
        """A digest of what all generated pages depend on."""
        folders = (config.theme.custom_dir, locale_folder(config, self.config))
        site = self.build.site
        parts = (
            self.build.catalog_digest,
            str(site.formatter.locale),
            [component.id for component in site.public_components],
            list(site.component_statuses),
            repr(self.build.views.shared),
            sorted(site.outputs.on),
        )
        return fingerprint.of_site(config, [Path(folder) for folder in folders if folder], parts)

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Save the files of the build before from being deleted."""
        if self._incremental:
            self._incremental.begin()
        else:  # a build before may have been killed
            OutputFolder(Path(config.site_dir)).restore()

    def on_build_error(self, error: Exception) -> None:
        """Give back what the build before has left."""
        self.on_shutdown()

    @event_priority(_AFTER_ALL_OTHER_PLUGINS)  # they may still give the function that builds to `server.watch`
    def on_serve(self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., None]) -> None:
        """Show problems in the browser: MkDocs would not answer while there are some."""
        self._problems.attach(server)

    def on_shutdown(self) -> None:
        """The same for a build that was interrupted; nothing is left to do after one that came to its end."""
        if self._incremental:
            self._incremental.fail()
            self._incremental = None

    @event_priority(50)  # early: search, tags, social and others process generated pages like other pages
    def _on_files_early(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the generated pages, and the files that they link to."""
        remove_sources(files, self.build.folder)
        if self._incremental:
            with garbage.put_off(freeze=True):
                return self._add_pages_apart(files, config)
        if _I18N not in config.plugins:
            self._add_pages(files, config)
        return files

    @event_priority(-150)  # after mkdocs-static-i18n, which rebuilds the list without pages that are not in docs_dir
    def _on_files_late(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages to a site in several languages."""
        if _I18N in config.plugins and not _is_translation(config):
            before = set(files)
            self._add_pages(files, config)
            for file in set(files) - before:
                # What its sitemap asks of every page, where the blog of Material lets it list ours, too.
                vars(file)[_ALTERNATES] = {}
        return files

    on_files = CombinedEvent(_on_files_early, _on_files_late)

    def _add_pages_apart(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the pages that are built each time, and those that are built apart where that is needed."""
        first, _ = self._in_order(config)
        add_pages(files, config, self.build.folder, first)
        files = cast("IncrementalBuild", self._incremental).add_files(files)
        self._add_attachments(files, config)
        return files

    def _add_pages(self, files: Files, config: MkDocsConfig) -> None:
        add_pages(files, config, self.build.folder, chain(*self._in_order(config)))
        self._add_attachments(files, config)

    def _in_order(self, config: MkDocsConfig) -> tuple[list[PlannedPage], list[PlannedPage]]:
        """The pages that are built each time, as those in the navigation are, and all others: the order of sitemaps."""
        listed = set(_paths(config.nav))
        groups: tuple[list[PlannedPage], list[PlannedPage]] = ([], [])
        for page in self.build.pages.values():
            groups[page.key is not None and page.source not in listed].append(page)
        return groups

    def _add_attachments(self, files: Files, config: MkDocsConfig) -> None:
        attachments = Attachments(self.build.site, self.build.fragments, self.build.folder, files, config)
        for notice in self.build.site.snapshot.history.notices:
            known = self._incremental.attachments_of(notice) if self._incremental else None
            if looked_up := attachments.of(notice) if known is None else known:
                self.build.attachments[notice.id] = looked_up
        found = chain.from_iterable(looked_up.items() for looked_up in self.build.attachments.values())
        self.attachments = tuple(sorted({path for path, is_there in found if is_there}))
        for path in self.attachments:
            files.append(attachment_file(config, self.build.folder, path))

    @event_priority(_AFTER_ALL_OTHER_PLUGINS)  # they may change the navigation
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Store the navigation, and what links in texts lead to."""
        self.build.fragments.links = BodyLinks(files, self.build.site.urls, self.build.pages)
        self._nav = nav
        return nav

    @event_priority(100)  # first: other plugins must see public text only
    def _on_page_markdown_first(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Remove internal notes from every page: other pages of the site may have some, too."""
        for key, value in page.meta.items():
            if isinstance(value, str):
                page.meta[key] = _public_text(public_markdown(value), page)
        return _public_text(public_markdown(markdown), page)

    def _on_page_markdown_default(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Set template and title of generated pages. The title is escaped, as Material does not always escape it."""
        planned = self.build.pages.get(page.file.dest_uri)
        if planned:
            page.meta.setdefault("template", planned.template)
            if planned.notice or ("title" not in page.meta and not markdown.lstrip().startswith("# ")):
                page.meta["title"] = str(escape(planned.title))
            # For feeds of other plugins; `on_page_context` replaces it.
            page.meta.setdefault("description", str(escape(planned.title)))
            if planned.changed_on:
                page.update_date = planned.changed_on.isoformat()
        return markdown

    @event_priority(-100)  # last: after plugins that include other files
    def _on_page_markdown_last(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Let links in included text lead from the page of a notice where they lead from its file."""
        planned = self.build.pages.get(page.file.dest_uri)
        if planned is None or markdown == planned.markdown:
            return markdown
        return relative_to_docs(markdown, page.file, files, Path(config.docs_dir))

    on_page_markdown = CombinedEvent(_on_page_markdown_first, _on_page_markdown_default, _on_page_markdown_last)

    @event_priority(100)
    def _on_page_content_first(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Remove internal notes that are visible only after rendering: from snippets, or in what looked like code."""
        html = _public_text(public_html(html), page)
        planned = self.build.pages.get(page.file.dest_uri)
        if planned is None:
            if self.config.markdown_copies:
                self._rendered_pages[page.file.dest_uri] = html
        elif planned.notice is None and not _FIRST_HEADING.match(html):
            # For plugins that read a page here and expect a heading, as mkdocs-print-site-plugin does; removed below.
            html = f"<h1>{escape(planned.title)}</h1>\n{html}"
        return html

    @event_priority(-100)  # last: changes of other plugins to the HTML of a body are part of pages and feeds
    def _on_page_content_last(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Split rendered bodies, and replace them by a short text for the search index."""
        planned = self.build.pages.get(page.file.dest_uri)
        if planned is None:
            return html
        html = without_document(html)  # parsers of HTML, as that of mkdocs-glightbox, make a document of any text
        page.toc = TableOfContents([AnchorLink(planned.title, "now", 1)])  # target of the skip link of Material
        if planned.notice is None:
            prose = _FIRST_HEADING.sub("", html).strip()
            return page_search_text(planned.view().frame.description, prose)
        if missing := self.build.fragments.add_page(planned.notice, html):
            log.warning(
                "%s: %d of its entries and action items lost their place while the page was rendered (an element or a "
                "block of code is left open, or another plugin removes comments or replaces the text): links and "
                "footnotes in them may not work",
                planned.notice.source,
                missing,
            )
        body = self._search_texts[planned.target] = search_text(self.build.site, self.build.fragments, planned.notice)
        return body

    on_page_content = CombinedEvent(_on_page_content_first, _on_page_content_last)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Switch autoescaping on, and add the artifacts, which need the rendered bodies."""
        install(env)
        self._env = env
        # Generated pages have these links instead of a side navigation. All pages are read now, and have a title.
        self._site_links = site_links(self._nav, self.build.pages)
        if _is_translation(config):
            return env
        self._files = files
        if not self._instant and not _is_offline(config):
            self._add_theme_style(files, config)
        drawn = DrawnImages(Path(config.config_file_path or "mkdocs.yml").parent / _DRAWN, fingerprint.versions())
        context = EmitContext(self.build.views, self.build.fragments, drawn.draw)
        if self._incremental:
            env.bytecode_cache = env.bytecode_cache or compiled_templates(fingerprint.versions())
            style = self._theme_style.description if self._theme_style else ""
            self._incremental.build_pages(self._nav, env, context, style=style)
            self.left_out = self._incremental.left_out
        planned_here = self._incremental.other_files() if self._incremental else planned_files(self.build.site)
        of_site = set() if self._incremental else {planned.path for planned in planned_site_files(self.build.site)}
        with garbage.put_off():
            for planned in planned_here:
                content = planned.write(context)
                files.append(artifact_file(config, planned.path, content))
                if planned.path in of_site:
                    self._written.add(planned.path, content)
        drawn.keep_only(preview_paths(self.build.site))
        return env

    def _add_theme_style(self, files: Files, config: MkDocsConfig) -> None:
        """Add the part of the style of the theme that pages of this plugin need."""
        others = {path: file.content_string for path in config.extra_css if (file := files.get_file_from_path(path))}
        others[_STYLE] = (TEMPLATES / _STYLE).read_text("utf-8")
        self._theme_style = theme_style(config.theme.dirs, others, palette=bool(config.theme.get("palette")))
        if style := self._theme_style:
            files.append(artifact_file(config, style.path, style.content.encode()))

    @event_priority(-100)  # last: another plugin may have encrypted the text from docs/ on a generated page
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Set the view and the functions for the template of a generated page."""
        planned = self.build.pages.get(page.file.dest_uri)
        if planned:
            view = planned.view()
            mutable = cast("dict[str, Any]", context)
            mutable[NAMESPACE] = self._template_namespace(view, page.content or "", planned.notice, page.url)
            mutable["config"] = self._config_of_generated_page()
            if page.content != self._search_texts.get(planned.target, page.content):
                log.warning(_CONTENT_REPLACED, page.file.src_uri)
            page.meta["description"] = str(escape(view.frame.description))
        return context

    def _template_namespace(
        self, view: View, content: str = "", notice: Notice | None = None, url: str = ""
    ) -> dict[str, Any]:
        """The object `incidents` in the context of templates (see CONTRIBUTING.md)."""
        fragments, shared = self.build.fragments, self.build.views.shared
        prose = "" if notice else _COMMENT.sub("", owner_prose(content)).strip()
        return (
            template_functions(self.build.site.formatter, fragments)
            | {
                "view": view,
                "site": shared,
                "nav": self._site_links,
                # A script of the theme adds the selector of versions, which takes the room beside the name.
                "nav_in_header": not self._config_of_pages.extra.get("version"),
                "instant": self._instant,
                "prose": Markup(prose),  # noqa: S704  a page of the site itself
                "promise": partial(promise_html, self.build.site, fragments, url, get_relative_url),
            }
            | (rendered_notice(fragments, notice, cast("NoticeView", view)) if notice else {})
        )

    def _config_of_generated_page(self) -> MkDocsConfig:
        """The configuration, with the home page of each language.

        For each page that it knows, mkdocs-static-i18n sets the addresses of its translations as an attribute, which
        templates find before the option, and leaves it there.
        """
        vars(self._config_of_pages.extra).pop(_ALTERNATE, None)
        return self._config_of_pages

    def on_pre_template(self, template: Template, *, template_name: str, config: MkDocsConfig) -> Template:
        """Use the template of this package for the page "not found", unless the site overrides it."""
        overridden = config.theme.custom_dir and (Path(config.theme.custom_dir) / _NOT_FOUND).is_file()
        return (
            self._env.get_template(TEMPLATE_PREFIX + _NOT_FOUND)
            if template_name == _NOT_FOUND and not overridden
            else template
        )

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Set the view of the page "not found", which shows the status."""
        if template_name == _NOT_FOUND:
            mutable = cast("dict[str, Any]", context)
            mutable[NAMESPACE] = self._template_namespace(not_found_view(self.build.views.status, self.build.site))
            mutable["config"] = self._config_of_generated_page()
        if self._incremental:
            context["pages"] = [*context["pages"], *self._incremental.all_pages]
        return context

    @event_priority(100)  # early: before other plugins change the HTML of Material
    def _on_post_page_first(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Add links to the feeds to every page (RSS autodiscovery), to that of a notice also those to its own.

        The blank in `rel` is intended. `rel` is a set of space-separated tokens (HTML Living Standard, "Link types"):
        feed readers ignore the blank, and the selector `[rel=alternate]` of the script of Material does not match. The
        script would otherwise take feeds for translations of the site and fetch a sitemap for each.
        """
        planned = self.build.pages.get(page.file.dest_uri)
        own = notice_feeds(self.build.site, planned.notice) if planned and planned.notice else ()
        links = "".join(
            f'<link rel="alternate " type="{feed.media_type}" title="{escape(feed.title)}" href="{feed.address}">\n'
            for feed in (*self.build.views.shared.feeds, *own)
        )
        if self._instant and planned is None:
            # At the beginning, as on generated pages: instant navigation would show these unstyled at first otherwise.
            style = f'<link rel="stylesheet" href="{get_relative_url(_STYLE, page.url)}">'
            output = output.replace(_HEAD, f"{_HEAD}\n{style}", 1)
        if planned and indexed_by_pagefind(config):
            output = marked_for_pagefind(output, notice=planned.notice is not None)
        return _reduced(output, config).replace(_HEAD_END, links + _HEAD_END, 1)

    @event_priority(-100)  # last: scripts that other plugins add may build upon that of Material
    def _on_post_page_last(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Make generated pages load Material's script on demand, and have one of each tag for shared links."""
        output = self._light(output, config)
        return shared_link_tags_once(output) if page.file.dest_uri in self.build.pages else output

    on_post_page = CombinedEvent(_on_post_page_first, _on_post_page_last)

    @event_priority(100)
    def _on_post_template_first(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Reduce the page "not found" as other generated pages."""
        return _reduced(output_content, config) if template_name == _NOT_FOUND else output_content

    @event_priority(-100)
    def _on_post_template_last(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        return self._light(output_content, config) if template_name == _NOT_FOUND else output_content

    def _light(self, html: str, config: MkDocsConfig) -> str:
        """A generated page that loads of the theme what it shows; other pages are unchanged."""
        generated = _PAGE_BEGIN in html and not _is_offline(config)
        return theme_on_demand(html, self._theme_style) if generated else html

    on_post_template = CombinedEvent(_on_post_template_first, _on_post_template_last)

    @event_priority(100)  # early: before search writes its index
    def _on_post_build_early(self, *, config: MkDocsConfig) -> None:
        """Complete the index of the search."""
        if self._incremental:
            self._incremental.before_search_is_written()

    @event_priority(-90)  # late: after plugins that change pages, and after search has written its index
    def _on_post_build_late(self, *, config: MkDocsConfig) -> None:
        """Write the Markdown copies of the other pages, and look after what other plugins have written."""
        if self._rendered_pages and not _is_translation(config):
            for artifact in markdown_copies(self._files, self._rendered_pages, Path(config.site_dir)):
                artifact_file(config, artifact.path, artifact.content).copy_file()
        # After the build of each language: in each of them other plugins write their files again.
        self._written.check(Path(config.site_dir))
        if self._incremental:
            self._incremental.end()

    on_post_build = CombinedEvent(_on_post_build_early, _on_post_build_late)


def _public_text(text: PublicText, page: Page) -> str:
    """The text without internal notes.

    Raises:
        PluginError: a note is malformed. Files were checked before, so that another plugin must have added it.
    """
    if text.faults:
        fault = text.faults[0]
        raise PluginError(f"{page.file.src_uri}: {fault.message} ({fault.hint})")
    return text.text


def _is_translation(config: MkDocsConfig) -> bool:
    """Whether mkdocs-static-i18n builds another than the default language; it runs a build for each language.

    The status site exists once, in the default language.
    """
    i18n = config.plugins.get(_I18N)
    return i18n is not None and not getattr(i18n, "is_default_language_build", True)


def _reduced(html: str, config: MkDocsConfig) -> str:
    """A generated page without leading blanks, and with its search on demand; other pages are unchanged."""
    head, begin, body = html.partition(_PAGE_BEGIN)
    if not begin:
        return html
    # The templates of Material write a kilobyte of blanks before the content.
    html = _BLANKS.sub("\n", head) + begin + body
    if _is_offline(config):
        return html
    return search_on_demand(html, suggest="search.suggest" in _features(config))


def _is_offline(config: MkDocsConfig) -> bool:
    """Whether pages may be opened as files: these cannot fetch anything."""
    return theme_plugin(config, "offline") is not None


def _paths(nav: Any) -> Iterator[str]:
    """All paths and addresses in the option `nav`."""
    if isinstance(nav, str):
        yield nav.lstrip("/")
    elif isinstance(nav, list | dict):
        for item in nav.values() if isinstance(nav, dict) else nav:
            yield from _paths(item)


def _features(config: MkDocsConfig) -> Sequence[str]:
    return config.theme.get("features") or ()
