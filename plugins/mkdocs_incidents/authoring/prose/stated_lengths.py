"""How long it lasted, as the text states it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from .stated_facts import ELSEWHERE, HURT, ITS_THING, Stated
from .written_lengths import LENGTH, minutes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .postmortem_file import Body

_LASTS = r"(?:lasted|went on|persisted|continued|took)\s+(?:for\s+)?(?:a total of\s+)?$"
_THE_WHOLE = (
    r"(?:we|everything|(?:all|our|your|the)?\s*(?:users|customers|members"
    r"|(?:whole |entire )?(?:services?|site|website|platform|api|app|system|product)))"
)
_THIS_ONE = r"(?:^|[.,;:(]\s*|\b(?:the|this|our|whole|entire|total|full|overall|actual|complete|service|site|and)\s+)"
"""What stands before an incident that is this one: not `the power outage`, nor `the longest outage`."""
_ALL_HURT = re.compile(
    rf"[\s,*_]*(?:{_THE_WHOLE}|nobody|no \w+(?: \w+)?|every\w*|all \w+(?: \w+)?|you|it)\s[^.]*?\b{HURT}\b"
    rf"|[\s,*_]*nobody\b",
    re.IGNORECASE,
)
"""Of whom it is said: `for 20 minutes our engineers could not get in` tells of a part."""
_LASTED = re.compile(
    rf"{_THIS_ONE}[*_]*{ITS_THING},?\s+(?:(?:has|had|which|that)\s+)?{_LASTS}"
    r"|^[\s*_-]*it\s+(?:lasted|went on|persisted)\s+(?:for\s+)?(?:a total of\s+)?$"
    rf"|^[\s*_|-]*(?:(?:total|incident|outage|overall)\s+)?(?:duration|downtime|length"
    rf"|time to (?:resolve|resolution|recover\w*))(?:\s+of\s+(?:the\s+)?{ITS_THING})?"
    r"\s*(?:was\s+)?[:|]?[*_]*[:|]?\s*$"
    rf"|^[\s*_-]*{_THE_WHOLE}\s+(?:was|were|had been)\s+(?:down|unavailable|offline|unreachable|inaccessible"
    r"|locked out)\s+(?:for\s+)?$"
    rf"|^[\s*_-]*(?:this was )?(?:an?|the|our|this)\s+(?:\w+\s+)?{ITS_THING} of\s+$"
    r"|^[\s*_-]*for\s+$",
    re.IGNORECASE,
)
_LONG = re.compile(
    r"^[\s-]*(?:(?:long|full|complete|total|service|site)[\s-]+){0,2}(?:outage|downtime"
    r"|interruption)\b",
    re.IGNORECASE,
)
_TO_THE_END = re.compile(
    r"^\s*to (?:resolve|restore|recover|repair|fix)"
    r"(?:\s+(?:it|(?:the )?service|everything|the (?:outage|incident|issue|problem))\b|[\s.,*_]*$)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"\u201c\u201d\u201e\u00ab]|^\s*>")
_ROUGHLY = re.compile(
    r"(?:\b(?:about|around|approximately|roughly|nearly|almost|some|just|well|a little)|~)\s*$", re.IGNORECASE
)
_MORE = re.compile(r"\b(?:over|more than|at least)\s+$", re.IGNORECASE)
_LESS = re.compile(r"\b(?:under|less than|at most|up to)\s+$", re.IGNORECASE)
_SUPPOSED = re.compile(r"\b(?:if|whenever|every time)\b|\?", re.IGNORECASE)
_UNTIL = re.compile(r"^\s*(?:until|till|when|before|after)\b", re.IGNORECASE)
_PART = re.compile(
    r"\s*(?:(?:longer|shorter|more|less|too long|without|at a time|each|apiece|per|of (?:it|that|them|those|these))\b"
    r"|to (?!\d)\w+|(?i:in|at|for|on) (?:the )?(?-i:[A-Z])\w+(?<!day)\b)",
    re.IGNORECASE,
)
"""What makes it a part of the whole, a comparison, or the time that something else took."""
_ANY_UNIT = re.compile(r"[mM]in|[hH]ours?\b|[hH]rs?\b|\dh|\bdays?\b")
_TWO_HOURS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Length(Stated):
    """A duration: between which it lies, as its wording leaves it open."""

    shortest: timedelta
    longest: timedelta


def stated_lengths(body: Body) -> Iterator[Length]:
    """How long the outage lasted, wherever the text says it of the whole of it."""
    for line, sentence in body.sentences:
        if not _ANY_UNIT.search(sentence) or _QUOTED.search(sentence):  # quoted words tell of another moment
            continue
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
    took = re.match(r"[\s*_-]*(?:it|this)\s+took\s+(?:us\s+)?$", told, re.IGNORECASE) and _TO_THE_END.match(behind)
    if re.match(r"[\s*_-]*for\s+$", told, re.IGNORECASE) and not _ALL_HURT.match(behind):
        return
    minutes = minutes_of(found)
    if not (lasted or took) or minutes is None or _UNTIL.match(behind):
        return
    if _PART.match(behind) and not _TO_THE_END.match(behind):
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
