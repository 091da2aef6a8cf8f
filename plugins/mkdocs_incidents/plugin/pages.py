"""The pages this plugin adds to the site, and where they lie."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Protocol

from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.nav import Section
from mkdocs.structure.pages import Page

from mkdocs_incidents.content.catalog_file import CATALOG_NAME
from mkdocs_incidents.present import urls as paths
from mkdocs_incidents.present.body import body_with_marks
from mkdocs_incidents.present.pages.notice import notice_view
from mkdocs_incidents.present.views import Link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure import StructureItem
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation

    from mkdocs_incidents.emit.artifact import Artifact
    from mkdocs_incidents.model import Notice
    from mkdocs_incidents.present.context import SiteContext
    from mkdocs_incidents.present.pages.site import SiteViews
    from mkdocs_incidents.present.urls import Urls
    from mkdocs_incidents.present.views import Frame


class View(Protocol):
    """What all views have in common."""

    @property
    def frame(self) -> Frame:
        """What the page tells about itself."""


@dataclass(frozen=True, kw_only=True)
class PlannedPage:
    """A page of ours, before MkDocs makes it one of its own."""

    source: str
    """Where it would lie in docs_dir; relative links in its Markdown start there."""
    template: str
    title: str
    """Plain text."""
    view: Callable[[], View]
    """Made when it is first asked for. Only a notice's is made anew each time: they are many, and drawn once."""
    target: str
    """Its path in site_dir, as MkDocs spells it."""
    markdown: str = ""
    notice: Notice | None = None
    accepts_prose: bool = False
    """Whether a page of the same source in docs_dir adds its words to this one."""
    changed_on: date | None = None


def planned_pages(views: SiteViews) -> dict[str, PlannedPage]:
    """Every page of this build by its path in site_dir.

    Not by its source: a site in several languages may keep the words for the status page in docs/en/index.md.
    """
    return {page.target: page for page in _plan(views)}


def _plan(views: SiteViews) -> Iterator[PlannedPage]:
    site, text = views.site, views.site.formatter.text
    fixed: tuple[tuple[str, str, str, Callable[[], View]], ...] = (
        (paths.STATUS, "status", text("Status"), lambda: views.status),
        (paths.HISTORY, "history", text("History"), lambda: views.history),
        (paths.MAINTENANCE, "list", text("Planned work"), lambda: views.maintenance),
        (paths.POSTMORTEMS, "list", text("Postmortems"), lambda: views.postmortems),
        (paths.PROMISES, "promises", text("Promises"), lambda: views.promises),
        (paths.UPTIME, "uptime", text("Uptime"), lambda: views.uptime),
        (paths.SUBSCRIBE, "subscribe", text("Subscribe"), lambda: views.subscribe),
    )
    for source, template, title, view in fixed:
        yield PlannedPage(
            source=source,
            target=_target(source, site.urls),
            template=f"incidents/{template}.html",
            title=title,
            view=view,
            accepts_prose=True,
        )
    yield from _month_pages(views)
    yield from _component_pages(views)
    yield from _notice_pages(site)


def _month_pages(views: SiteViews) -> Iterator[PlannedPage]:
    site = views.site
    for month in site.snapshot.notices_by_month:
        source = paths.month_source(month.first)
        yield PlannedPage(
            source=source,
            target=_target(source, site.urls),
            template="incidents/month.html",
            title=site.formatter.month(month.first),
            view=partial(views.month, month),
        )


def _component_pages(views: SiteViews) -> Iterator[PlannedPage]:
    site = views.site
    for group in site.snapshot.catalog.groups:
        for component in group.components:
            if component.since and component.since > site.today:
                continue  # not public yet
            source = paths.component_source(component.id)
            yield PlannedPage(
                source=source,
                target=_target(source, site.urls),
                template="incidents/component.html",
                title=component.name,
                view=partial(views.component, component, group.name or ""),
            )


def _notice_pages(site: SiteContext) -> Iterator[PlannedPage]:
    notices = site.snapshot.history.notices
    neighbours = zip([None, *notices], notices, [*notices[1:], None], strict=False)
    for previous, notice, following in neighbours:
        yield PlannedPage(
            source=f"incidents/{notice.source}",
            target=paths.notice_target(notice.id, directory_urls=site.urls.directory_urls),
            template="incidents/notice.html",
            title=notice.title,
            markdown=body_with_marks(notice),
            view=partial(notice_view, site, notice, previous, following),
            notice=notice,
            changed_on=_changed_on(site, notice),
        )


def _changed_on(site: SiteContext, notice: Notice) -> date | None:
    """In UTC, as MkDocs counts the days of a build: no page changed on a day that has not come yet."""
    changed_at = notice.changed_at(site.now)
    return changed_at.date() if changed_at else None


def remove_sources(files: Files, folder: Path) -> None:
    """Take the incident files themselves out, where docs_dir holds them."""
    for file in list(files):
        if file.abs_src_path and folder in Path(file.abs_src_path).parents:
            files.remove(file)


def add_pages(files: Files, config: MkDocsConfig, folder: Path, pages: Mapping[str, PlannedPage]) -> None:
    """Give MkDocs our pages."""
    taken = {file.dest_uri for file in files}
    for page in pages.values():
        if page.target not in taken:
            files.append(_file(config, folder, page))


def attachment_file(config: MkDocsConfig, folder: Path, path: str) -> File:
    """A file that lies beside the incidents, under the address that its place gives it."""
    return File.generated(
        config, f"incidents/{path}", abs_src_path=str(folder / path), inclusion=InclusionLevel.INCLUDED
    )


def _file(config: MkDocsConfig, folder: Path, page: PlannedPage) -> File:
    """MkDocs takes the content; the path is for plugins that ask git, or anybody, about the file behind a page."""
    in_nav = page.source == paths.STATUS
    inclusion = InclusionLevel.INCLUDED if in_nav else InclusionLevel.NOT_IN_NAV
    file = File.generated(config, page.source, content=page.markdown, inclusion=inclusion)
    file.dest_uri = page.target
    file.abs_src_path = str(folder / (page.notice.source if page.notice else CATALOG_NAME))
    if page.notice:
        file.edit_uri = Path(os.path.relpath(folder / page.notice.source, config.docs_dir)).as_posix()
    return file


def artifact_file(config: MkDocsConfig, made: Artifact) -> File:
    """A finished file. Its source has a name of its own: MkDocs would take a Markdown twin for a page to render."""
    file = File.generated(config, f"{made.path}.artifact", content=made.content, inclusion=InclusionLevel.INCLUDED)
    file.dest_uri = made.path
    return file


def site_links(nav: Navigation, pages: Mapping[str, PlannedPage]) -> tuple[Link, ...]:
    """A link to the first page of each top-level entry of the site's own navigation that is not ours."""
    firsts = ((item.title or "", _first_page(item)) for item in nav.items)
    return tuple(
        Link(label=title, address=page.url) for title, page in firsts if page and page.file.dest_uri not in pages
    )


def _first_page(item: StructureItem) -> Page | None:
    if isinstance(item, Page):
        return item
    children = item.children if isinstance(item, Section) else []
    return next((page for page in map(_first_page, children) if page), None)


def collisions(
    docs: Path, folder: Path, pages: Mapping[str, PlannedPage], artifacts: set[str], urls: Urls
) -> list[str]:
    """Files of docs_dir that would be written to an address of ours; MkDocs itself lets the last one win, silently.

    A page of the same source is no collision where ours stands only once on a site: docs/index.md and
    docs/subscribe.md hold what the site's owner adds to these pages. Nor are the incident files in docs_dir.
    """
    ours = artifacts | set(pages)
    welcome = {page.source for page in pages.values() if page.accepts_prose}
    found = (path for path in sorted(docs.rglob("*")) if path.is_file() and folder not in path.parents)
    theirs = (path.relative_to(docs).as_posix() for path in found)
    return [source for source in theirs if source not in welcome and _target(source, urls) in ours]


def _target(source: str, urls: Urls) -> str:
    path = PurePosixPath(source)
    if path.suffix != ".md":
        return source
    if path.stem in {"index", "README"} or not urls.directory_urls:
        return str(path.with_name("index.html" if path.stem == "README" else f"{path.stem}.html"))
    return f"{path.with_suffix('')}/index.html"
