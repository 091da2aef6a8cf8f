"""The files of our own JSON: the documents and their schemas, and uptime as CSV."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ..artifact import JSON, PlannedFile, json_bytes
from .definitions import schema_address, schema_path
from .incidents import incident_document, incident_path, incidents_document
from .promises import promises_document
from .schemas import DOCUMENTS, SCHEMA_MEDIA_TYPE, schema
from .uptime import uptime_csv, uptime_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mkdocs_incidents.present.context import SiteContext

    from ..context import EmitContext
    from .definitions import JsonDocument


def planned_json(site: SiteContext) -> Iterator[PlannedFile]:
    """The lists of notices and of promises, each notice, uptime, and the schema of each."""
    yield _planned("incidents.json", incidents_document)
    for notice in site.snapshot.history.notices:
        yield _planned(incident_path(notice), partial(incident_document, notice=notice))
    yield _planned("uptime.json", uptime_document)
    yield PlannedFile("uptime.csv", "text/csv", uptime_csv)
    yield _planned("promises.json", promises_document)
    for name in DOCUMENTS:
        yield PlannedFile(schema_path(name), SCHEMA_MEDIA_TYPE, partial(_schema, name=name))


def _planned(path: str, build: Callable[[EmitContext], JsonDocument]) -> PlannedFile:
    return PlannedFile(path, JSON, lambda context: json_bytes(build(context)))


def _schema(context: EmitContext, *, name: str) -> bytes:
    return json_bytes(schema(name, schema_address(context.site, name)))
