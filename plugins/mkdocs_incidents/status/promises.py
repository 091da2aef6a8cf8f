"""What was promised after incidents, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from .local_time import day_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from mkdocs_incidents.model import ActionItem, History, Notice


class PromiseState(StrEnum):
    """What became of a promise."""

    KEPT = "kept"
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
    state: PromiseState


def promises(history: History, now: datetime) -> tuple[Promise, ...]:
    """Every promise of every published postmortem, newest postmortem first, in the author's order within it."""
    known = history.as_of(now)
    published = [notice for notice in known.notices if notice.postmortem_published_at]
    published.sort(key=lambda notice: (notice.postmortem_published_at, notice.id), reverse=True)
    return tuple(promise for notice in published for promise in promises_of(notice, now))


def promises_of(notice: Notice, now: datetime) -> tuple[Promise, ...]:
    """The promises of one notice as of `now`, days counted in its own zone."""
    items = notice.postmortem.action_items if notice.postmortem else ()
    today = day_of(now, notice.timezone)
    return tuple(
        Promise(notice=notice, item=item, number=number, state=state_of(item, today))
        for number, item in enumerate(items, 1)
    )


def state_of(item: ActionItem, today: date) -> PromiseState:
    """A promise is overdue from the day after it was due; kept on a later day than `today`, it is not kept yet."""
    if item.dropped:
        return PromiseState.DROPPED
    if item.kept_by(today):
        return PromiseState.KEPT
    return PromiseState.OVERDUE if item.overdue_on(today) else PromiseState.OPEN


def share_kept(found: Iterable[Promise], today: date) -> Fraction | None:
    """Of the promises that have fallen due, or were kept before, the part that was kept; None where none has."""
    due = [p for p in found if p.state is PromiseState.KEPT or (p.item.due and p.item.due < today)]
    due = [p for p in due if p.state is not PromiseState.DROPPED]
    return Fraction(sum(p.state is PromiseState.KEPT for p in due), len(due)) if due else None
