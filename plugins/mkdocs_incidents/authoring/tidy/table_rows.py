"""Tables of a timeline with the day and the time in their first columns, where a build reads them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...content.postmortem.days import day_alone
from ..prose.plain_text import plain
from ..prose.time_mentions import leading_time
from .edited_text import ProposalSureness
from .entry_forms import cell_that_is_read

_ZONE_HEADER = re.compile(r"\b(?:zone|tz|time ?zone|offset)\b")
_DAY_HEADER = re.compile(r"\b(?:date|day)\b")

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...content.postmortem.tables import Table
    from .edited_text import EditedText
    from .entry_forms import EntryMeaning, Times


def propose_table(
    text: EditedText, table: Table, entries: Mapping[int, EntryMeaning], times: Times, lines: Sequence[str]
) -> None:
    """Propose an order of columns and forms of days and times in which the rows of `entries`, by line, are read.

    `lines` are those of the text with their ends. Nothing is proposed for a table with a column of zones, or of days
    that are not understood: without them its times would be others.
    """
    width = max(len(row.cells) for row in (table.header, *table.rows))
    cells = {row.line: [row.text(lines, number) for number in range(width)] for row in (table.header, *table.rows)}
    counted = [sum(_is_time(cells[row.line][number]) for row in table.rows) for number in range(width)]
    if not any(counted):
        return
    time = counted.index(max(counted))
    headers = [cell.casefold() for cell in cells[table.first]]
    if any(_ZONE_HEADER.search(header) for n, header in enumerate(headers) if n != time):
        return
    day = next((n for n in range(width) if n != time and any(_is_day(cells[row.line][n]) for row in table.rows)), None)
    if any(_DAY_HEADER.search(header) for n, header in enumerate(headers) if n not in {time, day}):
        return
    first = [n for n in (day, time) if n is not None]
    order = [*first, *(n for n in range(width) if n not in first)]
    sureness = ProposalSureness.SURE
    for line, meant in entries.items():
        if line not in cells:
            continue
        form = cell_that_is_read(cells[line][time], meant, times)
        if form is None:
            continue
        cells[line][time] = form[0]
        sureness = sureness if form[1] is ProposalSureness.SURE else ProposalSureness.LIKELY
        if day is not None and (written := cells[line][day]) and not day_alone(written):
            found = leading_time(plain(written))
            better = times.day(written, found.mention.day) if found and found.mention.day else None
            if better:
                cells[line][day] = better[0]
                sureness = sureness if better[1] is ProposalSureness.SURE else ProposalSureness.LIKELY
    delimiter = _delimiter(text.lines[table.first + 1], width)
    after = [_row(cells[table.first], order), _row(delimiter, order)]
    after += [_row(cells[row.line], order) for row in table.rows]
    text.propose(
        table.first,
        after,
        subject="table",
        words=text.lines[table.first],
        reason="a table whose times are not read where or as they stand",
        sureness=sureness,
        count=table.end - table.first,
    )


def _is_time(cell: str) -> bool:
    found = leading_time(plain(cell))
    return found is not None and found.mention.clock is not None and not any(map(str.isalnum, found.rest))


def _is_day(cell: str) -> bool:
    found = leading_time(plain(cell))
    return found is not None and found.day_alone


def _row(cells: Sequence[str], order: Sequence[int]) -> str:
    return f"| {' | '.join(cells[number] for number in order)} |"


def _delimiter(line: str, width: int) -> list[str]:
    cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
    return [*cells, *["---"] * (width - len(cells))][:width]
