"""The banner, the components and what is open, at an instant."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mkdocs_incidents.model import ComponentStatus, Notice
from mkdocs_incidents.status import (
    Indicator,
    PageState,
    PageStatus,
    coming_maintenances,
    component_statuses,
    current_announcements,
    group_status,
    open_incidents,
    page_status,
    running_maintenances,
)
from tests.makers import (
    announcement,
    at,
    catalog,
    component,
    group,
    history,
    incident,
    maintenance,
    states,
    update,
)

NOW = at("2026-04-06 15:00")
O, M, D, P, X = "operational", "under_maintenance", "degraded_performance", "partial_outage", "major_outage"  # noqa: E741


AS_SEVERE = dict(zip(("none", "maintenance", "minor", "major", "critical"), ComponentStatus, strict=True))


def banner(*notices: Notice, components: int = 3) -> PageStatus:
    of = catalog(*(f"c{number}" for number in range(components)))
    return page_status(history(*notices, of=of), NOW)


def broken(*written: str) -> list[Notice]:
    """One notice for each component that is not operational."""
    return [
        maintenance("2026-04-06 14:00", "2026-04-06 16:00", id=f"n{number}", components=states(**{f"c{number}": state}))
        if state == M
        else incident("2026-04-06 14:00", id=f"n{number}", components=states(**{f"c{number}": state}))
        for number, state in enumerate(written)
        if state != O
    ]


@pytest.mark.parametrize(
    ("components", "indicator", "description"),
    [
        ([], "none", "All Systems Operational"),
        ([O], "none", "All Systems Operational"),
        ([D], "minor", "Partially Degraded Service"),
        ([P], "major", "Partial System Outage"),
        ([X], "critical", "Major System Outage"),
        ([M], "maintenance", "Service Under Maintenance"),
        ([O, O, O], "none", "All Systems Operational"),
        ([X, X, X], "critical", "Major System Outage"),
        ([X, O, O], "major", "Partial System Outage"),
        ([X, P, D], "major", "Partial System Outage"),
        ([X, X, M], "major", "Partial System Outage"),
        ([P, P, P], "major", "Partial System Outage"),
        ([P, O, O], "minor", "Minor Service Outage"),
        ([P, P, D], "minor", "Minor Service Outage"),
        ([P, M, M], "minor", "Minor Service Outage"),
        ([D, D, D], "minor", "Degraded System Service"),
        ([D, O, O], "minor", "Partially Degraded Service"),
        ([D, M, M], "minor", "Partially Degraded Service"),
        ([M, O, O], "maintenance", "Service Under Maintenance"),
        ([M, M, M], "maintenance", "Service Under Maintenance"),
    ],
)
def test_the_banner_follows_statuspages_ladder(components: list[str], indicator: str, description: str) -> None:
    found = banner(*broken(*components), components=len(components))
    assert (found.indicator, found.description) == (indicator, description)
    assert found.status is AS_SEVERE[found.indicator]
    assert found.worst is ComponentStatus.worst(ComponentStatus(state) for state in components)


@pytest.mark.parametrize(
    ("impact", "indicator", "description"),
    [
        ("minor", "minor", "Partially Degraded Service"),
        ("major", "major", "Partial System Outage"),
        ("critical", "critical", "Major System Outage"),
    ],
)
def test_an_open_incident_without_components_raises_the_banner(impact: str, indicator: str, description: str) -> None:
    found = banner(incident("2026-04-06 14:00", impact=impact))
    assert (found.indicator, found.description) == (indicator, description)


def test_an_incident_stated_graver_than_its_components_raises_the_banner() -> None:
    found = banner(incident("2026-04-06 14:00", components=states(c0=D), impact="critical"))
    assert found.indicator is Indicator.CRITICAL


def test_stating_the_impact_that_the_components_have_anyway_changes_nothing() -> None:
    unstated = incident("2026-04-06 14:00", components=states(c0=X))
    stated = incident("2026-04-06 14:00", components=states(c0=X), impact="critical")
    assert banner(unstated) == banner(stated)
    assert banner(stated).description == "Partial System Outage"


def test_an_incident_of_which_nothing_is_known_is_not_operational() -> None:
    assert banner(incident("2026-04-06 14:00")).indicator is Indicator.MINOR


def test_an_open_incident_keeps_the_banner_up_when_its_components_are_well_again() -> None:
    watched = incident(
        "2026-04-06 14:00",
        update("2026-04-06 14:50", "monitoring", components=states(c0=O)),
        components=states(c0=X),
    )
    found = banner(watched)
    assert found == PageStatus(state=PageState.SOME_DEGRADED, worst=ComponentStatus.DEGRADED_PERFORMANCE)


def test_a_resolved_incident_no_longer_affects_the_banner() -> None:
    over = incident("2026-04-06 14:00", update("2026-04-06 15:00", "resolved"), components=states(c0=X))
    assert banner(over).indicator is Indicator.NONE


@pytest.mark.parametrize("days", [{"retired": date(2026, 4, 6)}, {"since": date(2026, 4, 7)}])
def test_a_component_that_is_out_of_service_is_shown_as_long_as_a_notice_that_names_it_is_open(days: Any) -> None:
    of = catalog(component("old", **days), "new")
    still = incident("2026-04-05 14:00", components=states(old=X))
    well = incident("2026-04-05 14:00", update("2026-04-06 14:50", "monitoring", components=states(old=O)))
    over = incident("2026-04-05 14:00", update("2026-04-06 15:00", "resolved"), components=states(old=X))
    work = maintenance("2026-04-05 14:00", "2026-04-06 16:00", components=states(old=M))
    coming = maintenance("2026-04-07 14:00", "2026-04-07 16:00", components=states(old=M))
    shown = [component_statuses(history(notice, of=of), NOW) for notice in (still, well, over, work, coming)]
    assert shown == [states(old=X, new=O), states(old=O, new=O), states(new=O), states(old=M, new=O), states(new=O)]
    assert page_status(history(still, of=of), NOW).description == "Partial System Outage"


def test_an_incident_whose_only_component_is_retired_raises_the_banner() -> None:
    of = catalog(component("old", retired=date(2026, 4, 6)))
    found = page_status(history(incident("2026-04-05 14:00", components=states(old=X)), of=of), NOW)
    assert found.indicator is Indicator.CRITICAL


def test_an_announcement_never_touches_the_banner() -> None:
    assert banner(announcement("2026-04-06 14:00", pinned=True)).indicator is Indicator.NONE


def test_maintenance_never_hides_an_outage_of_the_same_component() -> None:
    work = maintenance("2026-04-06 14:00", "2026-04-06 16:00", components=states(c0=M))
    trouble = incident("2026-04-06 14:30", components=states(c0=P))
    assert component_statuses(history(work, trouble), NOW) == states(c0=P)


def test_every_visible_component_has_a_state_in_the_order_of_the_catalogue() -> None:
    of = catalog("web", group("Money", "cards", "api"), component("later", since=date(2026, 4, 7)))
    found = component_statuses(history(incident("2026-04-06 14:00", components=states(api=D)), of=of), NOW)
    assert list(found.items()) == list(states(web=O, cards=O, api=D).items())


def test_a_component_appears_at_midnight_of_the_catalogues_zone() -> None:
    of = catalog(component("new", since=date(2026, 4, 7)), zone="Asia/Kathmandu")
    assert not component_statuses(history(of=of), at("2026-04-06 23:59", "Asia/Kathmandu"))
    assert component_statuses(history(of=of), at("2026-04-07 00:00", "Asia/Kathmandu"))


def test_a_group_fares_as_its_worst_visible_member() -> None:
    money = group("Money", "cards", "api", "retired")
    assert group_status(money, states(cards=M, api=D, web=X)) is ComponentStatus.DEGRADED_PERFORMANCE
    assert group_status(money, {}) is ComponentStatus.OPERATIONAL


def test_open_incidents_come_worst_first_then_oldest_then_by_id() -> None:
    notices = [
        incident("2026-04-06 14:10", id="b", components=states(c0=D)),
        incident("2026-04-06 14:10", id="a", components=states(c0=D)),
        incident("2026-04-06 14:00", id="older", components=states(c0=D)),
        incident("2026-04-06 14:20", id="worse", components=states(c0=P)),
        incident("2026-04-06 13:00", id="over", components=states(c0=X), resolved="2026-04-06 14:00"),
        incident("2026-04-06 15:01", id="to-come", components=states(c0=X)),
    ]
    assert [found.id for found in open_incidents(history(*notices), NOW)] == ["worse", "older", "a", "b"]


def test_an_embargoed_incident_is_shown_from_its_instant_on() -> None:
    hidden = history(incident("2026-04-06 14:00", components=states(c0=X), publish_at=at("2026-04-06 15:00")))
    assert page_status(hidden, at("2026-04-06 14:59")).indicator is Indicator.NONE
    assert page_status(hidden, at("2026-04-06 15:00")).indicator is Indicator.CRITICAL


def test_maintenances_are_coming_then_running_then_neither() -> None:
    work = history(maintenance("2026-04-06 14:00", "2026-04-06 16:00"))
    coming, running = [], []
    for hour in (13, 14, 15, 16):
        now = at(f"2026-04-06 {hour}:00")
        coming.append(len(coming_maintenances(work, now)))
        running.append(len(running_maintenances(work, now)))
    assert coming == [1, 0, 0, 0]
    assert running == [0, 1, 1, 0]


def test_coming_maintenances_come_soonest_first() -> None:
    later = maintenance("2026-04-08 14:00", "2026-04-08 16:00", id="later")
    sooner = maintenance("2026-04-07 14:00", "2026-04-07 16:00", id="sooner")
    assert [work.id for work in coming_maintenances(history(later, sooner), NOW)] == ["sooner", "later"]


def test_maintenance_called_off_is_no_longer_coming() -> None:
    off = maintenance("2026-04-06 22:00", "2026-04-06 23:00", update("2026-04-06 14:00", "completed"))
    assert not coming_maintenances(history(off), NOW)
    assert not running_maintenances(history(off), at("2026-04-06 22:30"))


def test_pinned_announcements_stay_up_until_they_end_newest_first() -> None:
    notices = [
        announcement("2026-04-01 12:00", id="old", pinned=True),
        announcement("2026-04-05 12:00", id="new", pinned=True),
        announcement("2026-04-05 12:00", id="unpinned"),
        announcement("2026-04-05 12:00", id="over", pinned=True, resolved="2026-04-06 15:00"),
        announcement("2026-04-07 12:00", id="to-come", pinned=True),
    ]
    assert [notice.id for notice in current_announcements(history(*notices), NOW)] == ["new", "old"]
