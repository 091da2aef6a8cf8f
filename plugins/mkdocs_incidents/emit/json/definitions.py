"""The base classes and value types of our own JSON documents.

Documents are typed dictionaries: mypy checks the dictionaries that are built, pydantic makes the JSON Schema from the
definitions (`schemas`), and `json.dumps` writes the dictionaries without a conversion in between.
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
    """An object with exactly the keys of its definition; all are required unless one is `NotRequired`."""


# The functional form: `$schema` is no Python identifier.
_WithSchema = TypedDict("_WithSchema", {"$schema": Annotated[Address, Field(description="The schema it keeps to")]})


class JsonDocument(_WithSchema, JsonObject):
    """An object that is published as a file and names its schema."""


def schema_path(name: str) -> str:
    """Path of the schema `name` below the site folder."""
    return f"{name}.schema.json"


def schema_address(site: SiteContext, name: str) -> Address:
    """Absolute address of the schema `name`."""
    return site.urls.file(schema_path(name))


def iso_instant(at: datetime | None) -> Instant | None:
    """RFC 3339 in UTC; None for None."""
    return iso(at) if at else None


def iso_date(day: date | None) -> Date | None:
    """RFC 3339; None for None."""
    return day.isoformat() if day else None
