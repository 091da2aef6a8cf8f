"""JSON Schemas (2020-12) of our own JSON, made from the definitions of the documents."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from .incidents import IncidentDocument, IncidentsDocument
from .promises import PromisesDocument
from .uptime import UptimeDocument

if TYPE_CHECKING:
    from pydantic_core.core_schema import EnumSchema

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
    """Leaves out titles that only repeat a key, and docstrings of enumerations, which document the code."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002  pydantic decides about the signature
        return False

    def enum_schema(self, schema: EnumSchema) -> dict[str, Any]:
        return {key: value for key, value in super().enum_schema(schema).items() if key != "description"}


@lru_cache(maxsize=len(DOCUMENTS))
def _generated(name: str) -> dict[str, Any]:
    return TypeAdapter(DOCUMENTS[name]).json_schema(mode="serialization", schema_generator=_Generator)
