"""Times as people type them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_incidents.content.format.instants import (
    first_instant,
    next_time,
    on_the_clock,
    read_day,
    read_instant,
    with_offset,
)
from mkdocs_incidents.content.format.zones import USED_BY, own_abbreviations, read_zone, zone_called
from mkdocs_incidents.content.problems import WrongValueError
from tests.makers import at

LAGOS, PARIS, UTC_ZONE = ZoneInfo("Africa/Lagos"), ZoneInfo("Europe/Paris"), ZoneInfo("UTC")
EXAMPLE = date(2026, 4, 6)
ZONES = ["Africa/Lagos", "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]


def read(text: str, zone: ZoneInfo = LAGOS) -> datetime:
    return read_instant(text, zone, example=EXAMPLE)


def complaint(text: str, zone: ZoneInfo = LAGOS) -> WrongValueError:
    with pytest.raises(WrongValueError) as caught:
        read(text, zone)
    return caught.value


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-04-06 14:30", "2026-04-06 13:30"),
        ("2026-04-06T14:30", "2026-04-06 13:30"),
        ("2026-04-06   14:30", "2026-04-06 13:30"),
        ("2026-04-06 14:30:15", "2026-04-06 13:30:15"),
        ("2026-04-06 14:30Z", "2026-04-06 14:30"),
        ("2026-04-06T14:30:00Z", "2026-04-06 14:30"),
        ("2026-04-06 14:30 UTC", "2026-04-06 14:30"),
        ("2026-04-06 14:30+02:00", "2026-04-06 12:30"),
        ("2026-04-06 14:30 +0200", "2026-04-06 12:30"),
        ("2026-04-06 14:30-05:30", "2026-04-06 20:00"),
    ],
)
def test_the_documented_spellings_are_understood(text: str, instant: str) -> None:
    assert read(text) == at(instant)
    assert read(text).tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("06/04/2026 14:30", "write 2026-04-06 14:30 for 6 April or 2026-06-04 14:30 for 4 June"),
        ("13/04/2026 14:30", "write 2026-04-13 14:30"),
        ("2026-04-06 9:05", "write 2026-04-06 09:05"),
        ("2026-04-06 12:05 AM", "write 2026-04-06 00:05"),
        ("2026-04-06 12:05 pm", "write 2026-04-06 12:05"),
        ("6 April 2026, 14h30", "write 2026-04-06 14:30"),
        ("April 6th, 2026 at 2:30 p.m.", "write 2026-04-06 14:30"),
        ("2O26-O4-06 14:3O", "write 2026-04-06 14:30"),
        ("2026-04-06 24:00", "write 2026-04-07 00:00"),
        ("2026-04-06T14:30:00.123Z", "write 2026-04-06 14:30Z"),
        ("20260406T143000Z", "write 2026-04-06 14:30Z"),
        ("2026-04-06 14:30+1", "write 2026-04-06 14:30+01:00"),
        ("2026-04-06 14:30 WAT", "write 2026-04-06 14:30"),
        ("2026-04-06 14:30 GMT", "write 2026-04-06 14:30Z"),
    ],
)
def test_a_wrong_spelling_is_answered_by_the_right_one(text: str, hint: str) -> None:
    assert complaint(text).hint == hint
    for spelling in hint.removeprefix("write ").split(" or "):
        assert read(spelling.partition(" for ")[0]).tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("2026-13-01 10:00", "there is no month 13"),
        ("2026-02-30 10:00", "February 2026 has 28 days"),
        ("2026-04-06 25:00", "there is no hour 25"),
        ("2026-04-06 10:75", "there is no minute 75"),
        ("2026-04-06 14:30+25:00", "no place on earth is +25:00 away from UTC"),
        ("0226-04-06 14:30", "the year 0226 cannot be meant"),
        ("2026-04-06", "has no time of day"),
        ("soon", "is not a time"),
        ("٢٠٢٦-04-06 14:30", "has no date"),
        ("9" * 5000, "is not a time"),
    ],
)
def test_what_no_calendar_has_is_described_in_plain_words(text: str, described: str) -> None:
    assert described in complaint(text).message


def test_a_time_that_clocks_skip_is_refused_with_both_readings() -> None:
    error = complaint("2026-03-29 02:30", PARIS)
    assert error.code == "time-skipped"
    assert "does not exist in Europe/Paris: clocks go from 02:00 to 03:00" in error.message
    assert error.hint == "write 2026-03-29 03:30+02:00 or 2026-03-29 01:30+01:00"


def test_a_time_that_clocks_show_twice_is_refused_with_both_readings() -> None:
    error = complaint("2026-10-25 02:30", PARIS)
    assert error.code == "time-twice"
    assert "clocks go back from 03:00 to 02:00" in error.message
    first, second = error.hint.removeprefix("write ").split(" or ")
    first, second = first.removesuffix(" for the first"), second.removesuffix(" for the second")
    assert read(second) - read(first) == timedelta(hours=1)


def test_half_hour_clock_changes_are_reported_as_they_are() -> None:
    error = complaint("2026-10-04 02:10", ZoneInfo("Australia/Lord_Howe"))
    assert "clocks go from 02:00 to 02:30" in error.message


def test_a_day_begins_where_clocks_skip_midnight() -> None:
    beirut = ZoneInfo("Asia/Beirut")
    assert first_instant(date(2022, 3, 27), beirut).astimezone(beirut).time() == time(1)


def test_the_next_three_o_clock_may_be_tomorrow() -> None:
    assert next_time(time(15), at("2026-04-06 14:00"), LAGOS) == at("2026-04-07 14:00")
    assert next_time(time(15), at("2026-04-06 13:59"), LAGOS) == at("2026-04-06 14:00")


@given(
    st.datetimes(datetime(1971, 1, 1), datetime(2198, 1, 1)).map(lambda moment: moment.replace(microsecond=0)),  # noqa: DTZ001
    st.sampled_from(ZONES),
)
@settings(deadline=None)
def test_an_instant_with_an_offset_is_read_as_the_same_instant(wall: datetime, zone: str) -> None:
    instant = wall.replace(tzinfo=UTC)
    assert read(with_offset(instant.astimezone(ZoneInfo(zone)))) == instant


@given(st.datetimes(datetime(1971, 1, 1), datetime(2198, 1, 1)), st.sampled_from(ZONES))  # noqa: DTZ001
@settings(deadline=None)
def test_a_wall_clock_time_is_the_instant_at_which_clocks_show_it_or_refused(wall: datetime, zone: str) -> None:
    wall = wall.replace(microsecond=0)
    refused: WrongValueError | None = None
    try:
        instant = on_the_clock(wall, ZoneInfo(zone))
    except WrongValueError as error:
        refused = error
    else:
        assert instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall
    assert refused is None or refused.code in {"time-skipped", "time-twice"}


@given(st.text(max_size=80))
def test_any_text_is_an_instant_or_a_problem(text: str) -> None:
    for reader in (read, read_day):
        refused: WrongValueError | None = None
        try:
            reader(text)
        except WrongValueError as error:
            refused = error
        assert refused is None or (refused.message and refused.hint)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("africa/lagos", "write Africa/Lagos"),
        ("Lagos", "write Africa/Lagos"),
        ("New York", "write America/New_York"),
        ("Europe/Pariss", "write Europe/Paris"),
        ("PST", "name a place that uses it: America/Los_Angeles, America/Tijuana or Asia/Manila"),
        ("../../etc/passwd", "write the name of a zone, such as Africa/Lagos, Europe/Paris or UTC"),
        ("localtime", "write the name of a zone, such as Africa/Lagos, Europe/Paris or UTC"),
        ("Africa", "write the name of a zone, such as Africa/Lagos, Europe/Paris or UTC"),
    ],
)
def test_an_unknown_zone_is_answered_by_the_nearest(name: str, hint: str) -> None:
    with pytest.raises(WrongValueError) as caught:
        read_zone(name)
    assert caught.value.hint == hint


def test_every_abbreviation_is_used_where_the_table_states_it() -> None:
    for abbreviation, zones in USED_BY.items():
        for zone in zones:
            assert abbreviation in own_abbreviations(ZoneInfo(zone), 2025), (abbreviation, zone)


def test_a_zone_in_words_is_known_only_when_it_is_that_of_the_file_or_utc() -> None:
    assert zone_called("WAT", LAGOS, 2026) is LAGOS
    assert zone_called("West African Time", LAGOS, 2026) is LAGOS
    assert zone_called("utc", LAGOS, 2026) is UTC
    assert zone_called("PST", LAGOS, 2026) is None
    assert zone_called("CEST", PARIS, 2026) is PARIS


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("2026-10-25 02:30 CEST", "write 2026-10-25 02:30+02:00"),
        ("2026-10-25 02:30 CET", "write 2026-10-25 02:30+01:00"),
        ("2026-06-25 14:30 CEST", "write 2026-06-25 14:30"),
        ("2026-03-29 02:30 CET", "write 2026-03-29 02:30+01:00"),
        (
            "2026-06-25 14:30 CET",
            "write 2026-06-25 14:30+01:00 for CET, or 2026-06-25 14:30+02:00 for what clocks showed then",
        ),
        ("2026-06-25 14:30 WAT", "write 2026-06-25 14:30+01:00"),
    ],
)
def test_letters_behind_a_time_are_answered_by_the_offset_they_mean(text: str, hint: str) -> None:
    with pytest.raises(WrongValueError) as caught:
        read_instant(text, PARIS, example=EXAMPLE)
    assert caught.value.hint == hint


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31, 23)),  # noqa: DTZ001  wall time
    st.sampled_from(["CET", "CEST", "WAT", "JST"]),
)
def test_what_the_hint_for_letters_says_first_is_read_and_means_what_was_written(wall: datetime, letters: str) -> None:
    offset = {"CET": 1, "CEST": 2, "WAT": 1, "JST": 9}[letters]
    with pytest.raises(WrongValueError) as caught:
        read_instant(f"{wall:%Y-%m-%d %H:%M} {letters}", PARIS, example=EXAMPLE)
    written = caught.value.hint.removeprefix("write ").split(" for ")[0]
    meant = wall.replace(second=0, microsecond=0) - timedelta(hours=offset)
    assert read_instant(written, PARIS, example=EXAMPLE) == meant.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("10:30", "write YYYY-MM-DD 10:30"),
        ("2:30 PM", "write YYYY-MM-DD 14:30"),
        ("today 14:30", "write YYYY-MM-DD 14:30, or with an offset such as +01:00"),
        ("2026-04-06", "write 2026-04-06 HH:MM, with the hour and minute"),
        ("soon", "write it as YYYY-MM-DD HH:MM"),
    ],
)
def test_what_is_not_stated_is_left_for_the_author_to_fill_in(text: str, hint: str) -> None:
    assert complaint(text).hint == hint
