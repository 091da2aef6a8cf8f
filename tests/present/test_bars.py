"""The last 90 days as marks, and as a table."""

from __future__ import annotations

import pytest

from mkdocs_incidents.present.drawings.bars import bars, table
from tests.makers import incident, states
from tests.present.contexts import site


def test_only_today_has_the_clock_time_until_which_an_open_incident_is_counted() -> None:
    of = site(incident("2026-04-06 22:00", components=states(web="major_outage")), now="2026-04-08 10:30")
    assert [(fact.day, fact.length) for fact in table(of, [("Web", of.recent_days["web"])])] == [
        ("8 April", "10 hr 30 min by 10:30 UTC"),
        ("7 April", "1 day"),
        ("6 April", "2 hr"),
    ]


def test_an_incident_of_no_length_is_on_its_day_and_never_zero_minutes() -> None:
    blink = incident("2026-04-06 10:00", resolved="2026-04-06 10:00", components=states(web="major_outage"))
    of = site(blink, now="2026-04-08 10:30")
    (fact,) = table(of, [("Web", of.recent_days["web"])])
    assert (fact.day, fact.state_word, fact.length) == ("6 April", "Major outage", "under 1 min")
    (mark,) = [mark for band in bars(of, "Web", of.recent_days["web"]).bands for mark in band.marks]
    assert mark.label == "6 April: major outage, under 1 min. It broke"
    assert of.recent_uptime["web"].percent == 100


@pytest.mark.parametrize(
    ("now", "length"), [("2026-04-06 10:40", "40 min"), ("2026-04-06 10:39", "39 min by 10:39 UTC")]
)
def test_an_incident_that_is_resolved_as_the_site_is_built_is_not_counted_until_now(now: str, length: str) -> None:
    notice = incident("2026-04-06 10:00", resolved="2026-04-06 10:40", components=states(web="major_outage"))
    of = site(notice, now=now)
    assert [fact.length for fact in table(of, [("Web", of.recent_days["web"])])] == [length]


def test_without_an_incident_no_day_has_a_mark() -> None:
    later = incident("2026-04-09 10:00", resolved="2026-04-09 10:00", components=states(web="major_outage"))
    of = site(later, now="2026-04-08 10:30")
    assert not list(table(of, [("Web", of.recent_days["web"])]))
