"""What stands at the beginning of a timeline entry: its day, its time, the end of its range, its zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from .clocks import Clock, Elapsed, aligned, clock_at, elapsed_at
from .days import day_at
from .words import alternation, words

if TYPE_CHECKING:
    from datetime import date

    from .zone_names import StatedZone, ZoneNames

_OPEN = re.compile(r"[*_]{0,3}")
_RANGE = re.compile(r"[ \t]?[–—-][ \t]?[*_]{0,3}(?=\w)")
_AFTER = re.compile(
    r"(?P<close>[*_]{0,3})(?:[ \t]*(?P<separator>[—–:,：、，]|-{1,3}(?=\s))(?P<late>[*_]{0,3})[ \t]*|[ \t]+|(?=\n|$))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The beginning of an entry."""

    day: date | None
    clock: Clock | Elapsed
    until: Clock | None
    """The end of a range such as `14:30–14:45`."""
    zone: StatedZone | None
    end: int
    """The index in the text at which the words of the entry begin."""
    reopened: str
    """Emphasis that begins before the time and ends behind the words: `**14:30 — It broke**`."""


def head_of(text: str, names: ZoneNames) -> Head | None:
    """The day, time and zone with which `text` begins; None where it does not begin with a time that fits."""
    plain = aligned(text)
    opened = _OPEN.match(plain)
    start = opened.end() if opened else 0
    day = day_at(plain, start)
    if day:
        between = _between().match(plain, day.end)
        start = between.end() if between else day.end
    clock = elapsed_at(plain, start) or clock_at(plain, start)
    if clock is None:
        return None
    emphasis = opened[0] if opened else ""
    end, until, zone, closed = clock.end, None, None, False
    if isinstance(clock, Clock):
        end, closed = _closed(plain, end, emphasis)
        zone = names.behind_a_time(plain, end)
        end = zone.end if zone else end
        dash = _RANGE.match(plain, end)
        until = clock_at(plain, dash.end()) if dash else None
        if until:
            end, closed_now = _closed(plain, until.end, emphasis)
            closed = closed_now or closed
            behind = names.behind_a_time(plain, end)
            zone, end = behind or zone, behind.end if behind else end
    after = _AFTER.match(plain, end)
    if after is None:
        return None
    closed = closed or bool(emphasis and emphasis in {after["close"], after["late"]})
    if not closed and emphasis and emphasis not in plain[after.end() :]:
        return None  # `*14:30` alone is no emphasis
    if not emphasis and (after["close"] or after["late"]):
        return None
    return Head(
        day=day.date if day else None,
        clock=clock,
        until=until,
        zone=zone,
        end=after.end(),
        reopened="" if closed else emphasis,
    )


def _closed(text: str, end: int, emphasis: str) -> tuple[int, bool]:
    """The index behind the marks that close `emphasis` at `end`, and whether they stand there."""
    closed = bool(emphasis) and text.startswith(emphasis, end)
    return (end + len(emphasis) if closed else end), closed


@cache
def _between() -> re.Pattern[str]:
    """What may stand between a day and a time: `T`, a blank, a comma, `at`."""
    return re.compile(
        rf"T(?=\d)|[*_]{{0,3}},?\s*(?:(?:{alternation(words().before_times)})\s+)?[*_]{{0,3}}", re.IGNORECASE
    )
