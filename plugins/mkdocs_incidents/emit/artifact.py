"""Output files: planned before Markdown is rendered, written after."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from mkdocs_incidents.model import Component, Notice
    from mkdocs_incidents.present.context import SiteContext
    from mkdocs_incidents.status import Month

    from .context import EmitContext

JSON = "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """A file of the site folder that is not a page."""

    path: str
    """Below the site folder, with forward slashes, not percent-encoded."""
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """An artifact whose path is known, and the function that makes its bytes."""

    path: str
    media_type: str
    write: Callable[[EmitContext], bytes]

    def artifact(self, context: EmitContext) -> Artifact:
        """The file as written in `context`."""
        return Artifact(path=self.path, media_type=self.media_type, content=self.write(context))


def _nothing(*_: object) -> Iterator[PlannedFile]:
    return iter(())


@dataclass(frozen=True, kw_only=True)
class Planner:
    """The functions that plan the files of an output, by what the files are about; most outputs have some of them.

    They plan files one at a time: there may be tens of thousands, of which a build writes those that have changed.
    """

    site: Callable[[SiteContext], Iterable[PlannedFile]] = _nothing
    """The files about the site as a whole."""
    month: Callable[[SiteContext, Month], Iterable[PlannedFile]] = _nothing
    component: Callable[[SiteContext, Component], Iterable[PlannedFile]] = _nothing
    """The files about a component of `SiteContext.public_components`."""
    notice: Callable[[SiteContext, Notice], Iterable[PlannedFile]] = _nothing


def json_bytes(document: Any) -> bytes:
    """A JSON document in UTF-8, without spaces, keys in the order of the document."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def iso(at: datetime) -> str:
    """RFC 3339, for an instant in UTC: `2026-10-14T10:55:00Z`."""
    return at.isoformat().replace("+00:00", "Z")
