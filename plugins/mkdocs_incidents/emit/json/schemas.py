"""JSON Schemas (2020-12) of our own JSON, made from the definitions of the documents."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from .incidents import IncidentDocument, IncidentsDocument
from .promises import PromisesDocument
from .uptime import UptimeDocument

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
