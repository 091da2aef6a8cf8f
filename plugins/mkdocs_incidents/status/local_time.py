"""Days and months of a time zone as intervals of UTC, with changes of the clocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Self

from mkdocs_incidents.model import Interval

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

_ONE_DAY = timedelta(days=1)
_ONE_SECOND = timedelta(seconds=1)
_DECEMBER = 12
_CACHED_DAYS = 2**12
"""Eleven years: every page needs the same days."""


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a calendar: `2023-06`."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> Self:
        """The month that `day` lies in."""
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.next.first - _ONE_DAY

    @property
    def next(self) -> Self:
        """The month after it."""
        if self.month == _DECEMBER:
            return type(self)(self.year + 1, 1)
        return type(self)(self.year, self.month + 1)

    def until(self, last: Self) -> Iterator[Self]:
        """The months from this month to `last`, both included; none when `last` is earlier."""
        month = self
        while month <= last:
            yield month
            month = month.next

    def __str__(self) -> str:
        """As ISO 8601 writes it."""
        return f"{self.year:04}-{self.month:02}"


@lru_cache(maxsize=_CACHED_DAYS)
def day_start(day: date, zone: ZoneInfo) -> datetime:
    """The first instant, in UTC, at which the calendar of `zone` shows `day`.

    That is midnight or, where the clocks skip midnight, the instant of the change. A day that a zone skipped
    (Samoa, 30 December 2011) starts where the next day does.
    """
    midnight = datetime.combine(day, time(), tzinfo=zone)
    late = midnight.astimezone(UTC)
    if late.astimezone(zone).replace(tzinfo=None) == midnight.replace(tzinfo=None):
        return late
    # Midnight does not exist. PEP 495: fold 0 takes the offset before the change, fold 1 the one after.
    early = midnight.replace(fold=1).astimezone(UTC) - _ONE_SECOND
    while late - early > _ONE_SECOND:
        middle = early + timedelta(seconds=(late - early) // _ONE_SECOND // 2)
        if middle.astimezone(zone).date() < day:
            early = middle
        else:
            late = middle
    return late


@lru_cache(maxsize=_CACHED_DAYS)
def day_interval(day: date, zone: ZoneInfo) -> Interval:
    """The interval of `day` in UTC, usually of 23, 24 or 25 hours."""
    return Interval(day_start(day, zone), day_start(day + _ONE_DAY, zone))


def day_of(instant: datetime, zone: ZoneInfo) -> date:
    """The day whose interval contains `instant`.

    It is the date on the clock, except where the clocks went back over midnight and showed the old date again.
    """
    day = instant.astimezone(zone).date()
    return day + _ONE_DAY if day_start(day + _ONE_DAY, zone) <= instant else day


def month_interval(month: Month, zone: ZoneInfo) -> Interval:
    """The interval of `month` in UTC."""
    return Interval(day_start(month.first, zone), day_start(month.next.first, zone))


def dates(first: date, last: date) -> Iterator[date]:
    """Every day from `first` to `last`, both included; none when `last` is earlier."""
    for number in range((last - first).days + 1):
        yield first + number * _ONE_DAY
