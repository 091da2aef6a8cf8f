"""Days as a text states them, always with their year: `2026-04-06`, `6 April 2026`, `April 6th, 2026`, `2026年4月6日`.

The order of `04/06/2026` is not stated, so it is never a day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from .clocks import aligned
from .words import alternation, folded, words

_ONLY_MARKS = re.compile(r"[\s*_:：.]*")
_LONGEST = 60
"""Characters of a day on a line of its own, its weekday and its emphasis included."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day that a text states, and the index behind it."""

    date: date
    end: int


def day_at(text: str, start: int = 0) -> Day | None:
    """The day that `text`, which is `aligned`, states at index `start`, its weekday before it included."""
    found = _pattern().match(text, start)
    if found is None:
        return None
    month = found["month"] or found["month_first"]
    number = words().months.get(folded(month)) if month else int(found["iso_month"] or found["month_kanji"])
    year = next(int(found[name]) for name in ("iso_year", "year", "year_last", "year_kanji") if found[name])
    day = next(int(found[name]) for name in ("iso_day", "day", "day_second", "day_kanji") if found[name])
    try:
        return Day(date(year, number or 0, day), found.end())
    except ValueError:  # 31 April 2026
        return None


def day_alone(text: str) -> date | None:
    """The day that is all `text` says, emphasis and a colon aside; None where it says more or something else."""
    if len(text) > _LONGEST:
        return None
    plain = aligned(text)
    found = day_at(plain, len(plain) - len(plain.lstrip(" \t*_")))
    return found.date if found and _ONLY_MARKS.fullmatch(plain, found.end) else None


@cache
def _pattern() -> re.Pattern[str]:
    known = words()
    months, weekdays = alternation(known.months), alternation(known.weekdays)
    ordinals, between = alternation(known.ordinals), alternation(known.between_days)
    return re.compile(
        rf"(?:(?:{weekdays})\.?,?\s+(?:(?:{between})\s+)?)?(?:"
        r"(?P<iso_year>\d{4})-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)"
        r"|(?P<year_kanji>\d{4})年\s?(?P<month_kanji>\d{1,2})月\s?(?P<day_kanji>\d{1,2})日(?:\s?[(（].[)）])?"
        rf"|(?P<day>\d{{1,2}})(?:{ordinals})?\s+(?:(?:{between})\s+)?(?P<month>{months})\.?,?\s+"
        rf"(?:(?:{between})\s+)?(?P<year>\d{{4}})"
        rf"|(?P<month_first>{months})\.?\s+(?P<day_second>\d{{1,2}})(?:{ordinals})?,?\s+(?P<year_last>\d{{4}})"
        r")(?!\d)",
        re.IGNORECASE,
    )
