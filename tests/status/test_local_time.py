"""Days of every zone, whatever its clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_incidents.status import Month, day_interval, day_of, day_start, month_interval
from tests.makers import at

ZONES = (
    "Africa/Cairo",
    "Africa/Lagos",
    "America/Havana",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/St_Johns",
    "America/Toronto",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Europe/Paris",
    "Pacific/Apia",
    "Pacific/Kwajalein",
    "UTC",
)
days_there_are = st.dates(date(1900, 1, 2), date(2060, 12, 30))


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Africa/Lagos", date(2026, 3, 29), 24),
        ("Europe/Paris", date(2026, 3, 29), 23),
        ("Europe/Paris", date(2026, 10, 25), 25),
        ("Australia/Lord_Howe", date(2026, 4, 5), 24.5),
        ("Australia/Lord_Howe", date(2026, 10, 4), 23.5),
        ("America/Sao_Paulo", date(2018, 11, 4), 23),
        ("America/Sao_Paulo", date(2019, 2, 16), 25),
        ("America/Santiago", date(2026, 9, 6), 23),
        ("Asia/Beirut", date(2026, 3, 29), 23),
        ("Africa/Cairo", date(2026, 4, 24), 23),
        ("Pacific/Apia", date(2011, 12, 30), 0),
    ],
)
def test_a_day_lasts_as_long_as_the_zone_has_it(zone: str, day: date, hours: float) -> None:
    assert day_interval(day, ZoneInfo(zone)).duration == timedelta(hours=hours)


def test_a_day_without_midnight_begins_with_the_jump() -> None:
    assert day_start(date(2026, 9, 6), ZoneInfo("America/Santiago")) == at("2026-09-06 04:00")
    assert day_start(date(1919, 3, 31), ZoneInfo("America/Toronto")) == at("1919-03-31 04:30")


@settings(max_examples=300, deadline=None)
@given(days_there_are, st.sampled_from(ZONES))
def test_a_day_begins_with_the_first_instant_that_shows_its_date(day: date, name: str) -> None:
    zone = ZoneInfo(name)
    interval = day_interval(day, zone)
    if interval.duration:
        assert interval.start.astimezone(zone).date() == day
    assert (interval.start - timedelta(seconds=1)).astimezone(zone).date() < day
    assert interval.end == day_start(day + timedelta(days=1), zone)


@settings(max_examples=300, deadline=None)
@given(st.datetimes(datetime(1900, 1, 2), datetime(2060, 12, 30)), st.sampled_from(ZONES))  # noqa: DTZ001  made aware below
def test_every_instant_lies_in_the_day_it_belongs_to(naive: datetime, name: str) -> None:
    instant, zone = naive.replace(tzinfo=UTC), ZoneInfo(name)
    assert day_interval(day_of(instant, zone), zone).contains(instant)


def test_a_date_that_clocks_show_once_more_does_not_come_back() -> None:
    # In 2010 Newfoundland set its clocks back at 00:01: a minute of the 7th, an hour of the 6th, then the 7th again.
    newfoundland, instant = ZoneInfo("America/St_Johns"), at("2010-11-07 03:00")
    assert instant.astimezone(newfoundland).date() == date(2010, 11, 6)
    assert day_of(instant, newfoundland) == date(2010, 11, 7)


def test_a_month_knows_its_days_and_its_neighbour() -> None:
    february = Month.of(date(2024, 2, 17))
    assert (february.first, february.last) == (date(2024, 2, 1), date(2024, 2, 29))
    assert Month(2023, 12).next == Month(2024, 1)
    assert str(february) == "2024-02"
    assert list(Month(2023, 11).until(february)) == [Month(2023, 11), Month(2023, 12), Month(2024, 1), february]
    assert not list(february.until(Month(2023, 11)))


def test_a_month_of_the_zone_is_as_long_as_its_days() -> None:
    paris = ZoneInfo("Europe/Paris")
    assert month_interval(Month(2026, 3), paris).duration == timedelta(days=31, hours=-1)
    assert month_interval(Month(2026, 10), paris).duration == timedelta(days=31, hours=1)
