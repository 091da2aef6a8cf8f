"""Times as the file format has them: `2026-04-06 14:30`, with seconds or an offset where needed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from .time_repair import FIRST_YEAR, LAST_YEAR, why_not_a_day, why_not_an_instant
from .wrong import WrongValueError
from .zones import fixed_offset

_INSTANT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[Tt]| +)(\d\d):(\d\d)(?::(\d\d))? *(?:([Zz]|UTC)|([+-])(\d\d):?(\d\d))?", re.ASCII
)
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)


def read_instant(text: str, zone: ZoneInfo, *, example: date) -> datetime:
    """The UTC instant that `text` states; without an offset it is read on the clocks of `zone`.

    `example` is the day that hints use where `text` has none.

    Raises:
        WrongValueError: any other form, impossible dates, and times that the clocks of `zone` skip or show twice.
    """
    found = _INSTANT.fullmatch(text)
    if found is None:
        raise why_not_an_instant(text, zone, example)
    year, month, day, hour, minute, second, utc, sign, hours, minutes = found.groups()
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise why_not_an_instant(text, zone, example)
    try:
        local = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0))  # noqa: DTZ001  wall time
    except ValueError:
        raise why_not_an_instant(text, zone, example) from None
    if utc:
        return local.replace(tzinfo=UTC)
    if sign:
        offset = fixed_offset(sign, hours, minutes)
        if offset is None:
            raise why_not_an_instant(text, zone, example)
        return local.replace(tzinfo=offset).astimezone(UTC)
    return on_the_clock(local, zone)


def read_day(text: str, *, example: date) -> date:
    """The calendar day that `text` states: `2026-04-08`.

    Raises:
        WrongValueError: any other form, and days no calendar has.
    """
    found = _DAY.fullmatch(text)
    if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise why_not_a_day(text, example)
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise why_not_a_day(text, example) from None


def looks_like_a_day(text: str) -> bool:
    """Whether `text` has the shape of a day without a time."""
    return _DAY.fullmatch(text) is not None


def day_in(text: str) -> date | None:
    """The day a text begins with, if it is one: enough to show in a hint."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def read_clock(text: str) -> time | None:
    """The time of day that `text` states in 24 hours (`15:00`), or None."""
    found = _CLOCK.fullmatch(text)
    return time(int(found[1]), int(found[2])) if found else None


def first_instant(day: date, zone: ZoneInfo) -> datetime:
    """When `day` begins in `zone`, in UTC. Where clocks skip midnight, that is the end of the gap."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def next_time(clock: time, after: datetime, zone: tzinfo) -> datetime:
    """The first instant later than `after` (aware) at which clocks in `zone` show `clock`, in UTC.

    Raises:
        WrongValueError: clocks skip that time or show it twice on that day.
    """
    local = after.astimezone(zone)
    wall = datetime.combine(local.date(), clock)
    if wall <= local.replace(tzinfo=None):
        wall += timedelta(days=1)
    return on_the_clock(wall, zone)


def on_the_clock(local: datetime, zone: tzinfo) -> datetime:
    """The UTC instant at which clocks in `zone` show the naive `local`.

    Raises:
        WrongValueError: they never do, or they do twice; the hint has both readings.
    """
    early = local.replace(tzinfo=zone)
    if isinstance(zone, timezone):  # UTC and other fixed offsets: no clock changes
        return early.astimezone(UTC)
    late = early.replace(fold=1)
    before, after = early.utcoffset(), late.utcoffset()
    if before == after or before is None or after is None:
        return early.astimezone(UTC)
    first, second = (local - before).replace(tzinfo=UTC), (local - after).replace(tzinfo=UTC)
    day = f"{local.day} {local:%B %Y}"
    where = zone.key if isinstance(zone, ZoneInfo) else str(zone)
    turn = _clock_change(min(first, second), max(first, second), zone)
    clocks = [f"{(turn + offset).replace(tzinfo=None):%H:%M}" for offset in (before, after)]
    readings = with_offset(first.astimezone(zone)), with_offset(second.astimezone(zone))
    if before < after:
        raise WrongValueError(
            "time-skipped",
            f"{local:%H:%M} on {day} does not exist in {where}: clocks go from {clocks[0]} to {clocks[1]}",
            f"write {readings[0]} or {readings[1]}",
        )
    raise WrongValueError(
        "time-twice",
        f"{local:%H:%M} on {day} happens twice in {where}: clocks go back from {clocks[0]} to {clocks[1]}",
        f"write {readings[0]} for the first or {readings[1]} for the second",
    )


def _clock_change(low: datetime, high: datetime, zone: tzinfo) -> datetime:
    """The UTC instant between `low` and `high` at which `zone` changes its offset."""
    before = low.astimezone(zone).utcoffset()
    if high.astimezone(zone).utcoffset() == before:  # the change lies at the very edge of the gap
        return high
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


def with_offset(instant: datetime) -> str:
    """An aware instant in the file format, with its offset: `2026-03-29 03:30+02:00`."""
    written = f"{instant:%Y-%m-%d %H:%M:%S}" if instant.second else f"{instant:%Y-%m-%d %H:%M}"
    offset = f"{instant:%z}"
    return f"{written}{offset[:3]}:{offset[3:5]}"


def told(instant: datetime, zone: ZoneInfo) -> str:
    """An instant as messages show it, on the clocks of `zone`: `2026-04-06 15:15 WAT`."""
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M %Z}"
