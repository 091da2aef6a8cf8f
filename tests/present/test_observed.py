"""A percentage of uptime never stands beside a time over which it was not measured."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_incidents.present.context import SiteContext
from mkdocs_incidents.present.language.formatter import Formatter, locale_of
from mkdocs_incidents.present.pages.observed import observed_days, observed_label, observed_sentence, uptime_label
from mkdocs_incidents.present.urls import Urls
from mkdocs_incidents.status import Snapshot
from tests.makers import at, catalog, component, history, incident, states

if TYPE_CHECKING:
    from datetime import datetime

TODAY = date(2026, 11, 27)


def site(now: datetime, **since: date | None) -> SiteContext:
    """A site with components by id and since when they are in service, and an outage on the morning of `TODAY`."""
    of = catalog(*(component(name, since=day) for name, day in since.items()), zone="Africa/Lagos")
    outage = incident("2026-11-27 08:00", resolved="2026-11-27 08:35", components=states(web="major_outage"))
    return SiteContext(
        snapshot=Snapshot.take(history(outage, of=of), now),
        urls=Urls(site_url="https://status.example.com/"),
        formatter=Formatter(locale_of("en")),
        site_name="X",
    )


@pytest.mark.parametrize(
    ("web", "api", "sentence"),
    [
        (date(2020, 1, 1), date(2020, 1, 1), "Percentages are uptime over 90 days."),
        (date(2026, 8, 30), date(2026, 8, 30), "Percentages are uptime over 90 days."),
        (date(2026, 8, 31), date(2026, 8, 31), "Percentages are uptime since 31 August 2026."),
        (date(2020, 1, 1), date(2026, 11, 2), "Percentages are uptime over 90 days, of Api since 2 November 2026."),
        (date(2020, 1, 1), date(2026, 11, 27), "Percentages are uptime over 90 days."),
        (date(2026, 11, 27), date(2026, 11, 27), ""),
    ],
)
def test_the_sentence_names_the_time_that_is_observed(web: date, api: date, sentence: str) -> None:
    assert observed_sentence(site(at("2026-11-27 18:00"), web=web, api=api)) == sentence


def test_ten_hours_give_no_percentage_and_a_day_does() -> None:
    early, later = (site(at(now), web=None) for now in ("2026-11-27 10:00", "2026-11-28 00:00"))
    assert uptime_label(early, early.recent_uptime["web"]) == "not enough data yet"
    assert uptime_label(later, later.recent_uptime["web"]) == "97.66%"
    assert observed_label(later, "web") == "since 27 November 2026"
    assert [observed_days(one, "web") for one in (early, later)] == [1, 2]


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 120), st.integers(0, 36 * 60))
def test_the_time_that_is_named_is_the_time_that_is_measured(days_ago: int, minutes: int) -> None:
    now = at("2026-11-27 08:35") + timedelta(minutes=minutes)
    of = site(now, web=TODAY - timedelta(days=days_ago))
    measured, label = of.recent_uptime["web"], uptime_label(of, of.recent_uptime["web"])
    assert label.endswith("%") is (measured.observed >= timedelta(days=1))
    days = observed_days(of, "web")
    assert timedelta(days=days - 1) <= measured.observed <= timedelta(days=days)
    assert (observed_label(of, "web") == "over 90 days") is (days == 90)
