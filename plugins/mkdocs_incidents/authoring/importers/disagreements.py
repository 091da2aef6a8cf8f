"""Facts that a document states twice and differently. The text stays as it is; warnings name both places."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from ..prose.contradictions import contradiction, event_of, only_time
from ..prose.document import MOST_LINES
from ..prose.entry_order import BACK_BY_MUCH, settled_clocks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..prose.clocks import WrittenClock
    from ..prose.days import WrittenDay
    from ..prose.document_shares import DocumentShare
    from .found_date import FoundDate
    from .lengths import StatedDuration
    from .reading import DocumentFacts
    from .span import Span

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
