"""The day on which it began: the likeliest of the days a document names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..prose.entry_order import first_entry
from .days_of import with_year
from .protocol import FactSureness, Inference

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from ..prose.days import WrittenDay
    from .days_of import DatedPlace
    from .reading import DocumentFacts

_STATED, _OF_THE_REPORT = 75, 15
"""Strengths from which a day counts as stated, and up to which it is only that of the report."""
_OF_THE_ENTRY = 86


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDate:
    """The day on which it began."""

    date: dt.date | None
    last: dt.date | None = None
    """The day on which it ended, where a span of days says so."""
    line: int = 0
    inferences: tuple[Inference, ...] = ()
    warnings: tuple[str, ...] = ()


def date_of(reading: DocumentFacts) -> FoundDate:
    """The likeliest of the days a document names."""
    places = _with_first_entry(reading)
    for place in places:
        day = with_year(place.day.decided(reading.order), places)
        if day.undecided:
            day = _decided_by_others(day, places)
        if day.undecided:
            written = f"{place.day.day:02}-{place.day.month:02}-{place.day.year}"
            message = f"line {place.line}: {written} can be read day first or month first; the day is left out"
            return FoundDate(date=None, warnings=(message,))
        if day.date is None or place.strength < _OF_THE_REPORT:
            continue
        last = with_year(place.last, places).date if place.last else None
        sure = FactSureness.STATED if place.strength >= _STATED and place.day.year else FactSureness.LIKELY
        return FoundDate(
            date=day.date,
            last=last if last and last >= day.date else None,
            line=place.line,
            inferences=(
                Inference(fact="date", value=str(day.date), line=place.line, sureness=sure, reason=place.source),
            ),
        )
    return FoundDate(date=None)


def _with_first_entry(reading: DocumentFacts) -> Sequence[DatedPlace]:
    """The places of days; the entry with which it began comes first, where the beginning is read from it."""
    stated, places = reading.stated.start, reading.places
    start = first_entry(reading.timeline) if not (stated and stated.day) else None
    if start is None or start.day is None or not (stated is None or str(stated.clock) == str(start.clock)):
        return places
    moved = [
        replace(place, day=start.day, line=start.line, strength=_OF_THE_ENTRY)
        if place.source == "the timeline"
        else place
        for place in places
    ]
    return sorted(moved, key=lambda place: (-place.strength, place.line))


def _decided_by_others(day: WrittenDay, places: Sequence[DatedPlace]) -> WrittenDay:
    """A day in numbers, read as another, unmistakable day of the document shows."""
    sure = {place.day.date for place in places if place.day.date}
    for order in ("day first", "month first"):
        read = day.read_as(order)
        if read.date and any(abs((read.date - other).days) <= 1 for other in sure):
            return read
    return day
