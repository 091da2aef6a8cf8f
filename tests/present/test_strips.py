from __future__ import annotations

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
