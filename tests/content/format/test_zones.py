"""Names of time zones: places and UTC are read, abbreviations and offsets are not."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_incidents.content.format.zones import read_zone
from mkdocs_incidents.content.problems import WrongValueError


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("EST", "America/New_York"),
        ("MST", "America/Denver"),
        ("HST", "Pacific/Honolulu"),
        ("CET", "Europe/Paris"),
        ("EET", "Europe/Athens"),
        ("WET", "Europe/Lisbon"),
        ("MET", "Europe/Paris"),
        ("EST5EDT", "America/New_York"),
        ("PST8PDT", "America/Los_Angeles"),
        ("Etc/GMT+5", "America/New_York"),
        ("Etc/GMT-9", "Asia/Tokyo"),
        ("GMT+1", "Africa/Lagos"),
        ("UTC+1", "Africa/Lagos"),
        ("UTC-5", "America/New_York"),
        ("+05:30", "Asia/Kolkata"),
        ("est", "America/New_York"),
    ],
)
def test_an_abbreviation_or_an_offset_is_refused_with_a_place_to_write(name: str, place: str) -> None:
    with pytest.raises(WrongValueError) as refused:
        read_zone(name)
    assert refused.value.code == "unknown-timezone"
    assert place in refused.value.hint


@pytest.mark.parametrize(
    "name", ["UTC", "GMT", "Etc/UTC", "Etc/GMT", "Zulu", "Africa/Lagos", "Japan", "GB", "NZ", "PRC"]
)
def test_a_place_and_utc_are_read(name: str) -> None:
    assert read_zone(name).key == name


@given(st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"})))
def test_what_is_read_of_the_database_is_utc_or_a_place_and_every_hint_can_be_obeyed(name: str) -> None:
    in_winter, in_summer = (datetime(2025, month, 1, tzinfo=ZoneInfo(name)).utcoffset() for month in (1, 7))
    try:
        read_zone(name)
    except WrongValueError as refused:
        assert "/" not in name.removeprefix("Etc/"), "a place is never refused"
        places = re.findall(r"[A-Z]\w+/\w+", refused.hint)
        assert places
        assert all(read_zone(place).key == place for place in places)
    else:
        nameless = re.search(r"\d", name) or re.fullmatch(r"[A-Z]{2,3}T", name) or name.startswith("Etc/")
        assert not nameless or (not in_winter and not in_summer)
