"""How long the text says it lasted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..prose.written_lengths import LENGTH, minutes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .sentences import Sentence

_OF_ALL = re.compile(
    r"\b(?:lasted|duration|persisted|for (?:a total of |about |approximately |around |roughly |nearly |over )?$"
    r"|time to (?:resolve|restore|recover\w*|repair)|downtime|total)",
    re.IGNORECASE,
)
_FELT_FOR = re.compile(
    r"\b(?:(?:was|were) (?:around|down|unavailable|offline|out|inaccessible|unreachable|broken)|lasted|lasting"
    r"|persisted|went on)(?: for)?(?: (?:about|approximately|around|roughly|nearly|over|a total of|almost))?\s*$",
    re.IGNORECASE,
)
_OF_ALL_BEHIND = re.compile(
    r"^[\s-]*(?:(?:long|full|complete|total|partial|cascading|service|site|wide|system)[\s-]*){0,3}(?:outage"
    r"|downtime|incident|failure|interruption|disruption)\b",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"\b(?:at most|maximum|at least|up to|bounded|less than|more than|unknown|every|within|after|before|ago|last"
    r"|next|per|expected|estimated|cache|timeout|interval|around (?:4|5))\b",
    re.IGNORECASE,
)

_LOWER_END = re.compile(r"\d\s?(?:-|–|—|to)\s?$")
"""Of `4-5 days`, which is no figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lasted:
    """How long the text says it lasted."""

    minutes: int
    line: int
    quote: str
    coarse: bool
    """In days: times say it better."""
    rough: bool
    """`about`, `roughly`."""


def lasted(found: Sequence[Sentence]) -> list[Lasted]:
    """Stated durations of the outage; a label for it first, then the summary, then the rest."""
    known: list[tuple[int, Lasted]] = []
    for sentence in found:
        if sentence.quoted or sentence.rank > 2:  # noqa: PLR2004
            continue
        for match in LENGTH.finditer(sentence.text):
            before, behind = sentence.text[max(0, match.start() - 70) : match.start()], sentence.text[match.end() :]
            label = bool(
                re.match(
                    r"(?:\w+ ){0,2}(?:duration|downtime|time to (?:resolve|restore|recovery)|length|outage time)",
                    sentence.label,
                    re.IGNORECASE,
                )
            )
            if _LOWER_END.search(before):
                continue
            told = _OF_ALL.search(before) or _OF_ALL_BEHIND.search(behind)
            if not (label or (told and sentence.rank < 2) or _FELT_FOR.search(before)) or _BOUND.search(before[-30:]):  # noqa: PLR2004
                continue
            minutes = minutes_of(match)
            if minutes:
                coarse = (match[2] or "h")[0].casefold() == "d"
                rough = bool(re.search(r"about|approx|rough|around|nearly|almost|over|~", before[-20:], re.IGNORECASE))
                grade = 0 if label and not label_is_part(sentence) else 1 + sentence.rank
                length = Lasted(minutes=minutes, line=sentence.line, quote=match[0], coarse=coarse, rough=rough)
                known.append((grade, length))
    return [one for _, one in sorted(known, key=lambda pair: pair[0])]


def label_is_part(sentence: Sentence) -> bool:
    """Whether the label of a sentence is the name of the part it stands in."""
    return sentence.label == sentence.part.heading and not sentence.text.startswith(sentence.label)
