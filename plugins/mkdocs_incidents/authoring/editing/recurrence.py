"""Recurring work, as people type it: `week on sunday 02:00` → the times of each of its maintenances.

| typed | when |
|---|---|
| `day at 02:00`, `2 days at 02:00`, `weekday at 02:00` | each day, every other day, Monday to Friday |
| `week on sunday 02:00`, `2 weeks on tue and thu 23:30`, `sunday 02:00` | those days of each week, or every other |
| `month on the 1st 02:00`, `month on the last day 02:00` | that day of each month |
| `month on first sunday 02:00`, `3 months on last fri 22:00` | that weekday of each month, of every third month |

Times are those of the clocks on the wall: 02:00 stays 02:00 in summer. A time that clocks skip is read with the offset
from before the change, and of two that clocks show the first is taken, as RFC 5545, 3.3.5, has it. That holds for ends
that are a time of day, too: they stay on the clocks, and the time in which clocks change is longer or shorter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, rrule, weekday, weekdays

from mkdocs_incidents.content.format.instants import clock_in, on_the_clock
from mkdocs_incidents.content.problems import WrongValueError
from mkdocs_incidents.content.suggestions import quoted
from mkdocs_incidents.model import Interval

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

MOST = 60
"""How many times one command plans: each is a file."""
_CODE = "not-an-instant"
_EXAMPLES = "write when, such as 'week on sunday 02:00', 'day at 02:00' or 'month on first sunday 02:00'"
_LAST_DAY_OF_ALL_MONTHS = 28
_UNIT = re.compile(
    r"(?:every\s+|each\s+)?(?:(?P<count>\d{1,2}|other|second)\s+)?"
    r"(?P<unit>day|weekday|week|month)s?\b\s*(?P<rest>.*)",
    re.ASCII,
)
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = r"(?:mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)s?"
_DAYS_OF_WEEK = re.compile(rf"{_DAY}(?:(?:\s*(?:,|and)\s*|\s+){_DAY})*")
_ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "last": -1,
}
_DAY_OF_MONTH = re.compile(r"(?:the\s+)?(?:day\s+)?(\d{1,2})(?:st|nd|rd|th)?", re.ASCII)
_LAST_DAY = re.compile(r"(?:the\s+)?last\s+day")
_WEEKDAY_OF_MONTH = re.compile(rf"(?:the\s+)?({'|'.join(_ORDINALS)})\s+({_DAY})")
_JOINING = re.compile(r"\b(?:on|at)\b")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time of recurring work."""

    interval: Interval
    """UTC."""
    note: str = ""
    """What was decided about a begin that clocks skip or show twice: a sentence; else empty."""
    note_of_end: str = ""
    """The same of the end."""


class ClockEnd(NamedTuple):
    """A time of day at which each time of recurring work ends."""

    clock: time
    days: int = 0
    """How many days after the one on which it begins."""


class _Rule(NamedTuple):
    frequency: int
    every: int
    clock: time
    weekdays: tuple[weekday, ...] = ()
    day_of_month: int | None = None


def occurrences(
    text: str, *, count: int, after: datetime, end: timedelta | ClockEnd, zone: ZoneInfo
) -> tuple[Occurrence, ...]:
    """The first `count` times of recurring work that begin later than `after`; `end` is when or how long after.

    Raises:
        WrongValueError: `text` does not say when, `count` is not from 1 to 60, or one is not over when the next begins.
    """
    if not 1 <= count <= MOST:
        raise WrongValueError(_CODE, f"{count} times cannot be planned at once", f"write a --count from 1 to {MOST}")
    found = tuple(_occurrence(wall, end, zone) for wall in _walls(_read(text), count, after, zone))
    for earlier, later in pairwise(found):
        if later.interval.start < earlier.interval.end:
            apart = later.interval.start - earlier.interval.start
            raise WrongValueError(
                "ends-before-start",
                f"each time lasts {_hours(earlier.interval.duration)}, and the next begins after {_hours(apart)}",
                "write an earlier end, or have it recur less often",
            )
    return found


def _occurrence(wall: datetime, end: timedelta | ClockEnd, zone: ZoneInfo) -> Occurrence:
    """The time that begins when clocks show `wall`.

    Raises:
        WrongValueError: it ends before it begins.
    """
    begin, note = _at(wall, zone)
    if isinstance(end, timedelta):
        until, note_of_end = begin + end, ""
    else:
        day = begin.astimezone(zone).date() + timedelta(days=end.days)
        until, note_of_end = _at(datetime.combine(day, end.clock), zone)
    if until <= begin:
        message = f"the work of {begin.astimezone(zone):%Y-%m-%d %H:%M} ends before it begins"
        raise WrongValueError("ends-before-start", message, "write a later end")
    return Occurrence(Interval(begin, until), note, note_of_end)


def _walls(rule: _Rule, count: int, after: datetime, zone: ZoneInfo) -> list[datetime]:
    """The first times on the clocks later than `after`; every second week counts from the first of them."""
    fixed = {
        "byweekday": rule.weekdays or None,
        "bymonthday": rule.day_of_month,
        "byhour": rule.clock.hour,
        "byminute": rule.clock.minute,
        "bysecond": rule.clock.second,
    }
    today = datetime.combine(after.astimezone(zone), time())
    first = next(wall for wall in rrule(rule.frequency, dtstart=today, **fixed) if _at(wall, zone)[0] > after)
    return list(rrule(rule.frequency, interval=rule.every, dtstart=first, count=count, **fixed))


def _at(wall: datetime, zone: ZoneInfo) -> tuple[datetime, str]:
    """The instant at which clocks show `wall`, and a note where they do not, or do twice."""
    try:
        return on_the_clock(wall, zone), ""
    except WrongValueError as error:
        at = wall.replace(tzinfo=zone).astimezone(UTC)
        shown = f"{at.astimezone(zone):%H:%M}"
        planned = f"planned for the first {shown}" if error.code == "time-twice" else f"planned for {shown}"
        return at, f"{error.message}; {planned}"


def _read(text: str) -> _Rule:
    plain = " ".join(text.casefold().split())
    clock, remainder = clock_in(plain)
    if clock is None:
        raise WrongValueError(_CODE, f"{quoted(text)} has no time of day", _EXAMPLES)
    days = " ".join(_JOINING.sub(" ", remainder).split()).strip(" ,")
    found = _UNIT.fullmatch(days)
    if found is None and _DAYS_OF_WEEK.fullmatch(days.removeprefix("every ")):
        return _Rule(WEEKLY, 1, clock, _weekdays(days.removeprefix("every ")))
    if found is None:
        raise WrongValueError(_CODE, f"{quoted(text)} does not say how often", _EXAMPLES)
    every = int(found["count"]) if (found["count"] or "").isdecimal() else 2 if found["count"] else 1
    unit, rest = found["unit"], found["rest"]
    if every == 0 or (unit == "weekday" and every > 1):
        raise WrongValueError(_CODE, f"{quoted(text)} does not say how often", _EXAMPLES)
    if unit in {"day", "weekday"} and not rest:
        return _Rule(DAILY, every, clock, weekdays[:5] if unit == "weekday" else ())
    if unit == "week" and _DAYS_OF_WEEK.fullmatch(rest):
        return _Rule(WEEKLY, every, clock, _weekdays(rest))
    if unit == "month" and (rule := _monthly(rest, every, clock, text)):
        return rule
    missing = {
        "week": "on which day of the week",
        "month": "on which day of the month",
    }.get(unit, "only how often and at what time")
    example = {"week": "week on sunday 02:00", "month": "month on first sunday 02:00"}.get(unit, "day at 02:00")
    raise WrongValueError(_CODE, f"{quoted(text)} has to say {missing}", f"write it as '{example}'")


def _weekdays(names: str) -> tuple[weekday, ...]:
    found = dict.fromkeys(_DAYS.index(name[:3]) for name in re.findall(_DAY, names))
    return tuple(weekdays[number] for number in found)


def _monthly(days: str, every: int, clock: time, text: str) -> _Rule | None:
    """The rule for a day of the month; None where `days` is none."""
    if found := _WEEKDAY_OF_MONTH.fullmatch(days):
        (day,) = _weekdays(found[2])
        return _Rule(MONTHLY, every, clock, (day(_ORDINALS[found[1]]),))
    if _LAST_DAY.fullmatch(days):
        return _Rule(MONTHLY, every, clock, day_of_month=-1)
    if found := _DAY_OF_MONTH.fullmatch(days):
        number = int(found[1])
        if 1 <= number <= _LAST_DAY_OF_ALL_MONTHS:
            return _Rule(MONTHLY, every, clock, day_of_month=number)
        raise WrongValueError(
            _CODE,
            f"{quoted(text)}: not every month has a day {number}",
            f"write 'month on the last day {clock:%H:%M}', or a day from 1 to {_LAST_DAY_OF_ALL_MONTHS}",
        )
    return None


def _hours(length: timedelta) -> str:
    minutes = round(length / timedelta(minutes=1))
    return f"{minutes // 60} h {minutes % 60} min" if minutes % 60 else f"{minutes // 60} h"
