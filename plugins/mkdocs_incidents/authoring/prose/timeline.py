"""The timeline of a postmortem: entries in order, each at its instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from ...content.instants import on_the_clock
from ...content.wrong import WrongValueError
from ...model import SectionKind, TimelineEntry
from .entry_kinds import entry_kind, turning_points
from .list_items import without
from .timeline_complaints import (
    Complaint,
    clocks_change,
    far_behind_the_end,
    neither_half,
    not_understood,
    nothing_said,
    other_zone,
    unknown_kind,
)
from .timeline_days import DayCounter
from .timeline_entries import DayAlone, EntryReader, Label, NotUnderstood, Written
from .timeline_lines import newest_first, settled_halves, told_in_prose, written_entries
from .written_zones import clocks_meant, is_said_of_all_times, zone_named_in, zone_of_all_times

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo
    from zoneinfo import ZoneInfo

    from .sections import Part
    from .timeline_lines import Found
    from .written_zones import WrittenZone

_LONG_AFTER = timedelta(hours=6)
_DAY = timedelta(days=1)

__all__ = ["Complaint", "ReadPart", "TimelineReader"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPart:
    """What a section says besides the entries or the promises that were read from it."""

    besides: str | None
    """Markdown; None where nothing was read from the section, so that all of it is to be shown."""
    heading: bool = False
    """Whether the heading is an entry or a day, and therefore read, too."""


class TimelineReader:
    """Reads the timelines of one file, section after section; days go on from one to the next.

    `begins_at` is the UTC instant at which the notice begins: the first entry lies near it; `ends_at` that at which it
    ended, if it has.
    """

    def __init__(self, begins_at: datetime, ends_at: datetime | None, zone: ZoneInfo) -> None:
        self._begins_at = begins_at
        self._ends_at = ends_at
        self._zone = zone
        self._reader = EntryReader(zone=zone, begins_on=begins_at.astimezone(zone).date())
        self._days = DayCounter(begins_at)
        self._told: list[tuple[TimelineEntry, bool]] = []  # and whether its author stated its kind
        self._said_zone: WrittenZone | None = None
        self.complaints: list[Complaint] = []

    @property
    def entries(self) -> tuple[TimelineEntry, ...]:
        """What was read, each turning point marked once."""
        return turning_points(self._told, self._begins_at)

    def read(self, part: Part, heading: str, heading_line: int, line_of: Callable[[int], int]) -> ReadPart:
        """Add the entries of a section; what it says besides them.

        `heading` is that of the timeline, which may name a zone; `line_of` turns a line of the section, counted
        from 0, into one of the file.
        """
        if part.kind is SectionKind.TIMELINE:
            self._said_zone = None
        self._said_zone = zone_of_all_times(part.lines.texts) or self._said_zone
        named = zone_named_in(f"{heading} {part.heading}") or self._said_zone
        zone = clocks_meant(named, self._zone, self._reader.begins_on.year) if named else self._zone
        if zone is None:
            self.complaints.append(other_zone(heading_line, named.written if named else "", self._zone))
            return ReadPart(besides=None, heading=False)
        heading_is = None if part.kind is SectionKind.TIMELINE else self._read_heading(part, zone, heading_line)
        if isinstance(heading_is, Written):  # times below it are its details, such as lines of a log
            return ReadPart(besides=without({heading_is.line}, part.lines), heading=True)
        before = len(self._told)
        found = settled_halves(written_entries(part.lines, self._reader), self._begins_at.astimezone(zone).time())
        written = [entry for entry in found if isinstance(entry, Written)]
        self._warn_of_a_missing_zone(written, zone, line_of)
        if open_half := next((one for one in written if one.either_half and one.lettered), None):
            self.complaints.append(neither_half(open_half.clock, line_of(open_half.line)))
        taken = self._place_all(found, zone, line_of)
        prose = told_in_prose(found, part.lines) if written else ()
        for entry in found:
            about_all = isinstance(entry, NotUnderstood) and not entry.zone and is_said_of_all_times(entry.text)
            if isinstance(entry, NotUnderstood) and entry not in prose and not about_all:
                self.complaints.append(not_understood(entry, line_of(entry.line), self._zone))
        nothing = len(self._told) == before and heading_is is None
        lines = {number for one in taken for number in range(one.line, one.line + one.height)}
        return ReadPart(besides=None if nothing else without(lines, part.lines), heading=heading_is is not None)

    def _read_heading(self, part: Part, zone: tzinfo, line: int) -> Written | DayAlone | None:
        """The entry or the day a heading is, if it is one; then it is placed."""
        told = self._reader.heading_entry(part.heading, part.lines)
        if isinstance(told, DayAlone):
            self._days.turn_to(told.day)
            return told
        if isinstance(told, Written):
            self._days.begin([told], told.zone or zone)
            return told if self._place(told, told.zone or zone, line) else None
        return None

    def _place_all(self, found: list[Found], zone: tzinfo, line_of: Callable[[int], int]) -> list[Found]:
        """Place the entries of a section in their order in time; those that have a place."""
        in_time = found[::-1] if newest_first(found) else found
        self._days.begin([entry for entry in in_time if isinstance(entry, Written)], zone)
        taken: list[Found] = []
        for entry in in_time:
            if isinstance(entry, DayAlone):
                self._days.turn_to(entry.day)
            placed = isinstance(entry, Written) and self._place(entry, entry.zone or zone, line_of(entry.line))
            if placed or isinstance(entry, DayAlone | Label):
                taken.append(entry)
        return taken

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
                self.complaints.append(
                    Complaint(
                        code="time-without-zone",
                        line=line_of(entry.line),
                        message=f"{entry.clock:%H:%M} names no zone, but {before.clock:%H:%M} in line "
                        f"{line_of(before.line)} is in {begin.astimezone(other):%Z}; it is read as "
                        f"{begin.astimezone(zone):%Z}",
                        hint="write the zone behind each time, or once in the heading: ## Timeline (UTC)",
                    )
                )
                return

    def _place(self, entry: Written, zone: tzinfo, line: int) -> bool:
        """Whether an entry has an instant, at which it is now."""
        if entry.after is not None:
            return self._add(entry, self._begins_at + entry.after, line)
        local = self._days.local(entry)
        try:
            at = on_the_clock(local, zone)
        except WrongValueError as error:
            self.complaints.append(clocks_change(error.message, line))
            if error.code == "time-skipped":
                return False  # an instant that never was has no place
            at = local.replace(tzinfo=zone).astimezone(self._begins_at.tzinfo)
        if self._days.passed_midnight and self._ends_at and at - self._ends_at > _LONG_AFTER:
            self.complaints.append(far_behind_the_end(at, self._ends_at, line, self._zone))
        return self._add(entry, at, line)

    def _add(self, entry: Written, at: datetime, line: int) -> bool:
        told = entry_kind(entry.text)
        if told.unknown:
            self.complaints.append(unknown_kind(told.unknown, line))
        if not told.text:
            self.complaints.append(nothing_said(entry.clock, line))
            return False
        self._told.append((TimelineEntry(at=at, text=told.text, line=line, kind=told.kind), told.stated))
        return True
