"""Bodies of incident files, and what is proposed for them."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mkdocs_incidents.authoring.tidy.incident_file import tidied
from mkdocs_incidents.authoring.tidy.proposals import Context, ProposalSureness, read_strictly

if TYPE_CHECKING:
    from mkdocs_incidents.authoring.tidy.proposals import EditedText, Proposal

LAGOS = ZoneInfo("Africa/Lagos")
CONTEXT = Context(
    zone=LAGOS,
    begins_at=datetime(2026, 4, 6, 13, 30, tzinfo=UTC),
    ends_at=datetime(2026, 4, 6, 15, 0, tzinfo=UTC),
)
"""From 14:30 to 16:00 in Lagos."""


def proposed(body: str, *, everything: bool = True, context: Context = CONTEXT) -> EditedText:
    """`body` with all proposals made, or with those that are sure."""
    return tidied(body, context, everything=everything)


def about(text: EditedText, subject: str) -> list[Proposal]:
    """The proposals of one subject."""
    return [proposal for proposal in text.proposals if proposal.subject == subject]


def timeline(*lines: str) -> str:
    """A timeline of these lines."""
    return "\n".join(["## Timeline", "", *lines, ""])


def entry(
    line: str, *, between: tuple[str, str] = ("- 14:30 — Sign-in fails", "")
) -> tuple[str, ProposalSureness | None]:
    """What becomes of one line of a timeline, between others; and how sure that is, None where nothing is proposed."""
    before, behind = between
    lines = [text_line for text_line in (before, line, behind) if text_line]
    text = proposed(timeline(*lines))
    found = [proposal for proposal in about(text, "entry") if proposal.line == 2 + lines.index(line) + 1]
    return (found[0].after[-1], found[0].sureness) if found else (line, None)


def times(body: str, context: Context = CONTEXT) -> list[str]:
    """The times of the entries that a build reads in a body."""
    read = read_strictly(body, context).postmortem.timeline
    return [f"{entry.at.astimezone(context.zone):%H:%M}" for entry in read]


def promises(body: str, context: Context = CONTEXT) -> list[tuple[str, str | None, str | None]]:
    """The action items that a build reads in a body: words, owner, due day."""
    read = read_strictly(body, context).postmortem.action_items
    return [(item.text, item.owner, item.due.isoformat() if item.due else None) for item in read]


def words(text: str) -> Counter[str]:
    """The words of three letters and more outside of tags and marks of turning points."""
    plain = re.sub(r"\{kind: \w+\}|</?[a-z][^<>]*>|&\w+;", " ", text)
    return Counter(word.casefold() for word in re.findall(r"[^\W\d_]{3,}", plain))


__all__ = [
    "CONTEXT",
    "LAGOS",
    "ProposalSureness",
    "about",
    "entry",
    "promises",
    "proposed",
    "timeline",
    "times",
    "words",
]
