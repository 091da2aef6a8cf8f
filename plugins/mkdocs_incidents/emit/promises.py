"""A feed of promises made, kept and dropped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from mkdocs_incidents.present.promises_page import ended_facts, state_word
from mkdocs_incidents.present.vocabulary_words import _
from mkdocs_incidents.status import day_start, promises

from .clean_html import plain_text, printable
from .entries import Category, Entry, categories, summary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mkdocs_incidents.present.edition import Edition
    from mkdocs_incidents.status import Promise

    from .wire import Wire

MADE = _("Promised")
_LONGEST_TITLE = 120


def address(edition: Edition, promise: Promise, anchor: str = "") -> str:
    """Where a promise stands on the page of its incident: permanent, while its words are the same."""
    return f"{edition.urls.absolute(edition.urls.notice(promise.notice))}#{anchor or promise.id}"


def promise_entries(wire: Wire) -> list[Entry]:
    """One entry for each promise, and one more for each that says on which day it was kept or dropped; newest first.

    Without such a day nobody can say when its end was told, and an entry of that name would be as old as the promise:
    subscribers would never see it.
    """
    entries = []
    for promise in promises(wire.edition.snapshot):
        promised_at = promise.notice.postmortem_published_at or wire.edition.now
        entries.append(_entry(wire, promise, promised_at))
        if promise.ended_on:
            ended_at = max(day_start(promise.ended_on, promise.notice.timezone), promised_at)
            entries.append(_entry(wire, promise, min(ended_at, wire.edition.now), ended=True))
    entries.sort(key=lambda entry: (entry.updated_at, entry.id), reverse=True)
    return entries[: wire.edition.outputs.feed_length]


def _entry(wire: Wire, promise: Promise, at: datetime, *, ended: bool = False) -> Entry:
    edition = wire.edition
    told = wire.clean(wire.rendered.promise(promise.notice, promise.number - 1), promise.notice)
    stage = state_word(edition, promise) if ended else edition.wording.text(MADE)
    words = " ".join(plain_text(told).split())
    if len(words) > _LONGEST_TITLE:
        words = words[:_LONGEST_TITLE].rsplit(" ", 1)[0] + " …"
    facts = "".join(f"<p>{escape(fact)}</p>" for fact in (ended_facts if ended else _made_facts)(edition, promise))
    incident = f'<p><a href="{escape(address(edition, promise))}">{escape(promise.notice.title)}</a></p>'
    html = printable(f"{told}{facts}{incident}")
    return Entry(
        id=address(edition, promise, promise.end_id if ended else ""),
        title=printable(f"{stage}: {words}"),
        html=html,
        summary=summary(html),
        published_at=at,
        updated_at=at,
        categories=(
            Category(term=promise.state if ended else "promised", label=stage),
            *categories(edition, promise.notice),
        ),
    )


def _made_facts(edition: Edition, promise: Promise) -> Iterator[str]:
    """What was known when it was said: a promise keeps its entry as it is, whatever becomes of it."""
    yield from promise.item.owners
    if promise.item.due:
        yield edition.wording.text("due %(day)s", day=edition.wording.full_date(promise.item.due))
