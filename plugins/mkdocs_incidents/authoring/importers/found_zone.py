"""The zone in which the times of a document are read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from .report import Inference, Sureness

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..prose.zones import WrittenZone
    from .zone_of_document import ZonePlace


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundZone:
    """The zone in which the times are read."""

    zone: WrittenZone | None
    inferences: tuple[Inference, ...] = ()
    warnings: tuple[str, ...] = ()


def zone_in_use(places: Sequence[ZonePlace]) -> FoundZone:
    """The zone beside the beginning, else of the timeline; other clocks in the same document are told."""
    if not places:
        return FoundZone(zone=None)
    first = places[0]
    zone, reason, sure = first.zone, first.source, Sureness.STATED
    if not zone.certain:
        reason += "; used for different clocks" if zone.others else "; its offset is not known"
        sure = Sureness.UNSURE
    elif zone.key and zone.key.casefold() != zone.written.casefold():
        reason += f"; read as the clocks of {zone.key}"
        sure = Sureness.LIKELY if zone.others else sure
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
