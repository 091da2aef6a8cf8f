"""Instants of which a file may state only the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime  # noqa: TC003  pydantic resolves the types of what the file format reads


@dataclass(frozen=True, slots=True)
class StatedInstant:
    """An instant, stated with its time or as a day."""

    at: datetime
    """UTC; where only the day is stated, an instant of that day by which it is ordered, not shown."""
    day: date | None = None
    """The day, where no time is stated; None where one is."""
