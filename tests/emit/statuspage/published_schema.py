"""JSON Schemas of the Statuspage API v2 as public pages of Statuspage answer: exactly these keys."""

from __future__ import annotations

from typing import Any

from mkdocs_incidents.model import ComponentStatus, Impact, IncidentStatus, MaintenanceStatus

Schema = dict[str, Any]

CODE: Schema = {"type": "string", "pattern": "^[a-z0-9]{12}$"}
TEXT: Schema = {"type": "string"}
INSTANT: Schema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"}
STATE: Schema = {"enum": [str(status) for status in ComponentStatus]}


def exactly(**properties: Schema) -> Schema:
    return {
        "type": "object", "properties": properties, "required": list(properties), "additionalProperties": False,
    }  # fmt: skip


def or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def each(items: Schema) -> Schema:
    return {"type": "array", "items": items}


PAGE = exactly(id=CODE, name=TEXT, url={"type": "string", "pattern": "[^/]$"}, time_zone=TEXT, updated_at=INSTANT)
STATUS = exactly(indicator={"enum": ["none", "minor", "major", "critical", "maintenance"]}, description=TEXT)
_ROW = {
    "id": CODE,
    "name": TEXT,
    "status": STATE,
    "created_at": INSTANT,
    "updated_at": INSTANT,
    "position": {"type": "integer", "minimum": 1},
    "description": or_null(TEXT),
    "showcase": {"type": "boolean"},
    "start_date": or_null({"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}),
    "group_id": or_null(CODE),
    "page_id": CODE,
    "group": {"const": False},
    "only_show_if_degraded": {"const": False},
}
MEMBER = exactly(**_ROW)
COMPONENT: Schema = {
    "oneOf": [MEMBER, exactly(**_ROW | {"group": {"const": True}, "group_id": {"type": "null"}}, components=each(CODE))]
}


def update(statuses: list[str]) -> Schema:
    affected = exactly(code=CODE, name=TEXT, old_status=STATE, new_status=STATE)
    return exactly(
        id=CODE,
        incident_id=CODE,
        status={"enum": statuses},
        body=TEXT,
        created_at=INSTANT,
        updated_at=INSTANT,
        display_at=INSTANT,
        affected_components=or_null(each(affected) | {"minItems": 1}),
        deliver_notifications={"type": "boolean"},
        custom_tweet={"type": "null"},
        tweet_id={"type": "null"},
    )


def event(statuses: list[str], impacts: list[str], **more: Schema) -> Schema:
    return exactly(
        id=CODE,
        name=TEXT,
        status={"enum": statuses},
        impact={"enum": impacts},
        created_at=INSTANT,
        updated_at=INSTANT,
        started_at=INSTANT,
        monitoring_at=or_null(INSTANT),
        resolved_at=or_null(INSTANT),
        shortlink=TEXT,
        page_id=CODE,
        incident_updates=each(update([*statuses, "postmortem"])) | {"minItems": 1},
        components=each(MEMBER),
        **more,
    )


INCIDENTS = each(event([str(status) for status in IncidentStatus], [str(impact) for impact in Impact]))
MAINTENANCES = each(
    event(
        [str(status) for status in MaintenanceStatus], ["maintenance"], scheduled_for=INSTANT, scheduled_until=INSTANT
    )
)
ENDPOINTS: dict[str, Schema] = {
    "summary": exactly(
        page=PAGE, status=STATUS, components=each(COMPONENT), incidents=INCIDENTS, scheduled_maintenances=MAINTENANCES
    ),
    "status": exactly(page=PAGE, status=STATUS),
    "components": exactly(page=PAGE, components=each(COMPONENT)),
    "incidents": exactly(page=PAGE, incidents=INCIDENTS | {"maxItems": 50}),
    "incidents/unresolved": exactly(page=PAGE, incidents=INCIDENTS),
    "scheduled-maintenances": exactly(page=PAGE, scheduled_maintenances=MAINTENANCES | {"maxItems": 50}),
    "scheduled-maintenances/upcoming": exactly(page=PAGE, scheduled_maintenances=MAINTENANCES),
    "scheduled-maintenances/active": exactly(page=PAGE, scheduled_maintenances=MAINTENANCES),
}
