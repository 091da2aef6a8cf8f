"""Day, beginning, end and duration of the incident of a document, and where the document disagrees with itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from ...prose.contradictions import contradiction, event_of, only_time
from ...prose.document import MOST_LINES
from ...prose.durations import Subject, durations_in
from ...prose.timeline import BACK_BY_MUCH, entry_at, first_entry, last_entry, midnights, settled_clocks
from ..protocol import FactSureness, Inference
from .stated_times import with_year

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from ...prose.days import WrittenDay
    from ...prose.entries import ProseEntry
    from ...prose.sentences import Sentence
    from ...prose.shares import DocumentShare
    from ...prose.time_mentions import WrittenClock
    from .stated_times import DatedPlace, DocumentFacts

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


_LAST_RANK_OF_DURATIONS = 2
"""Of sentences that describe the incident."""
_OPENING = 1
"""The last rank of what sums it up or opens the document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedDuration:
    """A duration that a sentence gives for the incident."""

    minutes: int
    line: int
    quote: str
    coarse: bool
    """In days: times say it better."""


def stated_durations(found: Sequence[Sentence]) -> list[StatedDuration]:
    """Stated durations of the outage; a label for it first, then the summary, then the rest."""
    known: list[tuple[int, StatedDuration]] = []
    for sentence in found:
        if sentence.quoted or sentence.rank > _LAST_RANK_OF_DURATIONS:
            continue
        least = Subject.NEAR if sentence.rank <= _OPENING else Subject.AFFECTED
        for length in durations_in(sentence.text, sentence.label):
            if length.minutes and length.subject >= least and not length.limit:
                own_label = length.subject is Subject.LABELLED and not _is_labelled_by_its_part(sentence)
                stated = StatedDuration(
                    minutes=length.minutes, line=sentence.line, quote=length.quote, coarse=length.coarse
                )
                known.append((0 if own_label else 1 + sentence.rank, stated))
    return [stated for _, stated in sorted(known, key=lambda pair: pair[0])]


def _is_labelled_by_its_part(sentence: Sentence) -> bool:
    """Whether the label of a sentence is the name of the part it stands in."""
    return sentence.label == sentence.part.heading and not sentence.text.startswith(sentence.label)


_IN_THE_TEXT = "the text"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanEdge:
    """Beginning or end, as far as it was found."""

    clock: WrittenClock
    line: int
    reason: str
    sureness: FactSureness
    day: WrittenDay | None = None
    entry: ProseEntry | None = None
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
    elif started := (stated.start.clock if stated.start else None) or _settled_time_of(
        first_entry(reading.timeline), reading
    ):
        last = next(_at_their_end(reading, started), last)
    return _edge_of(last, reading) if last and last is not first_entry(reading.timeline) else None


def _at_their_end(reading: DocumentFacts, started: WrittenClock) -> Iterator[ProseEntry]:
    """Entries at which a length that the text states would be over."""
    for length in stated_durations(reading.sentences):
        entry = None if length.coarse else entry_at(reading.timeline, started.minutes + length.minutes, anyhow=True)
        if entry:
            yield entry


def _settled_time_of(entry: ProseEntry | None, reading: DocumentFacts) -> WrittenClock | None:
    return settled_clocks(reading.timeline).get(entry) if entry else None


def _edge_of(entry: ProseEntry, reading: DocumentFacts) -> SpanEdge | None:
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


_STRONG = 13
"""The strength of a place from which a day is surely one of the incident (`days_of`)."""
_SLACK = 0.05
_MOST_COMPARED = 300
_MOST_SHARES = 4
_LAST_RANK = 2
"""Of sentences that describe the incident."""


def disagreements(
    reading: DocumentFacts,
    day: FoundDate,
    span: Span,
    stated: Sequence[StatedDuration],
    percents: Sequence[DocumentShare],
) -> Iterator[str]:
    """Every contradiction found, as a sentence with both places."""
    computed = span.minutes
    for line, word in reading.document.mended:
        yield f"line {line}: “{word}” is written with a letter in place of a digit"
    if reading.document.body.count("\n") > MOST_LINES:
        yield f"only the first {MOST_LINES:,} lines were read for facts"
    yield from _other_days(reading, day, span)
    yield from _two_times(reading)
    yield from _out_of_order(reading)
    yield from _beyond(reading, span)
    for length in stated[:1]:
        if computed is not None and not length.coarse and abs(length.minutes - computed) > max(2, _SLACK * computed):
            message = f"line {length.line}: it says “{length.quote}” ({length.minutes} min)"
            yield f"{message}, from beginning to end it is {computed} min"
    different = {share.percent: share for share in percents}
    if len(different) > 1:
        places = [f"line {share.line} says {share.quote}" for share in different.values()]
        yield f"two shares affected: {', '.join(places[:_MOST_SHARES])}"


def _other_days(reading: DocumentFacts, day: FoundDate, span: Span) -> Iterator[str]:
    if day.date is None:
        return
    seen = {day.date}
    seen.update(other for other in (day.last, span.resolved.date() if span.resolved else None) if other)
    last = max(seen)
    for place in reading.places:
        other = place.day.date
        timeline = (
            place.source == "the timeline" and other is not None and day.date <= other <= last + timedelta(days=1)
        )
        if (
            other is None
            or other in seen
            or timeline
            or place.strength < _STRONG
            or other == (place.last.date if place.last else None)
        ):
            continue
        seen.add(other)
        yield f"line {place.line}: {other} ({place.source}) is another day than {day.date} (line {day.line})"


def _two_times(reading: DocumentFacts) -> Iterator[str]:
    """Prose that gives an event of the timeline another time of day."""
    clocks = settled_clocks(reading.timeline)
    timed = reading.timeline.timed[:_MOST_COMPARED]
    events = [event_of(entry.text, entry.line, clocks[entry].minutes) for entry in timed]
    for sentence in reading.sentences[:_MOST_COMPARED]:
        mention = None if sentence.quoted or sentence.rank > _LAST_RANK else only_time(sentence.text)
        for found in contradiction(sentence.text, sentence.line, mention, events) if mention else ():
            message = f"line {sentence.line} tells “{found.event.text[:80]}” at {found.clock}"
            yield f"{message}, the timeline (line {found.event.line}) at {found.event.clock}"


def _out_of_order(reading: DocumentFacts) -> Iterator[str]:
    """Entries that stand before their turn; what goes back by hours has passed midnight instead."""
    before: tuple[WrittenDay | None, WrittenClock] | None = None
    clocks = settled_clocks(reading.timeline)
    for entry in reading.timeline.timed:
        clock = clocks[entry]
        if before is not None and before[0] == entry.day and (back := before[1].minutes - clock.minutes) > 0:
            why = "midnight has passed" if back > BACK_BY_MUCH else "it is out of order"
            yield f"line {entry.line}: {clock} stands after {before[1]}; read as if {why}"
        before = entry.day, clock


def _beyond(reading: DocumentFacts, span: Span) -> Iterator[str]:
    """A timeline that begins or ends elsewhere than the text says."""
    timed = reading.timeline.timed
    if not timed or span.started is None or span.resolved is None:
        return
    last = timed[-1]
    if last.clock and last.day is None and span.end and reading.stated.end:
        end = span.resolved
        at = end.replace(hour=last.clock.hour, minute=last.clock.minute)
        if abs(at - end) > timedelta(hours=1) and abs(at - end) < timedelta(hours=20):
            message = f"line {last.line}: the timeline ends at {last.clock}"
            yield f"{message}, the text (line {reading.stated.end_line}) at {span.end.clock}"
