"""The days of a timeline: which day each time without a date is of."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from .timeline_entries import Written

_MIDNIGHT = timedelta(hours=6)
"""Going back by more than this means that midnight has passed; less is disorder."""
_DAY = timedelta(days=1)


class DayCounter:
    """Counts the days of one timeline from entry to entry; `begins_at` is the instant at which the notice begins."""

    def __init__(self, begins_at: datetime) -> None:
        self._begins_at = begins_at
        self._last: datetime | None = None
        self.passed_midnight = False
        """Whether the entry that was placed last is on another day than the one before for its time alone."""

    def turn_to(self, day: date) -> None:
        """What follows is on `day`, as a line of its own says."""
        self._last = datetime.combine(day, time.min)

    def begin(self, entries: Sequence[Written], zone: tzinfo) -> None:
        """Find the day of the first entries, if none is known yet: the one on which they are nearest to the beginning.

        The same day as the beginning unless another one brings some entry closer, to within hours.
        """
        if self._last is not None:
            return
        begin = self._begins_at.astimezone(zone).replace(tzinfo=None)
        clocks: list[datetime] = []
        for entry in entries:
            if entry.day is not None or entry.after is not None:
                break
            same = datetime.combine(clocks[-1].date() if clocks else begin.date(), entry.clock)
            clocks.append(same + _DAY if clocks and clocks[-1] - same > _MIDNIGHT else same)
        if not clocks:
            return

        def away(shift: timedelta) -> timedelta:
            return min(abs(at + shift - begin) for at in clocks)

        near = min((timedelta(0), -_DAY, _DAY), key=away)
        shift = near if away(near) <= _MIDNIGHT else timedelta(0)
        self._last = datetime.combine((clocks[0] + shift).date(), time.min)

    def local(self, entry: Written) -> datetime:
        """When an entry was, on the clock it is written for."""
        before, self.passed_midnight = self._last, False
        day = entry.day or (before.date() if before else self._begins_at.date())
        at = datetime.combine(day, entry.clock)
        if entry.day is None and before is not None and before - at > _MIDNIGHT:
            at += _DAY
            self.passed_midnight = True
        self._last = at
        return at
