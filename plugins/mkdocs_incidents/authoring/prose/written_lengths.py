"""Lengths of time as people write them: `45 minutes`, `an hour and a half`, `2h 30m`, `387min`."""

from __future__ import annotations

import re

_NUMBERS = {
    word: number
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
}
_NUMBERS |= {"thirteen": 13, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_NUMBERS |= {"sixty": 60, "ninety": 90, "a": 1, "an": 1, "half": 0}
_COUNT = rf"(\d{{1,4}}(?:\.\d{{1,2}})?|(?:{'|'.join(_NUMBERS)})(?=[\s-]))"
_UNIT = r"(d(?:ays?)?|h(?:ours?|rs?|r)?|m(?:in(?:ute)?s?)?|s(?:ecs?|econds?)?)"
LENGTH = re.compile(
    rf"(?<![\w.:])(?![0-2]\d[0-5]\d\s?h){_COUNT}[\s-]?{_UNIT}\b(?:[\s,]*(?:and\s+)?{_COUNT}[\s-]?{_UNIT}\b)?"
    rf"(?:[\s,]*(?:and\s+)?{_COUNT}[\s-]?{_UNIT}\b)?(?:\s*and a (half))?"
    r"|\b(?:(?P<half>half an hour)|(?P<quarter>(?:a )?quarter of an hour)|(?P<compact>\d{1,2}h[0-5]\d))\b",
    re.IGNORECASE,
)
"""A length with up to three units; not `0400hrs`, which is a time of day."""


def minutes_of(match: re.Match[str]) -> int | None:
    """What a match of `LENGTH` spells, in minutes; None for less than one."""
    if match["half"] or match["quarter"]:
        return 30 if match["half"] else 15
    if match["compact"]:
        hours, minutes = match["compact"].casefold().split("h")
        return int(hours) * 60 + int(minutes)
    total = 0.0
    for count, unit in ((match[1], match[2]), (match[3], match[4]), (match[5], match[6])):
        if not count:
            continue
        number = float(_NUMBERS[count.casefold()]) if count.casefold() in _NUMBERS else float(count)
        total += number * {"d": 1440, "h": 60, "m": 1, "s": 1 / 60}[unit[0].casefold()]
    if match[7] and match[2][0].casefold() == "h":
        total += 30
    return round(total) if total >= 1 else None
