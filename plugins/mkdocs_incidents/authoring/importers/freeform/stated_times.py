"""What a document states about the beginning, the end and the day of an incident, before it is weighed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mkdocs_incidents.model import SectionKind

from ...prose.time_mentions import WEEKDAY, TimeMention, same_halves, span_in, time_mentions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from ...prose.days import WrittenDay
    from ...prose.document import DocumentLine, TextDocument
    from ...prose.document_parts import DocumentParts
    from ...prose.sentences import Sentence
    from ...prose.timeline import FoundTimeline, ZonePlace

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


OUTAGE = re.compile(
    r"\b(?:outages?|down(?:time)?|unreachable|incidents?|unavailab\w+|inaccessib\w+|disrupt\w+|interrupt\w+|errors?|fail\w*"
    r"|degrad\w+|slow\w*|affect\w+|"
    r"impact\w*|experienc\w+|offline|crash\w*|could not|unable|unresponsive|broke\w*|duration|lasted|began"
    r"|start\w*|occur\w*|happen\w*|"
    r"problem|issues?|lost|stopped|timeouts?|denied|resolved)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:office hours|business hours|maintenance window|sche?d\w+|deadline|must (?:end|start)"
    r"|will (?:start|be held)|meeting|"
    r"graphs?|chart|screenshot|logs? (?:show|from)|peak hours|every day|daily|weekly|window for|review period"
    r"|project)\b",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"\b(?:at|around|since|from|starting|started|starts|began|beginning|begins|approximately|roughly|about"
    r"|on)\s*(?:at|around|approximately|roughly|about|on)?\s*[(,]?\s*$",
    re.IGNORECASE,
)
_BEGIN_WORDS = re.compile(
    r"\b(?:went (?:down|offline)|began|begins|started|starting|experienc\w+|became|crashed|stopped|failed|occurred"
    r"|happened|outage|suffered|"
    r"unavailable|unreachable|unresponsive|interrupted|disrupted|impaired|was down|were down|lost)\b",
    re.IGNORECASE,
)
_NOT_THE_BEGINNING = re.compile(
    r"\b(?:report(?:ed)?|noticed|deployed|scheduled|presented|published|posted|resolved|restored|written|merged"
    r"|released|pushed|updated|upgrade|alert\w*|paged|detected|fix(?:e[sd]|ing)?|mitigat\w+|complete[ds]?|completing)\b",
    re.IGNORECASE,
)


def find_stated_span(found: Sequence[Sentence]) -> StatedSpan:
    """The best account of beginning and end: labels, else a range, else a sentence about the beginning."""
    by_label = labelled(found)
    if by_label.start and by_label.end and not by_label.from_detection:
        return by_label
    if ranged := next(_ranges(found), None):
        return ranged
    if by_label.start and not by_label.from_detection:
        return by_label
    if spread := next(_spread(found), None):
        return spread
    if begun := _begun(found):
        ended = _ended(found, begun)
        return replace(begun, end=by_label.end or ended.end, end_line=by_label.end_line or ended.end_line)
    return by_label


def _ranges(found: Sequence[Sentence]) -> Iterator[StatedSpan]:
    for sentence in found:
        if sentence.rank > 2 or sentence.quoted:  # noqa: PLR2004
            continue
        telling = OUTAGE.search(sentence.text) or OUTAGE.search(sentence.label) or sentence.rank == 0
        if _ELSEWHERE.search(sentence.text) and sentence.rank > 0:
            continue
        pair = span_in(sentence.text)
        dated = pair and pair[0].day and pair[1].day and sentence.rank < 2  # noqa: PLR2004
        if pair and (telling or dated):
            start, end = pair
            if sentence.rank > 1 and not re.search(
                r"\b(?:from|between|lasted|started|began|duration)\b", sentence.text, re.IGNORECASE
            ):
                continue
            yield _with_later_intervals(
                StatedSpan(
                    start=start, end=end, start_line=sentence.line, end_line=sentence.line, context=sentence.text
                ),
                sentence,
                found,
            )


def _with_later_intervals(stated: StatedSpan, first: Sentence, found: Sequence[Sentence]) -> StatedSpan:
    """The end of the last of several intervals, where each item of one list gives an interval."""
    for after in found[found.index(first) + 1 :]:
        pair = span_in(after.text) if after.part is first.part and after.line - stated.end_line == 1 else None
        if pair is None or pair[0].day != (first_day := stated.start.day if stated.start else None) or not first_day:
            break
        stated = replace(stated, end=pair[1], end_line=after.line)
    return stated


_UNTIL = re.compile(
    r"\b(?:until|till|(?:ended|ending|restored|resolved|fixed|recovered|back|back online|up again)\s+(?:at|by"
    r"|around))\s*(?:about|around|approximately|roughly)?\s*$",
    re.IGNORECASE,
)


def _spread(found: Sequence[Sentence]) -> Iterator[StatedSpan]:
    """`At 3 PM … was lost … until 5 PM`: beginning and end in one sentence of the summary, or in two that follow."""
    sentences = [sentence for sentence in found if sentence.rank < 2 and not sentence.quoted]  # noqa: PLR2004
    for index, sentence in enumerate(sentences):
        timed = [mention for mention in time_mentions(sentence.text) if mention.clock]
        if not timed or not _BEGINS.search(WEEKDAY.sub("", sentence.text[: timed[0].start]).strip() + " "):
            continue
        if _NOT_THE_BEGINNING.search(sentence.text[: timed[0].end]):
            continue
        after = (
            sentences[index + 1] if index + 1 < len(sentences) and sentences[index + 1].part is sentence.part else None
        )
        for place, candidates in ((sentence, timed[1:]), (after, time_mentions(after.text) if after else [])):
            for mention in candidates:
                if place and mention.clock and _UNTIL.search(place.text[: mention.start]):
                    start, end = same_halves(timed[0], mention)
                    yield StatedSpan(
                        start=start, end=end, start_line=sentence.line, end_line=place.line, context=sentence.text
                    )


_REPAIRED = re.compile(
    r"\b(?:fix(?:ed|es)?|resolved|restored|recovered|repaired|back (?:up|online|to normal))\b", re.IGNORECASE
)


def _ended(found: Sequence[Sentence], begun: StatedSpan) -> StatedSpan:
    """The last sentence behind the one about the beginning, in the same part, that gives the time of the repair."""
    first = next(sentence for sentence in found if sentence.text == begun.context)
    stated = StatedSpan()
    for sentence in found[found.index(first) + 1 :]:
        timed = [mention for mention in time_mentions(sentence.text) if mention.clock]
        if sentence.part is first.part and len(timed) == 1 and _REPAIRED.search(sentence.text[timed[0].end :]):
            stated = StatedSpan(end=timed[0], end_line=sentence.line)
    return stated


def _begun(found: Sequence[Sentence]) -> StatedSpan | None:
    """A sentence of the summary or the opening that states when it began, and nothing else."""
    for sentence in found:
        if sentence.rank > 1 or sentence.quoted:
            continue
        timed = [mention for mention in time_mentions(sentence.text) if mention.clock]
        if (
            not timed
            or not _BEGIN_WORDS.search(sentence.text)
            or _NOT_THE_BEGINNING.search(sentence.text[: timed[0].end + 60])
        ):
            continue
        first = timed[0]
        before = WEEKDAY.sub("", sentence.text[: first.start])
        if _BEGINS.search(before) or not before.strip():
            return StatedSpan(start=first, start_line=sentence.line, context=sentence.text)
    return None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFacts:
    """Everything that was found in one document, before it is weighed."""

    document: TextDocument
    parts: DocumentParts
    timeline: FoundTimeline
    sentences: Sequence[Sentence]
    stated: StatedSpan
    places: Sequence[DatedPlace]
    zones: Sequence[ZonePlace]
    order: str

    def date_of(self, day: WrittenDay | None) -> date | None:
        """The date of a day in the document; None where its year or the order of its numbers is not known."""
        read = day.decided(self.order) if day else None
        return with_year(read, self.places).date if read and not read.undecided else None
