"""From when to when: what the prose of a document says about beginning and end."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ..content.moments import WEEKDAY, Moment, moments
from ..content.written_clocks import Clock
from .told_times import Told, labelled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .sentences import Sentence

_GAP_WORDS = (
    r"on|the|same|day|and|at|to|until|till|til|through|thru|up|around|approximately|about|roughly|nearly|ended"
    r"|ending|ends|ended|end|"
    r"was|were|being|fully|finally|resolved|restored|fixed|recovered|concluded|concluding|finished|finishing"
    r"|lasted|lasting|it|next|following|"
    r"day|morning|afternoon|evening|night|in|of|time|local|hours|hrs|later|with|service|services|resolution"
    r"|resolving|completely|"
    r"when|before|by|eventually|normal|stop|stopped|stopping|which|this|that|a|total|outage|incident|issue"
)
_GAP = re.compile(rf"(?:[\s,;()\[\].*_–—→=>-]|\b(?:{_GAP_WORDS})\b){{1,40}}", re.IGNORECASE)
_CONNECTOR = re.compile(
    r"\b(?:to|until|till|til|through|thru|and|ended|ending|ends|lasting|lasted|resolved|restored|concluded"
    r"|concluding|finishing|recovered)\b|=>|[–—→-]",
    re.IGNORECASE,
)
_PLAIN_HOURS = re.compile(
    r"\b(?:from|between)\s+(\d{1,2})\s*(?:to|-|–|—|and|until)\s*(?=(\d{1,2})(?::[0-5]\d)?\s?[ap]\.?m\b)", re.IGNORECASE
)
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
    r"unavailable|unreachable|unresponsive|was down|were down|lost)\b",
    re.IGNORECASE,
)
_NOT_THE_BEGINNING = re.compile(
    r"\b(?:report(?:ed)?|noticed|deployed|scheduled|presented|published|posted|resolved|restored|written|merged"
    r"|released|pushed|updated|upgrade|alert\w*|paged|detected|fix(?:e[sd]|ing)?|mitigat\w+|complet\w+)\b",
    re.IGNORECASE,
)


def find_told(found: Sequence[Sentence]) -> Told:
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


def _ranges(found: Sequence[Sentence]) -> Iterator[Told]:
    for sentence in found:
        if sentence.rank > 2 or sentence.quoted:  # noqa: PLR2004
            continue
        telling = OUTAGE.search(sentence.text) or OUTAGE.search(sentence.label) or sentence.rank == 0
        if _ELSEWHERE.search(sentence.text) and sentence.rank > 0:
            continue
        pair = range_in(sentence.text)
        dated = pair and pair[0].day and pair[1].day and sentence.rank < 2  # noqa: PLR2004
        if pair and (telling or dated):
            start, end = pair
            if sentence.rank > 1 and not re.search(
                r"\b(?:from|between|lasted|started|began|duration)\b", sentence.text, re.IGNORECASE
            ):
                continue
            yield _with_later_spells(
                Told(start=start, end=end, start_line=sentence.line, end_line=sentence.line, context=sentence.text),
                sentence,
                found,
            )


def _with_later_spells(told: Told, first: Sentence, found: Sequence[Sentence]) -> Told:
    """The end of the last of several spells, where the items of one list give one span of times each."""
    for after in found[found.index(first) + 1 :]:
        pair = range_in(after.text) if after.part is first.part and after.line - told.end_line == 1 else None
        if pair is None or pair[0].day != (first_day := told.start.day if told.start else None) or not first_day:
            break
        told = replace(told, end=pair[1], end_line=after.line)
    return told


def range_in(text: str) -> tuple[Moment, Moment] | None:
    """Two times of day that `text` connects as beginning and end; a day or a zone of one counts for both."""
    timed = [moment for moment in moments(text) if moment.clock or moment.zone or moment.day]
    for index, first in enumerate(timed):
        if first.clock is None:
            continue
        zone, day_between = first.zone, None
        for second in timed[index + 1 : index + 4]:
            if second.clock is None:
                zone, day_between = zone or second.zone, day_between or second.day
                continue
            gap = _without(text, first.end, second.start, timed)
            if _GAP.fullmatch(gap) and _CONNECTOR.search(gap):
                return _halves(replace(first, zone=zone, day=first.day or day_between), second)
            break
    if hours := _PLAIN_HOURS.search(text):
        after = next((moment for moment in timed if moment.clock and moment.start == hours.start(2)), None)
        if after and after.clock and int(hours[1]) <= 12:  # noqa: PLR2004
            return _halves(
                Moment(start=hours.start(1), end=hours.end(1), clock=Clock(hour=int(hours[1]), minute=0)), after
            )
    return None


_UNTIL = re.compile(
    r"\b(?:until|till|(?:ended|ending|restored|resolved|fixed|recovered|back|back online|up again)\s+(?:at|by"
    r"|around))\s*(?:about|around|approximately|roughly)?\s*$",
    re.IGNORECASE,
)


def _spread(found: Sequence[Sentence]) -> Iterator[Told]:
    """`At 3 PM … was lost … until 5 PM`: beginning and end in one sentence of the summary, or in two that follow."""
    told = [sentence for sentence in found if sentence.rank < 2 and not sentence.quoted]  # noqa: PLR2004
    for index, sentence in enumerate(told):
        timed = [moment for moment in moments(sentence.text) if moment.clock]
        if not timed or not _BEGINS.search(WEEKDAY.sub("", sentence.text[: timed[0].start]).strip() + " "):
            continue
        if _NOT_THE_BEGINNING.search(sentence.text[: timed[0].end]):
            continue
        after = told[index + 1] if index + 1 < len(told) and told[index + 1].part is sentence.part else None
        for place, candidates in ((sentence, timed[1:]), (after, moments(after.text) if after else [])):
            for moment in candidates:
                if place and moment.clock and _UNTIL.search(place.text[: moment.start]):
                    start, end = _halves(timed[0], moment)
                    yield Told(
                        start=start, end=end, start_line=sentence.line, end_line=place.line, context=sentence.text
                    )


def _without(text: str, start: int, end: int, found: Sequence[Moment]) -> str:
    """`text` between two places, without the days and zones in it."""
    kept, position = "", start
    for moment in found:
        if start <= moment.start and moment.end <= end:
            kept += text[position : moment.start] + " "
            position = moment.end
    return kept + text[position:end] or " "


def _halves(first: Moment, second: Moment) -> tuple[Moment, Moment]:
    """`9:00 and 11:00 AM`: the letters of the second count for the first, unless that would turn them round."""
    one, two = first.clock, second.clock
    if one and two and not one.half and two.half in {"am", "pm"} and one.hour <= 12:  # noqa: PLR2004
        same = one.in_half(two.half)
        other = one.in_half("am" if two.half == "pm" else "pm")
        one = other if same.minutes > two.minutes >= other.minutes else same
    elif one and two and one.half in {"am", "pm"} and not two.half and two.hour < 12:  # noqa: PLR2004
        same = two.in_half(one.half)
        two = same if same.minutes > one.minutes else two
    first = replace(first, clock=one, zone=first.zone or second.zone)
    return first, replace(second, clock=two, zone=second.zone or first.zone)


_REPAIRED = re.compile(
    r"\b(?:fix(?:ed|es)?|resolved|restored|recovered|repaired|back (?:up|online|to normal))\b", re.IGNORECASE
)


def _ended(found: Sequence[Sentence], begun: Told) -> Told:
    """The last sentence behind the one about the beginning, in the same part, that tells of the repair at a time."""
    first = next(sentence for sentence in found if sentence.text == begun.context)
    told = Told()
    for sentence in found[found.index(first) + 1 :]:
        timed = [moment for moment in moments(sentence.text) if moment.clock]
        if sentence.part is first.part and len(timed) == 1 and _REPAIRED.search(sentence.text[timed[0].end :]):
            told = Told(end=timed[0], end_line=sentence.line)
    return told


def _begun(found: Sequence[Sentence]) -> Told | None:
    """A sentence of the summary or the opening that tells when it began, and nothing else."""
    for sentence in found:
        if sentence.rank > 1 or sentence.quoted:
            continue
        timed = [moment for moment in moments(sentence.text) if moment.clock]
        if (
            not timed
            or not _BEGIN_WORDS.search(sentence.text)
            or _NOT_THE_BEGINNING.search(sentence.text[: timed[0].end + 60])
        ):
            continue
        first = timed[0]
        before = WEEKDAY.sub("", sentence.text[: first.start])
        if _BEGINS.search(before) or not before.strip():
            return Told(start=first, start_line=sentence.line, context=sentence.text)
    return None
