"""What a section is once it has been read: its Markdown with marks by which the HTML of its parts is found again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

ENTRY_MARK = "<!-- incidents:entry {number} -->"
"""Between the time and the words of a timeline entry."""
LABEL_MARK = "<!-- incidents:label -->"
"""Behind the label that states the turning point of a timeline entry."""
DAY_MARK = "<!-- incidents:day -->"
"""Behind a day that stands on a line of its own."""
ITEM_MARK = "<!-- incidents:item {number} -->"
"""Before the words of an action item."""
ITEM_END = "<!-- incidents:item-end -->"
"""Behind the words of an action item, where its facts begin."""

CELL_MARK = "<!-- incidents:cell -->"
"""Before the words of a cell in the row of an action item that is shown with it, because it is not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A remark on a line for the author: a warning if it has a code, else a note on text that is not read."""

    line: int
    """Of the file."""
    message: str
    code: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSection:
    """What a part of a body is once it has been read."""

    marked: str
    """Its Markdown for the host, with a mark in each entry or action item."""
    markdown: str
    """Its Markdown for readers, without the marks of turning points."""
    heading: str | None = None
    """Its heading without the mark of a turning point, where it is an entry."""
    entry: int | None = None
    """The number of the entry that the whole part is, its heading included."""
    heading_is_day: bool = False
    """Whether its heading is a day, which holds for the entries below it."""


def inserted(text: str, marks: Iterable[tuple[int, str]]) -> str:
    """`text` with each mark at its index."""
    for index, mark in sorted(marks, reverse=True):
        text = f"{text[:index]}{mark}{text[index:]}"
    return text
