"""What was promised so that it does not happen again: the leaves of the lists in the parts about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from mkdocs_incidents.model import SectionKind

from .document_parts import kinds_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .document import DocumentLine
    from .document_parts import DocumentPart, DocumentParts

_MOST_ITEMS = 500
_PROMISES = re.compile(r"\b(?:prevent|avoid|improv\w+|we(?:'re|’re| are| will|'ll|’ll) )", re.IGNORECASE)
_IMPERATIVE = re.compile(
    r"(?:\W*)(?:add|adopt|adjust|allow|apply|assign|audit|automate|build|change|check|clean|conduct|configure"
    r"|consider|continue|"
    r"create|define|deploy|design|develop|document|educate|enable|encourage|enforce|enhance|ensure|establish"
    r"|evaluate|expand|"
    r"explore|extend|fix|follow|harden|hire|hold|implement|improve|include|increase|initiate|install|integrate"
    r"|introduce|"
    r"invest|investigate|keep|launch|limit|maintain|make|migrate|mitigate|monitor|move|optimi[sz]e|patch|perform"
    r"|plan|prioriti[sz]e|"
    r"provide|put|raise|reduce|refactor|refine|regularly|remove|replace|require|research|review|revise|rewrite"
    r"|roll|rotate|run|"
    r"schedule|scale|set|share|simulate|split|standardi[sz]e|start|strengthen|switch|test|train|tune|update"
    r"|upgrade|use|validate|verify|work|write)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!?:;)\]\"”’»…`]$")
_REFERENCE = re.compile(r"(?:https?://|www\.)\S+$")
_NOTHING = re.compile(r"(?:none|n/?a|tbd|todo|nothing|no action items?|\.{3}|…|-+)\W*$", re.IGNORECASE)
_ABOUT_IT = re.compile(
    r"\b(?:owner|assignee|who|responsible|due|date|status|priority|type|ticket|issue|bug|no|id)\b", re.IGNORECASE
)
_CLOSING = re.compile(
    r"(?:in conclusion|conclusion|in summary|by (?:implementing|taking|following|addressing)|overall"
    r"|this (?:incident|outage|postmortem|report) |we apologi[sz]e|we (?:are|remain) committed|thank you"
    r"|these (?:measures|actions)|sincerely|regards|the following|https?://)",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?:yours )?(?:sincerely|faithfully|truly)\b|(?:best|kind|warm)? ?regards\b|signed\b", re.IGNORECASE
)
_SENTENCE = re.compile(
    r"(?:this|that|these|those|it|they|he|she|there|we|i|you|your|thanks?|please|if|as|because|since|while|when|after"
    r"|before|so|however|but|and|yes|no|sorry|see|note|more|until|once|in the|at the|for (?:more|any|questions|now))\b"
    r"|(?:the|an?|our|all|some|most|many|each|every|both|nobody|everybody|everyone)\b.*\b(?:is|are|was|were|has|have|had"
    r"|will|would|can|could|did|does|do|takes?|took|shows?|showed)\b"
    r"|\w+ (?:of|results?|is|are|was|were|has|have|will|continues|goes on|follows?|on this|in progress)\b"
    r"|.*\b(?:us|you|your)\b"
    r"|(?:note|remark|warning|important|p\. ?s\.?|owners?|due|status|date|duration|time|contacts?|questions?|started?"
    r"|ended?)\s*:",
    re.IGNORECASE,
)
"""A statement, or a line addressed to the readers: not an order, so not an action item."""
_SIGNATURE = re.compile(r"(?:[A-Z][a-z]+[ .]){1,2}[A-Z][a-z]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenAction:
    """One thing that is to be done, in its author's words."""

    line: int
    text: str
    done: bool = False


def find_actions(parts: DocumentParts) -> tuple[WrittenAction, ...]:
    """The action items of a document; promises in running prose are left in the prose."""
    chosen = parts.of(SectionKind.ACTION_ITEMS)
    found = _items_of(chosen)
    if not found and not any(SectionKind.ACTION_ITEMS in part.kinds for part in parts.all):
        lessons = [part for part in parts.of(SectionKind.LESSONS) if _introduces_action_items(part)]
        found = _items_of(lessons)
    return tuple(found[:_MOST_ITEMS])


def _introduces_action_items(part: DocumentPart) -> bool:
    """Whether prose before the list of a lessons part says that it is about what will be done."""
    prose = []
    for line in part.lines:
        if line.listed:
            break
        prose.append(line.text)
    return bool(_PROMISES.search(" ".join(prose)[:2000]))


def _items_of(parts: Sequence[DocumentPart]) -> list[WrittenAction]:
    items = [item for part in parts for item in [*_listed(part.lines), *_rows(part.lines)]]
    if items:
        return sorted(items, key=lambda item: item.line)
    headings = [part for part in parts if SectionKind.ACTION_ITEMS not in part.kinds and 0 < part.level <= 6]  # noqa: PLR2004
    if len(headings) > 1:
        return [WrittenAction(line=part.line, text=part.heading) for part in headings]
    return [item for part in parts for item in _plain_lines(part, below_a_label=part is not parts[0])]


def _listed(lines: Sequence[DocumentLine]) -> list[WrittenAction]:
    """Items of lists that hold no items of their own."""
    listed = [line for line in lines if line.listed and not line.code and not line.quoted and line.text]
    dashes = {line.marker for line in listed if line.marker in {"—", "–"}}
    mixed = bool(dashes) and any(line.marker not in dashes for line in listed)
    found = []
    for index, line in enumerate(listed):
        following = listed[index + 1] if index + 1 < len(listed) else None
        below = following is not None and (
            following.indent > line.indent + 1 or (mixed and line.marker not in dashes and following.marker in dashes)
        )
        label = line.text.endswith(":") and not _REFERENCE.match(line.text)
        if not below and not label and not _NOTHING.match(line.text) and re.search(r"\w", line.text):
            found.append(WrittenAction(line=line.number, text=_whole(line, lines), done=bool(line.checked)))
    return found


def _whole(item: DocumentLine, lines: Sequence[DocumentLine]) -> str:
    """An item with the lines it wraps over."""
    words: list[str] = []
    taking = False
    for line in lines:
        if line is item:
            taking = True
        elif taking and (line.blank or line.listed or line.level or line.code or line.cells):
            break
        if taking:
            words.append(line.text)
    return " ".join(words)[:1000]


def _rows(lines: Sequence[DocumentLine]) -> list[WrittenAction]:
    """Rows of a table; the promise is in the column that is not about who, when and in which state."""
    rows = [line for line in lines if line.cells]
    if not rows:
        return []
    column = 0
    if rows[0].header:
        names = [cell.casefold() for cell in rows[0].cells]
        wanted = [i for i, name in enumerate(names) if re.search(r"action|item|task|what|description|measure", name)]
        others = [i for i, name in enumerate(names) if not _ABOUT_IT.search(name) and name]
        column = (wanted or others or [0])[0]
        rows = rows[1:]
    found = []
    for row in rows:
        text = row.cells[column] if column < len(row.cells) else ""
        if re.search(r"\w", text) and not _NOTHING.match(text):
            found.append(WrittenAction(line=row.number, text=text))
    return found


def _plain_lines(part: DocumentPart, *, below_a_label: bool) -> list[WrittenAction]:
    """Items written one a line without any mark: below a label that groups them, or each one an order.

    A part after the first one, such as "Tasks" below "Corrective measures", has such a label for its heading.
    """
    lines = part.lines
    blocks: list[list[DocumentLine]] = [[]]
    for line in lines:
        if line.blank or line.code or line.level or line.cells:
            blocks.append([])
        else:
            blocks[-1].append(line)
    found: list[WrittenAction] = []
    for whole in filter(None, blocks):
        block = _without_closing(whole)
        are_sentences = [not _groups(line.text) and _SENTENCE.match(line.text) is not None for line in whole]
        if not _one_a_line(block) or any(below and not above for above, below in pairwise(are_sentences)):
            below_a_label = False  # prose below an item would be read as part of it
            continue
        for line in block:
            if _SIGNED.match(line.text):
                return _orders(found, below_a_label=below_a_label)
            if _groups(line.text):
                # Prose that only leads up to a list is none of its items.
                found = [item for item in found if below_a_label or _is_an_order(item.text)]
                below_a_label = True
                continue
            prose = _CLOSING.match(line.text) or _SENTENCE.match(line.text)
            if not prose and not _SIGNATURE.fullmatch(line.text):
                found.append(WrittenAction(line=line.number, text=line.text))
    return _orders(found, below_a_label=below_a_label)


def _without_closing(block: Sequence[DocumentLine]) -> Sequence[DocumentLine]:
    """A block up to the sentence that closes the report."""
    for number, line in enumerate(block):
        if number and _CLOSING.match(line.text) and not line.text.endswith(":"):
            return block[:number]
    return block


def _orders(found: list[WrittenAction], *, below_a_label: bool) -> list[WrittenAction]:
    orders = sum(_is_an_order(item.text) for item in found)
    return found if below_a_label or orders * 2 >= len(found) else []


def _is_an_order(text: str) -> bool:
    return bool(_IMPERATIVE.match(text)) or _is_labelled(text)


def _one_a_line(block: Sequence[DocumentLine]) -> bool:
    """Whether every line stands for itself, rather than being wrapped prose."""
    begins = all(line.text[:1].isupper() or not line.text[:1].isalpha() for line in block)
    ends = sum(bool(_ENDS.search(line.text)) or len(line.text) < 60 for line in block)  # noqa: PLR2004
    return begins and ends >= len(block) - 1


def _groups(text: str) -> bool:
    """Whether a line only names what follows: `Tasks:`."""
    return text.endswith(":") or (len(text) < 40 and bool(kinds_of(text.rstrip(": "), loosely=False)))  # noqa: PLR2004


def _is_labelled(text: str) -> bool:
    label, colon, rest = text.partition(":")
    return bool(colon) and 0 < len(label) <= 60 and len(rest) > 3 and label[:1].isupper()  # noqa: PLR2004
