"""What was promised after incidents, and what became of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mkdocs_incidents.status import PromiseState, promises, promises_of, share_kept

from .views import Frame, Link
from .vocabulary_words import PROMISE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_incidents.model import Notice
    from mkdocs_incidents.status import Promise

    from .edition import Edition

ICONS = {
    PromiseState.KEPT: "operational",
    PromiseState.OPEN: "no_data",
    PromiseState.OVERDUE: "partial_outage",
    PromiseState.DROPPED: "dropped",
}
"""Promises reuse the shapes of states (look.md 1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseRow:
    """One promise."""

    id: str
    """The anchor it has on the page of its incident, and behind `#` in feeds."""
    end_id: str
    """Likewise of its having been kept or dropped; empty while neither is so."""
    key: str
    icon: str
    state_word: str
    text: str
    """Markdown."""
    facts: tuple[str, ...]
    """Owner and dates."""
    link: str
    notice: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseCount:
    """How many promises are in a state."""

    key: str
    icon: str
    state_word: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseYear:
    """The promises of a year's postmortems, newest first."""

    label: str
    rows: tuple[PromiseRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisesView:
    """The promises page."""

    frame: Frame
    title: str
    intro: str
    counts: tuple[PromiseCount, ...]
    kept: str
    """The share kept, in a sentence; empty while none has fallen due."""
    years: tuple[PromiseYear, ...]
    empty: str


def promises_view(edition: Edition) -> PromisesView:
    """Every promise of every published postmortem, as of the build: overdue is what is overdue then."""
    text = edition.wording.text
    found = promises(edition.record.history, edition.now)
    counted = Counter(promise.state for promise in found)
    by_year: dict[int, list[PromiseRow]] = {}
    for promise in found:
        published = promise.notice.postmortem_published_at or edition.now
        by_year.setdefault(published.astimezone(edition.zone).year, []).append(promise_row(edition, promise))
    return PromisesView(
        frame=edition.frame("promises", text("Promises"), text("What we said we would do after an incident.")),
        title=text("Promises"),
        intro=text("What we said we would do after an incident, and what became of it."),
        counts=tuple(
            PromiseCount(key=state, icon=ICONS[state], state_word=text(PROMISE[state]), count=counted[state])
            for state in PromiseState
            if counted[state]
        ),
        kept=_kept(edition, found),
        years=tuple(PromiseYear(label=str(year), rows=tuple(rows)) for year, rows in by_year.items()),
        empty=text("Nothing promised yet"),
    )


def _kept(edition: Edition, found: Iterable[Promise]) -> str:
    share = share_kept(found, edition.today)
    if share is None:
        return ""
    told = edition.wording.share(share)
    return edition.wording.text("Of those that have fallen due or were kept before, %(share)s were kept.", share=told)


def promise_rows(edition: Edition, notice: Notice) -> tuple[PromiseRow, ...]:
    """The promises of one notice.

    One that is overdue stands as open with its date: the page of what is past does not change because a day goes by.
    """
    return tuple(promise_row(edition, _undated(promise)) for promise in promises_of(notice, edition.now))


def _undated(promise: Promise) -> Promise:
    return replace(promise, state=PromiseState.OPEN) if promise.state is PromiseState.OVERDUE else promise


def promise_row(edition: Edition, promise: Promise) -> PromiseRow:
    """One promise with who keeps it and until when."""
    item, text, day = promise.item, edition.wording.text, edition.wording.full_date
    facts = [item.owner or ""]
    if item.due:
        facts.append(text("due %(day)s", day=day(item.due)))
    if item.done_at and promise.state is PromiseState.KEPT:
        facts.append(text("done %(day)s", day=day(item.done_at)))
    if item.dropped_because:
        facts.append(text("dropped: %(reason)s", reason=item.dropped_because))
    return PromiseRow(
        id=promise.id,
        end_id=promise.end_id,
        key=promise.state,
        icon=ICONS[promise.state],
        state_word=text(PROMISE[promise.state]),
        text=item.text,
        facts=tuple(filter(None, facts)),
        link=item.link or "",
        notice=Link(label=promise.notice.title, address=edition.urls.notice(promise.notice)),
    )
