"""A text whose lines are replaced one proposal at a time; each proposal names the line it had in the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from ...content.internal import without_comments, without_internal_notes
from ...content.postmortem.turning_points import COMMENT_MARK
from .strict_reading import read_strictly

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .strict_reading import Context, StrictReading


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
