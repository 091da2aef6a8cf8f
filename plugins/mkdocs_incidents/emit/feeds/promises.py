"""A feed of promises made, kept and dropped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from mkdocs_incidents.present.language.labels import _
from mkdocs_incidents.present.pages.promises import ended_facts, promise_label
from mkdocs_incidents.status import day_start, promises

from ..clean_html import plain_text, printable
from .definitions import Category, FeedItem
from .items import categories, summary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mkdocs_incidents.present.context import SiteContext
    from mkdocs_incidents.status import Promise

    from ..context import EmitContext

MADE = _("Promised")
_LONGEST_TITLE = 120


def address(site: SiteContext, promise: Promise, anchor: str = "") -> str:
    """Where a promise stands on the page of its incident: permanent, while its words are the same."""
    return f"{site.urls.absolute(site.urls.notice(promise.notice))}#{anchor or promise.id}"


def promise_items(context: EmitContext) -> list[FeedItem]:
    """One entry for each promise, and one more for each that says on which day it was kept or dropped; newest first.

    Without such a day nobody can say when its end was told, and an entry of that name would be as old as the promise:
    subscribers would never see it.
    """
    entries = []
    for promise in promises(context.site.snapshot):
        promised_at = promise.notice.postmortem_published_at or context.site.now
        entries.append(_item(context, promise, promised_at))
        if promise.ended_on:
            ended_at = max(day_start(promise.ended_on, promise.notice.timezone), promised_at)
            entries.append(_item(context, promise, min(ended_at, context.site.now), ended=True))
    entries.sort(key=lambda entry: (entry.updated_at, entry.id), reverse=True)
    return entries[: context.site.outputs.feed_length]


def _item(context: EmitContext, promise: Promise, at: datetime, *, ended: bool = False) -> FeedItem:
    site = context.site
    told = context.clean(context.rendered.promise(promise.notice, promise.number - 1), promise.notice)
    stage = promise_label(site, promise) if ended else site.formatter.text(MADE)
    words = " ".join(plain_text(told).split())
    if len(words) > _LONGEST_TITLE:
        words = words[:_LONGEST_TITLE].rsplit(" ", 1)[0] + " …"
    facts = "".join(f"<p>{escape(fact)}</p>" for fact in (ended_facts if ended else _made_facts)(site, promise))
    incident = f'<p><a href="{escape(address(site, promise))}">{escape(promise.notice.title)}</a></p>'
    html = printable(f"{told}{facts}{incident}")
    return FeedItem(
        id=address(site, promise, promise.end_id if ended else ""),
        title=printable(f"{stage}: {words}"),
        html=html,
        summary=summary(html),
        published_at=at,
        updated_at=at,
        categories=(
            Category(term=promise.state if ended else "promised", label=stage),
            *categories(site, promise.notice),
        ),
    )


def _made_facts(site: SiteContext, promise: Promise) -> Iterator[str]:
    """What was known when it was said: a promise keeps its entry as it is, whatever becomes of it."""
    yield from promise.item.owners
    if promise.item.due:
        yield site.formatter.text("due %(day)s", day=site.formatter.full_date(promise.item.due))
