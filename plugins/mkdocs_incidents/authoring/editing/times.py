"""Times as people type them into a command, in English: `14:30`, `-5m`, `10 minutes ago`, `sunday 02:00`.

What is typed may leave out the day, which is then the nearest in the direction that the command asks for; every command
shows what it understood (`echoed`). `content.format.instants` reads days, clock times and what a file states.

| typed | meaning |
|---|---|
| `now`, `-5m`, `-1h30m`, `+30m`, `10 minutes ago`, `in an hour` | counted from now, in whole minutes |
| `14:30`, `2:30pm`, `14h30`, `14.30` | the nearest such time that has passed, or is still to come |
| `today 14:30`, `yesterday 23:10`, `tomorrow 02:00` | on that day |
| `sunday 02:00`, `sun 02:00`, `6 April 14:30` | the nearest such day and time that has passed, or is still to come |
| `2026-11-28 14:30`, `28 November 2026 14:30`, `2026-11-28T13:30Z` | as it stands |

Behind each may stand `UTC`, an offset, a zone such as `Europe/Paris`, or the letters of the site's own zone. Days that
mean two things are refused: `05/06/2026`, `next sunday`, `10.11`.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_incidents.content.format.instants import (
    clock_in,
    days_in,
    first_instant,
    on_the_clock,
    why_not_an_instant,
    written,
)
from mkdocs_incidents.content.format.zones import iana_zone, zone_called
from mkdocs_incidents.content.problems import WrongValueError
from mkdocs_incidents.content.suggestions import quoted
from mkdocs_incidents.model import TOLERANCE

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_NOT_AN_INSTANT = "not-an-instant"
_LONGEST = 60
_FARTHEST = timedelta(days=366)
"""Of a time that is counted from now: what is farther away has a day."""
_TAKEN_FOR_FUTURE = timedelta(hours=12)
"""A clock time for what has happened is a slip if it comes up again within this time: then its day has to be typed."""
_TAKEN_FOR_PAST = timedelta(hours=1)
"""Likewise a clock time for what is to come that passed so recently: work of the night is planned in the morning."""

_COUNT = r"(?:\d{1,4}(?:\.\d{1,2})?|(?:half\s+)?an?(?=\s))"
_UNIT = r"(?:minutes?|mins?|m|hours?|hrs?|hr|h|days?|d|weeks?|w)"
_LENGTH = re.compile(rf"{_COUNT}\s*{_UNIT}(?:(?:\s*(?:,|and)\s*|\s*){_COUNT}\s*{_UNIT})*", re.ASCII)
_PART = re.compile(rf"({_COUNT})\s*({_UNIT})", re.ASCII)
_HOURS_AND_MINUTES = re.compile(r"(\d{1,3})h([0-5]\d)", re.ASCII)
_MINUTES_OF = {"m": 1, "h": 60, "d": 24 * 60, "w": 7 * 24 * 60}
_DIRECTIONS = (
    (re.compile(r"-\s*(.+)"), -1),
    (re.compile(r"\+\s*(.+)"), 1),
    (re.compile(r"(.+?)\s+ago"), -1),
    (re.compile(r"in\s+(.+)"), 1),
    (re.compile(r"(.+?)\s+from\s+now"), 1),
)
_NOW = {"now", "just now", "right now"}
_DASHES = str.maketrans("\u2010\u2011\u2012\u2013\u2212", "-----")
_FILLERS = re.compile(r",|\b(?:at|on|the|this)\b", re.IGNORECASE)
_RELATIVE_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1}
_RELATIVE_DAY = re.compile(rf"\b({'|'.join(_RELATIVE_DAYS)})\b", re.IGNORECASE)
_WEEKDAYS = {name[:3].casefold(): number for number, name in enumerate(calendar.day_name)}
_WEEKDAY = re.compile(
    r"\b(?:(?P<which>last|next|past|coming)\s+)?(?P<day>mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:rs|r|rsday)?"
    r"|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\b\.?",
    re.IGNORECASE,
)
_MONTHS = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in calendar.month_name if name).replace("Sep", "Sept?", 1)
_DAY_AND_MONTH = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTHS})\b|(?:{_MONTHS})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!:))\.?"
    r"(?!,?\s+\d{4}\b)",
    re.IGNORECASE | re.ASCII,
)
_COULD_BE_A_DAY = re.compile(r"([0-2]?\d|3[01])\.(0[1-9]|1[0-2])", re.ASCII)
_COULD_BE_A_LENGTH = re.compile(r"\dh\d\d", re.ASCII)
_ONLY_DIGITS = re.compile(r"(\d{1,2})(\d\d)?", re.ASCII)
_NO_CLOCK = re.compile(r"\d{1,2}[:.h]\d\d", re.ASCII | re.IGNORECASE)
_DATE_FIRST = re.compile(r"\d{4}-", re.ASCII)


class Tense(Enum):
    """Whether a time is of what has happened or of what is to come: which of two days is meant by `14:30`."""

    PAST = "past"
    FUTURE = "future"


class _Typed(NamedTuple):
    """What is made out in a text with a time of day."""

    days: tuple[date, ...]
    """Of which the nearest is meant."""
    clock: time
    clocks: tzinfo
    """On which the time is read."""
    zone_name: str
    """What stands of them behind the time."""


def read_time(text: str, *, now: datetime, zone: ZoneInfo, tense: Tense) -> datetime:
    """The UTC instant that `text` means at `now` (aware), in whole minutes unless it has seconds.

    A time of the past may be up to `TOLERANCE` later than `now`, as in a build. One that states its day, or is counted
    from now, may lie in either direction: see `require_past`.

    Raises:
        WrongValueError: any other form, days and times that do not exist or mean two things, times that the clocks
            skip or show twice, and times without a date that were most likely meant in the other direction.
    """
    plain = _plain(text)
    if (counted := _counted_from_now(plain, now)) is not None:
        return counted
    typed = _typed(plain, text, now, now, zone, tense)
    at = _nearest(typed, now, tense)
    if slip := _slip(typed, at, now, tense):
        raise _taken_for_another(typed, at, slip, now, tense)
    return at


def read_next(text: str, *, at: datetime, now: datetime, zone: ZoneInfo) -> datetime:
    """The UTC instant later than `at` that `text` means: a time, or a length from `at` on such as `30m`.

    Of times without a day that is the first one later than `at`; `today` and `tomorrow` are those of `now`.

    Raises:
        WrongValueError: as for `read_time`, and where the instant is not later than `at`.
    """
    plain = _plain(text)
    if _COULD_BE_A_LENGTH.fullmatch(plain):
        hour, minutes = plain.split("h")
        raise WrongValueError(
            _NOT_AN_INSTANT,
            f"{quoted(text)} could be a time or a length of time",
            f"write 0{hour}:{minutes} or {hour}h{minutes}m",
        )
    if plain.isdecimal() and plain.isascii():
        raise WrongValueError(
            _NOT_AN_INSTANT,
            f"{quoted(text)} has no unit",
            f"write a length such as {plain[:4]}m, or a time such as {_clock(_minutes(at) + timedelta(hours=1), zone)}",
        )
    if (length := _length(plain.removeprefix("+").casefold().removeprefix("in "))) is not None:
        return _minutes(at) + length
    due = _counted_from_now(plain, now)
    if due is None:
        typed = _typed(plain, text, now, at, zone, Tense.FUTURE)
        due = _nearest(typed, at, Tense.FUTURE)
        due = _slip(typed, due, at, Tense.FUTURE) or due
    if due <= at:
        raise WrongValueError(
            "next-update-in-past",
            f"{_dated(due, at, zone)} is not after {_clock(at, zone)}",
            f"write a later time, such as 30m, 1h or {_dated(_minutes(at) + timedelta(hours=1), at, zone)}",
        )
    return due


class Publication(NamedTuple):
    """From when on something is published."""

    at: datetime
    """UTC; of a day its first instant."""
    day: date | None
    """None where an instant is meant."""
    text: str
    """As files state it."""


def read_publication(text: str, *, now: datetime, zone: ZoneInfo) -> Publication:
    """The day or the instant that `text` means: `today`, `tomorrow`, `2026-12-01`, `1 December 2026`, or a time.

    Raises:
        WrongValueError: it means none, or two.
    """
    plain = _plain(text)
    today = now.astimezone(zone).date()
    days, remainder = days_in(plain)
    if (distance_in_days := _RELATIVE_DAYS.get(plain.casefold())) is not None:
        days, remainder = (today + timedelta(days=distance_in_days),), ""
    if days and not remainder.strip(" ."):
        if len(days) > 1:
            raise WrongValueError(
                "not-a-day", f"{quoted(text)} can mean two days", f"write {' or '.join(map(str, days))}"
            )
        return Publication(first_instant(days[0], zone), days[0], days[0].isoformat())
    try:
        at = read_time(text, now=now, zone=zone, tense=Tense.FUTURE)
    except WrongValueError as error:
        if plain and not error.message.endswith("is not a time"):
            raise
        message = error.message.replace("is not a time", "is no day") if plain else "no day is given"
        hint = f"write today, tomorrow, a day such as {today + timedelta(days=3)} or a time such as {today} 18:00"
        raise WrongValueError("not-a-day", message, hint) from None
    return Publication(at, None, written(at, zone))


def require_past(at: datetime, now: datetime, zone: ZoneInfo) -> None:
    """Check that something that has happened is not dated later than `now`, but for the tolerance of a build.

    Raises:
        WrongValueError: it is.
    """
    if at > now + TOLERANCE:
        raise WrongValueError(
            "in-the-future",
            f"{_dated(at, now, zone)} is {distance(at, now)}; now it is {_clock(now, zone)} {_letters(now, zone)}",
            f"write a time that has passed: now, -5m or {_clock(_minutes(now) - timedelta(minutes=10), zone)}",
        )


def echoed(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """An instant as commands show what they understood: `Saturday 28 November 2026, 14:30 WAT (5 minutes ago)`."""
    local = at.astimezone(zone)
    seconds = ":%S" if local.second else ""
    shown = format(local, f"%A {local.day} %B %Y, %H:%M{seconds}")
    return f"{shown} {_letters(at, zone)} ({distance(at, now)})"


def distance(at: datetime, now: datetime) -> str:
    """How far an instant is from now, with two units at most: `5 minutes ago`, `in 1 hour 20 minutes`, `now`."""
    minutes = round(abs(at - now) / timedelta(minutes=1))
    if minutes == 0:
        return "now"
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    counted = [(days, "day"), (hours, "hour"), (minutes, "minute")]
    first = next(place for place, (count, _) in enumerate(counted) if count)
    parts = [f"{count:,} {unit}{'' if count == 1 else 's'}" for count, unit in counted[first : first + 2] if count]
    return f"in {' '.join(parts)}" if at > now else f"{' '.join(parts)} ago"


def read_length(text: str) -> timedelta:
    """A length of time as it is typed: `30m`, `1h30m`, `2 days`.

    Raises:
        WrongValueError: it is none.
    """
    length = _length(_plain(text))
    if length is None:
        raise WrongValueError(_NOT_AN_INSTANT, f"{quoted(text)} is no length of time", "write one such as 30m or 1h30m")
    return length


def _plain(text: str) -> str:
    """`text` with ASCII digits, colons and hyphens, and single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_DASHES).split())


def _minutes(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(second=0, microsecond=0)


def _clock(at: datetime, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%H:%M}"


def _dated(at: datetime, now: datetime, zone: tzinfo) -> str:
    """The time of `at`, with its day where that is not the day of `now`."""
    local = at.astimezone(zone)
    return f"{local:%H:%M}" if local.date() == now.astimezone(zone).date() else f"{local:%Y-%m-%d %H:%M}"


def _letters(at: datetime, zone: tzinfo) -> str:
    """What the clocks of `zone` call themselves: `WAT`; an offset for zones without letters, `UTC+05:45`."""
    local = at.astimezone(zone)
    letters = local.tzname() or ""
    offset = f"{local:%z}"
    return letters if letters.isalpha() else f"UTC{offset[:3]}:{offset[3:5]}"


def _counted_from_now(plain: str, now: datetime) -> datetime | None:
    """The instant of `now` and of what is counted from it; None for other texts."""
    folded = plain.casefold()
    if folded in _NOW:
        return _minutes(now)
    for pattern, sign in _DIRECTIONS:
        if (found := pattern.fullmatch(folded)) and (length := _length(found[1])) is not None:
            return _minutes(now) + sign * length
    return None


def _length(plain: str) -> timedelta | None:
    """`1h30m`, `10 minutes`, `half an hour`; None for other texts.

    Raises:
        WrongValueError: it is longer than a year.
    """
    folded = plain.casefold()
    if found := _HOURS_AND_MINUTES.fullmatch(folded):
        minutes = int(found[1]) * 60 + float(found[2])
    elif _LENGTH.fullmatch(folded):
        minutes = sum(_number(part[1]) * _MINUTES_OF[part[2][0]] for part in _PART.finditer(folded))
    else:
        return None
    length = timedelta(minutes=round(minutes))
    if length > _FARTHEST:
        raise WrongValueError(
            _NOT_AN_INSTANT, f"{quoted(plain)} is longer than a year", "write the day and the time: 2026-11-28 14:30"
        )
    return length


def _number(count: str) -> float:
    return 0.5 if count.startswith("half") else 1 if count[0] == "a" else float(count)


def _typed(  # noqa: PLR0913, PLR0917
    plain: str, text: str, now: datetime, base: datetime, zone: ZoneInfo, tense: Tense
) -> _Typed:
    """The parts of a text with a time of day. `base` is what it is to be near to."""
    if not plain or len(plain) > _LONGEST or not plain.isprintable():
        raise _not_understood(text, now, zone, tense)
    if _COULD_BE_A_DAY.fullmatch(plain):
        raise WrongValueError(
            _NOT_AN_INSTANT, f"{quoted(text)} could be a day", f"write {plain.replace('.', ':'):0>5} if it is a time"
        )
    weekday, remainder = _cut(_WEEKDAY, plain)
    month, remainder = _cut(_DAY_AND_MONTH, remainder)
    relative, remainder = _cut(_RELATIVE_DAY, " ".join(_FILLERS.sub(" ", remainder).split()))
    days, remainder = days_in(remainder)
    clock, remainder = clock_in(remainder)
    if clock is None:
        raise _not_understood(text, now, zone, tense)
    if bool(days) + bool(month) + bool(relative) > 1 or (relative and weekday):
        raise WrongValueError(_NOT_AN_INSTANT, f"{quoted(text)} names two days", "write one of them")
    zone_name = remainder.strip(" ()")
    clocks = _clocks(zone_name, text, now, zone, tense)
    near = base.astimezone(clocks).date()
    if len(days) > 1:
        forms = " or ".join(f"{day} {clock:%H:%M}" for day in days)
        raise WrongValueError(_NOT_AN_INSTANT, f"{quoted(text)} can mean two days", f"write {forms}")
    if relative:
        today = now.astimezone(clocks).date()
        days = (today + timedelta(days=_RELATIVE_DAYS[relative[1].casefold()]),)
    elif month:
        days = _in_years(month[0], range(near.year - 1, near.year + 2), text)
    elif weekday:
        days = _on_weekday(
            weekday, days or tuple(near + timedelta(days=number) for number in range(-8, 9)), text, tense
        )
    return _Typed(days or tuple(near + timedelta(days=number) for number in (-1, 0, 1)), clock, clocks, zone_name)


def _cut(pattern: re.Pattern[str], text: str) -> tuple[re.Match[str] | None, str]:
    """The first match in `text`, and the text without it."""
    found = pattern.search(text)
    return found, text if found is None else f"{text[: found.start()]} {text[found.end() :]}"


def _in_years(day_and_month: str, years: range, text: str) -> tuple[date, ...]:
    """The days of a text such as `6 April` in each of these years that has them.

    Raises:
        WrongValueError: none has.
    """
    days = tuple(day for year in years for day in days_in(f"{day_and_month.rstrip('.')} {year}")[0])
    if not days:
        raise WrongValueError(
            _NOT_AN_INSTANT,
            f"{quoted(text)}: {years[0]} to {years[-1]} have no such day",
            "write the day as YYYY-MM-DD",
        )
    return days


def _on_weekday(weekday: re.Match[str], days: tuple[date, ...], text: str, tense: Tense) -> tuple[date, ...]:
    """Those of `days` that are on a day of the week.

    Raises:
        WrongValueError: the one day that is stated is on another, or the words around it can mean two days.
    """
    number = _WEEKDAYS[weekday["day"][:3].casefold()]
    found = tuple(day for day in days if day.weekday() == number)
    if not found:
        raise WrongValueError(
            _NOT_AN_INSTANT,
            f"{quoted(text)}: {days[0].day} {days[0]:%B %Y} is a {days[0]:%A}",
            f"write {days[0]} without the day of the week, or another date",
        )
    if weekday["which"] and len(days) > 1:
        nearest = "last one that has passed" if tense is Tense.PAST else "first one that is to come"
        raise WrongValueError(
            _NOT_AN_INSTANT,
            f"'{weekday[0].casefold()}' can mean two days",
            f"write {weekday['day'].casefold()} for the {nearest}, or its date, such as {found[-1]}",
        )
    return found


def _clocks(zone_name: str, text: str, now: datetime, zone: ZoneInfo, tense: Tense) -> tzinfo:
    """The clocks on which a time is read behind which `zone_name` stands.

    Raises:
        WrongValueError: it is no zone, or not one that is certain.
    """
    if not zone_name:
        return zone
    if "/" in zone_name:
        return iana_zone(zone_name)
    if clocks := zone_called(zone_name, zone, now.year):
        return clocks
    if re.fullmatch(r"[A-Z]{2,5}", zone_name):
        raise WrongValueError(
            _NOT_AN_INSTANT,
            f"{quoted(text)}: '{zone_name}' is not what clocks in {zone.key} call themselves",
            "write UTC, an offset such as +01:00 or a place such as Europe/Paris behind the time",
        )
    raise _not_understood(text, now, zone, tense)


def _nearest(typed: _Typed, now: datetime, tense: Tense) -> datetime:
    """The last instant until now, or the first one later than now, that `typed` can mean; else the nearest of all.

    Raises:
        WrongValueError: clocks skip that time, or show it twice in that direction.
    """
    readings = _readings(typed)
    fitting = [reading for reading in readings if _fits(reading[0], now, tense)]
    at, wall = min(fitting or readings, key=lambda reading: (abs(reading[0] - now), reading[0]))
    same = {other for other, other_wall in fitting if other_wall == wall}
    if len(same) == 1 and at.astimezone(typed.clocks).replace(tzinfo=None) == wall and not typed.zone_name:
        return at
    return on_the_clock(wall, typed.clocks, typed.zone_name.upper())


def _readings(typed: _Typed) -> list[tuple[datetime, datetime]]:
    """The instants that `typed` can mean, each with the time on the clocks: two where they are changed."""
    walls = [datetime.combine(day, typed.clock) for day in typed.days]
    return [(wall.replace(tzinfo=typed.clocks, fold=fold).astimezone(UTC), wall) for wall in walls for fold in (0, 1)]


def _fits(at: datetime, now: datetime, tense: Tense) -> bool:
    return at <= now + TOLERANCE if tense is Tense.PAST else at > now


def _slip(typed: _Typed, at: datetime, now: datetime, tense: Tense) -> datetime | None:
    """The instant of today that was most likely meant by a time without a date, in the other direction than `at`.

    None where none is near enough: within 12 hours for what has happened, within one for what is to come.
    """
    today = now.astimezone(typed.clocks).date()
    if at.astimezone(typed.clocks).date() == today:
        return None
    limit = _TAKEN_FOR_FUTURE if tense is Tense.PAST else _TAKEN_FOR_PAST
    others = (
        other
        for other, wall in _readings(typed)
        if wall.date() == today and not _fits(other, now, tense) and abs(other - now) <= limit
    )
    return min(others, default=None)


def _taken_for_another(typed: _Typed, at: datetime, slip: datetime, now: datetime, tense: Tense) -> WrongValueError:
    """The error for a time that means `at` where `slip` was most likely meant."""
    local = at.astimezone(typed.clocks)
    away = (local.date() - now.astimezone(typed.clocks).date()).days
    day = {-1: "yesterday", 1: "tomorrow"}.get(away, str(local.date()))
    meant = f"{day} {local:%H:%M} {typed.zone_name}".rstrip()
    past = tense is Tense.PAST
    away_from_now = distance(slip, now)
    return WrongValueError(
        "in-the-future" if past else _NOT_AN_INSTANT,
        f"{local:%H:%M} {'was' if away_from_now.endswith('ago') else 'is'} {away_from_now}; "
        f"now it is {_clock(now, typed.clocks)} {_letters(now, typed.clocks)}",
        f"write {meant} if you mean {day}" + (", or a time that has passed, such as -5m" if past else ""),
    )


def _not_understood(text: str, now: datetime, zone: ZoneInfo, tense: Tense) -> WrongValueError:  # noqa: PLR0911  one reason each
    """The error for a text that is no time: the reason that files give for one with a date, else what to type."""
    plain = _plain(text)
    shown = quoted(text, longest=40)
    examples = f"write a time such as {_examples(now, zone, tense)}"
    if not plain:
        return WrongValueError(_NOT_AN_INSTANT, "no time is given", examples)
    if len(plain) > _LONGEST:
        return WrongValueError(_NOT_AN_INSTANT, f"{shown} is not a time", examples)
    if length := _length(plain):
        signed, meant = (f"-{plain}", "ago") if tense is Tense.PAST else (f"+{plain}", "from now")
        return WrongValueError(
            _NOT_AN_INSTANT,
            f"{shown} is a length of time, not a time",
            f"write {signed} for {distance(now - length, now).removesuffix('ago')}{meant}",
        )
    digits = _ONLY_DIGITS.fullmatch(plain)
    if digits and int(digits[1]) < 24 and int(digits[2] or 0) < 60:  # noqa: PLR2004  a clock
        return WrongValueError(
            _NOT_AN_INSTANT,
            f"{shown} has no colon",
            f"write {digits[1]:0>2}:{digits[2] or '00'} if it is a time of day",
        )
    if _DATE_FIRST.match(plain) or days_in(plain)[0]:
        return why_not_an_instant(plain, zone, now.date())
    if _NO_CLOCK.fullmatch(plain):
        return WrongValueError(_NOT_AN_INSTANT, f"no clock shows {shown}", "write a time from 00:00 to 23:59")
    if (_RELATIVE_DAY.search(plain) or _WEEKDAY.search(plain)) and clock_in(plain)[0] is None:
        if re.search(r"\d", plain):  # with a time that is none, such as 25:00
            return WrongValueError(_NOT_AN_INSTANT, f"{shown} has no time of day from 00:00 to 23:59", examples)
        return WrongValueError(_NOT_AN_INSTANT, f"{shown} has no time of day", f"write {plain} {_clock(now, zone)}")
    return WrongValueError(_NOT_AN_INSTANT, f"{shown} is not a time", examples)


def _examples(now: datetime, zone: ZoneInfo, tense: Tense) -> str:
    """A time, a length from now, and a day with a time, in the direction that is wanted."""
    past = tense is Tense.PAST
    at = (_minutes(now) + timedelta(minutes=-10 if past else 30)).astimezone(zone)
    return f"{at:%H:%M}, {'-10m' if past else '+30m'} or {at:%Y-%m-%d %H:%M}"
