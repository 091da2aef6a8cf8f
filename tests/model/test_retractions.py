"""A retracted notice is over and has no effect; a retracted update states nothing."""

from __future__ import annotations

from datetime import date

import pytest

from mkdocs_incidents.model import (
    ComponentStatus,
    Impact,
    IncidentStatus,
    MaintenanceStatus,
    Notice,
    Retraction,
    Withdrawal,
)
from mkdocs_incidents.status import Snapshot, current_announcements, notices_by_day, open_incidents
from tests.makers import announcement, at, catalog, component, history, incident, maintenance, states, update

NOW = at("2026-04-08 12:00")
FAILS = update("2026-04-06 14:36", "investigating", components=states(web="major_outage"))
WORKS = update("2026-04-06 15:15", "resolved")


def retraction(when: str | None = None) -> Retraction:
    return Retraction("It was a test.", at(when) if when else None)


def test_it_closes_an_open_incident_at_its_time() -> None:
    alarm = incident("2026-04-06 14:30", FAILS, retraction=retraction("2026-04-06 14:55"))
    assert alarm.ended_at == alarm.resolved_at == at("2026-04-06 14:55")
    assert (alarm.impact, alarm.severity, alarm.stage(NOW)) == (
        Impact.NONE, ComponentStatus.OPERATIONAL, Withdrawal.RETRACTED,
    )  # fmt: skip
    assert (alarm.impacts(NOW), alarm.affected_intervals(NOW), alarm.touched_components) == ((), (), ())
    assert alarm.statuses_at(at("2026-04-06 14:40")) == {}
    assert alarm.named_components == ("web",)


def test_one_that_ended_before_ended_then() -> None:
    alarm = incident("2026-04-06 14:30", FAILS, WORKS, retraction=retraction("2026-04-07 09:00"))
    assert alarm.ended_at == at("2026-04-06 15:15")
    assert alarm.changed_at(NOW) == at("2026-04-07 09:00")


def test_without_a_stated_time_it_is_that_of_the_last_update_whatever_is_known() -> None:
    alarm = incident("2026-04-06 14:30", FAILS, WORKS, retraction=retraction())
    assert alarm.retracted_at == at("2026-04-06 15:15")
    assert alarm.as_of(at("2026-04-06 15:00")).retraction is None
    assert alarm.as_of(at("2026-04-06 15:15")).retracted_at == at("2026-04-06 15:15")


def test_before_its_time_nothing_is_known_of_it() -> None:
    alarm = incident("2026-04-06 14:30", FAILS, retraction=retraction("2026-04-06 14:55"))
    assert open_incidents(history(alarm), at("2026-04-06 14:54"))
    assert not open_incidents(history(alarm), at("2026-04-06 14:55"))


def test_planned_work_that_is_retracted_before_it_begins_is_over_and_not_in_the_future() -> None:
    work = maintenance(
        "2026-04-09 01:00", "2026-04-09 03:00", update("2026-04-06 10:00", "scheduled"),
        components=states(web="under_maintenance"), retraction=retraction("2026-04-07 10:00"),
    )  # fmt: skip
    assert work.is_over(NOW)
    assert work.phase(NOW) is MaintenanceStatus.COMPLETED
    assert work.ended_at == at("2026-04-07 10:00")
    later = at("2026-04-10 12:00")
    assert work.impacts(later) == ()
    assert work.statuses_at(at("2026-04-09 02:00")) == {}


def test_a_pinned_announcement_is_no_longer_at_the_top() -> None:
    news = announcement("2026-04-06 10:00", pinned=True, retraction=retraction("2026-04-07 10:00"))
    assert current_announcements(history(news), at("2026-04-07 09:59"))
    assert not current_announcements(history(news), NOW)
    found = notices_by_day(history(news).as_of(NOW), date(2026, 4, 6), date(2026, 4, 8), NOW)
    assert [len(notices) for notices in found.values()] == [1, 0, 0]


def test_components_without_since_have_no_data_from_a_false_alarm_on() -> None:
    alarm = incident(
        "2026-04-01 14:30", components=states(web="major_outage"), retraction=retraction("2026-04-01 15:00")
    )
    real = incident("2026-04-06 14:30", WORKS, components=states(web="major_outage"), id="real")
    parts = catalog(component("web", since=None))
    (claimed,) = Snapshot.take(history(alarm, real, of=parts), NOW).series("web").claimed
    assert claimed.start == at("2026-04-06 00:00")


@pytest.mark.parametrize(
    ("updates", "status", "web"),
    [
        ((FAILS, WORKS), IncidentStatus.RESOLVED, None),
        ((FAILS, update("2026-04-06 15:15", "resolved", retraction=retraction())), IncidentStatus.INVESTIGATING,
         "major_outage"),
        ((update("2026-04-06 14:36", "identified", components=states(web="major_outage"), retraction=retraction()),),
         IncidentStatus.INVESTIGATING, "degraded_performance"),
        ((FAILS, WORKS, update("2026-04-06 16:00", "investigating", retraction=retraction())), IncidentStatus.RESOLVED,
         None),
    ],
)  # fmt: skip
def test_the_state_follows_from_the_updates_that_stand(updates: tuple, status: IncidentStatus, web: str | None) -> None:  # type: ignore[type-arg]
    outage = incident("2026-04-06 14:30", *updates, components=states(web="degraded_performance"))
    assert outage.status is status
    assert outage.statuses_at(NOW) == ({} if web is None else states(web=web))


def test_work_that_an_update_moved_by_mistake_keeps_its_plan() -> None:
    moved = update("2026-04-06 10:00", "in_progress", until=at("2026-04-09 05:00"), retraction=retraction())
    work: Notice = maintenance("2026-04-09 01:00", "2026-04-09 03:00", moved)
    assert work.schedule is not None
    assert work.schedule.end == at("2026-04-09 03:00")
    assert work.begins_at == at("2026-04-09 01:00")


def test_an_update_counts_until_it_is_retracted() -> None:
    known = incident(
        "2026-04-06 14:30", FAILS, update("2026-04-06 15:15", "resolved", retraction=retraction("2026-04-06 15:40"))
    )
    assert known.as_of(at("2026-04-06 15:30")).resolved_at == at("2026-04-06 15:15")
    assert known.as_of(at("2026-04-06 15:40")).resolved_at is None
