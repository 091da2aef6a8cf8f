"""What was measured of an incident, each figure with where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_incidents.status import Measure, begin_entry, day_of

from ..excerpts import first_sentence, quoted
from ..language.labels import MEASURE
from ..views import Link
from .timeline import entry_anchors

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from mkdocs_incidents.model import Incident, TimelineEntry, Update
    from mkdocs_incidents.status import Figure

    from ..context import SiteContext

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
class MeasurementsView:
    """All figures, and how long each service was down."""

    begin: str
    """The instant from which all is counted."""
    begin_source: Link | None
    figures: tuple[MeasureView, ...]
    affected: MeasureView | None
    """The share of users or traffic that the file states."""
    states: tuple[str, ...]
    downtime: tuple[DowntimeRow, ...]


def measurements_view(site: SiteContext, incident: Incident) -> MeasurementsView | None:
    """Nothing is told of an incident of which only its length is known: the page says that already."""
    facts = site.facts(incident)
    found = facts.figures
    if all(figure.measure is Measure.RESOLVE for figure in found) and incident.affected_percent is None:
        return None
    sources = _Sources(site, incident)
    begun = begin_entry(incident)
    spent = facts.downtime
    states = sorted({state for times in spent.values() for state in times}, key=lambda state: -state.rank)
    return MeasurementsView(
        begin=site.formatter.instant(incident.started_at, incident.timezone),
        begin_source=sources.entry(begun) if begun else None,
        figures=(_duration(site, incident, sources), *(_figure(site, one, sources) for one in found)),
        affected=_affected(site, incident.affected_percent),
        states=tuple(site.formatter.status(state) for state in states),
        downtime=tuple(
            DowntimeRow(
                service=site.snapshot.catalog.components[component].name,
                times=tuple(site.formatter.measured(times[s]) if s in times else () for s in states),
            )
            for component, times in spent.items()
        ),
    )


class _Sources:
    """Where on the page of an incident something stands, and in which words."""

    def __init__(self, site: SiteContext, incident: Incident) -> None:
        self._site, self._incident = site, incident
        self._anchors = entry_anchors(incident.postmortem.timeline) if incident.postmortem else {}

    def entry(self, entry: TimelineEntry) -> Link:
        words = quoted(self._site.formatter, entry.text, _QUOTED)
        return Link(label=words, address=f"#{self._anchors[entry]}")

    def update(self, update: Update) -> Link:
        formatter = self._site.formatter
        words = quoted(formatter, first_sentence(update.message), _QUOTED)
        label = formatter.text("said in public: %(words)s", words=words)
        return Link(label=label, address=f"#{update.id}")

    def when(self, at: datetime) -> str:
        """`14:31`; with its day where that is not the day the incident began."""
        zone, formatter = self._incident.timezone, self._site.formatter
        clock, day = formatter.bare_clock(at, zone), day_of(at, zone)
        if day == day_of(self._incident.started_at, zone):
            return clock
        return formatter.text("%(day)s, %(clock)s", day=formatter.day_month(day), clock=clock)


def _duration(site: SiteContext, incident: Incident, sources: _Sources) -> MeasureView:
    """How long users felt it; where it came back, from when to when each time."""
    spans = [
        site.formatter.text("%(start)s to %(end)s", start=sources.when(spell.start), end=sources.when(spell.end))
        for spell in site.facts(incident).affected_intervals
    ]
    told = site.formatter.listing(spans)
    several = site.formatter.plural(
        "in %(count)s spell: %(spans)s", "in %(count)s spells: %(spans)s", len(spans), spans=told
    )
    return MeasureView(
        name=site.formatter.text("Duration"),
        value=site.formatter.measured(site.facts(incident).affected_duration),
        when=several if len(spans) > 1 else told,
        source=None,
    )


def _figure(site: SiteContext, figure: Figure, sources: _Sources) -> MeasureView:
    source = None
    if figure.entry:
        source = sources.entry(figure.entry)
    elif figure.update:
        source = sources.update(figure.update)
    return MeasureView(
        name=site.formatter.text(MEASURE[figure.measure]),
        value=site.formatter.measured(figure.duration),
        when=sources.when(figure.end),
        source=source,
    )


def _affected(site: SiteContext, percent: Decimal | None) -> MeasureView | None:
    if percent is None:
        return None
    name, value = site.formatter.text("Affected, as stated"), site.formatter.percent(percent)
    return MeasureView(name=name, value=(value,), when="", source=None)
