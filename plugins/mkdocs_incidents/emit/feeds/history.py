"""One entry for each notice, as Statuspage's feeds have it: who moves here from there keeps every subscriber."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from ..clean_html import printable
from ..publications import publications_of
from .definitions import FeedItem
from .items import categories, summary

if TYPE_CHECKING:
    from mkdocs_incidents.model import Notice

    from ..context import EmitContext
    from ..publications import Publication


def history_items(context: EmitContext) -> list[FeedItem]:
    """The notices spoken of last, newest first; the whole story of each in one entry that grows."""
    newest = dict.fromkeys(publication.notice.id for publication in context.publications)
    by_id = context.site.snapshot.history.by_id
    return [_item(context, by_id[notice]) for notice in list(newest)[: context.site.outputs.feed_length]]


def _item(context: EmitContext, notice: Notice) -> FeedItem:
    told = [publication for publication in publications_of(context.site, notice) if publication.at <= context.site.now]
    html = "\n".join(_message(context, publication) for publication in reversed(told))
    return FeedItem(
        id=context.site.urls.absolute(context.site.urls.notice(notice)),
        title=printable(notice.title),
        html=html,
        summary=summary(html),
        published_at=told[0].at,
        updated_at=max(publication.updated_at for publication in told),
        categories=tuple(categories(context.site, notice)),
    )


def _message(context: EmitContext, publication: Publication) -> str:
    """One word as Statuspage writes it: when, where the response stood, what was said."""
    stage = context.site.formatter.text("Postmortem")
    if publication.update:
        stage = context.site.formatter.stage(publication.update.status)
    at = context.site.instant(publication.at, publication.notice.timezone)
    head = f"<p><small>{escape(at.text)}</small><br><strong>{escape(stage)}</strong></p>"
    return (
        head + context.html(publication) if publication.update or publication.postmortem else context.html(publication)
    )
