"""Beginning and end of the incident as the prose of a document states them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ..prose.time_mentions import WEEKDAY, time_mentions
from ..prose.time_spans import same_halves, span_in
from .labelled_times import StatedSpan, labelled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..prose.account import Sentence

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
