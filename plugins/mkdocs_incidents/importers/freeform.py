"""A postmortem as people really leave it, read into facts. Nothing is invented: what is not there stays None."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING

from .actions import find_actions
from .assembly import Reading, date_of, entries_of, instants_of, zone_in_use
from .claims import apology, lasted, shares
from .days_of import dated_places, order_of_numbers
from .disagreements import disagreements
from .document import read_document
from .names import id_for, title_of
from .outage_range import find_told
from .parts import divide
from .report import Imported, ImportedAction, Inference, Missing, Sureness
from .sentences import sentences
from .timeline import find_timeline
from .verdict import why_no_incident
from .zone_of_document import zone_places

if TYPE_CHECKING:
    from .clock_times import Clock


def read_freeform(text: str, source: str) -> Imported:
    """The facts of a free-form postmortem; `source` is its path as the user typed it."""
    document = read_document(text)
    parts = divide(document)
    timeline = find_timeline(parts)
    found = sentences(parts, timeline.lines if timeline.entries and timeline.entries[0].form != "last" else frozenset())
    told = find_told(found)
    places = dated_places(told=told, timeline=timeline, found=found, title=parts.title, front=document.front, order="")
    zones = zone_places(parts, timeline, told, found)
    days = [place.day for place in places] + [entry.day for entry in timeline.entries if entry.day]
    order = order_of_numbers(days, zones[0].zone if zones else None)
    if order:
        places = dated_places(told=told, timeline=timeline, found=found, title=parts.title, front=document.front, order=order)
    reading = Reading(
        document=document,
        parts=parts,
        timeline=timeline,
        sentences=found,
        told=told,
        places=places,
        zones=zones,
        order=order,
    )
    dated = any(place.day.year is not None and place.strength > 30 for place in places)  # noqa: PLR2004  more than metadata
    if reason := why_no_incident(document, parts, timeline, told, dated=dated):
        return Imported(source=source, incident=False, reason=reason, sections=tuple(parts.kinds), body=document.body)
    return _imported(reading, source)


def _imported(reading: Reading, source: str) -> Imported:
    title = title_of(reading)
    day = date_of(reading)
    span = instants_of(reading, day)
    zone = zone_in_use(reading)
    percents = shares(reading.sentences, reading.parts.title)
    sorry = apology(reading.parts)
    actions = find_actions(reading.parts)
    stated = lasted(reading.sentences)
    computed = _minutes_between(span.start_clock, span.end_clock, span.started, span.resolved)
    use = next((one for one in stated if not (one.coarse and computed)), None)
    duration = use.minutes if use else computed
    inferences = [*title.inferences, *day.inferences, *span.inferences, *zone.inferences]
    if duration is not None:
        inferences.append(
            Inference(fact="duration", value=f"{duration} min", line=use.line, sureness=Sureness.STATED, reason=f"“{use.quote}”")
            if use
            else Inference(fact="duration", value=f"{duration} min", line=span.line, sureness=Sureness.LIKELY, reason="from beginning to end")
        )
    entries = entries_of(reading, day.date)
    if entries:
        inferences.append(Inference(fact="timeline", value=f"{len(entries)} entries", line=entries[0].line, sureness=Sureness.STATED if reading.timeline.announced else Sureness.LIKELY, reason="below its heading" if reading.timeline.announced else "a list of times"))  # fmt: skip
    if percents:
        inferences.append(Inference(fact="share affected", value=f"{percents[0].percent:g} %", line=percents[0].line, sureness=Sureness.STATED, reason=f"“{percents[0].quote}”"))  # fmt: skip
    if sorry:
        inferences.append(Inference(fact="apology", value="yes", line=sorry.number, sureness=Sureness.STATED, reason=f"“{sorry.text[:80]}”"))
    if actions:
        inferences.append(Inference(fact="action items", value=str(len(actions)), line=actions[0].line, sureness=Sureness.STATED, reason="items of a list"))
    identity = id_for(PurePath(source).stem, PurePath(source).parent.name, day.date, title.text)
    result = Imported(
        source=source,
        incident=True,
        id=identity,
        title=title.text,
        date=day.date,
        started=span.started,
        resolved=span.resolved,
        started_clock=span.start_clock,
        resolved_clock=span.end_clock,
        zone=zone.zone,
        duration_minutes=duration,
        timeline=entries,
        impact_percent=percents[0].percent if percents else None,
        sections=tuple(reading.parts.kinds),
        apology=sorry is not None,
        action_items=tuple(ImportedAction(line=one.line, text=one.text, done=one.done) for one in actions),
        inferences=tuple(inferences),
        missing=tuple(_missing(title.text, day.date, span.start_clock, span.end_clock, zone_known=zone.zone is not None)),
        warnings=tuple([*span.warnings, *day.warnings, *zone.warnings, *disagreements(reading, day, span, zone.zone, stated, percents, computed)]),
        body=reading.document.body,
        front_source=reading.document.front_source,
    )
    return result


def _minutes_between(start: Clock | None, end: Clock | None, started: datetime | None, resolved: datetime | None) -> int | None:
    """How long it lasted by its own times; without days at most until the same time tomorrow."""
    if started and resolved:
        return round((resolved - started) / timedelta(minutes=1))
    if start and end:
        first, last = (datetime.combine(date(2000, 1, 1), time(clock.hour, clock.minute)) for clock in (start, end))
        return round(((last - first) % timedelta(days=1)) / timedelta(minutes=1))
    return None


def _missing(title: str | None, day: date | None, start: Clock | None, end: Clock | None, *, zone_known: bool) -> list[Missing]:
    missing = []
    if title is None:
        missing.append(Missing(fact="title", hint="write title: what users noticed, in a few words"))
    if day is None:
        missing.append(Missing(fact="date", hint="write the day of the beginning into started:"))
    if start is None:
        missing.append(Missing(fact="started", hint="write when users began to feel it, as 2026-04-06 14:30"))
    if end is None:
        missing.append(Missing(fact="resolved", hint="write when users stopped feeling it; without it the incident counts as open"))
    if not zone_known:
        missing.append(Missing(fact="timezone", hint="write timezone: with a place such as Africa/Lagos, if it is not that of components.yml"))
    missing.append(Missing(fact="components", hint="write which components failed, and how badly; no text of this kind knows their ids"))
    return missing
