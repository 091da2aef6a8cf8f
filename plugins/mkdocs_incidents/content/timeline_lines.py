"""The lists, tables and timed lines of a timeline → its entries, in the order of the lines."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from .list_items import list_items, tables
from .markdown_lines import read_lines
from .timeline_entries import DayAlone, NotUnderstood, Written, is_a_time, time_first
from .written_zones import clocks_meant, zone_named_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import time

    from .list_items import Item, Table
    from .markdown_lines import Lines
    from .timeline_entries import EntryReader

Found = Written | DayAlone | NotUnderstood

_STRONG_SEPARATOR = re.compile(r"[*_`~\])]*(?:\s*[—–:→|]|\s+-|\t|[ ]{2,}|(?<=[*_`~\])])[ ])")
_ENDS_A_THOUGHT = re.compile(r"[.!?:;)\]*_…][\s*_`]*$")
_TIME_COLUMN = re.compile(r"\b(?:time|when|at|clock|timestamp)\b", re.IGNORECASE)
_DATE_COLUMN = re.compile(r"\b(?:date|day)\b", re.IGNORECASE)


def written_entries(lines: Lines, reader: EntryReader) -> list[Found]:
    """What the lists, tables and timed lines of a section say."""
    taken: set[int] = set()
    found: list[Found] = []
    for item in list_items(lines):
        taken.update(range(item.line, item.line + item.height))
        found += _of_item(item, reader)
    for table in tables(lines):
        taken.update(line for line, _ in table.rows)
        found += _of_table(table, reader)
    found += _of_plain_lines(lines, taken, reader)
    return sorted(found, key=lambda one: one.line)


def _of_item(item: Item, reader: EntryReader) -> list[Found]:
    """What an item of a list is: an entry; or a day or a label with entries below it."""
    found = reader.entry(item.text, item.line)
    if isinstance(found, Written):
        return [found]
    below = _below(item, reader)
    if isinstance(found, DayAlone):
        return [found, *below]
    if any(isinstance(one, Written) for one in below):
        return below
    return [found or reader.time_last(item.text, item.line) or NotUnderstood(text=item.text, line=item.line)]


def _below(item: Item, reader: EntryReader) -> list[Found]:
    _, _, below = item.text.partition("\n")
    margin = min((len(line) - len(line.lstrip()) for line in below.split("\n") if line.strip()), default=0)
    lines = read_lines("\n".join(line[margin:] for line in below.split("\n")))
    return [replace(one, line=one.line + item.line + 1) for one in written_entries(lines, reader)]


def _of_table(table: Table, reader: EntryReader) -> Iterator[Found]:
    times, days = _columns(table)
    named = zone_named_in(table.header[times]) if times < len(table.header) else None
    column_zone = clocks_meant(named, reader.zone, reader.begins_on.year) if named else None
    for line, cells in table.rows:
        if times >= len(cells):
            continue
        day = f"{cells[days]} " if days is not None and days < len(cells) else ""
        text = " — ".join(cell for n, cell in enumerate(cells) if n not in {times, days} and cell)
        entry = reader.entry(f"{day}{cells[times]} — {text}", line)
        if isinstance(entry, Written):
            yield replace(entry, zone=entry.zone or column_zone)
        elif isinstance(entry, DayAlone):
            yield entry
        elif cells[times]:
            yield NotUnderstood(text=cells[times], line=line, in_table=True, zone=entry.zone if entry else "")


def _columns(table: Table) -> tuple[int, int | None]:
    """The column of times and that of days: by their names, or else by what is in them."""
    days = next((n for n, cell in enumerate(table.header) if _DATE_COLUMN.search(cell)), None)
    times = next((n for n, cell in enumerate(table.header) if n != days and _TIME_COLUMN.search(cell)), None)
    if times is None:
        width = max((len(cells) for _, cells in table.rows), default=1)
        timed = [sum(n < len(cells) and is_a_time(cells[n]) for _, cells in table.rows) for n in range(width)]
        times = timed.index(max(timed))
    return times, None if days == times else days


def _of_plain_lines(lines: Lines, taken: set[int], reader: EntryReader) -> Iterator[Found]:
    """Lines that begin with a time, without a bullet; what follows in the same paragraph belongs to them."""
    entry: Written | None = None
    begins = True  # in the middle of a sentence a line begins nothing, whatever it begins with
    for number, text in enumerate((*lines.texts, "")):
        if number in taken or number == len(lines.texts) or not lines.prose[number] or text.isspace():
            if entry:
                yield entry
            entry, begins = None, True
            continue
        found = _plain_line(text, number, reader, begins=begins or entry is not None)
        if entry and not found:
            entry = replace(entry, text=f"{entry.text}\n{text.strip()}")
        elif entry:
            yield entry
            entry = None
        if isinstance(found, Written):
            entry = found
        elif found:
            yield found
        begins = isinstance(found, DayAlone) or bool(_ENDS_A_THOUGHT.search(text))


def _plain_line(text: str, number: int, reader: EntryReader, *, begins: bool) -> Found | None:
    line = text.strip()
    found = reader.entry(line, number)
    if found is None or isinstance(found, DayAlone):
        return found if begins else None
    first = time_first(line)
    strong = first is None or _STRONG_SEPARATOR.match(line, (first.until or first.moment).end) is not None
    return found if strong or (begins and text[:1] not in " \t") else None


def settled_halves(found: list[Found]) -> list[Found]:
    """Times without AM or PM among those with it, read so that the order of the entries stays.

    Only where most others have the letters: on its own, a time without them is one of 24 hours. What was settled is
    `lettered` and of `either_half`.
    """
    clocks = [one for one in found if isinstance(one, Written) and one.after is None]
    if sum(one.lettered for one in clocks) * 2 <= len(clocks):
        return found
    settled: list[Found] = []
    before: time | None = None
    for one in found:
        entry = one
        if isinstance(entry, Written) and entry.after is None:
            if entry.either_half and not entry.lettered and before is not None:
                entry = replace(entry, clock=_next_half(entry.clock, before), lettered=True)
            before = entry.clock
        elif isinstance(entry, DayAlone):
            before = None
        settled.append(entry)
    return settled


def _next_half(clock: time, before: time) -> time:
    """The first of both readings of a time of 12 hours that is not earlier than `before`."""
    readings = [clock.replace(hour=clock.hour % 12), clock.replace(hour=clock.hour % 12 + 12)]
    return next((one for one in readings if one >= before), readings[0])
