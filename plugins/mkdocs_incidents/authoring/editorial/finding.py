"""Where a rule found something."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The place in a passage that a rule matched."""

    start: int
    end: int
    """Indices in the text of the passage."""
    better: str = ""
    """What to write instead, where that is known better than the advice of the rule."""
    figure: str = ""
    """What was measured."""
    whole: bool = False
    """About the whole passage: other rules may still match the same words."""
