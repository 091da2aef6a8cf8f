"""Labels that serve as headings, marked as such: no word changes, and our own files read the parts again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..content.sections import split_body
from ..model import SectionKind
from .parts import BARE, BOLD, OWN_LISTS
from .report import Inference, Sureness

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .document import Document
    from .parts import Part, Parts

_COLON = re.compile(r"[:\uff1a][*_\s]*")
_MARKS = " \t*_:\uff1a#"
_LOWEST = 6
_SET_APART = OWN_LISTS | {SectionKind.APOLOGY}
"""What a page shows in its own way, and therefore has to find."""


def with_headings(document: Document, parts: Parts) -> tuple[str, tuple[Inference, ...]]:
    """The body with every label of a part as a heading, and what is told about it.

    A label with words behind it, `Timeline: all in UTC`, becomes a heading with these words below.
    """
    lines = document.body.split("\n")
    told = []
    for part, index, name, rest in list(_labels(document, parts, lines)):
        level = min(part.above.level, _LOWEST - 1) + 1 if part.above and part.above.level <= _LOWEST else 2
        gap = "\n" if index and lines[index - 1].strip() else ""
        below = f"\n\n{rest}" if rest else ""
        lines[index] = f"{gap}{'#' * level} {name}{below}"
        reason = "a line with a name of a part; it is marked as a heading now"
        told.append(Inference(fact="section", value=name, line=part.line, sureness=Sureness.LIKELY, reason=reason))
    return "\n".join(lines), tuple(told)


def _labels(document: Document, parts: Parts, lines: list[str]) -> Iterator[tuple[Part, int, str, str]]:
    """The parts that begin with a label: where it stands, its words, and the words behind it on the same line."""
    read_already = {part.first_line for part in split_body(document.body) if part.kind is not SectionKind.OTHER}
    before: frozenset[SectionKind] = frozenset()
    for part in parts.all:
        index = part.line - document.front_lines - 1
        if part.level not in {BOLD, BARE} or not part.kinds or index in read_already:
            before = part.kinds or before
            continue
        name, rest = lines[index], ""
        if any(line.number == part.line for line in part.lines) and (colon := _COLON.search(name)):
            # In a summary `Duration: …` and `Impact: …` are facts; behind a list they begin what comes next.
            if not (part.kinds & _SET_APART or before & OWN_LISTS):
                continue
            name, rest = name[: colon.start()], name[colon.end() :]
        before = part.kinds
        if name := name.strip(_MARKS):
            yield part, index, name, rest.rstrip()
