"""Times of day as people write them in prose, and as which instant they are meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .time_repair import twelve_hours
from .zones import zone_called

if TYPE_CHECKING:
    from datetime import time, tzinfo
    from zoneinfo import ZoneInfo

# `2:30 PM`, `2.30pm`, `14:30`, `13:00:56`, `6 p.m.`; a number alone is no time of day.
TIME_OF_DAY = (
    r"(?P<hour>\d{1,2})(?:(?P<mark>[:.])(?P<minute>\d\d)(?::(?P<second>\d\d))?)?(?!\d)"
    # Where AM or PM follows it is part of the time: a reading without it would be another time.
    r"(?:\s?(?P<half>[APap]\.?[Mm](?:\.|\b))|(?!\s?[APap]\.?[Mm]\b)(?!:\d|\s?%))"
)
_ZONE_BEHIND = re.compile(
    r"\s*(?P<bracket>\()?(?P<name>(?:[A-Z][a-z]+ ){1,3}[Tt]ime|local time|[A-Z][a-z]+/[A-Za-z_/]+"
    r"|[A-Za-z]{1,5}(?:[+-]\d{1,2}(?::?\d\d)?)?"
    # Without letters only behind a whole instant: `10:00-11:00` is a span.
    r"|(?:(?<=T\d\d:\d\d)|(?<=T\d\d:\d\d:\d\d))[+-]\d\d:?\d\d)(?(bracket)\))(?![\w/])"
)


def clock_of(found: re.Match[str], *, dots: bool = False) -> time | None:
    """The time of day of a match of `TIME_OF_DAY`; None for what no clock shows.

    `dots` says whether `10.30` without AM or PM may be a time, too: in prose it may be anything.
    """
    minute, half = found["minute"], found["half"]
    if not half and (minute is None or (found["mark"] == "." and not dots)):
        return None
    clock = twelve_hours(int(found["hour"]), int(minute or 0), half)
    second = int(found["second"] or 0)
    return clock.replace(second=second) if clock and second < 60 else None  # noqa: PLR2004  seconds of a minute


def zone_behind(text: str, index: int, zone: ZoneInfo, year: int) -> tuple[tzinfo | None, int, str]:
    """The zone named in `text` right behind `index`, where the reading goes on, and the word itself.

    The zone is None, and the index unchanged, where nothing that is there names a zone for sure.
    """
    found = _ZONE_BEHIND.match(text, index)
    if found is None:
        return None, index, ""
    named = zone_called(found["name"], zone, year)
    return (named, found.end(), found["name"]) if named else (None, index, found["name"])
