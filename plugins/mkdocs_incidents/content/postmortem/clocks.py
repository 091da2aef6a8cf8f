"""Times of day as a timeline states them: `14:30`, `2:30 PM`, `14h30`, `14:30 Uhr`, `14時30分`, `24:00`, `T+10m`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import time, timedelta
from functools import cache

from .words import alternation, folded, words

_NOON, _LAST_HOUR, _MIDNIGHT = 12, 23, 24
_MINUTES = ("minute", "minute_h", "minute_kanji", "minute_dot")
_ELAPSED = re.compile(
    r"T(?P<sign>[+−-])(?:(?P<hours>\d{1,3})\s?h(?:\s?(?P<more>[0-5]?\d)\s?m(?:in)?)?|(?P<minutes>\d{1,4})\s?m(?:in)?|0)"
    r"(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A time of day that a text states, and where in the text it stands."""

    time: time
    """With seconds and fractions where they are written."""
    start: int
    end: int
    next_day: bool = False
    """Whether it is `24:00`: midnight at the end of the day; `time` is then midnight."""
    half: bool = False
    """Whether AM or PM is written."""

    @property
    def ambiguous(self) -> bool:
        """Whether it is a different time in a list that writes AM and PM: an hour of 1 to 12 without either."""
        return not self.half and not self.next_day and 1 <= self.time.hour <= _NOON


@dataclass(frozen=True, slots=True, kw_only=True)
class Elapsed:
    """Time since the notice began: `T+1h 5m`; negative for `T-5m`."""

    after: timedelta
    start: int
    end: int


def aligned(text: str) -> str:
    """`text` with digits, colons and letters of other widths and scripts as ASCII has them; indices stay the same."""
    return text if text.isascii() else "".join(map(_aligned, text))


def _aligned(character: str) -> str:
    if character.isascii():
        return character
    digit = unicodedata.decimal(character, None)
    plain = str(digit) if digit is not None else unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 else character


def clock_at(text: str, start: int) -> Clock | None:
    """The time that `text`, which is `aligned`, states at index `start`; None where it states none there."""
    found = _pattern().match(text, start)
    if found is None:
        return None
    minutes = next((found[name] for name in _MINUTES if found[name]), "0")
    hour, minute, second = int(found["hour"]), int(minutes), int(found["second"] or 0)
    micro = int((found["fraction"] or "0").ljust(6, "0"))
    written = found["half_before"] or found["half"]
    if written:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if words().halves[folded(written)] == "pm" else 0)
    if hour == _MIDNIGHT and not (minute or second or micro):
        return Clock(time=time(), start=start, end=found.end(), next_day=True)
    if hour > _LAST_HOUR:
        return None
    return Clock(time=time(hour, minute, second, micro), start=start, end=found.end(), half=written is not None)


def elapsed_at(text: str, start: int) -> Elapsed | None:
    """The time since the beginning that `text`, which is `aligned`, states at index `start`, if it states one."""
    found = _ELAPSED.match(text, start)
    if found is None:
        return None
    hours, minutes = int(found["hours"] or 0), int(found["minutes"] or found["more"] or 0)
    after = timedelta(hours=hours, minutes=minutes)
    return Elapsed(after=after if found["sign"] == "+" else -after, start=start, end=found.end())


@cache
def _pattern() -> re.Pattern[str]:
    halves, behind = alternation(words().halves), alternation(words().clock_words)
    return re.compile(
        rf"(?:(?P<half_before>{halves})\s?)?(?P<hour>\d{{1,2}})"
        r"(?::(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,](?P<fraction>\d{1,6}))?)?"
        r"|\s?h\s?(?P<minute_h>[0-5]\d)"
        r"|時(?:(?P<minute_kanji>[0-5]?\d)分)?"
        rf"|\.(?P<minute_dot>[0-5]\d)(?=\s?(?:{behind})(?!\w))"
        rf"|(?=\s?(?:{halves})(?!\w))"
        rf")(?!\d|:\d)(?:\s?(?P<half>{halves})(?!\w))?(?:\s?(?:{behind})(?!\w))?",
        re.IGNORECASE,
    )
