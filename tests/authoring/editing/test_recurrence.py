"""Recurring work as people type it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_incidents.authoring.editing.recurrence import ClockEnd, Occurrence, occurrences
from mkdocs_incidents.content.problems import ERRORS, WrongValueError
from tests.makers import at

LAGOS, PARIS = ZoneInfo("Africa/Lagos"), ZoneInfo("Europe/Paris")
NOW = at("2026-11-28 14:35:27", "Africa/Lagos")  # a Saturday
HOURS = timedelta(hours=2)


def plan(text: str, count: int = 3, zone: ZoneInfo = LAGOS, after: datetime = NOW) -> tuple[Occurrence, ...]:
    return occurrences(text, count=count, after=after, end=HOURS, zone=zone)


def begins(text: str, count: int = 3, zone: ZoneInfo = LAGOS, after: datetime = NOW) -> list[str]:
    planned = plan(text, count, zone, after)
    return [f"{found.interval.start.astimezone(zone):%a %Y-%m-%d %H:%M}" for found in planned]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("week on sunday 02:00", ["Sun 2026-11-29 02:00", "Sun 2026-12-06 02:00", "Sun 2026-12-13 02:00"]),
        ("Every week on Sun at 2am", ["Sun 2026-11-29 02:00", "Sun 2026-12-06 02:00", "Sun 2026-12-13 02:00"]),
        ("every sunday 02:00", ["Sun 2026-11-29 02:00", "Sun 2026-12-06 02:00", "Sun 2026-12-13 02:00"]),
        ("sundays at 02:00", ["Sun 2026-11-29 02:00", "Sun 2026-12-06 02:00", "Sun 2026-12-13 02:00"]),
        ("week on saturday 14:00", ["Sat 2026-12-05 14:00", "Sat 2026-12-12 14:00", "Sat 2026-12-19 14:00"]),
        ("week on saturday 14:36", ["Sat 2026-11-28 14:36", "Sat 2026-12-05 14:36", "Sat 2026-12-12 14:36"]),
        ("2 weeks on tue 23:30", ["Tue 2026-12-01 23:30", "Tue 2026-12-15 23:30", "Tue 2026-12-29 23:30"]),
        ("other week on tue 23:30", ["Tue 2026-12-01 23:30", "Tue 2026-12-15 23:30", "Tue 2026-12-29 23:30"]),
        ("2 weeks on tue and thu 23:30", ["Tue 2026-12-01 23:30", "Thu 2026-12-03 23:30", "Tue 2026-12-15 23:30"]),
        ("week on mon, wed 01:00", ["Mon 2026-11-30 01:00", "Wed 2026-12-02 01:00", "Mon 2026-12-07 01:00"]),
        ("day at 02:00", ["Sun 2026-11-29 02:00", "Mon 2026-11-30 02:00", "Tue 2026-12-01 02:00"]),
        ("day 15:00", ["Sat 2026-11-28 15:00", "Sun 2026-11-29 15:00", "Mon 2026-11-30 15:00"]),
        ("3 days at 02:00", ["Sun 2026-11-29 02:00", "Wed 2026-12-02 02:00", "Sat 2026-12-05 02:00"]),
        ("weekday at 02:00", ["Mon 2026-11-30 02:00", "Tue 2026-12-01 02:00", "Wed 2026-12-02 02:00"]),
        ("month on the 1st 02:00", ["Tue 2026-12-01 02:00", "Fri 2027-01-01 02:00", "Mon 2027-02-01 02:00"]),
        ("month on the last day 02:00", ["Mon 2026-11-30 02:00", "Thu 2026-12-31 02:00", "Sun 2027-01-31 02:00"]),
        ("month on first sunday 02:00", ["Sun 2026-12-06 02:00", "Sun 2027-01-03 02:00", "Sun 2027-02-07 02:00"]),
        ("3 months on the last fri 22:00", ["Fri 2026-12-25 22:00", "Fri 2027-03-26 22:00", "Fri 2027-06-25 22:00"]),
    ],
)
def test_times_recur_as_it_is_typed_beginning_with_the_next_one(text: str, days: list[str]) -> None:
    assert begins(text) == days


def test_every_second_week_counts_from_the_first_time_that_is_to_come() -> None:
    just_missed = at("2026-12-01 23:45", "Africa/Lagos")
    assert begins("2 weeks on tue 23:30", 2, after=just_missed) == ["Tue 2026-12-08 23:30", "Tue 2026-12-22 23:30"]


def test_each_time_lasts_as_long() -> None:
    assert {found.interval.duration for found in plan("week on sunday 02:00", count=60)} == {HOURS}
    assert plan("week on sunday 02:00", count=1)[0].interval.start == at("2026-11-29 02:00", "Africa/Lagos")


def test_the_time_on_the_clocks_stays_when_they_change() -> None:
    october = at("2026-10-18 00:00", "Europe/Paris")
    assert begins("week on sunday 01:00", 3, PARIS, october) == [
        "Sun 2026-10-18 01:00",
        "Sun 2026-10-25 01:00",
        "Sun 2026-11-01 01:00",
    ]


def test_a_length_stays_when_clocks_change_and_so_does_a_time_of_day() -> None:
    october = at("2026-10-18 00:00", "Europe/Paris")

    def hours(end: timedelta | ClockEnd) -> list[float]:
        found = occurrences("week on sunday 01:00", count=3, after=october, end=end, zone=PARIS)
        return [each.interval.duration / timedelta(hours=1) for each in found]

    assert hours(HOURS) == [2, 2, 2]
    assert hours(ClockEnd(time(4))) == [3, 4, 3]
    assert hours(ClockEnd(time(0, 30), days=1)) == [23.5, 24.5, 23.5]


def test_of_an_end_that_clocks_show_twice_the_first_is_taken_and_noted() -> None:
    october = at("2026-10-24 12:00", "Europe/Paris")
    (found,) = occurrences("day at 01:00", count=1, after=october, end=ClockEnd(time(2, 30)), zone=PARIS)
    assert found.interval.end == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert found.note_of_end.endswith("; planned for the first 02:30")


def test_work_whose_begin_clocks_skip_beyond_its_end_is_refused() -> None:
    march = at("2027-03-27 12:00", "Europe/Paris")
    with pytest.raises(WrongValueError, match="the work of 2027-03-28 03:30 ends before it begins"):
        occurrences("day at 02:30", count=2, after=march, end=ClockEnd(time(3, 0)), zone=PARIS)


def test_a_time_that_clocks_skip_is_moved_and_noted() -> None:
    first, second = plan("week on sunday 02:30", 2, PARIS, at("2026-03-28 12:00", "Europe/Paris"))
    assert first.interval.start == at("2026-03-29 03:30", "Europe/Paris")
    assert first.note == (
        "02:30 on 29 March 2026 does not exist in Europe/Paris: clocks go from 02:00 to 03:00; planned for 03:30"
    )
    assert second.interval.start == at("2026-04-05 02:30", "Europe/Paris")
    assert not second.note


def test_of_a_time_that_clocks_show_twice_the_first_is_taken_and_noted() -> None:
    (first,) = plan("day at 02:30", 1, PARIS, at("2026-10-24 12:00", "Europe/Paris"))
    assert first.interval.start == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert first.note.endswith("; planned for the first 02:30")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("week on sunday", "'week on sunday' has no time of day"),
        ("week 02:00", "'week 02:00' has to say on which day of the week"),
        ("month 02:00", "'month 02:00' has to say on which day of the month"),
        ("month on sunday 02:00", "'month on sunday 02:00' has to say on which day of the month"),
        ("day on sunday 02:00", "'day on sunday 02:00' has to say only how often and at what time"),
        ("month on the 31st 02:00", "'month on the 31st 02:00': not every month has a day 31"),
        ("0 days at 02:00", "'0 days at 02:00' does not say how often"),
        ("year 02:00", "'year 02:00' does not say how often"),
        ("02:00", "'02:00' does not say how often"),
        ("", "'' has no time of day"),
    ],
)
def test_what_does_not_say_when_is_refused_with_what_to_type(text: str, message: str) -> None:
    with pytest.raises(WrongValueError) as caught:
        plan(text)
    assert caught.value.message == message
    assert caught.value.hint.startswith("write ")
    assert caught.value.code in ERRORS


def test_one_time_may_begin_when_the_one_before_ends() -> None:
    assert len(occurrences("day at 02:00", count=2, after=NOW, end=timedelta(hours=24), zone=LAGOS)) == 2


def test_too_many_times_and_times_that_overlap_are_refused() -> None:
    for count in (0, -1, 61):
        with pytest.raises(WrongValueError, match="cannot be planned at once"):
            plan("day at 02:00", count=count)
    with pytest.raises(WrongValueError, match="each time lasts 25 h, and the next begins after 24 h"):
        occurrences("day at 02:00", count=2, after=NOW, end=timedelta(hours=25), zone=LAGOS)
    with pytest.raises(WrongValueError, match="ends before it begins"):
        occurrences("day at 02:00", count=2, after=NOW, end=timedelta(0), zone=LAGOS)


@given(
    st.sampled_from(["day at", "2 days at", "week on sun", "weekday at", "month on the 28th", "month on last sun"]),
    st.times(),
    st.integers(1_767_225_600, 1_800_000_000),
    st.integers(1, 12),
    st.sampled_from(["Europe/Paris", "Australia/Lord_Howe", "America/New_York", "Africa/Casablanca"]).map(ZoneInfo),
)
def test_as_many_times_as_are_asked_for_come_one_after_the_other_and_are_to_come(
    rule: str, clock: time, now: int, count: int, zone: ZoneInfo
) -> None:
    after = datetime.fromtimestamp(now, UTC)
    found = occurrences(f"{rule} {clock:%H:%M}", count=count, after=after, end=timedelta(hours=1), zone=zone)
    starts = [occurrence.interval.start for occurrence in found]
    assert len(found) == count
    assert starts == sorted(set(starts))
    assert starts[0] > after
    for occurrence in found:
        shown = f"{occurrence.interval.start.astimezone(zone):%H:%M}"
        assert shown == f"{clock:%H:%M}" or "does not exist" in occurrence.note
