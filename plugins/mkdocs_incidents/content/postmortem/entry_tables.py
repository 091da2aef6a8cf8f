"""The columns of a table in a timeline: which one holds the day, the time, the kind, the words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .days import day_alone
from .heads import begins_with_time
from .words import name_of, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .tables import Table, TableRow


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
        if time is None and headers and words().columns.get(name_of(headers[0])) == "time":
            time = 0
        if time is None or (time and not any(day_alone(row.text(texts, 0)) for row in table.rows)):
            return None
        behind = range(time + 1, len(headers))
        kind = next((n for n in behind if words().columns.get(name_of(headers[n])) == "kind"), None)
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
