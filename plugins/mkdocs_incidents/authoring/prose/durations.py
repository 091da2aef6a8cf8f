"""Lengths of time as people write them, `an hour and a half`, `2h 30m`, and what it was that lasted so long.

`durations_in` reads them with all that speaks for and against each; whoever uses them decides how much is enough.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, IntEnum

from .stated_facts import ELSEWHERE, HURT, ITS_THING

_NUMBERS = {
    word: number
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
}
_NUMBERS |= {"thirteen": 13, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_NUMBERS |= {"forty-five": 45, "sixty": 60, "ninety": 90, "a": 1, "an": 1, "half": 0}
_COUNT = rf"(\d{{1,4}}(?:\.\d{{1,2}})?|(?:{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})(?=[\s-]))"
_UNIT = r"(d(?:ays?)?|h(?:ours?|rs?|r)?|m(?:in(?:ute)?s?)?|s(?:ecs?|econds?)?)"
_AND_MORE = rf"(?:[\s,]*(?:and\s+)?{_COUNT}[\s-]?{_UNIT}\b)?"
LENGTH = re.compile(
    rf"(?<![\w.:])(?![0-2]\d[0-5]\d\s?h){_COUNT}[\s-]?{_UNIT}\b{_AND_MORE}{_AND_MORE}(?:\s*and a (half))?"
    r"|\b(?:(?P<half>half an hour)|(?P<quarter>(?:a )?quarter of an hour)|(?P<compact>\d{1,2}h[0-5]\d))\b",
    re.IGNORECASE,
)
"""A length with up to three units; not `0400hrs`, which is a time of day."""
_ANY_UNIT = re.compile(r"\b(?:min|hours?\b|hrs?\b|hr\b|days?\b|sec)|\d\s?[dhms]", re.IGNORECASE)

_LASTS = r"(?:lasted|went on|persisted|continued|took)\s+(?:for\s+)?(?:a total of\s+)?$"
_EVERYTHING = (
    r"(?:we|everything|(?:all|our|your|the)?\s*(?:users|customers|members"
    r"|(?:whole |entire )?(?:services?|site|website|platform|api|app|system|product)))"
)
_THIS_ONE = r"(?:^|[.,;:(]\s*|\b(?:the|this|our|whole|entire|total|full|overall|actual|complete|service|site|and)\s+)"
"""What stands before an incident that is this one: not `the power outage`, nor `the longest outage`."""
_WHOLE_BEFORE = re.compile(
    rf"{_THIS_ONE}[*_]*{ITS_THING},?\s+(?:(?:has|had|which|that)\s+)?{_LASTS}"
    r"|^[\s*_-]*it\s+(?:lasted|went on|persisted)\s+(?:for\s+)?(?:a total of\s+)?$"
    rf"|^[\s*_|-]*(?:(?:total|incident|outage|overall)\s+)?(?:duration|downtime|length"
    rf"|time to (?:resolve|resolution|recover\w*))(?:\s+of\s+(?:the\s+)?{ITS_THING})?"
    r"\s*(?:was\s+)?[:|]?[*_]*[:|]?\s*$"
    rf"|^[\s*_-]*{_EVERYTHING}\s+(?:was|were|had been)\s+(?:down|unavailable|offline|unreachable|inaccessible"
    r"|locked out)\s+(?:for\s+)?$"
    rf"|^[\s*_-]*(?:this was )?(?:an?|the|our|this)\s+(?:\w+\s+)?{ITS_THING} of\s+$",
    re.IGNORECASE,
)
_FOR = re.compile(r"[\s*_-]*for\s+$", re.IGNORECASE)
_IT_TOOK = re.compile(r"[\s*_-]*(?:it|this)\s+took\s+(?:us\s+)?$", re.IGNORECASE)
_TO_THE_END = re.compile(
    r"\s*to (?:resolve|restore|recover|repair|fix)"
    r"(?:\s+(?:it|(?:the )?service|everything|the (?:outage|incident|issue|problem))\b|[\s.,*_]*$)",
    re.IGNORECASE,
)
_ALL_HURT = re.compile(
    rf"[\s,*_]*(?:{_EVERYTHING}|nobody|no \w+(?: \w+)?|every\w*|all \w+(?: \w+)?|you|it)\s[^.]*?\b{HURT}\b"
    rf"|[\s,*_]*nobody\b",
    re.IGNORECASE,
)
"""Somebody other than all users: `for 20 minutes our engineers could not get in` is about a part."""
_PART = re.compile(
    r"\s*(?:(?:longer|shorter|more|less|too long|without|at a time|each|apiece|per|of (?:it|that|them|those|these))\b"
    r"|to (?!\d)\w+|(?i:in|at|for|on) (?:the )?(?-i:[A-Z])\w+(?<!day)\b)",
    re.IGNORECASE,
)
"""What makes it a part of the whole, a comparison, or the time that something else took."""
_ARTICLE = re.compile(r"\b(?:a|an|the|our)\s*$", re.IGNORECASE)
_NO_WORD = re.compile(r"\W*")
_LONG_OUTAGE = re.compile(
    r"[\s-]*(?:(?:long|full|complete|total|service|site)[\s-]+){0,2}(?:outage|downtime|interruption)\b", re.IGNORECASE
)
_UNTIL = re.compile(r"\s*(?:until|till|when|before|after)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"\u201c\u201d\u201e\u00ab]|^\s*>")
_SUPPOSED = re.compile(r"\b(?:if|whenever|every time)\b|\?", re.IGNORECASE)

_LABEL = re.compile(
    r"(?:\w+ ){0,2}(?:duration|downtime|time to (?:resolve|restore|recovery)|length|outage time)", re.IGNORECASE
)
_USERS_AFFECTED = re.compile(
    r"\b(?:(?:was|were) (?:around|down|unavailable|offline|out|inaccessible|unreachable|broken)|lasted|lasting"
    r"|persisted|went on)(?: for)?(?: (?:about|approximately|around|roughly|nearly|over|a total of|almost))?\s*$",
    re.IGNORECASE,
)
_NEAR = re.compile(
    r"\b(?:lasted|duration|persisted|for (?:a total of |about |approximately |around |roughly |nearly |over )?$"
    r"|time to (?:resolve|restore|recover\w*|repair)|downtime|total)",
    re.IGNORECASE,
)
_NEAR_BEHIND = re.compile(
    r"[\s-]*(?:(?:long|full|complete|total|partial|cascading|service|site|wide|system)[\s-]*){0,3}(?:outage"
    r"|downtime|incident|failure|interruption|disruption)\b",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\b(?:at most|maximum|at least|up to|bounded|less than|more than|unknown|every|within|after|before|ago|last"
    r"|next|per|expected|estimated|cache|timeout|interval)\b",
    re.IGNORECASE,
)
_LOWER_END = re.compile(r"\d\s?(?:-|–|—|to)\s?$")
"""Of `4-5 days`, which is no figure."""
_CLOSE = 100
"""Characters before a length in which the words for it are looked for."""


class Bound(Enum):
    """How the words before a length leave it open."""

    NONE = "none"
    ABOUT = "about"
    MORE = "more than"
    LESS = "less than"


_BOUNDS = {
    Bound.ABOUT: re.compile(
        r"(?:\b(?:about|around|approximately|roughly|nearly|almost|some|just|well|a little)|~)\s*$", re.IGNORECASE
    ),
    Bound.MORE: re.compile(r"\b(?:over|more than|at least)\s+$", re.IGNORECASE),
    Bound.LESS: re.compile(r"\b(?:under|less than|at most|up to)\s+$", re.IGNORECASE),
}


class Subject(IntEnum):
    """How surely a length is that of the whole incident."""

    UNKNOWN = 0
    NEAR = 1
    """A word for it stands near: `for`, `total`, `45-minute outage`."""
    AFFECTED = 2
    """It says that something was down or lasted so long."""
    LABELLED = 3
    """It stands behind `Duration:` or the like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """A length of time, and what the words around it say of it."""

    minutes: int
    """0 for less than one."""
    quote: str
    coarse: bool
    """Whether it is in days: times say it better."""
    exact: bool
    """Whether it counts minutes."""
    bound: Bound
    subject: Subject
    plainly_all: bool
    """Whether the sentence says it, word by word, of the whole incident."""
    limit: bool
    """Whether it seems to be a limit, an estimate or the distance to something else, or a span: `4-5 days`."""

    @property
    def shortest(self) -> timedelta:
        """How short it may have been by these words."""
        return timedelta(0) if self.bound is Bound.LESS else timedelta(minutes=self.minutes) - self._slack

    @property
    def longest(self) -> timedelta:
        """How long it may have been by these words."""
        length = timedelta(minutes=self.minutes)
        return length * 10 if self.bound is Bound.MORE else length + self._slack

    @property
    def _slack(self) -> timedelta:
        length = timedelta(minutes=self.minutes)
        rounded = 2 if self.exact else 15 if length < timedelta(hours=2) else 30
        return max(timedelta(minutes=rounded), length / (4 if self.bound is Bound.ABOUT else 20))


def minutes_of(match: re.Match[str]) -> int | None:
    """The duration that a match of `LENGTH` writes, in minutes; None for less than one."""
    if match["half"] or match["quarter"]:
        return 30 if match["half"] else 15
    if match["compact"]:
        hours, minutes = match["compact"].casefold().split("h")
        return int(hours) * 60 + int(minutes)
    total = 0.0
    for count, unit in ((match[1], match[2]), (match[3], match[4]), (match[5], match[6])):
        if not count:
            continue
        number = float(_NUMBERS[count.casefold()]) if count.casefold() in _NUMBERS else float(count)
        total += number * {"d": 1440, "h": 60, "m": 1, "s": 1 / 60}[unit[0].casefold()]
    if match[7] and match[2][0].casefold() == "h":
        total += 30
    return round(total) if total >= 1 else None


def durations_in(sentence: str, label: str = "") -> list[Duration]:
    """The lengths of time in a sentence, in their order.

    `label` is what stands above the sentence or in front of it.
    """
    if not _ANY_UNIT.search(sentence):
        return []
    return [_duration(sentence, match, label) for match in LENGTH.finditer(sentence)]


def _duration(sentence: str, match: re.Match[str], label: str) -> Duration:
    close = sentence[max(0, match.start() - _CLOSE) : match.start()]
    bounds = ((bound, found) for bound, pattern in _BOUNDS.items() if (found := pattern.search(close)))
    bound, bounding = next(bounds, (Bound.NONE, None))
    counted = match["half"] is None and match["quarter"] is None
    if _LABEL.match(label):
        subject = Subject.LABELLED
    elif _USERS_AFFECTED.search(close):
        subject = Subject.AFFECTED
    else:
        subject = Subject(bool(_NEAR.search(close) or _NEAR_BEHIND.match(sentence, match.end())))
    return Duration(
        minutes=minutes_of(match) or 0,
        quote=" ".join(match[0].split()),
        coarse=(match[2] or "h")[0].casefold() == "d",
        exact=counted and "min" in match[0].casefold(),
        bound=bound,
        subject=subject,
        plainly_all=_is_of_all(sentence, match.start() - len(bounding[0] if bounding else ""), match.end()),
        limit=bool(_LIMIT.search(close[-30:]) or _LOWER_END.search(close)),
    )


def _is_of_all(sentence: str, before: int, behind: int) -> bool:
    """Whether a sentence says a length of the whole incident, by its words up to `before` and from `behind` on."""
    if _UNTIL.match(sentence, behind) or (_PART.match(sentence, behind) and not _TO_THE_END.match(sentence, behind)):
        return False
    if _FOR.fullmatch(sentence, 0, before):
        return _ALL_HURT.match(sentence, behind) is not None
    if _IT_TOOK.fullmatch(sentence, 0, before):
        return _TO_THE_END.match(sentence, behind) is not None
    close = max(0, before - _CLOSE)
    if _LONG_OUTAGE.match(sentence, behind) and (
        _ARTICLE.search(sentence, close, before) or _NO_WORD.fullmatch(sentence, 0, before)
    ):
        return True
    return _WHOLE_BEFORE.search(sentence, close, before) is not None


def duration_of_all(sentence: str) -> Duration | None:
    """The one length that a sentence plainly says of the whole incident, to be compared with its times."""
    if _QUOTED.search(sentence) or _SUPPOSED.search(sentence) or ELSEWHERE.search(sentence):
        return None  # the quoted length is of another time
    found = durations_in(sentence)
    return found[0] if len(found) == 1 and found[0].plainly_all and found[0].minutes else None
