from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_incidents.model import Interval
from mkdocs_incidents.present.drawings.axis import Axis, spread
from tests.makers import at, span

UTC = ZoneInfo("UTC")
MINUTE = timedelta(minutes=1)
HOUR = span("2026-04-06 14:00", "2026-04-06 15:00")


def axis(*affected: Interval, also: tuple[datetime, ...] = ()) -> Axis:
    instants = [edge for interval in affected for edge in (interval.start, interval.end)]
    return Axis([*instants, *also], affected, top=0, bottom=10)


def clocks(drawn: Axis, zone: str = "UTC", apart: float = 0.1) -> list[str]:
    return [f"{mark.astimezone(ZoneInfo(zone)):%d %H:%M}" for mark in drawn.marks(ZoneInfo(zone), apart)]


def test_affected_time_is_to_scale() -> None:
    drawn = axis(HOUR, also=(at("2026-04-06 13:30"),))
    assert drawn.place(at("2026-04-06 13:30")) == 0
    assert drawn.place(at("2026-04-06 14:30")) == pytest.approx(20 / 3)
    assert drawn.breaks() == ()


def test_a_cause_of_a_month_before_leaves_the_outage_visible() -> None:
    drawn = axis(HOUR, also=(at("2026-03-06 14:00"),))
    ((start, end),) = drawn.breaks()
    assert start == 0
    assert end == pytest.approx(drawn.place(HOUR.start))
    assert drawn.place(HOUR.end) - drawn.place(HOUR.start) > 7


def test_hours_between_two_affected_intervals_are_compressed() -> None:
    drawn = axis(HOUR, span("2026-04-06 22:00", "2026-04-06 23:00"))
    assert len(drawn.breaks()) == 1
    assert clocks(drawn) == ["06 14:00", "06 14:30", "06 15:00", "06 22:00", "06 22:30", "06 23:00"]


def test_the_same_instant_twice_is_an_axis_of_a_minute() -> None:
    noon = at("2026-04-06 12:00")
    assert Axis([noon, noon], (), top=0, bottom=10).place(noon) == 0


def test_marks_are_round_local_times_also_at_a_clock_change() -> None:
    night = span("2026-03-28 23:00", "2026-03-29 05:00")
    assert [clock[3:5] for clock in clocks(axis(night), "Europe/Paris")] == ["00", "01", "03", "04", "05", "06", "07"]
    skipped = span("2026-10-03 13:30", "2026-10-03 19:00")
    assert [clock[3:] for clock in clocks(axis(skipped), "Australia/Lord_Howe")] == [
        "00:00", "01:00", "03:00", "04:00", "05:00", "06:00",
    ]  # fmt: skip
    half = span("2026-04-06 14:00", "2026-04-06 20:00")
    assert clocks(axis(half), "Asia/Kathmandu")[0] == "06 20:00"


@given(st.integers(0, 4 * 24 * 60), st.sampled_from(["UTC", "Europe/Paris", "Australia/Lord_Howe", "Asia/Kolkata"]))
def test_an_hour_has_a_mark_every_ten_minutes(minutes: int, name: str) -> None:
    begin, zone = at("2026-10-23 00:00") + minutes * MINUTE, ZoneInfo(name)
    every_minute = [(begin + number * MINUTE).astimezone(zone) for number in range(61)]
    if len({(local.utcoffset(), local.fold) for local in every_minute}) == 1 and not begin.astimezone(zone).fold:
        marks = axis(Interval(begin, begin + 60 * MINUTE)).marks(zone, apart=0)
        # As numbers: instants of two zones are never equal where a clock shows the same time twice (PEP 495).
        assert [mark.timestamp() for mark in marks] == [
            local.timestamp() for local in every_minute if local.minute % 10 == 0
        ]


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=20, unique=True).map(sorted))
def test_places_keep_the_order_of_time(minutes: list[int]) -> None:
    instants = [HOUR.start + timedelta(minutes=minute - 2500) for minute in minutes]
    drawn = axis(HOUR, also=tuple(instants))
    places = [drawn.place(instant) for instant in instants]
    assert places == sorted(places)
    assert all(0 <= place <= 10 for place in places)


@given(st.lists(st.floats(0, 20), max_size=12).map(sorted))
def test_rows_never_touch_and_stay_within(wanted: list[float]) -> None:
    found = spread(wanted, 1, top=0, bottom=20)
    assert all(after - before >= 1 - 1e-9 for before, after in pairwise(found))
    assert all(-1e-9 <= place <= 20 + 1e-9 for place in found)


def test_a_row_with_room_has_its_wanted_place() -> None:
    assert spread([0, 5, 9], 1, top=0, bottom=10) == (0, 5, 9)


def test_rows_that_would_overlap_move_to_both_sides() -> None:
    assert spread([5, 5, 5], 1, top=0, bottom=10) == (4, 5, 6)
