"""Intervals of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Interval:
    """The half-open interval [start, end) between two aware instants; empty when they are equal.

    Half-open, so that adjacent intervals share no instant: a day ends where the next begins.

    Raises:
        ValueError: the end lies before the start.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.end < self.start:
            message = f"an interval cannot end ({self.end}) before it starts ({self.start})"
            raise ValueError(message)

    @property
    def duration(self) -> timedelta:
        """Elapsed time, never negative."""
        return self.end - self.start

    def contains(self, instant: datetime) -> bool:
        """Whether `instant` lies in the interval, whose end is not part of it."""
        return self.start <= instant < self.end

    def overlap(self, other: Interval) -> Interval | None:
        """The intersection; None if it is empty."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Interval(start, end) if start < end else None
