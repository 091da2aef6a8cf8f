"""Time zones as a timeline states them, and the clocks they mean where that is certain.

Read are UTC, GMT, an offset, an IANA name, a full name from the tables, and letters such as WAT: those of the file's own
zone, or those on which all places that use them agree on the day in question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from ..wrong import WrongValueError
from ..zones import fixed_offset, own_abbreviations, read_zone
from .words import folded, name_of, words

if TYPE_CHECKING:
    from datetime import date, tzinfo

_LETTERS = re.compile(r"[A-Z]{2,5}")
_OFFSET = re.compile(r"(?:UTC|GMT)?\s?([+−-])\s?(\d{1,2})(?::?([0-5]\d))?")
_UNIVERSAL = {"UTC", "GMT", "Z"}
_BEHIND_A_TIME = re.compile(
    r"(?P<zulu>Z)(?!\w)"
    r"|\s?(?P<open>[(\[])?(?:"
    r"(?P<offset>(?:UTC|GMT)\s?[+−-]\s?\d{1,2}(?::?[0-5]\d)?|\+\d\d:?[0-5]\d)(?![\d:])"
    r"|(?P<place>[A-Z][A-Za-z]+(?:/[A-Za-z_+-]+)+)"
    r"|(?P<letters>[A-Z]{2,5})(?![\w/'’.&-])"
    r"|(?P<name>[^\W\d_][^\n()\[\],:;–—-]{2,60})"
    r")(?(open)[)\]])"
)
_END_OF_ZONE = re.compile(r"[*_]*\s*(?:$|[—–\n]|-\s)")
_NAME_OF_A_ZONE = re.compile(r"(?:[A-Z][\w.]*\s){1,4}[Tt]ime(?!\w)")
_MOST_WORDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedZone:
    """A zone as an author wrote it."""

    written: str
    clocks: tzinfo | None
    """None where the words look like a zone, and which one is not certain."""
    end: int = 0
    """The index behind it."""

    @property
    def letters(self) -> str:
        """The letters it is written with, such as CEST; empty for other names."""
        return self.written if _LETTERS.fullmatch(self.written) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneNames:
    """Reads the names of zones in a file whose own zone is `zone`, for times around the day `on`."""

    zone: ZoneInfo
    on: date

    def behind_a_time(self, text: str, start: int) -> StatedZone | None:
        """The zone that stands in `text`, which is aligned, right behind a time; None where other words do."""
        found = _BEHIND_A_TIME.match(text, start)
        if found is None:
            return None
        if found["name"]:
            return self._full_name(text, found)
        written = found["zulu"] or found["offset"] or found["place"] or found["letters"]
        clocks = self.clocks(written)
        apart = found["open"] or _END_OF_ZONE.match(text, found.end())
        if clocks is None and not (apart or (found["letters"] and written in _zones_by_letters(self.on.year))):
            return None  # `14:30 API errors`, `14:30 and/or`
        return StatedZone(written=written, clocks=clocks, end=found.end())

    def stated(self, written: str) -> StatedZone | None:
        """The zone that `written` as a whole names; None where it does not look like one."""
        written = written.strip(" .*_")
        clocks = self.clocks(written)
        if clocks is None and not (_LETTERS.fullmatch(written) or _NAME_OF_A_ZONE.fullmatch(written)):
            return None
        return StatedZone(written=written, clocks=clocks)

    def clocks(self, name: str) -> tzinfo | None:
        """The clocks that `name` means; None where that is not certain."""
        if name in _UNIVERSAL:
            return UTC
        if offset := _OFFSET.fullmatch(name):
            return fixed_offset(offset[1].replace("−", "-"), offset[2], offset[3])
        if _LETTERS.fullmatch(name):
            return self._clocks_by_letters(name)
        if known := words().zones.get(name_of(name)):
            return UTC if known == "UTC" else ZoneInfo(known)
        try:
            return read_zone(name) if "/" in name else None
        except WrongValueError:
            return None

    def _clocks_by_letters(self, letters: str) -> tzinfo | None:
        if letters in own_abbreviations(self.zone, self.on.year):
            return self.zone
        places = [ZoneInfo(place) for place in _zones_by_letters(self.on.year).get(letters, ())]
        noon = datetime(self.on.year, self.on.month, self.on.day, 12)  # noqa: DTZ001  wall time, read in each place
        agreed = {noon.replace(tzinfo=place).utcoffset() for place in places}
        return places[0] if len(agreed) == 1 else None

    def _full_name(self, text: str, found: re.Match[str]) -> StatedZone | None:
        parts = list(re.finditer(r"\S+", found["name"]))[:_MOST_WORDS]
        for last in reversed(parts):
            end = found.start("name") + last.end()
            written = text[found.start("name") : end]
            closing = re.match(r"\s*[)\]]", text[end:]) if found["open"] else None
            if found["open"] and not closing:
                continue
            after = end + closing.end() if closing else end
            if name_of(written) in words().zones:
                return StatedZone(written=written, clocks=self.clocks(written), end=after)
            if _NAME_OF_A_ZONE.fullmatch(written) and (closing or _END_OF_ZONE.match(text, after)):
                return StatedZone(written=written, clocks=None, end=after)
        return None


@lru_cache(maxsize=4)
def _zones_by_letters(year: int) -> dict[str, tuple[str, ...]]:
    """The IANA zones by the letters that their clocks use at some time of `year`; those of UTC itself aside."""
    found: dict[str, set[str]] = {}
    for name in sorted(available_timezones()):
        if name.startswith("Etc/") or "/" not in name:
            continue
        zone = ZoneInfo(name)
        for month in range(1, 13):
            letters = datetime(year, month, 1, 12, tzinfo=zone).tzname()
            if letters and _LETTERS.fullmatch(letters) and letters not in _UNIVERSAL:
                found.setdefault(letters, set()).add(name)
    return {letters: tuple(sorted(names)) for letters, names in found.items()}


def _split(template: str, placeholder: str) -> tuple[str, str]:
    before, _, after = template.partition(placeholder)
    return before, after


def zone_phrase(line: str) -> str | None:
    """The words that stand for the zone in a line such as `All times are in UTC.`; None for other lines."""
    plain = " ".join(line.strip(" \t\n.*_。").split())
    lowered = folded(plain)
    if len(lowered) != len(plain):  # a character that folds to two: no index would fit
        plain = lowered
    for template in words().all_times:
        before, after = _split(template, "{zone}")
        if lowered.startswith(before) and lowered.endswith(after) and len(lowered) > len(before) + len(after):
            return plain[len(before) : len(plain) - len(after)].strip()
    return None
