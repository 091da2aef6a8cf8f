"""How long the text says it lasted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .sentences import Sentence

_NUMBERS = {
    word: number
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
}
_NUMBERS |= {"thirteen": 13, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_NUMBERS |= {"sixty": 60, "ninety": 90, "a": 1, "an": 1, "half": 0}
_COUNT = rf"(\d{{1,4}}(?:\.\d{{1,2}})?|(?:{'|'.join(_NUMBERS)})(?=[\s-]))"
_UNIT = r"(d(?:ays?)?|h(?:ours?|rs?|r)?|m(?:in(?:ute)?s?)?|s(?:ecs?|econds?)?)"
_LENGTH = re.compile(
    rf"(?<![\w.:])(?![0-2]\d[0-5]\d\s?h){_COUNT}[\s-]?{_UNIT}\b(?:[\s,]*(?:and\s+)?{_COUNT}[\s-]?{_UNIT}\b)?"
    rf"(?:[\s,]*(?:and\s+)?{_COUNT}[\s-]?{_UNIT}\b)?(?:\s*and a (half))?",
    re.IGNORECASE,
)
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
        for match in _LENGTH.finditer(sentence.text):
            before, behind = sentence.text[max(0, match.start() - 70) : match.start()], sentence.text[match.end() :]
            label = bool(
                re.match(
                    r"(?:\w+ ){0,2}(?:duration|downtime|time to (?:resolve|restore|recovery)|length|outage time)",
                    sentence.label,
                    re.IGNORECASE,
                )
            )
            told = _OF_ALL.search(before) or _OF_ALL_BEHIND.search(behind)
            if not (label or (told and sentence.rank < 2) or _FELT_FOR.search(before)) or _BOUND.search(before[-30:]):  # noqa: PLR2004
                continue
            minutes = _minutes(match)
            if minutes:
                coarse = match[2][0].casefold() == "d"
                rough = bool(re.search(r"about|approx|rough|around|nearly|almost|over|~", before[-20:], re.IGNORECASE))
                grade = 0 if label and not label_is_part(sentence) else 1 + sentence.rank
                length = Lasted(minutes=minutes, line=sentence.line, quote=match[0], coarse=coarse, rough=rough)
                known.append((grade, length))
    return [one for _, one in sorted(known, key=lambda pair: pair[0])]


def label_is_part(sentence: Sentence) -> bool:
    """Whether the label of a sentence is the name of the part it stands in."""
    return sentence.label == sentence.part.heading and not sentence.text.startswith(sentence.label)


def _minutes(match: re.Match[str]) -> int | None:
    total = 0.0
    for count, unit in ((match[1], match[2]), (match[3], match[4]), (match[5], match[6])):
        if not count:
            continue
        number = float(_NUMBERS[count.casefold()]) if count.casefold() in _NUMBERS else float(count)
        total += number * {"d": 1440, "h": 60, "m": 1, "s": 1 / 60}[unit[0].casefold()]
    if match[7] and match[2][0].casefold() == "h":
        total += 30
    return round(total) if total >= 1 else None
