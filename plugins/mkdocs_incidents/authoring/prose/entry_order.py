"""The order of a timeline: halves of the day, midnights, and the entries with which it began and ended."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from ...content.postmortem.entry_instants import FURTHEST_BACK

if TYPE_CHECKING:
    from .clocks import WrittenClock
    from .entries import WrittenEntry
    from .timeline import FoundTimeline

BACK_BY_MUCH = FURTHEST_BACK // timedelta(minutes=1)
"""Minutes: entries that go back further than this have passed midnight, as in a build; less is only disorder."""
_NOON, _TEN = 12, 10
_DAY = 24 * 60
_BEGUN = re.compile(
    r"\b(?:(?:outage|errors?|failures?|issues?|problems?|downtime|trouble|breakdown|incident|impact) (?:begins?"
    r"|began|start(?:s|ed))"
    r"|(?:begins?|began|start(?:s|ed)) (?:of )?(?:the )?(?:outage|incident)|went (?:down|offline)"
    r"|(?:users?|customers?) (?:\w+ ){0,3}(?:unable|unresponsive|can(?:no|')t|could not|seeing)"
    r"|first (?:recorded|report|noticed|observed|detected|alert|user)|being down|unavailable)\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(r"\b(?:not yet|no impact|before)\b", re.IGNORECASE)
_ENDED = re.compile(
    r"\b(?:resolv(?:ed|es|ing)|solved|resolution|restored|back online|back to normal|fully (?:functional"
    r"|operational|restored|recovered)|recovered"
    r"|outage end\w*|end of (?:the )?(?:outage|incident)|normal (?:operation|service|operations)"
    r"|(?:service|system|site|website) (?:is |was )?(?:up|stable|healthy|working)"
    r"|declared (?:stable|resolved|over)|fixed|all clear|back up|issue (?:goes|went) away|up and running"
    r"|all (?:is )?(?:good|well|fine)"
    r"|(?:running|loading|working|functioning|operating) (?:normally|properly|fine|correctly|as expected)"
    r"|(?:works?|working|worked|answers?|responds?|running|live|available|online|up) again|100% (?:back|of traffic))\b",
    re.IGNORECASE,
)
_MITIGATED = re.compile(r"\bmitigated\b", re.IGNORECASE)
_NOT_ENDED = re.compile(
    r"\b(?:not|cannot|unable|partial(?:ly)?|temporar\w+|attempt\w*|trying|try|believed|believing|expected|should be|but"
    r"|suspect\w*|unresolved|ensuring|checking|verifying|announce|except)\b",
    re.IGNORECASE,
)
_ONLY_REPORTED = re.compile(r"\b(?:post-?mortem|retrospective|announce\w*|disclosure|report|review)\b", re.IGNORECASE)
_AFTERMATH = re.compile(
    r"\b(?:post-?mortem|retrospective|announce\w*|mailing list|notified|review|follow-?up|report|joins?|queue|builds?"
    r"|customers? (?:informed|notified)|closed|document\w*|deployed to|permanent)\b",
    re.IGNORECASE,
)


def first_entry(timeline: FoundTimeline) -> WrittenEntry | None:
    """The entry with which it began, by its words, else the first one."""
    timed = _oldest_first(timeline)
    early = timed[: max(3, len(timed) // 2)]
    beginning = (entry for entry in early if _BEGUN.search(entry.text) and not _NOT_YET.search(entry.text))
    return next(beginning, timed[0] if timed else None)


def last_entry(timeline: FoundTimeline) -> WrittenEntry | None:
    """The entry with which it ended: the last that says so, unless that one only looks back."""
    timed = _oldest_first(timeline)
    ending = [entry for entry in timed if states_the_end(entry)]
    ending = ending or [entry for entry in timed if _MITIGATED.search(entry.text) and not _NOT_ENDED.search(entry.text)]
    if not ending:
        story = [entry for entry in timed if not _ONLY_REPORTED.search(entry.text)] or timed
        return story[-1] if story else None
    if ending[-1] is timed[-1] and len(ending) > 1 and _AFTERMATH.search(ending[-1].text):
        return ending[-2]
    return ending[-1]


def entry_at(timeline: FoundTimeline, minutes: int, slack: int = 2, *, anyhow: bool = False) -> WrittenEntry | None:
    """The entry that ends it at about a minute of the day; None where none does.

    `anyhow` takes an entry at just that minute for the end, whatever it says.
    """
    timed = _oldest_first(timeline)
    if anyhow:
        return next((entry for entry in timed if entry.clock and entry.clock.minutes == minutes % _DAY), None)
    near = [entry for entry in timed if entry.clock and abs(entry.clock.minutes - minutes) <= slack]
    return next((entry for entry in near if states_the_end(entry) or entry is timed[-1]), None)


def states_the_end(entry: WrittenEntry) -> bool:
    """Whether an entry states that users are no longer affected."""
    return bool(_ENDED.search(entry.text)) and not _NOT_ENDED.search(entry.text)


def _oldest_first(timeline: FoundTimeline) -> list[WrittenEntry]:
    """Timed entries; a list that runs backwards throughout is turned round."""
    timed = list(timeline.timed)
    dated = [(entry.day.date, entry.clock.minutes) for entry in timed if entry.day and entry.day.date and entry.clock]
    backwards = len(dated) > 1 and dated[0][0] != dated[-1][0] and dated == sorted(dated, reverse=True)
    return timed[::-1] if backwards else timed


def midnights(timeline: FoundTimeline) -> dict[WrittenEntry, int]:
    """How many midnights lie between the first entry and each other: times that go back by much have passed one."""
    passed, before = 0, None
    result: dict[WrittenEntry, int] = {}
    for entry, clock in settled_clocks(timeline).items():
        if before is not None and before[0] == entry.day and before[1] - clock.minutes > BACK_BY_MUCH:
            passed += 1
        before = entry.day, clock.minutes
        result[entry] = passed
    return result


def settled_clocks(timeline: FoundTimeline) -> dict[WrittenEntry, WrittenClock]:
    """Times whose half of the day was not written, read so that the order of the entries stays.

    Only where most other entries have AM or PM: on its own, a time without letters is one of 24 hours.
    """
    timed = timeline.timed
    clocks = [entry.clock for entry in timed if entry.clock]
    lettered = sum(clock.half in {"am", "pm"} for clock in clocks)
    # 11:16, 11:54, 12:16, 1:52: nobody writes the hours of a night so, and no other is on 24 hours.
    twelve = lettered == 0 and all(clock.either_half for clock in clocks) and any(clock.hour < _TEN for clock in clocks)
    settled: dict[WrittenEntry, WrittenClock] = {}
    before: int | None = None
    for entry in timed:
        clock = entry.clock
        if clock is None:
            continue
        open_half = clock.half == "?" or (not clock.half and (twelve or lettered * 2 > len(timed)))
        if open_half and 0 < clock.hour <= _NOON and before is not None:
            readings = [clock.in_half("am"), clock.in_half("pm")]
            later = [reading for reading in readings if reading.minutes >= before]
            clock = min(later or readings, key=lambda reading: reading.minutes)
        settled.setdefault(entry, clock)
        before = clock.minutes
    return settled
