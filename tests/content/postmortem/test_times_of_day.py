"""Times of day in the forms that the guide prints, and in no other."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_incidents.content.postmortem.dates_and_times import clock_at, elapsed_at, normalized


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14:30", time(14, 30)),
        ("9:05", time(9, 5)),
        ("00:00", time(0, 0)),
        ("14:30:15", time(14, 30, 15)),
        ("14:30:15.25", time(14, 30, 15, 250000)),
        ("14:30:15,250", time(14, 30, 15, 250000)),
        ("14:30:15.123456789", time(14, 30, 15, 123456)),
        ("2:30 PM", time(14, 30)),
        ("2:30pm", time(14, 30)),
        ("2:30 p.m.", time(14, 30)),
        ("12:30 AM", time(0, 30)),
        ("12:30 PM", time(12, 30)),
        ("2 PM", time(14, 0)),
        ("14h30", time(14, 30)),
        ("14 h 30", time(14, 30)),
        ("14:30 Uhr", time(14, 30)),
        ("14.30 Uhr", time(14, 30)),
        ("14 Uhr", time(14, 0)),
        ("14 uur", time(14, 0)),
        ("2 o’clock", time(2, 0)),
        ("2 Uhr nachmittags", time(14, 0)),
        ("2:30 Uhr nachmittags", time(14, 30)),
        ("12.30 Uhr morgens", time(0, 30)),
        ("2:30 uur 's middags", time(14, 30)),
        ("2:30 uur ’s middags", time(14, 30)),
        ("2:30 de l’après-midi", time(14, 30)),
        ("12:30 صباحا", time(0, 30)),
        ("12:30 صباحًا", time(0, 30)),
        ("2:30 مساءً", time(14, 30)),
        ("2:30 مَسَاءً", time(14, 30)),
        ("2 بعد الظُّهر", time(14, 0)),
        ("14時30分", time(14, 30)),
        ("14時", time(14, 0)),
        ("１４：３０", time(14, 30)),  # noqa: RUF001  full-width on purpose
        ("١٤:٣٠", time(14, 30)),
    ],
)
def test_a_time_is_read_in_each_form(text: str, expected: time) -> None:
    clock = clock_at(normalized(text), 0)
    assert clock is not None
    assert (clock.time, clock.end) == (expected, len(text))


@pytest.mark.parametrize(
    "text",
    [
        "14",
        "1430",
        "14.30",
        "25:00",
        "14:60",
        "14:30:60",
        "14:3",
        "14:300",
        "123:45",
        "24:01",
        "13:30 PM",
        "14:00 PM",
        "0:30 PM",
        "2 PMs",
        "14 h",
        "14 heures",
        "14 hrs",
        "14時間",
        "14 Uhren",
        "14 Uhr nachmittags",
        "14:30:15:20",
        "",
        "PM",
        "half past two",
    ],
)
def test_what_is_no_time_is_none(text: str) -> None:
    clock = clock_at(normalized(text), 0)
    assert clock is None or clock.end < len(text)


@pytest.mark.parametrize(
    ("text", "ambiguous"),
    [("0:30", False), ("1:00", True), ("12:59", True), ("13:00", False), ("2 PM", False), ("24:00", False)],
)
def test_an_hour_of_either_half_is_ambiguous_without_am_or_pm(text: str, *, ambiguous: bool) -> None:
    clock = clock_at(text, 0)
    assert clock is not None
    assert clock.ambiguous is ambiguous


def test_24_00_is_the_end_of_its_day() -> None:
    clock = clock_at("24:00", 0)
    assert clock is not None
    assert (clock.time, clock.end_of_day) == (time(0, 0), True)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("T+10m", 10), ("T+1h 5m", 65), ("T+2h", 120), ("T+90min", 90), ("T-5m", -5), ("T−5m", -5), ("T+0", 0)],
)
def test_time_since_the_beginning(text: str, minutes: int) -> None:
    elapsed = elapsed_at(normalized(text), 0)
    assert elapsed is not None
    assert elapsed.after == timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["T10m", "T+", "T+10", "T+10x", "T+10 minutes", "+10m"])
def test_what_is_no_time_since_the_beginning(text: str) -> None:
    assert elapsed_at(text, 0) is None


@settings(deadline=None)
@given(st.times())
def test_every_time_is_read_as_it_is_written(moment: time) -> None:
    for written, expected in (
        (f"{moment:%H:%M}", moment.replace(second=0, microsecond=0)),
        (f"{moment:%H:%M:%S}", moment.replace(microsecond=0)),
        (f"{moment:%H:%M:%S.%f}", moment),
        (f"{moment:%I:%M %p}", moment.replace(second=0, microsecond=0)),
        (f"{moment:%Hh%M}", moment.replace(second=0, microsecond=0)),
    ):
        clock = clock_at(written, 0)
        assert clock is not None
        assert (clock.time, clock.end) == (expected, len(written))


@settings(deadline=None)
@given(st.text())
def test_another_width_never_moves_an_index(text: str) -> None:
    assert len(normalized(text)) == len(text)
