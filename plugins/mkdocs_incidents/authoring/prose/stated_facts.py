"""Facts that a file states in its text: the day, beginning and end, to be compared with its front matter.

Only the plainest wordings are read, and only of the incident itself: a false alarm costs trust.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mkdocs_incidents.content.format.instants import day_in
from mkdocs_incidents.model import SectionKind

from .language import Language, language_of
from .sentences import sentences_in
from .time_mentions import span_in, time_mentions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from mkdocs_incidents.content.postmortem.body import Body
    from mkdocs_incidents.content.postmortem.sections import BodyPart

    from .days import WrittenDay
    from .time_mentions import TimeMention

ITS_THING = r"(?:outage|incident|downtime|disruption|interruption|degradation)"
HURT = (
    r"(?:outage|down(?:time)?|unavailable|unreachable|inaccessible|offline|could not|couldn't|unable|cannot"
    r"|can't|failed?|failing|locked out|interrupt\w*|disrupt\w*|refused|rejected|lost|nobody)"
)
ELSEWHERE = re.compile(
    r"\b(?:previous|earlier|similar|another|other|before that|first (?:week|day|month|year)|used to"
    r"|usually|normally|last (?:week|month|year|time)|(?:days?|weeks?|months?|years?) ago"
    r"|in that incident|vendors?|providers?|suppliers?|upstream|partners?|carriers?|their|status page"
    r"|staging|test (?:system|server|environment)s?|rehearsal|same (?:reason|cause|way|thing)"
    r"|once before|like this|in the past|normal (?:week|month|year)"
    r"|drill|in test|would have|should have|could have|had lasted|maintenance|phase|stage|retr(?:y|ies)"
    r"|for (?:users|customers|people|those) (?:of|in|with|on)|the first|the second|remaining)\b",
    re.IGNORECASE,
)
"""Another incident, or only a part of this one: what such a sentence says is true of something else."""
_BEGAN = re.compile(
    r"\b(?:outage|incident|disruption|interruption|impact)\s+(?:was\s+)?(?:began|started|begins"
    r"|starts)\s+(?:at|around|on)\b"
    r"|^[\s>*_-]*(?:incident |outage |impact )?(?:start(?:ed)?|began|begin(?:ning)?)(?: time| at)?\s*:",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"\b(?:outage|incident|disruption|interruption|impact)\s+(?:was\s+)?(?:ended|ends|was over"
    r"|resolved)\s+(?:at|around)\b"
    r"|\b(?:service|everything|access)\s+(?:was|were)\s+(?:fully\s+)?restored\s+(?:at|by)\b"
    r"|^[\s>*_-]*(?:incident |outage |impact )?(?:end(?:ed)?|resolved)(?: time| at)?\s*:",
    re.IGNORECASE,
)
_HURT_USERS = (
    r"(?:outage|down(?:time)?|unavailable|unreachable|inaccessible|offline|could not|couldn't|unable|cannot|can't"
    r"|locked out|(?:nobody|no one) could"
    r"|(?:users|customers|payments|transfers|sign-ins|logins|requests|orders) (?:were|failed))"
)
"""A change may fail days before, and nobody notice it."""
_DAY_OF_IT = re.compile(
    rf"\b(?:outage|incident|disruption|interruption)\b[^.]{{0,120}}?\b(?:happened|occurred|began"
    rf"|started|took place)\b"
    rf"|^[\s>*_-]*(?:incident |outage )date\s*:|^[\s>*_-]*date\s*of (?:the )?(?:incident|outage)\s*:"
    rf"|^[\s>*_-]*on\b[^.]{{0,60}}?\b{_HURT_USERS}\b"
    rf"|\b(?:outage|incident)\s+(?:of|on)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\b(?:since|after|before|until|till|by|from|presented|published|reviewed|due)\s+(?:[A-Z]\w+day,?\s+)?$",
    re.IGNORECASE,
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile(rf"\b({'|'.join(_WEEKDAYS)}),?\s+(?:the\s+)?$", re.IGNORECASE)
_DAY_OF_NAME = re.compile(r"(\d{4})[-_]?(\d\d)[-_]?(\d\d)(?=$|[-_ .])")


_OTHER_SUBJECTS = {SectionKind.TIMELINE, SectionKind.ACTION_ITEMS, SectionKind.LESSONS}

PlacedSentence = tuple[int, str]
"""A sentence, behind the line of the file on which it begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """Where a fact is stated, and in which words."""

    quote: str
    line: int
    """Of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedDay(Stated):
    """The day of the incident."""

    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedEdge(Stated):
    """The beginning or the end of the incident."""

    begins: bool
    mention: TimeMention
    of_span: bool = False
    """Whether the other end stands beside it."""


def stated_days(body: Body, account: Sequence[PlacedSentence], near: date) -> Iterator[StatedDay]:
    """The day on which the text says the incident happened; days without a year are those close to `near`."""
    for line, sentence in account:
        words = " ".join(sentence.split())
        label = _DAY_OF_IT.search(words)
        if not label or ELSEWHERE.search(words):
            continue
        dated = next((mention for mention in time_mentions(words) if mention.day), None)
        day = _near(dated.day, near) if dated and dated.day else None
        if dated and day and dated.start <= label.end() + _CLOSE and not _SINCE.search(words[: dated.start]):
            yield StatedDay(day=day, quote=words[dated.start : dated.end].strip(" ,."), line=line)
    for part in body.parts:
        dated = next((mention for mention in time_mentions(part.heading) if mention.day), None)
        day = _near(dated.day, near) if dated and dated.day else None
        if dated and day and part.kind is SectionKind.TIMELINE:
            yield StatedDay(day=day, quote=part.heading[dated.start : dated.end], line=body.line(part, -1))


def stated_edges(account: Sequence[PlacedSentence]) -> Iterator[StatedEdge]:
    """When it began and when it ended, wherever the text says it in a sentence or a label of its own.

    Of several spans nobody can tell which is the whole.
    """
    found = list(_edges(account))
    spans = {edge.quote for edge in found if edge.of_span}
    yield from (edge for edge in found if not edge.of_span or len(spans) == 1)


def _edges(account: Sequence[PlacedSentence]) -> Iterator[StatedEdge]:
    for line, sentence in account:
        words = " ".join(sentence.split())
        if ELSEWHERE.search(words):
            continue
        timed = [mention for mention in time_mentions(words) if mention.clock]
        if len(timed) == 1:
            for begins, pattern in ((True, _BEGAN), (False, _ENDED)):
                close = (label := pattern.search(words)) and 0 <= timed[0].start - label.end() <= _CLOSE
                if label and close and not _FOR_SOME.match(words, timed[0].end):
                    quote = words[label.start() : timed[0].end].strip(" *_>-")
                    yield StatedEdge(begins=begins, mention=timed[0], quote=quote, line=line)
        elif len(timed) == 2 and re.search(rf"\b(?:{HURT}|duration)\b", words, re.IGNORECASE):  # noqa: PLR2004  both ends
            pair = span_in(words)
            if pair and not re.search(r"\b(?:first|then|again|second|mobile|only)\b", words, re.IGNORECASE):
                quote = words[pair[0].start : pair[1].end]
                start = replace(pair[0], zone=pair[0].zone or pair[1].zone)
                yield StatedEdge(begins=True, mention=start, quote=quote, line=line, of_span=True)
                yield StatedEdge(begins=False, mention=pair[1], quote=quote, line=line, of_span=True)


_CLOSE = 25
"""Characters between `began on` and its time, or its day: a day, or a weekday, may stand there."""
_FOR_SOME = re.compile(r"\s*(?:in|for|to|at) (?!all\b|every|good\b|sure\b|\d)\w", re.IGNORECASE)
"""Behind a time: it was that of a part."""


def wrong_weekdays(text: str) -> Iterator[tuple[str, str]]:
    """Days with the name of another weekday, as written, and the right name: `Monday, 10 November 2026`."""
    for mention in time_mentions(text):
        day = mention.day.date if mention.day else None
        named = _WEEKDAY.search(text[: mention.start])
        if day and named and _WEEKDAYS[day.weekday()] != named[1].casefold():
            quote = f"{named[0]}{text[mention.start : mention.end]}".strip(" ,.")
            yield " ".join(quote.split()), _WEEKDAYS[day.weekday()].capitalize()


def _near(day: WrittenDay, near: date) -> date | None:
    """The day that is written; without a year, the one of the year of `near`. None where it can be read two ways."""
    return day.date if day.year is not None else day.with_year(near.year).date


def days_in_title(title: str, near: date) -> Iterator[date]:
    """The days a title gives the incident; those without a year are close to `near`."""
    for mention in time_mentions(title):
        day = _near(mention.day, near) if mention.day else None
        if day and not _SINCE.search(title[: mention.start]):
            yield day


def day_in_name(stem: str) -> date | None:
    """The day with which the name of a file begins."""
    found = _DAY_OF_NAME.match(stem)
    return day_in("-".join(found.groups())) if found else None


def prose_of_part(part: BodyPart) -> str:
    """The text of a part of a body, with an empty line for each line that is no prose, so that lines can be counted."""
    return "".join(line if prose else "\n" for line, prose in zip(part.lines.texts, part.lines.prose, strict=True))


def account_of(body: Body) -> Iterator[PlacedSentence]:
    """Every sentence that describes the incident, none of the timeline, the action items and the lessons.

    Those in another language than English are left out: what is looked for are English words.
    """
    for part, kind in body.parts_within(_OTHER_SUBJECTS):
        if kind is not SectionKind.OTHER:
            continue
        text = prose_of_part(part)
        line = counted = 0
        for start, sentence in sentences_in(text):
            line, counted = line + text.count("\n", counted, start), start
            if language_of(sentence) is not Language.OTHER:
                yield body.line(part, line), sentence
