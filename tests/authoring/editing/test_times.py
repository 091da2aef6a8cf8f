"""Times as people type them into a command."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_incidents.authoring.editing.times import (
    Tense,
    distance,
    echoed,
    read_next,
    read_publication,
    read_time,
    require_past,
)
from mkdocs_incidents.content.format.instants import read_instant, written
from mkdocs_incidents.content.problems import ERRORS, WARNINGS, WrongValueError
from mkdocs_incidents.model import TOLERANCE
from tests.makers import at

LAGOS, PARIS, UTC_ZONE = ZoneInfo("Africa/Lagos"), ZoneInfo("Europe/Paris"), ZoneInfo("UTC")
NOW = at("2026-11-28 14:35:27", "Africa/Lagos")  # a Saturday
PAST, FUTURE = Tense.PAST, Tense.FUTURE


def read(text: str, tense: Tense = PAST, zone: ZoneInfo = LAGOS, now: datetime = NOW) -> str:
    return f"{read_time(text, now=now, zone=zone, tense=tense).astimezone(zone):%Y-%m-%d %H:%M}"


def complaint(text: str, tense: Tense = PAST, zone: ZoneInfo = LAGOS, now: datetime = NOW) -> WrongValueError:
    with pytest.raises(WrongValueError) as caught:
        read_time(text, now=now, zone=zone, tense=tense)
    assert caught.value.code in ERRORS or caught.value.code in WARNINGS
    return caught.value


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("now", "14:35"),
        ("-5m", "14:30"),
        ("- 5 min", "14:30"),
        ("\u22125m", "14:30"),
        ("5m ago", "14:30"),
        ("10 minutes ago", "14:25"),
        ("-1h30m", "13:05"),
        ("-1h30", "13:05"),
        ("1.5 hours ago", "13:05"),
        ("an hour ago", "13:35"),
        ("Half an hour ago", "14:05"),
        ("an hour and 5 minutes ago", "13:30"),
        ("+30m", "15:05"),
        ("in 2 hours", "16:35"),
        ("1 hour from now", "15:35"),
    ],
)
def test_lengths_count_from_now_in_whole_minutes_whatever_the_tense(text: str, meant: str) -> None:
    assert {read(text, tense) for tense in Tense} == {f"2026-11-28 {meant}"}
    assert read_time(text, now=NOW, zone=LAGOS, tense=PAST).second == 0


@pytest.mark.parametrize(
    "text", ["14:30", "2:30pm", "2:30 PM", "2.30 p.m.", "14h30", "14.30", "\uff12\uff1a\uff13\uff10pm", " 14:30 "]
)
def test_a_clock_time_is_read_in_every_usual_form(text: str) -> None:
    assert read(text) == "2026-11-28 14:30"


@pytest.mark.parametrize(
    ("text", "past", "future"),
    [
        ("03:00", "2026-11-28 03:00", "2026-11-29 03:00"),
        ("2am", "2026-11-28 02:00", "2026-11-29 02:00"),
        ("sunday 02:00", "2026-11-22 02:00", "2026-11-29 02:00"),
        ("Sun at 02:00", "2026-11-22 02:00", "2026-11-29 02:00"),
        ("02:00 on thurs", "2026-11-26 02:00", "2026-12-03 02:00"),
        ("saturday 02:00", "2026-11-28 02:00", "2026-12-05 02:00"),
        ("6 April 14:30", "2026-04-06 14:30", "2027-04-06 14:30"),
        ("April 6th, 2:30 pm", "2026-04-06 14:30", "2027-04-06 14:30"),
        ("1 Sept 10:00", "2026-09-01 10:00", "2027-09-01 10:00"),
    ],
)
def test_what_leaves_out_the_day_or_the_year_is_the_nearest_in_the_direction_that_is_asked_for(
    text: str, past: str, future: str
) -> None:
    assert (read(text, PAST), read(text, FUTURE)) == (past, future)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("today 14:30", "2026-11-28 14:30"),
        ("Today at 20:30", "2026-11-28 20:30"),
        ("yesterday 23:10", "2026-11-27 23:10"),
        ("tomorrow 02:00", "2026-11-29 02:00"),
        ("02:00 tomorrow", "2026-11-29 02:00"),
        ("2026-11-28 14:30", "2026-11-28 14:30"),
        ("2026-11-28T13:30Z", "2026-11-28 14:30"),
        ("2026-11-28T13:30:05.123Z", "2026-11-28 14:30"),
        ("2026-11-28T14:30+01:00", "2026-11-28 14:30"),
        ("2026-11-28 14:30 WAT", "2026-11-28 14:30"),
        ("Apr 6, 2026 2:30 PM", "2026-04-06 14:30"),
        ("28/11/2026 10:00", "2026-11-28 10:00"),
        ("28.11.2026 10:00", "2026-11-28 10:00"),
        ("today 14:30 UTC", "2026-11-28 15:30"),
    ],
)
def test_a_stated_day_is_kept_whatever_the_tense(text: str, meant: str) -> None:
    assert {read(text, tense) for tense in Tense} == {meant}


@pytest.mark.parametrize(
    "text",
    ["13:30 UTC", "13:30Z", "13:30 GMT", "14:30 WAT", "14:30 wat", "14:30+01:00", "15:30 GMT+2", "14:30 Europe/Paris"],
)
def test_a_zone_behind_a_time_says_on_which_clocks_it_is(text: str) -> None:
    assert read(text) == "2026-11-28 14:30"


def test_a_day_is_that_of_the_clocks_that_are_stated() -> None:
    late = at("2026-11-28 00:20", "Africa/Lagos")
    assert read("today 23:10 UTC", now=late) == "2026-11-28 00:10"
    assert read("23:10Z", now=late) == "2026-11-28 00:10"


def test_a_time_of_the_past_may_be_as_far_ahead_as_the_clock_of_its_author() -> None:
    assert read("14:40") == "2026-11-28 14:40"
    assert "is in 6 minutes" in complaint("14:41").message


def test_the_present_minute_has_passed() -> None:
    for now in (NOW, NOW.replace(second=0)):
        assert read("14:35", PAST, now=now) == "2026-11-28 14:35"
        assert complaint("14:35", FUTURE, now=now).message == "14:35 is now; now it is 14:35 WAT"


@pytest.mark.parametrize(
    ("text", "tense", "message", "hint"),
    [
        (
            "15:00",
            PAST,
            "15:00 is in 25 minutes; now it is 14:35 WAT",
            "write yesterday 15:00 if you mean yesterday, or a time that has passed, such as -5m",
        ),
        (
            "15:00 UTC",
            PAST,
            "15:00 is in 1 hour 25 minutes; now it is 13:35 UTC",
            "write yesterday 15:00 UTC if you mean yesterday, or a time that has passed, such as -5m",
        ),
        (
            "saturday 15:00",
            PAST,
            "15:00 is in 25 minutes; now it is 14:35 WAT",
            "write 2026-11-21 15:00 if you mean 2026-11-21, or a time that has passed, such as -5m",
        ),
        (
            "14:30",
            FUTURE,
            "14:30 was 5 minutes ago; now it is 14:35 WAT",
            "write tomorrow 14:30 if you mean tomorrow",
        ),
        ("10.11", PAST, "'10.11' could be a day", "write 10:11 if it is a time"),
        (
            "02/11/2026 10:00",
            PAST,
            "'02/11/2026 10:00' can mean two days",
            "write 2026-11-02 10:00 or 2026-02-11 10:00",
        ),
        (
            "next sunday 02:00",
            FUTURE,
            "'next sunday' can mean two days",
            "write sunday for the first one that is to come, or its date, such as 2026-12-06",
        ),
        (
            "Sunday 28 November 2026, 14:30",
            PAST,
            "'Sunday 28 November 2026, 14:30': 28 November 2026 is a Saturday",
            "write 2026-11-28 without the day of the week, or another date",
        ),
        ("tomorrow 2026-11-28 14:30", PAST, "'tomorrow 2026-11-28 14:30' names two days", "write one of them"),
        ("tomorrow sunday 14:30", PAST, "'tomorrow sunday 14:30' names two days", "write one of them"),
        (
            "31 June 10:00",
            PAST,
            "'31 June 10:00': 2025 to 2027 have no such day",
            "write the day as YYYY-MM-DD",
        ),
        (
            "14:30 CST",
            PAST,
            "'14:30 CST': 'CST' is not what clocks in Africa/Lagos call themselves",
            "write UTC, an offset such as +01:00 or a place such as Europe/Paris behind the time",
        ),
        ("30m", PAST, "'30m' is a length of time, not a time", "write -30m for 30 minutes ago"),
        ("30m", FUTURE, "'30m' is a length of time, not a time", "write +30m for 30 minutes from now"),
        ("5", PAST, "'5' has no colon", "write 05:00 if it is a time of day"),
        ("1430", PAST, "'1430' has no colon", "write 14:30 if it is a time of day"),
        (
            "2400",
            PAST,
            "'2400' is not a time",
            "write a time such as 14:25, -10m or 2026-11-28 14:25",
        ),
        ("25:00", PAST, "no clock shows '25:00'", "write a time from 00:00 to 23:59"),
        ("2026-13-01 10:00", PAST, "'2026-13-01 10:00': there is no month 13", "write 2026-01-13 10:00"),
        ("yesterday", PAST, "'yesterday' has no time of day", "write yesterday 14:35"),
        ("", PAST, "no time is given", "write a time such as 14:25, -10m or 2026-11-28 14:25"),
        ("soon", FUTURE, "'soon' is not a time", "write a time such as 15:05, +30m or 2026-11-28 15:05"),
        ("9999h ago", PAST, "'9999h' is longer than a year", "write the day and the time: 2026-11-28 14:30"),
    ],
)
def test_what_can_mean_two_things_or_nothing_is_refused_with_what_to_type(
    text: str, tense: Tense, message: str, hint: str
) -> None:
    error = complaint(text, tense)
    assert (error.message, error.hint) == (message, hint)


@pytest.mark.parametrize(
    "text",
    [
        "14:30 15:30",
        "around 14:30",
        "14:30 -5m",
        "x" * 1000,
        "14:30\x00",
        "noon",
        "14:30 Mars/X",
        "1,000 hours ago",
        "\u0661\u0664:\u0663\u0660",
    ],
)
def test_other_texts_are_no_times(text: str) -> None:
    assert len(complaint(text).message) < 100


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("15:00", "2026-11-28 15:00"),
        ("30m", "2026-11-28 15:05"),
        ("+45m", "2026-11-28 15:20"),
        ("1h", "2026-11-28 15:35"),
        ("in 30 minutes", "2026-11-28 15:05"),
        ("half an hour", "2026-11-28 15:05"),
        ("9am", "2026-11-29 09:00"),
        ("tomorrow 9:00", "2026-11-29 09:00"),
        ("2026-12-01 10:00", "2026-12-01 10:00"),
    ],
)
def test_the_next_update_is_a_time_or_a_length_from_the_last_one_on(text: str, meant: str) -> None:
    assert f"{read_next(text, at=NOW, now=NOW, zone=LAGOS).astimezone(LAGOS):%Y-%m-%d %H:%M}" == meant


def test_the_end_of_coming_work_is_counted_from_its_beginning_and_its_days_from_now() -> None:
    begin = at("2026-11-29 02:00", "Africa/Lagos")
    for text in ("2h", "04:00", "tomorrow 04:00", "sunday 04:00"):
        assert read_next(text, at=begin, now=NOW, zone=LAGOS) == at("2026-11-29 04:00", "Africa/Lagos")


@pytest.mark.parametrize("text", ["14:30", "now", "-5m", "yesterday 10:00", "90", "5", "1h30"])
def test_the_next_update_is_never_before_the_last_one_nor_without_a_unit(text: str) -> None:
    with pytest.raises(WrongValueError) as caught:
        read_next(text, at=NOW, now=NOW, zone=LAGOS)
    assert caught.value.hint.startswith("write ")


def test_what_has_happened_is_not_dated_later_than_now() -> None:
    require_past(NOW + TOLERANCE, NOW, LAGOS)
    with pytest.raises(WrongValueError) as caught:
        require_past(at("2026-11-28 15:00", "Africa/Lagos"), NOW, LAGOS)
    assert caught.value.message == "15:00 is in 25 minutes; now it is 14:35 WAT"
    assert caught.value.hint == "write a time that has passed: now, -5m or 14:25"
    with pytest.raises(WrongValueError, match=r"^2026-11-30 10:00 is in 1 day 19 hours;"):
        require_past(at("2026-11-30 10:00", "Africa/Lagos"), NOW, LAGOS)


def test_an_instant_is_shown_with_its_day_its_zone_and_its_distance_from_now() -> None:
    assert (
        echoed(NOW - timedelta(minutes=5, seconds=27), NOW, LAGOS)
        == "Saturday 28 November 2026, 14:30 WAT (5 minutes ago)"
    )
    assert echoed(NOW, NOW, ZoneInfo("Asia/Kathmandu")) == "Saturday 28 November 2026, 19:20:27 UTC+05:45 (now)"


@pytest.mark.parametrize(
    ("away", "shown"),
    [
        (timedelta(seconds=-20), "now"),
        (timedelta(minutes=-1), "1 minute ago"),
        (timedelta(minutes=80), "in 1 hour 20 minutes"),
        (timedelta(hours=2), "in 2 hours"),
        (timedelta(days=-1, minutes=-30), "1 day ago"),
        (timedelta(days=3, hours=4, minutes=5), "in 3 days 4 hours"),
    ],
)
def test_a_distance_has_two_units_at_most(away: timedelta, shown: str) -> None:
    assert distance(NOW + away, NOW) == shown


def test_a_time_that_clocks_skip_or_show_twice_is_refused_unless_only_one_can_be_meant() -> None:
    autumn = at("2026-10-25 09:00", "Europe/Paris")
    assert complaint("02:30", zone=PARIS, now=autumn).code == "time-twice"
    assert read_time("02:30 CEST", now=autumn, zone=PARIS, tense=PAST) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert read_time("02:30 CET", now=autumn, zone=PARIS, tense=PAST) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    between = datetime(2026, 10, 25, 0, 45, tzinfo=UTC)  # 02:45 for the first time
    assert read_time("02:30", now=between, zone=PARIS, tense=PAST) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert read_time("02:30", now=between, zone=PARIS, tense=FUTURE) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    spring = at("2026-03-29 09:00", "Europe/Paris")
    assert complaint("02:30", zone=PARIS, now=spring).code == "time-skipped"
    assert complaint("today 02:30", zone=PARIS, now=spring).code == "time-skipped"


ZONES = st.sampled_from(
    [
        "Africa/Lagos",
        "Africa/Casablanca",
        "America/New_York",
        "America/St_Johns",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "Europe/Dublin",
        "Europe/London",
        "Europe/Paris",
        "Pacific/Chatham",
        "UTC",
    ]
).map(ZoneInfo)
CHANGES = st.sampled_from(["2026-03-29", "2026-10-25", "2026-03-08", "2026-11-01", "2026-04-05", "2026-10-04"])
INSTANTS = st.integers(631_152_000, 4_102_444_800).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@st.composite
def instants_in_zones(draw: st.DrawFn) -> tuple[datetime, ZoneInfo]:
    """An instant, and a zone whose clocks may be changed around it."""
    zone = draw(ZONES)
    midnight = datetime.fromisoformat(draw(CHANGES)).replace(tzinfo=zone).astimezone(UTC)
    return draw(INSTANTS | st.integers(0, 300).map(lambda minutes: midnight + timedelta(minutes=minutes))), zone


def test_what_clocks_show_twice_is_written_with_its_offset() -> None:
    assert written(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), PARIS) == "2026-10-25 02:30+02:00"
    assert written(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), PARIS) == "2026-10-25 02:30+01:00"
    assert written(datetime(2026, 10, 25, 2, 30, tzinfo=UTC), PARIS) == "2026-10-25 03:30"
    assert written(datetime(2026, 3, 29, 1, 30, 5, tzinfo=UTC), PARIS) == "2026-03-29 03:30:05"


@given(instants_in_zones())
def test_what_is_written_into_a_file_is_read_back_as_the_same_instant(place: tuple[datetime, ZoneInfo]) -> None:
    instant, zone = place
    assert read_instant(written(instant, zone), zone, example=date(2026, 4, 6)) == instant


@given(instants_in_zones(), INSTANTS, st.sampled_from(Tense))
def test_what_a_command_shows_can_be_typed_into_it(
    place: tuple[datetime, ZoneInfo], now: datetime, tense: Tense
) -> None:
    instant, zone = place
    shown = echoed(instant, now, zone).partition(" (")[0]
    assert read_time(shown, now=now, zone=zone, tense=tense) == instant


@given(instants_in_zones(), st.times(), st.sampled_from(Tense))
def test_a_clock_time_is_in_its_direction_and_at_most_a_day_away(
    place: tuple[datetime, ZoneInfo], clock: time, tense: Tense
) -> None:
    now, zone = place
    try:
        found = read_time(f"{clock:%H:%M}", now=now, zone=zone, tense=tense)
    except WrongValueError:
        return
    assert f"{found.astimezone(zone):%H:%M}" == f"{clock:%H:%M}"
    longest = timedelta(days=1, hours=1)  # a day on which clocks go back
    if tense is PAST:
        assert now - longest <= found <= now + TOLERANCE
    else:
        assert now < found <= now + longest


@given(instants_in_zones(), st.times(), st.sampled_from(Tense))
def test_the_day_that_a_hint_proposes_is_read(place: tuple[datetime, ZoneInfo], clock: time, tense: Tense) -> None:
    now, zone = place
    try:
        read_time(f"{clock:%H:%M}", now=now, zone=zone, tense=tense)
    except WrongValueError as error:
        proposed = error.hint.removeprefix("write ").partition(" if ")[0].partition(" or ")[0].partition(" for ")[0]
        read_time(proposed, now=now, zone=zone, tense=tense)


@given(st.text(max_size=80) | st.from_regex(r"[-+]?\d{0,4}[:.h m]?\d{0,4} ?(am|ago|utc|sun|today)?", fullmatch=True))
def test_every_text_is_an_instant_or_one_sentence(text: str) -> None:
    for tense in Tense:
        try:
            found = read_time(text, now=NOW, zone=PARIS, tense=tense)
        except WrongValueError as error:
            ends_well = bool(error.hint) and "\n" not in error.message + error.hint
        else:
            ends_well = found.tzinfo is UTC
        assert ends_well


@pytest.mark.parametrize(
    ("typed", "text", "day"),
    [
        ("today", "2026-11-28", date(2026, 11, 28)),
        ("Tomorrow", "2026-11-29", date(2026, 11, 29)),
        ("2026-12-01", "2026-12-01", date(2026, 12, 1)),
        ("December 1, 2026", "2026-12-01", date(2026, 12, 1)),
        ("tomorrow 09:00", "2026-11-29 09:00", None),
        ("2026-12-01T08:00Z", "2026-12-01 09:00", None),
    ],
)
def test_a_publication_is_a_day_or_an_instant(typed: str, text: str, day: date | None) -> None:
    publication = read_publication(typed, now=NOW, zone=LAGOS)
    assert (publication.text, publication.day) == (text, day)
    if day:
        assert publication.at == datetime(day.year, day.month, day.day, tzinfo=LAGOS)
