"""Gives each entry of a timeline its instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from ..instants import on_the_clock
from ..wrong import WrongValueError
from .clocks import Clock, Elapsed
from .entries import DayInForce

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import tzinfo

    from .entries import WrittenEntry

ONE_DAY = timedelta(days=1)
FURTHEST_BACK, _AFTER = timedelta(hours=6), timedelta(hours=18)
"""Where the instant of a time without a day lies: from 6 hours before the entry above it to 18 hours after."""
_FEWEST_DESCENDING = 3
"""Entries below one day that show, by their order alone, that the newest stands first."""


@dataclass(frozen=True, slots=True)
class EntryInstant:
    """The instant of an entry, in UTC."""

    at: datetime | None
    """None where the clocks of its zone skip that time, or no day brings it near the entry above."""
    problem: WrongValueError | None = None
    """That clocks skip the time, or show it twice."""


class InstantResolver:
    """Gives the entries of one section their instants, in order. `begins_at` is when the notice begins."""

    def __init__(self, begins_at: datetime, entries: Iterable[WrittenEntry]) -> None:
        self._begins_at = begins_at
        self._descending = _descending_days(entries)
        self._above: datetime | None = None
        self._stated: DayInForce | None = None
        self._day: date | None = None
        """The day that holds: the one that is stated, or a later one where times went past midnight."""

    def resolve(self, entry: WrittenEntry, zone: tzinfo, letters: str) -> EntryInstant:
        """The instant of the next entry, whose time is read in `zone`; `letters` are those the zone is written with."""
        clock = entry.head.clock
        if isinstance(clock, Elapsed):
            placed = EntryInstant(self._begins_at + clock.after)
        elif isinstance(entry.day, DayInForce):
            placed = self._on_stated_day(clock, entry.day, zone, letters)
        else:
            placed = self._without_day(clock, zone, letters)
        self._above = placed.at or self._above
        return placed

    def _without_day(self, clock: Clock, zone: tzinfo, letters: str) -> EntryInstant:
        reference = self._above or self._begins_at
        local = reference.astimezone(zone).replace(tzinfo=None)
        wall = datetime.combine(local.date(), clock.time)
        nearest = ONE_DAY if wall < local - FURTHEST_BACK else -ONE_DAY if wall >= local + _AFTER else timedelta()
        # The other days are for the nights in which clocks change.
        for shift in (nearest, -ONE_DAY, timedelta(), ONE_DAY):
            placed = self._shown(wall + shift, zone, letters)
            if placed.at is None and shift == nearest and placed.problem:
                return placed
            if placed.at and reference - FURTHEST_BACK <= placed.at < reference + _AFTER:
                return placed
        return EntryInstant(None)

    def _on_stated_day(self, clock: Clock, stated: DayInForce, zone: tzinfo, letters: str) -> EntryInstant:
        """Below a day, times that go back by more than the window allows are of the next day, unless all descend."""
        first = stated is not self._stated
        if first or self._day is None:
            self._stated, self._day = stated, stated.date
        placed = self._on_day(clock, self._day, zone, letters)
        went_back = placed.at and self._above and placed.at < self._above - FURTHEST_BACK
        if went_back and not first and stated not in self._descending:
            self._day += ONE_DAY
            placed = self._on_day(clock, self._day, zone, letters)
        return placed

    def _on_day(self, clock: Clock, day: date, zone: tzinfo, letters: str) -> EntryInstant:
        return self._shown(datetime.combine(day + ONE_DAY if clock.end_of_day else day, clock.time), zone, letters)

    def _shown(self, local: datetime, zone: tzinfo, letters: str) -> EntryInstant:
        """When clocks in `zone` show `local`; of two such instants the one of the letters, or that is not before."""
        try:
            return EntryInstant(on_the_clock(local, zone))
        except WrongValueError as error:
            if error.code != "time-twice":
                return EntryInstant(None, error)
            both = [local.replace(tzinfo=zone, fold=fold) for fold in (0, 1)]
            named = [at.astimezone(UTC) for at in both if at.tzname() == letters]
            if named:
                return EntryInstant(named[0])
            first, second = (at.astimezone(UTC) for at in both)
            return EntryInstant(second if self._above and first < self._above else first, error)


def _descending_days(entries: Iterable[WrittenEntry]) -> set[DayInForce]:
    """The days below which the newest entry stands first: three or more, and none later than the one above it."""
    return {
        day
        for day, below in groupby(entries, key=lambda entry: entry.day)
        if isinstance(day, DayInForce)
        and _descends([entry.head.clock.time for entry in below if isinstance(entry.head.clock, Clock)])
    }


def _descends(times: Sequence[object]) -> bool:
    return (
        len(times) >= _FEWEST_DESCENDING
        and all(below <= above for above, below in pairwise(times))  # type: ignore[operator]
        and times[0] != times[-1]
    )
