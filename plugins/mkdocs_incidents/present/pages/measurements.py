"""The measured durations of an incident, each with its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_incidents.status import Measure, begin_entry

from ..excerpts import first_sentence, quotation
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
"""Characters of an entry or update that are quoted as the source of a figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureView:
    """A figure."""

    name: str
    value: tuple[str, ...]
    """Parts between which a line may break: `1 hr`, `38 min`."""
    when: str
    """`14:31`, with the day and the zone where they differ from those of the begin; of the duration the span. May be
    empty."""
    source: Link | None
    """The entry or update it was measured at, with its address on the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DowntimeRow:
    """The time of a service in each state of `MeasurementsView.states`; empty for none."""

    service: str
    times: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurementsView:
    """All figures, and the downtime of each service."""

    begin: str
    """The instant from which all durations are measured."""
    begin_source: Link | None
    figures: tuple[MeasureView, ...]
    affected: MeasureView | None
    """The share of users or of traffic that the file states."""
    states: tuple[str, ...]
    downtime: tuple[DowntimeRow, ...]


def measurements_view(site: SiteContext, incident: Incident) -> MeasurementsView | None:
    """The figures of an incident; None where only its duration is known, which the page shows elsewhere."""
    facts = site.facts(incident)
    found = facts.figures
    if all(figure.measure is Measure.RESOLVE for figure in found) and incident.affected_percent is None:
        return None
    sources = _Sources(site, incident)
    begun = begin_entry(incident)
    downtime_by_component = facts.downtime
    states = sorted(
        {state for times in downtime_by_component.values() for state in times}, key=lambda state: -state.rank
    )
    return MeasurementsView(
        begin=site.formatter.instant(incident.started_at, incident.timezone),
        begin_source=sources.entry(begun) if begun else None,
        figures=(_duration(site, incident, sources), *(_figure(site, figure, sources) for figure in found)),
        affected=_affected(site, incident.affected_percent),
        states=tuple(site.formatter.status(state) for state in states),
        downtime=tuple(
            DowntimeRow(
                service=site.component_name(component),
                times=tuple(site.formatter.duration_parts(times[s]) if s in times else () for s in states),
            )
            for component, times in downtime_by_component.items()
        ),
    )


class _Sources:
    """Links to entries and updates on the page of an incident."""

    def __init__(self, site: SiteContext, incident: Incident) -> None:
        self._site, self._incident = site, incident
        self._anchors = entry_anchors(incident.postmortem.timeline) if incident.postmortem else {}

    def entry(self, entry: TimelineEntry) -> Link:
        label = quotation(self._site.formatter, entry.text, _QUOTED)
        return Link(label=label, address=f"#{self._anchors[entry]}")

    def update(self, update: Update) -> Link:
        formatter = self._site.formatter
        words = quotation(formatter, first_sentence(update.message), _QUOTED)
        if self._incident.updated_in_public:
            label = formatter.text("said in public: %(words)s", words=words)
        else:
            label = formatter.text("update: %(words)s", words=words)
        return Link(label=label, address=f"#{update.id}")

    def when(self, at: datetime, *others: datetime) -> str:
        """`14:31` in the zone of the incident; with the day and the zone where they are not those of its begin.

        With the zone, too, where it is not that of `others`, the ends of a span with `at`.
        """
        return self._site.formatter.instant_beside(at, self._incident.timezone, self._incident.started_at, *others)


def _duration(site: SiteContext, incident: Incident, sources: _Sources) -> MeasureView:
    """The affected duration; with its intervals, where there are several."""
    spans = [
        site.formatter.from_to(sources.when(interval.start, interval.end), sources.when(interval.end, interval.start))
        for interval in site.facts(incident).affected_intervals
    ]
    listed = site.formatter.listing(spans)
    several = site.formatter.plural(
        "in %(count)s spell: %(spans)s", "in %(count)s spells: %(spans)s", len(spans), spans=listed
    )
    return MeasureView(
        name=site.formatter.text("Duration"),
        value=site.formatter.duration_parts(site.facts(incident).affected_duration),
        when=several if len(spans) > 1 else listed,
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
        value=site.formatter.duration_parts(figure.duration),
        when=sources.when(figure.end),
        source=source,
    )


def _affected(site: SiteContext, percent: Decimal | None) -> MeasureView | None:
    if percent is None:
        return None
    name, value = site.formatter.text("Affected, as stated"), site.formatter.percent(percent)
    return MeasureView(name=name, value=(value,), when="", source=None)
