"""The text that an editor opens on where no message is given: the proposed words, and below them the facts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_incidents.model import NoticeKind

from .facts import Phase
from .fields import duration_in_words
from .text import unfilled, unwrapped, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from .facts import MessageFacts

_SCISSORS = "------------------------ >8 ------------------------"
"""As git has it: `#` would make a comment of a heading."""
_CUT = re.compile(r"^-{3,}[ \t]*>8[ \t]*-{3,}[ \t]*$", re.MULTILINE)
_INSTRUCTIONS = (
    "Write the message above this line; what stands below it is not published.",
    "Leave it empty or as it was, and nothing is written.",
)
_BLANKS = "Replace what stands in [brackets], or delete it: a message with brackets left in is not published."
_ASKED_DURING = (
    "What do users see, in their own words?",
    "Who is affected: everyone, or which ones, or how many?",
    "What still works, and what can they do meanwhile?",
    "When will you say more? Name a time, and keep it even with nothing new.",
)
_ASKED_AT_THE_END = (
    "What works again, and for whom?",
    "How long did it last, and who was affected?",
    "Do users have to do anything now?",
    "Will you explain what went wrong, and on which day?",
)
_ASKED_OF_WORK = (
    "What will users notice, and from when to when?",
    "Who is affected?",
    "What goes on as usual, and what can they do before or meanwhile?",
    "When will you say more?",
)
_ASKED_OF_NEWS = (
    "What changes, and for whom?",
    "From which day?",
    "What do readers have to do, if anything?",
    "Where do they learn more?",
)
_COLUMN = 14


def editor_text(facts: MessageFacts, proposed: str = "") -> str:
    """What an editor is opened on: the words that a template proposes, or none, and below a line what is known."""
    return "\n".join([wrapped(proposed), "", _SCISSORS, *_comments(facts, proposed), ""])


def message_of(edited: str, original: str) -> str | None:
    """The message in what an editor saved; None where it is empty, or as it was in `original`: nothing is to be done.

    Lines of one paragraph become one line. Where the dividing line was deleted, the facts below it are cut off all the
    same, so that they are never published.
    """
    message = _above(edited, original)
    return message if message.strip() and message != _above(original, original) else None


def _above(text: str, original: str) -> str:
    """What stands above the dividing line."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    cut = _CUT.search(text)
    if cut:
        return unwrapped(text[: cut.start()])
    below = _CUT.split(original, maxsplit=1)[-1]
    comments = {line.strip() for line in below.splitlines() if line.strip()}
    return unwrapped("\n".join(line for line in text.split("\n") if line.strip() not in comments))


def _comments(facts: MessageFacts, proposed: str) -> Iterator[str]:
    yield from _INSTRUCTIONS
    if unfilled(proposed):
        yield _BLANKS
    yield ""
    for label, value in _rows(facts):
        yield f"{label:<{_COLUMN}}{value}".rstrip()
    if facts.previous:
        yield ""
        yield f"The last update, {_at(facts.previous.at, facts)} ({_words(facts.previous.status)}):"
        yield from (f"  {line}".rstrip() for line in wrapped(unwrapped(facts.previous.message)).splitlines())
    yield ""
    yield "What readers ask:"
    yield from (f"  {number}. {question}" for number, question in enumerate(_questions(facts), start=1))


def _rows(facts: MessageFacts) -> Iterator[tuple[str, str]]:
    update = facts.update
    yield "Title", facts.title
    if update.status:
        yield "Status", _words(facts.phases[0] if Phase.CALLED_OFF in facts.phases else update.status)
    yield "Time", _at(update.at, facts)
    if facts.kind is NoticeKind.MAINTENANCE and facts.schedule:
        end = update.until or facts.schedule.end
        yield "Planned", f"{_at(facts.schedule.start, facts)}, to {_at(end, facts)}"
    elif facts.period:
        length = duration_in_words(facts.period.duration)
        yield "Started", f"{_at(facts.period.start, facts)} ({length} before)"
        if facts.closing and facts.period.end != update.at:
            yield "Ended", _at(facts.period.end, facts)
    for number, (name, status) in enumerate(facts.components.items()):
        yield ("" if number else "Components"), f"{name}: {_words(status)}"
    if facts.upstream:
        yield "Supplier", facts.upstream.name
    if facts.awaits_next_update:
        due = update.next_update_at
        yield "Next update", _at(due, facts) if due else "not stated: add --next 30m, or end with Next update by HH:MM."
    if facts.address:
        yield "Page", facts.address


def _questions(facts: MessageFacts) -> tuple[str, ...]:
    if facts.kind is NoticeKind.INCIDENT:
        return _ASKED_AT_THE_END if facts.closing else _ASKED_DURING
    return _ASKED_OF_WORK if facts.kind is NoticeKind.MAINTENANCE else _ASKED_OF_NEWS


def _at(instant: datetime, facts: MessageFacts) -> str:
    """`Wednesday 14 October 2026, 12:58 WAT`."""
    local = instant.astimezone(facts.timezone)
    return f"{local:%A} {local.day} {local:%B %Y}, {local:%H:%M %Z}"


def _words(status: str) -> str:
    return status.replace("_", " ")
