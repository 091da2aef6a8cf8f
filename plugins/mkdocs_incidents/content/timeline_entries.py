"""A line of a timeline as its author typed it → day, time of day, zone and text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from .clocks import TIME_OF_DAY, clock_of, zone_behind
from .list_items import Table, list_items, tables
from .time_repair import day_in_words
from .zones import abbreviation_of, zone_called

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import time, tzinfo
    from zoneinfo import ZoneInfo

    from .markdown_lines import Lines

_WORDS = r"\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8}(?:,? \d{4})?|[A-Z][a-z]{2,8} \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?"
_BEGIN = re.compile(
    rf"[*_`~\[(]*(?:[Aa][Tt]\s+)?(?:(?:(?P<iso>\d{{4}}-\d\d-\d\d)|(?P<words>{_WORDS}))(?:T|,?\s+(?:at\s+)?))?"
    rf"{TIME_OF_DAY}"
)
_SEPARATOR = re.compile(r"[*_`~\])]*\s*(?:—|–|-{1,3}>?|:|,|→|\|)?[*_`~\])]*\s*")
_STRONG_SEPARATOR = re.compile(r"[*_`~\])]*(?:\s*[—–:→]|\s+-|\t|[ ]{2,}|(?<=[*_`~\])])[ ])")
_MAY_BEGIN = frozenset("0123456789*_`~[(ADFJMNOS")  # digits, marks, `At`, the months
_RANGE = re.compile(r"\s*(?:-|–|—|to|until)\s*(?=\d{1,2}(?:[:.]\d\d|\s?[AaPp]\.?[Mm]))")
_DAY_ALONE = re.compile(rf"(?:[A-Z][a-z]{{2,8}},? )?(?:(?P<iso>\d{{4}}-\d\d-\d\d)|(?P<words>{_WORDS})):?")
_ZONE_IN_HEADING = re.compile(
    r"\b(?:UTC|GMT)\s?[+-]\d{1,2}(?::?\d\d)?\b|(?:[A-Z][a-z]+ ){1,3}[Tt]ime\b|\b[A-Z]{2,5}\b"
    r"|(?<=[Tt]imes )(?:are )?(?:in )?(?:Pacific|Mountain|Central|Eastern)\b"
)
_TIME_COLUMN = re.compile(r"\b(?:time|when|at|clock|timestamp)\b", re.IGNORECASE)
_DATE_COLUMN = re.compile(r"\b(?:date|day)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An entry as written; it has no instant before day and zone are known."""

    day: date | None
    clock: time
    zone: tzinfo | None
    text: str
    line: int
    """Counted from 0 in the section."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotUnderstood:
    """An entry, or a cell, in which no time is understood."""

    text: str
    line: int
    in_table: bool


class UnknownZoneError(ValueError):
    """A heading names a zone in which the times cannot be read; the argument is its name."""


def written_entries(lines: Lines, zone: ZoneInfo, year: int) -> Iterator[Written | NotUnderstood]:
    """What the lists, tables and timed lines of a section say, kind by kind.

    `zone` is that of the file, `year` the one of days without a year.
    """
    taken: set[int] = set()
    for item in list_items(lines):
        taken.update(range(item.line, item.line + item.height))
        entry = read_entry(item.text, item.line, zone, year)
        yield entry or NotUnderstood(text=item.text, line=item.line, in_table=False)
    for table in tables(lines):
        taken.update(line for line, _ in table.rows)
        yield from _rows(table, zone, year)
    for number, text in enumerate(lines.texts):
        if number in taken or not lines.prose[number] or text[0] not in _MAY_BEGIN:
            continue
        begin = _BEGIN.match(text)
        if begin and _STRONG_SEPARATOR.match(text, zone_behind(text, begin.end(), zone, year)[1]):
            entry = read_entry(text.strip(), number, zone, year)
            if entry:
                yield entry


def read_entry(text: str, line: int, zone: ZoneInfo, year: int) -> Written | None:
    """The entry `text` is, without its bullet; None where it does not begin with a time that is plain."""
    found = _BEGIN.match(text)
    clock = clock_of(found, dots=True) if found else None
    if found is None or clock is None:
        return None
    try:
        day = date.fromisoformat(found["iso"]) if found["iso"] else None
    except ValueError:
        return None
    if found["words"]:
        day = day_in_words(found["words"], year)
        if day is None:
            return None
    named, end, word = zone_behind(text, found.end(), zone, year)
    if named is None and abbreviation_of(word):
        return None  # a zone that is not the file's: better no entry than a wrong one
    rest = _text_behind(text, end)
    return Written(day=day, clock=clock, zone=named, text=rest, line=line) if rest else None


def heading_entry(heading: str, lines: Lines, line: int, zone: ZoneInfo, year: int) -> Written | None:
    """The entry a heading below the timeline is, `### 14:30 — It broke`; a time alone has the first line below."""
    if found := read_entry(heading, line, zone, year):
        return found
    texts = zip(lines.texts, lines.prose, strict=True)
    first = next((text.strip() for text, prose in texts if prose and not text.isspace()), "")
    return read_entry(f"{heading} — {first}", line, zone, year) if first else None


def day_of_heading(heading: str, year: int) -> date | None:
    """The day a heading below the timeline is, and nothing else: `### Monday, 12 June`."""
    found = _DAY_ALONE.fullmatch(heading)
    if found is None:
        return None
    if found["words"]:
        return day_in_words(found["words"], year)
    try:
        return date.fromisoformat(found["iso"])
    except ValueError:
        return None


def _text_behind(text: str, end: int) -> str:
    if span := _RANGE.match(text, end):
        return f"– {text[span.end() :].strip()}"
    separator = _SEPARATOR.match(text, end)
    return text[separator.end() if separator else end :].strip()


def _rows(table: Table, zone: ZoneInfo, year: int) -> Iterator[Written | NotUnderstood]:
    header = table.header
    days = next((n for n, cell in enumerate(header) if _DATE_COLUMN.search(cell)), None)
    times = next((n for n, cell in enumerate(header) if n != days and _TIME_COLUMN.search(cell)), None)
    if times is None:
        times, days = (0 if days is None else days), None
    column_zone = _first_zone(header[times], zone, year) if times < len(header) else None
    for line, cells in table.rows:
        if times >= len(cells):
            continue
        day = f"{cells[days]} " if days is not None and days < len(cells) else ""
        text = " — ".join(cell for n, cell in enumerate(cells) if n not in {times, days} and cell)
        entry = read_entry(f"{day}{cells[times]} — {text}", line, zone, year)
        if entry:
            named = entry.zone or column_zone
            yield Written(day=entry.day, clock=entry.clock, zone=named, text=entry.text, line=line)
        elif cells[times]:
            yield NotUnderstood(text=cells[times], line=line, in_table=True)


def zone_in_heading(heading: str, zone: ZoneInfo, year: int) -> tzinfo:
    """The zone of the times below `heading`: the one it names, else `zone`, that of the file.

    Raises:
        UnknownZoneError: it names one, but not one in which times can be read here.
    """
    if named := _first_zone(heading, zone, year):
        return named
    for found in _ZONE_IN_HEADING.finditer(heading):
        if abbreviation_of(_name(found[0])):
            raise UnknownZoneError(_name(found[0]))
    return zone


def _first_zone(words: str, zone: ZoneInfo, year: int) -> tzinfo | None:
    named = (zone_called(_name(found[0]), zone, year) for found in _ZONE_IN_HEADING.finditer(words))
    return next((one for one in named if one), None)


def _name(found: str) -> str:
    name = re.sub(r"^(?:(?:All|Times?|are|[Ii]n|The) )+", "", found)
    return name.replace(" ", "") if name[:3] in {"UTC", "GMT"} else name
