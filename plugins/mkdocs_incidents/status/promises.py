"""Action items of published postmortems, and what became of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from hashlib import sha256
from typing import TYPE_CHECKING

from .local_time import day_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from mkdocs_incidents.model import ActionItem, Notice

    from .snapshot import Snapshot


class PromiseState(StrEnum):
    """What became of a promise."""

    KEPT = "kept"
    KEPT_LATE = "kept_late"
    """Kept on a day after it was due."""
    OPEN = "open"
    OVERDUE = "overdue"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One action item of one published postmortem, as it stands on a day."""

    notice: Notice
    item: ActionItem
    number: int
    """Its place in the postmortem, from 1."""
    id: str
    """Permanent within its notice: a hash of its text, so that another text is another promise."""
    state: PromiseState

    @property
    def in_time(self) -> bool:
        """Whether it is known to have been kept by the day it was due; without such a day, whether it was kept."""
        return self.state is PromiseState.KEPT and (self.item.done_at is not None or self.item.due is None)

    @property
    def end_id(self) -> str:
        """Likewise of its having been kept, late or not, or dropped; empty while neither is so."""
        return f"{self.id}-{_ENDED[self.state]}" if self.state in _ENDED else ""

    @property
    def ended_on(self) -> date | None:
        """The day on which it was kept or dropped, where its author says so."""
        if self.state not in _ENDED:
            return None
        return self.item.dropped_at if self.state is PromiseState.DROPPED else self.item.done_at

    @property
    def pending(self) -> bool:
        """Whether its day is still to come, so that nobody can say yet whether it will be kept."""
        return self.state is PromiseState.OPEN and self.item.due is not None


_ENDED = {PromiseState.KEPT: "kept", PromiseState.KEPT_LATE: "kept", PromiseState.DROPPED: "dropped"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseSummary:
    """How many promises were kept in time, of all that can be judged.

    These are all but the pending ones. What was kept late or on a day nobody wrote down, what is overdue, what was
    dropped and what is open without a date counts as not kept in time: nobody gets a better share by dropping a
    promise or by leaving its date out.
    """

    in_time: int
    counted: int
    pending: int
    undated: int
    """Of those not counted as kept in time, how many were kept on a day nobody wrote down."""

    @property
    def share(self) -> Fraction | None:
        """The part kept in time; None while there is nothing to judge."""
        return Fraction(self.in_time, self.counted) if self.counted else None


def promises(snapshot: Snapshot) -> tuple[Promise, ...]:
    """Every promise of every published postmortem, newest postmortem first, in the author's order within it."""
    published = [notice for notice in snapshot.history.notices if notice.postmortem_published_at]
    published.sort(key=lambda notice: (notice.postmortem_published_at, notice.id), reverse=True)
    return tuple(promise for notice in published for promise in snapshot.facts[notice.id].promises)


def promises_of(notice: Notice, now: datetime) -> tuple[Promise, ...]:
    """The promises of one notice as of `now`, days counted in its own zone."""
    items = notice.postmortem.action_items if notice.postmortem else ()
    today = day_of(now, notice.timezone)
    names: Counter[str] = Counter()
    found = []
    for number, item in enumerate(items, 1):
        name = f"promise-{sha256(item.identity.encode()).hexdigest()[:8]}"
        names[name] += 1
        unique = f"{name}-{names[name]}" if names[name] > 1 else name
        found.append(Promise(notice=notice, item=item, number=number, id=unique, state=state_of(item, today)))
    return tuple(found)


def state_of(item: ActionItem, today: date) -> PromiseState:
    """A promise is overdue from the day after it was due; kept on a later day than `today`, it is not kept yet."""
    if item.dropped:
        return PromiseState.DROPPED
    if item.kept_by(today):
        return PromiseState.KEPT_LATE if item.days_late else PromiseState.KEPT
    return PromiseState.OVERDUE if item.overdue_on(today) else PromiseState.OPEN


def promise_summary(found: Collection[Promise]) -> PromiseSummary:
    """How many of the promises `found` were kept in time."""
    pending = sum(promise.pending for promise in found)
    return PromiseSummary(
        in_time=sum(promise.in_time for promise in found),
        counted=len(found) - pending,
        pending=pending,
        undated=sum(promise.state is PromiseState.KEPT and not promise.in_time for promise in found),
    )
