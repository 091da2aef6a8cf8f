"""Points in time in a line of text: a day, a time of day and a zone, in whatever order they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from .clocks import CLOCK, WrittenClock, clock_of
from .days import DATE, WrittenDay, day_of, mend_digits
from .zones import ZONE, WrittenZone, offset_zone, zone_of

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
        if (day := day_of(match))
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
