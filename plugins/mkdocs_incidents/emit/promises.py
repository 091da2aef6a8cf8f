"""What was promised and what became of it: `promises.json`, and a feed of promises made, kept and dropped."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING, Any

from mkdocs_incidents.present.promises_page import ended_facts, state_word
from mkdocs_incidents.present.vocabulary_words import _
from mkdocs_incidents.status import PromiseState, day_start, kept, promises

from .artifact import JSON, Planned, iso, json_bytes
from .clean_html import plain_text, printable
from .entries import Category, Entry, categories, summary
from .schemas import schema_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mkdocs_incidents.present.edition import Edition
    from mkdocs_incidents.status import Promise

    from .wire import Wire

MADE = _("Promised")
_LONGEST_TITLE = 120


def planned_promises(edition: Edition) -> Iterator[Planned]:
    """Every promise with its state, for programs."""
    if "json" in edition.outputs.on:
        yield Planned("promises.json", JSON, _promises)


def _promises(wire: Wire) -> bytes:
    """Newest postmortem first; states are those of now."""
    edition = wire.edition
    found = promises(edition.record)
    counted, share = Counter(promise.state for promise in found), kept(found)
    document = {
        "$schema": edition.urls.file(schema_path("promises")),
        "as_of": iso(edition.now),
        "counts": {state: counted[state] for state in PromiseState},
        "counted": share.of,
        "kept_in_time": share.in_time,
        "share_kept": None if share.share is None else float(share.share),
        "promises": [_promise(edition, promise) for promise in found],
    }
    return json_bytes(document)


def _promise(edition: Edition, promise: Promise) -> dict[str, Any]:
    item, notice = promise.item, promise.notice
    published = notice.postmortem_published_at
    was_kept = promise.state in {PromiseState.KEPT, PromiseState.KEPT_LATE}
    return {
        "id": promise.id,
        "url": address(edition, promise),
        "incident": notice.id,
        "title": notice.title,
        "promised_at": published and iso(published),
        "text": item.text,
        "owner": item.owner,
        "owners": list(item.owners),
        "due": item.due and item.due.isoformat(),
        "state": promise.state,
        "done_at": item.done_at.isoformat() if item.done_at and was_kept else None,
        "days_late": item.days_late if was_kept else 0,
        "dropped_at": item.dropped_at and item.dropped_at.isoformat(),
        "dropped_because": item.dropped_because,
        "link": item.link,
    }


def address(edition: Edition, promise: Promise, anchor: str = "") -> str:
    """Where a promise stands on the page of its incident: permanent, while its words are the same."""
    return f"{edition.urls.absolute(edition.urls.notice(promise.notice))}#{anchor or promise.id}"


def promise_entries(wire: Wire) -> list[Entry]:
    """One entry for each promise, and one more for each that says on which day it was kept or dropped; newest first.

    Without such a day nobody can say when its end was told, and an entry of that name would be as old as the promise:
    subscribers would never see it.
    """
    entries = []
    for promise in promises(wire.edition.record):
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
