"""The feed of promises: made, kept and dropped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from mkdocs_incidents.present.language.labels import _
from mkdocs_incidents.present.pages.promises import ended_facts, promise_label
from mkdocs_incidents.status import day_start

from ..clean_html import plain_text, printable
from .definitions import Category, FeedItem
from .items import categories, summary, truncated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mkdocs_incidents.present.context import SiteContext
    from mkdocs_incidents.present.urls import Urls
    from mkdocs_incidents.status import Promise

    from ..context import EmitContext

MADE = _("Promised")
_MAX_TITLE = 120


def promise_address(urls: Urls, promise: Promise, anchor: str = "") -> str:
    """Absolute address of a promise on the page of its incident: permanent while its text is the same."""
    return f"{urls.absolute(urls.notice(promise.notice))}#{anchor or promise.id}"


def promise_items(context: EmitContext) -> list[FeedItem]:
    """One item for each promise, and one more for each that states the day it was kept or dropped; newest first.

    Without that day the second item would have the date of the first, and subscribers would never see it. The items of
    backfilled notices are left out as in other feeds.
    """
    items = []
    for promise in context.site.snapshot.promises:
        promised_at = promise.notice.postmortem_published_at or context.site.now
        if promise.notice.announces(promised_at):
            items.append(_item(context, promise, promised_at))
        if promise.ended_on:
            ended_at = max(day_start(promise.ended_on, promise.notice.timezone), promised_at)
            if promise.notice.announces(ended_at):
                items.append(_item(context, promise, min(ended_at, context.site.now), ended=True))
    items.sort(key=lambda item: (item.updated_at, item.id), reverse=True)
    return items[: context.site.outputs.feed_length]


def _item(context: EmitContext, promise: Promise, at: datetime, *, ended: bool = False) -> FeedItem:
    site = context.site
    text = context.clean(context.rendered.promise(promise.notice, promise.number - 1), promise.notice)
    label = promise_label(site, promise) if ended else site.formatter.text(MADE)
    heading = truncated(" ".join(plain_text(text).split()), _MAX_TITLE)
    facts = "".join(f"<p>{escape(fact)}</p>" for fact in (ended_facts if ended else _made_facts)(site, promise))
    incident = f'<p><a href="{escape(promise_address(site.urls, promise))}">{escape(promise.notice.title)}</a></p>'
    html = printable(f"{text}{facts}{incident}")
    anchor = promise.end_id if ended else ""
    return FeedItem(
        id=promise_address(site.urls.permanent, promise, anchor),
        address=promise_address(site.urls, promise, anchor),
        title=printable(f"{label}: {heading}"),
        html=html,
        summary=summary(html),
        published_at=at,
        updated_at=at,
        categories=(
            Category(term=promise.state if ended else "promised", label=label),
            *categories(site, promise.notice),
        ),
    )


def _made_facts(site: SiteContext, promise: Promise) -> Iterator[str]:
    """Owners and due day: what was known when it was made, so that the item does not change later."""
    yield from promise.item.owners
    if promise.item.due:
        yield site.formatter.text("due %(day)s", day=site.formatter.full_date(promise.item.due))
