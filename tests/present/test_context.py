"""What pages and files share: instants in the zone of a notice."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from tests.makers import at
from tests.present.contexts import site

LAGOS = ZoneInfo("Africa/Lagos")


def test_whether_two_instants_are_on_one_day_is_asked_in_the_zone_of_the_notice() -> None:
    begin = at("2026-04-06 00:30", "Africa/Lagos")  # the day before in the zone of the site
    same, next_day = at("2026-04-06 01:10", "Africa/Lagos"), at("2026-04-07 00:10", "Africa/Lagos")
    assert site().clock_on_day_of(same, LAGOS, begin).text == "01:10 WAT"
    assert site().clock_on_day_of(next_day, LAGOS, begin).text == "Tuesday 7 April 2026, 00:10 WAT"
