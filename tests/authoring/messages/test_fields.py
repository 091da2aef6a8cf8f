"""Facts in words."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_incidents.authoring.messages.fields import (
    duration_in_words,
    filled,
    listed,
    period_in_words,
    time_in_words,
)
from mkdocs_incidents.content.updates import stated_next_update
from mkdocs_incidents.model import Interval, Upstream
from tests.authoring.messages.examples import LAGOS, lagos, next_in, outage, pause
from tests.makers import at, states

ZONE = ZoneInfo(LAGOS)
PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "less than a minute"),
        (1, "1 minute"),
        (59, "59 minutes"),
        (60, "1 hour"),
        (98, "1 hour 38 minutes"),
        (24 * 60, "1 day"),
        (24 * 60 + 59, "1 day"),
        (49 * 60 + 30, "2 days 1 hour"),
    ],
)
def test_a_duration_has_its_two_largest_units(minutes: int, words: str) -> None:
    assert duration_in_words(timedelta(minutes=minutes, seconds=59)) == words


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=4000)))
def test_a_duration_in_words_is_never_longer_than_it_was_and_short_by_less_than_an_hour(duration: timedelta) -> None:
    words = duration_in_words(duration).split()
    pairs = zip(words[::2], words[1::2], strict=False)
    found = timedelta(**{unit.rstrip("s") + "s": int(count) for count, unit in pairs if count.isdigit()})
    assert timedelta(0) <= duration - found < timedelta(minutes=1 if duration < timedelta(days=1) else 60)


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("2026-10-14 09:05", "09:05 WAT"),
        ("2026-10-13 23:59", "Tuesday 13 October, 23:59 WAT"),
        ("2027-01-01 00:00", "Friday 1 January 2027, 00:00 WAT"),
    ],
)
def test_a_time_has_its_zone_and_a_day_where_that_is_another(when: str, words: str) -> None:
    assert time_in_words(lagos(when), ZONE, lagos("2026-10-14 12:00")) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2026-10-14 11:20", "2026-10-14 12:58", "from 11:20 to 12:58 WAT"),
        ("2026-12-06 02:00", "2026-12-06 04:00", "on Sunday 6 December from 02:00 to 04:00 WAT"),
        (
            "2026-10-14 22:00",
            "2026-10-15 02:00",
            "from Wednesday 14 October, 22:00 WAT to Thursday 15 October, 02:00 WAT",
        ),
        ("2027-01-03 02:00", "2027-01-03 04:00", "on Sunday 3 January 2027 from 02:00 to 04:00 WAT"),
    ],
)
def test_a_period_has_a_day_where_that_is_another_than_today(start: str, end: str, words: str) -> None:
    assert period_in_words(Interval(lagos(start), lagos(end)), ZONE, lagos("2026-10-14 13:00")) == words


def test_a_period_over_a_change_of_clocks_has_both_zones() -> None:
    period = Interval(at("2026-03-29 00:30"), at("2026-03-29 02:30"))
    assert period_in_words(period, PARIS, at("2026-03-29 03:00")) == "from 01:30 CET to 04:30 CEST"


@pytest.mark.parametrize("due", ["2026-10-14 12:00", "2026-10-14 23:59", "2026-10-15 11:28"])
def test_the_next_update_within_a_day_is_read_as_it_is_meant(due: str) -> None:
    facts = next_in(outage(), "investigating", "2026-10-14 11:29", next_update_at=lagos(due))
    sentence = f"Next update by {filled('next_update', facts)}."
    found = stated_next_update(f"Cards fail. {sentence}", facts.update.at, ZONE)
    assert found
    assert found.at == lagos(due)


def test_a_later_next_update_has_its_day() -> None:
    facts = next_in(outage(), "investigating", "2026-10-14 11:29", next_update_at=lagos("2026-10-16 09:00"))
    assert filled("next_update", facts) == "Friday 16 October, 09:00 WAT"


@pytest.mark.parametrize(
    ("components", "words"),
    [
        ({"cards": "major_outage"}, "an outage of Card payments"),
        ({"cards": "partial_outage", "webhooks": "partial_outage"}, "a partial outage of Card payments and Webhooks"),
        (
            {"webhooks": "degraded_performance", "cards": "major_outage", "sms": "partial_outage"},
            "an outage of Card payments, a partial outage of SMS codes and a problem with Webhooks",
        ),
        (
            {"cards": "major_outage", "webhooks": "major_outage", "sms": "partial_outage"},
            "an outage of Card payments and Webhooks, and a partial outage of SMS codes",
        ),
        ({}, "[what is wrong]"),
    ],
)
def test_states_are_in_words_the_worst_first(components: dict[str, str], words: str) -> None:
    facts = next_in(outage(components=states(**components)), "investigating", "2026-10-14 11:29")
    assert filled("states", facts) == words


def test_a_list_ends_with_and() -> None:
    assert [listed(items) for items in ("A", "AB", "ABC")] == ["A", "A and B", "A, B and C"]


def test_the_other_fields_are_those_of_the_notice_and_the_update() -> None:
    supplier = Upstream(name="Tidewire", link="https://tidewire.example/status")
    facts = next_in(outage(title="Cards fail", upstream=supplier), "monitoring", "2026-10-14 12:30")
    fields = ("title", "components", "started", "ended", "time", "upstream", "upstream_page", "page")
    assert [filled(name, facts) for name in fields] == [
        "Cards fail",
        "Card payments and Webhooks",
        "11:20 WAT",
        "12:30 WAT",
        "12:30 WAT",
        "Tidewire",
        "https://tidewire.example/status",
        "https://status.harmattan.example/incidents/2026-10-14-it-broke/",
    ]


def test_a_new_end_of_work_stands_beside_the_planned_one() -> None:
    facts = next_in(pause(), "in_progress", "2026-12-06 03:00", until=lagos("2026-12-06 05:00"))
    assert [filled(name, facts) for name in ("until", "planned_until")] == ["05:00 WAT", "04:00 WAT"]
    assert filled("period", facts) == "from 02:00 to 05:00 WAT"


def test_an_end_before_the_begin_leaves_a_blank() -> None:
    facts = next_in(outage(), "resolved", "2026-10-14 12:58", resolved_at=lagos("2026-10-14 11:00"))
    assert [filled(name, facts) for name in ("period", "duration")] == ["[from when to when]", "[how long]"]
