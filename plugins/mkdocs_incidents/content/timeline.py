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
from .timeline_entries import DayAlone, EntryReader, NotUnderstood, Written
from .timeline_lines import settled_halves, written_entries
from .written_zones import clocks_meant, zone_named_in
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
        self._reader = EntryReader(zone=zone, begins_on=begins_at.astimezone(zone).date())
        self._last: datetime | None = None  # on the clock of the entry before
        self.entries: list[TimelineEntry] = []
        self.complaints: list[Complaint] = []

    def read(self, part: Part, heading: str, heading_line: int, line_of: Callable[[int], int]) -> None:
        """Add the entries of a section.

        `heading` is that of the timeline, which may name a zone; `line_of` turns a line of the section, counted
        from 0, into one of the file.
        """
        named = zone_named_in(f"{heading} {part.heading}")
        zone = clocks_meant(named, self._zone, self._reader.begins_on.year) if named else self._zone
        if named and zone is None:
            self._complain(
                "timeline-zone",
                heading_line,
                f"the times here are in {named.written}, but the file is in {self._zone.key}",
                "write them in UTC or in the zone of the file, or change the timezone: of the file",
            )
            return
        zone = zone or self._zone
        if part.kind is SectionKind.OTHER:
            told = self._reader.heading_entry(part.heading, part.lines, 0)
            if isinstance(told, DayAlone):
                self._last = datetime.combine(told.day, time.min)
            elif isinstance(told, Written):
                self._place(told, told.zone or zone, heading_line)
        found = settled_halves(written_entries(part.lines, self._reader))
        written = [entry for entry in found if isinstance(entry, Written)]
        self._warn_of_a_missing_zone(written, zone, line_of)
        self._warn_of_missing_halves(written, line_of)
        for entry in found:
            line = line_of(entry.line)
            if isinstance(entry, Written):
                self._place(entry, entry.zone or zone, line)
            elif isinstance(entry, DayAlone):
                self._last = datetime.combine(entry.day, time.min)
            else:
                self._not_understood(entry, line)

    def _warn_of_a_missing_zone(self, written: list[Written], zone: tzinfo, line_of: Callable[[int], int]) -> None:
        """Tell of the first time without a zone below one that names another zone than is read here.

        Where clocks change, times in UTC are what we ask for.
        """
        begin = self._begins_at
        if (begin - 2 * _DAY).astimezone(zone).utcoffset() != (begin + 2 * _DAY).astimezone(zone).utcoffset():
            return
        for before, entry in pairwise(written):
            other = before.zone
            if other is None or entry.zone is not None or entry.after is not None:
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

    def _warn_of_missing_halves(self, written: list[Written], line_of: Callable[[int], int]) -> None:
        """Tell of the first time that is read as one of 12 hours, though its author wrote neither AM nor PM."""
        entry = next((one for one in written if one.either_half and one.lettered), None)
        if entry:
            shown = f"{entry.clock:%I:%M %p}".lstrip("0")
            self._complain(
                "time-without-half",
                line_of(entry.line),
                f"{shown[:-3]} is neither AM nor PM, as the times around it are; it is read as {shown}",
                f"write {shown}",
            )

    def _not_understood(self, entry: NotUnderstood, line: int) -> None:
        said = quoted(entry.text)
        if entry.zone:
            self._complain(
                "timeline-entry",
                line,
                f"the time in {said} is in {entry.zone}, but the file is in {self._zone.key}, so it is not part of the "
                "timeline",
                f"write the time in UTC or in {self._zone.key}",
            )
        elif entry.in_table:
            hint = "write 14:30 in the column of times"
            self._complain("timeline-entry", line, f"no time is understood in {said}", hint)
        else:
            self._complain(
                "timeline-entry",
                line,
                f"no time is understood in {said}, so it is not part of the timeline",
                "begin the entry with its time: - 14:30 — what happened",
            )

    def _place(self, entry: Written, zone: tzinfo, line: int) -> None:
        if entry.after is not None:
            self._add(entry, self._begins_at + entry.after, line)
            return
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
        self._add(entry, at, line)

    def _add(self, entry: Written, at: datetime, line: int) -> None:
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
