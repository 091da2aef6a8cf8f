"""Times of day as a timeline states them: `14:30`, `2:30 PM`, `14h30`, `14 Uhr`, `14時30分`, `24:00`, `T+10m`."""

from __future__ import annotations

import re
import unicodedata
from datetime import time, timedelta
from functools import cache
from typing import NamedTuple

from .words import alternation, folded, words

_NOON, _LAST_HOUR, _MIDNIGHT = 12, 23, 24
_MICROSECOND_DIGITS = 6
_ELAPSED = re.compile(
    r"T(?P<sign>[+−-])(?:(?P<hours>\d{1,3})\s?h(?:\s?(?P<more>[0-5]?\d)\s?m(?:in)?)?|(?P<minutes>\d{1,4})\s?m(?:in)?|0)"
    r"(?!\w)",
    re.IGNORECASE,
)


class Clock(NamedTuple):
    """A time of day that a text states, and the index behind it."""

    time: time
    """With seconds and fractions where they are written."""
    end: int
    end_of_day: bool = False
    """Whether it is `24:00`: midnight at the end of the day; `time` is midnight then."""
    meridiem: bool = False
    """Whether AM or PM is written."""

    @property
    def ambiguous(self) -> bool:
        """Whether its hour is 1 to 12 without AM or PM: not certain in a list that writes them elsewhere."""
        return not self.meridiem and not self.end_of_day and 1 <= self.time.hour <= _NOON


class Elapsed(NamedTuple):
    """Time since the notice began: `T+1h 5m`; negative for `T-5m`."""

    after: timedelta
    end: int


def normalized(text: str) -> str:
    """`text` with digits, colons and letters of other widths and scripts as ASCII has them; indices stay the same."""
    return text if text.isascii() else text.translate(_ONE_TO_ONE)


class _OneToOne(dict[int, str]):
    """For `str.translate`: each character as NFKC and ASCII digits have it, if that is one character."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        digit = unicodedata.decimal(character, None)
        plain = str(digit) if digit is not None else unicodedata.normalize("NFKC", character)
        self[code] = plain if len(plain) == 1 else character
        return self[code]


_ONE_TO_ONE = _OneToOne()


def clock_at(text: str, start: int) -> Clock | None:
    """The time that `text`, which is `normalized`, states at index `start`; None where it states none there."""
    before = _meridiem_before().match(text, start) if text[start : start + 1].isalpha() else None
    found = _pattern().match(text, before.end() if before else start)
    meridiem = (before and before["meridiem"]) or (found and found["meridiem"])
    if found is None or not (meridiem or found["complete"] or found["hour_word"]):
        return None  # `14` alone is a number
    hour = int(found["hour"])
    minute = int(found["minute"] or found["minute_h"] or found["minute_kanji"] or found["minute_dot"] or 0)
    if meridiem:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if words().halves[folded(meridiem)] == "pm" else 0)
    second, fraction = int(found["second"] or 0), found["fraction"]
    microsecond = int(fraction[:_MICROSECOND_DIGITS].ljust(_MICROSECOND_DIGITS, "0")) if fraction else 0
    if hour == _MIDNIGHT and not (minute or second or microsecond):
        return Clock(time=time(), end=found.end(), end_of_day=True)
    if hour > _LAST_HOUR:
        return None
    return Clock(time=time(hour, minute, second, microsecond), end=found.end(), meridiem=bool(meridiem))


def elapsed_at(text: str, start: int) -> Elapsed | None:
    """The time since the beginning that `text`, which is `normalized`, states at index `start`, if it states one."""
    found = _ELAPSED.match(text, start) if text[start : start + 1] in {"T", "t"} else None
    if found is None:
        return None
    hours, minutes = int(found["hours"] or 0), int(found["minutes"] or found["more"] or 0)
    after = timedelta(hours=hours, minutes=minutes)
    return Elapsed(after=after if found["sign"] == "+" else -after, end=found.end())


@cache
def _meridiem_before() -> re.Pattern[str]:
    """AM or PM before a time, as Japanese has it."""
    return re.compile(rf"(?P<meridiem>{alternation(words().halves)})\s?(?=\d)", re.IGNORECASE)


@cache
def _pattern() -> re.Pattern[str]:
    """An hour with its minutes; `complete` where these are written, so that neither AM nor PM is needed."""
    meridiems, hour_words = alternation(words().halves), alternation(words().hour_words)
    behind = alternation([*words().clock_words, *words().hour_words])
    return re.compile(
        r"(?P<hour>\d{1,2})"
        r"(?P<complete>:(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,](?P<fraction>\d{1,9}))?)?"
        r"|\s?h\s?(?P<minute_h>[0-5]\d)"
        r"|時(?:(?P<minute_kanji>[0-5]?\d)分)?"
        rf"|\.(?P<minute_dot>[0-5]\d)(?=\s?(?:{behind})(?!\w)))?"
        r"(?!\d|:\d)"
        # The look ahead saves time: most times have no word behind them.
        rf"(?:(?=\s?[\w'’])(?:\s?(?:(?P<hour_word>{hour_words})|{behind})(?!\w))?"
        # German has `am` before a day: 14:30 am 7. April.
        rf"(?:\s?(?P<meridiem>{meridiems})(?!\w|\s\d{{1,2}}\.\s))?)?",
        re.IGNORECASE,
    )
