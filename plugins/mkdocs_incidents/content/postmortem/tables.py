"""Pipe tables as Python-Markdown sees them, and where in a line each cell stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..markdown_lines import code_spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
