"""Days are read with their year, in the order that is certain; nothing else is a day."""

from __future__ import annotations

from datetime import date

import pytest
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_incidents.content.postmortem.dates_and_times import day_alone
from mkdocs_incidents.content.postmortem.language_tables import languages

DAY = date(2026, 4, 6)


@pytest.mark.parametrize(
    "text",
    [
        "2026-04-06",
        "6 April 2026",
        "06 Apr 2026",
        "6th April 2026",
        "6th of April 2026",
        "6 April, 2026",
        "April 6, 2026",
        "April 6th, 2026",
        "Apr. 6 2026",
        "Monday, 6 April 2026",
        "Mon 6 Apr 2026",
        "Monday, April 6, 2026",
        "Monday 2026-04-06",
        "6. April 2026",
        "Montag, 6. April 2026",
        "6 avril 2026",
        "lundi 6 avril 2026",
        "6 APRIL 2026",
        "2026年4月6日",
        "２０２６年４月６日",
        "**6 April 2026**",
        "2026-04-06:",
        "_6 April 2026:_",
        "**Monday, 6 April 2026**:",
        "**segunda-feira, 6 de abril de 2026:**",
    ],
)
def test_a_day_is_read_in_each_form(text: str) -> None:
    assert day_alone(text) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "04/06/2026",
        "6/4/2026",
        "06.04.2026",
        "6 April",
        "April 6",
        "Monday",
        "31 April 2026",
        "2026-13-01",
        "2026-04-06 was a Monday",
        "2026-04-06 14:30",
        "26-04-06",
        "6 Aprol 2026",
        "April 2026",
        "the 6 April 2026",
        "0001-01-01",
        "9999-12-31",
        "20260406",
        "6xx April 2026",
        "6 in April 2026",
        "",
        "2026-04-061",
    ],
)
def test_anything_else_is_no_day(text: str) -> None:
    assert day_alone(text) is None


@settings(deadline=None)
@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2150, 12, 31)), st.sampled_from(languages()))
def test_every_day_is_read_as_its_language_writes_it(day: date, language: str) -> None:
    for pattern in (
        ("yyyy-MM-dd", "y年M月d日") if language == "ja" else ("yyyy-MM-dd", "d MMMM yyyy", "EEEE d MMMM yyyy")
    ):
        assert day_alone(format_date(day, pattern, locale=language)) == day
