"""What the documents are defined with: objects of exactly their keys, and the types of their values.

The definitions are typed dictionaries: mypy holds every dictionary that is built against them, pydantic makes the JSON
Schema from them (`schemas`), and `json.dumps` writes what was built as it is, without a step in between.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import ConfigDict, Field, WithJsonSchema, with_config
from typing_extensions import TypedDict

from ..artifact import iso

if TYPE_CHECKING:
    from datetime import date, datetime

    from mkdocs_incidents.present.context import SiteContext

Address = Annotated[str, WithJsonSchema({"type": "string", "format": "uri"})]
"""An absolute address."""
Instant = Annotated[str, WithJsonSchema({"type": "string", "format": "date-time", "pattern": "Z$"})]
"""An instant by RFC 3339, always in UTC: `2026-10-14T10:55:00Z`."""
Date = Annotated[str, WithJsonSchema({"type": "string", "format": "date"})]
"""A day by RFC 3339: `2026-10-14`."""
Seconds = Annotated[float, Field(ge=0)]
Count = Annotated[int, Field(ge=0)]
Percent = Annotated[float, Field(ge=0, le=100)]
Ratio = Annotated[float, Field(ge=0, le=1)]


@with_config(ConfigDict(extra="forbid"))
class JsonObject(TypedDict):
    """An object with exactly the keys of its definition; they are all there unless one is `NotRequired`."""


# Only this form can declare a key that is no name of Python.
_WithSchema = TypedDict("_WithSchema", {"$schema": Annotated[Address, Field(description="The schema it keeps to")]})


class JsonDocument(_WithSchema, JsonObject):
    """An object that is published as a file and names its schema."""


def schema_path(name: str) -> str:
    """Path of the schema of that name."""
    return f"{name}.schema.json"


def schema_address(site: SiteContext, name: str) -> Address:
    """Address of the schema of that name."""
    return site.urls.file(schema_path(name))


def iso_instant(at: datetime | None) -> Instant | None:
    """An instant where there is one."""
    return iso(at) if at else None


def iso_date(day: date | None) -> Date | None:
    """A day where there is one."""
    return day.isoformat() if day else None
