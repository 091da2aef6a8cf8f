from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from mkdocs_incidents.present.drawings.strips import strips
from tests.makers import incident, states
from tests.present.contexts import site


def ticks(started: str, resolved: str) -> list[str]:
    notice = incident(started, resolved=resolved, components=states(web="major_outage"))
    found = strips(site(notice), notice)
    assert found
    return [tick.text for tick in found.ticks]


def test_within_a_day_the_clock_is_enough() -> None:
    assert ticks("2026-04-06 14:30", "2026-04-06 15:15") == ["14:30", "15:15"]


def test_over_midnight_each_time_has_its_day() -> None:
    assert ticks("2026-04-06 22:40", "2026-04-07 00:25") == ["6 April, 22:40", "7 April, 00:25"]


def test_where_the_clocks_change_each_time_has_its_zone() -> None:
    notice = incident(
        "2026-10-25 01:30", resolved="2026-10-25 03:10", zone="Europe/Paris", components=states(web="major_outage")
    )
    found = strips(site(notice, now="2026-11-01 00:00"), notice)
    assert found
    assert [row.label for row in found.rows] == ["Web: major outage from 01:30 CEST to 03:10 CET"]
    assert [tick.text for tick in found.ticks] == ["01:30 CEST", "03:10 CET"]


def test_a_date_that_clocks_show_once_more_is_the_one_that_is_printed() -> None:
    # In 2010 Newfoundland set its clocks back at 00:01: a minute of the 7th, an hour of the 6th, then the 7th again.
    notice = incident("2010-11-07 02:30", resolved="2010-11-07 03:00", components=states(web="major_outage"))
    there = replace(notice, timezone=ZoneInfo("America/St_Johns"))
    found = strips(site(there), there)
    assert found
    assert [row.label for row in found.rows] == [
        "Web: major outage from 7 November, 00:00 NDT to 6 November, 23:30 NST"
    ]
