"""Suggestions for hints: the nearest valid value, a list of the valid ones, and quoted text."""

from __future__ import annotations

import re
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

from .invisible import made_visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_NOT_A_WORD = re.compile(r"[^0-9a-z]+")
_LONGEST_GUESSED = 80  # difflib is quadratic: nobody misspells a word of this length

# What people type during an incident → the value of the format.
COMPONENT_STATUS_SLIPS = {
    "down": "major_outage",
    "outage": "major_outage",
    "full_outage": "major_outage",
    "complete_outage": "major_outage",
    "total_outage": "major_outage",
    "offline": "major_outage",
    "unavailable": "major_outage",
    "broken": "major_outage",
    "critical": "major_outage",
    "major": "major_outage",
    "degraded": "degraded_performance",
    "degradation": "degraded_performance",
    "slow": "degraded_performance",
    "minor": "degraded_performance",
    "minor_outage": "partial_outage",
    "partial": "partial_outage",
    "disrupted": "partial_outage",
    "ok": "operational",
    "up": "operational",
    "fine": "operational",
    "healthy": "operational",
    "working": "operational",
    "online": "operational",
    "none": "operational",
    "resolved": "operational",
    "maintenance": "under_maintenance",
}
IMPACT_SLIPS = {
    "low": "minor",
    "degraded": "minor",
    "degraded_performance": "minor",
    "medium": "major",
    "high": "major",
    "partial": "major",
    "partial_outage": "major",
    "severe": "critical",
    "outage": "critical",
    "down": "critical",
    "major_outage": "critical",
    "sev1": "critical",
    "p1": "critical",
    "sev2": "major",
    "p2": "major",
    "sev3": "minor",
    "p3": "minor",
    "no": "none",
    "notice": "none",
    "maintenance": "none",
    "info": "none",
}
UPDATE_STATUS_SLIPS = {
    "open": "investigating",
    "new": "investigating",
    "started": "investigating",
    "investigation": "investigating",
    "known": "identified",
    "found": "identified",
    "fixing": "identified",
    "watching": "monitoring",
    "mitigated": "monitoring",
    "recovering": "monitoring",
    "fixed": "resolved",
    "closed": "resolved",
    "solved": "resolved",
    "planned": "scheduled",
    "begun": "in_progress",
    "running": "in_progress",
    "ongoing": "in_progress",
    "progress": "in_progress",
    "checking": "verifying",
    "testing": "verifying",
    "done": "completed",
    "complete": "completed",
    "finished": "completed",
}
_CALLED_OFF = "write completed; with at: before the begin of the plan, the work is shown as called off"
_PUT_OFF = "write scheduled, and the new plan behind scheduled: at the top"
HINTS_FOR_WORK = dict.fromkeys(
    ("called_off", "calledoff", "cancelled", "canceled", "cancel", "abandoned", "aborted", "dropped", "withdrawn"),
    _CALLED_OFF,
) | dict.fromkeys(("postponed", "put_off", "rescheduled", "delayed", "deferred", "moved", "rolled_back"), _PUT_OFF)
"""What to write for states of work that an update does not have."""


def plain(word: str) -> str:
    """`word` in lower case, with `_` for everything but letters and digits: `Major-Outage` → `major_outage`."""
    return _NOT_A_WORD.sub("_", word.casefold()).strip("_")


@lru_cache(maxsize=32)
def _plain_forms(valid: tuple[str, ...]) -> dict[str, str]:
    return {plain(word): word for word in reversed(valid)}


def nearest(word: str, valid: Iterable[str], slips: Mapping[str, str] | None = None) -> str | None:
    """The member of `valid` that `word` most likely stands for, or None where none is near enough."""
    valid = tuple(valid)
    forms = _plain_forms(valid)
    typed = plain(word)
    if typed in forms:
        return forms[typed]
    if slips and slips.get(typed) in valid:
        return slips[typed]
    if not typed or len(typed) > _LONGEST_GUESSED:
        return None
    close = get_close_matches(typed, list(forms), cutoff=0.7)
    return next((forms[form] for form in close if _differ_in_few_places(typed, form)), None)


def _differ_in_few_places(typed: str, form: str) -> bool:
    """Whether a slip or two explains the difference; the letters of `carpets` are scattered over `card-payments`."""
    differing = sum(tag != "equal" for tag, *_ in SequenceMatcher(None, typed, form).get_opcodes())
    return differing <= 1 + len(typed) // 4


def one_of(valid: Iterable[str], *, at_most: int = 8) -> str:
    """`write one of a, b, c`, shortened where the list is long."""
    words = list(valid)
    more = f", … ({len(words) - at_most} more)" if len(words) > at_most else ""
    return f"write one of {', '.join(words[:at_most])}{more}" if len(words) > 1 else f"write {''.join(words)}"


def quoted(text: str, *, longest: int = 60) -> str:
    """`'text'` as a message quotes it: on one line, with no character that nobody sees, cut where it is long."""
    flat = made_visible(" ".join(text.split()))
    return f"'{flat[: longest - 1]}…'" if len(flat) > longest else f"'{flat}'"
