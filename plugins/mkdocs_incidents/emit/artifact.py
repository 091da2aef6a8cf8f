"""Output files: planned before anything is rendered, and written once everything is."""

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
    """What is written to the site folder beside the pages."""

    path: str
    """Below the site folder, with forward slashes, not percent-encoded."""
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Planned:
    """An artifact to be: its path is known at once, its bytes are made when asked for."""

    path: str
    media_type: str
    write: Callable[[EmitContext], bytes]


def json_bytes(document: Any) -> bytes:
    """A JSON document as bytes that depend on nothing but itself."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def iso(at: datetime) -> str:
    """RFC 3339 in UTC: `2026-10-14T10:55:00Z`."""
    return at.isoformat().replace("+00:00", "Z")
