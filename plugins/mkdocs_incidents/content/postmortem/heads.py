"""What stands at the beginning of a timeline entry: its day, its time, the end of its range, its zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from .clocks import Clock, Elapsed, clock_at, elapsed_at, normalized
from .days import day_at
from .words import alternation, words

if TYPE_CHECKING:
    from datetime import date

    from .zone_names import StatedZone, ZoneNames

_EMPHASIS = re.compile(r"[*_]{1,3}")
_RANGE = re.compile(r"(?:[ \t]?[–-][ \t]?|—)[*_]{0,3}(?=\w)")
_SEPARATOR = re.compile(r"[ \t]*(?:[—–:,：、，]|-{1,3}(?=\s|$))|(?=\s|$)")
_INSTANT = re.compile(r"T(?=\d)")


class Head(NamedTuple):
    """The beginning of an entry."""

    day: date | None
    clock: Clock | Elapsed
    until: Clock | None
    """The end of a range such as `14:30–14:45`."""
    zone: StatedZone | None
    end: int
    """The index in the text at which the words of the entry begin."""
    emphasis: str
    """Emphasis that begins before the time and ends in or behind the words: `**14:30 — It broke**`; else empty."""

    @property
    def ambiguous(self) -> bool:
        """Whether an hour of it has neither AM nor PM and could be either."""
        return any(isinstance(clock, Clock) and clock.ambiguous for clock in (self.clock, self.until))

    @property
    def meridiem(self) -> bool:
        """Whether it has AM or PM."""
        return any(isinstance(clock, Clock) and clock.meridiem for clock in (self.clock, self.until))


def head_of(text: str, zones: ZoneNames) -> Head | None:
    """The day, time and zone with which `text` begins; None where it does not begin with a time that fits."""
    cursor = _Cursor(normalized(text))
    cursor.open_emphasis()
    day = day_at(cursor.text, cursor.index)
    instant = False
    if day:
        cursor.move(day.end)
        between = _INSTANT.match(cursor.text, day.end)
        instant = between is not None
        between = between or _between().match(cursor.text, cursor.index)
        cursor.index = between.end() if between else cursor.index
        cursor.open_emphasis()
    clock = elapsed_at(cursor.text, cursor.index) or clock_at(cursor.text, cursor.index)
    if clock is None:
        return None
    cursor.move(clock.end)
    zone = until = None
    if isinstance(clock, Clock):
        zone = cursor.take_zone(zones, instant=instant)
        until = cursor.take_range_end()
        zone = (until and cursor.take_zone(zones)) or zone
    if not cursor.take_separator():
        return None
    return Head(
        day=day.date if day else None,
        clock=clock,
        until=until,
        zone=zone,
        end=cursor.index,
        emphasis=cursor.emphasis,
    )


@dataclass(slots=True)
class _Cursor:
    """A place in a text, and the emphasis that is open there."""

    text: str
    index: int = 0
    emphasis: str = ""

    def open_emphasis(self) -> None:
        """Step over signs that open emphasis."""
        if not self.emphasis and (found := _EMPHASIS.match(self.text, self.index)):
            self.emphasis, self.index = found[0], found.end()

    def move(self, index: int) -> None:
        """Go to `index`, and over the signs that close the open emphasis there."""
        self.index = index
        if self.emphasis and self.text.startswith(self.emphasis, index):
            self.index, self.emphasis = index + len(self.emphasis), ""

    def take_zone(self, zones: ZoneNames, *, instant: bool = False) -> StatedZone | None:
        """The zone here, behind a time, if one stands here."""
        zone = (zones.behind_an_instant if instant else zones.behind_a_time)(self.text, self.index)
        if zone:
            self.move(zone.end)
        return zone

    def take_range_end(self) -> Clock | None:
        """The end of the range whose dash stands here, if one does."""
        dash = _RANGE.match(self.text, self.index)
        if dash is None:
            return None
        emphasis = dash[0].lstrip(" \t–—-")
        until = clock_at(self.text, dash.end())
        if until:
            self.emphasis = emphasis or self.emphasis
            self.move(until.end)
        return until

    def take_separator(self) -> bool:
        """Step over what separates time and words; whether something does, and all emphasis before it ends."""
        found = _SEPARATOR.match(self.text, self.index)
        if found is None:
            return False
        self.move(found.end())
        while self.text[self.index : self.index + 1] in {" ", "\t"}:
            self.index += 1
        return not self.emphasis or self.emphasis in self.text[self.index :]  # `*14:30` alone is no emphasis


@cache
def _between() -> re.Pattern[str]:
    """What may stand between a day and a time: a blank, a comma, `at`."""
    return re.compile(rf",?\s*(?:(?:{alternation(words().before_times)})\s+)?", re.IGNORECASE)
