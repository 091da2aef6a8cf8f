"""An entry of a timeline as its author typed it → day, time of day, zone and text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from .entry_text import text_behind, without_open_marks
from .moments import head, moments
from .zones import clocks_meant

if TYPE_CHECKING:
    from datetime import tzinfo
    from zoneinfo import ZoneInfo

    from ...content.markdown_lines import Lines
    from .clocks import Clock
    from .days import Day
    from .moments import Head, Moment

# `14.30 it broke`: only where an entry begins, and not where it is a quantity.
_DOTTED = re.compile(
    r"^([*_`~\[( ]{0,8}(?:[Aa]t )?(?:[01]?\d|2[0-3]))\.([0-5]\d)(?=[*_`\])]*\s)(?!\s(?:%|[kKMGT]i?B?\b|million|thousand"
    r"|percent|per cent|seconds|times))"
)
_MARKS_IN_FRONT = re.compile(r"^[*_`~]{1,8}")
_LEAD = re.compile(r"(?:\[[ xX]\]|(?P<sign>[\u2190-\u2bff\U0001f300-\U0001faff]\ufe0f?))\s*")
_RELATIVE = re.compile(
    r"[*_`\[(]*(?P<zero>[Tt])?\s?(?P<sign>[+\u2212–-])\s?"
    r"(?:(?P<h>\d{1,3}):(?P<m>[0-5]\d)(?::[0-5]\d)?(?![\d:])"
    r"|(?P<hours>\d{1,3})\s?h(?:rs?|ours?)?\b(?:[\s,]*(?:and\s)?(?P<more>\d{1,2})\s?(?:m(?:ins?|inutes?)?\b)?)?"
    r"|(?P<minutes>\d{1,4})(?:\s?(?P<unit>m(?:ins?|inutes?)?\b|['\u2032])|(?=[\s:*_`\])—–-])))"
)
_LONGEST_LABEL, _SHORTEST_LABEL, _LONGEST_LINE = 80, 3, 400
_TIME_LAST = re.compile(r"\s*[)\]]?\s*[.*_:]*\s*$")
_TIME_IN_LABEL = re.compile(r"\s*[)\]]\s*[*_]{0,3}\s*[:–—-]\s*\S")
_NOON = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An entry as written; it has no instant before day and zone are known."""

    text: str
    line: int
    """Counted from 0 in the section."""
    height: int = 1
    """How many lines it takes."""
    clock: time = time()
    day: date | None = None
    zone: tzinfo | None = None
    lettered: bool = False
    """Whether AM or PM is written."""
    either_half: bool = False
    """Whether it might be a time of the morning or of the afternoon, were it one of 12 hours."""
    after: timedelta | None = None
    """Since the beginning, for `+5 min`; then clock, day and zone say nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayAlone:
    """A line that is a day and nothing else: it holds for the entries below."""

    day: date
    line: int
    height: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A line that only names the entries below it: `Morning:`."""

    line: int
    height: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class NotUnderstood:
    """An entry, or a cell of a table, that cannot be placed in time."""

    text: str
    line: int
    height: int = 1
    in_table: bool = False
    zone: str = ""
    """A zone it names in which times cannot be read here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryReader:
    """Reads the entries of a file whose zone is `zone` and whose notice begins on the day `begins_on` there."""

    zone: ZoneInfo
    begins_on: date

    def entry(self, text: str, line: int) -> Written | DayAlone | NotUnderstood | None:
        """What `text` is, without its bullet; None where it does not begin with a day or a time."""
        if lead := _LEAD.match(text):  # a sign of its author's goes before the words; a box says nothing
            told = self.entry(text[lead.end() :], line)
            sign = f"{lead['sign']} " if lead["sign"] else ""
            return replace(told, text=f"{sign}{told.text}") if isinstance(told, Written) else told
        if relative := _RELATIVE.match(text):
            return self._relative(relative, text, line)
        found = time_first(text)
        if found is None:
            return None
        moment, until = found.moment, found.until
        day = self._date_of(moment.day) if moment.day else None
        if moment.day and day is None:
            return None
        if moment.clock is None:
            return DayAlone(day=day, line=line) if day and found.day_alone else None
        said = text_behind(text, moment.end)
        if until:  # the words say until when it went on
            said = f"– {said}"
            moment = replace(moment, clock=_same_half(moment.clock, until.clock), zone=moment.zone or until.zone)
        return self._placed(moment, day, said, line, text)

    def heading_entry(self, heading: str, below: Lines) -> Written | DayAlone | NotUnderstood | None:
        """What a heading below the timeline is: `### 14:30 — It broke`; a time alone has the first line below.

        Its line is the one below that was read, or -1 where all of it stands in the heading.
        """
        if found := self.entry(heading, -1):
            return found
        texts = enumerate(zip(below.texts, below.prose, strict=True))
        first = next(((n, text.strip()) for n, (text, prose) in texts if prose and not text.isspace()), None)
        return self.entry(f"{heading} — {first[1]}", first[0]) if first else None

    def time_last(self, text: str, line: int) -> Written | NotUnderstood | None:
        """What `First alarm 2031-02-03 04:05` or `First alarm (04:05): by pager` is; None for all else."""
        first, newline, below = text.partition("\n")
        moment = next((one for one in moments(first[:_LONGEST_LINE]) if one.clock), None)
        if moment is None:
            return None
        label, behind = without_open_marks(first[: moment.start].rstrip(" :([-–—,@")), first[moment.end :]
        plain = _TIME_LAST.match(behind) or _TIME_IN_LABEL.match(behind)
        if not plain or not _SHORTEST_LABEL <= len(label) <= _LONGEST_LABEL:
            return None
        said = re.sub(r"^[\s)\]*_.:–—-]+", "", behind)
        day = self._date_of(moment.day) if moment.day else None
        whole = f"{label}: {said}" if said else label
        return self._placed(moment, day, f"{whole}{newline}{below}", line, text)

    def _placed(
        self, moment: Moment, day: date | None, said: str, line: int, whole: str
    ) -> Written | NotUnderstood | None:
        clock = moment.clock
        if clock is None or not said or (clock.half == "am" and clock.hour >= _NOON):
            return None  # of 13:00 AM nobody can tell what was meant
        zone = clocks_meant(moment.zone, self.zone, self.begins_on.year) if moment.zone else None
        if moment.zone and zone is None:  # better no entry than a wrong one
            return NotUnderstood(text=whole, line=line, zone=moment.zone.written)
        return Written(
            day=day,
            clock=time(clock.hour, clock.minute, clock.second),
            zone=zone,
            text=said,
            line=line,
            lettered=clock.half in {"am", "pm"},
            either_half=clock.either_half,
        )

    def _relative(self, found: re.Match[str], text: str, line: int) -> Written | None:
        if not (found["zero"] or found["unit"] or found["hours"] or found["sign"] == "+"):
            return None
        hours = int(found["h"] or found["hours"] or 0)
        minutes = int(found["m"] or found["more"] or found["minutes"] or 0)
        after = timedelta(hours=hours, minutes=minutes) * (1 if found["sign"] == "+" else -1)
        said = text_behind(text, found.end())
        return Written(after=after, text=said, line=line) if said else None

    def _date_of(self, day: Day) -> date | None:
        """The day that is meant: the nearest to the beginning, where it has no year or may be month first."""
        readings = [day, day.swapped()] if day.undecided else [day]
        years = [self.begins_on.year + away for away in (0, -1, 1)] if day.year is None else [day.year]
        dates = (replace(reading, order="").with_year(year).date for reading in readings for year in years)
        return min(filter(None, dates), key=lambda one: abs(one - self.begins_on), default=None)


def time_first(text: str) -> Head | None:
    """The day or time, or the span of times, `text` begins with."""
    line = text.split("\n", 1)[0]
    plainly = _MARKS_IN_FRONT.sub(lambda found: " " * len(found[0]), line)  # so that all keeps its place
    return head(_DOTTED.sub(r"\1:\2", plainly))


def _same_half(clock: Clock, until: Clock | None) -> Clock:
    """`12:00–12:30 AM`: the letters behind the second time count for the first, unless that would turn them round."""
    if until is None or not clock.either_half or until.half not in {"am", "pm"}:
        return clock
    readings = (clock.in_half(until.half), clock.in_half("am"), clock.in_half("pm"))
    return next((one for one in readings if one.minutes <= until.minutes), clock)


def is_a_time(cell: str) -> bool:
    """Whether a cell of a table is a time of day and nothing else."""
    found = head(cell)
    return found is not None and found.moment.clock is not None and not re.search(r"\w", found.rest)
