"""Turning points of a timeline, as the words of its entries describe them: proposed as marks that a person sees."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mkdocs_incidents.content.postmortem.blocks import Item, Table, blocks, first_paragraph
from mkdocs_incidents.content.postmortem.entries import Columns
from mkdocs_incidents.content.postmortem.entry_heads import begins_with_time
from mkdocs_incidents.model import TurningPoint

from ..prose.turning_points import entry_kind, is_plain, takes_back, turning_points
from .proposals import ProposalSureness, index_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mkdocs_incidents.content.postmortem.sections import BodyPart
    from mkdocs_incidents.model import TimelineEntry

    from .proposals import Context, EditedText, StrictReading

_ENDS = {TurningPoint.MITIGATED, TurningPoint.RESOLVED}
_ORDER = {
    TurningPoint.IMPACT_BEGINS: 0,
    TurningPoint.DETECTED: 1,
    TurningPoint.ACKNOWLEDGED: 2,
    TurningPoint.ESCALATED: 3,
    TurningPoint.IDENTIFIED: 3,
    TurningPoint.MITIGATED: 4,
    TurningPoint.RESOLVED: 5,
}
"""How an incident goes on; people may escalate before or after they find the cause."""
_SOON = timedelta(minutes=15)
"""How far from the beginning of the notice the beginning of the impact can stand."""


def propose_turning_points(text: EditedText, context: Context) -> None:
    """Propose `{kind: …}` behind each entry that describes a turning point which no entry states."""
    if context.begins_at is None:
        return
    read = text.read(context)
    entries = read.postmortem.timeline
    stated = {entry.kind for entry in entries if entry.kind}
    places = _places(read)
    own_entries = [_own_entry(entry, text, places) for entry in entries]
    found = turning_points([(entry, False) for entry in own_entries], context.begins_at)
    for number, entry in reversed([*enumerate(found)]):
        if entry.kind is None or entry.kind in stated or entries[number].kind:
            continue
        if "{" in entry.text and "kind" in entry.text:
            continue  # its author says that it is none
        place = places.get(index_of(entry))
        if place is None:
            continue
        line, column = place.end
        typed = text.lines[line]
        text.propose(
            line,
            [f"{typed[:column]} {{kind: {entry.kind}}}{typed[column:]}"],
            subject="turning point",
            words=entry.text,
            reason=f"its words tell of a turning point: {entry.kind}",
            sureness=_TurningPoints(text, own_entries, found, context).sureness(number),
        )


@dataclass(frozen=True, slots=True)
class _EntryPlace:
    """Where an entry stands."""

    end: tuple[int, int]
    """Line and column behind its first paragraph."""
    words: str | None = None
    """Its own, where a row of a table may have words of the rows below it; None where they are those that are read."""


def _own_entry(entry: TimelineEntry, text: EditedText, places: Mapping[int, _EntryPlace]) -> TimelineEntry:
    """An entry with its own words only, and the turning point that they describe.

    A line without a time is appended to the entry above it when the timeline is read. Such a line, an item below the
    entry or a paragraph behind the first one describes what else happened.
    """
    index = index_of(entry)
    place = places.get(index)
    words = entry.text.split("\n\n", 1)[0]
    if place and place.words is not None:
        words = place.words
    elif not text.lines[index].lstrip().startswith("#"):
        own = words.split("\n")[: place.end[0] - index + 1 if place else 1]
        margin = len(text.lines[index]) - len(text.lines[index].lstrip())
        wrapped = 1
        while wrapped < len(own) and index + wrapped < len(text.lines):
            line = text.lines[index + wrapped]
            if len(line) - len(line.lstrip()) <= margin:
                break
            wrapped += 1
        words = "\n".join(own[:wrapped])
    return replace(entry, text=words, kind=entry.kind or entry_kind(words).kind)


class _TurningPoints:
    """The entries of a timeline with the turning points they describe."""

    def __init__(
        self, text: EditedText, own_entries: Sequence[TimelineEntry], found: Sequence[TimelineEntry], context: Context
    ) -> None:
        self._text = text
        self._own_entries = own_entries
        self._found = found
        self._context = context

    def sureness(self, number: int) -> ProposalSureness:
        """Sure where one entry has the kind, in the plainest words and in order, and no later entry retracts it."""
        entry = self._found[number]
        alone = sum(other.kind is entry.kind for other in self._own_entries) == 1
        sure = alone and self._is_plain(number) and self._is_within_outage(entry) and self._is_in_order(number)
        if entry.kind in _ENDS:
            sure = sure and not any(takes_back(other.text) for other in self._own_entries[number + 1 :])
        return ProposalSureness.SURE if sure else ProposalSureness.LIKELY

    def _is_plain(self, number: int) -> bool:
        entry = self._found[number]
        index = index_of(entry)
        elsewhere = "\n".join([*self._text.lines[:index], *self._text.lines[index + 1 :]])
        return entry.kind is not None and is_plain(entry.kind, entry.text, elsewhere)

    def _is_within_outage(self, entry: TimelineEntry) -> bool:
        """Whether an entry stands inside of the outage, and the beginning of the impact at its beginning."""
        begins_at, ends_at = self._context.begins_at, self._context.ends_at
        outside = ends_at is not None and entry.at > ends_at
        late = entry.kind is TurningPoint.IMPACT_BEGINS and begins_at is not None and abs(entry.at - begins_at) > _SOON
        return not outside and not late

    def _is_in_order(self, number: int) -> bool:
        """Whether what comes before it in an incident has earlier times, and what comes behind has later ones."""
        entry = self._found[number]
        own = _ORDER.get(entry.kind) if entry.kind else None
        for other in self._found:
            rank = _ORDER.get(other.kind) if other.kind else None
            if own is None or rank is None or rank == own:
                continue
            if (rank < own and other.at > entry.at) or (rank > own and other.at < entry.at):
                return False
        return True


def _places(read: StrictReading) -> dict[int, _EntryPlace]:
    """The places of the entries of all timelines, by the line on which each begins."""
    lines = read.entry_lines
    found: dict[int, _EntryPlace] = {}
    for part in read.body.parts:
        if part.level and part.first_line in lines:
            heading = part.source.rstrip("\n")
            found[part.first_line] = _EntryPlace((part.first_line, len(heading.rstrip("# \t"))))
        if not any(part.text_line <= line < part.text_line + len(part.lines.texts) for line in lines):
            continue
        for block in blocks(part.lines):
            if isinstance(block, Table):
                found |= dict(_rows(part, block))
            elif isinstance(block, Item):
                found |= dict(_items(part, block))
    return found


def _rows(part: BodyPart, table: Table) -> Iterator[tuple[int, _EntryPlace]]:
    texts = part.lines.texts
    columns = Columns.of(table, texts)
    for row in table.rows:
        filled = [(start, end) for start, end in row.cells if texts[row.line][start:end].strip()]
        if filled:
            start, end = filled[-1]
            line = part.text_line + row.line
            words = [row.text(texts, number) for number in columns.filled(row, texts)] if columns else []
            yield line, _EntryPlace((line, start + len(texts[row.line][start:end].rstrip())), "; ".join(words))


def _items(part: BodyPart, item: Item) -> Iterator[tuple[int, _EntryPlace]]:
    """An item and those nested in it."""
    own = first_paragraph(item, part.lines)
    line = own.stop - 1
    others = any(begins_with_time(part.lines.texts[number].strip()) for number in own[1:])
    if not others:  # lines that are no words of this entry
        yield part.text_line + item.first, _EntryPlace((part.text_line + line, len(part.lines.texts[line].rstrip())))
    for child in item.children:
        yield from _items(part, child)
