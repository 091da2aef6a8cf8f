"""Which zone the times of a document are in, and which other zones it names."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from ...prose.time_mentions import tokens
from ...prose.timeline import ZonePlace, announced_zones
from ...prose.zones import WrittenZone, city_zone
from ..protocol import FactSureness, Inference

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...prose.document_parts import DocumentParts
    from ...prose.sentences import Sentence
    from ...prose.timeline import FoundTimeline
    from .stated_times import StatedSpan

_CLOSE = 4
"""Characters between a time and its zone."""
_CITY = re.compile(r"\(?([A-Z][a-z]{2,20})\b")


def zone_places(
    parts: DocumentParts, timeline: FoundTimeline, stated: StatedSpan, found: Sequence[Sentence]
) -> list[ZonePlace]:
    """Every zone the document names for its times, the most reliable first."""
    places: list[ZonePlace] = []
    for mention, line in ((stated.start, stated.start_line), (stated.end, stated.end_line)):
        if mention and mention.zone:
            places.append(ZonePlace(zone=mention.zone, line=line, source="beside its beginning or end"))
    places += announced_zones(parts)
    counted = Counter(entry.zone.written for entry in timeline.entries if entry.zone)
    for written, _ in counted.most_common():
        entry = next(entry for entry in timeline.entries if entry.zone and entry.zone.written == written)
        if entry.zone:
            places.append(ZonePlace(zone=entry.zone, line=entry.line, source="an entry of the timeline"))
    if not counted:
        places += _city_of(timeline)
    places += _in_prose(found)
    return _best_first(places)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundZone:
    """The zone in which the times are read."""

    zone: WrittenZone | None
    inferences: tuple[Inference, ...] = ()
    warnings: tuple[str, ...] = ()


def zone_in_use(places: Sequence[ZonePlace]) -> FoundZone:
    """The zone beside the beginning, else of the timeline; other clocks in the same document become warnings."""
    if not places:
        return FoundZone(zone=None)
    first = places[0]
    zone, reason, sure = first.zone, first.source, FactSureness.STATED
    if not zone.certain:
        reason += "; used for different clocks" if zone.others else "; its offset is not known"
        sure = FactSureness.UNSURE
    elif zone.key and zone.key.casefold() != zone.written.casefold():
        reason += f"; read as the clocks of {zone.key}"
        sure = FactSureness.LIKELY if zone.others else sure
    inference = Inference(fact="timezone", value=zone.written, line=first.line, sureness=sure, reason=reason)
    return FoundZone(zone=zone, inferences=(inference,), warnings=tuple(_other_zones(places, first)))


def _other_zones(places: Sequence[ZonePlace], first: ZonePlace) -> Iterator[str]:
    seen = {first.zone.written.casefold()}
    in_winter = datetime(2024, 1, 15, 12)  # noqa: DTZ001  a local time, to compare clocks at
    for place in places:
        name = place.zone.written.casefold()
        if name in seen or place.zone.same_clocks(first.zone, in_winter):
            continue
        seen.add(name)
        yield f"two zones: line {first.line} says {first.zone.written}, line {place.line} says {place.zone.written}"
