"""An output file in memory."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """What is written to the site folder beside the pages."""

    path: str
    """Below the site folder, with forward slashes."""
    media_type: str
    content: bytes
