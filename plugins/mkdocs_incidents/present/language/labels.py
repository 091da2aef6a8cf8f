"""The labels of the values of the model, in English, as they are keys of the gettext catalogue."""

from __future__ import annotations

from mkdocs_incidents.model import (
    ComponentStatus,
    Impact,
    IncidentStatus,
    MaintenanceStatus,
    NoticeKind,
    SectionKind,
    TurningPoint,
    Withdrawal,
)
from mkdocs_incidents.status import Measure, PageState, PromiseState


def _(message: str) -> str:
    """Mark a message for extraction into the catalogue; it is translated where it is used."""
    return message


def n_(singular: str, plural: str) -> tuple[str, str]:
    """Mark a message that depends on a count for extraction into the catalogue."""
    return singular, plural


COMPONENT_STATUS = {
    ComponentStatus.OPERATIONAL: _("Operational"),
    ComponentStatus.UNDER_MAINTENANCE: _("Under maintenance"),
    ComponentStatus.DEGRADED_PERFORMANCE: _("Degraded performance"),
    ComponentStatus.PARTIAL_OUTAGE: _("Partial outage"),
    ComponentStatus.MAJOR_OUTAGE: _("Major outage"),
}
STAGE = {
    IncidentStatus.INVESTIGATING: _("Investigating"),
    IncidentStatus.IDENTIFIED: _("Identified"),
    IncidentStatus.MONITORING: _("Monitoring"),
    IncidentStatus.RESOLVED: _("Resolved"),
    IncidentStatus.POSTMORTEM: _("Postmortem"),
    MaintenanceStatus.SCHEDULED: _("Scheduled"),
    MaintenanceStatus.IN_PROGRESS: _("In progress"),
    MaintenanceStatus.VERIFYING: _("Verifying"),
    MaintenanceStatus.COMPLETED: _("Completed"),
    Withdrawal.CALLED_OFF: _("Called off"),
    Withdrawal.RETRACTED: _("Retracted"),
}
IMPACT = {
    Impact.NONE: _("No impact"),
    Impact.MINOR: _("Minor impact"),
    Impact.MAJOR: _("Major impact"),
    Impact.CRITICAL: _("Critical impact"),
}
PAGE_STATE = {state: COMPONENT_STATUS[state.status] for state in PageState} | {
    PageState.MINOR_OUTAGE: _("Minor outage"),
}
BANNER = PAGE_STATE | {
    PageState.OPERATIONAL: _("All systems operational"),
    PageState.MAINTENANCE: _("Planned maintenance"),
}
ENTRY = {
    TurningPoint.CAUSE: _("Cause"),
    TurningPoint.IMPACT_BEGINS: _("Impact begins"),
    TurningPoint.DETECTED: _("Detected"),
    TurningPoint.ACKNOWLEDGED: _("Acknowledged"),
    TurningPoint.ESCALATED: _("Escalated"),
    TurningPoint.IDENTIFIED: _("Identified"),
    TurningPoint.MITIGATED: _("Mitigated"),
    TurningPoint.RESOLVED: _("Resolved"),
}
MEASURE = {
    Measure.DETECT: _("To notice"),
    Measure.ACKNOWLEDGE: _("To acknowledge"),
    Measure.FIRST_UPDATE: _("To first update"),
    Measure.ESCALATE: _("To escalate"),
    Measure.IDENTIFY: _("To find the cause"),
    Measure.MITIGATE: _("To mitigate"),
    Measure.MONITOR: _("To monitoring"),
    Measure.RESOLVE: _("To resolve"),
}
PHASE = {
    Measure.DETECT: _("%(duration)s unnoticed"),
    Measure.IDENTIFY: _("%(duration)s to find the cause"),
    Measure.MITIGATE: _("%(duration)s to mitigate"),
    Measure.MONITOR: _("%(duration)s to monitoring"),
    Measure.RESOLVE: _("%(duration)s to resolve"),
}
PROMISE = {
    PromiseState.KEPT: _("Kept"),
    PromiseState.KEPT_LATE: _("Kept late"),
    PromiseState.OPEN: _("Open"),
    PromiseState.OVERDUE: _("Overdue"),
    PromiseState.DROPPED: _("Dropped"),
}
KINDS = {
    "outage": _("Outages"),
    "degraded": _("Degraded"),
    "maintenance": _("Maintenance"),
    "announcement": _("Notices"),
    "retracted": _("Retracted"),
}
"""The kinds of notices by which lists can be filtered."""
SECTION = {
    SectionKind.SUMMARY: _("Summary"),
    SectionKind.IMPACT: _("Impact"),
    SectionKind.TIMELINE: _("Timeline"),
    SectionKind.ROOT_CAUSE: _("Root cause"),
    SectionKind.DETECTION: _("Detection"),
    SectionKind.RESOLUTION: _("Resolution"),
    SectionKind.LESSONS: _("Lessons"),
    SectionKind.ACTION_ITEMS: _("Promises"),
    SectionKind.APOLOGY: _("Apology"),
}
NOTICE_KINDS = {
    NoticeKind.INCIDENT: _("Incident"),
    NoticeKind.MAINTENANCE: _("Planned maintenance"),
    NoticeKind.ANNOUNCEMENT: _("Notice"),
}
