"""Which zone the times of a document are in, and which other zones it names."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ...model import SectionKind
from ..prose.moments import tokens
from ..prose.zones import WrittenZone, city_zone, is_said_of_all_times, zone_named_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..prose.account import Sentence
    from ..prose.parts import Parts
    from ..prose.timeline import FoundTimeline
    from .told_times import Told

_CLOSE = 4
"""Characters between a time and its zone."""
_CITY = re.compile(r"\(?([A-Z][a-z]{2,20})\b")
_IN_LETTERS = re.compile(r"(?:\bin|\bare|\(|:|-|–)\s*\(?([A-Z]{3,5})\b\)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class ZonePlace:
    """A zone that was written somewhere."""

    zone: WrittenZone
    line: int
    source: str


def zone_places(parts: Parts, timeline: FoundTimeline, told: Told, found: Sequence[Sentence]) -> list[ZonePlace]:
    """Every zone the document names for its times, the most telling first."""
    places: list[ZonePlace] = []
    for moment, line in ((told.start, told.start_line), (told.end, told.end_line)):
        if moment and moment.zone:
            places.append(ZonePlace(zone=moment.zone, line=line, source="beside its beginning or end"))
    places += _announced(parts)
    counted = Counter(entry.zone.written for entry in timeline.entries if entry.zone)
    for written, _ in counted.most_common():
        entry = next(entry for entry in timeline.entries if entry.zone and entry.zone.written == written)
        if entry.zone:
            places.append(ZonePlace(zone=entry.zone, line=entry.line, source="an entry of the timeline"))
    if not counted:
        places += _city_of(timeline)
    places += _in_prose(found)
    return _best_first(places)


def _announced(parts: Parts) -> Iterator[ZonePlace]:
    """Zones in the heading of the timeline, in the head of its table, and in sentences such as "all times in UTC"."""
    for part in parts.all:
        if SectionKind.TIMELINE in part.kinds and (zone := _named(part.heading, anywhere=True)):
            yield ZonePlace(zone=zone, line=part.line, source="the heading of the timeline")
    for part in parts.all:
        for line in part.lines:
            if line.code or line.blank or line.quoted:
                continue
            header = line.header and re.search(r"\btime|when\b", line.text, re.IGNORECASE)
            if (header or is_said_of_all_times(line.text)) and (zone := _named(line.text, anywhere=False)):
                yield ZonePlace(zone=zone, line=line.number, source="what is said of all times")


def _named(text: str, *, anywhere: bool) -> WrittenZone | None:
    if zone := zone_named_in(text):
        return zone
    letters = _IN_LETTERS.search(text[:400]) if anywhere or is_said_of_all_times(text) else None
    return WrittenZone(written=letters[1]) if letters and letters[1].endswith("T") else None


def _city_of(timeline: FoundTimeline) -> Iterator[ZonePlace]:
    """The city that stands behind most of the times: `16:37 Denver`."""
    cities = Counter(found[1] for entry in timeline.timed if (found := _CITY.match(entry.text)))
    for city, count in cities.most_common(1):
        if count > 1 and count * 2 > len(timeline.timed) and (zone := city_zone(f"{city} time")):
            line = next(entry.line for entry in timeline.timed if entry.text.lstrip("( ").startswith(city))
            yield ZonePlace(zone=zone, line=line, source="behind the times of the timeline")


def _in_prose(found: Sequence[Sentence]) -> Iterator[ZonePlace]:
    """Zones right behind a time of day."""
    for sentence in found:
        if sentence.quoted or sentence.rank > 2:  # noqa: PLR2004
            continue
        known = tokens(sentence.text)
        for before, after in pairwise(known):
            if (
                isinstance(after[2], WrittenZone)
                and not isinstance(before[2], WrittenZone)
                and after[0] - before[1] < _CLOSE
            ):
                yield ZonePlace(zone=after[2], line=sentence.line, source="behind a time in the text")


def _best_first(places: list[ZonePlace]) -> list[ZonePlace]:
    """The first place decides which zone; letters for it, where the document has them too, say it shortest."""
    if not places:
        return []
    first = places[0]
    if " " in first.zone.written:
        for place in places[1:]:
            if place.zone.key and place.zone.key == first.zone.key and " " not in place.zone.written:
                return [ZonePlace(zone=place.zone, line=first.line, source=first.source), *places[1:]]
    return places
