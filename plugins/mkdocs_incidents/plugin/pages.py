"""The pages that the plugin adds to the site, and their files."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from html import unescape
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple, Protocol

from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.nav import Section
from mkdocs.structure.pages import Page

from mkdocs_incidents.content.source import CATALOG_NAME
from mkdocs_incidents.emit.context import component_path
from mkdocs_incidents.emit.registry import planned_component_files, planned_month_files, planned_notice_files
from mkdocs_incidents.present import urls as paths
from mkdocs_incidents.present.body import body_with_marks
from mkdocs_incidents.present.page_times import (
    component_page,
    history_page,
    maintenance_page,
    month_page,
    notice_page,
    page_of_now,
    postmortems_page,
    subscribe_page,
)
from mkdocs_incidents.present.views import Link

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from datetime import date

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure import StructureItem
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation

    from mkdocs_incidents.emit.artifact import PlannedFile
    from mkdocs_incidents.model import Component, Notice
    from mkdocs_incidents.present.context import SiteContext
    from mkdocs_incidents.present.page_times import PageTime
    from mkdocs_incidents.present.pages.site import SiteViews
    from mkdocs_incidents.present.urls import Urls
    from mkdocs_incidents.present.views import PageMetadata
    from mkdocs_incidents.status import Month

    from .incremental.keys import PageKeys


class View(Protocol):
    """The common attributes of all views."""

    @property
    def frame(self) -> PageMetadata:
        """The metadata of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPage:
    """A generated page, before MkDocs creates its `Page`."""

    source: str
    """Its virtual path in docs_dir, to which links in its Markdown are relative."""
    template: str
    title: str
    """Plain text."""
    view: Callable[[], View]
    """Returns the view of the page, which is cached but for notices: they are many, and each is used once."""
    target: str
    """Its path in site_dir, as in `File.dest_uri`."""
    time: Callable[[], PageTime]
    notice: Notice | None = None
    accepts_prose: bool = False
    """Whether the text of a page with the same source in docs_dir is added to this page."""
    key: Callable[[PageKeys], bytes | None] | None = None
    """Returns its key, of a page about one notice, month or component; None for a page about the whole site."""
    files: Callable[[], Iterable[PlannedFile]] = tuple
    """Plans the files that depend on the same as the page."""

    @property
    def markdown(self) -> str:
        """The body of its notice with marks; empty for other pages."""
        return body_with_marks(self.notice) if self.notice else ""

    @property
    def changed_on(self) -> date | None:
        """The UTC day of the last change of its facts, as MkDocs has the day of a build in UTC; None if unknown."""
        return self.time().changed_on


@dataclass(frozen=True, kw_only=True)
class FileGroup:
    """Files about one component that depend on the notices about it alone, not on the page or the time of the build."""

    name: str
    """Unlike the path of any page."""
    component: Component
    files: Callable[[], Iterable[PlannedFile]]
    """Plans the files."""
    key: Callable[[PageKeys], bytes | None]


def file_groups(site: SiteContext) -> dict[str, FileGroup]:
    """The groups of files of all components, by their names."""
    groups = []
    for component in site.public_components:
        for name, key in (("feed", _key_of_feeds), ("calendar", _key_of_calendar)):
            files = partial(_component_files, site, component, component_path(component.id, f"{name}."))
            group = FileGroup(
                name=f"{component.id} {name}", component=component, files=files, key=partial(key, component)
            )
            groups.append(group)
    return {group.name: group for group in groups}


def _component_files(site: SiteContext, component: Component, begin: str) -> Iterator[PlannedFile]:
    """The files of a component whose paths begin like this."""
    return (file for file in planned_component_files(site, component) if file.path.startswith(begin))


def planned_pages(views: SiteViews) -> dict[str, PlannedPage]:
    """Every generated page by its path in site_dir.

    Not by its source: a site in several languages may have the text for the status page in docs/en/index.md.
    """
    return {page.target: page for page in _plan(views)}


def _plan(views: SiteViews) -> Iterator[PlannedPage]:
    site, text = views.site, views.site.formatter.text
    fixed: tuple[tuple[str, str, str, Callable[[], View], Callable[[SiteContext], PageTime]], ...] = (
        (paths.STATUS, "status", text("Status"), lambda: views.status, page_of_now),
        (paths.HISTORY, "history", text("History"), lambda: views.history, history_page),
        (paths.MAINTENANCE, "list", text("Planned work"), lambda: views.maintenance, maintenance_page),
        (paths.POSTMORTEMS, "list", text("Postmortems"), lambda: views.postmortems, postmortems_page),
        (paths.PROMISES, "promises", text("Promises"), lambda: views.promises, page_of_now),
        (paths.UPTIME, "uptime", text("Uptime"), lambda: views.uptime, page_of_now),
        (paths.SUBSCRIBE, "subscribe", text("Subscribe"), lambda: views.subscribe, subscribe_page),
    )
    for source, template, title, view, time in fixed:
        yield PlannedPage(
            source=source,
            target=_target(source, site.urls),
            template=f"incidents/{template}.html",
            title=title,
            view=view,
            accepts_prose=True,
            time=partial(time, site),
        )
    yield from _month_pages(views)
    yield from _component_pages(views)
    yield from _notice_pages(views)


def _month_pages(views: SiteViews) -> Iterator[PlannedPage]:
    site = views.site
    for month in site.snapshot.months:
        source = paths.month_source(month.first)
        yield PlannedPage(
            source=source,
            target=_target(source, site.urls),
            template="incidents/month.html",
            title=site.formatter.month(month.first),
            view=partial(views.month, month),
            key=partial(_key_of_month, month),
            files=partial(planned_month_files, site, month),
            time=partial(month_page, site, month),
        )


def _component_pages(views: SiteViews) -> Iterator[PlannedPage]:
    site = views.site
    for component in site.public_components:
        source = paths.component_source(component.id)
        yield PlannedPage(
            source=source,
            target=_target(source, site.urls),
            template="incidents/component.html",
            title=site.component_name(component.id),
            view=partial(views.component, component, site.snapshot.catalog.group_names[component.id] or ""),
            key=partial(_key_of_component, component),
            files=partial(_component_files, site, component, source),
            time=partial(component_page, site, component),
        )


def _notice_pages(views: SiteViews) -> Iterator[PlannedPage]:
    site, notices = views.site, views.site.snapshot.history.notices
    for previous, notice, following in zip([None, *notices], notices, [*notices[1:], None], strict=False):
        parts = _NoticeParts(views, notice, (previous, following))
        yield PlannedPage(
            source=f"incidents/{notice.source}",
            target=paths.notice_target(notice.id, directory_urls=site.urls.directory_urls),
            template="incidents/notice.html",
            title=site.formatter.notice_title(notice),
            view=parts.view,
            notice=notice,
            key=parts.key,
            files=parts.files,
            time=parts.time,
        )


class _NoticeParts(NamedTuple):
    """What the page of a notice is made of; smaller than a function with arguments for each part."""

    views: SiteViews
    notice: Notice
    neighbours: tuple[Notice | None, Notice | None]

    def view(self) -> View:
        return self.views.notice(self.notice, self.neighbours)

    def key(self, keys: PageKeys) -> bytes | None:
        return keys.notice(self.notice, self.neighbours)

    def files(self) -> Iterable[PlannedFile]:
        return planned_notice_files(self.views.site, self.notice)

    def time(self) -> PageTime:
        return notice_page(self.views.site, self.notice)


def _key_of_month(month: Month, keys: PageKeys) -> bytes | None:
    return keys.month(month)


def _key_of_component(component: Component, keys: PageKeys) -> bytes | None:
    return keys.component(component)


def _key_of_feeds(component: Component, keys: PageKeys) -> bytes | None:
    return keys.feeds(component)


def _key_of_calendar(component: Component, keys: PageKeys) -> bytes | None:
    return keys.calendar(component)


def remove_sources(files: Files, folder: Path) -> None:
    """Remove the incident files from the files of MkDocs, where docs_dir contains them."""
    for file in list(files):
        if file.abs_src_path and folder in Path(file.abs_src_path).parents:
            files.remove(file)


def add_pages(files: Files, config: MkDocsConfig, folder: Path, pages: Iterable[PlannedPage]) -> None:
    """Add generated pages to the files of MkDocs, but for those that docs_dir has."""
    taken = {file.dest_uri for file in files}
    for page in pages:
        if page.target not in taken:
            files.append(page_file(config, folder, page))


def attachment_file(config: MkDocsConfig, folder: Path, path: str) -> File:
    """A file in the content folder, with the address of its path in it."""
    return File.generated(
        config, f"incidents/{path}", abs_src_path=str(folder / path), inclusion=InclusionLevel.INCLUDED
    )


def page_file(config: MkDocsConfig, folder: Path, page: PlannedPage) -> File:
    """The file of a page. Its content is generated; its path is for plugins that read the git history of a page."""
    in_nav = page.source == paths.STATUS
    inclusion = InclusionLevel.INCLUDED if in_nav else InclusionLevel.NOT_IN_NAV
    file = File.generated(config, page.source, content=page.markdown, inclusion=inclusion)
    file.dest_uri = page.target
    file.abs_src_path = str(folder / (page.notice.source if page.notice else CATALOG_NAME))
    if page.notice:
        file.edit_uri = Path(os.path.relpath(folder / page.notice.source, config.docs_dir)).as_posix()
    return file


def artifact_file(config: MkDocsConfig, path: str, content: bytes) -> File:
    """The file of an artifact. Its source has the suffix `.artifact`: MkDocs would render Markdown copies as pages."""
    file = File.generated(config, f"{path}.artifact", content=content, inclusion=InclusionLevel.INCLUDED)
    file.dest_uri = path
    return file


def site_links(nav: Navigation, pages: Mapping[str, PlannedPage]) -> tuple[Link, ...]:
    """A link to the first page of each top-level entry of the navigation, without generated pages.

    Of a page without a title in `nav`, MkDocs knows one only after it has read the page.
    """
    firsts = ((item, _first_page(item)) for item in nav.items)
    return tuple(
        Link(label=_label(item, page), address=page.url)
        for item, page in firsts
        if page and page.file.dest_uri not in pages
    )


def _label(item: StructureItem, page: Page) -> str:
    """The title of an entry of the navigation as plain text: in MkDocs a title is HTML."""
    return unescape(str(item.title or page.title or page.file.name))


def _first_page(item: StructureItem) -> Page | None:
    if isinstance(item, Page):
        return item
    children = item.children if isinstance(item, Section) else []
    return next((page for page in map(_first_page, children) if page), None)


def collisions(
    docs: Path, folder: Path, pages: Mapping[str, PlannedPage], artifacts: Callable[[], Collection[str]], urls: Urls
) -> list[str]:
    """Files of docs_dir with the address of a generated page or of an artifact; MkDocs would overwrite one silently.

    Pages in docs_dir with the source of a page that accepts prose are no collisions, as docs/index.md and
    docs/subscribe.md: their text is added to it. Nor are incident files in docs_dir. For MkDocs, a README.md is the
    index.md of its folder.
    """
    accepted = {page.source for page in pages.values() if page.accepts_prose} | {"README.md"}
    files = (path for path in sorted(docs.rglob("*")) if path.is_file() and folder not in path.parents)
    sources = [source for path in files if (source := path.relative_to(docs).as_posix()) not in accepted]
    if not sources:  # to plan all artifacts takes longer than all that is done here
        return []
    generated = {*artifacts(), *pages}
    return [source for source in sources if _target(source, urls) in generated]


def _target(source: str, urls: Urls) -> str:
    path = PurePosixPath(source)
    if path.suffix != ".md":
        return source
    if path.stem in {"index", "README"} or not urls.directory_urls:
        return str(path.with_name("index.html" if path.stem == "README" else f"{path.stem}.html"))
    return f"{path.with_suffix('')}/index.html"
