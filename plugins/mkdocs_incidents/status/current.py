"""The state now: components, banner, and the notices that are open, in progress or scheduled."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from mkdocs_incidents.model import ComponentStatus, MaintenanceStatus

from .local_time import day_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from mkdocs_incidents.model import Announcement, ComponentGroup, History, Incident, Maintenance


class Indicator(StrEnum):
    """Statuspage's one-word state of a whole page."""

    NONE = "none"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"
    MAINTENANCE = "maintenance"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStatus:
    """The banner: the state of the whole page."""

    status: ComponentStatus
    """The worst state in any visible component or open incident."""
    indicator: Indicator
    """The severity for the page as a whole: an outage of one component of many is less than one of all."""
    description: str
    """The English sentence of the Statuspage API."""


_OPERATIONAL = Indicator.NONE, "All Systems Operational"
_MAINTENANCE = Indicator.MAINTENANCE, "Service Under Maintenance"
_SOME_DEGRADED = Indicator.MINOR, "Partially Degraded Service"
_ALL_DEGRADED = Indicator.MINOR, "Degraded System Service"
_MINOR_OUTAGE = Indicator.MINOR, "Minor Service Outage"
_PARTIAL_OUTAGE = Indicator.MAJOR, "Partial System Outage"
_MAJOR_OUTAGE = Indicator.CRITICAL, "Major System Outage"

_INDICATORS_BY_SEVERITY = (Indicator.NONE, Indicator.MAINTENANCE, Indicator.MINOR, Indicator.MAJOR, Indicator.CRITICAL)
_SINGLE = {
    ComponentStatus.OPERATIONAL: _OPERATIONAL,
    ComponentStatus.UNDER_MAINTENANCE: _MAINTENANCE,
    ComponentStatus.DEGRADED_PERFORMANCE: _SOME_DEGRADED,
    ComponentStatus.PARTIAL_OUTAGE: _PARTIAL_OUTAGE,
    ComponentStatus.MAJOR_OUTAGE: _MAJOR_OUTAGE,
}
"""The banner for the state of the only component, or of an incident as a whole."""
_WHEN_ALL = _SINGLE | {ComponentStatus.DEGRADED_PERFORMANCE: _ALL_DEGRADED}
_WHEN_SOME = _SINGLE | {
    ComponentStatus.PARTIAL_OUTAGE: _MINOR_OUTAGE,
    ComponentStatus.MAJOR_OUTAGE: _PARTIAL_OUTAGE,
}


def component_statuses(history: History, now: datetime) -> Mapping[str, ComponentStatus]:
    """The state of every visible component at `now` by id, in the order of the catalogue.

    Where several notices name a component, the worst state counts.
    """
    known = history.as_of(now)
    today = day_of(now, known.catalog.timezone)
    statuses = {
        component.id: ComponentStatus.OPERATIONAL
        for component in known.catalog.components.values()
        if component.visible_on(today)
    }
    for notice in known.notices:
        for component_id, status in notice.statuses_at(now).items():
            if component_id in statuses:
                statuses[component_id] = ComponentStatus.worst((statuses[component_id], status))
    return statuses


def group_status(group: ComponentGroup, statuses: Mapping[str, ComponentStatus]) -> ComponentStatus:
    """The worst state of the members of a group that are in `statuses`."""
    return ComponentStatus.worst(statuses[c.id] for c in group.components if c.id in statuses)


def page_status(history: History, now: datetime) -> PageStatus:
    """The banner at `now`.

    It follows from the components as at Statuspage. An open incident that is worse than its visible components (it
    names none, or its impact is stated as worse) raises the banner to its own state.
    """
    known = history.as_of(now)
    statuses = component_statuses(known, now)
    incidents = open_incidents(known, now)
    hidden = (
        incident.current_severity(now) for incident in incidents if _is_worse_than_visible(incident, statuses, now)
    )
    banners = [_components_banner(statuses.values()), *(_SINGLE[status] for status in hidden)]
    indicator, description = max(banners, key=lambda banner: _INDICATORS_BY_SEVERITY.index(banner[0]))
    current = [*statuses.values(), *(incident.current_severity(now) for incident in incidents)]
    return PageStatus(status=ComponentStatus.worst(current), indicator=indicator, description=description)


def open_incidents(history: History, now: datetime) -> tuple[Incident, ...]:
    """Incidents not resolved at `now`: the worst first, then the oldest."""
    still_open = (incident for incident in history.as_of(now).incidents if incident.ongoing)
    return tuple(sorted(still_open, key=lambda i: (-i.current_severity(now).rank, i.started_at, i.id)))


def running_maintenances(history: History, now: datetime) -> tuple[Maintenance, ...]:
    """Maintenance in progress at `now`, the oldest first."""
    running = (m for m in history.as_of(now).maintenances if m.phase(now).running)
    return tuple(sorted(running, key=lambda m: (m.begins_at, m.id)))


def coming_maintenances(history: History, now: datetime) -> tuple[Maintenance, ...]:
    """Maintenance that has not begun at `now`, soonest first."""
    coming = (m for m in history.as_of(now).maintenances if m.phase(now) is MaintenanceStatus.SCHEDULED)
    return tuple(sorted(coming, key=lambda m: (m.scheduled_from, m.id)))


def current_announcements(history: History, now: datetime) -> tuple[Announcement, ...]:
    """Announcements shown at `now`: pinned and not ended, newest first."""
    pinned = (a for a in history.as_of(now).announcements if a.pinned and not a.ended_at)
    return tuple(sorted(pinned, key=lambda a: (-a.begins_at.timestamp(), a.id)))


def _components_banner(statuses: Collection[ComponentStatus]) -> tuple[Indicator, str]:
    """As at Statuspage: an outage of some components is one degree less than one of all."""
    worst = ComponentStatus.worst(statuses)
    if len(statuses) == 1:
        return _SINGLE[worst]
    return (_WHEN_ALL if all(status is worst for status in statuses) else _WHEN_SOME)[worst]


def _is_worse_than_visible(incident: Incident, statuses: Mapping[str, ComponentStatus], now: datetime) -> bool:
    """Whether an incident is worse than the states of its visible components."""
    visible = (status for component_id, status in incident.statuses_at(now).items() if component_id in statuses)
    return incident.current_severity(now).rank > ComponentStatus.worst(visible).rank
