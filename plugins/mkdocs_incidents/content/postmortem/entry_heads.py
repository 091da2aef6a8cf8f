"""What stands at the beginning of a timeline entry: its day, its time, the end of its range, its zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from .dates_and_times import (
    ElapsedTime,
    ParsedDay,
    TimeOfDay,
    clock_at,
    day_at,
    elapsed_at,
    normalized,
    uncertain_day_at,
)
from .language_tables import alternation, language_tables

if TYPE_CHECKING:
    from datetime import date

    from .zone_names import StatedZone, ZoneNames

_EMPHASIS = re.compile(r"[*_]{1,3}")
_RANGE = re.compile(r"(?:[ \t]?[–-][ \t]?|—)[*_]{0,3}(?=\w)")
_SEPARATOR = re.compile(r"[ \t]*(?:[—–:,：、，،]|-{1,3}(?=\s|$))|(?=\s|$)|(?<=[)\]])")
_LONGEST = 200
"""Characters in which day, time and zone stand."""
_APART = re.compile(r"[*_]*\s*(?:[—–:,：、，،]|-(?=\s)|$)")
_FIRST_WORDS, _FIRST_CHARACTERS = 3, 80
"""Where a line states a time if it means to be an entry."""
_BEGINS_LIKE_A_TIME = re.compile(
    r"\W{0,4}[+−]\d{1,4}\s?[mhds]\w{0,2}(?!\w)"
    r"|(?:\[[ xX-]\])?[\W_]{0,6}(?:"
    r"(?:\d[\d./-]{1,9}[ ,T]{1,2})?\d{1,2}\s?[:h時]\s?\d\d"
    r"|(?:[01]?\d|2[0-4])\.[0-5]\d(?!\d|\.\d|\s?%)"
    r"|\d{1,2}[h時](?!\w)|\d{1,2}\s[h時]\s?[:–—,-]"
    r"|(?!20[1-3]\d)(?:[01]\d|2[0-3])[0-5]\d\s?(?:[Zz]|h\w{0,2})?(?=[\s:–—])"
    r"|\d{1,2}[/.]\d{1,2}\.?\s?[:–—]"
    r")"
)
_WORD = re.compile(r"[^\w\s]*(?P<word>\w\S*)")
_LIKE_A_TIME_IN_A_WORD = re.compile(
    r"(?<![A-Za-z\d.:/])(?:\d{1,2}[:時][0-5]\d|\d{1,2}h[0-5]\d)(?![\d:/])|(?<!\w)T[+−-]\d"
)
_INSTANT = re.compile(r"T(?=\d)")


class EntryHead(NamedTuple):
    """The beginning of an entry."""

    day: date | None
    clock: TimeOfDay | ElapsedTime
    until: TimeOfDay | None
    """The end of a range such as `14:30–14:45`."""
    zone: StatedZone | None
    """That of its time; of a range that has one zone behind both times that."""
    until_zone: StatedZone | None
    """That of the end of a range."""
    end: int
    """The index in the text at which the words of the entry begin."""
    emphasis: str
    """Emphasis that begins before the time and ends in or behind the words: `**14:30 — It broke**`; else empty."""
    uncertain_day: str = ""
    """What looks like its day and is none: `6 April`, without a year; else empty."""

    @property
    def ambiguous(self) -> bool:
        """Whether an hour of it has neither AM nor PM and could be either."""
        return (isinstance(self.clock, TimeOfDay) and self.clock.ambiguous) or (
            self.until is not None and self.until.ambiguous
        )

    @property
    def meridiem(self) -> bool:
        """Whether it has AM or PM."""
        return (isinstance(self.clock, TimeOfDay) and self.clock.meridiem) or (
            self.until is not None and self.until.meridiem
        )


def head_of(text: str, zones: ZoneNames) -> EntryHead | None:
    """The day, time and zone with which `text` begins; None where it does not begin with a time that fits."""
    cursor = _Cursor(normalized(text[:_LONGEST]))
    day, clock, instant = cursor.take_day_and_clock()
    if clock is None:
        return None
    zone = until = until_zone = None
    if isinstance(clock, TimeOfDay):
        zone = cursor.take_zone(zones, instant=instant)
        until = cursor.take_range_end()
        until_zone = (until and cursor.take_zone(zones)) or zone
        zone = zone or until_zone
    if day is None and not cursor.uncertain_day:
        day = cursor.take_day_behind()
    separated = cursor.take_separator()
    if separated and zone is None and isinstance(clock, TimeOfDay) and (zone := cursor.take_zone_alone(zones)):
        cursor.take_separator()
    if not separated or cursor.emphasis not in text[cursor.index :]:
        return None  # `*14:30` alone is no emphasis
    return EntryHead(
        day=day.date if day else None,
        clock=clock,
        until=until,
        zone=zone,
        until_zone=until_zone or zone,
        end=cursor.index,
        emphasis=cursor.emphasis,
        uncertain_day=cursor.uncertain_day,
    )


def begins_with_time(text: str) -> bool:
    """Whether a text begins with a time, or with a day and a time, whatever stands behind it."""
    return _Cursor(normalized(text[:_LONGEST])).take_day_and_clock()[1] is not None


def seems_to_state_a_time(text: str) -> bool:
    """Whether a time or a day, in a form that is read or not, stands within the first words of a text."""
    plain = normalized(text[:_FIRST_CHARACTERS])
    if _BEGINS_LIKE_A_TIME.match(plain):
        return True
    return any(
        _LIKE_A_TIME_IN_A_WORD.search(plain, *found.span("word"))
        or clock_at(plain, found.start("word"))
        or day_at(plain, found.start("word"))
        or uncertain_day_at(plain, found.start("word"))
        for found in islice(_WORD.finditer(plain), _FIRST_WORDS)
    )


@dataclass(slots=True)
class _Cursor:
    """A place in a text, and the emphasis that is open there."""

    text: str
    index: int = 0
    emphasis: str = ""
    uncertain_day: str = ""
    """What looked like a day and was none."""

    def open_emphasis(self) -> None:
        """Step over signs that open emphasis."""
        found = None if self.emphasis else _EMPHASIS.match(self.text, self.index)
        if found:
            self.emphasis, self.index = found[0], found.end()

    def move(self, index: int) -> None:
        """Go to `index`, and over the signs that close the open emphasis there."""
        self.index = index
        if self.emphasis and self.text.startswith(self.emphasis, index):
            self.index, self.emphasis = index + len(self.emphasis), ""

    def take_day_and_clock(self) -> tuple[ParsedDay | None, TimeOfDay | ElapsedTime | None, bool]:
        """The day and the time here, each if one stands here, and whether they are one: `2026-04-06T14:30`."""
        self.open_emphasis()
        day = day_at(self.text, self.index)
        instant = False
        uncertain = None if day else uncertain_day_at(self.text, self.index, short=True)
        if uncertain:
            return None, self._take_clock_behind(uncertain), False
        if day:
            self.move(day.end)
            instant = _INSTANT.match(self.text, day.end) is not None
        if instant:
            self.index += 1
        elif day or self.text[self.index : self.index + 1].isalpha():
            before = _before_time().match(self.text, self.index)
            self.index = before.end() if before else self.index
            self.open_emphasis()
        clock = elapsed_at(self.text, self.index) or clock_at(self.text, self.index)
        if clock:
            self.move(clock.end)
        return day, clock, instant

    def _take_clock_behind(self, end: int) -> TimeOfDay | None:
        """The time behind what looks like a day and ends at `end`; where there is none, that is taken for words."""
        start, emphasis = self.index, self.emphasis
        self.move(end)
        before = _before_time().match(self.text, self.index)
        self.index = before.end() if before else self.index
        self.open_emphasis()
        if clock := clock_at(self.text, self.index):
            self.uncertain_day = self.text[start:end]
            self.move(clock.end)
        else:
            self.index, self.emphasis = start, emphasis
            if clock := clock_at(self.text, start):
                self.move(clock.end)
        return clock

    def take_day_behind(self) -> ParsedDay | None:
        """The day behind the time, if one stands there: `14:30 on 6 April 2026`, `14:30 (6 April 2026)`."""
        before = _before_day().match(self.text, self.index)
        if before is None:
            return None
        start = before.end()
        day = day_at(self.text, start)
        end = day.end if day else uncertain_day_at(self.text, start, short=before["word"] is not None)
        if end is None:
            return None
        short = not day and uncertain_day_at(self.text, start) is None
        apart = before["word"] is None or short
        if before["bracket"]:
            if self.text[end : end + 1] not in {")", "]"}:
                return None
            end += 1
        elif apart and not _APART.match(self.text, end):
            return None
        if day is None:
            self.uncertain_day = self.text[start:end].rstrip(")]")
        self.move(end)
        return day

    def take_zone(self, zones: ZoneNames, *, instant: bool = False) -> StatedZone | None:
        """The zone here, behind a time, if one stands here."""
        zone = (zones.behind_an_instant if instant else zones.behind_a_time)(self.text, self.index)
        if zone:
            self.move(zone.end)
        return zone

    def take_zone_alone(self, zones: ZoneNames) -> StatedZone | None:
        """The zone here, behind what separates the time from it, if it stands alone before the next separator."""
        separated = self.index and not self.text[self.index - 1].isalnum()
        zone = zones.between_separators(self.text, self.index) if separated else None
        if zone:
            self.move(zone.end)
        return zone

    def take_range_end(self) -> TimeOfDay | None:
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
        """Step over what separates time and words; whether something does."""
        found = _SEPARATOR.match(self.text, self.index)
        if found is None:
            return False
        self.move(found.end())
        while self.text[self.index : self.index + 1] in {" ", "\t"}:
            self.index += 1
        return True


@cache
def _before_time() -> re.Pattern[str]:
    """What may stand before a time: a blank, a comma, `at`."""
    return re.compile(rf",?\s*(?:(?:{alternation(language_tables().before_times)})\s+)?", re.IGNORECASE)


@cache
def _before_day() -> re.Pattern[str]:
    """What may stand between a time and its day: a bracket, a comma, `on`."""
    return re.compile(
        rf"\s?(?P<bracket>[(\[])|[,،]?\s+(?P<word>{alternation(language_tables().before_days)})\s+|[,،]\s*(?=\w)|\s+(?=\d)",
        re.IGNORECASE,
    )
