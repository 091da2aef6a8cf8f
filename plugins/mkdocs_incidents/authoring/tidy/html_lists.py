"""Lists in HTML as lists in Markdown: a build reads no entries and no action items in HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...content.markdown_lines import read_lines
from ..prose.action_items import find_actions
from ..prose.document import pieces, without_bullet_signs
from ..prose.parts import parts_of_body
from ..prose.plain_text import without_structure
from ..prose.timeline import find_timeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .edited_text import EditedText

_BLOCK = re.compile(r" {0,3}<(?:ul|ol|li|p)\b", re.IGNORECASE)
_ITEM = re.compile(r"\s*(?:<(?:ul|ol)\b[^<>]*>\s*)*<li\b", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\s*<p\b[^<>]*>(?!\s*$).*</p>\s*$", re.IGNORECASE)
_OTHER_BLOCKS = re.compile(r"</?(?:table|tr|td|th|div|section|details|pre|blockquote|h[1-6])\b", re.IGNORECASE)


def propose_html_lists(text: EditedText) -> None:
    """Propose Markdown for the lists in HTML that stand in a timeline or below action items."""
    inside = _lines_of_lists(text)
    for first, end in reversed([*_html_blocks(text)]):
        lines = text.lines[first:end]
        after = _as_markdown(lines)
        if after and inside.intersection(range(first, end)):
            gap = [""] if first and text.lines[first - 1].strip() else []
            text.propose(
                first,
                [*gap, *after],
                subject="list",
                words=lines[0],
                reason="a list in HTML, in which a build reads nothing",
                count=end - first,
            )


def _lines_of_lists(text: EditedText) -> frozenset[int]:
    """The lines on which a person finds the entries of the timeline and the action items."""
    parts = parts_of_body(text.public)
    lines = [entry.line for entry in find_timeline(parts).entries] + [item.line for item in find_actions(parts)]
    return frozenset(line - 1 for line in lines)


def _html_blocks(text: EditedText) -> Iterator[tuple[int, int]]:
    """The first line of each block of HTML that begins with a list or a paragraph, and the line behind it."""
    prose = read_lines(text.public).prose
    number = 0
    while number < len(prose):
        end = number + 1
        if not prose[number] and _BLOCK.match(text.lines[number]):
            while end < len(prose) and not prose[end] and text.lines[end].strip():
                end += 1
            yield number, end
        number = end


def _as_markdown(lines: Sequence[str]) -> list[str]:
    """The items of a list in HTML as items in Markdown; empty where something else stands between them."""
    items: list[str] = []
    for line in lines:
        if _OTHER_BLOCKS.search(line):
            return []
        for piece in pieces(line):
            words = without_bullet_signs(without_structure(piece)).strip()
            if words and not (_ITEM.match(piece) or _PARAGRAPH.match(line)):
                return []
            if words:
                items.append(f"- {words}")
    return items
