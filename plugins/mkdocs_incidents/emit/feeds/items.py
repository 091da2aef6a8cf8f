"""The items of feeds, whatever the format: one for each publication, or one for each notice."""

from __future__ import annotations

import re
from html import escape
from operator import attrgetter
from typing import TYPE_CHECKING

from mkdocs_incidents.model import Impact, IncidentStatus, MaintenanceStatus, NoticeKind, Withdrawal
from mkdocs_incidents.present.language.labels import NOTICE_KINDS

from ..clean_html import plain_text, printable
from ..publications import publications_of
from .definitions import Category, FeedItem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_incidents.model import Notice
    from mkdocs_incidents.present.context import SiteContext

    from ..context import EmitContext
    from ..publications import Publication

_MAX_SUMMARY = 300
"""Characters of plain text."""
_END = "ended"
"""What the id of the entry about the end of a notice ends with."""
_HEADING = re.compile(r"<h\d>.*?</h\d>", re.DOTALL)


def feed_item(context: EmitContext, publication: Publication) -> FeedItem:
    """The item of a publication, the same in every feed that carries it; cached by address."""
    address = publication.address(context.site.urls)
    if address not in context.feed_items:
        context.feed_items[address] = _feed_item(context, publication)
    return context.feed_items[address]


def _feed_item(context: EmitContext, publication: Publication) -> FeedItem:
    urls, heading = context.site.urls, printable(item_title(context.site, publication))
    html = context.html(publication) or f"<p>{escape(heading, quote=False)}</p>"
    return FeedItem(
        id=urls.absolute(publication.address(urls.permanent)),
        address=urls.absolute(publication.address(urls)),
        title=heading,
        html=html,
        summary=summary(html),
        published_at=publication.at,
        updated_at=publication.updated_at,
        categories=tuple(categories(context.site, publication.notice, postmortem=publication.postmortem)),
    )


def history_items(context: EmitContext) -> list[FeedItem]:
    """One item for each notice, with all its publications: what Statuspage's feeds have, for those who subscribe there.

    The notice with the newest publication comes first.
    """
    newest: dict[str, None] = {}
    for publication in context.newest_publications():
        newest[publication.notice.id] = None
        if len(newest) >= context.site.outputs.feed_length:
            break
    by_id = context.site.snapshot.history.by_id
    return [_notice_item(context, by_id[notice]) for notice in newest]


def _notice_item(context: EmitContext, notice: Notice) -> FeedItem:
    urls = context.site.urls
    published = [
        publication for publication in publications_of(context.site, notice) if publication.at <= context.site.now
    ]
    html = "\n".join(_statuspage_html(context, publication) for publication in reversed(published))
    return FeedItem(
        id=urls.absolute(urls.permanent.notice(notice)),
        address=urls.absolute(urls.notice(notice)),
        title=printable(context.site.formatter.title_in_list(notice)),
        html=html,
        summary=summary(html),
        published_at=published[0].at,
        updated_at=max(publication.updated_at for publication in published),
        categories=tuple(categories(context.site, notice)),
    )


def items_of_notice(context: EmitContext, notice: Notice) -> list[FeedItem]:
    """The publications of a notice, newest first, and its end: an update may not say it, so that nobody waits on."""
    now = context.site.now
    items = [
        feed_item(context, publication)
        for publication in publications_of(context.site, notice)
        if publication.at <= now
    ]
    if end := _end_item(context.site, notice):
        items.append(end)
    items.sort(key=attrgetter("published_at"))
    return items[: -context.site.outputs.feed_length - 1 : -1]


def _end_item(site: SiteContext, notice: Notice) -> FeedItem | None:
    """The end of an incident or a maintenance; None where its last update states it, or that it was withdrawn."""
    ended_at, last = notice.ended_at, notice.standing_updates[-1:]
    is_stated = notice.withdrawal or any(update.status.closes for update in last)
    if notice.kind is NoticeKind.ANNOUNCEMENT or ended_at is None or is_stated or not site.facts(notice).is_over:
        return None
    stage = MaintenanceStatus.COMPLETED if notice.schedule else IncidentStatus.RESOLVED
    when = site.formatter.instant(ended_at, notice.timezone)
    text = site.formatter.text("Ended %(when)s.", when=when)
    html = printable(f"<p>{escape(text, quote=False)}</p>")
    return FeedItem(
        id=f"{site.urls.absolute(site.urls.permanent.notice(notice))}#{_END}",
        address=site.urls.absolute(site.urls.notice(notice)),
        title=printable(site.formatter.entry_title(notice, stage)),
        html=html,
        summary=summary(html),
        published_at=ended_at,
        updated_at=ended_at,
        categories=tuple(categories(site, notice)),
    )


def _statuspage_html(context: EmitContext, publication: Publication) -> str:
    """A publication as Statuspage's feeds have it: the time, the status, the message."""
    html = context.html(publication)
    formatter = context.site.formatter
    if publication.retraction:
        stage = formatter.stage(Withdrawal.RETRACTED)
    elif publication.update:
        stage = formatter.stage(publication.notice.stage_of(publication.update))
    elif publication.postmortem:
        stage = formatter.text("Postmortem")
    else:
        return html
    when = escape(_when(context.site, publication))
    return f"<p><small>{when}</small><br><strong>{escape(stage)}</strong></p>{html}"


def _when(site: SiteContext, publication: Publication) -> str:
    """The time of an update as the file states it, or that of a postmortem, without a clock where only a day is."""
    notice, update = publication.notice, publication.update
    if publication.postmortem and notice.postmortem_published_on:
        return site.formatter.long_day(notice.postmortem_published_on)
    return site.formatter.instant(update.at if update else publication.at, notice.timezone)


def summary(html: str) -> str:
    """The beginning of clean HTML as plain text, without headings."""
    text = " ".join(plain_text(_HEADING.sub("", html)).split())
    return truncated(text, _MAX_SUMMARY)


def truncated(text: str, limit: int) -> str:
    """The text cut after a whole word, with an ellipsis, where it has more than `limit` characters."""
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"


def item_title(site: SiteContext, publication: Publication) -> str:
    """`Identified: Nobody could sign in`; `Retracted: Identified: Nobody could sign in` of a retracted update."""
    if publication.retraction:
        return site.formatter.notice_title(publication.notice)
    if publication.update:
        title = site.formatter.entry_title(publication.notice, publication.notice.stage_of(publication.update))
        return site.formatter.retracted(title) if publication.update.retraction else title
    if publication.postmortem:
        stage = site.formatter.text("Postmortem")
        return site.formatter.text("%(stage)s: %(title)s", stage=stage, title=publication.notice.title)
    return publication.notice.title


def categories(site: SiteContext, notice: Notice, *, postmortem: bool = False) -> Iterator[Category]:
    """Kind, impact and components."""
    yield Category(term=notice.kind, label=site.formatter.text(NOTICE_KINDS[notice.kind]))
    if postmortem:
        yield Category(term="postmortem", label=site.formatter.text("Postmortem"))
    if notice.impact and notice.impact is not Impact.NONE:
        yield Category(term=notice.impact, label=site.formatter.impact(notice.impact))
    components = notice.named_components
    for component_id, name in zip(components, site.component_names(components), strict=True):
        yield Category(term=component_id, label=printable(name))
