from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mkdocs_incidents.model import Impact
from mkdocs_incidents.present.pages.history import month_view
from mkdocs_incidents.present.pages.site import SiteViews
from mkdocs_incidents.present.pages.status import status_view
from mkdocs_incidents.status import Month
from tests.makers import announcement, at, incident, maintenance, states, update
from tests.present.contexts import site

if TYPE_CHECKING:
    from mkdocs_incidents.model import Notice
    from mkdocs_incidents.present.drawings.calendar import CalendarDay


def sixth_of_april(*notices: Notice) -> CalendarDay:
    weeks = month_view(site(*notices), Month(2026, 4)).weeks
    return next(day for week in weeks for day in week if day and day.anchor == "day-2026-04-06")


def test_a_day_of_the_calendar_counts_the_worst_state_as_the_bars_do() -> None:
    major = incident("2026-04-06 10:00", id="a", resolved="2026-04-06 10:30", components=states(web="major_outage"))
    slow = incident(
        "2026-04-06 12:00", id="b", resolved="2026-04-06 14:00", components=states(api="degraded_performance")
    )
    day = sixth_of_april(major, slow)
    assert (day.state, day.length, day.eventful) == ("major_outage", "30 min", True)


def test_an_incident_without_components_marks_its_day_by_its_impact() -> None:
    day = sixth_of_april(incident("2026-04-06 10:00", resolved="2026-04-06 10:30", impact="major"))
    assert (day.state, day.length) == ("partial_outage", "30 min")


def test_an_incident_without_components_within_a_longer_one_leaves_the_length_of_the_day() -> None:
    long = incident("2026-04-06 10:00", id="a", resolved="2026-04-06 12:00", impact="major")
    within = incident("2026-04-06 11:00", id="b", resolved="2026-04-06 11:30", impact="major")
    assert sixth_of_april(long, within).length == "2 hr"


def test_incidents_without_components_count_while_they_are_open_and_each_instant_once() -> None:
    reopened = incident(
        "2026-04-06 08:00",
        update("2026-04-06 08:20", "resolved"),
        update("2026-04-06 11:40", "investigating"),
        update("2026-04-06 12:00", "resolved"),
        impact="major",
    )
    assert sixth_of_april(reopened).length == "40 min"
    other = incident("2026-04-06 11:50", id="b", resolved="2026-04-06 12:20", impact="major")
    assert sixth_of_april(reopened, other).length == "1 hr"


def test_a_day_of_the_calendar_has_an_incident_of_no_length() -> None:
    day = sixth_of_april(incident("2026-04-06 10:00", resolved="2026-04-06 10:00", impact="major"))
    assert (day.state, day.length, day.label) == ("partial_outage", "under 1 min", "6 April: partial outage")


@pytest.mark.parametrize(("now", "overdue"), [("2026-04-06 10:29", False), ("2026-04-06 10:30", True)])
def test_an_announced_update_that_is_late_is_overdue(now: str, *, overdue: bool) -> None:
    announced = update("2026-04-06 10:05", "investigating", next_update_at=at("2026-04-06 10:30"))
    (notice,) = status_view(site(incident("2026-04-06 10:00", announced, impact="major"), now=now)).incidents
    assert notice.latest
    assert notice.latest.overdue is overdue


@pytest.mark.parametrize(
    ("now", "late"), [("2026-04-06 10:59", False), ("2026-04-06 11:00", True), ("2026-04-06 11:30", True)]
)
def test_maintenance_past_its_planned_end_is_late(now: str, *, late: bool) -> None:
    begun = update("2026-04-06 10:00", "in_progress")
    work = maintenance("2026-04-06 10:00", "2026-04-06 11:00", begun, components=states(web="under_maintenance"))
    (notice,) = status_view(site(work, now=now)).running
    assert notice.late is late


def test_a_month_has_a_page_of_its_own_in_each_year() -> None:
    views = SiteViews(site(incident("2025-04-06 10:00", resolved="2025-04-06 11:00", impact="major")))
    assert [views.month(Month(year, 4)).title for year in (2025, 2026)] == ["April 2025", "April 2026"]
    assert views.month(Month(2025, 4)) is views.month(Month(2025, 4))


def test_a_month_counts_its_notices_by_their_kind() -> None:
    notices = (
        announcement("2026-04-06 08:00", id="news"),
        maintenance("2026-04-06 10:00", "2026-04-06 11:00", id="work"),
        incident("2026-04-07 10:00", id="down", resolved="2026-04-07 11:00", impact="major"),
    )
    counted = month_view(site(*notices), Month(2026, 4)).summary
    assert counted.startswith("1 incident, 1 planned maintenance and 1 notice, on 2 days.")
    assert month_view(site(notices[0]), Month(2026, 4)).summary.startswith("1 notice, on 1 day.")


def test_nothing_is_said_beside_all_systems_operational() -> None:
    """What goes on without affecting a service is named below it: it is not the state that is open or in progress."""
    harmless = incident("2026-04-06 14:30", components=states(web="operational"), stated_impact=Impact.NONE)
    work = maintenance("2026-04-06 14:30", "2026-04-06 16:00", update("2026-04-06 10:00", "scheduled"))
    for notice in (harmless, work):
        view = status_view(site(notice, now="2026-04-06 15:00"))
        assert (view.state, view.aside) == ("operational", "")
        assert view.main
