"""Where the prose of a postmortem tells an event of its timeline at another time.

Only the plainest cases are told, since a false alarm costs trust: one sentence gives one time of day, and either holds
all the telling words of exactly one entry of the timeline, three at least; or tells the same turning point as exactly
one entry, and has a telling word of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING

from ...model import EntryKind, SectionKind
from .entry_kinds import entry_kind
from .moments import moments
from .stated_facts import ELSEWHERE
from .written_zones import clocks_meant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from ...model import Notice, TimelineEntry
    from .moments import Moment
    from .postmortem_file import Body
    from .sections import Part

_Told = tuple["TimelineEntry", frozenset[str], "EntryKind | None"]
_FEWEST_WORDS = 3
_SAID = re.compile(
    r"\b(?:wrote|told|said|announced|posted|our own staff|internally|had \w+|(?:find|found|see|saw|notic\w+|learn\w*"
    r"|reali[sz]\w+|discover\w*|confirm\w*|kn[eo]w|underst\w+|suspect\w*|thought) (?:out )?(?:that|how|why|whether))\b",
    re.IGNORECASE,
)
"""The time may be that of the telling."""
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
_SENTENCE_END = re.compile(r"(?<=[.!?])(?<!\b[ap]\.m\.)(?<!\b[AP]\.M\.)\s+(?=\S)|\n\s*\n|\n(?=\s*(?:[-*+•]|\d+[.)])\s)")
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
class Contradiction:
    """One event, two times."""

    line: int
    """Of the file, where the prose tells it."""
    sentence: str
    said: str
    """The entry of the timeline."""
    time_in_prose: str
    time_in_timeline: str
    entry_line: int


def contradictions(body: Body, notice: Notice) -> Iterator[Contradiction]:
    """Every event of the timeline that another section tells at another time of day."""
    timeline = notice.postmortem.timeline if notice.postmortem else ()
    telling = [(entry, telling_words(entry.text), entry_kind(entry.text).kind) for entry in timeline]
    if not telling:
        return
    in_timeline = {id(part) for part, _ in body.belonging_to(SectionKind.TIMELINE)}
    for part in body.parts:
        if id(part) in in_timeline or part.kind is SectionKind.ACTION_ITEMS:
            continue
        for line, sentence, clock in _timed_sentences(part, notice.timezone, notice.begins_at):
            if entry := _same_event(sentence, clock, telling, notice.timezone):
                yield Contradiction(
                    line=body.line(part, line),
                    sentence=" ".join(sentence.split()),
                    said=entry.text,
                    time_in_prose=f"{clock:%H:%M}",
                    time_in_timeline=f"{entry.at.astimezone(notice.timezone):%H:%M}",
                    entry_line=entry.line,
                )


def _timed_sentences(part: Part, zone: ZoneInfo, begins_at: datetime) -> Iterator[tuple[int, str, time]]:
    """The sentences with exactly one time of day, each with its line in the part, on the clock of `zone`."""
    if not _HINT_OF_A_CLOCK.search(part.markdown):
        return
    days = {(at.month, at.day) for at in (begins_at.astimezone(zone), begins_at)}
    text = "".join(line if prose else "\n" for line, prose in zip(part.lines.texts, part.lines.prose, strict=True))
    start = 0
    for end in [*_SENTENCE_END.finditer(text), None]:
        sentence = text[start : end.start() if end else len(text)]
        named = moments(sentence)
        timed = [(moment, moment.clock) for moment in named if moment.clock]
        other_day = any(one.day and (one.day.month, one.day.day) not in days for one in named)
        if len(timed) == 1 and not other_day:
            moment, clock = timed[0]
            if _on_clock_of(zone, moment, begins_at) and not _RANGE.search(sentence[: moment.start]):
                yield text.count("\n", 0, start + moment.start), sentence, time(clock.hour, clock.minute)
        start = end.end() if end else len(text)


def _on_clock_of(zone: ZoneInfo, moment: Moment, begins_at: datetime) -> bool:
    """Whether a time in prose is one of `zone`, as far as the words behind it say."""
    if moment.zone is None:
        return True
    named = clocks_meant(moment.zone, zone, begins_at.year)
    return named is not None and begins_at.astimezone(named).utcoffset() == begins_at.astimezone(zone).utcoffset()


def _same_event(sentence: str, clock: time, telling: list[_Told], zone: ZoneInfo) -> TimelineEntry | None:
    """The one entry the sentence tells, if it has another time; None where there is none or more than one."""
    if ELSEWHERE.search(sentence) or _OTHER_TIMES.search(sentence):
        return None
    words, kind = telling_words(sentence), entry_kind(sentence).kind
    told = [entry for entry, its_words, _ in telling if len(its_words) >= _FEWEST_WORDS and its_words <= words]
    if not told and kind not in {None, EntryKind.IMPACT_BEGINS} and not _ONCE_MORE.search(sentence):
        alike = [(entry, its_words) for entry, its_words, its_kind in telling if its_kind is kind]
        told = [entry for entry, its_words in alike if its_words & words] if len(alike) == 1 else []
    if len(told) != 1 or _SAID.search(sentence):
        return None
    if any(place not in told[0].text for place in _PLACE.findall(sentence)):
        return None  # there it may have been at another time
    if any(
        kind and its_kind is kind and _shown(entry, zone) == (clock.hour, clock.minute)
        for entry, _, its_kind in telling
    ):
        return None  # some entry of that kind has just this time
    return told[0] if _shown(told[0], zone) != (clock.hour, clock.minute) else None


def _shown(entry: TimelineEntry, zone: ZoneInfo) -> tuple[int, int]:
    shown = entry.at.astimezone(zone)
    return shown.hour, shown.minute


def telling_words(text: str) -> frozenset[str]:
    """The words of a text that tell what happened, without their endings: `The update was pushed` → updat, push."""
    words = (word.casefold() for word in _WORD.findall(text))
    return frozenset(_ENDING.sub("", word) or word for word in words if word not in _EMPTY_WORDS)
