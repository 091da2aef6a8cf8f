"""The enumerations that files, feeds, the API and the pages share; values are those of the Statuspage API v2."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Iterable


class Ranked(StrEnum):
    """An enumeration whose members are declared in order of severity, mildest first."""

    @property
    def rank(self) -> int:
        """Position in the enumeration: 0 is the mildest."""
        return _RANKS[type(self)][self]

    @classmethod
    def worst(cls, members: Iterable[Self]) -> Self:
        """The most severe of `members`; the mildest member of the enumeration if there are none."""
        ranks = _RANKS[cls]
        return max(members, key=ranks.__getitem__, default=next(iter(ranks)))


class ComponentStatus(Ranked):
    """State of one component at an instant, mildest first.

    Maintenance ranks below every unplanned state, so that an outage at the same time decides the banner.
    """

    OPERATIONAL = "operational"
    UNDER_MAINTENANCE = "under_maintenance"
    DEGRADED_PERFORMANCE = "degraded_performance"
    PARTIAL_OUTAGE = "partial_outage"
    MAJOR_OUTAGE = "major_outage"

    @property
    def impact(self) -> Impact:
        """The impact on users of a component in this state."""
        return _IMPACT_OF_STATUS[self]


class Impact(Ranked):
    """Severity of an incident for users, mildest first."""

    NONE = "none"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"

    @property
    def component_status(self) -> ComponentStatus:
        """The component state of the same severity, for incidents that name no component."""
        return _STATUS_OF_IMPACT[self]


class NoticeKind(StrEnum):
    """The kind of a notice."""

    INCIDENT = "incident"
    MAINTENANCE = "maintenance"
    ANNOUNCEMENT = "announcement"


class IncidentStatus(StrEnum):
    """The status of the response to an incident."""

    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MONITORING = "monitoring"
    RESOLVED = "resolved"
    POSTMORTEM = "postmortem"

    @property
    def closes(self) -> bool:
        """Whether an update with this status ends the incident."""
        return self in _CLOSING


class MaintenanceStatus(StrEnum):
    """The status of maintenance."""

    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    VERIFYING = "verifying"
    COMPLETED = "completed"

    @property
    def closes(self) -> bool:
        """Whether an update with this status ends the maintenance."""
        return self is MaintenanceStatus.COMPLETED

    @property
    def running(self) -> bool:
        """Whether the work has begun and is not completed."""
        return self in {MaintenanceStatus.IN_PROGRESS, MaintenanceStatus.VERIFYING}


class SectionKind(StrEnum):
    """The parts of a postmortem that are recognised by their heading; everything else is `OTHER`."""

    SUMMARY = "summary"
    IMPACT = "impact"
    TIMELINE = "timeline"
    ROOT_CAUSE = "root_cause"
    DETECTION = "detection"
    RESOLUTION = "resolution"
    LESSONS = "lessons"
    ACTION_ITEMS = "action_items"
    APOLOGY = "apology"
    OTHER = "other"


class EntryKind(StrEnum):
    """The turning point that a timeline entry states, in the usual order."""

    CAUSE = "cause"
    IMPACT_BEGINS = "impact_begins"
    DETECTED = "detected"
    ACKNOWLEDGED = "acknowledged"
    ESCALATED = "escalated"
    IDENTIFIED = "identified"
    MITIGATED = "mitigated"
    RESOLVED = "resolved"


_CLOSING = (IncidentStatus.RESOLVED, IncidentStatus.POSTMORTEM)
_IMPACT_OF_STATUS = {
    ComponentStatus.OPERATIONAL: Impact.NONE,
    ComponentStatus.UNDER_MAINTENANCE: Impact.NONE,
    ComponentStatus.DEGRADED_PERFORMANCE: Impact.MINOR,
    ComponentStatus.PARTIAL_OUTAGE: Impact.MAJOR,
    ComponentStatus.MAJOR_OUTAGE: Impact.CRITICAL,
}
_STATUS_OF_IMPACT = {
    Impact.NONE: ComponentStatus.OPERATIONAL,
    Impact.MINOR: ComponentStatus.DEGRADED_PERFORMANCE,
    Impact.MAJOR: ComponentStatus.PARTIAL_OUTAGE,
    Impact.CRITICAL: ComponentStatus.MAJOR_OUTAGE,
}
_RANKS: dict[type[Ranked], dict[Any, int]] = {
    values: {value: rank for rank, value in enumerate(values)} for values in (ComponentStatus, Impact)
}
