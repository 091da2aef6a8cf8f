"""When the next update comes, as "Next update by 15:00" at the end of a message states it.

Exactly a phrase of the tables in `languages/` is read, and nothing else: whoever reads `15:00` where something else was
meant accuses a team of breaking its word.
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
    from datetime import datetime
    from zoneinfo import ZoneInfo

_PLACEHOLDER = "{time}"
_SENTENCE_END = r"(?:^|(?<=[.!?。！？])\s*|\n\s*)"
_LONGEST_SENTENCE = 300
"""Characters at the end of a message that are looked at."""


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
    for found in _pattern().finditer(plain, max(0, len(plain) - _LONGEST_SENTENCE)):
        clock = clock_at(plain, found.end())
        if clock is None:
            continue
        named = names.behind_a_time(plain, clock.end)
        end = named.end if named else clock.end
        if not _is_the_end(plain, end, found[1]) or (named and named.zone is None):
            continue
        try:
            due = next_time(clock.time, at, (named.zone if named else None) or zone)
        except WrongValueError:  # clocks skip that time or show it twice
            return None
        return StatedNextUpdate(due, message[found.start(1) :])
    return None


def _is_the_end(plain: str, end: int, before: str) -> bool:
    """Whether nothing follows that the phrase does not have."""
    rest = folded(plain[end:].strip().rstrip(".!。！").strip())
    beginning = " ".join(folded(before).split())
    return any(rest == after for known, after in _phrases() if known == beginning)


@cache
def _phrases() -> tuple[tuple[str, str], ...]:
    """The words before and behind the time of every phrase."""
    pairs = (phrase.split(_PLACEHOLDER) for phrase in words().next_update)
    return tuple((before.strip(), after.strip()) for before, after in pairs)


@cache
def _pattern() -> re.Pattern[str]:
    """The beginning of a phrase where a sentence begins."""
    beginnings = alternation({before for before, _ in _phrases()}).replace(r"\ ", r"\s+")
    return re.compile(rf"{_SENTENCE_END}({beginnings})\s*", re.IGNORECASE)
