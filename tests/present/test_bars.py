"""The last 90 days as marks, and as a table."""

from __future__ import annotations

from mkdocs_incidents.present.drawings.bars import table
from tests.makers import incident, states
from tests.present.contexts import site


def test_only_today_has_the_clock_time_until_which_an_open_incident_is_counted() -> None:
    of = site(incident("2026-04-06 22:00", components=states(web="major_outage")), now="2026-04-08 10:30")
    assert [(fact.day, fact.length) for fact in table(of, [("Web", of.recent_days["web"])])] == [
        ("8 April", "10 hr 30 min by 10:30 UTC"),
        ("7 April", "1 day"),
        ("6 April", "2 hr"),
    ]
