"""`/metrics` in the text format of OpenMetrics 1.0, for Prometheus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_incidents.model import ComponentStatus, Impact
from mkdocs_incidents.present.context import BAR_DAYS
from mkdocs_incidents.status import Indicator, coming_maintenances, open_incidents, running_maintenances

from .artifact import PlannedFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_incidents.present.context import SiteContext

    from .context import EmitContext


def planned_metrics(_: SiteContext) -> Iterator[PlannedFile]:
    """The file of metrics."""
    yield PlannedFile("metrics", "application/openmetrics-text; version=1.0.0; charset=utf-8", _metrics)


def _metrics(context: EmitContext) -> bytes:
    return ("\n".join(_lines(context.site)) + "\n# EOF\n").encode()


def _lines(site: SiteContext) -> Iterator[str]:
    history, now = site.snapshot.history, site.now
    yield from _head("incidents_page", "stateset", "Indicator of the whole page, in the words of Statuspage.")
    for indicator in Indicator:
        yield _line("incidents_page", int(indicator is site.page_status.indicator), incidents_page=indicator)
    yield from _head("incidents_component", "stateset", "State of each component that the page shows.")
    for component_id, state in site.component_statuses.items():
        for status in ComponentStatus:
            labels = {"component": component_id, "incidents_component": str(status)}
            yield _line("incidents_component", int(status is state), **labels)
    yield from _head("incidents_open", "gauge", "Incidents that are not resolved, by impact.")
    impacts = [incident.impact for incident in open_incidents(history, now)]
    for impact in Impact:
        yield _line("incidents_open", impacts.count(impact), impact=impact)
    yield from _head("incidents_maintenances", "gauge", "Planned work that goes on or is to come.")
    yield _line("incidents_maintenances", len(running_maintenances(history, now)), phase="in_progress")
    yield _line("incidents_maintenances", len(coming_maintenances(history, now)), phase="scheduled")
    uptime_help = f"Uptime over {BAR_DAYS} days, or over the observed time where that is shorter, from one day on."
    yield from _head("incidents_component_uptime_ratio", "gauge", uptime_help)
    for component_id in site.component_statuses:
        uptime = site.recent_uptime[component_id]
        if uptime.percent is not None and uptime.ratio is not None:
            yield _line("incidents_component_uptime_ratio", float(uptime.ratio), component=component_id)
    yield from _head("incidents_component_observed_seconds", "gauge", "The time over which uptime is measured.")
    for component_id in site.component_statuses:
        observed = site.recent_uptime[component_id].observed.total_seconds()
        yield _line("incidents_component_observed_seconds", int(observed), component=component_id)
    yield from _head("incidents_built_timestamp_seconds", "gauge", "When the page was built.")
    yield _line("incidents_built_timestamp_seconds", int(site.clock.timestamp()))


def _head(name: str, kind: str, description: str) -> Iterator[str]:
    yield f"# TYPE {name} {kind}"
    yield f"# HELP {name} {description}"


def _line(name: str, value: float, **labels: str) -> str:
    written = ",".join(f'{label}="{_escaped_label_value(text)}"' for label, text in labels.items())
    return f"{name}{{{written}}} {value}" if written else f"{name} {value}"


def _escaped_label_value(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
