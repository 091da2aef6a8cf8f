"""The state now: components, banner, and the notices that are open, in progress or scheduled."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import TYPE_CHECKING

from mkdocs_incidents.model import Announcement, ComponentStatus, Incident, Maintenance, MaintenanceStatus

from .local_time import day_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import datetime

    from mkdocs_incidents.model import ComponentGroup, History


class Indicator(StrEnum):
    """Statuspage's one-word state of a whole page."""

    NONE = "none"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"
    MAINTENANCE = "maintenance"


class PageState(Enum):
    """The states of a whole page that the Statuspage API has."""

    OPERATIONAL = ComponentStatus.OPERATIONAL, Indicator.NONE, "All Systems Operational"
    MAINTENANCE = ComponentStatus.UNDER_MAINTENANCE, Indicator.MAINTENANCE, "Service Under Maintenance"
    SOME_DEGRADED = ComponentStatus.DEGRADED_PERFORMANCE, Indicator.MINOR, "Partially Degraded Service"
    ALL_DEGRADED = ComponentStatus.DEGRADED_PERFORMANCE, Indicator.MINOR, "Degraded System Service"
    MINOR_OUTAGE = ComponentStatus.DEGRADED_PERFORMANCE, Indicator.MINOR, "Minor Service Outage"
    PARTIAL_OUTAGE = ComponentStatus.PARTIAL_OUTAGE, Indicator.MAJOR, "Partial System Outage"
    MAJOR_OUTAGE = ComponentStatus.MAJOR_OUTAGE, Indicator.CRITICAL, "Major System Outage"

    @property
    def status(self) -> ComponentStatus:
        """The component status that is as severe."""
        return self.value[0]

    @property
    def indicator(self) -> Indicator:
        """The severity for the page as a whole: an outage of one component of many is less than one of all."""
        return self.value[1]

    @property
    def description(self) -> str:
        """The English sentence of the API."""
        return self.value[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStatus:
    """The banner: the state of the whole page."""

    state: PageState
    worst: ComponentStatus
    """The worst state of any visible component or open incident; the page as a whole may be better."""

    @property
    def status(self) -> ComponentStatus:
        return self.state.status

    @property
    def indicator(self) -> Indicator:
        return self.state.indicator

    @property
    def description(self) -> str:
        return self.state.description


_SINGLE = {
    ComponentStatus.OPERATIONAL: PageState.OPERATIONAL,
    ComponentStatus.UNDER_MAINTENANCE: PageState.MAINTENANCE,
    ComponentStatus.DEGRADED_PERFORMANCE: PageState.SOME_DEGRADED,
    ComponentStatus.PARTIAL_OUTAGE: PageState.PARTIAL_OUTAGE,
    ComponentStatus.MAJOR_OUTAGE: PageState.MAJOR_OUTAGE,
}
"""The state of the page for the state of the only component, or of an incident as a whole."""
_WHEN_ALL = _SINGLE | {ComponentStatus.DEGRADED_PERFORMANCE: PageState.ALL_DEGRADED}
_WHEN_SOME = _SINGLE | {
    ComponentStatus.PARTIAL_OUTAGE: PageState.MINOR_OUTAGE,
    ComponentStatus.MAJOR_OUTAGE: PageState.PARTIAL_OUTAGE,
}


def component_statuses(history: History, now: datetime) -> Mapping[str, ComponentStatus]:
    """The state of every visible component at `now` by id, in the order of the catalogue.

    Visible are those that are in service, and any other as long as an incident or a maintenance that names it is open:
    what is wrong is never hidden because of a date. Where several notices name a component, the worst state counts.
    """
    known = history.as_of(now)
    today = day_of(now, known.catalog.timezone)
    current = [notice for notice in known.unfinished if notice.begins_at <= now]
    named = {component_id for notice in current for component_id in notice.touched_components}
    statuses = {
        component.id: ComponentStatus.OPERATIONAL
        for component in known.catalog.components.values()
        if component.visible_on(today) or component.id in named
    }
    for notice in current:
        for component_id, status in notice.statuses_at(now).items():
            statuses[component_id] = ComponentStatus.worst((statuses[component_id], status))
    return statuses


def group_status(group: ComponentGroup, statuses: Mapping[str, ComponentStatus]) -> ComponentStatus:
    """The worst state of the members of a group that are in `statuses`."""
    return ComponentStatus.worst(statuses[c.id] for c in group.components if c.id in statuses)


def page_status(history: History, now: datetime) -> PageStatus:
    """The banner at `now`.

    It follows from the components as at Statuspage. An open incident that is worse than its components (it names none,
    or its impact is stated as worse) raises the banner to its own state.
    """
    known = history.as_of(now)
    statuses, incidents = component_statuses(known, now).values(), open_incidents(known, now)
    raised = (i.current_severity(now) for i in incidents if _is_worse_than_components(i, now))
    states = [_state_of_components(statuses), *(_SINGLE[status] for status in raised)]
    worst = ComponentStatus.worst([*statuses, *(incident.current_severity(now) for incident in incidents)])
    return PageStatus(state=max(states, key=lambda state: state.status.rank), worst=worst)


def open_incidents(history: History, now: datetime) -> tuple[Incident, ...]:
    """Incidents not resolved at `now`: the worst first, then the oldest."""
    still_open = (notice for notice in history.as_of(now).unfinished if isinstance(notice, Incident))
    return tuple(sorted(still_open, key=lambda i: (-i.current_severity(now).rank, i.started_at, i.id)))


def running_maintenances(history: History, now: datetime) -> tuple[Maintenance, ...]:
    """Maintenance in progress at `now`, the oldest first."""
    running = (m for m in _unfinished_maintenances(history, now) if m.phase(now).running)
    return tuple(sorted(running, key=lambda m: (m.begins_at, m.id)))


def coming_maintenances(history: History, now: datetime) -> tuple[Maintenance, ...]:
    """Maintenance that has not begun at `now`, soonest first."""
    coming = (m for m in _unfinished_maintenances(history, now) if m.phase(now) is MaintenanceStatus.SCHEDULED)
    return tuple(sorted(coming, key=lambda m: (m.scheduled_from, m.id)))


def current_announcements(history: History, now: datetime) -> tuple[Announcement, ...]:
    """Announcements shown at `now`: pinned and not ended, newest first."""
    pinned = (a for a in history.as_of(now).unfinished if isinstance(a, Announcement))
    return tuple(sorted(pinned, key=lambda a: (-a.begins_at.timestamp(), a.id)))


def _unfinished_maintenances(history: History, now: datetime) -> Iterator[Maintenance]:
    return (notice for notice in history.as_of(now).unfinished if isinstance(notice, Maintenance))


def _state_of_components(statuses: Collection[ComponentStatus]) -> PageState:
    """As at Statuspage: an outage of some components is one degree less than one of all."""
    worst = ComponentStatus.worst(statuses)
    if len(statuses) == 1:
        return _SINGLE[worst]
    return (_WHEN_ALL if all(status is worst for status in statuses) else _WHEN_SOME)[worst]


def _is_worse_than_components(incident: Incident, now: datetime) -> bool:
    """Whether an incident is worse than the states of its components."""
    return incident.current_severity(now).rank > ComponentStatus.worst(incident.statuses_at(now).values()).rank
