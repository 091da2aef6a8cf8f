"""The lists, tables and timed lines of a timeline → its entries, in the order of the lines."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time
from itertools import pairwise
from typing import TYPE_CHECKING

from ...content.markdown_lines import read_lines
from .list_items import list_items, tables
from .timeline_entries import DayAlone, Label, NotUnderstood, Written, is_a_time, time_first
from .written_zones import clocks_meant, zone_named_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...content.markdown_lines import Lines
    from .list_items import Item, Table
    from .timeline_entries import EntryReader

Found = Written | DayAlone | Label | NotUnderstood

_STRONG_SEPARATOR = re.compile(r"[*_`~\])]*(?:\s*[—–:→|]|\s+-|\t|[ ]{2,}|(?<=[*_`~\])])[ ])")
_ENDS_A_THOUGHT = re.compile(r"[.!?:;)\]*_…][\s*_`]*$")
_TIME_COLUMN = re.compile(r"\b(?:time|when|at|clock|timestamp)\b", re.IGNORECASE)
_NEAR = 30
"""Minutes from the beginning at which a timeline has an entry, as a rule."""
_NOON = time(12)
_FEWEST_BACKWARDS = 3
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
        return [replace(found, height=item.height)]
    below = _below(item, reader)
    if isinstance(found, DayAlone):
        return [found, *below]
    if any(isinstance(one, Written) for one in below):
        only_orders = item.text.split("\n", 1)[0].rstrip(" *_").endswith(":")
        return [Label(line=item.line), *below] if only_orders else below
    whole = found or reader.time_last(item.text, item.line) or NotUnderstood(text=item.text, line=item.line)
    return [replace(whole, height=item.height)]


def _below(item: Item, reader: EntryReader) -> list[Found]:
    _, _, below = item.text.partition("\n")
    margin = min((len(line) - len(line.lstrip()) for line in below.split("\n") if line.strip()), default=0)
    lines = read_lines("\n".join(line[margin:] for line in below.split("\n")))
    return [replace(one, line=one.line + item.line + 1) for one in written_entries(lines, reader)]


def _of_table(table: Table, reader: EntryReader) -> Iterator[Found]:
    times, days = _columns(table)
    if times is None:
        return  # a table of something else, such as of figures: it is shown as it is
    named = zone_named_in(table.header[times]) if times < len(table.header) else None
    column_zone = clocks_meant(named, reader.zone, reader.begins_on.year) if named else None
    for line, cells in table.rows:
        if times >= len(cells) or not any(cells):
            continue
        day = f"{cells[days]} " if days is not None and days < len(cells) else ""
        text = " — ".join(cell for n, cell in enumerate(cells) if n not in {times, days} and cell)
        entry = reader.entry(f"{day}{cells[times]} — {text}", line)
        if isinstance(entry, Written) and named and not (entry.zone or column_zone):
            yield NotUnderstood(text=cells[times], line=line, in_table=True, zone=named.written)
        elif isinstance(entry, Written):
            yield replace(entry, zone=entry.zone or column_zone)
        elif isinstance(entry, DayAlone):
            yield entry
        else:
            wrong = day.strip() if day and is_a_time(cells[times]) else cells[times] or " | ".join(cells)
            yield NotUnderstood(text=wrong, line=line, in_table=True, zone=entry.zone if entry else "")


def _columns(table: Table) -> tuple[int | None, int | None]:
    """The column of times and that of days: by their names, or else by what is in them."""
    days = next((n for n, cell in enumerate(table.header) if _DATE_COLUMN.search(cell)), None)
    times = next((n for n, cell in enumerate(table.header) if n != days and _TIME_COLUMN.search(cell)), None)
    if times is None:
        width = max((len(cells) for _, cells in table.rows), default=1)
        timed = [sum(n < len(cells) and is_a_time(cells[n]) for _, cells in table.rows) for n in range(width)]
        times = timed.index(max(timed)) if any(timed) else None
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
            entry = replace(entry, text=f"{entry.text}\n{text.strip()}", height=entry.height + 1)
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


def settled_halves(found: list[Found], begins: time) -> list[Found]:
    """Times without AM or PM read as of 12 hours, where they are: so that their order stays and `begins` is among them.

    Where most others have the letters; or where none has, all may be of either half, and only the afternoon brings one
    of them near to the beginning, or keeps them from going back. What was settled is `lettered` and of `either_half`.
    """
    clocks = [one for one in found if isinstance(one, Written) and one.after is None]
    lettered = sum(one.lettered for one in clocks)
    before: time | None = None
    if lettered * 2 <= len(clocks):
        if lettered or not clocks or not all(one.either_half for one in clocks):
            return found
        near = any(_minutes_between(one.clock, begins) <= _NEAR for one in clocks)
        noon = any(_minutes_between(_in_the_afternoon(one.clock), begins) <= _NEAR for one in clocks)
        goes_back = any(later.clock < one.clock for one, later in pairwise(clocks))
        if (near and not goes_back) or not (near or noon):
            return found
        before = _NOON if noon and not near else time.min
    settled: list[Found] = []
    for one in found:
        entry = one
        if isinstance(entry, Written) and entry.after is None:
            if entry.either_half and not entry.lettered and before is not None:
                entry = replace(entry, clock=_next_half(entry.clock, before), lettered=True)
            before = entry.clock
        elif isinstance(entry, DayAlone):
            before = None if before is None or lettered else before
        settled.append(entry)
    return settled


def _minutes_between(one: time, other: time) -> int:
    return abs((one.hour - other.hour) * 60 + one.minute - other.minute)


def _in_the_afternoon(clock: time) -> time:
    return clock.replace(hour=clock.hour % 12 + 12)


def _next_half(clock: time, before: time) -> time:
    """The first of both readings of a time of 12 hours that is not earlier than `before`."""
    readings = [clock.replace(hour=clock.hour % 12), _in_the_afternoon(clock)]
    return next((one for one in readings if one >= before), readings[0])


def newest_first(found: list[Found]) -> bool:
    """Whether the entries stand in a list that runs backwards from the first to the last."""
    written = [one for one in found if isinstance(one, Written) and one.after is None]
    if len(written) < _FEWEST_BACKWARDS or any(isinstance(one, DayAlone) for one in found):
        return False
    if any(one.day for one in written) and not all(one.day for one in written):
        return False
    keys = [(one.day or date.min, one.clock) for one in written]
    return keys == sorted(keys, reverse=True) and keys[0] != keys[-1]


def told_in_prose(found: list[Found], lines: Lines) -> list[Found]:
    """Items of lists in which nothing begins with a time, beside a list of entries: they are no entries, but prose."""
    prose: list[Found] = []
    run: list[Found] = []
    for one in found:
        if run and _apart(run[-1], one, lines):
            prose += run if all(isinstance(item, NotUnderstood) for item in run) else []
            run = []
        run.append(one)
    prose += run if all(isinstance(item, NotUnderstood) for item in run) else []
    return [one for one in prose if isinstance(one, NotUnderstood) and not one.in_table and not one.zone]


def _apart(one: Found, other: Found, lines: Lines) -> bool:
    """Whether words stand between two items: then they are of two lists."""
    return any(not text.isspace() for text in lines.texts[one.line + one.height : other.line])
