"""Zones that a document names for all its times: in the heading of its timeline, above a column, in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...model import SectionKind
from .zones import WrittenZone, is_about_all_times, zone_named_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .parts import DocumentParts

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
