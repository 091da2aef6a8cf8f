"""The timeline of a document: where it stands, and its entries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ...model import SectionKind
from .entries import FEWEST, read_entries
from .outage_wording import describes_an_outage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .entries import WrittenEntry
    from .parts import DocumentPart, DocumentParts

_LEAD_OF_EVENTS = re.compile(
    r"\b(?:events happened|what happened|this happened|course of events|timeline)\b", re.IGNORECASE
)
"""In front of a list: its entries are events."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTimeline:
    """The entries of a document, and where they stand."""

    entries: tuple[WrittenEntry, ...] = ()
    parts: tuple[DocumentPart, ...] = ()
    announced: bool = False
    """Whether a heading says that it is one."""

    @property
    def timed(self) -> tuple[WrittenEntry, ...]:
        """The entries that have a time of day."""
        return tuple(entry for entry in self.entries if entry.clock)

    @property
    def lead(self) -> str:
        """The heading above the entries, and the line in front of the first one."""
        if not (self.entries and self.parts):
            return ""
        part, first = self.parts[0], self.entries[0].line
        above = [line.text for line in part.lines if line.number < first and not line.blank]
        return "\n".join([part.heading, *above[-1:]])

    @property
    def is_plain(self) -> bool:
        """Whether its entries describe an outage beyond doubt: in ascending time, or below words that say so."""
        if _LEAD_OF_EVENTS.search(self.lead):
            return True
        clocks = [entry.clock.minutes for entry in self.timed if entry.clock]
        plain = describes_an_outage([entry.text for entry in self.entries], self.lead, plainly=True)
        return plain and all(before <= behind for before, behind in pairwise(clocks))

    @property
    def lines(self) -> frozenset[int]:
        """The numbers of the lines entries begin on."""
        return frozenset(entry.line for entry in self.entries)


def find_timeline(parts: DocumentParts) -> FoundTimeline:
    """The fullest list of timed entries, below a heading that announces one where there is such a heading."""
    announced = _groups(part for part in parts.all if part.within(SectionKind.TIMELINE))
    best: FoundTimeline = FoundTimeline()
    for group in map(_without_other_accounts, announced):
        entries = read_entries([line for part in group for line in part.lines], announced=True)
        if len([e for e in entries if e.clock]) > len(best.timed) or (not best.entries and entries):
            best = FoundTimeline(entries=entries, parts=tuple(group), announced=True)
    if best.timed:
        return best
    for part in parts.all:
        if part.within(SectionKind.TIMELINE) or part.within(SectionKind.ACTION_ITEMS):
            continue
        entries = read_entries(part.lines, announced=False)
        if len(entries) >= FEWEST and len(entries) > len(best.timed):
            found = FoundTimeline(entries=entries, parts=(part,))
            if describes_an_outage([entry.text for entry in entries], found.lead):
                best = found
    return best


def _without_other_accounts(group: list[DocumentPart]) -> list[DocumentPart]:
    """A timeline without parts such as "Resolution" that only stand below it and state the end again.

    They belong to it where all its entries stand in such parts.
    """
    first, *others = group
    if not read_entries(first.lines, announced=False):
        return group
    return [first, *(part for part in others if not part.kinds - {SectionKind.TIMELINE})]


def _groups(parts: Iterable[DocumentPart]) -> list[list[DocumentPart]]:
    """Parts that belong to the same announced timeline."""
    groups: list[list[DocumentPart]] = []
    for part in parts:
        if SectionKind.TIMELINE in part.kinds and not (groups and part.inside(groups[-1][0])):
            groups.append([part])
        elif groups:
            groups[-1].append(part)
    return groups
