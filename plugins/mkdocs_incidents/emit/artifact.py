"""Output files: planned before Markdown is rendered, written after."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

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


def json_bytes(document: Any) -> bytes:
    """A JSON document in UTF-8, without spaces, keys in the order of the document."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def iso(at: datetime) -> str:
    """RFC 3339, for an instant in UTC: `2026-10-14T10:55:00Z`."""
    return at.isoformat().replace("+00:00", "Z")
