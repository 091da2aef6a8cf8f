"""What the prose of a file states as a fact that its own times, or another sentence, deny.

Only the plainest wordings are read, since a false alarm costs trust.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from ..model import SectionKind
from .instants import day_in
from .time_repair import day_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from .postmortem_file import Body

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=\S)|\n\s*\n|\n(?=\s*(?:[-*+•|#]|\d+[.)])\s)")
_SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: number for number, word in enumerate(_SMALL, 1)}
_COUNT = rf"(?:\d{{1,4}}|{'|'.join(_SMALL)})"
_ITS_NAME = r"(?:outage|incident|downtime|disruption|interruption|service interruption|it)"
_ROUGHLY = (
    r"(?P<roughly>(?:about|around|approximately|roughly|nearly|almost|some|just|under|over|less|more|than|at"
    r"|least|most|up|to|well|~)\s*)*"
)
_LASTED = re.compile(
    rf"(?:\b{_ITS_NAME}\s+(?:(?:has|had)\s+)?(?:lasted|went on|persisted|continued)\s+(?:for\s+)?(?:a total of\s+)?"
    rf"|^[\s>*_-]*(?:total\s+)?duration(?:\s+of\s+(?:the\s+)?{_ITS_NAME})?\s*:?[*_]*:?\s*){_ROUGHLY}"
    rf"(?P<length>(?P<first>{_COUNT})[\s-](?P<unit>minutes?|mins?|hours?|hrs?)\b"
    rf"(?:,?\s+(?:and\s+)?(?P<more>{_COUNT})[\s-](?:minutes?|mins?)\b)?)",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"(?P<quote>(?<![\d.,–—-])(?P<percent>\d{1,3}(?:\.\d+)?)\s?(?:%|per\s?cent)\s+of\s+"
    r"(?:(?:all|our|the|total|its|active)\s+)*(?P<whom>users|customers|traffic|requests))\b",
    re.IGNORECASE,
)
_HURT = re.compile(r"\b(?:affect(?:ed|ing)?|impact(?:ed|ing)?|reached|hit|touched|unable|could not)\b", re.IGNORECASE)
_NOT_ALL_OF_IT = re.compile(
    r"\d:\d|\b(?:first|initially|beginning|then|later|by|until|peak\w*|rose|rising|fell|still|already|only|remaining"
    r"|another|further|each|more than|less than|at least|up to|between|not)\b|\d\s?(?:-|–|to)\s?\d",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)"
)
_DAY = (
    rf"(?P<iso>\d{{4}}-\d\d-\d\d)|(?P<words>\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH},? \d{{4}}"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})"
)
_DAY_IN_TITLE = re.compile(rf"(?:^|\bon (?:the )?|[,(:–—-]\s?)(?:{_DAY})(?![\w-])")
_DAY_IN_TEXT = re.compile(
    rf"\b(?:outage|incident|disruption|interruption)\b[^.]{{0,120}}?"
    rf"\b(?:happened|occurred|began|started|took place)\s+on\s+(?:the\s+)?(?:{_DAY})(?![\w-])",
)
_DAY_OF_NAME = re.compile(r"(\d{4}-\d\d-\d\d)(?=$|[-_ .])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """Where a fact is stated, and in which words."""

    quote: str
    line: int
    """Of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Length(Stated):
    """A duration, and by how much its wording leaves it open."""

    time: timedelta
    open: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Share(Stated):
    """How many of whom were affected."""

    percent: float
    whom: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day(Stated):
    """The day on which it happened."""

    day: date


def stated_lengths(body: Body) -> Iterator[Length]:
    """How long the outage lasted, wherever the text says it of the whole of it."""
    for line, sentence in sentences(body):
        if found := _LASTED.search(sentence):
            in_hours = found["unit"][0] in "hH"
            length = timedelta(minutes=_number(found["first"]) * (60 if in_hours else 1) + _number(found["more"]))
            to_the_minute = not in_hours or bool(found["more"])
            slack = max(timedelta(minutes=2 if to_the_minute else 30), length / 20)
            if found["roughly"]:
                slack = max(slack, length / 4)
            yield Length(time=length, open=slack, quote=" ".join(found["length"].split()), line=line)


def stated_shares(body: Body) -> Iterator[Share]:
    """Which share was affected, wherever one sentence says one of the whole incident."""
    for line, sentence in sentences(body):
        found = list(_SHARE.finditer(sentence))
        if len(found) == 1 and _HURT.search(sentence) and not _NOT_ALL_OF_IT.search(sentence):
            only = found[0]
            quote = " ".join(only["quote"].split())
            yield Share(percent=float(only["percent"]), whom=only["whom"].casefold(), quote=quote, line=line)


def stated_days(body: Body) -> Iterator[Day]:
    """The day on which the text says the incident happened."""
    for line, sentence in sentences(body):
        found = _DAY_IN_TEXT.search(" ".join(sentence.split()))
        if found and (day := _day(found)):
            yield Day(day=day, quote=found["iso"] or found["words"], line=line)


def day_in_title(title: str) -> date | None:
    """The day a title gives the incident."""
    found = _DAY_IN_TITLE.search(title)
    return _day(found) if found else None


def day_in_name(stem: str) -> date | None:
    """The day with which the name of a file begins."""
    found = _DAY_OF_NAME.match(stem)
    return day_in(found[1]) if found else None


def _day(found: re.Match[str]) -> date | None:
    return day_in(found["iso"]) if found["iso"] else day_in_words(found["words"], 0)


def _number(word: str | None) -> int:
    word = (word or "0").casefold()
    return _NUMBERS[word] if word in _NUMBERS else int(word)


def sentences(body: Body) -> Iterator[tuple[int, str]]:
    """Every sentence that tells of the incident, with the line of the file on which it begins."""
    told_elsewhere = {
        id(part)
        for kind in (SectionKind.TIMELINE, SectionKind.ACTION_ITEMS, SectionKind.LESSONS)
        for part, _ in body.belonging_to(kind)
    }
    for part in body.parts:
        if id(part) in told_elsewhere:
            continue
        text = "".join(line if prose else "\n" for line, prose in zip(part.lines.texts, part.lines.prose, strict=True))
        start = 0
        for end in [*_SENTENCE_END.finditer(text), None]:
            sentence = text[start : end.start() if end else len(text)]
            begin = start + len(sentence) - len(sentence.lstrip())
            if sentence.strip():
                yield body.line(part, text.count("\n", 0, begin)), sentence.strip()
            start = end.end() if end else len(text)
