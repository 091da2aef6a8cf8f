"""Proposals: replaced lines of a text, each judged by what a build reads in the text afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from mkdocs_incidents.content.internal_notes import without_comments, without_internal_notes
from mkdocs_incidents.content.postmortem.body import Body, read_body
from mkdocs_incidents.content.postmortem.turning_points import COMMENT_MARK
from mkdocs_incidents.content.postmortem.zone_names import ZoneNames
from mkdocs_incidents.content.source import Report, Source
from mkdocs_incidents.content.yaml.front_matter import read_document

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from mkdocs_incidents.model import ActionItem, Postmortem, Section, TimelineEntry

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


class ProposalSureness(StrEnum):
    """How sure a proposal is."""

    SURE = "sure"
    """What stands there can be read in one way only."""
    LIKELY = "likely"
    """A person should look at it first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A change of some lines, why it is proposed, and how sure that is."""

    line: int
    """The first of the lines, counted from 1, in the file as it was."""
    subject: str
    """What it is about: `section`, `entry`, `day`, `turning point`, `action item` …"""
    words: str
    """The words that it comes from, as their author wrote them."""
    reason: str
    sureness: ProposalSureness
    before: tuple[str, ...]
    """The lines as they were, without their ends; empty where lines are only added."""
    after: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """The shape that `incidents tidy --json` prints."""
        return {
            "line": self.line,
            "subject": self.subject,
            "words": self.words,
            "reason": self.reason,
            "sure": self.sureness is ProposalSureness.SURE,
            "before": list(self.before),
            "after": list(self.after),
        }


@dataclass(slots=True)
class EditedText:
    """The lines of a text with the changes that were accepted so far."""

    lines: list[str]
    """Without their ends."""
    numbers: list[int]
    """For each line the number it had in the file."""
    hidden: list[bool]
    """For each line whether some of it is a comment or an internal note: such lines are not changed."""
    everything: bool = False
    """Whether likely proposals are accepted, too; otherwise only those that are sure."""
    proposals: list[Proposal] = field(default_factory=list)
    """Those that were accepted."""
    _last_read: tuple[str, Context, StrictReading] | None = None

    @classmethod
    def of(cls, text: str, *, first_line: int = 1, everything: bool = False) -> EditedText:
        """`text`, which begins on line `first_line` of its file."""
        lines = text.split("\n")
        hidden = [line != public for line, public in zip(lines, blanked(text).split("\n"), strict=True)]
        return cls(lines, list(range(first_line, first_line + len(lines))), hidden, everything)

    @property
    def text(self) -> str:
        """All of it, as it is by now."""
        return "\n".join(self.lines)

    @property
    def public(self) -> str:
        """The same with blanks in place of internal notes and comments, which are neither read nor changed."""
        return blanked(self.text)

    def read(self, context: Context) -> StrictReading:
        """What a build reads in it by now; each kind of proposal asks again while nothing changes."""
        public = self.public
        if self._last_read is None or self._last_read[:2] != (public, context):
            self._last_read = (public, context, read_strictly(public, context))
        return self._last_read[2]

    def propose(  # noqa: PLR0913  what a proposal consists of
        self,
        index: int,
        after: Sequence[str],
        *,
        subject: str,
        words: str,
        reason: str,
        sureness: ProposalSureness = ProposalSureness.SURE,
        count: int = 1,
    ) -> None:
        """Replace `count` lines from `index` on by `after`, if a proposal of this sureness is accepted.

        Nothing happens where that changes nothing, or where the lines hold a comment or an internal note.
        """
        before = self.lines[index : index + count]
        if list(after) == before or not (self.everything or sureness is ProposalSureness.SURE):
            return
        if any(self.hidden[index : index + count]):
            return
        number = self.numbers[min(index, len(self.numbers) - 1)]
        self.lines[index : index + count] = after
        self.hidden[index : index + count] = [False] * len(after)
        kept = self.numbers[index : index + count] or [number]
        added = max(len(after) - len(kept), 0)  # what is added stands in front
        self.numbers[index : index + count] = [kept[max(n - added, 0)] for n in range(len(after))]
        self.proposals.append(
            Proposal(
                line=number,
                subject=subject,
                words=" ".join(words.split()),
                reason=reason,
                sureness=sureness,
                before=tuple(before),
                after=tuple(after),
            )
        )


@lru_cache(maxsize=4)
def blanked(text: str) -> str:
    """`text` with blanks in place of internal notes and of comments that are no marks of a turning point."""
    if "<!--" not in text:
        return text
    public = without_comments(without_internal_notes(text), but=COMMENT_MARK)
    ends = [*(here for here, _ in public.pieces[1:]), len(public.text)]
    kept = [" " if sign != "\n" else sign for sign in text]
    for (here, there), end in zip(public.pieces, ends, strict=True):
        kept[there : there + end - here] = text[there : there + end - here]
    return "".join(kept)
