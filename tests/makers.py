"""Functions that make values for tests, with defaults for what a test does not depend on."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from mkdocs_incidents.model import (
    Announcement,
    Catalog,
    Component,
    ComponentGroup,
    ComponentStatus,
    History,
    Impact,
    Incident,
    IncidentStatus,
    Interval,
    Maintenance,
    MaintenanceStatus,
    Notice,
    Postmortem,
    Update,
)

_UTC = ZoneInfo("UTC")
_STATUSES: dict[str, IncidentStatus | MaintenanceStatus] = {
    status.value: status for statuses in (IncidentStatus, MaintenanceStatus) for status in statuses
}


def at(written: str, zone: str = "UTC") -> datetime:
    """The UTC instant of a wall-clock time: `at("2026-04-06 14:30", "Africa/Lagos")`."""
    return datetime.fromisoformat(written).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def span(start: str, end: str, zone: str = "UTC") -> Interval:
    return Interval(at(start, zone), at(end, zone))


def states(**written: str) -> dict[str, ComponentStatus]:
    """Component states by id: `states(web="major_outage")`."""
    return {component_id: ComponentStatus(status) for component_id, status in written.items()}


def component(component_id: str, **fields: Any) -> Component:
    """A component with data since a year before the instants of most tests: each month takes time to be shown."""
    named: dict[str, Any] = {"name": component_id.capitalize(), "since": date(2025, 1, 1)}
    return Component(id=component_id, **named | fields)


def group(name: str | None, *members: Component | str) -> ComponentGroup:
    components = tuple(component(member) if isinstance(member, str) else member for member in members)
    return ComponentGroup(name=name, components=components)


def catalog(*members: Component | ComponentGroup | str, zone: str = "UTC") -> Catalog:
    """A catalogue of groups and, outside of any, of components; a string is a component's id."""
    groups = tuple(member if isinstance(member, ComponentGroup) else group(None, member) for member in members)
    return Catalog(timezone=ZoneInfo(zone), groups=groups)


def history(*notices: Notice, of: Catalog | None = None) -> History:
    """A history of `notices`; without a catalogue, one of every component they name."""
    named = [component_id for notice in notices for component_id in notice.components]
    named += [component_id for notice in notices for update in notice.updates for component_id in update.components]
    return History(catalog=of or catalog(*dict.fromkeys(named)), notices=notices)


def update(when: str, status: str, zone: str = "UTC", **fields: Any) -> Update:
    """An update: `update("2026-04-06 14:36", "investigating", components=states(web="major_outage"))`."""
    instant = at(when, zone)
    defaults = {"id": f"update-{instant:%Y%m%d-%H%M}", "message": f"It is {status}."}
    return Update(at=instant, status=_STATUSES[status], **defaults | fields)


def incident(started: str, *updates: Update, zone: str = "UTC", **fields: Any) -> Incident:
    """An incident; `resolved`, `impact` and `postmortem` (when it was published) are written as in a file."""
    if "resolved" in fields:
        fields["stated_resolved_at"] = at(fields.pop("resolved"), zone)
    if "impact" in fields:
        fields["stated_impact"] = Impact(fields.pop("impact"))
    if isinstance(fields.get("postmortem"), str):
        fields["postmortem"] = Postmortem(published_at=at(fields["postmortem"], zone))
    return Incident(started_at=at(started, zone), updates=updates, **_common(started, zone, fields))


def maintenance(begin: str, end: str, *updates: Update, zone: str = "UTC", **fields: Any) -> Maintenance:
    planned = span(begin, end, zone)
    common = _common(begin, zone, fields)
    return Maintenance(scheduled_from=planned.start, scheduled_until=planned.end, updates=updates, **common)


def announcement(started: str, *, zone: str = "UTC", **fields: Any) -> Announcement:
    if "resolved" in fields:
        fields["stated_resolved_at"] = at(fields.pop("resolved"), zone)
    return Announcement(started_at=at(started, zone), **_common(started, zone, fields))


def _common(begins: str, zone: str, fields: dict[str, Any]) -> dict[str, Any]:
    notice_id = fields.get("id", f"{begins[:10]}-it-broke")
    defaults = {"id": notice_id, "title": "It broke", "source": f"{notice_id}.md"}
    timezone = ZoneInfo(zone) if zone != "UTC" else _UTC
    return defaults | {"timezone": timezone} | fields
