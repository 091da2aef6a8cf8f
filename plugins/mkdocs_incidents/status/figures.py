"""Response times of an incident, each with the timeline entry or update that states it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING

from mkdocs_incidents.model import IncidentStatus, Interval, TurningPoint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mkdocs_incidents.model import ComponentImpact, ComponentStatus, Incident, TimelineEntry, Update

_END_OF_TIME = datetime.max.replace(tzinfo=UTC)


class Measure(StrEnum):
    """What can be measured of a response, in the order in which it usually comes."""

    DETECT = "detect"
    ACKNOWLEDGE = "acknowledge"
    FIRST_UPDATE = "first_word"
    ESCALATE = "escalate"
    IDENTIFY = "identify"
    MITIGATE = "mitigate"
    MONITOR = "monitor"
    RESOLVE = "resolve"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured time: from the begin of the incident to a turning point."""

    measure: Measure
    start: datetime
    end: datetime
    duration: timedelta
    """How long users had been affected by then; for the first update all time since the begin. Never negative."""
    entry: TimelineEntry | None = None
    """The timeline entry that states the end; None where an update or the front matter does."""
    update: Update | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A part of an incident, up to the turning point that ends it."""

    until: Measure
    interval: Interval
    duration: timedelta
    """How long users were affected: what lies between two affected intervals does not count."""


_ENTRIES = {
    Measure.DETECT: TurningPoint.DETECTED,
    Measure.ACKNOWLEDGE: TurningPoint.ACKNOWLEDGED,
    Measure.ESCALATE: TurningPoint.ESCALATED,
    Measure.IDENTIFY: TurningPoint.IDENTIFIED,
    Measure.MITIGATE: TurningPoint.MITIGATED,
}
"""The turning points that give a figure: of several mitigations the last, of all others the first."""
_UPDATES = {
    Measure.IDENTIFY: (IncidentStatus.IDENTIFIED, TurningPoint.IDENTIFIED),
    Measure.MONITOR: (IncidentStatus.MONITORING, TurningPoint.MITIGATED),
}
"""The updates that give a figure where no timeline entry states the turning point beside it."""
_PHASES = {Measure.DETECT, Measure.IDENTIFY, Measure.MITIGATE, Measure.MONITOR, Measure.RESOLVE}
"""The measures at which a phase ends."""


def affected_duration(intervals: Iterable[Interval]) -> timedelta:
    """How long users were affected: the sum of `Notice.affected_intervals`."""
    return sum((interval.duration for interval in intervals), timedelta())


def figures(incident: Incident, measures: Iterable[Measure] = Measure) -> tuple[Figure, ...]:
    """Everything that can be measured of an incident, or what of `measures` can be.

    What cannot be measured is absent, never zero. Entries and updates before the begin or after the end are ignored.
    """
    return tuple(_figures(incident, measures))


def phases(figures: Iterable[Figure]) -> tuple[Phase, ...]:
    """The parts of the duration of an incident, from turning point to turning point, in order of time.

    The first update ends no phase. An open incident has none, nor has one whose only known times are begin and end.
    """
    turns = sorted(
        (figure for figure in figures if figure.measure in _PHASES),
        key=lambda figure: (figure.end, list(Measure).index(figure.measure)),
    )
    if len(turns) < 2 or turns[-1].measure is not Measure.RESOLVE:  # noqa: PLR2004  at least two phases
        return ()
    found, since, counted = [], turns[0].start, timedelta()
    for turn in turns:
        if turn.duration > counted:
            interval = Interval(since, turn.end)
            found.append(Phase(until=turn.measure, interval=interval, duration=turn.duration - counted))
            since, counted = turn.end, turn.duration
    return tuple(found)


def downtime(impacts: Iterable[ComponentImpact]) -> Mapping[str, Mapping[ComponentStatus, timedelta]]:
    """How long each component was in each state because of one notice, by id; states worst first."""
    spent: dict[str, dict[ComponentStatus, timedelta]] = {}
    for impact in impacts:
        states = spent.setdefault(impact.component, {})
        states[impact.status] = states.get(impact.status, timedelta()) + impact.interval.duration
    return {
        component: dict(sorted(states.items(), key=lambda item: -item[0].rank)) for component, states in spent.items()
    }


def begin_entry(incident: Incident) -> TimelineEntry | None:
    """The timeline entry that states the begin, if it has the same instant as `started` of the file."""
    return _entry_at(incident, TurningPoint.IMPACT_BEGINS, incident.started_at)


def _figures(incident: Incident, measures: Iterable[Measure]) -> Iterator[Figure]:
    start, end = incident.started_at, incident.resolved_at or _END_OF_TIME
    affected = incident.affected_intervals(_END_OF_TIME)
    updates, turns = incident.standing_updates, _turning_entries(incident)
    first = updates[0] if updates else None
    for measure in measures:
        if measure is Measure.RESOLVE:
            if incident.resolved_at:
                entry = _entry_at(incident, TurningPoint.RESOLVED, end)
                closing = next((u for u in updates if u.at == end and u.status.closes), None)
                yield _measured(measure, start, end, affected, entry=entry, update=None if entry else closing)
        elif measure is Measure.FIRST_UPDATE:
            if first and first.at >= start and not incident.backfilled:
                at = incident.update_published_at(first)
                if incident.publish_on is None or at != incident.publish_at:  # of a day nobody knows the instant
                    yield Figure(measure=measure, start=start, end=at, duration=at - start, update=first)
        elif entry := turns.get(_ENTRIES.get(measure)):
            yield _measured(measure, start, entry.at, affected, entry=entry)
        elif measure in _UPDATES:
            status, kind = _UPDATES[measure]
            update = next((u for u in updates if u.status is status and start <= u.at <= end), None)
            if update and kind not in turns:
                yield _measured(measure, start, update.at, affected, update=update)


def _turning_entries(incident: Incident) -> Mapping[TurningPoint | None, TimelineEntry]:
    """The timeline entry within the incident that states each turning point: the first, of mitigations the last."""
    start, end = incident.started_at, incident.resolved_at or _END_OF_TIME
    found: dict[TurningPoint | None, TimelineEntry] = {}
    for entry in sorted((e for e in _turns(incident) if start <= e.at <= end), key=attrgetter("at")):
        if entry.kind not in found or entry.kind is TurningPoint.MITIGATED:
            found[entry.kind] = entry
    return found


def _measured(  # noqa: PLR0913  the source is an entry or an update
    measure: Measure,
    start: datetime,
    end: datetime,
    affected: Sequence[Interval],
    *,
    entry: TimelineEntry | None = None,
    update: Update | None = None,
) -> Figure:
    duration = sum((min(part.end, end) - max(part.start, start) for part in affected if part.start < end), timedelta())
    return Figure(measure=measure, start=start, end=end, duration=duration, entry=entry, update=update)


def _turns(incident: Incident) -> Sequence[TimelineEntry]:
    return incident.postmortem.turning_entries if incident.postmortem else ()


def _entry_at(incident: Incident, kind: TurningPoint, at: datetime) -> TimelineEntry | None:
    return next((entry for entry in _turns(incident) if entry.kind is kind and entry.at == at), None)
