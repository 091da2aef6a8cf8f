"""What pages and files share: instants in the zone of a notice."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from tests.makers import at
from tests.present.contexts import site

LAGOS = ZoneInfo("Africa/Lagos")


def test_the_day_of_an_instant_is_that_of_the_zone_of_the_notice() -> None:
    same, next_day = at("2026-04-06 01:10", "Africa/Lagos"), at("2026-04-07 00:10", "Africa/Lagos")
    day = date(2026, 4, 6)
    assert site().instant(same, LAGOS, day).text == "01:10 WAT"
    assert site().instant(next_day, LAGOS, day).text == "Tuesday 7 April 2026, 00:10 WAT"
