"""Time zones as people write them, and the clocks they stand for where that is certain."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from difflib import get_close_matches
from zoneinfo import ZoneInfo

from mkdocs_incidents.content.format.zones import USED_BY, abbreviation_of, fixed_offset, read_zone, zone_called

# Used on more than one continent with different clocks: kept as text, never read as an offset.
_AMBIGUOUS = {"CST", "IST", "AST", "AMT", "GST", "SST"}
_UNKNOWN = ("AST", "ADT", "AMT", "ART", "BRT", "CLT", "COT", "GST", "ICT", "MYT", "NPT", "PHT", "SGT", "SST", "TRT")
_SEASONLESS = ("PT", "ET", "CT", "MT")
_ABBREVIATIONS = sorted({*USED_BY, *_UNKNOWN, *_SEASONLESS}, key=len, reverse=True)
_LETTERS = "|".join([*_ABBREVIATIONS, *(name.lower() for name in (*USED_BY, *_UNKNOWN))])
_WORDS = (
    r"(?:(?:West|East|Central|South|North|W\.|E\.)(?:ern)?\s){0,2}"
    r"(?:Africa|African|Europe|European|Pacific|Eastern|Western|Mountain|Central|Atlantic|Indian?|British|Japan"
    r"|Australia|"
    r"Australian|Arabian?|Nigerian?|Lagos|Kenyan?|Ghana|Egypt|Israel|Singapore|China|Brasilia|US|"
    r"Co-?ordinated\sUniversal|Universal|Gre\w{2,8})"
    r"(?:\s(?:Eastern|Central|Western|Coast))?(?:\s(?:Standard|Mean|Meridian|Daylight|Summer))?\s[Tt]ime(?:\s?zone)?"
)
ZONE = re.compile(
    r"(?<![\w./#@-])(?:"
    r"(?P<offset>(?:UTC|GMT|utc|gmt)\s?[+−-]\s?\d{1,2}(?::?[0-5]\d)?)(?!\d)"
    r"|(?P<place>(?:Africa|America|Antarctica|Asia|Atlantic|Australia|Etc|Europe|Indian|Pacific"
    r"|US)/[A-Za-z_]{2,30}(?:/[A-Za-z_]{2,30})?)"
    r"|(?P<universal>(?:UTC|GMT|utc|gmt|Utc|Gmt)\b(?!/))"
    rf"|(?P<abbreviation>(?:{_LETTERS})\b(?:/[A-Z]{{2,4}}\b)?(?![/'’-]))|(?P<words>{_WORDS})\b"
    r"|(?<=[AaPp][Mm]\s)(?P<region>Pacific|Eastern|Central|Mountain)\b"
    r"|(?P<bare>[+-](?:0\d|1[0-4]):?(?:00|30|45))(?!\d)|(?P<zulu>(?<=\d)Z\b))|(?<=\d)(?P<glued_zulu>Z)\b"
    r"|(?<=\d)(?P<glued>[+-](?:0\d|1[0-4]):?(?:00|30|45))(?!\d)"
    r"|(?<=\d)(?P<glued_name>UTC|GMT|PST|CET|WAT)\b"
)
_CITIES = re.compile(r"\b([A-Z][a-z]{2,20}(?:[ _][A-Z][a-z]{2,20})?) (?:[Ll]ocal )?[Tt]ime\b")
_ZONES_IN_WORDS = {
    "greenwich": "GMT",
    "co ordinated universal": "UTC",
    "coordinated universal": "UTC",
    "universal": "UTC",
    "ghana": "GMT",
    "west central africa": "WAT",
    "w central africa": "WAT",
    "nigeria": "WAT",
    "nigerian": "WAT",
    "lagos": "WAT",
    "kenya": "EAT",
    "kenyan": "EAT",
    "e africa": "EAT",
    "us pacific": "PT",
    "us eastern": "ET",
    "us central": "CT",
    "us mountain": "MT",
    "central europe": "CET",
    "india": "IST",
    "us": "",
}
_OFFSET = re.compile(r"(?:UTC|GMT)?\s?([+−-])\s?(\d{1,2})(?::?(\d\d))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenZone:
    """A zone as the author wrote it; the clocks it means, where that is certain enough to count with."""

    written: str
    key: str | None = None
    """The IANA zone whose clocks are meant; None where nobody can tell."""
    others: tuple[str, ...] = ()
    """Other IANA zones the same letters are used for."""
    fixed: tzinfo | None = None
    """An offset that is the same all year."""

    @property
    def certain(self) -> bool:
        """Whether instants can be computed with it."""
        return self.key is not None or self.fixed is not None

    def clocks(self) -> tzinfo | None:
        """What to compute with."""
        return ZoneInfo(self.key) if self.key else self.fixed

    def same_clocks(self, other: WrittenZone, at: datetime) -> bool:
        """Whether both show the same time at the local time `at`; unknown zones are compared by name."""
        mine, theirs = self.clocks(), other.clocks()
        if mine is None or theirs is None:
            return self.written.casefold() == other.written.casefold()
        return at.replace(tzinfo=mine).utcoffset() == at.replace(tzinfo=theirs).utcoffset()


def zone_of(found: re.Match[str]) -> WrittenZone | None:
    """The zone a match of `ZONE` names; None for words that only look like one."""
    written = " ".join(found[0].split())
    if found["zulu"] or found["glued_zulu"] or found["universal"] or found["glued_name"] in {"UTC", "GMT"}:
        return universal(written)
    if found["offset"] or found["bare"] or found["glued"]:
        return offset_zone(written)
    if found["place"]:
        return named_place(written)
    if found["words"]:
        return zone_in_words(written)
    if found["region"]:
        zone = zone_in_words(f"{written} Time")
        return replace(zone, written=written) if zone else None
    return abbreviated(written)


def universal(written: str) -> WrittenZone:
    """UTC or GMT, as the author calls it."""
    name = "GMT" if written.upper() == "GMT" else "UTC"
    return WrittenZone(written=written.upper() if written != "Z" else "UTC", key=name, fixed=UTC)


def abbreviated(written: str) -> WrittenZone:
    """WAT, PST, CST: the best known place that uses it, unless it means different clocks on different continents."""
    letters = written.upper()
    name = letters.partition("/")[0]
    name = abbreviation_of(name.lower()) or name
    if letters in {"CT", "CST"}:
        return WrittenZone(written=letters, others=USED_BY["CST"])
    zones = USED_BY.get(name, ())
    if name in _AMBIGUOUS or not zones:
        return WrittenZone(written=letters, others=zones)
    return WrittenZone(written=letters, key=zones[0], others=zones[1:])


def named_place(written: str) -> WrittenZone | None:
    """An IANA zone; None where there is no such place."""
    try:
        return WrittenZone(written=written, key=read_zone(written).key)
    except ValueError:
        return None


def zone_in_words(written: str) -> WrittenZone | None:
    """`West African Time`, `Pacific Time`, and Greenwich however it is spelt."""
    name = re.sub(r"\s*[Tt]ime\s?[Zz]one$", "", written)
    words = re.sub(r"\s*(?:(?:standard|mean|meridian|daylight|summer)\s*)?(?:time\s*(?:zone)?)?$", "", name.casefold())
    words = re.sub(r"[^a-z]+", " ", words).strip()
    if words.startswith("gre"):
        if not get_close_matches(words, ["greenwich"], cutoff=0.7):
            return None
        return WrittenZone(written="GMT", key="GMT", fixed=UTC)
    letters = _ZONES_IN_WORDS.get(words) or abbreviation_of(words.replace(" ", "_"))
    if letters in {"UTC", "GMT"}:
        return WrittenZone(written=letters, key=letters, fixed=UTC)
    if not letters:
        return WrittenZone(written=name) if len(words.split()) > 1 else None
    known = abbreviated(letters)
    return WrittenZone(written=name, key=known.key, others=known.others)


def offset_zone(written: str) -> WrittenZone | None:
    """`+01:00`, `UTC-5`; None for offsets no place on earth uses."""
    found = _OFFSET.fullmatch(written)
    offset = fixed_offset(found[1].replace("−", "-"), found[2], found[3]) if found else None
    if offset is None:
        return None
    hours = (offset.utcoffset(None) or timedelta()) / timedelta(hours=1)
    key = f"Etc/GMT{-int(hours):+d}" if hours == int(hours) and hours else None
    return WrittenZone(written=written, key=key, fixed=offset)


def city_zone(text: str) -> WrittenZone | None:
    """The zone of `16:37 Denver time` or `all times are Denver time`: a city of the zone data."""
    for found in _CITIES.finditer(text):
        for region in ("America", "Europe", "Africa", "Asia", "Australia", "Pacific"):
            if zone := named_place(f"{region}/{found[1].replace(' ', '_')}"):
                return WrittenZone(written=found[1], key=zone.key)
    return None


_REGION = re.compile(
    r"\btimes?\b[^.\d]{0,20}?\b(Pacific|Eastern|Central|Mountain|Greenwich|(?:West|East|Central|South) Africa(?:n)?)\b",
    re.IGNORECASE,
)
_LONGEST = 400


def zone_named_in(text: str) -> WrittenZone | None:
    """The first zone a heading or a sentence about all times names: `Timeline (all West African Time)`."""
    text = text[:_LONGEST]
    for found in ZONE.finditer(text):
        if zone := zone_of(found):
            return zone
    if city := city_zone(text):
        return city
    if (words := _REGION.search(text)) and (zone := zone_in_words(f"{words[1]} Time")):
        return WrittenZone(written=words[1], key=zone.key, others=zone.others, fixed=zone.fixed)
    return None


_ALL_TIMES = re.compile(
    r"\b(?:all (?:the )?(?:times?|events|timestamps|dates)|times? (?:are|is|shown|given|listed|in)"
    r"|time\s?zones?|timestamps|documented in|tz)\b",
    re.IGNORECASE,
)


def is_about_all_times(text: str) -> bool:
    """Whether a line is about all times of what follows: `All times are in UTC`, `Timezone: PST`."""
    return _ALL_TIMES.search(text[:_LONGEST]) is not None


def clocks_meant(written: WrittenZone, zone: ZoneInfo, year: int) -> tzinfo | None:
    """The clocks that a zone means in a file whose own is `zone`; None where that is not certain enough for instants.

    Letters such as PST are used for several clocks: they are read where they are of the file's own zone, or where all
    places that use them have the same clocks all year.
    """
    if written.key in {written.written, zone.key} and written.key is not None:
        return ZoneInfo(written.key)
    if called := zone_called(written.written, zone, year):
        return called
    places = USED_BY.get(abbreviation_of(written.written) or "", ())
    return ZoneInfo(places[0]) if places and len({_clocks_of(place, year) for place in places}) == 1 else None


def _clocks_of(place: str, year: int) -> tuple[timedelta | None, ...]:
    return tuple(datetime(year, month, 15, tzinfo=ZoneInfo(place)).utcoffset() for month in range(1, 13))
