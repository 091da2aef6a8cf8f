"""The measurements of an incident in its JSON document: the figures of its page, in seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from mkdocs_incidents.model import ComponentStatus
from mkdocs_incidents.present.pages.timeline import entry_anchors
from mkdocs_incidents.status import Measure

from ..artifact import iso
from .definitions import Address, Instant, JsonObject, Percent, Seconds

if TYPE_CHECKING:
    from datetime import timedelta

    from mkdocs_incidents.model import Incident
    from mkdocs_incidents.present.context import SiteContext
    from mkdocs_incidents.status import Figure


class IntervalObject(JsonObject):
    """A span of time."""

    start: Instant
    end: Instant


class FigureObject(JsonObject):
    """One time that was measured, with where it comes from. What could not be measured has no object."""

    measure: Measure
    seconds: Seconds
    start: Instant
    end: Instant
    url: Annotated[
        Address | None,
        Field(description="The entry or update that gives the end; null where the file does"),
    ]
    quote: Annotated[str | None, Field(description="Markdown of that entry or update")]


class PhaseObject(JsonObject):
    """A part of the incident, up to a turning point."""

    until: Measure
    seconds: Seconds
    start: Instant
    end: Instant


class ShareObject(JsonObject):
    """The share of users or requests that were affected."""

    percent: Percent
    quote: None
    sentence: None


class MeasurementsObject(JsonObject):
    """Everything that was measured of an incident."""

    seconds: Annotated[Seconds, Field(description="How long users were affected: the sum of its spells")]
    spells: Annotated[list[IntervalObject], Field(description="When users were affected; several where it came back")]
    figures: list[FigureObject]
    phases: list[PhaseObject]
    downtime: Annotated[
        dict[str, dict[ComponentStatus, Seconds]],
        Field(description="Seconds of each component in each state"),
    ]
    affected: Annotated[list[ShareObject], Field(description="As the postmortem states it")]


def measurements_object(site: SiteContext, incident: Incident) -> MeasurementsObject | None:
    """All measurements of an incident that is over; None while it is open."""
    if incident.ongoing:
        return None
    facts, percent = site.facts(incident), incident.affected_percent
    return {
        "seconds": _seconds(facts.affected_duration),
        "spells": [{"start": iso(span.start), "end": iso(span.end)} for span in facts.affected_intervals],
        "figures": [_figure(site, incident, figure) for figure in facts.figures],
        "phases": [
            {
                "until": phase.until,
                "seconds": _seconds(phase.duration),
                "start": iso(phase.interval.start),
                "end": iso(phase.interval.end),
            }
            for phase in facts.phases
        ],
        "downtime": {
            component_id: {state: _seconds(time) for state, time in states.items()}
            for component_id, states in facts.downtime.items()
        },
        "affected": [] if percent is None else [{"percent": float(percent), "quote": None, "sentence": None}],
    }


def _figure(site: SiteContext, incident: Incident, figure: Figure) -> FigureObject:
    page = site.urls.absolute(site.urls.notice(incident))
    anchor = quote = None
    if figure.entry and incident.postmortem:
        anchor, quote = entry_anchors(incident.postmortem.timeline)[figure.entry], figure.entry.text
    elif figure.update:
        anchor, quote = figure.update.id, figure.update.message
    return {
        "measure": figure.measure,
        "seconds": _seconds(figure.duration),
        "start": iso(figure.start),
        "end": iso(figure.end),
        "url": f"{page}#{anchor}" if anchor else None,
        "quote": quote,
    }


def _seconds(time: timedelta) -> int:
    return round(time.total_seconds())
