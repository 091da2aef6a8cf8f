"""Lists in Markdown that begin right below a sentence, as on GitHub (CommonMark 0.31, 5.2 and 5.3).

Python-Markdown takes the items of such a list as words of the paragraph.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from .markdown_lines import read_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

_ITEM = re.compile(r" *(?:[-*+]|(?P<number>\d{1,9})[.)])[ \t]+\S")
_RULE = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_OTHER_BLOCK = re.compile(r" *(?:[>|:#]|={3}|!!!|\?{3}|/{3}|\[[^\]\n]+\]:)")
"""Quotations, tables, definitions, headings, tabs, admonitions, blocks, and definitions of links and footnotes."""
_TABLE = re.compile(r"(?=.*-)(?=.*\|)[ |:-]+$")
"""The line below the head of a table."""
_OF_CODE = 4
"""Spaces before a line of code, and before what belongs to the item above."""


class _Above(Enum):
    """What the line above belongs to."""

    NOTHING = auto()
    PARAGRAPH = auto()
    ITEM = auto()
    TABLE = auto()


def separate_lists(markdown: str, *, lines_are_kept: bool = False) -> str:
    """The Markdown with an empty line between a paragraph or code and a list right below it, or a table.

    A numbered list counts as one only if it begins with 1, since a line of prose may begin with a year.

    With `lines_are_kept`, a line below an item that is not indented ends the list; otherwise it belongs to the item.
    Text below code is apart from it then, too.
    """
    return "".join(_separated(markdown, lines_are_kept=lines_are_kept)) if "\n" in markdown else markdown


class _Item(NamedTuple):
    """An item that the lines below it may belong to."""

    indent: int
    text: int
    """Where its text begins."""
    is_numbered: bool


def nest_lists(markdown: str) -> str:
    """The Markdown with four spaces a level before what belongs to items of lists, as Python-Markdown wants it.

    On GitHub a line belongs to an item if it is not left of the item's text; here a dash below a number does as soon as
    it is indented at all.
    """
    return "".join(_nested(markdown)) if "\n" in markdown else markdown


def _nested(markdown: str) -> Iterator[str]:
    lines = read_lines(markdown)
    items: list[_Item] = []
    """The outermost first."""
    missing = 0
    """Spaces before the line above and, if that is code, before all of its lines."""
    was_prose, is_begin, begins_inside = True, True, False
    for line, is_prose in zip(lines.texts, lines.prose, strict=True):
        found = _ITEM.match(line) if is_prose and not _RULE.match(line) else None
        indent = len(line) - len(line.lstrip(" "))
        item = _Item(indent, found.end() - 1, found["number"] is not None) if found else None
        if (is_prose or was_prose) and not line.isspace():
            items = [above for above in items if _belongs(indent, item, above)]
            level = _OF_CODE * len(items)
            missing = 0 if indent >= level else level - (indent if item else items[-1].text)
            if item and begins_inside and not items:
                yield "\n"  # or else it would belong to the item inside
                is_begin = True
        if is_begin and not line.isspace():
            begins_inside = bool(items)
        was_prose, is_begin = is_prose, line.isspace()
        yield line if line.isspace() else " " * missing + line
        if item:
            items.append(item)


def _belongs(indent: int, item: _Item | None, above: _Item) -> bool:
    """Whether a line belongs to an item above it; `item` is what begins in the line, if it is an item."""
    is_other_list = item is not None and item.is_numbered is not above.is_numbered
    return indent >= above.text or (is_other_list and indent > above.indent)


def _separated(markdown: str, *, lines_are_kept: bool) -> Iterator[str]:
    lines, blocks = read_lines(markdown), _Blocks(lines_are_kept=lines_are_kept)
    for line, below, is_prose in zip(lines.texts, (*lines.texts[1:], ""), lines.prose, strict=True):
        if blocks.begins_apart(line, below, is_prose=is_prose):
            yield "\n"
        yield line


class _Blocks:
    """What the lines of a text belong to, one after the other."""

    def __init__(self, *, lines_are_kept: bool) -> None:
        self._lines_are_kept = lines_are_kept
        self._above = _Above.NOTHING
        self._paragraph = 0
        """The indentation of the paragraph above."""
        self._is_in_list = False
        self._was_prose = True

    def begins_apart(self, line: str, below: str, *, is_prose: bool) -> bool:
        """Whether an empty line belongs above the next line, which has another one below it."""
        item = None if _RULE.match(line) else _ITEM.match(line)
        is_below_code = is_prose and not self._was_prose and (self._lines_are_kept or item is not None)
        self._was_prose = is_prose
        if not is_prose or line.isspace():
            self._above = _Above.NOTHING
            return False
        return self._begins(line, below, item) or is_below_code

    def _begins(self, line: str, below: str, item: re.Match[str] | None) -> bool:
        """Whether prose begins something that Python-Markdown would take for a part of the paragraph above."""
        indent = len(line) - len(line.lstrip(" "))
        if self._above is _Above.TABLE or _TABLE.match(below):
            was_paragraph, self._above = self._above is _Above.PARAGRAPH, _Above.TABLE
            return was_paragraph
        if item:
            return self._begins_list(item, indent)
        if _OTHER_BLOCK.match(line):
            self._above = _Above.NOTHING
            return False
        return self._ends_list(indent)

    def _begins_list(self, item: re.Match[str], indent: int) -> bool:
        is_below_text = self._above is _Above.PARAGRAPH and 0 <= indent - self._paragraph < _OF_CODE
        if is_below_text and item["number"] not in {None, "1"}:
            return False
        self._above, self._is_in_list = _Above.ITEM, self._is_in_list or indent < _OF_CODE
        return is_below_text

    def _ends_list(self, indent: int) -> bool:
        ends = self._above is _Above.ITEM and self._lines_are_kept and not indent
        if ends or self._above is _Above.NOTHING:
            self._is_in_list = self._is_in_list and indent > 0
            is_code = indent >= _OF_CODE and not self._is_in_list
            self._above, self._paragraph = _Above.NOTHING if is_code else _Above.PARAGRAPH, indent
        return ends
