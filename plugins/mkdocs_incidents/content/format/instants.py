"""Times as the file format has them, `2026-04-06 14:30`, with seconds or an offset where needed.

For any other text the error says why it is no time or day, and what its author most likely meant.
"""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from ..problems import WrongValueError
from ..suggestions import quoted
from .zones import USED_BY, abbreviation_of, fixed_offset, own_abbreviations

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST_YEAR, LAST_YEAR = 1970, 2199

_NOT_AN_INSTANT, _NOT_A_DAY = "not-an-instant", "not-a-day"
_UNKNOWN_DAY = "YYYY-MM-DD"
"""Stands in a hint for a day that the author did not state."""
_FORM = f"write it as {_UNKNOWN_DAY} HH:MM"
_LONGEST = 60
_LENGTH_OF_OFFSET = len("+00:00")
_LETTERS_FOR_DIGITS = str.maketrans("OoIl", "0011")
_DIGITS = re.compile(r"(?<![A-Za-z])(?=[\dOoIl]*\d)[\dOoIl]+(?![A-Za-z])|(?<=\d)[OoIl]+(?=[\d:-])", re.ASCII)
_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if number}
_YMD = re.compile(r"(?<!\d)(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|(\d\d)(\d\d))(?!\d)", re.ASCII)
_DMY = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d\d)(?!\d)", re.ASCII)
_WORDY = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?([A-Za-z]{3,9})\.?,?\s+(\d{4})"
    r"|([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4}))(?!\d)",
    re.ASCII,
)
_TIME = re.compile(
    r"(?<![\d+-])T?(\d{1,2})(?:[:.hH](\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?\s*([AaPp]\.?[Mm]\.?)?(?![\d:])", re.ASCII
)
_COMPACT_TIME = re.compile(r"T(\d\d)(\d\d)(\d\d)?(?!\d)", re.ASCII)
_OFFSET = re.compile(r"\s*(?:UTC|GMT)?\s*([+-])(\d{1,2})(?::?(\d\d))?\s*$", re.ASCII)
_ZONE_WORD = re.compile(r"\s*\(?([A-Za-z]{1,5}|[A-Za-z ]+ [Tt]ime)\)?\s*$", re.ASCII)


class _Guess(NamedTuple):
    """What can be made out in a text that is not written as it should be."""

    days: tuple[date, ...]
    """More than one where day and month cannot be told apart."""
    clock: time | None
    offset: str
    """`+01:00`, `Z` or nothing."""
    zone_word: str


def why_not_an_instant(text: str, zone: ZoneInfo, example: date) -> WrongValueError:  # noqa: PLR0911  one reason each
    """The error for a text that should be an instant."""
    shown = quoted(text, longest=40)
    if len(text) > _LONGEST:
        return WrongValueError(_NOT_AN_INSTANT, f"{shown} is not a time", _FORM)
    cleaned = _DIGITS.sub(lambda found: found[0].translate(_LETTERS_FOR_DIGITS), text)
    if impossible := _impossible(cleaned):
        return WrongValueError(_NOT_AN_INSTANT, f"{shown}: {impossible[0]}", impossible[1])
    guess = _guess(cleaned)
    if guess.zone_word:
        return _wrong_zone(shown, guess, zone, example)
    if guess.days and guess.clock:
        return WrongValueError(_NOT_AN_INSTANT, f"{shown} {_why(text, cleaned)}", _offer(guess))
    if guess.days:
        written = " or ".join(f"{day} HH:MM" for day in guess.days)
        return WrongValueError(
            _NOT_AN_INSTANT, f"{shown} has no time of day", f"write {written}, with the hour and minute"
        )
    if guess.clock:
        return WrongValueError(_NOT_AN_INSTANT, f"{shown} has no date", _offer(guess))
    return WrongValueError(_NOT_AN_INSTANT, f"{shown} is not a time", _FORM)


def why_not_a_day(text: str) -> WrongValueError:
    """The error for a text that should be a calendar day."""
    shown = quoted(text, longest=40)
    if len(text) > _LONGEST:
        return WrongValueError(_NOT_A_DAY, f"{shown} is not a day", f"write it as {_UNKNOWN_DAY}")
    cleaned = _DIGITS.sub(lambda found: found[0].translate(_LETTERS_FOR_DIGITS), text)
    if impossible := _impossible(cleaned):
        return WrongValueError(_NOT_A_DAY, f"{shown}: {impossible[0]}", impossible[1])
    guess = _guess(cleaned)
    if guess.days and guess.clock:
        return WrongValueError(_NOT_A_DAY, f"{shown} has a time, but only a day is wanted", f"write {guess.days[0]}")
    if guess.days:
        return WrongValueError(_NOT_A_DAY, f"{shown} {_why(text, cleaned, 'year-month-day')}", _offer(guess))
    return WrongValueError(_NOT_A_DAY, f"{shown} is not a day", f"write it as {_UNKNOWN_DAY}")


def _why(text: str, cleaned: str, wanted: str = "year-month-day hour:minute") -> str:
    if text != cleaned:
        letter = next(typed for typed, digit in zip(text, cleaned, strict=True) if typed != digit)
        return f"has the letter {letter} where a digit belongs"
    return f"is not written as {wanted}"


def _offer(guess: _Guess) -> str:
    clock = guess.clock and (f" {guess.clock:%H:%M:%S}" if guess.clock.second else f" {guess.clock:%H:%M}")
    forms = [f"{day}{clock or ''}{guess.offset}" for day in guess.days or (_UNKNOWN_DAY,)]
    if len(forms) == 1:
        return f"write {forms[0]}"
    return "write " + " or ".join(f"{form} for {day.day} {day:%B}" for form, day in zip(forms, guess.days, strict=True))


def _wrong_zone(shown: str, guess: _Guess, zone: ZoneInfo, example: date) -> WrongValueError:
    word = guess.zone_word
    day = guess.days[0] if guess.days else example
    written = _offer(guess._replace(offset=""))
    if word.upper() in own_abbreviations(zone, day.year):
        wall = datetime.combine(day, guess.clock or time())
        return WrongValueError(
            _NOT_AN_INSTANT,
            f"{shown}: letters of a zone are not read behind a time; times here are in {zone.key}",
            _offer_of_letters(wall, zone, word.upper()) or written,
        )
    if abbreviation := abbreviation_of(word):
        places = USED_BY[abbreviation]
        message = f"{shown}: '{word}' is not understood behind a time; it is used in {' and '.join(places)}"
        offsets = {_offset_of_letters(ZoneInfo(place), abbreviation, day.year) for place in places}
        offset = offsets.pop()
        if offset is not None and not offsets and guess.clock:
            meant = datetime.combine(day, guess.clock, tzinfo=timezone(offset))
            return WrongValueError(_NOT_AN_INSTANT, message, f"write {with_offset(meant)}")
        return WrongValueError(
            _NOT_AN_INSTANT, message, f"{written} with the offset behind it, such as +01:00, or Z for UTC"
        )
    if word.upper() == "GMT":
        return WrongValueError(_NOT_AN_INSTANT, f"{shown}: 'GMT' is not understood behind a time", f"{written}Z")
    return WrongValueError(
        _NOT_AN_INSTANT, f"{shown}: '{word}' is not understood", f"{written}, or with an offset such as +01:00"
    )


def _offer_of_letters(wall: datetime, zone: ZoneInfo, letters: str) -> str:
    """What to write for a time with letters of its zone where clocks do not show it, or not once, or with others.

    Empty where the time alone is read as it was meant.
    """
    readings = [wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1)]
    shown = [at for at in readings if at.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall]
    named = [at for at in shown if (at.tzname() or "").upper() == letters]
    if named and len({at.utcoffset() for at in shown}) == 1:
        return ""
    if named:
        return f"write {with_offset(named[0])}"
    offset = _offset_of_letters(zone, letters, wall.year)
    if offset is None:
        return ""
    meant = with_offset(wall.replace(tzinfo=timezone(offset)))
    if not shown:
        return f"write {meant}"
    return f"write {meant} for {letters}, or {with_offset(shown[0])} for what clocks showed then"


def _offset_of_letters(zone: ZoneInfo, letters: str, year: int) -> timedelta | None:
    """The offset of the clocks of `zone` at the times of a year at which they have these letters; None if never."""
    year_round = (datetime(year, month, 1, tzinfo=zone) for month in (1, 4, 7, 10))
    return next((at.utcoffset() for at in year_round if (at.tzname() or "").upper() == letters), None)


def _impossible(text: str) -> tuple[str, str] | None:  # noqa: PLR0911  one reason each
    """What no calendar or clock has, in a text whose shape is right; and what to type."""
    shape = re.match(r"(\d{4})-(\d\d)-(\d\d)(?:[Tt ]+(\d\d):(\d\d)(?::(\d\d))?)?(?![\d:])(.*)", text, re.ASCII)
    if shape is None:
        return None
    year, month, day = (int(shape[n]) for n in (1, 2, 3))
    rest = text[len(shape[1]) + 6 :]
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return f"the year {shape[1]} cannot be meant", f"write a year from {FIRST_YEAR} to {LAST_YEAR}"
    if not 1 <= month <= 12:  # noqa: PLR2004  months
        swapped = f"write {year}-{day:02}-{month:02}{rest}" if 1 <= day <= 12 and 1 <= month <= 31 else ""  # noqa: PLR2004
        return f"there is no month {month:02}", swapped or "write a month from 01 to 12"
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        return f"{date(year, month, 1):%B %Y} has {days} days", f"write a day from 01 to {days}"
    if shape[4] is None:
        return None
    hour, minute, second = int(shape[4]), int(shape[5]), int(shape[6] or 0)
    if hour == 24 and minute == 0:  # noqa: PLR2004
        midnight = f"{date(year, month, day) + timedelta(days=1)} 00:00{shape[7]}"
        return "the hours of a day go from 00 to 23", f"write {midnight}"
    for value, most, unit in ((hour, 23, "hour"), (minute, 59, "minute"), (second, 59, "second")):
        if value > most:
            return f"there is no {unit} {value}", f"write {'an' if unit == 'hour' else 'a'} {unit} from 00 to {most}"
    offset = re.fullmatch(r" *([+-])(\d\d):?(\d\d)", shape[7], re.ASCII)
    if offset:
        return (
            f"no place on earth is {offset[1]}{offset[2]}:{offset[3]} away from UTC",
            "write an offset such as +01:00",
        )
    return None


def _guess(text: str) -> _Guess:
    days, rest = days_in(text)
    clock, rest = clock_in(rest)
    offset = zone_word = ""
    if clock and (found := _OFFSET.fullmatch(rest)):
        offset = f"{found[1]}{int(found[2]):02}:{found[3] or '00'}"
    elif clock and (found := _ZONE_WORD.fullmatch(rest)):
        if found[1].upper() in {"Z", "UTC"}:
            offset = "Z"
        elif found[1].casefold() not in {"h", "hrs", "uhr", "at", "t"}:
            zone_word = found[1]
    elif clock and days and len(rest.strip()) > 1:
        zone_word = rest.strip()
    return _Guess(days=days, clock=clock, offset=offset, zone_word=zone_word)


def days_in(text: str) -> tuple[tuple[date, ...], str]:
    """The days that the first day in `text` may be, in any usual form, and the text without it.

    More than one where day and month cannot be told apart; none where there is no day, or one without a year.
    """
    for pattern, readings in ((_YMD, _year_first), (_WORDY, _worded), (_DMY, _year_last)):
        if (found := pattern.search(text)) and (days := tuple(dict.fromkeys(readings(found)))):
            rest = re.sub(r"^\s*(?:at\b|,)\s*", " ", text[found.end() :])
            return days, text[: found.start()].rstrip(", ") + rest
    return (), text


def _year_first(found: re.Match[str]) -> Iterator[date]:
    yield from _day(found[1], found[2] or found[4], found[3] or found[5])


def _worded(found: re.Match[str]) -> Iterator[date]:
    month = _MONTHS.get((found[2] or found[4])[:3].casefold())
    if month:
        yield from _day(found[3] or found[6], str(month), found[1] or found[5])


def _year_last(found: re.Match[str]) -> Iterator[date]:
    year = found[3] if len(found[3]) == 4 else f"20{found[3]}"  # noqa: PLR2004  digits
    yield from _day(year, found[2], found[1])
    yield from _day(year, found[1], found[2])


def _day(year: str, month: str, day: str) -> Iterator[date]:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return
    if FIRST_YEAR <= found.year <= LAST_YEAR:
        yield found


def clock_in(text: str) -> tuple[time | None, str]:
    """The first time of day in `text`, in any usual form, and the text without it."""
    if found := _COMPACT_TIME.search(text):
        hour, minute, second, half = found[1], found[2], found[3], None
    else:
        candidates = (match for match in _TIME.finditer(text) if match[2] or match[4])
        found = next(candidates, None)
        if found is None:
            return None, text
        hour, minute, second, half = found.groups()
    clock = twelve_hours(int(hour), int(minute or 0), half)
    if clock is None or int(second or 0) > 59:  # noqa: PLR2004
        return None, text
    return clock.replace(second=int(second or 0)), text[: found.start()] + text[found.end() :]


def twelve_hours(hour: int, minute: int, half: str | None) -> time | None:
    """`2`, `30`, `PM` as 14:30; without a half the hour is one of 24. None for hours no clock has.

    `14:15pm` is taken as 14:15: the hour alone says all; `14:15am` is not understood.
    """
    if half:
        afternoon = half[0] in "Pp"
        if 1 <= hour <= 12:  # noqa: PLR2004
            hour = hour % 12 + (12 if afternoon else 0)
        elif not afternoon or hour == 0:
            return None
    if hour > 23 or minute > 59:  # noqa: PLR2004
        return None
    return datetime(2000, 1, 1, hour, minute).time()  # noqa: DTZ001  only the time of day is wanted


_INSTANT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[Tt]| +)(\d\d):(\d\d)(?::(\d\d))? *(?:([Zz]|UTC)|([+-])(\d\d):?(\d\d))?", re.ASCII
)
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)


def read_instant(text: str, zone: ZoneInfo, *, example: date) -> datetime:
    """The UTC instant that `text` states; without an offset it is read on the clocks of `zone`.

    `example` is a day of the year in which `text` is likely to be, for the letters of zones in it.

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


def read_day(text: str) -> date:
    """The calendar day that `text` states: `2026-04-08`.

    Raises:
        WrongValueError: any other form, and days no calendar has.
    """
    found = _DAY.fullmatch(text)
    if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise why_not_a_day(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise why_not_a_day(text) from None


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


def next_time(clock: time, after: datetime, zone: tzinfo, letters: str = "") -> datetime:
    """The first instant later than `after` (aware) at which clocks in `zone` show `clock`, in UTC.

    `letters` are those of the zone that are written behind the time, such as CEST; empty for none.

    Raises:
        WrongValueError: clocks skip that time, or show it twice from then on and `letters` do not say which is meant.
    """
    local = after.astimezone(zone)
    wall = datetime.combine(local.date(), clock)
    first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first <= after < second:  # clocks show it twice, and the first time has passed
        return second
    if wall <= local.replace(tzinfo=None):
        wall += timedelta(days=1)
    return on_the_clock(wall, zone, letters)


def on_the_clock(local: datetime, zone: tzinfo, letters: str = "") -> datetime:
    """The UTC instant at which clocks in `zone` show the naive `local`; of two that with `letters`, such as CEST.

    Raises:
        WrongValueError: they never do, or they do twice; the hint has both readings.
    """
    early = local.replace(tzinfo=zone, fold=0)
    if isinstance(zone, timezone):  # UTC and other fixed offsets: no clock changes
        return early.astimezone(UTC)
    late = early.replace(fold=1)
    before, after = early.utcoffset(), late.utcoffset()
    if before == after or before is None or after is None:
        return early.astimezone(UTC)
    for at in (early, late):
        if letters and before > after and at.tzname() == letters:
            return at.astimezone(UTC)
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
    shown = f"{instant:%Y-%m-%d %H:%M:%S}" if instant.second else f"{instant:%Y-%m-%d %H:%M}"
    offset = f"{instant:%z}"
    return f"{shown}{offset[:3]}:{offset[3:5]}"


def written(instant: datetime, zone: tzinfo) -> str:
    """An aware instant as a file states it that is read on the clocks of `zone`: `2026-03-29 03:30`.

    With seconds if it has any, and with its offset where clocks show that time twice.
    """
    local = instant.astimezone(zone)
    with_its_offset = with_offset(local)
    try:
        on_the_clock(local.replace(tzinfo=None), zone)
    except WrongValueError:
        return with_its_offset
    return with_its_offset[:-_LENGTH_OF_OFFSET]


def formatted(instant: datetime, zone: ZoneInfo) -> str:
    """An instant as messages show it, on the clocks of `zone`: `2026-04-06 15:15 WAT`."""
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M %Z}"
