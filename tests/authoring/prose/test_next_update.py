"""Promises of the next word are recognised where they are plain, and nowhere else."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_incidents.authoring.prose.next_update import promised_in
from tests.content.folders import INCIDENT, Folder, place
from tests.makers import at

LAGOS = ZoneInfo("Africa/Lagos")
PUBLISHED_AT = at("2026-04-06 13:36")  # 14:36 in Lagos


@pytest.mark.parametrize(
    ("message", "promised"),
    [
        ("Cards fail. Next update by 15:00.", "2026-04-06 14:00"),
        ("next update at 3 pm WAT", "2026-04-06 14:00"),
        ("Next update at 3 p.m.", "2026-04-06 14:00"),
        ("Next update in 30 minutes.", "2026-04-06 14:06"),
        ("Next update in 1.5 hours.", "2026-04-06 15:06"),
        ("Next update in an hour and a half.", "2026-04-06 15:06"),
        ("The next update follows in half an hour.", "2026-04-06 14:06"),
        ("We will give you an update. Next update within an hour.", "2026-04-06 14:36"),
        ("We will update you again by 15:00", "2026-04-06 14:00"),
        ("We'll be back with more by 16:00.", "2026-04-06 15:00"),
        ("Expect the next update before 16:30 UTC", "2026-04-06 16:30"),
        ("Next update: 15:00 UTC", "2026-04-06 15:00"),
        ("**Next update by 15:00**", "2026-04-06 14:00"),
        ("Next update by 15:00 (WAT).", "2026-04-06 14:00"),
        ("Next update by 15:00 West African Time.", "2026-04-06 14:00"),
        ("Next update by 15:00, or earlier.", "2026-04-06 14:00"),
        ("You will hear from us again by 15:00.", "2026-04-06 14:00"),
        ("Next update\nby 15:00.", "2026-04-06 14:00"),
        ("Next update by midnight.", "2026-04-06 23:00"),
        ("Next update by 01:30.", "2026-04-07 00:30"),
        ("Next update by 3:00 PM.", "2026-04-06 14:00"),
    ],
)
def test_a_plain_promise_is_understood(message: str, promised: str) -> None:
    assert promised_in(message, PUBLISHED_AT, LAGOS) == at(promised)


@pytest.mark.parametrize(
    "message",
    [
        "Card payments fail since 14:30.",
        "Next update by 15:00 PST.",  # a zone that is not ours
        "Next update by 15:00 XYZ.",
        "Next update by 3:00.",  # in the night, or at three in the afternoon?
        "Next update by 15:00 tomorrow.",
        "Next update by 15:00 on Tuesday.",
        "Next update by 15:00, tomorrow.",
        "Next update on Tuesday by 15:00.",
        "Next update at 15:00-16:00.",
        "Next update at 15.",
        "Next update by 25:00.",
        "Next update by 14:30.",  # that was six minutes ago, and will be tomorrow
        "There will be no next update before 16:00.",
        "We promised the next update by 14:00 and missed it.",
        "We may give the next update by 15:00.",
        "Next update in 30 to 60 minutes.",
        "Next update soon.",
        "The software update at 15:00 is to blame.",
        "Update by 15:00",
    ],
)
def test_what_is_not_plain_is_no_promise(message: str) -> None:
    assert promised_in(message, PUBLISHED_AT, LAGOS) is None


def test_a_time_that_clocks_skip_is_no_promise() -> None:
    paris = ZoneInfo("Europe/Paris")
    assert promised_in("Next update by 02:30.", at("2026-03-28 23:00"), paris) is None


def test_the_message_is_never_changed(folder: Folder) -> None:
    message = "Cards fail. **Next update** by 15:00 WAT."
    text = INCIDENT.replace(
        "---\ntitle", f"---\nupdates:\n  - {{at: 2026-04-06 14:36, status: identified, message: '{message}'}}\ntitle"
    )
    (update,) = folder.notice(text).updates
    assert update.message == message


def test_a_stated_promise_may_be_an_instant_or_a_time_of_day(folder: Folder) -> None:
    for written, expected in (
        ("15:00", "2026-04-06 14:00"),
        ("2026-04-06 16:00", "2026-04-06 15:00"),
        ("00:15", "2026-04-06 23:15"),
        ("00:00", "2026-04-06 23:00"),
    ):
        entry = f"{{at: 2026-04-06 14:36, status: identified, message: x, next_update: '{written}'}}"
        (update,) = folder.notice(INCIDENT.replace("---\ntitle", f"---\nupdates:\n  - {entry}\ntitle")).updates
        assert update.next_update_at == at(expected)


def test_a_stated_promise_in_words_is_answered_by_the_notation(folder: Folder) -> None:
    entry = "{at: 2026-04-06 14:36, status: identified, message: x, next_update: 3 pm}"
    problem = folder.problem("x.md", INCIDENT.replace("---\ntitle", f"---\nupdates:\n  - {entry}\ntitle"))
    assert place(problem) == (3, 73, "not-an-instant")
    assert problem.hint == "write 15:00"


@given(st.text(alphabet=st.sampled_from("next update by in at 15:0 pmWAT.an hour3"), max_size=80))
def test_any_message_promises_something_later_or_nothing(message: str) -> None:
    promised = promised_in(message, PUBLISHED_AT, LAGOS)
    assert promised is None or promised > PUBLISHED_AT
