"""The file formats: which keys there are, and what each may hold."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, WithJsonSchema
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import PydanticCustomError

from ..model import ComponentStatus, Impact, IncidentStatus, MaintenanceStatus
from . import fields as f


class _Format(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


def _listed_components(value: object, info: ValidationInfo) -> object:
    """A maintenance may list its components: all of them are then under maintenance."""
    reading: f.Reading = info.context
    if isinstance(value, list) and reading.maintenance:
        return {name: ComponentStatus.UNDER_MAINTENANCE for name in value if isinstance(name, str)}
    if isinstance(value, dict) and reading.components is not None:
        _refuse_twice_the_same(value, reading)
    return value


def _refuse_twice_the_same(names: dict[str, object], reading: f.Reading) -> None:
    seen: dict[str, str] = {}
    for name in names:
        component = (reading.components or {}).get(name, name)
        if component in seen:
            message = f"'{name}' and '{seen[component]}' are the same component"
            context = {"message": message, "hint": f"keep one of the two, as {component}", "key": name}
            raise PydanticCustomError("component-twice", "{message}", context)
        seen[component] = name


_STATES_SCHEMA = {"type": "object", "additionalProperties": {"enum": [str(word) for word in ComponentStatus]}}
_Components = Annotated[
    dict[f.ComponentName, f.ComponentState],
    BeforeValidator(_listed_components),
    WithJsonSchema({"anyOf": [_STATES_SCHEMA, {"type": "array", "items": {"type": "string"}}]}),
]


class ScheduledKeys(_Format):
    """When planned work is to take place."""

    start: Annotated[datetime, f.Instant] = Field(alias="from", description="Planned begin")
    until: Annotated[datetime, f.Instant] = Field(description="Planned end")
