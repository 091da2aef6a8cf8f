"""The lists and tables of a section as their author wrote them, with the lines that belong to each.

Nesting goes by the indentation in the source: two columns deeper than the bullet above. Python-Markdown wants four and a
blank line above a list, so sections are handed over to it rewritten that way (`hand_over`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..markdown_lines import Lines

_BULLET = re.compile(r"(?P<indent>[ \t]*)(?:(?P<mark>[-*+•])|(?P<number>\d{1,3})[.)])(?:[ \t]+(?=\S)|[ \t]*$)")
_RULE = re.compile(r"\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})$")
_DELIMITER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_CELL_END = re.compile(r"(?P<code>(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`))|(?<!\\)\|")
"""The bar behind a cell, if it is not in code, as Python-Markdown has it."""
_DEEPER = 2
"""Columns by which a nested bullet is indented at least."""
_TAB = 4


@dataclass(frozen=True, slots=True, kw_only=True)
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
    children: tuple[Item, ...] = ()

    @property
    def own_end(self) -> int:
        """The line behind its own text, where its first nested item begins."""
        return self.children[0].first if self.children else self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table: where in its line each cell stands, from the first character to the one behind the last."""

    line: int
    cells: tuple[tuple[int, int], ...]

    def text(self, lines: Lines, number: int) -> str:
        """The text of cell `number`; empty where the row is shorter."""
        if number >= len(self.cells):
            return ""
        start, end = self.cells[number]
        return lines.texts[self.line][start:end].strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A pipe table."""

    first: int
    end: int
    header: Row
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Lines that are neither: prose, code, comments."""

    first: int
    end: int


def blocks(lines: Lines, ends: re.Pattern[str] | None = None) -> tuple[Item | Table | Paragraph, ...]:
    """Everything in a section that is not blank, outermost items only, in order.

    A line that `ends` matches ends an item although it has no bullet.
    """
    return tuple(_blocks(lines, ends))


def _blocks(lines: Lines, ends: re.Pattern[str] | None) -> Iterator[Item | Table | Paragraph]:
    number, open_paragraph = 0, False
    while number < len(lines.texts):
        if lines.texts[number].isspace():
            number, open_paragraph = number + 1, False
            continue
        table = _table(lines, number)
        item = None if table else _item(lines, number, len(lines.texts), ends, interrupts=open_paragraph)
        if table or item:
            found = table or item
            open_paragraph = False
        else:
            found = Paragraph(first=number, end=_end_of_paragraph(lines, number))
            open_paragraph = True
        yield found  # type: ignore[misc]  # one of the three
        number = found.end  # type: ignore[union-attr]


def _end_of_paragraph(lines: Lines, first: int) -> int:
    """The line behind the lines that begin on `first` and are no list or table; code and comments are taken whole."""
    end = first + 1
    while end < len(lines.texts):
        code = not lines.prose[end] and not lines.prose[end - 1]
        ends = lines.texts[end].isspace() or _bullet(lines, end, interrupts=True) or _table(lines, end)
        if not code and ends:
            break
        end += 1
    return end


def _bullet(lines: Lines, number: int, *, interrupts: bool = False) -> re.Match[str] | None:
    """The bullet on a line. One that `interrupts` a paragraph is `1.` if it is a number: `…rose to\\n30. After that`."""
    text = lines.texts[number].rstrip("\n")
    if not lines.prose[number]:
        return None
    found = _BULLET.match(text)
    if found is None or _RULE.match(text) or (interrupts and found["number"] not in {None, "1"}):
        return None
    return found


def _item(
    lines: Lines, number: int, until: int, ends: re.Pattern[str] | None, *, interrupts: bool = False
) -> Item | None:
    """The item that begins on a line and ends before the line `until`; None where none begins there."""
    bullet = _bullet(lines, number, interrupts=interrupts)
    if bullet is None:
        return None
    indent = _columns(bullet["indent"])
    end = _end_of_item(lines, number, indent, until, ends)
    return Item(
        first=number,
        end=end,
        indent=indent,
        marker="-" if bullet["mark"] else f"{int(bullet['number'])}.",
        offset=bullet.end(),
        children=tuple(_children(lines, number + 1, end, indent, ends)),
    )


def _children(lines: Lines, first: int, end: int, indent: int, ends: re.Pattern[str] | None) -> Iterator[Item]:
    number = first
    while number < end:
        bullet = _bullet(lines, number)
        child = _item(lines, number, end, ends) if bullet and _columns(bullet["indent"]) >= indent + _DEEPER else None
        if child:
            yield child
        number = child.end if child else number + 1


def _end_of_item(lines: Lines, number: int, indent: int, until: int, ends: re.Pattern[str] | None) -> int:
    end = number + 1
    for below in range(number + 1, until):
        text = lines.texts[below]
        if text.isspace():
            continue
        ended = (
            _bullet(lines, below) or _table(lines, below) or (ends and lines.prose[below] and ends.match(text.lstrip()))
        )
        deeper = _columns(text[: len(text) - len(text.lstrip(" \t"))]) >= indent + _DEEPER
        after_blank = below > end
        if not deeper and (ended or after_blank):
            break
        end = below + 1
    return end


def _columns(margin: str) -> int:
    return len(margin.expandtabs(_TAB))


def _table(lines: Lines, number: int) -> Table | None:
    """The table whose header is on a line."""
    texts, prose = lines.texts, lines.prose
    if number + 1 >= len(texts) or "|" not in texts[number] or "-" not in texts[number + 1]:
        return None
    if not (prose[number] and prose[number + 1] and _DELIMITER.match(texts[number + 1])):
        return None
    end = number + 2
    while end < len(texts) and prose[end] and "|" in texts[end]:
        end += 1
    rows = tuple(_row(texts[line], line) for line in range(number + 2, end))
    return Table(first=number, end=end, header=_row(texts[number], number), rows=rows)


def _row(text: str, line: int) -> Row:
    stripped = text.rstrip()
    start = len(text) - len(text.lstrip())
    if stripped.startswith("|", start):
        start += 1
    cells = []
    for bar in _CELL_END.finditer(stripped, start):
        if bar["code"]:
            continue
        cells.append((start, bar.start()))
        start = bar.end()
    if start < len(stripped) or not cells:
        cells.append((start, len(stripped)))
    return Row(line=line, cells=tuple(cells))


def item_text(item: Item, texts: Sequence[str]) -> str:
    """The Markdown of an item without its bullet, nested items included, moved to the left margin."""
    kept = [texts[item.first][item.offset :]]
    kept += [_moved(texts[line], item) for line in range(item.first + 1, item.end)]
    return "".join(kept).rstrip()


def _moved(text: str, item: Item) -> str:
    """A line of an item without the indentation that it owes to its bullet."""
    margin = len(text) - len(text.lstrip(" \t"))
    expanded = text[:margin].expandtabs(_TAB) + text[margin:]
    owed = min(_columns(text[:margin]), max(item.offset, item.indent + _DEEPER))
    return expanded[owed:]


def hand_over(lines: Lines, found: Sequence[Item | Table | Paragraph], edited: Mapping[int, str]) -> str:
    """A section as Python-Markdown is given it, so that it sees the lists that the author wrote.

    `edited` has lines that differ from the source, by their numbers.
    """
    texts = [edited.get(number, text) for number, text in enumerate(lines.texts)]
    written: list[str] = []
    number = 0
    before: Item | Table | Paragraph | None = None
    for block in found:
        written += texts[number : block.first]
        if isinstance(block, Item) != isinstance(before, Item) and before and block.first == before.end:
            written.append("\n")
        written += _written(block, texts, 0) if isinstance(block, Item) else texts[block.first : block.end]
        number, before = block.end, block
    return "".join([*written, *texts[number:]]).strip("\n")


def _written(item: Item, texts: Sequence[str], depth: int) -> Iterator[str]:
    first = texts[item.first][item.offset :].lstrip(" \t")
    yield f"{' ' * _TAB * depth}{item.marker} {first}"
    margin = " " * _TAB * (depth + 1)
    number = item.first + 1
    for child in (*item.children, None):
        for line in range(number, child.first if child else item.end):
            text = _moved(texts[line], item)
            yield text if text.isspace() else f"{margin}{text}"
        if child:
            yield from _written(child, texts, depth + 1)
            number = child.end
