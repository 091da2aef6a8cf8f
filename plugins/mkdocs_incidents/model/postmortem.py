"""The explanation that is published afterwards: its sections, its timeline, its action items."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .vocabulary import EntryKind, SectionKind

if TYPE_CHECKING:
    from datetime import date, datetime

_BETWEEN = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of the body as its author wrote it. `markdown` is the text below the heading, without our own marks."""

    kind: SectionKind
    heading: str
    """The author's heading as plain text; empty for text that stands before the first heading."""
    level: int
    """Heading level 1 to 6; 0 where there is no heading."""
    markdown: str
    line: int
    """Line of the heading (or of the text's beginning) in the file, counted from 1."""
    marked: str = ""
    """`markdown` as the host renders it: with a mark in each entry or promise, so that its HTML can be found."""
    entry: int | None = None
    """The number of the timeline entry that the whole section is, its heading included."""
    orders_entries: bool = False
    """Whether its heading is a day that holds for the timeline entries below it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """A fact of a postmortem at an instant. Not an `Update`: it need never have been published while it happened."""

    at: datetime
    """UTC."""
    text: str
    """Markdown of the entry without its time."""
    line: int
    until: datetime | None = None
    """UTC; the end of the range that is stated for it, `14:30–14:45`."""
    kind: EntryKind | None = None
    """The turning point it states to be, by a mark or by a label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionItem:
    """Something promised so that it does not happen again, with owners and a due date."""

    text: str
    """Markdown of the promise without its owners, dates and link."""
    line: int
    owners: tuple[str, ...] = ()
    """Teams or roles that answer for it, in the author's order."""
    due: date | None = None
    link: str | None = None
    done: bool = False
    done_at: date | None = None
    """Day it was kept, where the author says so."""
    dropped: bool = False
    dropped_at: date | None = None
    """Day it was given up, where the author says so."""
    dropped_because: str = ""
    """Why it will not be kept, in the author's words."""

    @property
    def owner(self) -> str | None:
        """All owners in one text; None without any."""
        return ", ".join(self.owners) or None

    @property
    def identity(self) -> str:
        """Its text without case, spaces and punctuation: what makes it the same promise in another spelling."""
        return _BETWEEN.sub("", self.text.casefold())

    @property
    def days_late(self) -> int:
        """By how many days it was kept after it was due; 0 where it was in time or nobody can tell."""
        return max((self.done_at - self.due).days, 0) if self.done and self.done_at and self.due else 0

    def kept_by(self, day: date) -> bool:
        """Whether it was kept on `day` or before; where the author does not say when, it was."""
        return self.done and not self.dropped and (self.done_at is None or self.done_at <= day)

    def overdue_on(self, day: date) -> bool:
        """Whether it should have been kept before `day`, and neither was nor was dropped."""
        return self.due is not None and self.due < day and not self.dropped and not self.kept_by(day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Postmortem:
    """The body of a file, read. Announced (listed, in the feeds) once it has a `published_at`."""

    sections: tuple[Section, ...] = ()
    """In the author's order; nothing the author wrote is missing here."""
    timeline: tuple[TimelineEntry, ...] = ()
    action_items: tuple[ActionItem, ...] = ()
    published_at: datetime | None = None
    """UTC; for a date without a time its first instant in the file's zone."""
    by: str | None = None

    def section(self, kind: SectionKind) -> Section | None:
        """The first section of `kind`, if the author wrote one."""
        return next((section for section in self.sections if section.kind is kind), None)

    @property
    def apology(self) -> str | None:
        """The passage addressed to users, as Markdown."""
        section = self.section(SectionKind.APOLOGY)
        return section.markdown if section else None
