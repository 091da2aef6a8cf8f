"""Publications as items of a feed: the same for every format."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from mkdocs_incidents.model import Impact, NoticeKind
from mkdocs_incidents.present.language.labels import _

from ..clean_html import plain_text, printable
from .definitions import Category, FeedItem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_incidents.model import Notice
    from mkdocs_incidents.present.context import SiteContext

    from ..context import EmitContext
    from ..publications import Publication

_LONGEST_SUMMARY = 300
_HEADING = re.compile(r"<h\d>.*?</h\d>", re.DOTALL)


def feed_item(context: EmitContext, publication: Publication) -> FeedItem:
    """The item that a publication is in every feed that carries it; made once."""
    address = publication.address(context.site.urls)
    if address not in context.feed_items:
        context.feed_items[address] = _feed_item(context, publication)
    return context.feed_items[address]


def _feed_item(context: EmitContext, publication: Publication) -> FeedItem:
    heading = printable(title(context.site, publication))
    html = context.html(publication) or f"<p>{escape(heading, quote=False)}</p>"
    return FeedItem(
        id=context.site.urls.absolute(publication.address(context.site.urls)),
        title=heading,
        html=html,
        summary=summary(html),
        published_at=publication.at,
        updated_at=publication.updated_at,
        categories=tuple(categories(context.site, publication.notice, postmortem=publication.postmortem)),
    )


def summary(html: str) -> str:
    """The beginning of clean HTML as plain text, without headings."""
    text = " ".join(plain_text(_HEADING.sub("", html)).split())
    if len(text) <= _LONGEST_SUMMARY:
        return text
    return text[:_LONGEST_SUMMARY].rsplit(" ", 1)[0] + " …"


def title(site: SiteContext, publication: Publication) -> str:
    """`Identified: Nobody could sign in`."""
    if publication.update:
        return site.formatter.entry_title(publication.notice, publication.update.status)
    if publication.postmortem and publication.notice.kind is not NoticeKind.ANNOUNCEMENT:
        stage = site.formatter.text("Postmortem")
        return site.formatter.text("%(stage)s: %(title)s", stage=stage, title=publication.notice.title)
    return publication.notice.title


def categories(site: SiteContext, notice: Notice, *, postmortem: bool = False) -> Iterator[Category]:
    """Kind, impact and components."""
    yield Category(term=notice.kind, label=site.formatter.text(_KINDS[notice.kind]))
    if postmortem:
        yield Category(term="postmortem", label=site.formatter.text("Postmortem"))
    if notice.impact and notice.impact is not Impact.NONE:
        yield Category(term=notice.impact, label=site.formatter.impact(notice.impact))
    for component_id, name in zip(notice.touched_components, site.names(notice.touched_components), strict=True):
        yield Category(term=component_id, label=printable(name))


_KINDS = {
    NoticeKind.INCIDENT: _("Incident"),
    NoticeKind.MAINTENANCE: _("Planned maintenance"),
    NoticeKind.ANNOUNCEMENT: _("Notice"),
}
