"""Days and times of day as a text states them.

Times: `14:30`, `2:30 PM`, `14h30`, `14 Uhr`, `14時30分`, `24:00`, `T+10m`.

Days, always with their year: `2026-04-06`, `6 April 2026`, `April 6th, 2026`, `2026年4月6日`. The order of `04/06/2026`
is not stated, and `6 April` has no year: these are uncertain, and never read as a day.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache
from typing import NamedTuple

from ..format.instants import FIRST_YEAR, LAST_YEAR
from .language_tables import alternation, folded, language_tables, months, weekdays

_NOON, _LAST_HOUR, _MIDNIGHT = 12, 23, 24
_MICROSECOND_DIGITS = 6
_ELAPSED = re.compile(
    r"T(?P<sign>[+−-])(?:(?P<hours>\d{1,3})\s?h(?:\s?(?P<more>[0-5]?\d)\s?m(?:in)?)?|(?P<minutes>\d{1,4})\s?m(?:in)?|0)"
    r"(?!\w)",
    re.IGNORECASE,
)


class TimeOfDay(NamedTuple):
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


class ElapsedTime(NamedTuple):
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


def clock_at(text: str, start: int) -> TimeOfDay | None:
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
        hour = hour % _NOON + (_NOON if language_tables().halves[folded(meridiem)] == "pm" else 0)
    second, fraction = int(found["second"] or 0), found["fraction"]
    microsecond = int(fraction[:_MICROSECOND_DIGITS].ljust(_MICROSECOND_DIGITS, "0")) if fraction else 0
    if hour == _MIDNIGHT and not (minute or second or microsecond):
        return TimeOfDay(time=time(), end=found.end(), end_of_day=True)
    if hour > _LAST_HOUR:
        return None
    return TimeOfDay(time=time(hour, minute, second, microsecond), end=found.end(), meridiem=bool(meridiem))


def elapsed_at(text: str, start: int) -> ElapsedTime | None:
    """The time since the beginning that `text`, which is `normalized`, states at index `start`, if it states one."""
    found = _ELAPSED.match(text, start) if text[start : start + 1] in {"T", "t"} else None
    if found is None:
        return None
    hours, minutes = int(found["hours"] or 0), int(found["minutes"] or found["more"] or 0)
    after = timedelta(hours=hours, minutes=minutes)
    return ElapsedTime(after=after if found["sign"] == "+" else -after, end=found.end())


@cache
def _meridiem_before() -> re.Pattern[str]:
    """AM or PM before a time, as Japanese has it."""
    return re.compile(rf"(?P<meridiem>{alternation(language_tables().halves)})\s?(?=\d)", re.IGNORECASE)


@cache
def _pattern() -> re.Pattern[str]:
    """An hour with its minutes; `complete` where these are written, so that neither AM nor PM is needed."""
    meridiems, hour_words = alternation(language_tables().halves), alternation(language_tables().hour_words)
    behind = alternation([*language_tables().clock_words, *language_tables().hour_words])
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


_WORD = r"[^\W\d_][^\s\d.,:;()\[\]*_|–—]{0,30}"
_WEEKDAY = re.compile(rf"(?P<weekday>{_WORD})\.?,?\s+")
_BETWEEN = re.compile(rf"(?P<between>{_WORD})\s+(?=\d)")
_NUMBER_FIRST = re.compile(
    r"(?P<iso_year>\d{4})-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)(?!\d)"
    r"|(?P<kanji_year>\d{4})年\s?(?P<kanji_month>\d{1,2})月\s?(?P<kanji_day>\d{1,2})日(?:\s?[(（].[)）])?"
    rf"|(?P<day>\d{{1,2}})(?P<ordinal>[.ºª]|[^\W\d_]{{1,3}})?\s+(?:(?P<between>{_WORD})\s+)?(?P<month>{_WORD})\.?,?\s+"
    rf"(?:(?P<between_year>{_WORD})\s+)?(?P<year>\d{{4}})(?!\d)"
)
_MONTH_FIRST = re.compile(
    rf"(?P<month>{_WORD})\.?\s+(?P<day>\d{{1,2}})(?P<ordinal>[.ºª]|[^\W\d_]{{1,3}})?,?\s+(?P<year>\d{{4}})(?!\d)"
)
_YEAR = rf"(?:,?\s+(?:{_WORD}\s+)?(?:['’]?\d{{2}}|\d{{4}})(?![\w:]|\.\d))?"
_UNCERTAIN_NAMED = re.compile(
    rf"(?P<day>\d{{1,2}})(?P<ordinal>[.ºª]|[^\W\d_]{{1,3}})?\s+(?:(?P<between>{_WORD})\s+)??(?P<month>{_WORD})\.?{_YEAR}"
    rf"|(?P<first_month>{_WORD})\.?\s+(?P<first_day>\d{{1,2}})(?P<first_ordinal>[^\W\d_]{{1,3}})?(?![\w:.]\w){_YEAR}"
)
_UNCERTAIN_NUMBERS = re.compile(
    r"(?:\d{4}([./-]\s?)\d{1,2}\1\d{1,2}|\d{1,2}([./-]\s?)\d{1,2}\2(?:\d{4}|\d{2})|(?:\d{4}年\s?)?\d{1,2}月\s?\d{1,2}日"
    r"|(?:19|20)\d{6})(?![\d:])"
)
_UNCERTAIN_PAIR = re.compile(
    r"(?:(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])|(?:0?[1-9]|1[0-2])[./-](?:[12]\d|3[01]))(?!\d|[:./-]\d)\.?"
)
_AMBIGUOUS_MONTH = 3
"""Letters up to which a month must be capitalised: `3 out of 5` is no day in October."""
_ONLY_PUNCTUATION = re.compile(r"[\s*_:.,]*(?:[(（\[][^()（）\[\]]*[)）\]][\s*_:.,]*)?")
_SEPARATED = re.compile(r"[*_]*\s*[—–:,(|]|[*_]*\s+-\s")
_LONGEST = 60
"""Characters of a day on a line of its own, its weekday and its emphasis included."""


@dataclass(frozen=True, slots=True)
class ParsedDay:
    """A day that a text states, and the index behind it."""

    date: date
    end: int


def day_at(text: str, start: int = 0) -> ParsedDay | None:
    """The day that `text`, which is `normalized`, states at index `start`, its weekday before it included."""
    first = text[start : start + 1]
    if first.isdigit():
        return _number_first(text, start)
    return _word_first(text, start) if first.isalpha() else None


def day_alone(text: str) -> date | None:
    """The day that is all `text` says, emphasis, a colon and an aside apart; None where it says anything else."""
    if len(text) > _LONGEST:
        return None
    plain = normalized(text)
    found = day_at(plain, _beginning(plain))
    return found.date if found and _ONLY_PUNCTUATION.fullmatch(plain, found.end) else None


def day_in_front(text: str) -> date | None:
    """The day with which `text` begins, if what stands behind it is set apart: `6 April 2026 — Calm`."""
    plain = normalized(text)
    found = day_at(plain, _beginning(plain))
    return found.date if found and _stands_apart(plain, found.end) else None


def uncertain_day_at(text: str, start: int = 0, *, short: bool = False) -> int | None:
    """The index behind what looks like a day at index `start` and is none: `6 April`, `06/04/2026`; if `short`, `6/4`.

    `text` is `normalized`.
    """
    first = text[start : start + 1]
    if not first.isalnum() or ":" in text[start : start + 3]:
        return None
    if first.isalpha() and (weekday := _WEEKDAY.match(text, start)) and folded(weekday["weekday"]) in weekdays():
        start = weekday.end()
    if text[start : start + 1].isdigit():
        found = _UNCERTAIN_NUMBERS.match(text, start) or (_UNCERTAIN_PAIR.match(text, start) if short else None)
        if found:
            return found.end()
    named = _UNCERTAIN_NAMED.match(text, start)
    if named is None or not _is_ordinal(named["ordinal"] or named["first_ordinal"]):
        return None
    month = named["month"] or named["first_month"]
    certain = len(month) > _AMBIGUOUS_MONTH or not month.islower()
    return named.end() if certain and folded(month) in months() and _all_between(named["between"]) else None


def uncertain_day_alone(text: str) -> str:
    """What looks like a day and is none, if it is all that `text` says; else empty."""
    if len(text) > _LONGEST:
        return ""
    plain = normalized(text)
    end = uncertain_day_at(plain, _beginning(plain), short=True)
    return text[:end].strip(" \t*_") if end and _ONLY_PUNCTUATION.fullmatch(plain, end) else ""


def uncertain_day_in_front(text: str) -> str:
    """What looks like a day and is none at the beginning of `text`, if what stands behind it is set apart."""
    plain = normalized(text)
    end = uncertain_day_at(plain, _beginning(plain), short=True)
    return text[:end].strip(" \t*_") if end and _stands_apart(plain, end) else ""


def _beginning(text: str) -> int:
    return len(text) - len(text.lstrip(" \t*_"))


def _stands_apart(text: str, end: int) -> bool:
    return bool(_SEPARATED.match(text, end) or _ONLY_PUNCTUATION.fullmatch(text, end))


def _word_first(text: str, start: int) -> ParsedDay | None:
    weekday = _WEEKDAY.match(text, start)
    if weekday is None or folded(weekday["weekday"]) not in weekdays():
        return _month_first(text, start)
    behind = weekday.end()
    if (between := _BETWEEN.match(text, behind)) and _all_between(between["between"]):
        behind = between.end()
    return _number_first(text, behind) or _month_first(text, behind)


def _number_first(text: str, start: int) -> ParsedDay | None:
    found = None if ":" in text[start : start + 3] else _NUMBER_FIRST.match(text, start)  # `14:30` is no day
    if found is None:
        return None
    if found["iso_year"]:
        return _day(found["iso_year"], int(found["iso_month"]), found["iso_day"], found.end())
    if found["kanji_year"]:
        return _day(found["kanji_year"], int(found["kanji_month"]), found["kanji_day"], found.end())
    if not (_is_ordinal(found["ordinal"]) and _all_between(found["between"], found["between_year"])):
        return None
    return _day(found["year"], months().get(folded(found["month"])), found["day"], found.end())


def _month_first(text: str, start: int) -> ParsedDay | None:
    found = _MONTH_FIRST.match(text, start)
    if found is None or not _is_ordinal(found["ordinal"]):
        return None
    return _day(found["year"], months().get(folded(found["month"])), found["day"], found.end())


def _is_ordinal(suffix: str | None) -> bool:
    return suffix is None or folded(suffix) in language_tables().ordinals


def _all_between(*written: str | None) -> bool:
    return all(word is None or folded(word) in language_tables().between_days for word in written)


def _day(year: str, month: int | None, day: str, end: int) -> ParsedDay | None:
    if month is None or not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return None
    try:
        return ParsedDay(date(int(year), month, int(day)), end)
    except ValueError:  # 31 April 2026
        return None
