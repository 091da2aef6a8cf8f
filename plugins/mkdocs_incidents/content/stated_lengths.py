"""How long it lasted, as the text states it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from .stated_facts import ELSEWHERE, HURT, ITS_NAME, Stated, sentences
from .written_lengths import LENGTH, minutes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .postmortem_file import Body

_LASTED = re.compile(
    rf"\b{ITS_NAME}\s+(?:(?:has|had|which|that)\s+)?(?:lasted|went on|persisted|continued|took)\s+(?:for\s+)?"
    r"(?:a total of\s+)?$"
    r"|\bwhich (?:lasted|went on|took)\s+(?:for\s+)?$"
    rf"|^[\s>*_|-]*(?:(?:total|incident|outage|overall)\s+)?(?:duration|downtime|length"
    rf"|time to (?:resolve|resolution|recover\w*))(?:\s+of\s+(?:the\s+)?{ITS_NAME})?"
    r"\s*(?:was\s+)?[:|]?[*_]*[:|]?\s*$"
    r"|\b(?:was|were|been)\s+(?:down|unavailable|offline|unreachable|inaccessible|out|locked out)\s+for\s+$"
    rf"|\b{ITS_NAME} of\s+$"
    r"|\b(?:down|locked out|unavailable|offline)\s+(?:for\s+)?$"
    r"|^[\s>*_-]*for\s+$",
    re.IGNORECASE,
)
_LONG = re.compile(
    r"^[\s-]*(?:(?:long|full|complete|total|service|site)[\s-]+){0,2}(?:outage|downtime"
    r"|interruption)\b",
    re.IGNORECASE,
)
_TO_THE_END = re.compile(r"^\s*(?:to (?:resolve|restore|recover|repair|fix))\b", re.IGNORECASE)
_ROUGHLY = re.compile(
    r"(?:\b(?:about|around|approximately|roughly|nearly|almost|some|just|well|a little)|~)\s*$", re.IGNORECASE
)
_MORE = re.compile(r"\b(?:over|more than|at least)\s+$", re.IGNORECASE)
_LESS = re.compile(r"\b(?:under|less than|at most|up to)\s+$", re.IGNORECASE)
_SUPPOSED = re.compile(r"\b(?:if|whenever|every time)\b|\?", re.IGNORECASE)
_UNTIL = re.compile(r"^\s*(?:until|till|when|before|after)\b", re.IGNORECASE)
_TWO_HOURS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Length(Stated):
    """A duration: between which it lies, as its wording leaves it open."""

    shortest: timedelta
    longest: timedelta


def stated_lengths(body: Body) -> Iterator[Length]:
    """How long the outage lasted, wherever the text says it of the whole of it."""
    for line, sentence in sentences(body):
        found = list(LENGTH.finditer(sentence))
        if len(found) == 1 and not ELSEWHERE.search(sentence) and not _SUPPOSED.search(sentence):
            yield from _length(found[0], sentence, line)


def _length(found: re.Match[str], sentence: str, line: int) -> Iterator[Length]:
    before, behind = sentence[: found.start()], sentence[found.end() :]
    bound = _ROUGHLY.search(before) or _MORE.search(before) or _LESS.search(before)
    told = before[: bound.start()] if bound else before
    bare = told.rstrip()
    article = re.sub(r"\b(?:a|an|the|our)$", "", bare, flags=re.IGNORECASE)
    begins = not re.search(r"\w", article)
    lasted = _LASTED.search(told) or (_LONG.match(behind) and (begins or article != bare))
    took = re.search(r"\btook\s+(?:us\s+)?$", told, re.IGNORECASE) and _TO_THE_END.match(behind)
    if re.match(r"[\s>*_-]*for\s+$", told, re.IGNORECASE) and not re.search(rf"\b{HURT}\b", behind, re.IGNORECASE):
        return
    minutes = minutes_of(found)
    if not (lasted or took) or minutes is None or _UNTIL.match(behind):
        return
    length = timedelta(minutes=minutes)
    exact = found["half"] is None and found["quarter"] is None and "min" in found[0].casefold()
    slack = max(timedelta(minutes=2 if exact else 15 if minutes < _TWO_HOURS else 30), length / 20)
    if _ROUGHLY.search(before):
        slack = max(slack, length / 4)
    shortest, longest = length - slack, length + slack
    if _MORE.search(before):
        longest = length * 10
    elif _LESS.search(before):
        shortest = timedelta(0)
    yield Length(shortest=shortest, longest=longest, quote=" ".join(found[0].split()), line=line)
