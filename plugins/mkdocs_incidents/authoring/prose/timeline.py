"""The timeline of a document: where it stands, its entries, their order, and the zone announced for all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from mkdocs_incidents.content.postmortem.timeline import FURTHEST_BACK
from mkdocs_incidents.model import SectionKind

from .entries import FEWEST, read_entries
from .zones import WrittenZone, is_about_all_times, zone_named_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .document_parts import DocumentPart, DocumentParts
    from .entries import ProseEntry
    from .time_mentions import WrittenClock

_TROUBLE = re.compile(
    r"\b(?:fail\w*|errors?|outages?|down|crash\w*|broke|broken|breaks|unavailab\w*|unreachab\w*|unrespons\w*"
    r"|time-?outs?|timing out|slow|degrad\w*|alerts?|alerted|alarms?|paged?|pager|incidents?|cannot|could not|unable"
    r"|locked out|lost|complain\w*|stops? working|stopped working|5\d\d)\b",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    rf"{_TROUBLE.pattern}"
    r"|\b(?:again|succeed\w*|reached|exceed\w*|detect\w*|notic\w*|reports?|reported|investigat\w*|escalat\w*"
    r"|identif\w*|finds?|found|cause"
    r"|roll(?:s|ed|ing)? back|rollback|revert\w*|restart\w*|reboot\w*|deploy\w*|released?|fix\w*|patch\w*|mitigat\w*"
    r"|restored?|restores|restoring|recover\w*|resol\w*|back up|back online|back to normal|works?|worked|failover"
    r"|switched|disabled|acknowledg\w*|on-?call|all (?:good|clear|green)|done|over)\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:open|opens|opened|opening|closes?|closing time|lunch|break|coffee|tea|dinner|breakfast|meeting|stand-?up"
    r"|agenda|sessions?|talk|keynote|welcome|registration|workshop|retro\w*|demo|questions and answers|q ?& ?a"
    r"|prices?"
    r"|depart\w*|arriv\w*|flights?|trains?|bus|shifts?|hours?|class|appointment|handover|backup window"
    r"|maintenance window|will|planned|scheduled|expected|daily|weekly|every|mon|tue|wed|thu|fri|sat|sun"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b|[€£]|\$\d|\b\d+ ?(?:eur|usd|euros?|dollars?)\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"closed\W*$", re.IGNORECASE)
_LOGGED = re.compile(
    r"^\W*(?:INFO|WARN|WARNING|ERROR|DEBUG|FATAL|TRACE|NOTICE|CRITICAL)\b|\b[\w.]+=\S|^\S+\[\d+\]:"
    r"|^[\w./-]+\[[\w ./-]+\]"
    r"|\b(?:GET|POST|PUT|DELETE|HEAD) /|\bHTTP/\d|\bTraceback\b|\b\w+Exception\b|\bpid[ :=]\d|\bsshd|\bkernel:"
)
_LISTED = re.compile(
    r"\b(?:hours|schedul\w*|agenda|program(?:me)?|plan|plans|planned|calendar|time-?table|prices?|price list|logs?"
    r"|log file|output|examples?|samples?|rota|roster|shifts?|meetings?|menu|tomorrow|maintenance|routine"
    r"|normally|usually|every|daily|weekly)\b",
    re.IGNORECASE,
)
_NAME_OF_FACT = re.compile(
    r"(?:[\w-]+ ){0,2}?(?:start(?:s|ed)?|begin(?:s|ning)?|began|ends?|ended|end time|start time|duration"
    r"|detected|detection"
    r"|acknowledged|escalated|identified|mitigated|mitigation|resolved|resolution|recovery|recovered|reported"
    r"|closed|date|time|time to \w+)\W*$",
    re.IGNORECASE,
)


def describes_an_outage(entries: Sequence[str], lead: str, *, plainly: bool = False) -> bool:
    """Whether lines with these words behind their times describe what happened; `lead` is what stands above them.

    With `plainly` nearly all of them must describe an event, otherwise a quarter.
    """
    if not entries or _LISTED.search(lead):
        return False
    if any(_PLANNED.search(text) or _CLOSED.match(text) or _LOGGED.search(text) for text in entries):
        return False
    if sum(_NAME_OF_FACT.match(text) is not None for text in entries) * 2 >= len(entries):
        return False
    events = sum(_HAPPENED.search(text) is not None for text in entries)
    enough = events * 4 >= len(entries) * 3 if plainly else events * 4 >= len(entries)
    return enough and any(map(_TROUBLE.search, entries))


_IN_LETTERS = re.compile(r"(?:\bin|\bare|\(|:|-|–)\s*\(?([A-Z]{3,5})\b\)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class ZonePlace:
    """A zone that was written somewhere."""

    zone: WrittenZone
    line: int
    source: str


def announced_zones(parts: DocumentParts) -> Iterator[ZonePlace]:
    """Zones in the heading of the timeline, in the head of its table, and in sentences such as "all times in UTC"."""
    for part in parts.all:
        if SectionKind.TIMELINE in part.kinds and (zone := _named(part.heading, anywhere=True)):
            yield ZonePlace(zone=zone, line=part.line, source="the heading of the timeline")
    for part in parts.all:
        for line in part.lines:
            if line.code or line.blank or line.quoted:
                continue
            header = line.header and re.search(r"\btime|when\b", line.text, re.IGNORECASE)
            if (header or is_about_all_times(line.text)) and (zone := _named(line.text, anywhere=False)):
                yield ZonePlace(zone=zone, line=line.number, source="a line about all times")


def _named(text: str, *, anywhere: bool) -> WrittenZone | None:
    if zone := zone_named_in(text):
        return zone
    letters = _IN_LETTERS.search(text[:400]) if anywhere or is_about_all_times(text) else None
    return WrittenZone(written=letters[1]) if letters and letters[1].endswith("T") else None


_LEAD_OF_EVENTS = re.compile(
    r"\b(?:events happened|what happened|this happened|course of events|timeline)\b", re.IGNORECASE
)
"""In front of a list: its entries are events."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTimeline:
    """The entries of a document, and where they stand."""

    entries: tuple[ProseEntry, ...] = ()
    parts: tuple[DocumentPart, ...] = ()
    announced: bool = False
    """Whether a heading says that it is one."""

    @property
    def timed(self) -> tuple[ProseEntry, ...]:
        """The entries that have a time of day."""
        return tuple(entry for entry in self.entries if entry.clock)

    @property
    def lead(self) -> str:
        """The heading above the entries, and the line in front of the first one."""
        if not (self.entries and self.parts):
            return ""
        part, first = self.parts[0], self.entries[0].line
        above = [line.text for line in part.lines if line.number < first and not line.blank]
        return "\n".join([part.heading, *above[-1:]])

    @property
    def is_plain(self) -> bool:
        """Whether its entries describe an outage beyond doubt: in ascending time, or below words that say so."""
        if _LEAD_OF_EVENTS.search(self.lead):
            return True
        clocks = [entry.clock.minutes for entry in self.timed if entry.clock]
        plain = describes_an_outage([entry.text for entry in self.entries], self.lead, plainly=True)
        return plain and all(before <= behind for before, behind in pairwise(clocks))

    @property
    def lines(self) -> frozenset[int]:
        """The numbers of the lines entries begin on."""
        return frozenset(entry.line for entry in self.entries)


def find_timeline(parts: DocumentParts) -> FoundTimeline:
    """The fullest list of timed entries, below a heading that announces one where there is such a heading."""
    announced = _groups(part for part in parts.all if part.within(SectionKind.TIMELINE))
    best: FoundTimeline = FoundTimeline()
    for group in map(_without_other_accounts, announced):
        entries = read_entries([line for part in group for line in part.lines], announced=True)
        if len([e for e in entries if e.clock]) > len(best.timed) or (not best.entries and entries):
            best = FoundTimeline(entries=entries, parts=tuple(group), announced=True)
    if best.timed:
        return best
    for part in parts.all:
        if part.within(SectionKind.TIMELINE) or part.within(SectionKind.ACTION_ITEMS):
            continue
        entries = read_entries(part.lines, announced=False)
        if len(entries) >= FEWEST and len(entries) > len(best.timed):
            found = FoundTimeline(entries=entries, parts=(part,))
            if describes_an_outage([entry.text for entry in entries], found.lead):
                best = found
    return best


def _without_other_accounts(group: list[DocumentPart]) -> list[DocumentPart]:
    """A timeline without parts such as "Resolution" that only stand below it and state the end again.

    They belong to it where all its entries stand in such parts.
    """
    first, *others = group
    if not read_entries(first.lines, announced=False):
        return group
    return [first, *(part for part in others if not part.kinds - {SectionKind.TIMELINE})]


def _groups(parts: Iterable[DocumentPart]) -> list[list[DocumentPart]]:
    """Parts that belong to the same announced timeline."""
    groups: list[list[DocumentPart]] = []
    for part in parts:
        if SectionKind.TIMELINE in part.kinds and not (groups and part.inside(groups[-1][0])):
            groups.append([part])
        elif groups:
            groups[-1].append(part)
    return groups


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


def first_entry(timeline: FoundTimeline) -> ProseEntry | None:
    """The entry with which it began, by its words, else the first one."""
    timed = _oldest_first(timeline)
    early = timed[: max(3, len(timed) // 2)]
    beginning = (entry for entry in early if _BEGUN.search(entry.text) and not _NOT_YET.search(entry.text))
    return next(beginning, timed[0] if timed else None)


def last_entry(timeline: FoundTimeline) -> ProseEntry | None:
    """The entry with which it ended: the last that says so, unless that one only looks back."""
    timed = _oldest_first(timeline)
    ending = [entry for entry in timed if states_the_end(entry)]
    ending = ending or [entry for entry in timed if _MITIGATED.search(entry.text) and not _NOT_ENDED.search(entry.text)]
    if not ending:
        timeline_entries = [entry for entry in timed if not _ONLY_REPORTED.search(entry.text)] or timed
        return timeline_entries[-1] if timeline_entries else None
    if ending[-1] is timed[-1] and len(ending) > 1 and _AFTERMATH.search(ending[-1].text):
        return ending[-2]
    return ending[-1]


def entry_at(timeline: FoundTimeline, minutes: int, slack: int = 2, *, anyhow: bool = False) -> ProseEntry | None:
    """The entry that ends it at about a minute of the day; None where none does.

    `anyhow` takes an entry at just that minute for the end, whatever it says.
    """
    timed = _oldest_first(timeline)
    if anyhow:
        return next((entry for entry in timed if entry.clock and entry.clock.minutes == minutes % _DAY), None)
    near = [entry for entry in timed if entry.clock and abs(entry.clock.minutes - minutes) <= slack]
    return next((entry for entry in near if states_the_end(entry) or entry is timed[-1]), None)


def states_the_end(entry: ProseEntry) -> bool:
    """Whether an entry states that users are no longer affected."""
    return bool(_ENDED.search(entry.text)) and not _NOT_ENDED.search(entry.text)


def _oldest_first(timeline: FoundTimeline) -> list[ProseEntry]:
    """Timed entries; a list that runs backwards throughout is turned round."""
    timed = list(timeline.timed)
    dated = [(entry.day.date, entry.clock.minutes) for entry in timed if entry.day and entry.day.date and entry.clock]
    backwards = len(dated) > 1 and dated[0][0] != dated[-1][0] and dated == sorted(dated, reverse=True)
    return timed[::-1] if backwards else timed


def midnights(timeline: FoundTimeline) -> dict[ProseEntry, int]:
    """How many midnights lie between the first entry and each other: times that go back by much have passed one."""
    passed, before = 0, None
    result: dict[ProseEntry, int] = {}
    for entry, clock in settled_clocks(timeline).items():
        if before is not None and before[0] == entry.day and before[1] - clock.minutes > BACK_BY_MUCH:
            passed += 1
        before = entry.day, clock.minutes
        result[entry] = passed
    return result


def settled_clocks(timeline: FoundTimeline) -> dict[ProseEntry, WrittenClock]:
    """Times whose half of the day was not written, read so that the order of the entries stays.

    Only where most other entries have AM or PM: on its own, a time without letters is one of 24 hours.
    """
    timed = timeline.timed
    clocks = [entry.clock for entry in timed if entry.clock]
    lettered = sum(clock.half in {"am", "pm"} for clock in clocks)
    # 11:16, 11:54, 12:16, 1:52: nobody writes the hours of a night so, and no other is on 24 hours.
    twelve = lettered == 0 and all(clock.either_half for clock in clocks) and any(clock.hour < _TEN for clock in clocks)
    settled: dict[ProseEntry, WrittenClock] = {}
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
