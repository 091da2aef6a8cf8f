"""The words of the field: plain values, no I/O, nothing but the standard library.

All instants are aware datetimes in UTC. The zone a notice was written in stays with it as `timezone`;
wall-clock time is computed from the two where it is shown.
"""

from .component import Catalog, Component, ComponentGroup
from .history import History
from .incident import Announcement, Incident
from .interval import Interval
from .maintenance import Maintenance
from .notice import ComponentImpact, Notice, Update, Upstream
from .postmortem import ActionItem, Postmortem, Section, TimelineEntry
from .vocabulary import ComponentStatus, EntryKind, Impact, IncidentStatus, MaintenanceStatus, SectionKind

__all__ = [
    "ActionItem",
    "Announcement",
    "Catalog",
    "Component",
    "ComponentGroup",
    "ComponentImpact",
    "ComponentStatus",
    "EntryKind",
    "History",
    "Impact",
    "Incident",
    "IncidentStatus",
    "Interval",
    "Maintenance",
    "MaintenanceStatus",
    "Notice",
    "Postmortem",
    "Section",
    "SectionKind",
    "TimelineEntry",
    "Update",
    "Upstream",
]
