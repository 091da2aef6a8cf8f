"""What its author wrote, with the marks our own files are read by: headings, items of lists. No word changes."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from ...content.markdown_lines import read_lines
from ...content.postmortem.sections import split_lines
from ...model import SectionKind
from .document import pieces, without_bullet_signs
from .parts import BARE, BOLD, OWN_LISTS
from .plain_text import without_html
from .report import Inference, Sureness

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .document import Document
    from .parts import Part, Parts

_COLON = re.compile(r"[:\uff1a][*_\s]*")
_MARKS = " \t*_:\uff1a#"
_LOWEST = 6
_SET_APART = OWN_LISTS | {SectionKind.APOLOGY}
"""What a page shows in its own way, and therefore has to find."""
_ITEM = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)])\s+\S")
_NAMED = re.compile(r"(?P<margin>\s*)(?:[-*+•]|\d{1,3}[.)])\s+.*:[*_\s]*$")
_GLUED_NUMBER = re.compile(r"\s*(\d{1,3}[.)])(?=\d{1,2}:\d\d)")
_LIKELY = Sureness.LIKELY


def marked(document: Document, parts: Parts, items: Iterable[int]) -> tuple[str, tuple[Inference, ...]]:
    """The body with labels marked as headings and the lines of `items` as items of lists, and what is told about it.

    `items` are the numbers of the lines on which entries of the timeline and promises begin.
    """
    lines = document.body.split("\n")
    told = [*_mark_headings(document, parts, lines), *_mark_items(document, lines, items)]
    return "\n".join(lines), tuple(told)


def _mark_headings(document: Document, parts: Parts, lines: list[str]) -> Iterator[Inference]:
    """Mark the labels of parts as headings.

    A label with words behind it, `Timeline: all in UTC`, becomes a heading with these words below.
    """
    for part, index, name, rest in list(_labels(document, parts, lines)):
        level = min(part.above.level, _LOWEST - 1) + 1 if part.above and part.above.level <= _LOWEST else 2
        level = min(part.level, level) if part.level <= _LOWEST else level
        gap = "\n" if index and lines[index - 1].strip() else ""
        below = f"\n\n{rest}" if rest else ""
        lines[index] = f"{gap}{'#' * level} {name}{below}"
        reason = "a line with a name of a part; it is marked as a heading now"
        yield Inference(fact="section", value=name, line=part.line, sureness=_LIKELY, reason=reason)


def _labels(document: Document, parts: Parts, lines: list[str]) -> Iterator[tuple[Part, int, str, str]]:
    """The parts that begin with a label: where it stands, its words, and the words behind it on the same line."""
    sections = split_lines(read_lines(document.body))
    read_already = {section.first_line for section in sections if section.kind is not SectionKind.OTHER}
    before: frozenset[SectionKind] = frozenset()
    for part in parts.all:
        index = part.line - document.front_lines - 1
        in_html = part.level > 0 and lines[index].lstrip().lower().startswith("<h")
        if not (part.level in {BOLD, BARE} or in_html) or not part.kinds or index in read_already:
            before = part.kinds or before
            continue
        name, rest = without_html(lines[index]), ""
        if any(line.number == part.line for line in part.lines) and (colon := _COLON.search(name)):
            # In a summary `Duration: …` and `Impact: …` are facts; behind a list they begin what comes next.
            if not (part.kinds & _SET_APART or before & OWN_LISTS):
                continue
            name, rest = name[: colon.start()], name[colon.end() :]
        before = part.kinds
        if name := name.strip(_MARKS):
            yield part, index, name, rest.rstrip()


def _mark_items(document: Document, lines: list[str], items: Iterable[int]) -> Iterator[Inference]:
    """Mark the lines of `items` that are no items of a Markdown list as such; several items on one line are parted."""
    changed = []
    for number in sorted(set(items)):
        index = number - document.front_lines - 1
        if 0 <= index < len(lines) and (item := _as_items(lines[index], _margin(lines, index))) is not None:
            lines[index] = item
            changed.append(number)
    for _, group in groupby(enumerate(changed), lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        value = f"lines {run[0]} to {run[-1]}" if len(run) > 1 else f"line {run[0]}"
        reason = "entries and promises without a mark; they are marked as items now"
        yield Inference(fact="list", value=value, line=run[0], sureness=_LIKELY, reason=reason)


def _margin(lines: list[str], index: int) -> str:
    """What comes before an item: below an item of another list that only names it, it goes inwards."""
    before = next((line for line in reversed(lines[:index]) if line.strip()), "")
    if found := _NAMED.match(before):
        return f"{found['margin']}    "
    return before[: len(before) - len(before.lstrip())] if before.lstrip().startswith("- ") else ""


def _as_items(line: str, margin: str) -> str | None:
    """A line as items of a list; None where it is one already, or a heading, a row or something else of its own."""
    if line.lstrip().startswith(("#", "|", ">", "<h")) or "\n" in line or not line.strip():
        return None
    several = [piece for piece in pieces(line) if piece.strip()]
    if len(several) == 1 and _ITEM.match(line):
        return None
    if len(several) == 1 and (glued := _GLUED_NUMBER.match(line)):
        return f"{line[: glued.end()]} {line[glued.end() :]}"
    if _ITEM.match(line):
        margin = line[: len(line) - len(line.lstrip())]
    said = (_ITEM_MARK.sub("", without_bullet_signs(without_html(piece))).strip() for piece in several)
    return "\n".join(f"{margin}- {words}" for words in said if words) or None


_ITEM_MARK = re.compile(r"^\s*(?:[-*+•=▪●◦‣·–—]\s+)+")
