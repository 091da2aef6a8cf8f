"""Published apologies, and the feed of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from html import escape
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from mkdocs_incidents.model import SectionKind
from mkdocs_incidents.present.body import visible_sections
from mkdocs_incidents.present.language.labels import _
from mkdocs_incidents.present.pages.sections import section_views, signature, without_definitions

from ..clean_html import plain_text, printable
from ..publications import publications_of
from ..text.markdown import escaped
from .definitions import Category, FeedItem
from .items import categories

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_incidents.model import Notice, Postmortem, Section

    from ..context import EmitContext
    from ..publications import Publication

APOLOGY = _("Apology")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedApology:
    """One apology, as on the page of its notice."""

    anchor: str
    """Permanent on the page of its notice: `apology`."""
    address: str
    """Absolute: `…#apology`."""
    by: str
    """Who signed it, else the author of the postmortem; empty where neither is stated."""
    markdown: str
    html: str
    """Clean, with absolute addresses."""


def apologies(context: EmitContext, notice: Notice, postmortem: Postmortem) -> Iterator[PublishedApology]:
    """The apologies of a postmortem: sections of that kind, with the sections of lower level below them."""
    sections = visible_sections(notice)
    if all(section.kind is not SectionKind.APOLOGY for section in sections):
        return
    anchors = [view.anchor for view in section_views(context.site, notice, rows=())]
    pieces = context.rendered.sections(notice)
    page = context.site.urls.absolute(context.site.urls.notice(notice))
    for number, section in enumerate(sections):
        if section.kind is not SectionKind.APOLOGY or not section.markdown.strip():
            continue
        below = tuple(takewhile(partial(_is_part_of, apology=section), sections[number + 1 :]))
        parts = [pieces[number], *map(_with_heading, below, pieces[number + 1 :])]
        last = below[-1] if below else section
        anchor = anchors[number]
        address = f"{page}#{anchor}"
        yield PublishedApology(
            anchor=anchor,
            address=address,
            by=signature(last.markdown) or postmortem.by or "",
            markdown="\n\n".join([without_definitions(section.markdown).strip(), *map(_as_written, below)]),
            html=context.bounded(context.clean("\n".join(parts), notice), address),
        )


def apology_items(context: EmitContext) -> list[FeedItem]:
    """One item for each apology of a published postmortem, newest first."""
    explained = context.site.snapshot.explained
    published = (p for notice in explained for p in publications_of(context.site, notice) if p.postmortem)
    announced = (p for p in published if p.at <= context.site.now and p.notice.announces(p.at))
    items = (item for publication in announced for item in _items(context, publication))
    return list(islice(items, context.site.outputs.feed_length))


def _items(context: EmitContext, publication: Publication) -> Iterator[FeedItem]:
    site, notice = context.site, publication.notice
    stage = site.formatter.text(APOLOGY)
    for apology in apologies(context, notice, notice.postmortem) if notice.postmortem else ():
        page, permanent = (site.urls.absolute(urls.notice(notice)) for urls in (site.urls, site.urls.permanent))
        incident = f'<p><a href="{escape(page)}">{escape(notice.title)}</a></p>'
        kind, *others = categories(site, notice)
        yield FeedItem(
            id=f"{permanent}#{apology.anchor}",
            address=apology.address,
            title=printable(site.formatter.text("%(stage)s: %(title)s", stage=stage, title=notice.title)),
            html=printable(f"{apology.html}{incident}"),
            summary=" ".join(plain_text(apology.html).split()),
            published_at=publication.at,
            updated_at=publication.updated_at,
            categories=(kind, Category(term="apology", label=stage), *others),
            author=printable(apology.by),
        )


def _is_part_of(section: Section, apology: Section) -> bool:
    return section.kind is SectionKind.OTHER and section.level > apology.level > 0


def _with_heading(section: Section, html: str) -> str:
    return f"<h3>{escape(section.heading)}</h3>\n{html}"


def _as_written(section: Section) -> str:
    return f"{'#' * section.level} {escaped(section.heading)}\n\n{without_definitions(section.markdown).strip()}"
