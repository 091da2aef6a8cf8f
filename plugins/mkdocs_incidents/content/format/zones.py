"""Time zones by the names people give them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from ..problems import WrongValueError
from ..suggestions import nearest, plain, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+\-]*(?:/[A-Za-z0-9_+\-]+)*", re.ASCII)
_OF_THE_MACHINE = ("localtime", "posixrules", "Factory", "posix", "right", "build", "leapseconds")
_OFFSET_NAME = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?", re.ASCII | re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_ABBREVIATION = re.compile(r"(?!GMT)[A-Z]{2,3}T(?![a-z])")
_FARTHEST = timedelta(hours=14)
_A_YEAR = 2025
"""In which zones are compared."""
_MOST_PLACES = 3

# Abbreviation → the IANA zones that use it, best known first. They are ambiguous (CST, IST) and change with
# the season, so they are never read as zones, only explained. A test holds them against the zone data.
USED_BY = {
    "WAT": ("Africa/Lagos", "Africa/Kinshasa", "Africa/Luanda"),
    "CAT": ("Africa/Maputo", "Africa/Harare", "Africa/Lusaka"),
    "SAST": ("Africa/Johannesburg",),
    "EAT": ("Africa/Nairobi", "Africa/Addis_Ababa"),
    "WET": ("Europe/Lisbon",),
    "WEST": ("Europe/Lisbon",),
    "BST": ("Europe/London",),
    "CET": ("Europe/Paris", "Europe/Berlin", "Europe/Madrid"),
    "CEST": ("Europe/Paris", "Europe/Berlin", "Europe/Madrid"),
    "EET": ("Europe/Athens", "Europe/Helsinki", "Africa/Cairo"),
    "EEST": ("Europe/Athens", "Europe/Helsinki", "Africa/Cairo"),
    "MSK": ("Europe/Moscow",),
    "PST": ("America/Los_Angeles", "America/Tijuana", "Asia/Manila"),
    "PDT": ("America/Los_Angeles", "America/Tijuana"),
    "MST": ("America/Denver", "America/Phoenix"),
    "MDT": ("America/Denver",),
    "CST": ("America/Chicago", "America/Mexico_City", "Asia/Shanghai"),
    "CDT": ("America/Chicago",),
    "EST": ("America/New_York", "America/Toronto", "America/Panama"),
    "EDT": ("America/New_York", "America/Toronto"),
    "AKST": ("America/Anchorage",),
    "AKDT": ("America/Anchorage",),
    "HST": ("Pacific/Honolulu",),
    "IST": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "PKT": ("Asia/Karachi",),
    "JST": ("Asia/Tokyo",),
    "KST": ("Asia/Seoul",),
    "HKT": ("Asia/Hong_Kong",),
    "WIB": ("Asia/Jakarta",),
    "AEST": ("Australia/Sydney", "Australia/Brisbane"),
    "AEDT": ("Australia/Sydney", "Australia/Melbourne"),
    "AWST": ("Australia/Perth",),
    "NZST": ("Pacific/Auckland",),
    "NZDT": ("Pacific/Auckland",),
}
# Without a season, so in no zone's data: what people call the zones of a country.
_NAMES_WITHOUT_SEASON = {
    "pt": "PST",
    "mt": "MST",
    "ct": "CST",
    "et": "EST",
    "pacific": "PST",
    "mountain": "MST",
    "central": "CST",
    "eastern": "EST",
    "west_african": "WAT",
    "west_africa": "WAT",
    "central_african": "CAT",
    "central_africa": "CAT",
    "east_african": "EAT",
    "east_africa": "EAT",
    "south_african": "SAST",
    "central_european": "CET",
    "eastern_european": "EET",
    "western_european": "WET",
    "british": "BST",
    "indian": "IST",
    "japan": "JST",
}
_SEASON = re.compile(r"_?(?:standard|daylight|summer)?_?time$")


def abbreviation_of(words: str) -> str | None:
    """The abbreviation behind a zone in words (`West African Time` → `WAT`); None for what names none we know."""
    word = words.strip().upper()
    return word if word in USED_BY else _NAMES_WITHOUT_SEASON.get(_SEASON.sub("", plain(words)))


def read_zone(name: str) -> ZoneInfo:
    """The zone of the place called `name` in the IANA time zone database, or UTC.

    Raises:
        WrongValueError: there is none, or it is an abbreviation or an offset; the hint has a name to write.
    """
    zone = iana_zone(name)
    if _is_no_place(zone):
        what = "an offset" if _DIGIT.search(name) and not _ABBREVIATION.match(name) else "an abbreviation"
        message = f"{quoted(name)} is {what}, which does not say whether clocks change in summer"
        raise WrongValueError("unknown-timezone", message, _hint_of_places(zone))
    return zone


def iana_zone(name: str) -> ZoneInfo:
    """The zone called `name` in the IANA time zone database, abbreviations such as EST and offsets included.

    Raises:
        WrongValueError: there is none; the hint has the nearest name.
    """
    if _NAME.fullmatch(name) and name.split("/", maxsplit=1)[0] not in _OF_THE_MACHINE:
        try:
            zone = ZoneInfo(name)
        except (LookupError, ValueError, OSError):  # a folder of the zone data raises IsADirectoryError
            pass
        else:
            if name in _all_names() or not _all_names():  # refuses other cases on file systems that ignore case
                return zone
    raise WrongValueError("unknown-timezone", f"{quoted(name)} is not a time zone", _zone_hint(name))


def _is_no_place(zone: ZoneInfo) -> bool:
    """Whether a zone is named by letters or by an offset, and is not UTC: EST, CET, EST5EDT, Etc/GMT+5.

    Such names mean one offset in every season, or the clocks of some place, depending on the version of the database.
    """
    area, _, name = zone.key.rpartition("/")
    if area not in {"", "Etc"} or not any(_offsets(zone)):
        return False
    return _DIGIT.search(name) is not None or _ABBREVIATION.fullmatch(name) is not None


def _offsets(zone: ZoneInfo) -> tuple[timedelta | None, ...]:
    """The offsets of its clocks in winter and in summer."""
    return tuple(datetime(_A_YEAR, month, 1, tzinfo=zone).utcoffset() for month in (1, 7))


def _hint_of_places(zone: ZoneInfo) -> str:
    """The places that an abbreviation or an offset can mean: those with its letters, else those with its time."""
    letters = _ABBREVIATION.match(zone.key)
    places = USED_BY.get(letters[0], ()) if letters else ()
    return f"name a place that uses it: {_either(places)}" if places else _hint_of_offset(_offsets(zone)[0])


def _hint_of_offset(winter: timedelta | None) -> str:
    found = (names[0] for names in USED_BY.values() if _offsets(ZoneInfo(names[0]))[0] == winter)
    places = tuple(dict.fromkeys(found))[:_MOST_PLACES] or ("Africa/Lagos", "Europe/Paris")
    return f"name a place, such as {_either(places)}: its clocks may change in summer"


def _either(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


@cache
def _all_names() -> frozenset[str]:
    return frozenset(available_timezones())


def _zone_hint(name: str) -> str:
    if abbreviation := abbreviation_of(name):
        return f"name a place that uses it: {_either(USED_BY[abbreviation])}"
    names = sorted(_all_names().difference(_OF_THE_MACHINE))
    if offset := _OFFSET_NAME.fullmatch(name):
        fixed = fixed_offset(*offset.groups())
        return _hint_of_offset(fixed.utcoffset(None) if fixed else None)
    is_region = any(zone.startswith(f"{name}/") for zone in names)
    cities = {zone.rsplit("/", 1)[-1]: zone for zone in reversed(names)}
    city = nearest(name.rsplit("/", 1)[-1], cities)
    if city and not is_region and ("/" not in name or nearest(name, names) is None):
        return f"write {cities[city]}"
    if not is_region and (best := nearest(name, names)):
        return f"write {best}"
    return "write the name of a zone, such as Africa/Lagos, Europe/Paris or UTC"


@lru_cache(maxsize=512)
def own_abbreviations(zone: ZoneInfo, year: int) -> frozenset[str]:
    """What clocks in `zone` call themselves through `year`, in upper case: {CET, CEST}."""
    moments = (datetime(year, month, 1, 12, tzinfo=zone).tzname() for month in (1, 4, 7, 10))
    return frozenset(name.upper() for name in moments if name and name[0].isalpha())


def zone_called(words: str, zone: ZoneInfo, year: int) -> tzinfo | None:
    """The zone `words` name behind a time in a text whose own zone is `zone`; None where that is not certain.

    CET in June is read as the clock on the wall: people seldom change the letters with the season.
    """
    name = words.strip().upper()
    if name in {"UTC", "GMT", "Z"}:
        return UTC
    own = own_abbreviations(zone, year)
    if name in own or name in {"LOCAL", "LOCAL TIME", zone.key.upper()} or abbreviation_of(words) in own:
        return zone
    if offset := _OFFSET_NAME.fullmatch(name):
        return fixed_offset(*offset.groups())
    return None


def fixed_offset(sign: str, hours: str, minutes: str | None) -> timezone | None:
    """`+`, `01`, `30` as a zone; None for offsets no place on earth uses."""
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
    if offset > _FARTHEST or int(minutes or 0) > 59:  # noqa: PLR2004  minutes of an hour
        return None
    return timezone(-offset if sign == "-" else offset)
