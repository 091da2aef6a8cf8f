"""The files of our own JSON: every document, and the JSON Schema (2020-12) of each, made from its definition."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from ..artifact import JSON, PlannedFile, json_bytes
from .definitions import schema_address, schema_path
from .incidents import IncidentDocument, IncidentsDocument, incident_document, incident_path, incidents_json
from .promises import PromisesDocument, promises_document
from .uptime import UptimeDocument, uptime_csv, uptime_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mkdocs_incidents.model import Notice
    from mkdocs_incidents.present.context import SiteContext

    from ..context import EmitContext
    from .definitions import JsonDocument

SCHEMA_MEDIA_TYPE = "application/schema+json"
DOCUMENTS = {
    "incidents": IncidentsDocument,
    "incident": IncidentDocument,
    "uptime": UptimeDocument,
    "promises": PromisesDocument,
}
"""The definition of each document, by the name of its schema."""


def schema(name: str, address: str) -> dict[str, Any]:
    """The schema `name` of `DOCUMENTS`, as published at the absolute `address`."""
    generated = _generated(name)
    title = generated["description"].removesuffix(".")
    return {"$schema": GenerateJsonSchema.schema_dialect, "$id": address, **generated, "title": title}


class _Generator(GenerateJsonSchema):
    """Leaves out titles that only repeat a key."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002  pydantic decides about the signature
        return False


@lru_cache(maxsize=len(DOCUMENTS))
def _generated(name: str) -> dict[str, Any]:
    generated = TypeAdapter(DOCUMENTS[name]).json_schema(mode="serialization", schema_generator=_Generator)
    for definition in generated["$defs"].values():
        if "enum" in definition:
            definition.pop("description", None)  # a docstring of the model: it documents the code
    return generated


def planned_json(_: SiteContext) -> Iterator[PlannedFile]:
    """The lists of notices and of promises, uptime, and the schema of each document."""
    yield PlannedFile("incidents.json", JSON, incidents_json)
    yield _planned("uptime.json", uptime_document)
    yield PlannedFile("uptime.csv", "text/csv", uptime_csv)
    yield _planned("promises.json", promises_document)
    for name in DOCUMENTS:
        yield PlannedFile(schema_path(name), SCHEMA_MEDIA_TYPE, partial(_schema, name=name))


def planned_notice_json(_: SiteContext, notice: Notice) -> Iterator[PlannedFile]:
    """The document about a notice, at its address and at its former ones."""
    for notice_id in (notice.id, *notice.former_ids):
        yield _planned(incident_path(notice_id), partial(incident_document, notice=notice))


def _planned(path: str, build: Callable[[EmitContext], JsonDocument]) -> PlannedFile:
    return PlannedFile(path, JSON, lambda context: json_bytes(build(context)))


def _schema(context: EmitContext, *, name: str) -> bytes:
    return json_bytes(schema(name, schema_address(context.site, name)))
