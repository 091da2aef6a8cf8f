"""What was measured of an incident, each figure with where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_incidents.status import Measure, begin_entry, day_of

from .entry_words import first_sentence, quoted
from .timeline import entry_anchors
from .views import Link
from .vocabulary_words import MEASURE

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from mkdocs_incidents.model import Incident, TimelineEntry, Update
    from mkdocs_incidents.status import Figure

    from .edition import Edition

_QUOTED = 60
"""Letters of an entry that are quoted beside a figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureView:
    """One figure."""

    name: str
    value: tuple[str, ...]
    """Parts between which a line may break: `1 hr`, `38 min`."""
    when: str
    """`14:31`, with its day where that is not the day it began; from when to when for the duration. May be empty."""
    source: Link | None
    """The words it comes from, and where they stand on the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DowntimeRow:
    """How long a service was in each of the states of `MeasuredView.states`; empty where it was not."""

    service: str
    times: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredView:
    """All figures, and how long each service was down."""

    begin: str
    """The instant from which all is counted."""
    begin_source: Link | None
    figures: tuple[MeasureView, ...]
    affected: MeasureView | None
    """The share of users or traffic that the file states."""
    states: tuple[str, ...]
    downtime: tuple[DowntimeRow, ...]


def measured_view(edition: Edition, incident: Incident) -> MeasuredView | None:
    """Nothing is told of an incident of which only its length is known: the page says that already."""
    facts = edition.facts(incident)
    found = facts.figures
    if all(figure.measure is Measure.RESOLVE for figure in found) and incident.affected_percent is None:
        return None
    sources = _Sources(edition, incident)
    begun = begin_entry(incident)
    spent = facts.downtime
    states = sorted({state for times in spent.values() for state in times}, key=lambda state: -state.rank)
    return MeasuredView(
        begin=edition.wording.instant(incident.started_at, incident.timezone),
        begin_source=sources.entry(begun) if begun else None,
        figures=(_duration(edition, incident, sources), *(_figure(edition, one, sources) for one in found)),
        affected=_affected(edition, incident.affected_percent),
        states=tuple(edition.wording.status(state) for state in states),
        downtime=tuple(
            DowntimeRow(
                service=edition.snapshot.catalog.components[component].name,
                times=tuple(edition.wording.measured(times[s]) if s in times else () for s in states),
            )
            for component, times in spent.items()
        ),
    )


class _Sources:
    """Where on the page of an incident something stands, and in which words."""

    def __init__(self, edition: Edition, incident: Incident) -> None:
        self._edition, self._incident = edition, incident
        self._anchors = entry_anchors(incident.postmortem.timeline) if incident.postmortem else {}

    def entry(self, entry: TimelineEntry) -> Link:
        words = quoted(self._edition.wording, entry.text, _QUOTED)
        return Link(label=words, address=f"#{self._anchors[entry]}")

    def update(self, update: Update) -> Link:
        wording = self._edition.wording
        words = quoted(wording, first_sentence(update.message), _QUOTED)
        label = wording.text("said in public: %(words)s", words=words)
        return Link(label=label, address=f"#{update.id}")

    def when(self, at: datetime) -> str:
        """`14:31`; with its day where that is not the day the incident began."""
        zone, wording = self._incident.timezone, self._edition.wording
        clock, day = wording.bare_clock(at, zone), day_of(at, zone)
        if day == day_of(self._incident.started_at, zone):
            return clock
        return wording.text("%(day)s, %(clock)s", day=wording.day_month(day), clock=clock)


def _duration(edition: Edition, incident: Incident, sources: _Sources) -> MeasureView:
    """How long users felt it; where it came back, from when to when each time."""
    spans = [
        edition.wording.text("%(start)s to %(end)s", start=sources.when(spell.start), end=sources.when(spell.end))
        for spell in edition.facts(incident).affected_intervals
    ]
    told = edition.wording.listing(spans)
    several = edition.wording.plural(
        "in %(count)s spell: %(spans)s", "in %(count)s spells: %(spans)s", len(spans), spans=told
    )
    return MeasureView(
        name=edition.wording.text("Duration"),
        value=edition.wording.measured(edition.facts(incident).affected_duration),
        when=several if len(spans) > 1 else told,
        source=None,
    )


def _figure(edition: Edition, figure: Figure, sources: _Sources) -> MeasureView:
    source = None
    if figure.entry:
        source = sources.entry(figure.entry)
    elif figure.update:
        source = sources.update(figure.update)
    return MeasureView(
        name=edition.wording.text(MEASURE[figure.measure]),
        value=edition.wording.measured(figure.duration),
        when=sources.when(figure.end),
        source=source,
    )


def _affected(edition: Edition, percent: Decimal | None) -> MeasureView | None:
    if percent is None:
        return None
    name, value = edition.wording.text("Affected, as stated"), edition.wording.percent(percent)
    return MeasureView(name=name, value=(value,), when="", source=None)
