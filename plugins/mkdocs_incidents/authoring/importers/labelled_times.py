"""Beginning and end as labels give them: `Start time: …`, `Ended: …`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..prose.time_mentions import TimeMention, time_mentions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..prose.account import Sentence

_START = re.compile(
    r"(?:(?:incident|outage|impact|issue|event|downtime|problem|actual|disruption)\s+)?(?:start(?:ed|s|ing)?"
    r"|beg[ai]n(?:ning|s)?|begun|onset|from)"
    r"(?:\s+(?:of|time|date|at|on|and|incident|outage|impact|the|issue|\(\w+\)|&|/|datetime)){0,5}$",
    re.IGNORECASE,
)
_DETECTED = re.compile(
    r"(?:first |time |issue |incident |initially )*(?:detect(?:ed|ion)|reported|noticed|alert(?:ed)?)(?:\s+(?:at"
    r"|on|time|date)){0,2}$",
    re.IGNORECASE,
)
_END = re.compile(
    r"(?:(?:incident|outage|impact|issue|event|downtime|problem|actual|disruption|time)\s+)?(?:end(?:ed|s|ing)?"
    r"|resolved|resolution time|restored|recovered|"
    r"until|finish(?:ed)?|fixed|closed|to)(?:\s+(?:of|time|date|at|on|and|incident|outage|impact|the|issue|&|/"
    r"|datetime|\(\w+\))){0,5}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedSpan:
    """Beginning and end as the prose states them."""

    start: TimeMention | None = None
    end: TimeMention | None = None
    start_line: int = 0
    end_line: int = 0
    context: str = ""
    """The sentence they were read from."""
    from_detection: bool = False
    """The beginning is only when it was first seen."""


def labelled(found: Sequence[Sentence]) -> StatedSpan:
    """`Start time: …`, `Ended: …`, `First detected 2031-02-03 04:05`."""
    start = end = detected = None
    for sentence in found:
        if sentence.rank > 3:  # noqa: PLR2004
            continue
        for name, mention in _named(sentence):
            if start is None and _START.fullmatch(name):
                start = mention, sentence
            elif end is None and _END.fullmatch(name):
                end = mention, sentence
            elif detected is None and _DETECTED.fullmatch(name):
                detected = mention, sentence
    begun = start or detected
    return StatedSpan(
        start=begun[0] if begun else None,
        start_line=begun[1].line if begun else 0,
        end=end[0] if end else None,
        end_line=end[1].line if end else 0,
        context=begun[1].text if begun else "",
        from_detection=start is None,
    )


def _named(sentence: Sentence) -> Iterator[tuple[str, TimeMention]]:
    """The times of a sentence, each with the label before it: `Start time: 9:00, End time: 10:00`."""
    behind = 0
    for mention in time_mentions(sentence.text):
        if mention.clock is None:
            continue
        before = sentence.text[behind : mention.start]
        if ":" in before:
            name = before.split(":")[0]
        elif behind == 0 and not before.strip(" -–—*"):
            name = sentence.part.heading if sentence.part.level > 2 else ""  # noqa: PLR2004
        else:
            name = before
        yield name.strip(" :|-–—*(),.")[:80], mention
        behind = mention.end
