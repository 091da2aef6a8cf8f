from __future__ import annotations

from mkdocs_incidents.present.edition import Edition
from mkdocs_incidents.present.strip import strips
from mkdocs_incidents.present.urls import Urls
from mkdocs_incidents.present.wording import Wording, locale_of
from mkdocs_incidents.status import Record
from tests.makers import at, history, incident, states


def ticks(started: str, resolved: str) -> list[str]:
    told = incident(started, resolved=resolved, components=states(web="major_outage"))
    edition = Edition(
        record=Record.of(history(told), at("2026-05-01 00:00")),
        urls=Urls(site_url="https://status.example.com/"),
        wording=Wording(locale_of("en")),
        site_name="X",
    )
    found = strips(edition, told)
    assert found
    return [tick.text for tick in found.ticks]


def test_within_a_day_the_clock_is_enough() -> None:
    assert ticks("2026-04-06 14:30", "2026-04-06 15:15") == ["14:30", "15:15"]


def test_over_midnight_each_time_has_its_day() -> None:
    assert ticks("2026-04-06 22:40", "2026-04-07 00:25") == ["6 April, 22:40", "7 April, 00:25"]
