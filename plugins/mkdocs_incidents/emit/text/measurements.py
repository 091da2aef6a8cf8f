"""What was measured of an incident, as Markdown; the same figures as on its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_incidents.present.pages.measurements import measurements_view

from .markdown import paragraphs, text

if TYPE_CHECKING:
    from mkdocs_incidents.model import Incident
    from mkdocs_incidents.present.context import SiteContext
    from mkdocs_incidents.present.pages.measurements import MeasureView


def measurements_markdown(site: SiteContext, incident: Incident) -> str:
    """The figures as a list, each with what it comes from; empty where the page has none."""
    view = None if incident.ongoing else measurements_view(site, incident)
    if view is None:
        return ""
    told = site.formatter.text
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
