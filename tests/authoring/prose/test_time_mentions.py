"""Times, days and zones as people type them."""

from __future__ import annotations

import pytest

from mkdocs_incidents.authoring.prose.time_mentions import leading_time


@pytest.mark.parametrize(
    ("text", "clock", "rest"),
    [
        ("10:00 AM - disk full", "10:00", "disk full"),
        ("2.30 PM: disk full", "14:30", "disk full"),
        ("15.25 PST - disk full", "15:25", "disk full"),
        ("14:15pm: disk full", "14:15", "disk full"),
        ("03:26pm: disk full", "15:26", "disk full"),
        ("6 PM – disk full", "18:00", "disk full"),
        ("12:10 AM disk full", "00:10", "disk full"),
        ("12 noon - disk full", "12:00", "disk full"),
        ("Midnight: disk full", "00:00", "disk full"),
        ("1430hrs - disk full", "14:30", "disk full"),
        ("10h05 - disk full", "10:05", "disk full"),
        ("[10:05 UTC] disk full", "10:05", "disk full"),
        ("At 3:15 PM Eastern time, disk full", "15:15", "disk full"),
        ("13:15 PST 29 april 2022 - disk full", "13:15", "disk full"),
        ("2021-07-04T10:00:00Z disk full", "10:00", "disk full"),
        ("20:00 on 3 March 2020: disk full", "20:00", "disk full"),
        ("10:00 – 10:30 AM disk full", "10:00", "disk full"),
        ("1O:05 disk full", "10:05", "disk full"),
        ("Monday 10:05 disk full", "10:05", "disk full"),
    ],
)
def test_a_line_begins_with_a_time(text: str, clock: str, rest: str) -> None:
    found = leading_time(text)
    assert found is not None
    assert (str(found.mention.clock), found.rest) == (clock, rest)


@pytest.mark.parametrize(
    "text",
    [
        "10 servers went down",
        "1.5 million users",
        "v2.10.1 released",
        "T+10 alarm",
        "we saw it at 10:00",
        "3:1 odds",
        "25:00 x",
        "nothing",
    ],
)
def test_a_line_that_begins_with_something_else_has_no_head(text: str) -> None:
    assert leading_time(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("January 23, 2021", (2021, 1, 23)),
        ("January23, 2021", (2021, 1, 23)),
        ("03, 14, 2024", (2024, 3, 14)),
        ("06/May/2022", (2022, 5, 6)),
        ("2019-1-17", (2019, 1, 17)),
        ("27-05-2025", (2025, 5, 27)),
        ("5/27/2025", (2025, 5, 27)),
        ("the 11th of June, 2O23", (2023, 6, 11)),
        ("June 11", (None, 6, 11)),
    ],
)
def test_a_day_is_read_however_it_is_written(text: str, day: tuple[int | None, int, int]) -> None:
    found = leading_time(text.removeprefix("the "))
    assert found is not None
    assert found.mention.day is not None
    assert (found.mention.day.year, found.mention.day.month, found.mention.day.day) == day


@pytest.mark.parametrize(
    ("text", "written", "key"),
    [
        ("10:00 (GMT+3)", "GMT+3", "Etc/GMT-3"),
        ("10:00 WAT", "WAT", "Africa/Lagos"),
        ("10:00 pst", "PST", "America/Los_Angeles"),
        ("10:00 PST/PDT", "PST/PDT", "America/Los_Angeles"),
        ("10:00 Grenwich Mean Time", "GMT", "GMT"),
        ("10:00 East Africa Time", "East Africa Time", "Africa/Nairobi"),
        ("10:00 Pacific Standard Time (PST)", "PST", "America/Los_Angeles"),
        ("10:00 CST", "CST", None),
        ("10:00 IST", "IST", None),
    ],
)
def test_a_zone_keeps_its_written_name_and_ambiguous_letters_mean_no_clocks(
    text: str, written: str, key: str | None
) -> None:
    found = leading_time(text)
    assert found is not None
    assert found.mention.zone is not None
    assert (found.mention.zone.written, found.mention.zone.key) == (written, key)
