"""The day an incident began: all days a document names, and which of them is meant."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ...model import SectionKind
from ..prose.time_mentions import time_mentions
from .outage_range import OUTAGE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..prose.account import Sentence
    from ..prose.days import WrittenDay
    from ..prose.document import DocumentLine
    from ..prose.timeline import FoundTimeline
    from .labelled_times import StatedSpan

_OF_THE_REPORT = re.compile(
    r"\b(?:present(?:ed|ation)|publish(?:ed|ing)?|created|last modified|modified|updated|written|prepared|reviewed"
    r"|review|posted|"
    r"drafted|submitted|report date|date of (?:the )?report|due|deadline|by the end|meeting|postmortem date"
    r"|version|copyright|will|"
    r"introduced|merged|deployed|release[d]?|since|expires?|until|planned|complete by|target|project)\b",
    re.IGNORECASE,
)
_OF_THE_INCIDENT = re.compile(
    r"^(?:(?:incident|outage|event|issue|start|failure) )?(?:date|day|when|started|start|began"
    r"|occurred)(?:\s*(?:of|and|/|&|time|incident|outage|the|event)){0,6}$",
    re.IGNORECASE,
)
_NEAR = 45
"""Days within which a date without a year is given the year of another date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedPlace:
    """A day that was written somewhere, and how much it has to do with the beginning."""

    day: WrittenDay
    line: int
    quote: str
    strength: int
    """The higher, the likelier it is the day on which it began."""
    source: str
    last: WrittenDay | None = None
    """The other end, where a span of days was written."""

    def decided(self, order: str) -> DatedPlace:
        """The same place with its day in numbers read in `order`, if that is known."""
        return replace(self, day=self.day.decided(order))


def dated_places(
    *,
    stated: StatedSpan,
    timeline: FoundTimeline,
    found: Sequence[Sentence],
    title: DocumentLine | None,
    front: Mapping[str, str],
) -> list[DatedPlace]:
    """Every day the document names for itself, likeliest first."""
    places: list[DatedPlace] = []
    if stated.start and stated.start.day:
        start = DatedPlace(
            day=stated.start.day, line=stated.start_line, quote=stated.context, strength=90, source="its beginning"
        )
        places.append(start)
    elif stated.end and stated.end.day:
        places.append(
            DatedPlace(day=stated.end.day, line=stated.end_line, quote=stated.context, strength=84, source="its end")
        )
    for sentence in found:
        places += _in_sentence(sentence, stated)
    for entry in timeline.entries:
        if entry.day:
            places.append(
                DatedPlace(day=entry.day, line=entry.line, quote=entry.text, strength=75, source="the timeline")
            )
            break
    if title is not None:
        meta = bool(_OF_THE_REPORT.search(title.text))
        places += _plain(title.text, title.number, 20 if meta else 60, "the title")
    if "title" in front:
        places += _plain(front["title"], 1, 58, "the title in the front matter")
    if "date" in front:
        places += _plain(front["date"], 1, 30, "the front matter")
    return sorted(places, key=lambda place: (-place.strength - (5 if place.day.year else 0), place.line))


def _plain(text: str, line: int, strength: int, source: str) -> list[DatedPlace]:
    found = [mention for mention in time_mentions(text) if mention.day]
    return [DatedPlace(day=m.day, line=line, quote=text, strength=strength, source=source) for m in found[:1] if m.day]


def _in_sentence(sentence: Sentence, stated: StatedSpan) -> list[DatedPlace]:
    days = [mention for mention in time_mentions(sentence.text) if mention.day]
    if not days or sentence.quoted:
        return []
    first = days[0]
    around = sentence.text[max(0, first.start - 60) : first.end + 30]
    name = sentence.text[: first.start].strip(" :-–—*(") if ":" in sentence.text[: first.start] else sentence.label
    name = name.split(":")[0].strip()
    if _OF_THE_INCIDENT.match(name) or _OF_THE_INCIDENT.match(sentence.part.heading):
        strength, source = 82, "a label"
    elif sentence.rank > 2 and sentence.part.within(SectionKind.TIMELINE) and OUTAGE.search(sentence.text):  # noqa: PLR2004
        strength, source = 45, "the text of the timeline"
    elif _OF_THE_REPORT.search(around) or sentence.rank > 2:  # noqa: PLR2004
        strength, source = 12, "the text"
    elif sentence.text == stated.context:
        strength, source = 88, "the sentence about its beginning"
    elif OUTAGE.search(sentence.text) and sentence.rank < 2:  # noqa: PLR2004
        strength, source = 80 - 2 * sentence.rank, "the text"
    elif len(sentence.text) - (first.end - first.start) < 25 and sentence.rank < 2:  # noqa: PLR2004
        strength, source = 50, "a line of its own"
    else:
        strength, source = 40 - 5 * sentence.rank, "the text"
    last = days[1].day if len(days) > 1 and len(sentence.text[first.end : days[1].start].strip()) < 8 else None  # noqa: PLR2004
    if first.day is None:
        return []
    line, quote = sentence.line, sentence.text
    return [DatedPlace(day=first.day, line=line, quote=quote, strength=strength, source=source, last=last)]


def with_year(day: WrittenDay, places: Sequence[DatedPlace]) -> WrittenDay:
    """A day without a year, given the year of a day close to it that has one."""
    if day.year is not None:
        return day
    if day.undecided:
        readings = [with_year(day.read_as(order), places) for order in ("day first", "month first")]
        known = [reading for reading in readings if reading.year is not None]
        return known[0] if len(known) == 1 else day
    for place in places:
        other = place.day.date
        if other is None:
            continue
        for year in (other.year, other.year - 1):
            here = day.with_year(year).date
            if here is not None and abs((other - here).days) <= _NEAR:
                return day.with_year(year)
    return day
