"""The lists, pipe tables and paragraphs of a section as their author wrote them, with the lines that belong to each.

Nesting goes by the indentation in the source: two columns deeper than the bullet above. Python-Markdown wants four, and
a blank line above a list, so sections are handed over to it rewritten that way (`markdown_for_host`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..markdown_lines import code_spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..markdown_lines import Lines

_DELIMITER = re.compile(r"\|?(?:[ \t]*:?-+:?[ \t]*\|)*(?:[ \t]*:?-+:?)?$")
_SIGN = re.compile(r"\\.|\|")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """A row of a table: where in its line each cell stands, from the first character to the one behind the last."""

    line: int
    cells: tuple[tuple[int, int], ...]

    def text(self, texts: Sequence[str], number: int) -> str:
        """The text of cell `number`; empty where the row is shorter."""
        if number >= len(self.cells):
            return ""
        start, end = self.cells[number]
        return texts[self.line][start:end].strip()

    def begin(self, texts: Sequence[str], number: int) -> int:
        """The index in its line at which the text of cell `number` begins."""
        start, end = self.cells[number]
        cell = texts[self.line][start:end]
        return start + len(cell) - len(cell.lstrip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A pipe table. Lines are counted from 0 in the section."""

    first: int
    end: int
    header: TableRow
    rows: tuple[TableRow, ...]
    bordered: bool
    """Whether its lines begin with a bar."""

    def for_host(self, texts: Sequence[str]) -> Iterator[str]:
        """Its lines, each with a bar in front: a comment may then stand at the beginning of the first cell."""
        for text in texts[self.first : self.end]:
            yield text if self.bordered else f"|{text}"


def table_at(lines: Lines, number: int) -> Table | None:
    """The table whose header is on a line."""
    texts, prose = lines.texts, lines.prose
    if "|" not in texts[number] or number + 1 >= len(texts) or "-" not in texts[number + 1]:
        return None
    delimiter = texts[number + 1].strip()
    if "|" not in delimiter or not (prose[number] and prose[number + 1] and _DELIMITER.match(delimiter)):
        return None
    bordered = texts[number].lstrip().startswith("|")
    end = number + 2
    while end < len(texts) and prose[end] and "|" in texts[end]:
        end += 1
    return Table(
        first=number,
        end=end,
        header=_row(texts[number], number, bordered=bordered),
        rows=tuple(_row(texts[line], line, bordered=bordered) for line in range(number + 2, end)),
        bordered=bordered,
    )


def _row(text: str, line: int, *, bordered: bool) -> TableRow:
    stripped = text.rstrip()
    start = len(text) - len(text.lstrip())
    if bordered and stripped.startswith("|", start):
        start += 1
    cells = []
    for bar in _bars(stripped, start):
        cells.append((start, bar))
        start = bar + 1
    if start < len(stripped) or not cells:
        cells.append((start, len(stripped)))
    return TableRow(line=line, cells=tuple(cells))


def _bars(text: str, start: int) -> Iterator[int]:
    """The indices of the bars that end a cell: those that are neither escaped nor in code."""
    for begin, end in [*code_spans(text, start), (len(text), len(text))]:
        for sign in _SIGN.finditer(text, start, begin):
            if sign[0] == "|":
                yield sign.start()
        start = end


_BULLET = re.compile(r"(?P<indent>[ \t]*)(?:(?P<mark>[-*+•])|(?P<number>\d{1,9})[.)])(?:[ \t]+(?=\S)|[ \t]*$)")
_RULE = re.compile(r"(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_BULLET_OF_THE_HOST = re.compile(r"(?P<sign>[-*+]|\d+\.)(?=[ ])")
_DEEPER = 2
"""Columns by which a nested bullet is indented at least."""
_TAB = 4
_MOST_LEVELS = 12
"""Of nested lists; a bullet below them is text."""


@dataclass(slots=True)
class Item:
    """A list item. Lines are counted from 0 in the section."""

    first: int
    end: int
    """The line behind it, nested items included; blank lines at its end are not part of it."""
    indent: int
    """Columns before its bullet."""
    marker: str
    """Its bullet as Python-Markdown has it: `-` or `1.`."""
    offset: int
    """Index in its first line at which its text begins."""
    content: int
    """Columns before its text."""
    below: int | None = None
    """Columns before the least indented of the blocks below its first paragraph, nested items apart."""
    children: list[Item] = field(default_factory=list)

    @property
    def margin(self) -> int:
        """The columns that the lines below its first one are indented by because they belong to it."""
        return self.content if self.below is None else min(self.below, self.indent + _TAB)

    def holds(self, indent: int) -> bool:
        """Whether a line is part of a block of its own, such as an admonition or indented code."""
        return self.below is not None and indent >= self.margin + _TAB

    @property
    def own_end(self) -> int:
        """The line behind its own text, where its first nested item begins."""
        return self.children[0].first if self.children else self.end

    @property
    def ordered(self) -> bool:
        """Whether it has a number."""
        return self.marker != "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Lines that are neither list nor table: prose, code, comments."""

    first: int
    end: int


Block = Item | Table | Paragraph


def blocks(lines: Lines, boxes: re.Pattern[str] | None = None) -> tuple[Block, ...]:
    """Everything in a section that is not blank, outermost items only, in order.

    A line that begins with one of `boxes` is an item although it has no bullet.
    """
    reader = _BlockReader(lines, boxes)
    number = 0
    while number < len(lines.texts):
        number = reader.read(number)
    reader.close_items(0)
    reader.close_paragraph()
    return tuple(reader.blocks)


class _BlockReader:
    """Reads a section line by line."""

    def __init__(self, lines: Lines, boxes: re.Pattern[str] | None) -> None:
        self._lines = lines
        self._boxes = boxes
        self.blocks: list[Block] = []
        self._open: list[Item] = []
        self._paragraph: int | None = None
        """The first line of the paragraph that is open."""
        self._last = -1
        """The last line that is not blank."""

    def read(self, number: int) -> int:
        """Take the block or line that begins on line `number`; the line behind it."""
        text = self._lines.texts[number]
        if text.isspace():
            if self._lines.prose[number]:
                self.close_paragraph()
            return number + 1
        indent = _indent(text)
        if number and not (self._lines.prose[number] or self._lines.prose[number - 1]):
            self._extend(number, indent)  # code and comments are taken whole
        elif table := self._table(number, indent):
            self.close_items(0)
            self.close_paragraph()
            self.blocks.append(table)
            self._last = table.end - 1
            return table.end
        elif bullet := self._bullet(number, indent):
            self._begin_item(number, bullet)
        else:
            self._continue(number, indent)
        self._last = number
        return number + 1

    def close_paragraph(self) -> None:
        """End the paragraph that is open, if one is."""
        if self._paragraph is not None:
            self.blocks.append(Paragraph(first=self._paragraph, end=self._last + 1))
            self._paragraph = None

    def close_items(self, levels: int) -> None:
        """End the items that are open, except the outermost `levels`."""
        while len(self._open) > levels:
            item = self._open.pop()
            if self._open:
                self._open[-1].children.append(item)
                self._open[-1].end = max(self._open[-1].end, item.end)
            else:
                self.blocks.append(item)

    def _table(self, number: int, indent: int) -> Table | None:
        belongs_to_item = self._open and indent >= self._open[0].indent + _DEEPER
        return None if belongs_to_item else table_at(self._lines, number)

    def _bullet(self, number: int, indent: int) -> re.Match[str] | None:
        """The bullet on a line, if it begins an item there."""
        if not self._lines.prose[number]:
            return None
        text = self._lines.texts[number].rstrip("\n")
        found = _BULLET.match(text)
        if found is None:
            return self._boxes.match(text) if self._boxes else None
        levels = self._levels_above(indent)
        if _RULE.match(text.strip()) or levels >= _MOST_LEVELS or (indent >= _TAB and not self._open):
            return None
        if levels and levels == len(self._open) and self._open[-1].holds(indent):
            return None
        # "…rose to\n30. After that" goes on with its sentence.
        in_sentence = number - 1 == self._last and (self._open or self._paragraph is not None)
        sibling = self._open[levels] if levels < len(self._open) else None
        if in_sentence and found["number"] not in {None, "1"} and not (sibling and sibling.ordered):
            return None
        return found

    def _levels_above(self, indent: int) -> int:
        """How many open items a bullet with this indentation is nested in."""
        return sum(1 for item in self._open if indent >= item.indent + _DEEPER)

    def _begin_item(self, number: int, bullet: re.Match[str]) -> None:
        self.close_paragraph()
        groups = bullet.groupdict()
        indent = _columns(bullet["indent"])
        self.close_items(self._levels_above(indent))
        marker = f"{int(groups['number'])}." if groups.get("number") else "-"
        offset = bullet.end() if "number" in groups else bullet.end("indent")
        content = _columns(re.sub(r"\S", " ", self._lines.texts[number][:offset]))
        content = min(max(content, indent + _DEEPER), indent + _TAB)
        self._open.append(Item(number, number + 1, indent, marker, offset, content))

    def _continue(self, number: int, indent: int) -> None:
        """A line without a bullet: of the item that it is indented below, of the one it follows, or of a paragraph."""
        if self._open:
            levels = self._levels_above(indent)
            follows = number - 1 == self._last and not self._interrupts(number)
            if not follows:
                self.close_items(levels)
        self._extend(number, indent)

    def _extend(self, number: int, indent: int) -> None:
        if self._open:
            item = self._open[-1]
            item.end = number + 1
            if indent >= item.content and self._begins_block(number):
                item.below = indent if item.below is None else min(item.below, indent)
        elif self._paragraph is None:
            self._paragraph = number

    def _begins_block(self, number: int) -> bool:
        """Whether a line of an item is neither the rest of a paragraph nor inside code."""
        after_blank = self._lines.prose[number] and number - 1 != self._last
        return after_blank or self._begins_code(number)

    def _begins_code(self, number: int) -> bool:
        return not self._lines.prose[number] and self._lines.prose[number - 1]

    def _interrupts(self, number: int) -> bool:
        """Whether a line cannot be the rest of a sentence: a rule, or the beginning of code."""
        return self._begins_code(number) or _RULE.match(self._lines.texts[number].strip()) is not None


def _columns(margin: str) -> int:
    return len(margin.expandtabs(_TAB))


def _indent(text: str) -> int:
    """The columns before the first character of a line."""
    return _columns(text[: len(text) - len(text.lstrip(" \t"))])


def item_text(item: Item, texts: Sequence[str]) -> str:
    """The Markdown of an item without its bullet, nested items included, moved to the left margin."""
    if item.end == item.first + 1:
        return texts[item.first][item.offset :].rstrip()
    nested = item.children[0].indent if item.children else 0
    kept = [texts[item.first][item.offset :]]
    kept += [_moved(texts[line], item.margin) for line in range(item.first + 1, item.own_end)]
    kept += [_moved(texts[line], nested) for line in range(item.own_end, item.end)]
    return "".join(kept).rstrip()


def own_text(item: Item, texts: Sequence[str]) -> str:
    """The text of an item before its first nested item."""
    return "".join([texts[item.first][item.offset :], *texts[item.first + 1 : item.own_end]]).strip()


def first_paragraph(item: Item, lines: Lines) -> range:
    """The lines of an item's first paragraph."""
    end = item.first + 1
    while end < item.own_end and lines.prose[end] and not lines.texts[end].isspace():
        end += 1
    return range(item.first, end)


def _moved(text: str, columns: int) -> str:
    """A line without that many columns of its indentation, or without all of it."""
    margin = len(text) - len(text.lstrip(" \t"))
    expanded = text[:margin].expandtabs(_TAB)
    return expanded[columns:] + text[margin:]


def markdown_for_host(lines: Lines, found: Sequence[Block], edited: Mapping[int, str]) -> str:
    """A section as Python-Markdown is given it, so that it sees the lists that the author wrote.

    `edited` has lines that differ from the source, by their numbers.
    """
    texts = [edited.get(number, text) for number, text in enumerate(lines.texts)]
    written: list[str] = []
    number = 0
    before: Block | None = None
    for block in found:
        written += texts[number : block.first]
        if before and block.first == before.end and not _goes_on(before, block, texts):
            written.append("\n")
        if isinstance(block, Item):
            written += _item_for_host(block, texts, lines.prose, 0)
        elif isinstance(block, Table):
            written += block.for_host(texts)
        else:
            written += texts[block.first : block.end]
        number, before = block.end, block
    return "".join([*written, *texts[number:]]).strip("\n")


def _goes_on(before: Block, block: Block, texts: Sequence[str]) -> bool:
    """Whether the host takes `block` for the next item of a list although no blank line stands above it.

    It takes it for a part of `before` where that has a blank line in it.
    """
    same = isinstance(before, Item) and isinstance(block, Item) and before.ordered == block.ordered
    return same and not any(text.isspace() for text in texts[before.first : before.end])


def _item_for_host(item: Item, texts: Sequence[str], prose: Sequence[bool], depth: int) -> Iterator[str]:
    first = texts[item.first][item.offset :].lstrip(" \t")
    yield f"{' ' * _TAB * depth}{item.marker} {first}"
    margin = " " * _TAB * (depth + 1)
    number = item.first + 1
    before: Item | None = None
    for child in (*item.children, None):
        for line in range(number, child.first if child else item.end):
            text = _moved(texts[line], item.margin)
            if prose[line] and not item.holds(_indent(texts[line])):
                text = _without_bullet(text)
            yield f"{margin}{text}" if text.strip() else text
        if child:
            if before and child.first == before.end and not _goes_on(before, child, texts):
                yield "\n"
            yield from _item_for_host(child, texts, prose, depth + 1)
            number, before = child.end, child


def _without_bullet(text: str) -> str:
    """A line of prose that the host would take for an item, with its bullet escaped."""
    plain = text.lstrip(" \t")
    found = _BULLET_OF_THE_HOST.match(plain)
    if found is None:
        return text
    margin = text[: len(text) - len(plain)]
    return f"{margin}{found['sign'][:-1]}\\{found['sign'][-1]}{plain[found.end() :]}"
