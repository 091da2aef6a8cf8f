"""Which files can state anything later than an instant, found without parsing them.

Front matter states days as `2026-04-06` only; the body may state those by which something is promised in other forms,
always with a year of four digits. A file in which every day is past changes nothing any more, so that of a history of
years a few files need to be read. A file is taken too often rather than left out wrongly.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta
from typing import TYPE_CHECKING

from .format.instants import LAST_YEAR

if TYPE_CHECKING:
    from datetime import date, datetime

_FARTHEST = timedelta(days=3)
"""No day that is stated leads to an instant that is later than this after its beginning in UTC.

It has 24 hours, begins up to 14 hours later elsewhere, and a clock time of the next update may be on the day after it.
"""
_FENCE = re.compile(r"^(?:-{3,}|\.\.\.)[ \t]*$", re.MULTILINE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_YEAR = re.compile(r"\d{4,}")
_ISO_BEHIND = re.compile(r"-(\d\d)-(\d\d)")
_DAY_BEFORE = re.compile(r"\d[^\s\d]{0,8}\s+(?:[^\s\d]{1,80}\s+){0,3}\Z")
"""The number of a day, and up to three words between it and the year: `4 December`, `December 4th,`."""
_LONGEST_BEFORE = 300
_ESCAPE = re.compile(r"\\[xuU\n]")
"""Escapes of YAML that stand for a digit or for nothing."""
_LEFT_OUT = re.compile(r"<!--\s*internal", re.IGNORECASE)
"""Begins what a build leaves out of a text; what stands around it may then be a day."""


def may_be_later(text: str, now: datetime) -> bool:
    """Whether anything in an incident file may be later than the UTC instant `now`.

    Always true where something is. False for a file that states no day: it cannot be read.
    """
    facts_end = _end_of_facts(text)
    if _ESCAPE.search(text, 0, facts_end) or ("<!--" in text and _LEFT_OUT.search(text)):
        return True
    day = now.date() - _FARTHEST
    earliest = day.isoformat()
    if any(stated >= earliest for stated in _DAY.findall(text, 0, facts_end)):
        return True
    body = text[facts_end:]
    return _states_day_from(body if body.isascii() else unicodedata.normalize("NFKC", body), day)


def _end_of_facts(text: str) -> int:
    """Index of the end of the second fence; that of the text where there are no two."""
    first = _FENCE.search(text)
    second = _FENCE.search(text, first.end()) if first else None
    return second.end() if second else len(text)


def _states_day_from(body: str, day: date) -> bool:
    """Whether a body may state `day` or a later one: with its year before it, or behind month and day."""
    for found in _YEAR.finditer(body):
        year = int(found[0][-4:])
        if not day.year <= year <= LAST_YEAR:
            continue
        iso = _ISO_BEHIND.match(body, found.end())
        if iso:
            if (year, int(iso[1]), int(iso[2])) >= (day.year, day.month, day.day):
                return True
        elif body.startswith("年", found.end()) or _DAY_BEFORE.search(
            body[max(0, found.start() - _LONGEST_BEFORE) : found.start()]
        ):
            return True
    return False
