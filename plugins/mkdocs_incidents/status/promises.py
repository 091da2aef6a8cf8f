"""Action items of published postmortems, and whether they were kept."""

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
    """One action item of one published postmortem, with its state on a day."""

    notice: Notice
    item: ActionItem
    number: int
    """Its place in the postmortem, from 1."""
    id: str
    """Permanent within its notice: a hash of its text, so that another text is another promise."""
    state: PromiseState

    @property
    def in_time(self) -> bool:
        """Whether it was kept by the due day, on a stated day; without a due day, whether it was kept."""
        return self.state is PromiseState.KEPT and (self.item.done_at is not None or self.item.due is None)

    @property
    def end_id(self) -> str:
        """Permanent id of the event that it was kept or dropped; empty while it is neither."""
        return f"{self.id}-{_ENDED[self.state]}" if self.state in _ENDED else ""

    @property
    def ended_on(self) -> date | None:
        """The day on which it was kept or dropped; None if it is neither or the author does not state the day."""
        if self.state not in _ENDED:
            return None
        return self.item.dropped_at if self.state is PromiseState.DROPPED else self.item.done_at

    @property
    def pending(self) -> bool:
        """Whether it is open and not due yet."""
        return self.state is PromiseState.OPEN and self.item.due is not None


_ENDED = {PromiseState.KEPT: "kept", PromiseState.KEPT_LATE: "kept", PromiseState.DROPPED: "dropped"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseSummary:
    """How many promises were kept in time.

    All but the pending ones are counted. What was kept late or on an unknown day, is overdue, was dropped or is open
    without a due day counts as not kept in time: to drop a promise or to leave out its day does not improve the share.
    """

    in_time: int
    counted: int
    """How many are not pending."""
    pending: int
    undated: int
    """Of those not kept in time, how many were kept on an unknown day."""

    @property
    def share(self) -> Fraction | None:
        """The share kept in time, from 0 to 1; None if none is counted."""
        return Fraction(self.in_time, self.counted) if self.counted else None


def promises_of(notice: Notice, now: datetime) -> tuple[Promise, ...]:
    """The promises of one notice as of `now`; days are those of its own zone."""
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
    """The state of an action item on `today`: overdue from the day after the due day on."""
    if item.dropped:
        return PromiseState.DROPPED
    if item.kept_by(today):
        return PromiseState.KEPT_LATE if item.days_late else PromiseState.KEPT
    return PromiseState.OVERDUE if item.overdue_on(today) else PromiseState.OPEN


def promise_summary(found: Collection[Promise]) -> PromiseSummary:
    """How many of the promises were kept in time."""
    pending = sum(promise.pending for promise in found)
    return PromiseSummary(
        in_time=sum(promise.in_time for promise in found),
        counted=len(found) - pending,
        pending=pending,
        undated=sum(promise.state is PromiseState.KEPT and not promise.in_time for promise in found),
    )
