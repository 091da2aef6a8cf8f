"""Beginning and end of the incident: as the prose states them, else from the timeline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from ..prose.durations import durations_in
from ..prose.entry_order import entry_at, first_entry, last_entry, midnights, settled_clocks
from .lengths import stated_durations
from .protocol import FactSureness, Inference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..prose.clocks import WrittenClock
    from ..prose.days import WrittenDay
    from ..prose.entries import WrittenEntry
    from .found_date import FoundDate
    from .reading import DocumentFacts

_IN_THE_TEXT = "the text"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanEdge:
    """Beginning or end, as far as it was found."""

    clock: WrittenClock
    line: int
    reason: str
    sureness: FactSureness
    day: WrittenDay | None = None
    entry: WrittenEntry | None = None
    """The entry of the timeline it was read from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From when to when: times of day, and instants of the local clock where the day is known."""

    start: SpanEdge | None = None
    end: SpanEdge | None = None
    started: datetime | None = None
    resolved: datetime | None = None
    warnings: tuple[str, ...] = ()

    @property
    def minutes(self) -> int | None:
        """How long it lasted by its own times; without days at most until the same time tomorrow."""
        if self.started and self.resolved:
            return round((self.resolved - self.started) / timedelta(minutes=1))
        if self.start and self.end:
            return (self.end.clock.minutes - self.start.clock.minutes) % (24 * 60)
        return None

    @property
    def inferences(self) -> tuple[Inference, ...]:
        """The inferences of both ends."""
        found = []
        for fact, edge, instant in (("started", self.start, self.started), ("resolved", self.end, self.resolved)):
            if edge:
                value = f"{instant:%Y-%m-%d %H:%M}" if instant else str(edge.clock)
                found.append(
                    Inference(fact=fact, value=value, line=edge.line, sureness=edge.sureness, reason=edge.reason)
                )
        return tuple(found)


def span_of(reading: DocumentFacts, found: FoundDate) -> Span:
    """Beginning and end of the incident that `reading` is about."""
    start, end = _beginning(reading), _end(reading)
    started = _on(found.date, start.clock) if start else None
    if started is None or end is None:
        return Span(start=start, end=end, started=started)
    resolved, why = _end_after(started, end, found, reading)
    warnings = (f"line {end.line}: {end.clock} is read as {resolved:%Y-%m-%d %H:%M}: {why}",) if why else ()
    return Span(start=start, end=end, started=started, resolved=resolved, warnings=warnings)


def _beginning(reading: DocumentFacts) -> SpanEdge | None:
    stated = reading.stated
    if stated.start and stated.start.clock:
        sure = FactSureness.LIKELY if stated.from_detection else FactSureness.STATED
        return SpanEdge(
            clock=stated.start.clock, line=stated.start_line, reason=_IN_THE_TEXT, sureness=sure, day=stated.start.day
        )
    first = first_entry(reading.timeline)
    return _edge_of(first, reading) if first else None


def _end(reading: DocumentFacts) -> SpanEdge | None:
    stated = reading.stated
    if stated.end and stated.end.clock:
        return SpanEdge(
            clock=stated.end.clock,
            line=stated.end_line,
            reason=_IN_THE_TEXT,
            sureness=FactSureness.STATED,
            day=stated.end.day,
        )
    last = last_entry(reading.timeline)
    minutes = next((length.minutes for length in durations_in(stated.context)), 0)
    if stated.start and stated.start.clock and minutes:
        last = entry_at(reading.timeline, stated.start.clock.minutes + minutes)
    elif started := (stated.start.clock if stated.start else None) or _clock_of(first_entry(reading.timeline), reading):
        last = next(_at_their_end(reading, started), last)
    return _edge_of(last, reading) if last and last is not first_entry(reading.timeline) else None


def _at_their_end(reading: DocumentFacts, started: WrittenClock) -> Iterator[WrittenEntry]:
    """Entries at which a length that the text states would be over."""
    for length in stated_durations(reading.sentences):
        entry = None if length.coarse else entry_at(reading.timeline, started.minutes + length.minutes, anyhow=True)
        if entry:
            yield entry


def _clock_of(entry: WrittenEntry | None, reading: DocumentFacts) -> WrittenClock | None:
    return settled_clocks(reading.timeline).get(entry) if entry else None


def _edge_of(entry: WrittenEntry, reading: DocumentFacts) -> SpanEdge | None:
    clock = settled_clocks(reading.timeline).get(entry)
    if clock is None:
        return None
    reason = f"the timeline: “{entry.text[:60]}”"
    return SpanEdge(
        clock=clock, line=entry.line, reason=reason, sureness=FactSureness.LIKELY, day=entry.day, entry=entry
    )


def _on(day: date | None, clock: WrittenClock) -> datetime | None:
    return datetime.combine(day, time(clock.hour, clock.minute)) if day else None


def _end_after(started: datetime, end: SpanEdge, found: FoundDate, reading: DocumentFacts) -> tuple[datetime, str]:
    """When it ended, and why that is another day than the one that is written, if it is."""
    same = datetime.combine(started.date(), time(end.clock.hour, end.clock.minute))
    stated = reading.date_of(end.day)
    if stated and stated > started.date():
        return datetime.combine(stated, same.time()), ""
    if end.entry is not None and (passed := midnights(reading.timeline).get(end.entry, 0)):
        return same + timedelta(days=passed), "the timeline passes midnight"
    if same < started:
        return same + timedelta(days=1), "it comes before the beginning, so midnight has passed"
    if found.last and found.last > started.date() and reading.stated.end is None:
        return datetime.combine(found.last, same.time()), "the text names that day as the last"
    return same, ""
