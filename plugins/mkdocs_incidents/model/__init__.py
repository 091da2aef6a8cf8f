"""The domain model: immutable values, no I/O, standard library only.

All instants are aware datetimes in UTC. The zone in which a notice was written is its `timezone`; wall-clock time is
computed from the two where it is shown.
"""

from .announcement import Announcement
from .component import Catalog, Component, ComponentGroup, comparable_name
from .history import TOLERANCE, History
from .incident import Incident
from .interval import Interval
from .maintenance import Maintenance
from .notice import ComponentImpact, Notice, Retraction, Schedule, Update, Upstream
from .postmortem import ActionItem, Postmortem, Section, TimelineEntry
from .revisions import RevisionSummary
from .stated_instant import StatedInstant
from .vocabulary import (
    ComponentStatus,
    Impact,
    IncidentStatus,
    MaintenanceStatus,
    NoticeKind,
    SectionKind,
    Stage,
    TurningPoint,
    Withdrawal,
)

__all__ = [
    "TOLERANCE",
    "ActionItem",
    "Announcement",
    "Catalog",
    "Component",
    "ComponentGroup",
    "ComponentImpact",
    "ComponentStatus",
    "History",
    "Impact",
    "Incident",
    "IncidentStatus",
    "Interval",
    "Maintenance",
    "MaintenanceStatus",
    "Notice",
    "NoticeKind",
    "Postmortem",
    "Retraction",
    "RevisionSummary",
    "Schedule",
    "Section",
    "SectionKind",
    "Stage",
    "StatedInstant",
    "TimelineEntry",
    "TurningPoint",
    "Update",
    "Upstream",
    "Withdrawal",
    "comparable_name",
]
