"""Times in a line of text: times of day, and with them the day and the zone written beside; spans of two times."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from .days import DATE, WrittenDay, day_in_match, mend_digits
from .zones import ZONE, WrittenZone, offset_zone, zone_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_HALF_A_DAY = 12
_HOURS, _MINUTES = 24, 60

# A letter, a digit or a dot before it makes a number part of something longer; the T of `2022-06-02T10:00` does not.
CLOCK = re.compile(
    r"(?:(?<![\w:./$€£+])|(?<=\dT))(?:"
    r"(?P<h1>[0-2]?\d):(?P<m1>[0-5]\d)(?::(?P<s1>[0-5]\d)(?:[.,]\d{1,9})?)?(?!\d|:\d|\.\d"
    r"|/)(?:[ .:]?\s?(?P<half1>[AaPp]\.?[Mm]\b\.?|M\b))?(?:\s?(?:hrs?|hours|Uhr)\b)?"
    r"|(?P<h2>[0-2]?\d)[.](?P<m2>[0-5]\d)(?![\d.%])\s?(?P<half2>[AaPp]\.?[Mm]\b\.?)"
    r"|(?P<h3>[01]?\d):?\s?(?P<half3>[AaPp]\.?[Mm]\b\.?|o['’]clock)"
    r"|(?P<h4>[0-2]?\d)h(?P<m4>[0-5]\d)?(?![\w])(?=\s*(?:$|[-–—:,.)]|UTC|GMT|CES?T|to\b|and\b))"
    r"|(?P<h5>[0-2]\d)(?P<m5>[0-5]\d)\s?(?:hrs?\b|(?=(?:UTC|GMT|Z)\b))"
    r"|(?:12\s)?(?P<word>[Nn]oon|[Mm]idday|[Mm]idnight)\b"
    r"|(?P<h6>[0-2]?\d)[.](?P<m6>[0-5]\d)(?![\d.%])(?=\s*(?:$|[-–—:)*]|hrs?\b|UTC|GMT|[A-Z]{2,4}T\b)))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenClock:
    """A time of day, and how much of it was written."""

    hour: int
    minute: int
    second: int = 0
    half: str = ""
    """`am`, `pm`, `?` where the letters were lost, or nothing where the author wrote none."""
    padded: bool = field(default=False, compare=False)
    """Whether it was written as `03:00`."""

    @property
    def either_half(self) -> bool:
        """Whether it may be a time of the morning or of the afternoon, for all its author wrote."""
        return self.half in {"", "?"} and 1 <= self.hour <= _HALF_A_DAY and not self.padded

    @property
    def minutes(self) -> int:
        """Minutes since midnight."""
        return self.hour * 60 + self.minute

    def in_half(self, half: str) -> WrittenClock:
        """The same digits read as a time of the morning (`am`) or of the afternoon (`pm`)."""
        if self.hour > _HALF_A_DAY:
            return replace(self, half=half)
        hour = self.hour % _HALF_A_DAY + (_HALF_A_DAY if half == "pm" else 0)
        return replace(self, hour=hour, half=half)

    def apart(self, minutes: int) -> int:
        """The minutes between it and a minute of the day, whichever half of the day was meant."""
        readings = [self, self.in_half("am"), self.in_half("pm")] if self.either_half else [self]
        apart = min(abs(reading.minutes - minutes) for reading in readings)
        return min(apart, 2 * _HALF_A_DAY * _MINUTES - apart)

    def __str__(self) -> str:
        """On 24 hours: `14:30`."""
        return f"{self.hour:02}:{self.minute:02}"


def clock_of(found: re.Match[str]) -> WrittenClock | None:
    """The time that a match of `CLOCK` writes; None for times no clock shows."""
    if word := (found["word"] or "").casefold():
        return WrittenClock(
            hour=0 if word == "midnight" else _HALF_A_DAY, minute=0, half="am" if word == "midnight" else "pm"
        )
    for form in "123456":
        if found[f"h{form}"] is None:
            continue
        groups = found.groupdict()
        hour, minute = int(groups[f"h{form}"]), int(groups.get(f"m{form}") or 0)
        letters = (groups.get(f"half{form}") or "").casefold()
        half = {"a": "am", "p": "pm", "m": "?"}.get(letters[:1], "")
        if hour == _HOURS and minute == 0 and not half:
            hour = 0
        if hour >= _HOURS or minute >= _MINUTES:
            return None
        second, padded = int(groups.get(f"s{form}") or 0), groups[f"h{form}"].startswith("0")
        clock = WrittenClock(hour=hour, minute=minute, second=second, half=half, padded=padded)
        return clock.in_half(half) if half in {"am", "pm"} else clock
    return None


_JOINT = re.compile(
    r"(?:[\s,()\[\]*_`]|\b(?:on|at|of|the|about|around|approximately|roughly|in|hours|hrs|local|time)\b){0,12}",
    re.IGNORECASE,
)
_JOINT_DAY_CLOCK = re.compile(
    r"[\s,()\[\]*_`T@–—:|-]{0,8}(?:(?:at|about|around|approximately|roughly|from|between|approx\.?|~)\s){0,3}",
    re.IGNORECASE,
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)"
WEEKDAY = re.compile(rf"\b{_WEEKDAY}\b[,.]?\s*", re.IGNORECASE)
_OFFSET = re.compile(r"(?:(?<=T\d\d:\d\d)|(?<=T\d\d:\d\d:\d\d))[+-]\d\d:?\d\d(?!\d)")
_LONGEST = 20_000
"""Characters of one line that are looked at: nobody writes a longer one by hand."""

_HEAD = 110
"""Characters in which the time at the beginning of a line ends, zone, day and all."""
_MAY_HOLD_ONE = re.compile(r"\d|[Nn]oon|[Mm]id(?:day|night)")

Token = tuple[int, int, "WrittenDay | WrittenClock | WrittenZone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeMention:
    """What was written about one point in time, and where in the text."""

    start: int
    end: int
    day: WrittenDay | None = None
    clock: WrittenClock | None = None
    zone: WrittenZone | None = None


def tokens(text: str) -> list[Token]:
    """Every day, time and zone in `text`, in order, without overlaps."""
    text, _ = mend_digits(text[:_LONGEST])
    found: list[Token] = [
        (match.start(), match.start() + len(match[0].rstrip(" ,.")), day)
        for match in DATE.finditer(text)
        if (day := day_in_match(match))
    ]
    # Behind a whole instant `-04:00` is its offset, and no second time.
    found += [(match.start(), match.end(), zone) for match in _OFFSET.finditer(text) if (zone := offset_zone(match[0]))]
    for pattern, meaning in ((CLOCK, clock_of), (ZONE, zone_of)):
        taken = sorted((start, end) for start, end, _ in found)
        for match in pattern.finditer(text):
            value = None if _overlaps(taken, match.start(), match.end()) else meaning(match)
            if value is not None:
                found.append((match.start(), match.end(), value))
    return sorted(found, key=lambda token: token[:2])


def _overlaps(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    low, high = 0, len(taken)
    while low < high:
        middle = (low + high) // 2
        if taken[middle][1] <= start:
            low = middle + 1
        else:
            high = middle
    return low < len(taken) and taken[low][0] < end


@lru_cache(maxsize=512)  # several readers and rules ask for those of one text while its file is read
def time_mentions(text: str) -> tuple[TimeMention, ...]:
    """The points in time `text` names: neighbouring days, times and zones belong together."""
    if not _MAY_HOLD_ONE.search(text):
        return ()
    found: list[TimeMention] = []
    for start, end, value in tokens(text):
        last = found[-1] if found else None
        joined = _joined(last, text[last.end : start], end, value) if last else None
        if joined:
            found[-1] = joined
        elif isinstance(value, WrittenDay):
            found.append(TimeMention(start=start, end=end, day=value))
        elif isinstance(value, WrittenClock):
            found.append(TimeMention(start=start, end=end, clock=value))
        else:
            found.append(TimeMention(start=start, end=end, zone=value))
    return tuple(found)


def _joined(
    last: TimeMention, gap: str, end: int, value: WrittenDay | WrittenClock | WrittenZone
) -> TimeMention | None:
    """`last` with `value`, if that stands close behind it and `last` has none of its kind yet."""
    gap = WEEKDAY.sub("", gap)
    if isinstance(value, WrittenClock):
        if last.day is None or last.clock is not None or last.zone is not None or not _JOINT_DAY_CLOCK.fullmatch(gap):
            return None
        return TimeMention(start=last.start, end=end, day=last.day, clock=value)
    if last.clock is None or not _JOINT.fullmatch(gap):
        return None
    if isinstance(value, WrittenDay):
        return None if last.day else TimeMention(start=last.start, end=end, day=value, clock=last.clock, zone=last.zone)
    if last.zone is not None:  # `Pacific Standard Time (PST)`: the letters say the same, shorter
        same = gap.strip() == "(" and last.zone.key is not None and last.zone.key == value.key
        return replace(last, end=end, zone=value) if same else None
    return TimeMention(start=last.start, end=end, day=last.day, clock=last.clock, zone=value)


_BEFORE = re.compile(
    rf"(?:[\s,;~@|\[(*_`\"“”']|(?:at|by|around|approx(?:imately)?\.?|about|roughly|on|from|circa"
    rf"|ca\.|time|date)\b[:\s]?"
    rf"|{_WEEKDAY}\b[,.]?|day\s\d{{1,3}}\b[:,\s–—-]{{0,4}})*",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"(?:[\s,;@|\[\]()*_`~T]|\b(?:on|at|of|the|hrs?|hours)\b)*(?:[-–—:|]\s*(?=[\[(]?\d))?[\[(]?", re.IGNORECASE
)
_RANGE = re.compile(r"[\s)\]]*(?:-|–|—|→|->|\bto\b|\buntil\b|\btill\b|\band\b)\s*", re.IGNORECASE)
_AFTER = re.compile(
    r"[\s*_`\])|,;.\"”]*(?:\((?:[A-Z]{2,5})\)[\s*_`\])|,;.\"”]*)?(?:(?:[-–—:=>→]|-{1,3}>?)+(?=\s|$|[^\d])[\s*_`"
    r"|]*)?(?:[*_`]{1,3}\s*)?"
)


_ASIDE = re.compile(r"\([^()]{0,80}\)")


_DOTTED = re.compile(
    r"^[*_\[( ]{0,8}(?:[Aa]t )?(?:[01]?\d|2[0-3])\.[0-5]\d(?:\s?(?:-|–|—|to|until|till)\s?(?:[01]?\d|2[0-3])\.[0-5]\d)?"
    r"(?=[*_\])]*\s)(?!\s(?:%|[kKMGT]i?B?\b|million|thousand|percent|per cent|seconds|times))"
)


def with_colons(text: str) -> str:
    """`14.30 it broke` with a colon in the time at its beginning, and in a second one that ends its range.

    Only for entries of a timeline: elsewhere that is a number. The length stays, so places stay.
    """
    return _DOTTED.sub(lambda found: found[0].replace(".", ":"), text)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadingTime:
    """The time at the beginning of a line, and the text about it."""

    mention: TimeMention
    until: TimeMention | None
    rest: str
    separated: bool = False
    """Whether a colon or a dash stands between the time and the text."""

    @property
    def day_alone(self) -> bool:
        """Whether the line is a day and nothing else: `12 June`, `29-09-2021 (all times CEST)`."""
        return (
            self.mention.day is not None
            and self.mention.clock is None
            and not re.search(r"\w", _ASIDE.sub("", self.rest))
        )


def leading_time(text: str) -> LeadingTime | None:
    """The time `text` begins with; None where it begins with something else."""
    if not _MAY_HOLD_ONE.search(text, 0, 60):
        return None
    begin = _BEFORE.match(text, 0, _HEAD)
    position = begin.end() if begin else 0
    found = [mention for mention in time_mentions(text[:_HEAD]) if mention.day or mention.clock]
    if not found or found[0].start > position + 1 or (found[0].start > position and text[position] not in "([*"):
        return None
    first, until, end = found[0], None, found[0].end
    if len(found) > 1 and first.clock and found[1].clock and _RANGE.fullmatch(text, first.end, found[1].start):
        until, end = found[1], found[1].end
    if (
        first.clock is None
        and len(found) > 1
        and found[1].clock
        and _BETWEEN.fullmatch(text, first.end, found[1].start)
    ):
        first = TimeMention(
            start=first.start, end=found[1].end, day=first.day, clock=found[1].clock, zone=found[1].zone
        )
        end = first.end
    after = _AFTER.match(text, end)
    separated = bool(after and re.search(r"[:=–—-]", after[0]))
    return LeadingTime(
        mention=first, until=until, rest=text[after.end() if after else end :].strip(), separated=separated
    )


_GAP_WORDS = (
    r"on|the|same|day|and|at|to|until|till|til|through|thru|up|around|approximately|about|roughly|nearly|ended"
    r"|ending|ends|ended|end|"
    r"was|were|being|fully|finally|resolved|restored|fixed|recovered|concluded|concluding|finished|finishing"
    r"|lasted|lasting|it|next|following|"
    r"day|morning|afternoon|evening|night|in|of|time|local|hours|hrs|later|with|service|services|resolution"
    r"|resolving|completely|"
    r"when|before|by|eventually|normal|stop|stopped|stopping|which|this|that|a|total|outage|incident|issue"
)
_GAP = re.compile(rf"(?:[\s,;()\[\].*_–—→=>-]|\b(?:{_GAP_WORDS})\b){{1,40}}", re.IGNORECASE)
_CONNECTOR = re.compile(
    r"\b(?:to|until|till|til|through|thru|and|ended|ending|ends|lasting|lasted|resolved|restored|concluded"
    r"|concluding|finishing|recovered)\b|=>|[–—→-]",
    re.IGNORECASE,
)
_PLAIN_HOURS = re.compile(
    r"\b(?:from|between)\s+(\d{1,2})\s*(?:to|-|–|—|and|until)\s*(?=(\d{1,2})(?::[0-5]\d)?\s?[ap]\.?m\b)", re.IGNORECASE
)


def span_in(text: str) -> tuple[TimeMention, TimeMention] | None:
    """Two times of day that `text` connects as beginning and end; a day or a zone of one counts for both."""
    timed = [mention for mention in time_mentions(text) if mention.clock or mention.zone or mention.day]
    for index, first in enumerate(timed):
        if first.clock is None:
            continue
        zone, day_between = first.zone, None
        for second in timed[index + 1 : index + 4]:
            if second.clock is None:
                zone, day_between = zone or second.zone, day_between or second.day
                continue
            gap = _without(text, first.end, second.start, timed)
            if _GAP.fullmatch(gap) and _CONNECTOR.search(gap):
                return same_halves(replace(first, zone=zone, day=first.day or day_between), second)
            break
    if hours := _PLAIN_HOURS.search(text):
        after = next((mention for mention in timed if mention.clock and mention.start == hours.start(2)), None)
        if after and after.clock and int(hours[1]) <= 12:  # noqa: PLR2004
            return same_halves(
                TimeMention(start=hours.start(1), end=hours.end(1), clock=WrittenClock(hour=int(hours[1]), minute=0)),
                after,
            )
    return None


def _without(text: str, start: int, end: int, found: Sequence[TimeMention]) -> str:
    """`text` between two places, without the days and zones in it."""
    kept, position = "", start
    for mention in found:
        if start <= mention.start and mention.end <= end:
            kept += text[position : mention.start] + " "
            position = mention.end
    return kept + text[position:end] or " "


def same_halves(first: TimeMention, second: TimeMention) -> tuple[TimeMention, TimeMention]:
    """`9:00 and 11:00 AM`: the letters of the second count for the first, unless that would turn them round."""
    begin, end = first.clock, second.clock
    if begin and end and not begin.half and end.half in {"am", "pm"} and begin.hour <= 12:  # noqa: PLR2004
        same = begin.in_half(end.half)
        opposite = begin.in_half("am" if end.half == "pm" else "pm")
        begin = opposite if same.minutes > end.minutes >= opposite.minutes else same
    elif begin and end and begin.half in {"am", "pm"} and not end.half and end.hour < 12:  # noqa: PLR2004
        same = end.in_half(begin.half)
        end = same if same.minutes > begin.minutes else end
    first = replace(first, clock=begin, zone=first.zone or second.zone)
    return first, replace(second, clock=end, zone=second.zone or first.zone)
