from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mkdocs_incidents.model import Impact, Retraction
from mkdocs_incidents.present.pages import history
from mkdocs_incidents.present.pages.history import history_view, month_view
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


def test_days_with_the_same_notices_are_one_row() -> None:
    long = incident("2026-04-06 10:00", id="long", components=states(web="major_outage"))
    short = incident("2026-04-08 10:00", id="short", resolved="2026-04-08 11:00", components=states(api="major_outage"))
    rows = month_view(site(long, short, now="2026-04-12 12:00"), Month(2026, 4)).days
    assert [(row.label, len(row.notices)) for row in rows] == [
        ("9 to 12 April", 1), ("Wednesday 8 April", 2), ("6 to 7 April", 1), ("1 to 5 April", 0),
    ]  # fmt: skip
    assert rows[0].anchors == ("day-2026-04-12", "day-2026-04-11", "day-2026-04-10", "day-2026-04-09")
    assert rows[0].notices[0].facts[0] == "open since Monday 6 April 2026, 10:00 UTC"
    assert rows[3].anchors == ()


def test_a_notice_of_several_days_is_described_once() -> None:
    long = incident("2026-04-06 10:00", id="long", components=states(web="major_outage"))
    short = incident("2026-04-08 10:00", id="short", resolved="2026-04-08 11:00", components=states(api="major_outage"))
    rows = month_view(site(long, short, now="2026-04-12 12:00"), Month(2026, 4)).days
    assert [[(row.title, bool(row.facts)) for row in day.notices] for day in rows] == [
        [(long.title, True)], [(long.title, False), (short.title, True)], [(long.title, False)], [],
    ]  # fmt: skip


def test_each_year_of_the_history_is_a_calendar_with_the_titles_below() -> None:
    major = incident("2025-11-02 10:00", id="a", resolved="2025-11-03 10:30", components=states(web="major_outage"))
    work = maintenance(
        "2026-02-03 10:00", "2026-02-03 11:00", id="b", title="New discs", components=states(web="under_maintenance")
    )
    newest, oldest = history_view(site(major, work, now="2026-04-06 12:00")).years
    assert (newest.label, newest.summary) == ("2026", "1 planned maintenance")
    assert [(month.label, month.end // 4) for month in newest.calendar] == [
        ("Jan", 31), ("Feb", 28), ("Mar", 31), ("Apr", 6),
    ]  # fmt: skip
    assert newest.calendar[1].marks == (("mt", 2 * 4),)
    assert [(month.label, [row.title for row in month.notices]) for month in newest.months] == [
        ("March to April 2026", []), ("February 2026", ["New discs"]), ("January 2026", []),
    ]  # fmt: skip
    november = oldest.calendar[0]
    assert (november.label, november.begin, november.end // 4) == ("Nov", 0, 30)
    assert november.marks == (("mj", 1 * 4), ("mj", 2 * 4))


def test_older_titles_of_a_long_history_are_on_the_pages_of_their_months(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "_MOST_TITLES", 2)
    days = [f"2026-0{month}-02" for month in (1, 1, 2, 3, 3)]
    found = [incident(f"{day} 10:00", id=f"n{n}", resolved=f"{day} 11:00") for n, day in enumerate(days)]
    (year,) = history_view(site(*found, now="2026-03-06 12:00")).years
    assert [(month.label, bool(month.address), len(month.notices), month.summary) for month in year.months] == [
        ("March 2026", True, 2, "2 incidents"), ("February 2026", True, 0, "1 incident"),
        ("January 2026", True, 0, "2 incidents"),
    ]  # fmt: skip
    monkeypatch.setattr(history, "_MOST_TITLES", 1)
    (year,) = history_view(site(*found, now="2026-03-06 12:00")).years
    assert [len(month.notices) for month in year.months] == [2, 0, 0], "the newest month always has its titles"


def test_a_year_without_notices_has_a_calendar_and_no_list() -> None:
    old = incident("2024-12-31 10:00", resolved="2024-12-31 11:00", impact="major")
    _, quiet, _ = history_view(site(old, now="2026-01-01 12:00")).years
    assert (quiet.summary, len(quiet.calendar), quiet.months) == ("Nothing to report", 12, ())


def test_what_was_retracted_is_listed_and_not_counted() -> None:
    alarm = incident("2026-04-06 10:00", impact="major", retraction=Retraction("It was a test."), title="False alarm")
    (year,) = history_view(site(alarm)).years
    assert (year.summary, [row.state_word for month in year.months for row in month.notices]) == (
        "Nothing to report", ["Retracted"],
    )  # fmt: skip


def test_beside_the_headline_of_an_incident_is_the_phase_of_the_response() -> None:
    works_again = update("2026-04-06 14:50", "monitoring", components=states(web="operational"))
    down = incident("2026-04-06 14:30", works_again, components=states(web="major_outage"))
    assert status_view(site(down, now="2026-04-06 15:00")).incidents[0].phase == "Monitoring"
    work = maintenance("2026-04-06 14:30", "2026-04-06 16:00", components=states(web="under_maintenance"))
    assert status_view(site(work, now="2026-04-06 15:00")).running[0].phase == ""


def test_an_incident_that_came_back_is_not_listed_on_the_days_between() -> None:
    updates = (
        update("2026-04-02 10:05", "investigating"), update("2026-04-02 11:00", "resolved"),
        update("2026-04-05 09:00", "investigating"),
    )  # fmt: skip
    found = incident("2026-04-02 10:00", *updates, components=states(web="major_outage"))
    days = month_view(site(found, now="2026-04-06 12:00"), Month(2026, 4)).days
    assert [row.label for row in days if row.notices] == ["5 to 6 April", "Thursday 2 April"]
