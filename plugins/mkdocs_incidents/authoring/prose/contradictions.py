"""Sentences that give an entry of the timeline another time.

Only the plainest cases are found, since a false alarm costs trust: one sentence gives one time of day, and either holds
all the content words of exactly one entry of the timeline, three at least; or describes the same turning
point as exactly one entry, and has a content word of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_incidents.model import SectionKind, TurningPoint

from .language import Language, language_of
from .sentences import sentences_in
from .stated_facts import ELSEWHERE, prose_of_part
from .time_mentions import time_mentions
from .turning_points import entry_kind
from .zones import clocks_meant

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from mkdocs_incidents.content.postmortem.body import Body
    from mkdocs_incidents.model import Notice

    from .time_mentions import TimeMention, WrittenClock

_FEWEST_WORDS = 3
_SLACK = 1
"""Minutes by which a time in prose may differ: seconds are rounded up or down."""
_REPORTED = re.compile(
    r"\b(?:wrote|told|said|announced|posted|our own staff|internally|had \w+|(?:find|found|see|saw|notic\w+|learn\w*"
    r"|reali[sz]\w+|discover\w*|confirm\w*|kn[eo]w|underst\w+|suspect\w*|thought) (?:out )?(?:that|how|why|whether))\b",
    re.IGNORECASE,
)
"""The time may be that at which somebody spoke or knew of it."""
_OTHER_TIMES = re.compile(
    r"\b(?:in|of|since|until|last|next|every|each) (?:\d{4}|January|February|March|April|May|June|July|August|September"
    r"|October|November|December)\b"
    r"|\b(?:yesterday|tomorrow|(?:next|following|previous) (?:day|morning|night|evening)|(?:day|evening) before"
    r"|daily|every \w+|each \w+|again|as a rule"
    r"|(?:was|were|is|are|had|meant|supposed|planned|scheduled|due) to)\b",
    re.IGNORECASE,
)
"""Another day, once more on the same, or what was planned."""
_PLACE = re.compile(r"\b(?:in|at|for|from) (?:the )?([A-Z][a-z]\w*)")
_ONCE_MORE = re.compile(r"\b(?:again|second|third|later|also|more|partly|partially)\b", re.IGNORECASE)
_HINT_OF_A_CLOCK = re.compile(r"\d(?::\d\d|(?:\.\d\d)?\s?[APap]\.?[Mm])")  # most sections name no time
_RANGE = re.compile(r"\b(?:from|between|until|till|since)\s+$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_ENDING = re.compile(r"(?:ingly|edly|ings?|ed|es|ly|s|e)$")
_EMPTY_WORDS = frozenset(
    _WORD.findall(
        "an and are as at be been began begin begins but by did do does for from had has have he her his in into is it "
        "its of on or our she so some than that the their them then there these they this those to us was we were when "
        "which while who will with you your after again all also before during more most not only other over out up "
        "about around approximately started start starts back off"
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEvent:
    """An entry of a timeline, as it is looked for in prose."""

    text: str
    line: int
    minutes: int
    """Of the day, on the clocks that the prose goes by."""
    words: frozenset[str]
    kind: TurningPoint | None

    @property
    def clock(self) -> str:
        """Its time on 24 hours: `14:30`."""
        return f"{self.minutes // 60:02}:{self.minutes % 60:02}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """One event, two times."""

    line: int
    """The line of the sentence."""
    sentence: str
    clock: WrittenClock
    """What the prose says."""
    event: TimelineEvent


def event_of(text: str, line: int, minutes: int) -> TimelineEvent:
    """The entry with this text that stands on a line; `minutes` is its time of day."""
    return TimelineEvent(text=text, line=line, minutes=minutes, words=_content_words(text), kind=entry_kind(text).kind)


def contradictions(body: Body, notice: Notice) -> Iterator[Contradiction]:
    """Every entry of the timeline that another section gives, in English, another time of day."""
    events = []
    for entry in notice.postmortem.timeline if notice.postmortem else ():
        at = entry.at.astimezone(notice.timezone)
        events.append(event_of(entry.text, entry.line, at.hour * 60 + at.minute))
    if not events:
        return
    for part, kind in body.parts_within({SectionKind.TIMELINE, SectionKind.ACTION_ITEMS}):
        if kind is not SectionKind.OTHER or not _HINT_OF_A_CLOCK.search(part.markdown):
            continue
        text = prose_of_part(part)
        for start, sentence in sentences_in(text):
            mention = only_time(sentence)
            if mention is None or language_of(sentence) is Language.OTHER:
                continue
            if _is_of_that_day(sentence, mention, notice.timezone, notice.begins_at):
                line = body.line(part, text.count("\n", 0, start + mention.start))
                yield from contradiction(sentence, line, mention, events)


def only_time(sentence: str) -> TimeMention | None:
    """The time of day that a sentence gives, if it is one and no end of a span."""
    timed = [mention for mention in time_mentions(sentence) if mention.clock]
    return timed[0] if len(timed) == 1 and not _RANGE.search(sentence[: timed[0].start]) else None


def _is_of_that_day(sentence: str, mention: TimeMention, zone: ZoneInfo, begins_at: datetime) -> bool:
    """Whether a time is of the day of `begins_at` and on the clocks of `zone`, as far as the words around it say."""
    days = {(at.month, at.day) for at in (begins_at.astimezone(zone), begins_at)}
    if any(named.day and (named.day.month, named.day.day) not in days for named in time_mentions(sentence)):
        return False
    if mention.zone is None:
        return True
    clocks = clocks_meant(mention.zone, zone, begins_at.year)
    return clocks is not None and begins_at.astimezone(clocks).utcoffset() == begins_at.astimezone(zone).utcoffset()


def contradiction(
    sentence: str, line: int, mention: TimeMention, events: Sequence[TimelineEvent]
) -> Iterator[Contradiction]:
    """The contradiction between a sentence with one time and a timeline, if there is one."""
    event = _same_event(sentence, events)
    clock = mention.clock
    if event is None or clock is None or clock.apart(event.minutes) <= _SLACK:
        return
    kind = entry_kind(sentence).kind
    alike = [each for each in events if kind and each.kind is kind]
    if not any(clock.apart(each.minutes) <= _SLACK for each in alike):
        yield Contradiction(line=line, sentence=" ".join(sentence.split()), clock=clock, event=event)


def _same_event(sentence: str, events: Sequence[TimelineEvent]) -> TimelineEvent | None:
    """The event that a sentence is about; None where there is none or more than one."""
    if any(pattern.search(sentence) for pattern in (ELSEWHERE, _REPORTED, _OTHER_TIMES)):
        return None
    words, kind = _content_words(sentence), entry_kind(sentence).kind
    same = [event for event in events if len(event.words) >= _FEWEST_WORDS and event.words <= words]
    if not same and kind not in {None, TurningPoint.IMPACT_BEGINS} and not _ONCE_MORE.search(sentence):
        alike = [event for event in events if event.kind is kind]
        same = alike if len(alike) == 1 and alike[0].words & words else []
    if len(same) != 1 or any(place not in same[0].text for place in _PLACE.findall(sentence)):
        return None  # at another place it may have been at another time
    return same[0]


def _content_words(text: str) -> frozenset[str]:
    """The words of a text that describe what happened, without their endings: `The update was pushed` → updat, push."""
    words = (word.casefold() for word in _WORD.findall(text))
    return frozenset(_ENDING.sub("", word) or word for word in words if word not in _EMPTY_WORDS)
