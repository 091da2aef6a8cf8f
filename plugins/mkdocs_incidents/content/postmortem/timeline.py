"""The Timeline sections of a body → entries, each at its instant, in the author's order.

An entry is a list item, a row of a table or a heading that begins with a time. What does not fit is prose. The whole
section is prose where a time names a zone that is not certain: it is never read in another zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from mkdocs_incidents.model import TimelineEntry, TurningPoint

from ..format.instants import formatted, on_the_clock
from ..problems import WrongValueError
from ..suggestions import one_of, quoted
from .blocks import markdown_for_host
from .dates_and_times import ElapsedTime, TimeOfDay
from .entries import AmbiguousDay, DayInForce, EntryReader, Unread, times_in
from .sections import DAY_MARK, ENTRY_MARK, LABEL_MARK, ReadSection, Remark, inserted
from .zone_names import ZoneNames

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import tzinfo
    from zoneinfo import ZoneInfo

    from .entries import EntryPart, WrittenEntry
    from .sections import BodyPart
    from .zone_names import StatedZone

ONE_DAY = timedelta(days=1)
FURTHEST_BACK, _AFTER = timedelta(hours=6), timedelta(hours=18)
"""Where the instant of a time without a day lies: from 6 hours before the entry above it to 18 hours after."""
_FEWEST_DESCENDING = 3
"""Entries below one day that show, by their order alone, that the newest stands first."""


@dataclass(frozen=True, slots=True)
class ResolvedInstant:
    """The instant of an entry, in UTC."""

    at: datetime | None
    """None where the clocks of its zone skip that time, or no day brings it near the entry above."""
    problem: WrongValueError | None = None
    """That clocks skip the time, or show it twice."""


class InstantResolver:
    """Gives the entries of one section their instants, in order. `begins_at` is when the notice begins."""

    def __init__(self, begins_at: datetime, entries: Iterable[WrittenEntry]) -> None:
        self._begins_at = begins_at
        self._descending = _descending_days(entries)
        self._above: datetime | None = None
        self._stated: DayInForce | None = None
        self._day: date | None = None
        """The day that holds: the one that is stated, or a later one where times went past midnight."""

    def resolve(self, entry: WrittenEntry, zone: tzinfo, letters: str) -> ResolvedInstant:
        """The instant of the next entry, whose time is read in `zone`; `letters` are those the zone is written with."""
        clock = entry.head.clock
        if isinstance(clock, ElapsedTime):
            placed = ResolvedInstant(self._begins_at + clock.after)
        elif isinstance(entry.day, DayInForce):
            placed = self._on_stated_day(clock, entry.day, zone, letters)
        else:
            placed = self._without_day(clock, zone, letters)
        self._above = placed.at or self._above
        return placed

    def _without_day(self, clock: TimeOfDay, zone: tzinfo, letters: str) -> ResolvedInstant:
        reference = self._above or self._begins_at
        local = reference.astimezone(zone).replace(tzinfo=None)
        wall = datetime.combine(local.date(), clock.time)
        nearest = ONE_DAY if wall < local - FURTHEST_BACK else -ONE_DAY if wall >= local + _AFTER else timedelta()
        # The other days are for the nights in which clocks change.
        for shift in (nearest, -ONE_DAY, timedelta(), ONE_DAY):
            placed = self._shown(wall + shift, zone, letters)
            if placed.at is None and shift == nearest and placed.problem:
                return placed
            if placed.at and reference - FURTHEST_BACK <= placed.at < reference + _AFTER:
                return placed
        return ResolvedInstant(None)

    def _on_stated_day(self, clock: TimeOfDay, stated: DayInForce, zone: tzinfo, letters: str) -> ResolvedInstant:
        """Below a day, times that go back by more than the window allows are of the next day, unless all descend."""
        first = stated is not self._stated
        if first or self._day is None:
            self._stated, self._day = stated, stated.date
        placed = self._on_day(clock, self._day, zone, letters)
        went_back = placed.at and self._above and placed.at < self._above - FURTHEST_BACK
        if went_back and not first and stated not in self._descending:
            self._day += ONE_DAY
            placed = self._on_day(clock, self._day, zone, letters)
        return placed

    def _on_day(self, clock: TimeOfDay, day: date, zone: tzinfo, letters: str) -> ResolvedInstant:
        return self._shown(datetime.combine(day + ONE_DAY if clock.end_of_day else day, clock.time), zone, letters)

    def _shown(self, local: datetime, zone: tzinfo, letters: str) -> ResolvedInstant:
        """When clocks in `zone` show `local`; of two such instants the one of the letters, or that is not before."""
        try:
            return ResolvedInstant(on_the_clock(local, zone, letters))
        except WrongValueError as error:
            if error.code != "time-twice":
                return ResolvedInstant(None, error)
            first, second = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
            return ResolvedInstant(second if self._above and first < self._above else first, error)


def _descending_days(entries: Iterable[WrittenEntry]) -> set[DayInForce]:
    """The days below which the newest entry stands first: three or more, and none later than the one above it."""
    return {
        day
        for day, below in groupby(entries, key=lambda entry: entry.day)
        if isinstance(day, DayInForce)
        and _descends([entry.head.clock.time for entry in below if isinstance(entry.head.clock, TimeOfDay)])
    }


def _descends(times: Sequence[object]) -> bool:
    return (
        len(times) >= _FEWEST_DESCENDING
        and all(below <= above for above, below in pairwise(times))  # type: ignore[operator]
        and times[0] != times[-1]
    )


_LONGEST_NIGHT = timedelta(hours=18)
"""How far behind its beginning a range may end on the next day."""
_REVERSED = "the range ends before it begins"
_HINT_OF_RANGE = "write the earlier time first, or only the time at which it began"
_HINT = "begin each entry with its time: - 14:30 — what happened"
_KINDS = [*(kind.value for kind in TurningPoint), "none"]


class TimelineReader:
    """Reads the timelines of one file.

    `begins_at` is the UTC instant at which the notice begins; times without a zone are those of `zone`. `line_of` gives
    the line of the file for a line of a part, counted from 0; -1 is its heading.
    """

    def __init__(self, begins_at: datetime, zone: ZoneInfo, line_of: Callable[[BodyPart, int], int]) -> None:
        self._begins_at = begins_at
        self._zone = zone
        self._line_of = line_of
        self._zones = ZoneNames(zone=zone, on=begins_at.astimezone(zone).date())
        self.entries: list[TimelineEntry] = []
        self.warnings: list[Remark] = []
        self.unread: list[Remark] = []
        """The first line that does not fit, of each section that has any."""

    def read(self, parts: Sequence[BodyPart]) -> list[ReadSection]:
        """Add the entries of a section, which is a part named Timeline and those below it; what each part is."""
        reader = EntryReader(self._zones)
        found = [reader.read(part, below=number > 0) for number, part in enumerate(parts)]
        if uncertain := _uncertain_zone(found):
            message = f"it is not certain which time zone {quoted(uncertain)} is"
            self.unread.append(Remark(line=self._line_of(parts[0], -1), message=message))
            return [ReadSection(marked=part.markdown, markdown=part.markdown) for part in parts]
        if unread := self._zone_in_prose(found):
            self.unread.append(unread)
            return [ReadSection(marked=part.markdown, markdown=part.markdown) for part in parts]
        self._drop(found, _has_an_uncertain_day)
        if any(entry.head.meridiem for entry in times_in(found)):
            self._drop(found, lambda entry: entry.head.ambiguous)
        self._place(found)
        self._drop(found, lambda entry: entry.number is None)
        self._remark_unread(found)
        return [_read_section(part) for part in found]

    def _zone_in_prose(self, found: Sequence[EntryPart]) -> Remark | None:
        """A line around the entries that speaks of another zone, where some times have no zone that is stated."""
        if any(part.zone for part in found) or not any(_needs_a_zone(entry) for entry in times_in(found)):
            return None
        for part in found:
            for line, text in part.around():
                if zone := self._zones.words_of_another_zone(text):
                    message = f"{quoted(text)} does not say for certain whether all times are in {zone}"
                    hint = f"write on a line of its own which zone they are in, such as: Times: {zone}"
                    return Remark(line=self._line_of(part.part, line), message=message, hint=hint)
        return None

    def _drop(self, found: Sequence[EntryPart], unfit: Callable[[WrittenEntry], bool]) -> None:
        """Make the entries that do not fit prose again."""
        for part in found:
            left_out = [entry for entry in part.entries if unfit(entry)]
            if left_out:
                part.unread += [_left_out(entry) for entry in left_out]
                part.entries = [entry for entry in part.entries if not unfit(entry)]
            if part.heading in left_out:
                part.heading = None

    def _remark_unread(self, found: Sequence[EntryPart]) -> None:
        unread = [line._replace(line=self._line_of(part.part, line.line)) for part in found for line in part.unread]
        if not unread and not any(part.entries for part in found):
            unread = [
                Unread(self._line_of(part.part, line), text) for part in found for line, text in _prose(part.part)
            ]
        if unread:
            first = min(unread)
            message = first.reason or f"{quoted(first.text)} does not begin with a time that can be read"
            self.unread.append(Remark(line=first.line, message=message, hint=first.hint or _HINT))

    def _place(self, found: Sequence[EntryPart]) -> None:
        """Give every entry its instant, and warn of times that go back."""
        before = len(self.entries)
        resolver = InstantResolver(self._begins_at, times_in(found))
        of_section = next((part.zone for part in found if part.zone), None)
        for part in found:
            for entry in part.entries:
                stated = entry.head.zone or entry.zone or part.zone or of_section
                zone = (stated and stated.zone) or self._zone
                line = self._line_of(part.part, entry.line)
                placed = resolver.resolve(entry, zone, stated.letters if stated else "")
                if placed.problem:
                    hint = "write the time in UTC: - 01:30 UTC — …"
                    self._warn(line, "timeline-clock-change", placed.problem.message, hint)
                if placed.at:
                    until = _until(entry, placed.at, entry.head.until_zone or stated, self._zone)
                    if entry.head.until and until is None:
                        part.unread.append(Unread(entry.line, entry.text, _REVERSED, _HINT_OF_RANGE))
                    entry.number = len(self.entries)
                    self.entries.append(self._entry(entry, placed.at, until, line))
        self._warn_of_order(self.entries[before:])

    def _entry(self, entry: WrittenEntry, at: datetime, until: datetime | None, line: int) -> TimelineEntry:
        if entry.mark and not entry.mark.known:
            self._warn(
                line, "timeline-kind", f"{quoted(entry.mark.name)} is no kind of entry", one_of(_KINDS, at_most=9)
            )
        return TimelineEntry(at=at, until=until, text=entry.text, line=line, kind=entry.kind)

    def _warn_of_order(self, entries: Sequence[TimelineEntry]) -> None:
        """Warn of the first entry that goes back, unless the section has the newest first."""
        steps = [(above, entry) for above, entry in pairwise(entries) if entry.at != above.at]
        back = [(above, entry) for above, entry in steps if entry.at < above.at]
        if not back or len(back) == len(steps):
            return
        above, entry = back[0]
        self._warn(
            entry.line,
            "timeline-out-of-order",
            f"{formatted(entry.at, self._zone)} stands below {formatted(above.at, self._zone)} in line {above.line}",
            "put the entries in the order of their times; or write the day before the time",
        )

    def _warn(self, line: int, code: str, message: str, hint: str) -> None:
        self.warnings.append(Remark(line=line, code=code, message=message, hint=hint))


def _prose(part: BodyPart) -> Iterator[tuple[int, str]]:
    """The first line of a part that says something, with its number."""
    for number, (text, prose) in enumerate(zip(part.lines.texts, part.lines.prose, strict=True)):
        if prose and not text.isspace():
            yield number, text.strip()
            return


def _uncertain_zone(found: Sequence[EntryPart]) -> str:
    """The first words that look like a zone and are none that is certain; empty where there are none."""
    stated = [part.zone for part in found]
    stated += [zone for entry in times_in(found) for zone in (entry.head.zone, entry.head.until_zone, entry.zone)]
    return next((zone.written for zone in stated if zone and zone.zone is None), "")


def _has_an_uncertain_day(entry: WrittenEntry) -> bool:
    """Whether the day of an entry is written in a way that is not certain; time since the start needs none."""
    return isinstance(entry.day, AmbiguousDay) and isinstance(entry.head.clock, TimeOfDay)


def _left_out(entry: WrittenEntry) -> Unread:
    if isinstance(entry.day, AmbiguousDay) and _has_an_uncertain_day(entry):
        return Unread.day(entry.line, entry.day.written)
    return Unread(entry.line, entry.text)


def _needs_a_zone(entry: WrittenEntry) -> bool:
    """Whether no zone is stated for the time of an entry; time since the start needs none."""
    return isinstance(entry.head.clock, TimeOfDay) and not (entry.head.zone or entry.zone)


def _until(entry: WrittenEntry, at: datetime, stated: StatedZone | None, zone_of_file: ZoneInfo) -> datetime | None:
    """The end of the range of an entry: the first time behind its beginning that clocks show so.

    Of two such times in one night that with the letters of `stated`, the zone of the end. One that would be of the next
    day is none if it lies too far away: `14:30–14:10` is a slip.
    """
    until, zone = entry.head.until, (stated and stated.zone) or zone_of_file
    if until is None:
        return None
    wall = datetime.combine(at.astimezone(zone).date(), until.time)
    wall = wall + ONE_DAY if until.end_of_day else wall
    both = [wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1)]
    named = [local for local in both if stated and local.tzname() == stated.letters]
    for local in named or both:
        if local.astimezone(UTC) >= at:
            return local.astimezone(UTC)
    later = (wall + ONE_DAY).replace(tzinfo=zone).astimezone(UTC)
    return later if later - at <= _LONGEST_NIGHT else None


def _read_section(found: EntryPart) -> ReadSection:
    """A part with the marks of its entries."""
    markdown = "".join(found.texts)
    if found.heading and found.heading.number is not None:
        mark, heading = found.heading.mark, found.part.heading
        return ReadSection(
            marked=f"{ENTRY_MARK.format(number=found.heading.number)}\n\n{found.heading.text}",
            markdown=markdown,
            heading=mark.removed_from(heading) if mark else heading,
            entry=found.heading.number,
        )
    marks: dict[int, list[tuple[int, str]]] = {}
    for entry in found.entries:
        for line, index in entry.places:
            marks.setdefault(line, []).append((index, ENTRY_MARK.format(number=entry.number)))
        if entry.label_place and entry.label and entry.label.kind is entry.kind:
            marks[entry.label_place[0]].append((entry.label_place[1], LABEL_MARK))
    for line, index in found.days if found.entries else ():
        marks.setdefault(line, []).append((index, DAY_MARK))
    changed = {number: text for number, text in enumerate(found.texts) if text != found.part.lines.texts[number]}
    changed |= {line: inserted(found.texts[line], here) for line, here in marks.items()}
    marked = markdown_for_host(found.part.lines, found.blocks, changed)
    return ReadSection(marked=marked, markdown=markdown, heading_is_day=found.heading_is_day)
