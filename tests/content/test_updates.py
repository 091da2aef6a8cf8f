"""The next update is what a message's last sentence states in a phrase of the tables, and nothing else."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_incidents.content.updates import stated_next_update
from tests.makers import at

LAGOS = ZoneInfo("Africa/Lagos")
PUBLISHED_AT = at("2026-04-06 14:36", "Africa/Lagos")


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Cards fail. Next update by 15:00.", "15:00"),
        ("Cards fail.\n\nNext update by 15:00", "15:00"),
        ("next update at 3 PM", "15:00"),
        ("Cards fail! NEXT UPDATE BY 3:00 p.m.", "15:00"),
        ("Cards fail.  We will post the next update by 15:00!", "15:00"),
        ("Next update: 15:00", "15:00"),
        ("Next update by 15:00 UTC.", "16:00"),
        ("Next update by 15:00 WAT.", "15:00"),
        ("Nächstes Update um 15:00 Uhr.", "15:00"),
        ("Wir melden uns um 15:00 Uhr wieder.", "15:00"),
        ("Nächstes Update um 15 Uhr.", "15:00"),
        ("Nächstes Update um 3 Uhr nachmittags.", "15:00"),
        ("Prochaine mise à jour d’ici 15h00.", "15:00"),
        ("Prochaine mise à jour d'ici 15h00.", "15:00"),
        ("التحديث التالي الساعة 3:00 مساءً.", "15:00"),
        ("التَّحديث التّالي الساعة 3:00 مساء.", "15:00"),
        ("Next update by 13:00. Next update by 15:00.", "15:00"),
    ],
)
def test_a_phrase_of_the_tables_is_read(message: str, expected: str) -> None:
    stated = stated_next_update(message, PUBLISHED_AT, LAGOS)
    assert stated is not None
    assert stated.at == at(f"2026-04-06 {expected}", "Africa/Lagos")
    assert message.endswith(stated.sentence)


def test_a_time_that_has_passed_is_of_the_next_day() -> None:
    stated = stated_next_update("Next update by 09:00.", PUBLISHED_AT, LAGOS)
    assert stated is not None
    assert stated.at == at("2026-04-07 09:00", "Africa/Lagos")


def test_the_sentence_can_be_taken_off_the_message() -> None:
    stated = stated_next_update("Cards fail.\n\nWir melden uns um 15:00 Uhr wieder.\n", PUBLISHED_AT, LAGOS)
    assert stated is not None
    assert stated.sentence == "Wir melden uns um 15:00 Uhr wieder."


@pytest.mark.parametrize(
    "message",
    [
        "",
        "Cards fail.",
        "Next update by 15:00. Thank you.",
        "The next update by 15:00 was late.",
        "Next update soon.",
        "Our next update by 15:00",
        "Next update by 15:00 or so",
        "Next update by 25:00",
        "Next update by 15",
        "At 15:00 it broke",
        "No next update by 15:00.",
        "Next update by 15:00 XYZ.",
        "Next update by 15:00 CST.",
        "Next update by `15:00`",
        "Next update in 30 minutes.",
        "Nextupdate by 15:00.",
    ],
)
def test_anything_else_is_prose(message: str) -> None:
    assert stated_next_update(message, PUBLISHED_AT, LAGOS) is None


def test_a_time_that_clocks_show_twice_is_not_read() -> None:
    paris = ZoneInfo("Europe/Paris")
    assert stated_next_update("Next update by 02:30.", at("2026-10-24 22:00"), paris) is None


@settings(deadline=None)
@given(
    st.times(),
    st.datetimes(
        min_value=at("2026-01-01 00:00").replace(tzinfo=None), max_value=at("2027-01-01 00:00").replace(tzinfo=None)
    ),
)
def test_it_is_always_within_a_day_of_the_message(clock: time, published: datetime) -> None:
    published_at = at(f"{published:%Y-%m-%d %H:%M}")
    stated = stated_next_update(f"Next update by {clock:%H:%M}.", published_at, LAGOS)
    assert stated is not None
    assert published_at < stated.at <= published_at + timedelta(days=1)


@settings(deadline=None)
@given(st.text())
def test_no_message_breaks_it(message: str) -> None:
    stated_next_update(message, PUBLISHED_AT, LAGOS)


@pytest.mark.parametrize(
    ("published", "message", "expected"),
    [
        ("2026-10-24 23:00", "Next update by 02:30 CEST.", "2026-10-25 00:30"),
        ("2026-10-24 23:00", "Next update by 02:30 CET.", "2026-10-25 01:30"),
        ("2026-10-25 00:50", "Next update by 02:30.", "2026-10-25 01:30"),
        ("2026-10-25 01:50", "Next update by 02:30.", "2026-10-26 01:30"),
    ],
)
def test_in_the_hour_that_comes_twice_letters_or_the_time_of_the_update_choose(
    published: str, message: str, expected: str
) -> None:
    stated = stated_next_update(message, at(published), ZoneInfo("Europe/Paris"))
    assert stated is not None
    assert stated.at == at(expected)


def test_a_time_that_comes_twice_and_could_be_either_is_no_promise() -> None:
    assert stated_next_update("Next update by 02:30.", at("2026-10-24 23:00"), ZoneInfo("Europe/Paris")) is None
