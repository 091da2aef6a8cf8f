"""One part of a Timeline section → its entries as they are written: list items, rows of tables, a heading."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ..suggestions import quoted
from .blocks import Block, Item, Paragraph, Table, blocks, first_paragraph, item_text, own_text
from .dates_and_times import day_alone, day_in_front, uncertain_day_alone, uncertain_day_in_front
from .entry_heads import begins_with_time, head_of, seems_to_state_a_time
from .language_tables import language_tables, name_of
from .turning_points import kind_in_cell, label_of, mark_at_end

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from mkdocs_incidents.model import TurningPoint

    from .blocks import TableRow
    from .entry_heads import EntryHead
    from .sections import BodyPart
    from .turning_points import KindMark, Label
    from .zone_names import StatedZone, ZoneNames


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which column of a table holds what."""

    time: int
    """0, or 1 where column 0 holds the day."""
    kind: int | None
    rest: tuple[int, ...]
    """Those whose cells are the text of an entry."""
    headers: tuple[str, ...]

    @classmethod
    def of(cls, table: Table, texts: Sequence[str]) -> Columns | None:
        """The columns of a timeline; None for a table of something else."""
        headers = tuple(table.header.text(texts, number) for number in range(len(table.header.cells)))
        time = next((n for n in (0, 1) if any(begins_with_time(row.text(texts, n)) for row in table.rows)), None)
        if time is None and headers and language_tables().columns.get(name_of(headers[0])) == "time":
            time = 0
        if time is None or (time and not any(day_alone(row.text(texts, 0)) for row in table.rows)):
            return None
        behind = range(time + 1, len(headers))
        kind = next((n for n in behind if language_tables().columns.get(name_of(headers[n])) == "kind"), None)
        return cls(time=time, kind=kind, rest=tuple(n for n in behind if n != kind), headers=headers)

    @property
    def time_header(self) -> str:
        """What stands above the times: `Time (UTC)`."""
        return self.headers[self.time] if self.time < len(self.headers) else ""

    def filled(self, row: TableRow, texts: Sequence[str]) -> list[int]:
        """The columns of the text in which a row has words."""
        return [number for number in self.rest if row.text(texts, number)]

    def first_text(self, row: TableRow, texts: Sequence[str]) -> str:
        """The first words of a row behind its time."""
        return next((row.text(texts, number) for number in self.filled(row, texts)), "")

    def joined(self, row: TableRow, texts: Sequence[str]) -> str:
        """The cells behind the time as one text, each below its header where there are several columns."""
        cells = [(self.headers[n], row.text(texts, n).replace("\\|", "|")) for n in self.filled(row, texts)]
        if len(self.rest) == 1:
            return "".join(cell for _, cell in cells)
        return "; ".join(f"{header}: {cell}" if header else cell for header, cell in cells)

    def places(self, row: TableRow, texts: Sequence[str]) -> list[tuple[int, int]]:
        """Where the marks of an entry go: before the words of every cell of its text."""
        return [(row.line, row.begin(texts, number)) for number in self.filled(row, texts)]


_WORD = re.compile(r"[^\W_]")
HEADING_LINE = -1


@dataclass(frozen=True, slots=True, eq=False)
class DayInForce:
    """A day that is written in one place and holds for the entries below it."""

    date: date


@dataclass(frozen=True, slots=True, eq=False)
class AmbiguousDay:
    """What looks like a day and is none; entries below it have no day that is certain, and none from further above."""

    written: str


class Unread(NamedTuple):
    """What looks like an entry, or states something about entries, and does not fit."""

    line: int
    """Of the part; -1 for its heading."""
    text: str
    reason: str = ""
    """Empty where it does not begin with a time that can be read."""
    hint: str = ""

    @classmethod
    def day(cls, line: int, written: str) -> Unread:
        """That a day is not certain."""
        reason = f"it is not certain which day {quoted(written)} is"
        return cls(line, written, reason, "write the day with its year, such as 2026-04-08")


@dataclass(slots=True, kw_only=True, eq=False)
class WrittenEntry:
    """An entry as it is written, before it has an instant."""

    text: str
    line: int
    """Of the part; -1 for its heading."""
    head: EntryHead
    day: DayInForce | AmbiguousDay | None
    """Its own, or the nearest above it."""
    zone: StatedZone | None = None
    """Of its column."""
    mark: KindMark | None = None
    label: Label | None = None
    places: list[tuple[int, int]] = field(default_factory=list)
    """Line and index at which the marks for the host go."""
    label_place: tuple[int, int] | None = None
    """Line and index behind its label, where it is a list item."""
    number: int | None = None
    """Its place among the entries of the file; None until it has an instant."""

    @property
    def kind(self) -> TurningPoint | None:
        """The turning point that it states to be; a mark beats a label."""
        if self.mark:
            return self.mark.kind
        return self.label.kind if self.label else None


@dataclass(slots=True, kw_only=True)
class EntryPart:
    """One part of the section: what was found in it and how its lines change."""

    part: BodyPart
    zone: StatedZone | None
    """Of all its times."""
    texts: list[str]
    """Its lines without the marks of turning points."""
    may_have_marks: bool = False
    """Whether a mark of a turning point can be in it at all: looking for one in each entry takes time."""
    blocks: Sequence[Block] = ()
    entries: list[WrittenEntry] = field(default_factory=list)
    heading: WrittenEntry | None = None
    """The entry that the whole part is."""
    heading_is_day: bool = False
    days: list[tuple[int, int]] = field(default_factory=list)
    """Line and index behind each day on a line of its own."""
    unread: list[Unread] = field(default_factory=list)

    def around(self) -> Iterator[tuple[int, str]]:
        """Number and text of each line of prose that belongs to no entry; a heading counts, an entry's own does not."""
        if self.heading:
            return
        if not self.heading_is_day:
            yield HEADING_LINE, self.part.heading
        for block in self.blocks:
            if isinstance(block, Paragraph):
                for line in range(block.first, block.end):
                    if self.part.lines.prose[line]:
                        yield line, self.texts[line].strip()
        yield from ((unread.line, unread.text) for unread in self.unread)


class EntryReader:
    """Reads the parts of one Timeline section, in order."""

    def __init__(self, zones: ZoneNames) -> None:
        self._zones = zones
        self._day: DayInForce | AmbiguousDay | None = None
        self._above: WrittenEntry | None = None

    def read(self, part: BodyPart, *, below: bool) -> EntryPart:
        """The entries of a part; only the heading of one `below` the first can be an entry or a day."""
        found = EntryPart(part=part, zone=self._zones.stated_for_all(part.lines), texts=list(part.lines.texts))
        if below and (head := head_of(part.heading, self._zones)):
            found.zone = found.zone or self._zones.stated_in_brackets(part.heading)
            self._read_heading(found, head)
            return found
        found.zone = found.zone or self._zones.stated_in_asides(part.heading)
        if below and (day := day_alone(part.heading)):
            found.heading_is_day = True
            self._day = DayInForce(day)
        elif below and (written := self._take_day_in_front(part.heading)):
            found.unread.append(Unread.day(HEADING_LINE, written))
        self._above = None
        found.may_have_marks = "{" in part.markdown or "<!--" in part.markdown
        found.blocks = blocks(part.lines)
        for block in found.blocks:
            if isinstance(block, Item):
                self._read_outer_item(found, block)
            elif isinstance(block, Table):
                self._read_table(found, block)
            else:
                self._read_paragraph(found, block)
        return found

    def _held_day(self, head: EntryHead) -> DayInForce | AmbiguousDay | None:
        """The day of an entry; its own holds for the entries below it, too."""
        if head.day:
            self._day = DayInForce(head.day)
        elif head.uncertain_day:
            self._day = AmbiguousDay(head.uncertain_day)
        return self._day

    def _read_heading(self, found: EntryPart, head: EntryHead) -> None:
        heading = found.part.heading
        mark = mark_at_end(heading)
        words = (mark.removed_from(heading) if mark else heading)[head.end :]
        found.heading = WrittenEntry(
            text=f"{words}\n\n{found.part.markdown.strip()}".strip(),
            line=HEADING_LINE,
            head=head,
            day=self._held_day(head),
            mark=mark,
            label=label_of(words),
        )
        found.entries.append(found.heading)

    def _read_paragraph(self, found: EntryPart, block: Paragraph) -> None:
        lines = found.part.lines
        if not lines.prose[block.first]:
            return
        self._take_day_alone(found, "".join(lines.texts[block.first : block.end]), block.first)
        for line in range(block.first, block.end):
            text = lines.texts[line].strip()
            if lines.prose[line] and begins_with_time(text):
                found.unread.append(Unread(line, text))
                return

    def _take_day_alone(self, found: EntryPart, text: str, line: int) -> bool:
        """Hold the day, certain or not, that is all `text` says; whether it is one."""
        if day := day_alone(text):
            self._day = DayInForce(day)
            found.days.append((line, len(found.texts[line].rstrip())))
        elif written := uncertain_day_alone(text):
            self._day = AmbiguousDay(written)
            found.unread.append(Unread.day(line, written))
        else:
            return False
        return True

    def _take_day_in_front(self, text: str) -> str:
        """Hold the day, certain or not, with which `text` begins; the words of one that is not certain."""
        if day := day_in_front(text):
            self._day = DayInForce(day)
        elif written := uncertain_day_in_front(text):
            self._day = AmbiguousDay(written)
            return written
        return ""

    def _read_outer_item(self, found: EntryPart, item: Item) -> None:
        if self._take_day_alone(found, own_text(item, found.texts), item.first):
            self._above = None
            for child in item.children:
                self._read_item(found, child)
        else:
            self._read_item(found, item)

    def _read_item(self, found: EntryPart, item: Item) -> None:
        """The entry that a list item is; one without a time belongs to the entry above it."""
        first = found.texts[item.first][item.offset :].rstrip("\n")
        head = head_of(first, self._zones)
        mark = _take_mark(found, item, head.end) if head and found.may_have_marks else None
        whole = item_text(item, found.texts)
        text = f"{head.emphasis}{whole[head.end :]}".strip() if head else ""
        if head and text.strip("*_"):
            begin, label = item.offset + head.end, label_of(text)
            label_end = begin + label.end - len(head.emphasis) if label else 0
            self._above = WrittenEntry(
                text=text,
                line=item.first,
                head=head,
                day=self._held_day(head),
                mark=mark,
                label=label,
                label_place=(item.first, min(label_end, len(found.texts[item.first].rstrip()))),
                places=[(item.first, begin)],
            )
            found.entries.append(self._above)
        elif self._above is None or head or seems_to_state_a_time(first):
            found.unread.append(Unread(item.first, first))
            self._above = None  # what follows without a time belongs to this item, not to an entry further above
            self._take_day_in_front(first)
        else:
            nested = whole.replace("\n", "\n    ")
            self._above.text += f"\n\n- {nested}"
            self._above.places.append((item.first, item.offset))

    def _read_table(self, found: EntryPart, table: Table) -> None:
        """The entries of a table with times in its first column, or second behind a day; any other table is prose."""
        texts = found.part.lines.texts
        columns = Columns.of(table, texts)
        if columns is None:
            rows = ((row, row.text(texts, number)) for row in table.rows for number in range(len(row.cells)))
            found.unread += [Unread(row.line, text) for row, text in rows if begins_with_time(text)][:1]
            return
        headers = (columns.time_header, *columns.headers[: columns.time])
        zone = next(filter(None, map(self._zones.over_a_column, headers)), None)
        for row in table.rows:
            if columns.time and _WORD.search(cell := row.text(texts, 0)):
                day = day_alone(cell)
                self._day = DayInForce(day) if day else AmbiguousDay(cell)
            self._read_row(found, columns, row, zone)

    def _read_row(self, found: EntryPart, columns: Columns, row: TableRow, zone: StatedZone | None) -> None:
        """The entry that a row is; one with nothing in the column of times belongs to the row above it."""
        time = row.text(found.texts, columns.time)
        head = head_of(time, self._zones)
        mark = _mark_of_row(found, columns, row) if head else None
        text = columns.joined(row, found.texts)
        if head and head.end == len(time) and text:
            self._above = WrittenEntry(
                text=text,
                line=row.line,
                head=head,
                day=self._held_day(head),
                zone=zone,
                mark=mark,
                label=label_of(columns.first_text(row, found.texts)),
                places=columns.places(row, found.texts),
            )
            found.entries.append(self._above)
        elif self._above and text and not time:
            self._above.text += f"; {text}"
            self._above.places += columns.places(row, found.texts)
        else:
            found.unread.append(Unread(row.line, time or text))
            self._above = None


def _take_mark(found: EntryPart, item: Item, begin: int) -> KindMark | None:
    """The mark at the end of an item's first paragraph, which is removed from the lines."""
    own = "".join(found.texts[item.first : item.own_end])
    if "{" not in own and "<!--" not in own:
        return None
    lines = first_paragraph(item, found.part.lines)
    prefix = found.texts[item.first][: item.offset + begin]
    paragraph = "".join(found.texts[line] for line in lines).rstrip("\n")
    mark = mark_at_end(paragraph)
    if mark is None or mark.start < len(prefix.rstrip()):
        return None
    kept = mark.removed_from(paragraph).split("\n")
    for number, line in enumerate(lines):
        found.texts[line] = f"{kept[number]}\n" if number < len(kept) else ""
    if mark.start < len(prefix):  # nothing but the mark stands behind the time
        found.texts[item.first] = f"{prefix}{''.join(mark.emphasis)}\n"
    return mark


def _mark_of_row(found: EntryPart, columns: Columns, row: TableRow) -> KindMark | None:
    """What the column "Kind" says; else the mark at the end of the last cell of the text, which is removed from it."""
    if columns.kind is not None and (mark := kind_in_cell(row.text(found.texts, columns.kind))):
        return mark
    for number in columns.filled(row, found.texts)[-1:]:
        start, end = row.cells[number]
        line = found.texts[row.line]
        cell = line[start:end]
        if mark := mark_at_end(cell.rstrip()):
            found.texts[row.line] = f"{line[:start]}{mark.removed_from(cell).ljust(len(cell))}{line[end:]}"
            return mark
    return None


def times_in(parts: Sequence[EntryPart]) -> Iterator[WrittenEntry]:
    """All entries of a section, in order."""
    for part in parts:
        yield from part.entries
