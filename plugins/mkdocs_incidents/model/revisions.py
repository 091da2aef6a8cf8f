"""How often a notice was edited after it was published."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionSummary:
    """The edits of a notice: changes of what it had published. Additions are none."""

    count: int = 0
    last_at: datetime | None = None
    """UTC; None if it never was edited."""
    updates: Mapping[str, datetime] = field(default_factory=dict)
    """UTC of the last edit of each edited update, by its id."""
    postmortem_at: datetime | None = None
    """UTC of the last edit of the postmortem since it was published; None if there is none."""
