"""The Timeline section of a body → entries, each at its instant, in the author's order.

An entry is a list item, a row of a table or a heading that begins with a time. What does not fit is prose. The whole
section is prose where a time names a zone that cannot be told for certain: it is never read in another zone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from ...model import EntryKind, TimelineEntry
from ..instants import on_the_clock, told
from ..spelling import one_of, quoted
from ..wrong import WrongValueError
from .clocks import Clock, Elapsed, aligned, clock_at, elapsed_at
from .days import day_alone, day_at
from .heads import Head, head_of
from .lists import Item, Paragraph, Table, blocks, hand_over, item_text
from .turning_points import Mark, kind_named, label_of, mark_at_end
from .words import name_of, words
from .zone_names import StatedZone, ZoneNames, zone_phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import tzinfo
    from zoneinfo import ZoneInfo

    from .lists import Row
    from .sections import Part

_DAY = timedelta(days=1)
_BEFORE, _AFTER = timedelta(hours=6), timedelta(hours=18)
"""Where the instant of a time without a day lies: from 6 hours before the entry above it to 18 hours after."""
_FEWEST_DESCENDING = 3
"""Entries of one stated day that show, by their order alone, that the newest stands first."""
_LIKE_A_TIME = re.compile(r"[*_]{0,3}\d{1,2}\s?[:.h時]\s?\d\d")
"""How an item begins that means to state a time, and does not belong to the entry above it."""
ENTRY_MARK = "<!-- incidents:entry {number} -->"
DAY_MARK = "<!-- incidents:day -->"
LABEL_MARK = "<!-- incidents:label -->"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something to tell the author about a line of the section; a warning if it has a code, else unread text."""

    line: int
    """Of the file."""
    message: str
    code: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSection:
    """What a part of a body is once it has been read."""

    marked: str
    """Its Markdown for the host, with a mark in each entry or promise."""
    markdown: str
    """Its Markdown for readers, without the marks of turning points."""
    heading: str | None = None
    """Its heading without the mark of a turning point, where it has one."""
    is_entry: int | None = None
    """The number of the entry that the whole part is, its heading included."""
    only_orders: bool = False
    """Whether its heading is a day, which holds for the entries below it."""


@dataclass(slots=True, kw_only=True)
class _Found:
    """An entry that has been read from the source and has no instant yet."""

    text: str
    line: int
    """Of the section; -1 for its heading."""
    head: Head
    day: date | None
    """The day on a line or heading above it, if that is the nearest."""
    day_line: int = -1
    """The line of the body on which that day stands, so that entries below the same one are known."""
    zone: StatedZone | None = None
    """Of its column."""
    mark: Mark | None = None
    places: list[tuple[int, int]] = field(default_factory=list)
    """Line and index at which the mark for the host goes."""
    in_table: bool = False
    label_end: int = 0
    """How many characters its label takes, where one states its turning point; rows of tables have none."""
    number: int | None = None
    """Its place among the entries; None until it has an instant."""


@dataclass(slots=True, kw_only=True)
class _Reading:
    """One part of the section: what was found in it and how its lines change."""

    part: Part
    line_of: Callable[[int], int]
    zone: StatedZone | None = None
    found: list[_Found] = field(default_factory=list)
    blocks: Sequence[Item | Table | Paragraph] = ()
    texts: list[str] = field(default_factory=list)
    """Its lines without the marks of turning points."""
    days: list[tuple[int, int]] = field(default_factory=list)
    """Line and index behind each day on a line of its own."""
    heading: _Found | None = None
    heading_is_day: bool = False
    unread: list[tuple[int, str]] = field(default_factory=list)


class TimelineReader:
    """Reads the timelines of one file.

    `begins_at` is the UTC instant at which the notice begins; times without a zone are those of `zone`.
    """

    def __init__(self, begins_at: datetime, zone: ZoneInfo) -> None:
        self._begins_at = begins_at
        self._zone = zone
        self._names = ZoneNames(zone=zone, on=begins_at.astimezone(zone).date())
        self.entries: list[TimelineEntry] = []
        self.warnings: list[Remark] = []
        self.unread: list[Remark] = []
        """The first line that does not fit, of each section that has any."""

    def read(
        self, parts: Sequence[Part], line_of: Callable[[Part], Callable[[int], int]], heading_line: int
    ) -> list[ReadSection]:
        """Add the entries of a section, which is a part named Timeline and those below it; what each part is.

        `line_of` gives, for a part, the line of the file for a line of its text, counted from 0.
        """
        day: tuple[date, int] | None = None
        readings = []
        for number, part in enumerate(parts):
            reading = _Reading(part=part, line_of=line_of(part), texts=list(part.lines.texts))
            reading.zone = self._stated_zone(part)
            day = self._collect(reading, day, below=number > 0)
            readings.append(reading)
        if uncertain := self._uncertain_zone(readings):
            self.unread.append(Remark(line=heading_line, message=uncertain))
            return [ReadSection(marked=part.markdown, markdown=part.markdown) for part in parts]
        self._leave_out_unlettered(readings)
        self._place(readings)
        unread = [(reading.line_of(line), text) for reading in readings for line, text in reading.unread]
        if unread:
            line, text = min(unread)
            self.unread.append(Remark(line=line, message=f"{quoted(text)} does not begin with a time that can be read"))
        return [_section(reading) for reading in readings]

    def _stated_zone(self, part: Part) -> StatedZone | None:
        """The zone of all times of a part: a line such as "Times: UTC" comes before an aside of the heading."""
        for text, prose in zip(part.lines.texts, part.lines.prose, strict=True):
            if prose and (phrase := zone_phrase(text)):
                zone, _, aside = phrase.partition("(")
                stated = self._names.stated(zone)
                other = self._names.stated(aside.strip(" )")) if aside else None
                if stated and other and stated.clocks and not self._agree(stated, other):
                    return StatedZone(written=phrase, clocks=None)
                return stated or StatedZone(written=phrase, clocks=None)
        for aside in _asides(part.heading):
            if stated := self._names.stated(zone_phrase(aside) or aside):
                return stated
        return None

    def _agree(self, stated: StatedZone, other: StatedZone) -> bool:
        """Whether two zones, such as `CEST (UTC+2)`, show the same time on the day the notice begins."""
        if stated.clocks is None or other.clocks is None:
            return False
        return (
            self._begins_at.astimezone(stated.clocks).utcoffset()
            == self._begins_at.astimezone(other.clocks).utcoffset()
        )

    def _collect(self, reading: _Reading, day: tuple[date, int] | None, *, below: bool) -> tuple[date, int] | None:
        """Find the entries of a part; the day that holds behind it."""
        part = reading.part
        if below and (alone := day_alone(part.heading)):
            reading.heading_is_day = True
            day = alone, part.first_line
        elif below and (head := head_of(part.heading, self._names)):
            mark = mark_at_end(part.heading)
            words_of_heading = _without(part.heading, mark)[head.end :]
            text = f"{words_of_heading}\n\n{part.markdown}".strip()
            reading.heading = _Found(text=text, line=-1, head=head, day=None, mark=mark)
            reading.found.append(reading.heading)
            return (head.day, part.first_line) if head.day else day
        reading.blocks = blocks(part.lines)
        above: _Found | None = None
        for block in reading.blocks:
            if isinstance(block, Paragraph):
                alone = day_alone("".join(reading.texts[block.first : block.end]))
                if alone and part.lines.prose[block.first]:
                    day = alone, part.text_line + block.first
                    reading.days.append((block.first, len(reading.texts[block.first].rstrip())))
                else:
                    reading.unread += _times_in_prose(part, block)
            elif isinstance(block, Table):
                above = self._collect_table(reading, block, above, day)
            elif (alone := _day_of(block, reading.texts)) and block.children:
                day = alone, part.text_line + block.first
                reading.days.append((block.first, len(reading.texts[block.first].rstrip())))
                for child in block.children:
                    above = self._collect_item(reading, child, above, day)
            else:
                above = self._collect_item(reading, block, above, day)
            if above and above.head.day:
                day = above.head.day, part.text_line + above.line
        return day

    def _collect_item(
        self, reading: _Reading, item: Item, above: _Found | None, day: tuple[date, int] | None
    ) -> _Found | None:
        """The entry that a list item is; one without a time belongs to the entry above it, which is returned then."""
        first, paragraph = _first_paragraph(item, reading.texts)
        head = head_of(first, self._names)
        mark = mark_at_end(paragraph) if head else None
        if mark and head and mark.start >= head.end:
            _take_out(reading.texts, item, mark)
        whole = item_text(item, reading.texts)
        said = f"{head.reopened}{whole[head.end :]}".strip() if head else ""
        if head is None or not said:
            if above is None or head or _LIKE_A_TIME.match(aligned(first)):
                reading.unread.append((item.first, first))
            else:
                nested = whole.replace("\n", "\n    ")
                above.text += f"\n\n- {nested}"
                above.places.append((item.first, item.offset))
            return above
        found = _Found(
            text=said,
            line=item.first,
            head=head,
            day=None if head.day or day is None else day[0],
            day_line=day[1] if day else -1,
            mark=mark,
            places=[(item.first, item.offset + head.end)],
        )
        reading.found.append(found)
        return found

    def _collect_table(
        self, reading: _Reading, table: Table, above: _Found | None, day: tuple[date, int] | None
    ) -> _Found | None:
        """The entries of a table whose first column, or second behind a day, has times; one of something else is prose."""
        lines = reading.part.lines
        columns = _Columns.of(table, reading)
        if columns is None:
            reading.unread += [(row.line, row.text(lines, 0)) for row in table.rows if _begins_with_time(row, lines)][
                :1
            ]
            return above
        zone = next(
            (z for aside in _asides(columns.header) if (z := self._names.stated(zone_phrase(aside) or aside))), None
        )
        held = day
        for row in table.rows:
            stated = day_alone(row.text(lines, 0)) if columns.time else None
            held = (stated, reading.part.text_line + row.line) if stated else held
            head = head_of(f"{row.text(lines, columns.time)} ", self._names)
            text = columns.joined(row, reading)
            cell = row.text(lines, columns.kind) if columns.kind is not None else ""
            mark = kind_named(cell) if cell else mark_at_end(text)
            if not cell and mark:
                text = _without(text, mark)
                _take_out_of_row(reading.texts, row.line)
            if head is None or not text:
                if above and text and head is None and not row.text(lines, columns.time):
                    above.text += f"; {text}"
                    above.places += columns.places(row)
                else:
                    reading.unread.append((row.line, row.text(lines, columns.time) or text))
                continue
            above = _Found(
                text=text,
                line=row.line,
                head=head,
                day=None if head.day or held is None else held[0],
                day_line=held[1] if held else -1,
                zone=zone,
                mark=mark,
                places=columns.places(row),
                in_table=True,
            )
            reading.found.append(above)
            if head.day:
                held = head.day, reading.part.text_line + row.line
        return above

    def _uncertain_zone(self, readings: Sequence[_Reading]) -> str:
        """Why the section stays prose; empty where every zone that it states is certain."""
        for reading in readings:
            for zone in (reading.zone, *(zone for found in reading.found for zone in (found.head.zone, found.zone))):
                if zone and zone.clocks is None:
                    return f"it is not certain which time zone {quoted(zone.written)} is"
        return ""

    def _leave_out_unlettered(self, readings: Sequence[_Reading]) -> None:
        """Hours of 1 to 12 without AM or PM do not fit where other times have them."""
        for reading in readings:
            clocks = [found.head.clock for found in reading.found if isinstance(found.head.clock, Clock)]
            if not any(clock.half for clock in clocks):
                continue
            for found in [*reading.found]:
                if isinstance(found.head.clock, Clock) and found.head.clock.ambiguous:
                    reading.found.remove(found)
                    reading.unread.append((max(found.line, 0), found.text))
                    if found is reading.heading:
                        reading.heading = None

    def _place(self, readings: Sequence[_Reading]) -> None:
        """Give every entry its instant, and tell of times that go back."""
        began = len(self.entries)
        descending = _descending_days([found for reading in readings for found in reading.found])
        above: datetime | None = None
        held: tuple[int, date] | None = None
        fallback = next((reading.zone for reading in readings if reading.zone), None)
        for reading in readings:
            for found in reading.found:
                line = reading.line_of(found.line)
                own = reading.part.text_line + found.line
                stated = found.head.zone or found.zone or reading.zone or fallback
                zone = (stated.clocks if stated else None) or self._zone
                local_day = found.head.day or found.day
                if local_day and held and held[0] == found.day_line and not found.head.day:
                    local_day = held[1]
                at = self._instant(found, local_day, zone, stated, above, line, literal=found.day_line in descending)
                if at is None:
                    reading.unread.append((max(found.line, 0), found.text))
                    continue
                if found.head.day or found.day:
                    held = (own if found.head.day else found.day_line), at.astimezone(zone).date()
                above = at
                found.number = len(self.entries)
                self.entries.append(self._entry(found, at, zone, line))
            reading.found = [found for found in reading.found if found.number is not None]
        self._warn_of_order(began)

    def _instant(  # noqa: PLR0913  the facts that decide
        self,
        found: _Found,
        day: date | None,
        zone: tzinfo,
        stated: StatedZone | None,
        above: datetime | None,
        line: int,
        *,
        literal: bool,
    ) -> datetime | None:
        clock = found.head.clock
        if isinstance(clock, Elapsed):
            return self._begins_at + clock.after
        reference = above or self._begins_at
        if day is None:
            days = [reference.astimezone(zone).date() + n * _DAY for n in (-1, 0, 1)]
            at = (self._on_the_clock(found, each, zone, stated, above, line) for each in days)
            return next((one for one in at if one and reference - _BEFORE <= one < reference + _AFTER), None)
        at_day = self._on_the_clock(found, day, zone, stated, above, line)
        if at_day and above and not found.head.day and not literal and at_day < above - _BEFORE:
            return self._on_the_clock(found, day + _DAY, zone, stated, above, line)
        return at_day

    def _on_the_clock(
        self,
        found: _Found,
        day: date,
        zone: tzinfo,
        stated: StatedZone | None,
        above: datetime | None,
        line: int,
    ) -> datetime | None:
        """The instant of an entry on `day`; None, and a warning, where clocks skip it."""
        clock = found.head.clock
        local = datetime.combine(day + _DAY if clock.next_day else day, clock.time)  # type: ignore[union-attr]
        try:
            return on_the_clock(local, zone)
        except WrongValueError as error:
            if error.code == "time-twice":
                both = [local.replace(tzinfo=zone, fold=fold) for fold in (0, 1)]
                letters = stated.letters if stated else ""
                named = [one for one in both if one.tzname() == letters]
                if not named:
                    self._warn(line, "timeline-clock-change", error.message, "write the time in UTC: - 01:30 UTC — …")
                later = [one for one in both if above is None or one >= above]
                return (named or later or both)[0].astimezone(self._begins_at.tzinfo)
            self._warn(line, "timeline-clock-change", error.message, "write the time in UTC: - 01:30 UTC — …")
            return None

    def _entry(self, found: _Found, at: datetime, zone: tzinfo, line: int) -> TimelineEntry:
        until = None
        if found.head.until:
            ends = datetime.combine(at.astimezone(zone).date(), found.head.until.time, tzinfo=zone)
            ends += _DAY if found.head.until.next_day else timedelta()
            until = ends.astimezone(at.tzinfo)
            until += _DAY if until < at else timedelta()
        if found.mark and not found.mark.known:
            self._warn(line, "timeline-kind", f"{quoted(found.mark.name)} is no kind of entry", one_of(EntryKind))
        label = label_of(found.text)
        kind = found.mark.kind if found.mark else label.kind if label else None
        if label and label.kind is kind and found.line >= 0 and not found.in_table:
            found.label_end = label.end - len(found.head.reopened)
        return TimelineEntry(at=at, until=until, text=found.text, line=line, kind=kind)

    def _warn_of_order(self, began: int) -> None:
        entries = self.entries[began:]
        steps = [(before, entry) for before, entry in pairwise(entries) if entry.at != before.at]
        if not steps or all(entry.at < before.at for before, entry in steps):
            return
        if wrong := next(((before, entry) for before, entry in steps if entry.at < before.at), None):
            before, entry = wrong
            self._warn(
                entry.line,
                "timeline-out-of-order",
                f"{told(entry.at, self._zone)} stands below {told(before.at, self._zone)} in line {before.line}",
                "put the entries in the order of their times; or write the day before the time",
            )

    def _warn(self, line: int, code: str, message: str, hint: str) -> None:
        warning = Remark(line=line, code=code, message=message, hint=hint)
        if warning not in self.warnings:
            self.warnings.append(warning)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """Which column of a table holds what."""

    time: int
    kind: int | None
    rest: tuple[int, ...]
    header: str
    """That of the column of times."""
    names: tuple[str, ...]

    @classmethod
    def of(cls, table: Table, reading: _Reading) -> _Columns | None:
        """The columns of a timeline; None for a table of something else."""
        lines = reading.part.lines
        time = next((n for n in (0, 1) if any(_time_in(row.text(lines, n)) for row in table.rows)), None)
        if time is None or (time and not any(day_alone(row.text(lines, 0)) for row in table.rows)):
            return None
        names = tuple(table.header.text(lines, n) for n in range(len(table.header.cells)))
        kind = next(
            (n for n, name in enumerate(names) if words().columns.get(name_of(name)) == "kind" and n > time), None
        )
        rest = tuple(n for n in range(time + 1, len(names)) if n != kind)
        return cls(time=time, kind=kind, rest=rest, header=names[time], names=names)

    def joined(self, row: Row, reading: _Reading) -> str:
        """The cells behind the time as one text, each below its header where there are several."""
        cells = [(self.names[n], row.text(reading.part.lines, n).replace("\\|", "|")) for n in self.rest]
        filled = [(name, cell) for name, cell in cells if cell]
        if len(self.rest) <= 1:
            return "; ".join(cell for _, cell in filled)
        return "; ".join(f"{name}: {cell}" if name else cell for name, cell in filled)

    def places(self, row: Row) -> list[tuple[int, int]]:
        """Where the marks of an entry go: the beginning of every cell of its text that is not empty."""
        return [(row.line, row.cells[n][0] + 1) for n in self.rest if n < len(row.cells)]


def _asides(heading: str) -> Iterator[str]:
    """What stands in brackets in a heading: `Timeline (UTC)`."""
    for opening, closing in ("()", "（）", "[]"):
        for part in heading.split(opening)[1:]:
            yield part.split(closing)[0].strip()


def _day_of(item: Item, texts: Sequence[str]) -> date | None:
    """The day that is all an item says before its nested items."""
    own = "".join([texts[item.first][item.offset :], *texts[item.first + 1 : item.own_end]])
    return day_alone(own)


def _time_in(cell: str) -> bool:
    plain = aligned(cell).lstrip("*_ ")
    return (
        clock_at(plain, 0) is not None
        or elapsed_at(plain, 0) is not None
        or ((day := day_at(plain)) is not None and clock_at(plain, _skip(plain, day.end)) is not None)
    )


def _skip(text: str, start: int) -> int:
    while start < len(text) and text[start] in " ,T":
        start += 1
    return start


def _begins_with_time(row: Row, lines: object) -> bool:
    return any(_time_in(row.text(lines, n)) for n in range(len(row.cells)))  # type: ignore[arg-type]


def _times_in_prose(part: Part, block: Paragraph) -> Iterator[tuple[int, str]]:
    """The first line of a paragraph that begins with a time, as an entry without a bullet does."""
    for line in range(block.first, block.end):
        text = part.lines.texts[line].strip()
        if part.lines.prose[line] and _time_in(text):
            yield line, text
            return


def _first_paragraph(item: Item, texts: Sequence[str]) -> tuple[str, str]:
    """The first line of an item without its bullet, and its first paragraph."""
    first = texts[item.first][item.offset :]
    paragraph = [first]
    for line in range(item.first + 1, item.own_end):
        if texts[line].isspace():
            break
        paragraph.append(texts[line])
    return first.rstrip("\n"), "".join(paragraph).rstrip("\n")


def _without(text: str, mark: Mark | None) -> str:
    if mark is None:
        return text
    before = text[: mark.start]
    stop = "" if before.endswith((".", "!", "?", "。")) else mark.stop
    return f"{before}{stop}{text[mark.end :]}"


def _take_out(texts: list[str], item: Item, mark: Mark) -> None:
    """Remove a mark from the first paragraph of an item; a full stop behind it moves before it."""
    _, paragraph = _first_paragraph(item, texts)
    prefix = texts[item.first][: item.offset]
    kept = (prefix + _without(paragraph, mark)).split("\n")
    for number in range(paragraph.count("\n") + 1):
        texts[item.first + number] = f"{kept[number]}\n" if number < len(kept) else ""


def _take_out_of_row(texts: list[str], line: int) -> None:
    """Remove the mark that ends the last cell of a row."""
    row = texts[line].rstrip()
    bar = "|" if row.endswith("|") else ""
    cell = row.removesuffix("|").rstrip()
    texts[line] = f"{_without(cell, mark_at_end(cell))} {bar}\n"


def _descending_days(found: Sequence[_Found]) -> set[int]:
    """The day lines below which the newest entry stands first: three or more, and none later than the one above."""
    descending = set()
    for line, group in groupby((one for one in found if one.day), key=lambda one: one.day_line):
        times = [one.head.clock.time for one in group if isinstance(one.head.clock, Clock)]
        if len(times) >= _FEWEST_DESCENDING and all(b <= a for a, b in pairwise(times)) and times[0] > times[-1]:
            descending.add(line)
    return descending


def _section(reading: _Reading) -> ReadSection:
    """A part with the marks of its entries."""
    markdown = "".join(reading.texts)
    if reading.heading and reading.heading.number is not None:
        text = reading.heading.text
        mark = ENTRY_MARK.format(number=reading.heading.number)
        heading = _without(reading.part.heading, reading.heading.mark)
        return ReadSection(
            marked=f"{mark}\n\n{text}", markdown=markdown, heading=heading, is_entry=reading.heading.number
        )
    inserts: dict[int, list[tuple[int, str]]] = {}
    for found in reading.found:
        for line, index in found.places:
            inserts.setdefault(line, []).append((index, ENTRY_MARK.format(number=found.number)))
        if found.label_end and found.places:
            line, index = found.places[0]
            inserts[line].append((index + found.label_end, LABEL_MARK))
    if reading.found:
        for line, index in reading.days:
            inserts.setdefault(line, []).append((index, DAY_MARK))
    edited = {line: inserted(reading.texts[line], marks) for line, marks in inserts.items()}
    changed = {n: t for n, t in enumerate(reading.texts) if t != reading.part.lines.texts[n]} | edited
    marked = hand_over(reading.part.lines, reading.blocks, changed)
    return ReadSection(marked=marked, markdown=markdown, only_orders=reading.heading_is_day)


def inserted(text: str, marks: Sequence[tuple[int, str]]) -> str:
    """`text` with each mark at its index."""
    for index, mark in sorted(marks, reverse=True):
        text = f"{text[:index]}{mark}{text[index:]}"
    return text
