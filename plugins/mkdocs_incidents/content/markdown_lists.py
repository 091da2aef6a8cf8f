"""Lists in Markdown that begin right below a sentence, as on GitHub (CommonMark 0.31, 5.2 and 5.3).

Python-Markdown takes the items of such a list as words of the paragraph.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING

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
    """The Markdown with an empty line between a paragraph and a list right below it.

    A numbered list counts as one only if it begins with 1, since a line of prose may begin with a year.

    With `lines_are_kept`, a line below an item that is not indented ends the list; otherwise it belongs to the item.
    """
    return "".join(_separated(markdown, lines_are_kept=lines_are_kept)) if "\n" in markdown else markdown


def nest_lists(markdown: str) -> str:
    """The Markdown with four spaces a level before the items of lists in lists, as Python-Markdown wants it.

    On GitHub an item is in a list below another where its mark is not left of the other's text.
    """
    lines = read_lines(markdown)
    texts: list[int] = []
    """Where the texts of the items begin that the line may belong to, the outermost first."""
    nested = []
    for line, is_prose in zip(lines.texts, lines.prose, strict=True):
        item = _ITEM.match(line) if is_prose and not _RULE.match(line) else None
        indent = len(line) - len(line.lstrip(" "))
        if item:
            texts = [text for text in texts if text <= indent]
            missing = 0 if indent >= _OF_CODE * len(texts) else _OF_CODE * len(texts) - indent
            nested.append(" " * missing + line)
            texts.append(item.end() - 1)
        else:
            texts = texts if indent or line.isspace() else []
            nested.append(line)
    return "".join(nested)


def _separated(markdown: str, *, lines_are_kept: bool) -> Iterator[str]:
    lines = read_lines(markdown)
    above, paragraph, is_in_list = _Above.NOTHING, 0, False
    for text, is_prose in zip(lines.texts, lines.prose, strict=True):
        indent = len(text) - len(text.lstrip(" "))
        item = None if _RULE.match(text) else _ITEM.match(text)
        if not is_prose or text.isspace():
            above = _Above.NOTHING
        elif above is _Above.TABLE or (above is _Above.PARAGRAPH and _TABLE.match(text)):
            above = _Above.TABLE
        elif item:
            if above is _Above.PARAGRAPH and 0 <= indent - paragraph < _OF_CODE:
                if item["number"] not in {None, "1"}:
                    yield text
                    continue
                yield "\n"
            above, is_in_list = _Above.ITEM, is_in_list or indent < _OF_CODE
        elif _OTHER_BLOCK.match(text):
            above = _Above.NOTHING
        elif above is _Above.NOTHING or (above is _Above.ITEM and lines_are_kept and not indent):
            if above is _Above.ITEM:
                yield "\n"
            is_in_list = is_in_list and indent > 0
            above, paragraph = (_Above.PARAGRAPH if indent < _OF_CODE or is_in_list else _Above.NOTHING), indent
        yield text
