"""A body as a build reads it: what a proposal brings about is judged by nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ...content.frontmatter import read_document
from ...content.postmortem.body import Body, read_body
from ...content.postmortem.zone_names import ZoneNames
from ...content.source import Report, Source

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from ...model import ActionItem, Postmortem, Section, TimelineEntry

_FENCES = "---\n---\n"
_LINES_BEFORE = _FENCES.count("\n")
_UNKNOWN = datetime(2000, 1, 3, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the times of a body are read by."""

    zone: ZoneInfo
    """The file's zone."""
    begins_at: datetime | None = None
    """UTC; None where the file does not say when the notice begins."""
    ends_at: datetime | None = None

    @property
    def zones(self) -> ZoneNames:
        """The names of zones as the file uses them."""
        return ZoneNames(zone=self.zone, on=(self.begins_at or _UNKNOWN).astimezone(self.zone).date())


@dataclass(frozen=True, slots=True, kw_only=True)
class StrictReading:
    """What a build reads in a body; `index_of` gives the line in it of an entry, an action item or a section."""

    postmortem: Postmortem
    body: Body
    unread: tuple[tuple[int, str], ...]
    """The first line, from 0, of each section that does not fit, and why."""

    @property
    def entry_lines(self) -> frozenset[int]:
        """Where the entries of timelines begin."""
        return frozenset(map(index_of, self.postmortem.timeline))

    @property
    def action_lines(self) -> frozenset[int]:
        """Where the action items begin."""
        return frozenset(map(index_of, self.postmortem.action_items))


def index_of(found: TimelineEntry | ActionItem | Section) -> int:
    """The line of the body, counted from 0, on which something begins that was read in it."""
    return found.line - _LINES_BEFORE - 1


def read_strictly(body: str, context: Context) -> StrictReading:
    """What a build reads in `body`."""
    source = Source(path="", text=f"{_FENCES}{body}")
    report = Report(path="")
    document = read_document(source, report)
    if document is None:
        raise AssertionError(report.problems)
    found = Body(document, report)
    read = read_body(found, context.begins_at or _UNKNOWN, context.zone, report)
    return StrictReading(
        postmortem=read.postmortem,
        body=found,
        unread=tuple((remark.line - _LINES_BEFORE - 1, remark.message) for remark in read.unread),
    )
