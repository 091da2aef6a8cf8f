"""From what was found in a document to its facts: the day, the beginning and the end, the zone, the entries."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from .days_of import with_year
from .report import ImportedEntry, Inference, Sureness

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .clock_times import Clock
    from .dates import Day
    from .days_of import DatedPlace
    from .document import Document
    from .outage_range import Told
    from .parts import Parts
    from .sentences import Sentence
    from .timeline import Entry, FoundTimeline
    from .zone_of_document import ZonePlace
    from .zones import WrittenZone

BACK_BY_MUCH = 180
"""Minutes: entries that go back further than this have passed midnight; less is only disorder."""
_BEGUN = re.compile(
    r"\b(?:(?:outage|errors?|failures?|issues?|problems?|downtime|trouble) (?:begins?|began|start(?:s|ed))|(?:begins?|began|start(?:s|ed)) (?:of )?(?:the )?(?:outage|incident)|went (?:down|offline)|problem starts?|"
    r"incident (?:begins?|began|start(?:s|ed))|breakdown begins|(?:users?|customers?) (?:\w+ ){0,3}(?:unable|unresponsive|can(?:no|')t|could not|seeing)|"
    r"down(?:time)? (?:begins?|began|start(?:s|ed))|first (?:recorded|report|noticed|observed|detected|alert|user)|being down|unavailable|impact (?:begins?|began|start(?:s|ed)))\b",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"\b(?:resolv(?:ed|es|ing)|solved|resolution|restored|back online|back to normal|fully (?:functional|operational|restored|recovered)|recovered|outage end\w*|"
    r"normal (?:operation|service|operations)|(?:service|system|site|website) (?:is |was )?(?:up|stable|healthy|working)|declared (?:stable|resolved|over)|"
    r"fixed|all clear|back up|issue (?:goes|went) away|up and running|all (?:is )?(?:good|well|fine)|(?:works?|working|worked|answers?|responds?|running|live|available|online|up) again|100% (?:back|of traffic))\b",
    re.IGNORECASE,
)
_NOT_ENDED = re.compile(r"\b(?:not|cannot|unable|partial(?:ly)?|temporar\w+|attempt\w*|trying|try|believed|expected|should be|suspect\w*|unresolved|announce|except)\b", re.IGNORECASE)
_AFTERMATH = re.compile(r"\b(?:post-?mortem|retrospective|announce\w*|mailing list|notified|review|follow-?up|report|joins?|queue|builds?|customers? (?:informed|notified)|closed|document\w*|deployed to|permanent)\b", re.IGNORECASE)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything that was found in one document, before it is weighed."""

    document: Document
    parts: Parts
    timeline: FoundTimeline
    sentences: Sequence[Sentence]
    told: Told
    places: Sequence[DatedPlace]
    zones: Sequence[ZonePlace]
    order: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDate:
    """The day on which it began."""

    date: date | None
    last: date | None = None
    """The day on which it ended, where a span of days says so."""
    line: int = 0
    inferences: tuple[Inference, ...] = ()
    warnings: tuple[str, ...] = ()


def date_of(reading: Reading) -> FoundDate:
    """The likeliest of the days a document names."""
    places = list(reading.places)
    start = _first_entry(reading) if not (reading.told.start and reading.told.start.day) else None
    if start is not None and start.day and (reading.told.start is None or str(reading.told.start.clock) == str(start.clock)):
        places = sorted(places, key=lambda place: -place.strength if place.source != "the timeline" else -86)
        places = [replace(p, day=start.day, line=start.line) if p.source == "the timeline" else p for p in places]
    warnings = []
    for place in places:
        day = with_year(place.day, places)
        if day.order == "undecided":
            day = _decided_by_others(day, places)
        if day.order == "undecided":
            warnings.append(f"line {place.line}: {place.day.day:02}-{place.day.month:02}-{place.day.year} can be read day first or month first; the day is left out")  # fmt: skip
            return FoundDate(date=None, warnings=tuple(warnings))
        if day.date is None or place.strength < 15:  # noqa: PLR2004  only the day of the report is known
            continue
        last = with_year(place.last, places).date if place.last else None
        if last is not None and last < day.date:
            last = None
        sure = Sureness.STATED if place.strength >= 75 and place.day.year else Sureness.LIKELY  # noqa: PLR2004
        inference = Inference(fact="date", value=str(day.date), line=place.line, sureness=sure, reason=place.source)
        return FoundDate(date=day.date, last=last, line=place.line, inferences=(inference,))
    return FoundDate(date=None)


def _decided_by_others(day: Day, places: Sequence[DatedPlace]) -> Day:
    """A day in numbers, read as another, unmistakable day of the document shows."""
    sure = {place.day.date for place in places if place.day.date}
    for order in ("day first", "month first"):
        read = day.read_as(order)
        if read.date and any(abs((read.date - other).days) <= 1 for other in sure):
            return read
    return day


def _first_entry(reading: Reading) -> Entry | None:
    """The entry with which it began, by its words, else the first one."""
    timed = _in_main_order(reading.timeline)
    early = timed[: max(3, len(timed) // 2)]
    return next((entry for entry in early if _BEGUN.search(entry.text) and not _PRECAUTION.search(entry.text)), timed[0] if timed else None)


_PRECAUTION = re.compile(r"\b(?:not yet|no impact|before)\b", re.IGNORECASE)


def _in_main_order(timeline: FoundTimeline) -> list[Entry]:
    """Timed entries, oldest first: a list that runs backwards throughout is turned round."""
    timed = list(timeline.timed)
    days = [entry.day.date for entry in timed if entry.day and entry.day.date]
    if len(days) > 1 and days == sorted(days, reverse=True) and days[0] != days[-1]:
        timed.reverse()
    return timed


def _last_entry(reading: Reading) -> Entry | None:
    """The entry with which it ended: the last that says so, unless only aftermath follows anyway."""
    timed = _in_main_order(reading.timeline)
    said = [entry for entry in timed if _ENDED.search(entry.text) and not _NOT_ENDED.search(entry.text)]
    if not said:
        return timed[-1] if timed else None
    if said[-1] is timed[-1] and len(said) > 1 and _AFTERMATH.search(said[-1].text):
        return said[-2]
    return said[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From when to when."""

    start_clock: Clock | None = None
    end_clock: Clock | None = None
    started: datetime | None = None
    resolved: datetime | None = None
    line: int = 0
    from_timeline: bool = False
    inferences: tuple[Inference, ...] = ()
    warnings: tuple[str, ...] = ()


def instants_of(reading: Reading, found: FoundDate) -> Span:
    """Beginning and end: as the prose says, else from the timeline."""
    told, notes, warnings = reading.told, [], []
    first, last = _first_entry(reading), _last_entry(reading)
    clocks = settled_clocks(reading.timeline)
    start = told.start.clock if told.start else None
    start_line, start_why, start_sure = told.start_line, "the text", Sureness.LIKELY if told.from_detection else Sureness.STATED
    from_timeline = False
    if start is None and first is not None:
        start, start_line, from_timeline = clocks.get(first, first.clock), first.line, True
        start_why, start_sure = f"the timeline: “{first.text[:60]}”", Sureness.LIKELY
    end, end_line, end_day = (told.end.clock if told.end else None), told.end_line, told.end.day if told.end else None
    end_why, end_sure = "the text", Sureness.STATED
    if told.start and start and (length := _length_told(reading)):
        last = _entry_after(reading, start.minutes + length)
    if end is None and last is not None and last is not first:
        end, end_line, end_day = clocks.get(last, last.clock), last.line, last.day
        end_why, end_sure = f"the timeline: “{last.text[:60]}”", Sureness.LIKELY
    started = _at(found.date, start)
    resolved = None
    if started and end:
        last_day = with_year(end_day, reading.places).date if end_day and end_day.order != "undecided" else None
        resolved, rolled = _end_after(started, end, last_day, found.last, reading, last if end_why != "the text" else None)
        if rolled:
            warnings.append(f"line {end_line}: {end} is read as {resolved:%Y-%m-%d %H:%M}: {rolled}")
    if start:
        notes.append(Inference(fact="started", value=f"{started:%Y-%m-%d %H:%M}" if started else str(start), line=start_line, sureness=start_sure, reason=start_why))  # fmt: skip
    if end:
        notes.append(Inference(fact="resolved", value=f"{resolved:%Y-%m-%d %H:%M}" if resolved else str(end), line=end_line, sureness=end_sure, reason=end_why))  # fmt: skip
    return Span(
        start_clock=start, end_clock=end, started=started, resolved=resolved, line=start_line,
        from_timeline=from_timeline, inferences=tuple(notes), warnings=tuple(warnings),
    )  # fmt: skip


_MINUTES_TOLD = re.compile(r"\b(\d{1,3})[ -]?min(?:ute)?s?\b", re.IGNORECASE)


def _length_told(reading: Reading) -> int | None:
    """The minutes the sentence about the beginning says it lasted."""
    found = _MINUTES_TOLD.search(reading.told.context)
    return int(found[1]) if found else None


def _entry_after(reading: Reading, minutes: int) -> Entry | None:
    """The entry that ends it at a minute of the day, give or take; the end is unknown where there is none."""
    timed = _in_main_order(reading.timeline)
    near = [entry for entry in timed if entry.clock and abs(entry.clock.minutes - minutes) <= 2]  # noqa: PLR2004
    return next((entry for entry in near if _ENDED.search(entry.text) or entry is timed[-1]), None)


def _at(day: date | None, clock: Clock | None) -> datetime | None:
    return datetime.combine(day, time(clock.hour, clock.minute)) if day and clock else None


def _end_after(started: datetime, end: Clock, stated: date | None, last: date | None, reading: Reading, entry: Entry | None) -> tuple[datetime, str]:
    """When it ended: on the day that is written, else the same day, the next one where midnight has passed."""
    same = datetime.combine(started.date(), time(end.hour, end.minute))
    if entry is not None:
        passed = _midnights(reading.timeline).get(entry, 0)
        if stated and stated > started.date():
            return datetime.combine(stated, same.time()), ""
        if passed:
            return same + timedelta(days=passed), "the timeline passes midnight"
    elif stated and stated > started.date():
        return datetime.combine(stated, same.time()), ""
    if same < started:
        return same + timedelta(days=1), "it comes before the beginning, so midnight has passed"
    if last and last > started.date() and reading.told.end is None:
        return datetime.combine(last, same.time()), "the text names that day as the last"
    return same, ""


def _midnights(timeline: FoundTimeline) -> dict[Entry, int]:
    """How many midnights lie between the first entry and each line: times that go back by much have passed one."""
    passed, before, result = 0, None, {}
    group: Day | None = None
    clocks = settled_clocks(timeline)
    for entry in timeline.timed:
        clock = clocks.get(entry, entry.clock)
        if clock is None:
            continue
        if before is not None and before - clock.minutes > BACK_BY_MUCH and entry.day == group:
            passed += 1
        group = entry.day
        before = clock.minutes
        result.setdefault(entry, passed)
    return result


def settled_clocks(timeline: FoundTimeline) -> dict[Entry, Clock]:
    """Times whose half of the day was not written, read so that the order of the entries stays.

    Only where the other entries have AM or PM: on its own, a time without letters is one of 24 hours.
    """
    timed = timeline.timed
    lettered = sum(entry.clock is not None and entry.clock.half in {"am", "pm"} for entry in timed)
    settled: dict[Entry, Clock] = {}
    before: int | None = None
    for entry in timed:
        clock = entry.clock
        if clock is None:
            continue
        open_half = clock.half == "?" or (not clock.half and lettered * 2 > len(timed))
        if open_half and 0 < clock.hour <= 12 and before is not None:  # noqa: PLR2004
            readings = [clock.in_half("am"), clock.in_half("pm")]
            later = [one for one in readings if one.minutes >= before]
            clock = min(later or readings, key=lambda one: one.minutes)
        settled.setdefault(entry, clock)
        before = clock.minutes
    return settled


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundZone:
    """The zone in which the times are read."""

    zone: WrittenZone | None
    inferences: tuple[Inference, ...] = ()
    warnings: tuple[str, ...] = ()


def zone_in_use(reading: Reading) -> FoundZone:
    """The zone beside the beginning, else of the timeline; other clocks in the same document are told."""
    if not reading.zones:
        return FoundZone(zone=None)
    first = reading.zones[0]
    zone = first.zone
    reason, sure = first.source, Sureness.STATED
    if zone.key and zone.key.upper() != zone.written.upper() and zone.written.upper() not in {"UTC", "GMT"}:
        reason += f"; read as the clocks of {zone.key}"
        sure = Sureness.LIKELY if zone.others else sure
    elif not zone.certain:
        reason += "; used for different clocks, so no offset is computed" if zone.others else "; no offset is known for it"
        sure = Sureness.UNSURE
    inference = Inference(fact="timezone", value=zone.written, line=first.line, sureness=sure, reason=reason)
    return FoundZone(zone=zone, inferences=(inference,), warnings=tuple(_other_zones(reading.zones, first)))


def _other_zones(places: Sequence[ZonePlace], first: ZonePlace) -> Iterator[str]:
    seen = {first.zone.written.casefold()}
    at = datetime(2024, 1, 15, 12)
    for place in places:
        name = place.zone.written.casefold()
        if name in seen or place.zone.same_clocks(first.zone, at):
            continue
        seen.add(name)
        yield f"two zones: line {first.line} says {first.zone.written}, line {place.line} says {place.zone.written}"


def entries_of(reading: Reading, day: date | None) -> tuple[ImportedEntry, ...]:
    """The entries of the timeline, with their days where those are written."""
    del day
    clocks = settled_clocks(reading.timeline)
    entries = []
    for entry in reading.timeline.entries:
        own = entry.day
        if own and own.order == "undecided" and reading.order:
            own = own.read_as(reading.order)
        written = with_year(own, reading.places).date if own and own.order != "undecided" else None
        clock = clocks.get(entry, entry.clock) if entry.clock else None
        entries.append(ImportedEntry(line=entry.line, text=entry.text, clock=clock, day=written))
    return tuple(entries)
