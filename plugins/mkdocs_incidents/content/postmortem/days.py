"""Days as a text states them, always with their year: `2026-04-06`, `6 April 2026`, `April 6th, 2026`, `2026年4月6日`.

The order of `04/06/2026` is not stated, and `6 April` has no year: these are uncertain, and never read as a day.
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
class StatedDay:
    """A day that a text states, and the index behind it."""

    date: date
    end: int


def day_at(text: str, start: int = 0) -> StatedDay | None:
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
    if first.isalpha() and (weekday := _WEEKDAY.match(text, start)) and folded(weekday["weekday"]) in words().weekdays:
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
    return named.end() if certain and folded(month) in words().months and _all_between(named["between"]) else None


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


def _word_first(text: str, start: int) -> StatedDay | None:
    weekday = _WEEKDAY.match(text, start)
    if weekday is None or folded(weekday["weekday"]) not in words().weekdays:
        return _month_first(text, start)
    behind = weekday.end()
    if (between := _BETWEEN.match(text, behind)) and _all_between(between["between"]):
        behind = between.end()
    return _number_first(text, behind) or _month_first(text, behind)


def _number_first(text: str, start: int) -> StatedDay | None:
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


def _month_first(text: str, start: int) -> StatedDay | None:
    found = _MONTH_FIRST.match(text, start)
    if found is None or not _is_ordinal(found["ordinal"]):
        return None
    return _day(found["year"], words().months.get(folded(found["month"])), found["day"], found.end())


def _is_ordinal(suffix: str | None) -> bool:
    return suffix is None or folded(suffix) in words().ordinals


def _all_between(*written: str | None) -> bool:
    return all(word is None or folded(word) in words().between_days for word in written)


def _day(year: str, month: int | None, day: str, end: int) -> StatedDay | None:
    if month is None or not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return None
    try:
        return StatedDay(date(int(year), month, int(day)), end)
    except ValueError:  # 31 April 2026
        return None
