"""`/metrics` in OpenMetrics text, for Prometheus and its kin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_incidents.model import ComponentStatus, Impact
from mkdocs_incidents.present.bars import DAYS
from mkdocs_incidents.status import Indicator, coming_maintenances, open_incidents, running_maintenances

from .artifact import Planned
from .figures import recent_uptime

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_incidents.present.edition import Edition

    from .wire import Wire


def planned_metrics(_: Edition) -> Iterator[Planned]:
    """One file."""
    yield Planned("metrics", "application/openmetrics-text; version=1.0.0; charset=utf-8", _metrics)


def _metrics(wire: Wire) -> bytes:
    return ("\n".join(_lines(wire.edition)) + "\n# EOF\n").encode()


def _lines(edition: Edition) -> Iterator[str]:
    history, now = edition.snapshot.history, edition.now
    yield from _head("incidents_page", "stateset", "Indicator of the whole page, in the words of Statuspage.")
    for indicator in Indicator:
        yield _line("incidents_page", int(indicator is edition.page_status.indicator), incidents_page=indicator)
    yield from _head("incidents_component", "stateset", "State of each component that the page shows.")
    for component_id, state in edition.component_statuses.items():
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
    yield from _head("incidents_component_uptime_ratio", "gauge", f"Uptime over {DAYS} days, where there are data.")
    for component_id in edition.component_statuses:
        ratio = recent_uptime(edition, component_id).ratio
        if ratio is not None:
            yield _line("incidents_component_uptime_ratio", float(ratio), component=component_id)
    yield from _head("incidents_built_timestamp_seconds", "gauge", "The instant all of this was true.")
    yield _line("incidents_built_timestamp_seconds", int(now.timestamp()))


def _head(name: str, kind: str, told: str) -> Iterator[str]:
    yield f"# TYPE {name} {kind}"
    yield f"# HELP {name} {told}"


def _line(name: str, value: float, **labels: str) -> str:
    told = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
    return f"{name}{{{told}}} {value}" if told else f"{name} {value}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
