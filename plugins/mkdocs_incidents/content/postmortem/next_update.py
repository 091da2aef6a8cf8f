"""When the next update comes, as "Next update by 15:00" at the end of a message states it.

Exactly a phrase of the tables in `languages/` is read, and nothing else: whoever reads `15:00` where something else was
meant accuses a team of breaking its promise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ..instants import next_time
from ..wrong import WrongValueError
from .clocks import clock_at, normalized
from .words import alternation, folded, words
from .zone_names import ZoneNames

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet
    from datetime import datetime
    from zoneinfo import ZoneInfo

_PLACEHOLDER = "{time}"
_SENTENCE = re.compile(r"(?:^|(?<=[.!?。！？])|\n)\s*(?=\S)")
_DIGIT = re.compile(r"\d")
_LONGEST_SENTENCE = 300
"""Characters at the end of a message that are looked at."""
_LONGEST_MERIDIEM = 20


@dataclass(frozen=True, slots=True)
class StatedNextUpdate:
    """The last sentence of a message, which states when the next update comes."""

    at: datetime
    """UTC."""
    sentence: str
    """As it was written; the message ends with it."""


def stated_next_update(message: str, at: datetime, zone: ZoneInfo) -> StatedNextUpdate | None:
    """What `message`, published at the UTC instant `at`, states of the next update; None where it states nothing."""
    message = message.rstrip()
    plain = normalized(message)
    names = ZoneNames(zone=zone, on=at.astimezone(zone).date())
    for sentence in _SENTENCE.finditer(plain, max(0, len(plain) - _LONGEST_SENTENCE)):
        start = sentence.end()
        digit = _DIGIT.search(plain, start)
        if digit is None:
            return None
        before = plain[start : digit.start()]
        behind = _behind(before)
        if behind is None and (
            meridiem := _meridiem_before_time().search(before, max(0, len(before) - _LONGEST_MERIDIEM))
        ):
            before = before[: meridiem.start()]
            behind = _behind(before)
        clock = clock_at(plain, start + len(before)) if behind is not None else None
        if clock is None or behind is None:
            continue
        named = names.behind_a_time(plain, clock.end)
        end = named.end if named else clock.end
        rest = folded(plain[end:].strip().rstrip(".!。！").strip())
        if rest not in behind or (named and named.zone is None):
            continue
        try:
            due = next_time(clock.time, at, (named.zone if named else None) or zone)
        except WrongValueError:  # clocks skip that time or show it twice
            return None
        return StatedNextUpdate(due, message[start:])
    return None


def _behind(before: str) -> AbstractSet[str] | None:
    """What may stand behind the time of a phrase that begins with the words `before`; None where none does."""
    return _phrases().get(" ".join(folded(before).split()))


@cache
def _phrases() -> Mapping[str, AbstractSet[str]]:
    """The words before the time of a phrase → those that may stand behind it."""
    found: dict[str, set[str]] = {}
    for phrase in words().next_update:
        before, behind = phrase.split(_PLACEHOLDER)
        found.setdefault(" ".join(before.split()), set()).add(behind.strip())
    return found


@cache
def _meridiem_before_time() -> re.Pattern[str]:
    """AM or PM right before a time, as Japanese has it."""
    return re.compile(rf"(?:{alternation(words().halves)})\s?$", re.IGNORECASE)
