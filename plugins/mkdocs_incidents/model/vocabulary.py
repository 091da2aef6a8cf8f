"""The enumerations that files, feeds, the API and the pages share; values are those of the Statuspage API v2.

JSON Schemas publish the docstrings of those that occur in documents: to change one changes `*.schema.json`.
"""

from __future__ import annotations

from abc import ABC
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self, TypeAlias

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

    Planned work ranks below every unplanned trouble: beside an outage it never takes the banner.
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
    """Severity of an incident as users feel it, mildest first."""

    NONE = "none"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"

    @property
    def component_status(self) -> ComponentStatus:
        """The component state of the same severity, for incidents that name no component."""
        return _STATUS_OF_IMPACT[self]


class NoticeKind(StrEnum):
    """What a notice is about."""

    INCIDENT = "incident"
    MAINTENANCE = "maintenance"
    ANNOUNCEMENT = "announcement"


class IncidentStatus(StrEnum):
    """Where the response to an incident stands."""

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
    """The phase of planned work."""

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


if TYPE_CHECKING:
    UpdateStatus: TypeAlias = IncidentStatus | MaintenanceStatus
    """The status of an update."""
else:

    class UpdateStatus(ABC):  # noqa: B024  nothing is to be overridden
        """The status of an update: one type, because decoders do not tell two enumerations of texts apart."""

    UpdateStatus.register(IncidentStatus)
    UpdateStatus.register(MaintenanceStatus)


class Withdrawal(StrEnum):
    """How a notice was withdrawn. It is the notice's status then; files do not state it in updates."""

    CALLED_OFF = "called_off"
    """Planned work that does not take place."""
    RETRACTED = "retracted"
    """Published by mistake, such as a false alarm."""


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


class TurningPoint(StrEnum):
    """What an entry of a timeline was a turning point of, in the order in which a story tells them."""

    CAUSE = "cause"
    IMPACT_BEGINS = "impact_begins"
    DETECTED = "detected"
    ACKNOWLEDGED = "acknowledged"
    ESCALATED = "escalated"
    IDENTIFIED = "identified"
    MITIGATED = "mitigated"
    RESOLVED = "resolved"


Stage = IncidentStatus | MaintenanceStatus | Withdrawal
"""The status of a notice: of the response or of the work, or how it was withdrawn."""

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
