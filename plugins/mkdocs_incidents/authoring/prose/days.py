"""Days as people type them: ISO, words in any order, ordinals, numbers day first or month first."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .zones import WrittenZone

_FIRST_YEAR, _LAST_YEAR = 1970, 2199
_MONTHS_IN_A_YEAR = 12

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:r?uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR = r"(?:19|20|21)\d\d"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])"
_ORDINAL = r"(?:st|nd|rd|th)"
DATE = re.compile(
    r"(?<![\w:./$€£-])(?:"
    rf"(?P<y1>{_YEAR})(?P<s1>[-/.])(?P<m1>0?[1-9]|1[0-2])(?P=s1)(?P<d1>{_DAY})(?:/\d\d?(?![\d/-]))?(?!\d|[-/]\d)"
    rf"|(?P<d2>{_DAY})\s?{_ORDINAL}?,?[ \t]{{0,3}}(?:of[ \t]{{1,2}}|day of[ \t]{{1,2}})?(?P<s2>[-/.,]?)[ \t]{{0,2}}"
    rf"(?P<w2>{_MONTH})(?![a-z])[.,]?(?:(?:[ \t,/'-]|of ){{1,4}}(?P<y2>{_YEAR})(?!\d))?"
    rf"|(?P<w3>{_MONTH})[. -]{{0,3}}(?:the )?(?P<d3>{_DAY})(?!\d|:\d|\.\d|\s?[ap]\.?m\b|%)(?:\s?(?P<o3>{_ORDINAL}))?"
    rf"(?:\s?[–-]\s?{_DAY}{_ORDINAL}?(?=,?[ \t]{_YEAR}(?!\d)))?"
    rf"(?:(?:[ \t,/-]|of ){{1,4}}(?P<y3>{_YEAR})(?!\d))?"
    rf"|(?P<a4>\d{{1,2}})(?P<s4>[-/.])(?P<b4>\d{{1,2}})(?P=s4)(?P<y4>{_YEAR}|\d\d)(?![\d:%]|[-/.]\d)"
    r"|(?P<a6>\d{1,2})/(?P<b6>\d{1,2})(?=,?[ \t](?:at )?\d{1,2}:\d\d)"
    rf"|(?P<a5>\d{{1,2}}),\s?(?P<b5>\d{{1,2}}),\s?(?P<y5>{_YEAR})(?!\d)"
    r")",
    re.IGNORECASE,
)
_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if number}
_DAY_FIRST, _MONTH_FIRST, _UNDECIDED = "day first", "month first", "undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDay:
    """A day as far as it was written."""

    year: int | None
    month: int
    day: int
    order: str = ""
    """For days in numbers only: `day first`, `month first`, or `undecided` where both are possible."""

    @property
    def date(self) -> date | None:
        """The day of the calendar; None without a year, or while it is not known which number is the month."""
        return None if self.year is None or self.undecided else date(self.year, self.month, self.day)

    @property
    def undecided(self) -> bool:
        """Whether it is not known which number is the month."""
        return self.order == _UNDECIDED

    def swapped(self) -> WrittenDay:
        """The other reading of a day in numbers."""
        return replace(self, month=self.day, day=self.month)

    def read_as(self, order: str) -> WrittenDay:
        """An undecided day, decided: undecided ones are kept day first."""
        day = self.swapped() if order == _MONTH_FIRST else self
        return replace(day, order=order)

    def decided(self, order: str) -> WrittenDay:
        """The day read in `order` where it is undecided; unchanged where it is not, or where `order` is empty."""
        return self.read_as(order) if order and self.undecided else self

    def with_year(self, year: int) -> WrittenDay:
        """The same day of `year`; unchanged where that year has no such day."""
        return replace(self, year=year) if _is_valid_date(year, self.month, self.day) else self


def day_in_match(found: re.Match[str]) -> WrittenDay | None:
    """The day that a match of `DATE` writes; None for days no calendar has, and for words that only look like one."""
    group = found.groupdict()
    if group["y1"]:
        return _day(int(group["y1"]), int(group["m1"]), int(group["d1"]))
    for form in "23":
        if word := group[f"w{form}"]:
            if not _is_a_month(word, found):
                return None
            year = group[f"y{form}"]
            return _day(int(year) if year else None, _MONTHS[word[:3].casefold()], int(group[f"d{form}"]))
    if group["s4"] == "." and len(group["y4"]) == 2:  # noqa: PLR2004  `1.10.22` is rather a version
        return None
    form = next(form for form in "456" if group[f"a{form}"])
    return _numeric(int(group[f"a{form}"]), int(group[f"b{form}"]), group.get(f"y{form}") or "")


def _is_a_month(word: str, found: re.Match[str]) -> bool:
    """Whether a word such as `may` or `march` is meant as a month: by its capital, a year or an ordinal."""
    ordinal = bool(re.search(r"\d\s?(?:st|nd|rd|th)\b", found[0], re.IGNORECASE))
    return (
        word.casefold() not in {"may", "march", "mar"}
        or word[0].isupper()
        or ordinal
        or bool(found["y2"] or found["y3"])
    )


def _numeric(first: int, second: int, year_digits: str) -> WrittenDay | None:
    year = None if not year_digits else int(year_digits) + (2000 if len(year_digits) == 2 else 0)  # noqa: PLR2004
    if first > _MONTHS_IN_A_YEAR:
        return _day(year, second, first, _DAY_FIRST)
    if second > _MONTHS_IN_A_YEAR:
        return _day(year, first, second, _MONTH_FIRST)
    return _day(year, second, first, "" if first == second else _UNDECIDED)


def _day(year: int | None, month: int, day: int, order: str = "") -> WrittenDay | None:
    if year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    return (
        WrittenDay(year=year, month=month, day=day, order=order) if _is_valid_date(year or 2000, month, day) else None
    )


def _is_valid_date(year: int, month: int, day: int) -> bool:
    return 1 <= month <= _MONTHS_IN_A_YEAR and 1 <= day <= calendar.monthrange(year, month)[1]


def order_of_numbers(days: Iterable[WrittenDay], zone: WrittenZone | None) -> str:
    """How this author writes days in numbers: as other days of the document prove it, else as in the zone's places.

    Month first in America, day first elsewhere; not decided where the zone is UTC or an offset from it.
    """
    orders = {day.order for day in days} & {"day first", "month first"}
    if len(orders) == 1:
        return orders.pop()
    if orders or zone is None or zone.key is None or zone.key in {"UTC", "GMT"} or zone.key.startswith("Etc/"):
        return ""
    return "month first" if zone.key.startswith(("America/", "US/")) else "day first"


_LETTER_FOR_DIGIT = re.compile(r"(?<![A-Za-z0-9])(?=[0-9]{0,3}[OoIl])[12Il0-3][0-9OoIl]{0,3}(?![A-Za-z0-9])")
_DIGITS = str.maketrans("OoIl", "0011")


def mend_digits(text: str) -> tuple[str, tuple[str, ...]]:
    """`text` with the letters O and l inside of numbers read as digits, and the numbers that were mended.

    Only years and parts of a time are mended (`2O23`, `1O:30`); the length stays, so places stay.
    """
    mended: list[str] = []

    def digits(found: re.Match[str]) -> str:
        word = found[0]
        read = word.translate(_DIGITS)
        after = text[found.end() : found.end() + 2]
        is_year = len(word) == 4 and read[:2] in {"19", "20"} and sum(char.isdigit() for char in word) > 1  # noqa: PLR2004
        is_hour = len(word) == 2 and any(map(str.isdigit, word)) and after[:1] == ":" and after[1:].isdigit()  # noqa: PLR2004
        if not (is_year or is_hour):
            return word
        mended.append(word)
        return read

    return _LETTER_FOR_DIGIT.sub(digits, text), tuple(mended)
