"""Times of a timeline are on the day and in the half of the day that is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.content.folders import codes, entries

if TYPE_CHECKING:
    from tests.content.folders import Folder


def test_entries_may_say_how_long_after_the_beginning_they_were(folder: Folder) -> None:
    timeline = "- T-30 min — update pushed\n- T+0:05 — a\n- +1h 10m — b\n- T+90 — c\n"
    assert entries(folder, timeline) == [
        ("06-11 13:00", "update pushed"),
        ("06-11 13:35", "a"),
        ("06-11 14:40", "b"),
        ("06-11 15:00", "c"),
    ]
    assert codes(folder) == []


def test_a_time_without_am_or_pm_among_those_with_is_read_in_order_and_told(folder: Folder) -> None:
    timeline = "- 2:00 PM: a\n- 2:30: b\n- 2:31: c\n- 3:15 PM: d\n"
    assert [when for when, _ in entries(folder, timeline + "- 3:20 PM: e\n")] == [
        "06-11 13:00",
        "06-11 13:30",
        "06-11 13:31",
        "06-11 14:15",
        "06-11 14:20",
    ]
    (problem,) = folder.load().problems
    assert problem.code == "time-without-half"
    assert "2:30 PM" in problem.message


def test_times_of_a_clock_of_12_hours_are_read_where_the_incident_was(folder: Folder) -> None:
    assert [when for when, _ in entries(folder, "- 2:00 a\n- 2:30 b\n- 3:15 c\n")] == [
        "06-11 13:00",
        "06-11 13:30",
        "06-11 14:15",
    ]
    assert codes(folder) == ["time-without-half"]
    late = entries(folder, "- 11:16 a\n- 12:16 b\n- 1:52 c\n", started="2023-06-11 11:16")
    assert [when for when, _ in late] == ["06-11 10:16", "06-11 11:16", "06-11 12:52"]


def test_times_of_the_evening_before_are_of_the_evening_before(folder: Folder) -> None:
    timeline = "- 20:00 — deployed\n- 08:00 — it broke\n- 09:00 — it worked\n"
    assert [when for when, _ in entries(folder, timeline, started="2023-06-11 08:00")] == [
        "06-10 19:00",
        "06-11 07:00",
        "06-11 08:00",
    ]


def test_a_list_with_the_newest_entry_first_is_turned_round(folder: Folder) -> None:
    timeline = "- 23:10 — c\n- 14:40 — b\n- 14:30 — a\n"
    assert entries(folder, timeline) == [("06-11 13:30", "a"), ("06-11 13:40", "b"), ("06-11 22:10", "c")]
    assert codes(folder) == []


def test_a_time_that_lands_long_after_the_end_is_told(folder: Folder) -> None:
    folder.notice(
        "---\ntitle: X\ntimezone: Africa/Lagos\nimpact: minor\nstarted: 2023-06-11 14:30\n"
        "resolved: 2023-06-11 15:15\n---\n\n## Timeline\n\n- 14:30 — it broke\n- 04:31 — alarm\n"
    )
    (problem,) = [one for one in folder.load().problems if one.code == "timeline-day"]
    assert "13 hours after the end" in problem.message


def test_times_that_go_far_back_are_of_the_next_day(folder: Folder) -> None:
    timeline = "- 23:30 — a\n- 23:50 — b\n- 00:10 — c\n- 23:00 — d\n- 01:00 — e\n"
    assert entries(folder, timeline, started="2023-06-11 23:30") == [
        ("06-11 22:30", "a"),
        ("06-11 22:50", "b"),
        ("06-11 23:10", "c"),
        ("06-12 22:00", "d"),
        ("06-13 00:00", "e"),
    ]


def test_times_that_go_back_a_little_are_of_the_same_day(folder: Folder) -> None:
    assert entries(folder, "- 14:30 — a\n- 14:20 — b\n") == [("06-11 13:30", "a"), ("06-11 13:20", "b")]


@pytest.mark.parametrize(
    ("started", "first", "expected"),
    [
        ("2023-06-11 00:10", "23:50", "06-10 22:50"),
        ("2023-06-11 23:50", "00:05", "06-11 23:05"),
        ("2023-06-11 14:30", "09:00", "06-11 08:00"),
        ("2023-06-11 14:30", "02:00", "06-11 01:00"),
        ("2023-06-11 00:10", "18:00", "06-11 17:00"),
    ],
)
def test_the_first_entry_lies_near_the_start(folder: Folder, started: str, first: str, expected: str) -> None:
    assert entries(folder, f"- {first} — a\n", started=started) == [(expected, "a")]


def test_a_date_holds_until_the_next_one(folder: Folder) -> None:
    timeline = "- 2023-06-09 10:00 — a\n- 11:00 — b\n- 2023-06-12 09:00 — c\n- 09:30 — d\n"
    assert [when for when, _ in entries(folder, timeline)] == [
        "06-09 09:00",
        "06-09 10:00",
        "06-12 08:00",
        "06-12 08:30",
    ]


def test_a_time_that_clocks_show_twice_is_told_and_kept(folder: Folder) -> None:
    found = entries(folder, "- 02:30 — a\n", zone="Europe/Paris", started="2025-10-26 01:00")
    assert found == [("10-26 00:30", "a")]
    assert codes(folder) == ["timeline-clock-change"]


def test_a_heading_that_is_a_day_holds_for_the_entries_below(folder: Folder) -> None:
    timeline = "### Sunday, 11 June 2023\n\n- 14:30 — a\n\n### 2023-06-13\n\n- 15:00 — b\n- 16:00 — c\n"
    assert [when for when, _ in entries(folder, timeline)] == ["06-11 13:30", "06-13 14:00", "06-13 15:00"]
