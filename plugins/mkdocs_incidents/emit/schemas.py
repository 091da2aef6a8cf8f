"""JSON Schemas (2020-12) of our own JSON. A test holds every document against its schema."""

from __future__ import annotations

from typing import Any

from mkdocs_incidents.model import ComponentStatus, EntryKind, Impact, IncidentStatus, MaintenanceStatus, SectionKind
from mkdocs_incidents.status import Indicator, Measure, PromiseState

SCHEMA_MEDIA_TYPE = "application/schema+json"
_DRAFT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_ADDRESS: Schema = {"type": "string", "format": "uri"}
_INSTANT: Schema = {"type": "string", "format": "date-time", "pattern": "Z$"}
_DATE: Schema = {"type": "string", "format": "date"}
_BOOLEAN: Schema = {"type": "boolean"}
_NUMBER: Schema = {"type": "number", "minimum": 0}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_IN_TIME = (
    "Of those counted: what was kept late or on a day nobody wrote down, is overdue, was dropped, or is open without "
    "a date was not"
)
_STATE: Schema = {"enum": [str(word) for word in ComponentStatus]}


def schema_path(name: str) -> str:
    """Path of a schema."""
    return f"{name}.schema.json"


def schemas(address: str) -> dict[str, Schema]:
    """Every schema by the name of its document; `address` is where the one that is asked for is published."""
    return {
        "incidents": _named(address, "Every notice of a status site, in brief", _incidents()),
        "incident": _named(address, "Everything about one incident, maintenance or announcement", _incident()),
        "uptime": _named(address, "How the components of a status site fared", _uptime()),
        "promises": _named(address, "What was promised after incidents, and what became of it", _promises()),
    }


def _named(address: str, title: str, schema: Schema) -> Schema:
    return {"$schema": _DRAFT, "$id": address, "title": title, **schema}


def _object(**properties: Schema) -> Schema:
    """An object with exactly these keys."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _document(**properties: Schema) -> Schema:
    return _object(**{"$schema": _ADDRESS}, **properties)


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _map(values: Schema) -> Schema:
    return {"type": "object", "additionalProperties": values}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _words(*sets: Any) -> Schema:
    return {"enum": [str(word) for words in sets for word in words]}


def _brief() -> dict[str, Schema]:
    return {
        "id": _TEXT,
        "kind": {"enum": ["incident", "maintenance", "announcement"]},
        "title": _TEXT,
        "url": _ADDRESS,
        "json": _ADDRESS,
        "open": _BOOLEAN,
        "status": _or_null(_words(IncidentStatus, MaintenanceStatus)),
        "impact": _or_null(_words(Impact)),
        "begins_at": _INSTANT,
        "ended_at": _or_null(_INSTANT),
        "scheduled_from": _or_null(_INSTANT),
        "scheduled_until": _or_null(_INSTANT),
        "components": _map(_or_null(_STATE)) | {"description": "The worst state stated of each; null where none is"},
        "states": _map(_STATE) | {"description": "What it does to components now; operational ones are left out"},
        "postmortem_published_at": _or_null(_INSTANT),
    }


def _incidents() -> Schema:
    return _document(
        site=_object(name=_TEXT, url=_ADDRESS, timezone=_TEXT),
        updated_at=_INSTANT,
        status=_object(state=_STATE, indicator=_words(Indicator), description=_TEXT),
        components=_list(_object(id=_TEXT, name=_TEXT, state=_STATE)),
        incidents=_list(_object(**_brief())),
    )


def _incident() -> Schema:
    update = _object(
        id=_TEXT,
        url=_ADDRESS,
        at=_INSTANT,
        updated_at=_INSTANT,
        status=_words(IncidentStatus, MaintenanceStatus),
        message=_TEXT,
        html=_TEXT,
        components=_map(_STATE),
        next_update_at=_or_null(_INSTANT),
        until=_or_null(_INSTANT),
    )
    return _document(
        **_brief(),
        timezone=_TEXT,
        updates=_list(update),
        impacts=_list(_object(component=_TEXT, state=_STATE, start=_INSTANT, end=_or_null(_INSTANT))),
        measured=_or_null(_measured()),
        causes=_list(_TEXT),
        upstream=_or_null(_object(name=_TEXT, link=_or_null(_ADDRESS))),
        postmortem=_or_null(_postmortem()),
    )


def _measured() -> Schema:
    """Times in seconds. What could not be measured is not in `figures`; nothing stands for it."""
    span = {"start": _INSTANT, "end": _INSTANT}
    figure = _object(
        measure=_words(Measure),
        seconds=_NUMBER,
        start=_INSTANT,
        end=_INSTANT,
        url=_or_null(_ADDRESS) | {"description": "The entry or update that gives the end; null where the file does"},
        quote=_or_null(_TEXT),
    )
    share = _object(
        percent={"type": "number", "minimum": 0, "maximum": 100}, quote={"type": "null"}, sentence={"type": "null"}
    )
    return _object(
        seconds=_NUMBER | {"description": "How long users felt it: the sum of its spells"},
        spells=_list(_object(**span)),
        figures=_list(figure),
        phases=_list(_object(until=_words(Measure), seconds=_NUMBER, **span)),
        downtime=_map({"type": "object", "propertyNames": _STATE, "additionalProperties": _NUMBER})
        | {"description": "Seconds of each component in each state"},
        affected=_list(share) | {"description": "As the postmortem states it"},
    )


def _postmortem() -> Schema:
    apology = _object(
        url=_ADDRESS,
        by=_or_null(_TEXT) | {"description": "Who signed it, else who wrote the postmortem"},
        markdown=_TEXT,
        html=_TEXT,
    )
    promise = _object(
        text=_TEXT | {"description": "Markdown"},
        html=_TEXT,
        owner=_or_null(_TEXT) | {"description": "All owners in one text"},
        owners=_list(_TEXT),
        due=_or_null(_DATE),
        done=_BOOLEAN,
        done_at=_or_null(_DATE),
        link=_or_null(_TEXT),
        dropped=_BOOLEAN,
        dropped_at=_or_null(_DATE),
        dropped_because=_TEXT,
    )
    return _object(
        published_at=_or_null(_INSTANT),
        by=_or_null(_TEXT),
        html=_TEXT,
        apology=_or_null(apology),
        sections=_list(_object(kind=_words(SectionKind), heading=_TEXT, markdown=_TEXT)),
        timeline=_list(
            _object(
                at=_INSTANT,
                until=_or_null(_INSTANT) | {"description": "The end of the range that is stated for it"},
                text=_TEXT | {"description": "Markdown"},
                html=_TEXT,
                kind=_or_null(_words(EntryKind)),
                url=_ADDRESS,
            )
        ),
        action_items=_list(promise),
    )


def _promises() -> Schema:
    promise = _object(
        id=_TEXT | {"description": "Permanent within its incident, while its words are the same"},
        url=_ADDRESS,
        incident=_TEXT,
        title=_TEXT | {"description": "Of the incident"},
        promised_at=_or_null(_INSTANT),
        text=_TEXT | {"description": "Markdown"},
        owner=_or_null(_TEXT) | {"description": "All owners in one text"},
        owners=_list(_TEXT),
        due=_or_null(_DATE),
        state=_words(PromiseState),
        done_at=_or_null(_DATE),
        days_late=_COUNT | {"description": "By how many days it was kept after it was due"},
        dropped_at=_or_null(_DATE),
        dropped_because=_TEXT,
        link=_or_null(_TEXT),
    )
    return _document(
        as_of=_INSTANT,
        counts=_object(**dict.fromkeys(PromiseState, _COUNT)),
        counted=_COUNT | {"description": "All but those that are not due yet"},
        kept_in_time=_COUNT | {"description": _IN_TIME},
        share_kept=_or_null({"type": "number", "minimum": 0, "maximum": 1})
        | {"description": "kept_in_time of counted; null while nothing is counted"},
        promises=_list(promise),
    )


def _uptime() -> Schema:
    day = _object(
        date=_DATE,
        state={"enum": [*_STATE["enum"], "no_data"]},
        seconds=_map(_NUMBER),
        incidents=_list(_TEXT),
    )
    day["required"] = ["date", "state"]
    component = _object(
        id=_TEXT,
        name=_TEXT,
        state=_STATE,
        uptime_percent=_or_null({"type": "number", "minimum": 0, "maximum": 100}),
        downtime_seconds=_NUMBER,
        days=_list(day),
    )
    return _document(
        as_of=_INSTANT,
        timezone=_TEXT,
        days={"type": "integer"},
        weights=_map({"type": "number", "minimum": 0, "maximum": 1}),
        components=_list(component),
    )
