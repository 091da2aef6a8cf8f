"""Days as a text states them, always with their year: `2026-04-06`, `6 April 2026`, `April 6th, 2026`, `2026年4月6日`.

The order of `04/06/2026` is not stated, so it is never a day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ..time_repair import FIRST_YEAR, LAST_YEAR
from .clocks import normalized
from .words import folded, words

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
_ONLY_PUNCTUATION = re.compile(r"[\s*_:.,]*")
_LONGEST = 60
"""Characters of a day on a line of its own, its weekday and its emphasis included."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day that a text states, and the index behind it."""

    date: date
    end: int


def day_at(text: str, start: int = 0) -> Day | None:
    """The day that `text`, which is `normalized`, states at index `start`, its weekday before it included."""
    first = text[start : start + 1]
    if first.isdigit():
        return _number_first(text, start)
    return _word_first(text, start) if first.isalpha() else None


def day_alone(text: str) -> date | None:
    """The day that is all `text` says, emphasis and a colon aside; None where it says more or something else."""
    if len(text) > _LONGEST:
        return None
    plain = normalized(text)
    found = day_at(plain, len(plain) - len(plain.lstrip(" \t*_")))
    return found.date if found and _ONLY_PUNCTUATION.fullmatch(plain, found.end) else None


def _word_first(text: str, start: int) -> Day | None:
    weekday = _WEEKDAY.match(text, start)
    if weekday is None or folded(weekday["weekday"]) not in words().weekdays:
        return _month_first(text, start)
    behind = weekday.end()
    if (between := _BETWEEN.match(text, behind)) and _all_between(between["between"]):
        behind = between.end()
    return _number_first(text, behind) or _month_first(text, behind)


def _number_first(text: str, start: int) -> Day | None:
    found = None if ":" in text[start : start + 3] else _NUMBER_FIRST.match(text, start)  # `14:30` is no day
    if found is None:
        return None
    if found["iso_year"]:
        return _day(found["iso_year"], int(found["iso_month"]), found["iso_day"], found.end())
    if found["kanji_year"]:
        return _day(found["kanji_year"], int(found["kanji_month"]), found["kanji_day"], found.end())
    if not (_is_ordinal(found["ordinal"]) and _all_between(found["between"], found["between_year"])):
        return None
    return _day(found["year"], words().months.get(folded(found["month"])), found["day"], found.end())


def _month_first(text: str, start: int) -> Day | None:
    found = _MONTH_FIRST.match(text, start)
    if found is None or not _is_ordinal(found["ordinal"]):
        return None
    return _day(found["year"], words().months.get(folded(found["month"])), found["day"], found.end())


def _is_ordinal(suffix: str | None) -> bool:
    return suffix is None or folded(suffix) in words().ordinals


def _all_between(*written: str | None) -> bool:
    return all(word is None or folded(word) in words().between_days for word in written)


def _day(year: str, month: int | None, day: str, end: int) -> Day | None:
    if month is None or not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return None
    try:
        return Day(date(int(year), month, int(day)), end)
    except ValueError:  # 31 April 2026
        return None
