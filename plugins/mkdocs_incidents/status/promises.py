"""What was promised after incidents, and what became of it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from hashlib import sha256
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
    id: str
    """Permanent within its notice, and made of its words: whoever changes those makes another promise."""
    state: PromiseState

    @property
    def end_id(self) -> str:
        """Likewise of its having been kept or dropped; empty while neither is so."""
        return f"{self.id}-{self.state}" if self.state in _ENDED else ""


_BETWEEN = re.compile(r"[\W_]+")
_ENDED = {PromiseState.KEPT, PromiseState.DROPPED}


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
    counted: Counter[str] = Counter()
    found = []
    for number, item in enumerate(items, 1):
        name = _name_of(item)
        counted[name] += 1
        unique = f"{name}-{counted[name]}" if counted[name] > 1 else name
        found.append(Promise(notice=notice, item=item, number=number, id=unique, state=state_of(item, today)))
    return tuple(found)


def _name_of(item: ActionItem) -> str:
    """`promise-` and eight digits: case, spaces and punctuation make no difference."""
    words = _BETWEEN.sub("", item.text.casefold())
    return f"promise-{sha256(words.encode()).hexdigest()[:8]}"


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
