"""Lists and tables of a section → their items, with everything that belongs to each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ...content.markdown_lines import Lines

_BULLET = re.compile(r"(?P<indent>[ \t]*)(?P<mark>[-*+•]|\d{1,3}[.)])(?P<space>[ \t]+)(?=\S)")
_RULE = re.compile(r"\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})$")
_ROW = re.compile(r"\s*\|.*\|\s*$|\s*[^|\s][^|]*(?<!\\)\|.*$")
_DELIMITER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_CELL_END = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its text without the bullet, wrapped lines and sub-lists included."""

    text: str
    line: int
    """Counted from 0 in the section."""
    height: int
    """How many lines it takes."""


@dataclass(frozen=True, slots=True)
class Table:
    """A pipe table: its header, and its rows with the lines they stand on."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def list_items(lines: Lines, ends: re.Pattern[str] | None = None) -> Iterator[Item]:
    """The outermost list items of a section, in order. Bullets inside of an item belong to its text.

    A line that `ends` matches ends an item, too, though it has no bullet.
    """
    number = 0
    while number < len(lines.texts):
        bullet = _BULLET.match(lines.texts[number]) if lines.prose[number] else None
        if bullet is None or _RULE.match(lines.texts[number].rstrip("\n")):
            number += 1
            continue
        end = _end_of_item(lines, number, len(bullet["indent"].expandtabs(4)), ends)
        yield Item(_dedented(lines.texts[number:end], bullet.end()), number, end - number)
        number = end


def _end_of_item(lines: Lines, number: int, indent: int, ends: re.Pattern[str] | None) -> int:
    """The line behind the item that begins on `number`; blank lines at its end are not part of it."""
    end = number + 1
    for below in range(number + 1, len(lines.texts)):
        text = lines.texts[below].rstrip("\n").expandtabs(4)
        if not text.strip():
            continue
        blank_before = below > end
        deeper = len(text) - len(text.lstrip()) > indent
        if not deeper and lines.prose[below] and (blank_before or _BULLET.match(text) or (ends and ends.match(text))):
            break
        if not deeper and not lines.prose[below] and blank_before:
            break
        end = below + 1
    return end


def _dedented(texts: tuple[str, ...], width: int) -> str:
    first, *more = texts
    kept = [first[width:]]
    for text in more:
        margin = len(text) - len(text.lstrip(" \t"))
        kept.append(text[min(margin, width) :])
    return "".join(kept).rstrip()


def tables(lines: Lines) -> Iterator[Table]:
    """The pipe tables of a section."""
    number = 1
    if not any("|" in text for text in lines.texts):
        return
    while number < len(lines.texts):
        if not (lines.prose[number] and "|" in lines.texts[number - 1] and _DELIMITER.match(lines.texts[number])):
            number += 1
            continue
        rows = []
        end = number + 1
        while end < len(lines.texts) and lines.prose[end] and _ROW.match(lines.texts[end]):
            rows.append((end, _cells(lines.texts[end])))
            end += 1
        yield Table(_cells(lines.texts[number - 1]), tuple(rows))
        number = end + 1


def without(read: Collection[int], lines: Lines) -> str:
    """A section without the lines that were `read` from it; a table stays whole unless all of its rows were."""
    left = set(range(len(lines.texts))).difference(read)
    for table in tables(lines):
        rows = {line for line, _ in table.rows}
        head = {min(rows, default=2) - 1, min(rows, default=2) - 2}
        left = left - head if rows and not rows & left else left | rows
    return "".join(text for number, text in enumerate(lines.texts) if number in left).strip("\n")


def _cells(row: str) -> tuple[str, ...]:
    row = row.strip().removeprefix("|")
    if row.endswith("|") and not row.endswith("\\|"):
        row = row[:-1]
    return tuple(cell.strip().replace("\\|", "|") for cell in _CELL_END.split(row))
