"""The timeline of a postmortem: entries in order, each at its instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from ..model import EntryKind, SectionKind, TimelineEntry
from .entry_kinds import entry_kind
from .instants import on_the_clock
from .spelling import one_of, quoted
from .timeline_entries import (
    NotUnderstood,
    UnknownZoneError,
    Written,
    day_of_heading,
    heading_entry,
    written_entries,
    zone_in_heading,
)
from .wrong import WrongValueError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo
    from zoneinfo import ZoneInfo

    from .sections import Part

_MIDNIGHT = timedelta(hours=6)
"""Going back by more than this means that midnight has passed; less is disorder."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """Something in the body that its author should look at."""

    code: str
    line: int
    """Of the file."""
    message: str
    hint: str


class TimelineReader:
    """Reads the timelines of one file, section after section; days go on from one to the next.

    `begins_at` is the UTC instant at which the notice begins: the first entry lies near it.
    """

    def __init__(self, begins_at: datetime, zone: ZoneInfo) -> None:
        self._begins_at = begins_at
        self._zone = zone
        self._last: datetime | None = None  # on the clock of the entry before
        self.entries: list[TimelineEntry] = []
        self.complaints: list[Complaint] = []

    def read(self, part: Part, heading: str, heading_line: int, line_of: Callable[[int], int]) -> None:
        """Add the entries of a section.

        `heading` is that of the timeline, which may name a zone; `line_of` turns a line of the section, counted
        from 0, into one of the file.
        """
        year = self._begins_at.astimezone(self._zone).year
        try:
            zone = zone_in_heading(f"{heading} {part.heading}", self._zone, year)
        except UnknownZoneError as error:
            self._complain(
                "timeline-zone",
                heading_line,
                f"the times here are in {error}, but the file is in {self._zone.key}",
                "write them in UTC or in the zone of the file, or change the timezone: of the file",
            )
            return
        if part.kind is SectionKind.OTHER:
            if day := day_of_heading(part.heading, year):
                self._last = datetime.combine(day, time.min)
            elif told := heading_entry(part.heading, part.lines, 0, self._zone, year):
                self._place(told, told.zone or zone, heading_line)
        entries = sorted(written_entries(part.lines, self._zone, year), key=lambda one: one.line)
        self._warn_of_a_missing_zone(entries, zone, line_of)
        for entry in entries:
            line = line_of(entry.line)
            if isinstance(entry, Written):
                self._place(entry, entry.zone or zone, line)
            elif entry.in_table:
                self._complain(
                    "timeline-entry",
                    line,
                    f"no time is understood in {quoted(entry.text)}",
                    "write 14:30 in the column of times",
                )
            else:
                self._not_understood(entry, line)

    def _warn_of_a_missing_zone(
        self, entries: list[Written | NotUnderstood], zone: tzinfo, line_of: Callable[[int], int]
    ) -> None:
        """Tell of the first time without a zone below one that names another zone than is read here.

        Where clocks change, times in UTC are what we ask for.
        """
        begin = self._begins_at
        if (begin - 2 * _DAY).astimezone(zone).utcoffset() != (begin + 2 * _DAY).astimezone(zone).utcoffset():
            return
        written = [entry for entry in entries if isinstance(entry, Written)]
        for before, entry in pairwise(written):
            other = before.zone
            if other is None or entry.zone is not None:
                continue
            if begin.astimezone(other).utcoffset() != begin.astimezone(zone).utcoffset():
                self._complain(
                    "time-without-zone",
                    line_of(entry.line),
                    f"{entry.clock:%H:%M} names no zone, but {before.clock:%H:%M} in line {line_of(before.line)} is in "
                    f"{begin.astimezone(other):%Z}; it is read as {begin.astimezone(zone):%Z}",
                    "write the zone behind each time, or once in the heading: ## Timeline (UTC)",
                )
                return

    def _not_understood(self, entry: NotUnderstood, line: int) -> None:
        self._complain(
            "timeline-entry",
            line,
            f"no time is understood in {quoted(entry.text)}, so it is not part of the timeline",
            "begin the entry with its time: - 14:30 — what happened",
        )

    def _place(self, entry: Written, zone: tzinfo, line: int) -> None:
        local = datetime.combine(entry.day or self._day_for(entry, zone), entry.clock)
        if entry.day is None and self._last is not None and self._last - local > _MIDNIGHT:
            local += _DAY
        self._last = local
        try:
            at = on_the_clock(local, zone)
        except WrongValueError as error:
            self._complain("timeline-clock-change", line, error.message, "write the time in UTC: - 01:30 UTC — …")
            if error.code == "time-skipped":
                return  # an instant that never was has no place
            at = local.replace(tzinfo=zone).astimezone(self._begins_at.tzinfo)
        text, kind, unknown = entry_kind(entry.text)
        if unknown:
            self._complain("timeline-kind", line, f"{quoted(unknown)} is no kind of entry", one_of(EntryKind))
        self.entries.append(TimelineEntry(at=at, text=text, line=line, kind=kind))

    def _day_for(self, entry: Written, zone: tzinfo) -> date:
        """The day an entry without a date is of: that of the entry before, for the first one the day it is near to."""
        if self._last is not None:
            return self._last.date()
        begin = self._begins_at.astimezone(zone).replace(tzinfo=None)
        same = datetime.combine(begin.date(), entry.clock)
        for near in (same - _DAY, same + _DAY):
            if abs(near - begin) <= _MIDNIGHT and abs(near - begin) < abs(same - begin):
                return near.date()
        return same.date()

    def _complain(self, code: str, line: int, message: str, hint: str) -> None:
        self.complaints.append(Complaint(code=code, line=line, message=message, hint=hint))
