"""Postmortems: sections, timeline, action items."""

from __future__ import annotations

import re
from collections.abc import Sequence  # noqa: TC003  decoding resolves the types of fields
from dataclasses import dataclass, field
from datetime import date, datetime  # noqa: TC003  decoding resolves the types of fields

from .vocabulary import SectionKind, TurningPoint

_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section of the body. `markdown` is the text below the heading, as its author wrote it."""

    kind: SectionKind
    heading: str
    """The author's heading as plain text; empty for text before the first heading."""
    level: int
    """Heading level 1 to 6; 0 where there is no heading."""
    markdown: str
    line: int
    """Line of the heading (or of the text's beginning) in the file, counted from 1."""
    marked: str = ""
    """`markdown` with a mark in each timeline entry and action item, by which its HTML is found after rendering."""
    entry: int | None = None
    """Number of the timeline entry, where the whole section with its heading is one."""
    orders_entries: bool = False
    """Whether its heading is the date of the timeline entries below it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """An event at an instant, as a postmortem states it. Unlike an `Update` it is published only afterwards."""

    at: datetime
    """UTC."""
    text: str
    """Markdown of the entry without its time."""
    line: int
    until: datetime | None = None
    """UTC; the end of a stated range such as `14:30–14:45`."""
    kind: TurningPoint | None = None
    """The turning point that a mark or a label states."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionItem:
    """Something promised in a postmortem, with owners and a due date."""

    text: str
    """Markdown of the promise without its owners, dates and link."""
    line: int
    owners: tuple[str, ...] = ()
    """Teams or roles that are responsible, in the author's order."""
    due: date | None = None
    link: str | None = None
    done: bool = False
    done_at: date | None = None
    """Day on which it was kept, as the author states it."""
    dropped: bool = False
    dropped_at: date | None = None
    """Day on which it was dropped, as the author states it."""
    dropped_because: str = ""
    """The reason, as the author states it."""

    @property
    def owner(self) -> str | None:
        """All owners in one text; None without any."""
        return ", ".join(self.owners) or None

    @property
    def identity(self) -> str:
        """Its text without case, spaces and punctuation: the id is made of it, so that they do not change the id."""
        return _NOT_ALPHANUMERIC.sub("", self.text.casefold())

    @property
    def days_late(self) -> int:
        """Days between the due day and the day it was kept; 0 if it was in time or either day is unknown."""
        return max((self.done_at - self.due).days, 0) if self.done and self.done_at and self.due else 0

    def kept_by(self, day: date) -> bool:
        """Whether it was kept on `day` or before; True if it was kept on an unknown day."""
        return self.done and not self.dropped and (self.done_at is None or self.done_at <= day)

    def overdue_on(self, day: date) -> bool:
        """Whether it was due before `day` and is neither kept nor dropped."""
        return self.due is not None and self.due < day and not self.dropped and not self.kept_by(day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Postmortem:
    """The body of a file. It is announced (in lists and feeds) if it has a `published_at`."""

    sections: Sequence[Section] = ()
    """All text of the body, in the author's order."""
    timeline: Sequence[TimelineEntry] = ()
    action_items: tuple[ActionItem, ...] = ()
    published_at: datetime | None = None
    """UTC, as stated; the first instant of `published_on` in the file's zone where only that is stated.

    What outputs date it by is `Notice.postmortem_published_at`.
    """
    published_on: date | None = None
    """The day of its publication, where the file states no time."""
    by: str | None = None
    """The author."""
    known_turns: tuple[TimelineEntry, ...] | None = field(default=None, compare=False, repr=False)
    """`turning_entries`, where they are stored apart from `timeline`."""

    @property
    def turning_entries(self) -> Sequence[TimelineEntry]:
        """The entries of the timeline that state a turning point, in the author's order."""
        if self.known_turns is not None:
            return self.known_turns
        return tuple(entry for entry in self.timeline if entry.kind)

    def section(self, kind: SectionKind) -> Section | None:
        """The first section of `kind`; None without one."""
        return next((section for section in self.sections if section.kind is kind), None)

    @property
    def apology(self) -> str | None:
        """The text of the apology, as Markdown; None without one."""
        section = self.section(SectionKind.APOLOGY)
        return section.markdown if section else None
