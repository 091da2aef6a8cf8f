"""What was promised and what became of it: `promises.json`, and a feed of promises made, kept and dropped."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING, Any

from mkdocs_incidents.present.edition import Edits
from mkdocs_incidents.present.vocabulary_words import PROMISE, _
from mkdocs_incidents.status import PromiseState, day_start, promises, share_kept

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
    found = promises(edition.record.history, edition.now)
    counted, share = Counter(promise.state for promise in found), share_kept(found, edition.today)
    document = {
        "$schema": edition.urls.file(schema_path("promises")),
        "as_of": iso(edition.now),
        "counts": {state: counted[state] for state in PromiseState},
        "share_kept": None if share is None else float(share),
        "promises": [_promise(edition, promise) for promise in found],
    }
    return json_bytes(document)


def _promise(edition: Edition, promise: Promise) -> dict[str, Any]:
    item, notice = promise.item, promise.notice
    published = notice.postmortem_published_at
    return {
        "id": promise.id,
        "url": address(edition, promise),
        "incident": notice.id,
        "title": notice.title,
        "promised_at": published and iso(published),
        "text": item.text,
        "owner": item.owner,
        "due": item.due and item.due.isoformat(),
        "state": promise.state,
        "done_at": item.done_at and item.done_at.isoformat() if promise.state is PromiseState.KEPT else None,
        "dropped_because": item.dropped_because,
        "link": item.link,
    }


def address(edition: Edition, promise: Promise, anchor: str = "") -> str:
    """Where a promise stands on the page of its incident: permanent, while its words are the same."""
    return f"{edition.urls.absolute(edition.urls.notice(promise.notice))}#{anchor or promise.id}"


def promise_entries(wire: Wire) -> list[Entry]:
    """One entry for each promise and one more for each that was kept or dropped, newest first."""
    entries = []
    for promise in promises(wire.edition.record.history, wire.edition.now):
        entries.append(_entry(wire, promise, None))
        if promise.end_id:
            entries.append(_entry(wire, promise, promise.state))
    entries.sort(key=lambda entry: (entry.updated_at, entry.id), reverse=True)
    return entries[: wire.edition.outputs.feed_length]


def _entry(wire: Wire, promise: Promise, ended: PromiseState | None) -> Entry:
    edition = wire.edition
    text, told = edition.wording.text, wire.clean(wire.rendered.message(promise.item.text), promise.notice)
    stage = text(PROMISE[ended] if ended else MADE)
    words = " ".join(plain_text(told).split())
    if len(words) > _LONGEST_TITLE:
        words = words[:_LONGEST_TITLE].rsplit(" ", 1)[0] + " …"
    facts = "".join(f"<p>{escape(fact)}</p>" for fact in _facts(edition, promise, ended))
    incident = f'<p><a href="{escape(address(edition, promise))}">{escape(promise.notice.title)}</a></p>'
    html = printable(f"{told}{facts}{incident}")
    published_at, updated_at = _instants(edition, promise, ended)
    return Entry(
        id=address(edition, promise, promise.end_id if ended else ""),
        title=printable(f"{stage}: {words}"),
        html=html,
        summary=summary(html),
        published_at=published_at,
        updated_at=updated_at,
        categories=(Category(term=ended or "promised", label=stage), *categories(edition, promise.notice)),
    )


def _facts(edition: Edition, promise: Promise, ended: PromiseState | None) -> Iterator[str]:
    """What was known when it was said: a promise keeps its entry as it is, whatever becomes of it."""
    item, text, day = promise.item, edition.wording.text, edition.wording.full_date
    if ended is None:
        yield from filter(None, [item.owner])
        if item.due:
            yield text("due %(day)s", day=day(item.due))
    elif ended is PromiseState.KEPT and item.done_at:
        yield text("done %(day)s", day=day(item.done_at))
    elif item.dropped_because:
        yield text("dropped: %(reason)s", reason=item.dropped_because)


def _instants(edition: Edition, promise: Promise, ended: PromiseState | None) -> tuple[datetime, datetime]:
    """When it was said, as far as the file tells, and when that was last edited, where git does."""
    notice, done_at = promise.notice, promise.item.done_at
    promised_at = notice.postmortem_published_at or edition.now
    if ended is None:
        return promised_at, promised_at
    if ended is PromiseState.KEPT and done_at:
        kept_at = min(max(day_start(done_at, notice.timezone), promised_at), edition.now)
        return kept_at, kept_at
    known = edition.edits.get(notice.source)
    edited_at = known.by_place.get(Edits.BODY) if known else None
    return promised_at, edited_at if edited_at and promised_at < edited_at <= edition.now else promised_at
