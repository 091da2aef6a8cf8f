"""What was measured of an incident, for programs and as Markdown; the same figures as on its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs_incidents.present.measured import measured_view
from mkdocs_incidents.present.timeline import entry_anchors

from .artifact import iso
from .markdown import paragraphs, text

if TYPE_CHECKING:
    from datetime import timedelta

    from mkdocs_incidents.model import Incident
    from mkdocs_incidents.present.edition import Edition
    from mkdocs_incidents.present.measured import MeasureView
    from mkdocs_incidents.status import Figure


def measured(edition: Edition, incident: Incident) -> dict[str, Any] | None:
    """All figures of an incident that is over; None while it is open."""
    if incident.ongoing:
        return None
    facts, percent = edition.facts(incident), incident.affected_percent
    return {
        "seconds": _seconds(facts.affected_duration),
        "spells": [{"start": iso(spell.start), "end": iso(spell.end)} for spell in facts.affected_intervals],
        "figures": [_figure(edition, incident, figure) for figure in facts.figures],
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
            component: {state: _seconds(spent) for state, spent in states.items()}
            for component, states in facts.downtime.items()
        },
        "affected": [] if percent is None else [{"percent": float(percent), "quote": None, "sentence": None}],
    }


def _figure(edition: Edition, incident: Incident, figure: Figure) -> dict[str, Any]:
    page = edition.urls.absolute(edition.urls.notice(incident))
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


def measured_twin(edition: Edition, incident: Incident) -> str:
    """The figures as a list, each with what it comes from; empty where the page has none."""
    view = None if incident.ongoing else measured_view(edition, incident)
    if view is None:
        return ""
    told = edition.wording.text
    rows = [_line(figure) for figure in (*view.figures, *filter(None, [view.affected]))]
    rows += [
        f"- {text(told('%(service)s, %(state)s: %(time)s', service=row.service, state=state, time=' '.join(time)))}"
        for row in view.downtime
        for state, time in zip(view.states, row.times, strict=True)
        if time
    ]
    begin = told("Counted from %(begin)s, when it began.", begin=view.begin)
    return paragraphs([f"## {text(told('Measured'))}", text(begin), "\n".join(rows)])


def _line(figure: MeasureView) -> str:
    source = figure.source.label if figure.source else ""
    comes_from = ", ".join(part for part in (figure.when, source) if part)
    behind = f" ({text(comes_from)})" if comes_from else ""
    return f"- {text(figure.name)}: {text(' '.join(figure.value))}{behind}"
