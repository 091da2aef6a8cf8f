"""What an incident's own record measures: each figure with the two instants it lies between, or none at all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from mkdocs_incidents.model import EntryKind, IncidentStatus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, timedelta

    from mkdocs_incidents.model import Incident, TimelineEntry, Update


class Measure(StrEnum):
    """What can be measured of a response, in the order of the story."""

    DETECT = "detect"
    FIRST_WORD = "first_word"
    IDENTIFY = "identify"
    MITIGATE = "mitigate"
    RESOLVE = "resolve"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured time: from the instant users began to feel the incident to a turning point."""

    measure: Measure
    start: datetime
    end: datetime
    entry: TimelineEntry | None = None
    """The entry of the timeline that gives the end; None where an update or the file's own facts do."""
    update: Update | None = None

    @property
    def duration(self) -> timedelta:
        """Elapsed time, never negative."""
        return self.end - self.start


_ENTRIES = {
    Measure.DETECT: EntryKind.DETECTED,
    Measure.IDENTIFY: EntryKind.IDENTIFIED,
    Measure.MITIGATE: EntryKind.MITIGATED,
}
_WORDS = {Measure.IDENTIFY: IncidentStatus.IDENTIFIED, Measure.MITIGATE: IncidentStatus.MONITORING}
"""What is said in public tells the same, later, where the timeline does not."""


def figures(incident: Incident) -> tuple[Figure, ...]:
    """Everything that can be measured of an incident. What cannot is absent, never zero; nothing is negative."""
    return tuple(figure for figure in _figures(incident) if figure.end >= figure.start)


def figure(incident: Incident, measure: Measure) -> Figure | None:
    """One measure, if it can be taken."""
    return next((found for found in figures(incident) if found.measure is measure), None)


def _figures(incident: Incident) -> Iterator[Figure]:
    start = incident.started_at
    timeline = incident.postmortem.timeline if incident.postmortem else ()
    for measure in Measure:
        kind = _ENTRIES.get(measure)
        entry = next((entry for entry in timeline if kind and entry.kind is kind), None)
        if entry:
            yield Figure(measure=measure, start=start, end=entry.at, entry=entry)
            continue
        if measure is Measure.RESOLVE:
            if incident.resolved_at:
                yield Figure(measure=measure, start=start, end=incident.resolved_at)
            continue
        said = _WORDS.get(measure)
        updates = (u for u in incident.updates if measure is Measure.FIRST_WORD or (said and u.status is said))
        update = next(updates, None)
        if update:
            yield Figure(measure=measure, start=start, end=update.at, update=update)
