"""Turning points of a timeline, as the words of its entries tell them: proposed as marks that a person sees."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ...content.postmortem.heads import begins_with_time
from ...content.postmortem.lists import Item, blocks, first_paragraph
from ...content.postmortem.tables import Table
from ...model import EntryKind
from ..prose.entry_kinds import entry_kind, turning_points
from ..prose.entry_phrases import DOUBT, TAKEN_BACK
from .edited_text import Sureness
from .strict_reading import index_of, read_strictly

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...content.postmortem.sections import Part
    from ...model import TimelineEntry
    from .edited_text import EditedText
    from .strict_reading import Context, StrictReading

_FAULT = re.compile(
    r"\b(?:causes?|bugs?|culprits?|faults?|faulty|typos?|defects?|misconfigur\w+|leaks?|mistakes?|offending|expired|full"
    r"|errors? in|wrong|broken|traced to|narrowed down to)\b",
    re.IGNORECASE,
)
"""What is found when the cause is: "realized that it was more complex" is no such thing."""
_ENDS = {EntryKind.MITIGATED, EntryKind.RESOLVED}


def propose_turning_points(text: EditedText, context: Context) -> None:
    """Propose `{kind: …}` behind each entry that tells of a turning point which no entry states."""
    if context.begins_at is None:
        return
    read = read_strictly(text.public, context)
    entries = read.postmortem.timeline
    stated = {entry.kind for entry in entries if entry.kind}
    told = [(entry, False) for entry in _with_recognised_kinds(entries)]
    found = turning_points(told, context.begins_at)
    for number, entry in reversed([*enumerate(found)]):
        if entry.kind is None or entry.kind in stated or entries[number].kind:
            continue
        if "{" in entry.text and "kind" in entry.text:
            continue  # its author says that it is none
        place = _end_of_words(read, index_of(entry))
        if place is None:
            continue
        line, column = place
        typed = text.lines[line]
        text.propose(
            line,
            [f"{typed[:column]} {{kind: {entry.kind}}}{typed[column:]}"],
            subject="turning point",
            words=entry.text,
            reason=f"its words tell of a turning point: {entry.kind}",
            sureness=_sureness(entry, entries[number + 1 :], [one for one, _ in told], context),
        )


def _with_recognised_kinds(entries: Sequence[TimelineEntry]) -> Iterator[TimelineEntry]:
    for entry in entries:
        yield entry if entry.kind else replace(entry, kind=entry_kind(entry.text).kind)


def _sureness(
    entry: TimelineEntry, later: Sequence[TimelineEntry], told: Sequence[TimelineEntry], context: Context
) -> Sureness:
    """Sure is what one entry alone tells, and no later one takes back."""
    alone = sum(one.kind is entry.kind for one in told) == 1
    taken_back = entry.kind in _ENDS and any(TAKEN_BACK.search(one.text) or DOUBT.search(one.text) for one in later)
    outside = context.ends_at is not None and entry.at > context.ends_at
    guessed = entry.kind is EntryKind.CAUSE or (  # a change before the beginning need not be its cause
        entry.kind is EntryKind.IDENTIFIED and not _FAULT.search(entry.text)
    )
    return Sureness.LIKELY if guessed or taken_back or outside or not alone else Sureness.SURE


def _end_of_words(read: StrictReading, index: int) -> tuple[int, int] | None:
    """Line and column behind the first paragraph of the entry that begins on a line."""
    for part in read.body.parts:
        if part.first_line == index and part.level and part.text_line == index + 1:
            heading = part.source.rstrip("\n")
            return index, len(heading.rstrip("# \t"))
        for block in blocks(part.lines) if part.text_line <= index < part.text_line + len(part.lines.texts) else ():
            if isinstance(block, Table):
                for row in block.rows:
                    if part.text_line + row.line == index:
                        return _end_of_row(part, row.line, row.cells)
            elif isinstance(block, Item) and (item := _item_at(block, index - part.text_line)):
                own = first_paragraph(item, part.lines)
                if any(begins_with_time(part.lines.texts[line].strip()) for line in own[1:]):
                    return None  # lines that are no words of this entry
                line = own.stop - 1
                return part.text_line + line, len(part.lines.texts[line].rstrip())
    return None


def _end_of_row(part: Part, line: int, cells: tuple[tuple[int, int], ...]) -> tuple[int, int] | None:
    texts = part.lines.texts
    filled = [(start, end) for start, end in cells if texts[line][start:end].strip()]
    if not filled:
        return None
    start, end = filled[-1]
    return part.text_line + line, start + len(texts[line][start:end].rstrip())


def _item_at(item: Item, line: int) -> Item | None:
    """The item that begins on a line, nested ones included."""
    if item.first == line:
        return item
    return next((found for child in item.children if (found := _item_at(child, line))), None)
