"""Planned work that is put off, called off, or keeps to another time than planned."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_incidents.model import ComponentStatus, Maintenance, MaintenanceStatus, Withdrawal
from mkdocs_incidents.status import coming_maintenances, component_statuses, notices_by_day, running_maintenances
from tests.makers import at, history, maintenance, span, states, update

if TYPE_CHECKING:
    from datetime import datetime

    from mkdocs_incidents.model import Update

WEB = states(web="under_maintenance")
START = at("2026-05-01 00:00")
WINDOW = 24 * 60


def work(begin: str, end: str, *updates: Update) -> Maintenance:
    return maintenance(f"2026-05-{begin}", f"2026-05-{end}", *updates, id="work", components=WEB)


def said(when: str, status: str, **fields: Any) -> Update:
    return update(f"2026-05-{when}", status, **fields)


PUT_OFF = work(
    "20 22:00",
    "20 23:00",
    said("01 09:00", "scheduled"),
    said("05 22:00", "in_progress"),
    said("05 22:30", "scheduled", components=states(web="operational")),
)


def impacts(found: Maintenance, now: datetime) -> list[tuple[datetime, datetime]]:
    return [(impact.interval.start, impact.interval.end) for impact in found.impacts(now)]


def test_work_that_was_put_off_affects_only_the_time_in_which_it_went_on() -> None:
    between = at("2026-05-10 12:00")
    assert PUT_OFF.phase(between) is MaintenanceStatus.SCHEDULED
    assert PUT_OFF.statuses_at(between) == {}
    assert (PUT_OFF.begins_at, PUT_OFF.ended_at) == (at("2026-05-20 22:00"), at("2026-05-20 23:00"))
    assert impacts(PUT_OFF, between) == [(at("2026-05-05 22:00"), at("2026-05-05 22:30"))]
    assert PUT_OFF.put_off == (span("2026-05-05 22:00", "2026-05-05 22:30"),)
    known = history(PUT_OFF)
    assert component_statuses(known, between) == {"web": ComponentStatus.OPERATIONAL}
    assert (len(coming_maintenances(known, between)), running_maintenances(known, between)) == (1, ())
    days = notices_by_day(known, at("2026-05-01 00:00").date(), at("2026-05-10 00:00").date(), between)
    assert [day.day for day, notices in days.items() if notices] == [5]


def test_work_that_was_put_off_runs_again_by_its_new_plan_with_the_states_of_the_top() -> None:
    assert PUT_OFF.phase(at("2026-05-20 22:00")) is MaintenanceStatus.IN_PROGRESS
    assert PUT_OFF.statuses_at(at("2026-05-20 22:00")) == WEB
    done = at("2026-05-21 12:00")
    assert PUT_OFF.phase(done) is MaintenanceStatus.COMPLETED
    assert [span.duration for span in PUT_OFF.affected_intervals(done)] == [timedelta(minutes=30), timedelta(hours=1)]


def test_an_end_that_was_moved_before_the_work_was_put_off_moves_nothing_after() -> None:
    moved = said("05 22:20", "in_progress", until=at("2026-05-06 02:00"))
    again = work("20 22:00", "20 23:00", said("05 22:00", "in_progress"), moved, said("05 22:30", "scheduled"))
    assert again.expected_until == at("2026-05-20 23:00")
    assert again.moving_updates == ()


def test_work_that_is_put_off_without_a_new_plan_neither_runs_nor_is_over() -> None:
    old_plan = work("05 22:00", "05 23:00", said("05 22:00", "in_progress"), said("05 22:30", "scheduled"))
    for now in (at("2026-05-05 22:40"), at("2026-05-06 12:00")):
        assert old_plan.phase(now) is MaintenanceStatus.SCHEDULED
        assert old_plan.statuses_at(now) == {}
    assert old_plan.overtaken
    assert not PUT_OFF.overtaken


def test_work_that_was_called_off_may_be_announced_again() -> None:
    off = said("02 09:00", "completed")
    again = work("20 22:00", "20 23:00", said("01 09:00", "scheduled"), off, said("03 09:00", "scheduled"))
    assert not again.called_off
    assert again.phase(at("2026-05-10 12:00")) is MaintenanceStatus.SCHEDULED
    assert again.stage_of(off) is Withdrawal.CALLED_OFF
    assert again.as_of(at("2026-05-02 10:00")).called_off


def test_work_that_was_put_off_and_then_given_up_is_called_off() -> None:
    given_up = work("20 22:00", "20 23:00", *PUT_OFF.updates, said("07 09:00", "completed"))
    assert given_up.called_off
    assert given_up.ended_at == at("2026-05-07 09:00")
    assert impacts(given_up, at("2026-05-30 00:00")) == [(at("2026-05-05 22:00"), at("2026-05-05 22:30"))]


def test_what_is_called_off_ended_when_that_was_published_and_changes_no_more() -> None:
    off = work("20 22:00", "20 23:00", said("01 09:00", "scheduled"), said("07 09:00", "completed"))
    for now in (at("2026-05-08 00:00"), at("2026-05-20 22:30"), at("2026-06-20 22:30")):
        assert off.stage(now) is Withdrawal.CALLED_OFF
        assert (off.ended_at, off.changed_at(now)) == (at("2026-05-07 09:00"), at("2026-05-07 09:00"))
        assert (off.interval(now), off.affected_intervals(now), off.statuses_at(now)) == (None, (), {})
        assert (off.begun_late, off.ended_late) == (timedelta(), None)


def test_a_second_closing_update_says_what_the_first_one_said() -> None:
    again = said("08 09:00", "completed")
    done = work("05 22:00", "05 23:00", said("05 22:00", "in_progress"), said("05 22:30", "completed"), again)
    assert not done.called_off
    assert done.stage_of(again) is MaintenanceStatus.COMPLETED
    off = work("20 22:00", "20 23:00", said("07 09:00", "completed"), again)
    assert off.called_off
    assert off.ended_at == at("2026-05-07 09:00")
    assert {off.stage_of(found) for found in off.updates} == {Withdrawal.CALLED_OFF}


@pytest.mark.parametrize(
    ("updates", "begin"),
    [
        ((said("05 22:40", "in_progress"),), "22:40"),
        ((said("05 22:20", "scheduled"), said("05 22:40", "in_progress")), "22:40"),
        ((said("05 21:40", "in_progress"),), "21:40"),
        ((said("05 21:40", "in_progress"), said("05 22:10", "in_progress")), "21:40"),
        ((said("05 22:40", "verifying"),), "22:00"),
        ((said("05 22:40", "completed"),), "22:00"),
        ((said("05 22:40", "in_progress", until=at("2026-05-06 01:00")),), "22:00"),
        ((said("04 09:00", "scheduled"),), "22:00"),
    ],
)
def test_work_begins_with_the_update_that_says_so_else_as_planned(updates: tuple[Update, ...], begin: str) -> None:
    found = work("05 22:00", "05 23:00", *updates)
    assert found.begins_at == at(f"2026-05-05 {begin}")
    assert found.begun_late == at(f"2026-05-05 {begin}") - at("2026-05-05 22:00")


def test_work_may_end_later_or_earlier_than_first_planned() -> None:
    moved = said("05 22:30", "in_progress", until=at("2026-05-05 23:30"))
    late = work("05 22:00", "05 23:00", said("05 22:00", "in_progress"), moved, said("06 01:00", "completed"))
    assert late.ended_late == timedelta(hours=2)
    assert work("05 22:00", "05 23:00", said("05 22:45", "completed")).ended_late == -timedelta(minutes=15)
    assert work("05 22:00", "05 23:00", moved).ended_late is None


@st.composite
def works(draw: st.DrawFn) -> Maintenance:
    """Planned work of one day with updates of any status in any order."""
    minutes = sorted(draw(st.lists(st.integers(0, WINDOW), max_size=6, unique=True)))
    begin = draw(st.integers(0, WINDOW))
    until = begin + draw(st.integers(1, 300))

    def instant(minute: int) -> datetime:
        return START + timedelta(minutes=minute)

    updates = []
    for minute in minutes:
        moved = draw(st.none() | st.none() | st.integers(begin + 1, begin + 600).map(instant))
        status = draw(st.sampled_from(MaintenanceStatus))
        named = draw(st.just({}) | st.just(WEB) | st.just(states(web="operational", mail="degraded_performance")))
        when = f"{instant(minute):%Y-%m-%d %H:%M}"
        updates.append(update(when, status, id=f"update-{minute}", until=moved, components=named))
    plan = (f"{instant(begin):%Y-%m-%d %H:%M}", f"{instant(until):%Y-%m-%d %H:%M}")
    return maintenance(*plan, *updates, id="work", components=WEB)


@settings(max_examples=120, deadline=None)
@given(works(), st.integers(0, WINDOW + 900))
def test_what_is_said_of_work_agrees_at_every_instant(planned: Maintenance, minute: int) -> None:
    """It affects components only while its phase runs, and nothing that is past has a time in the future."""
    now = START + timedelta(minutes=minute)
    if not planned.known_by(now):
        return
    found = planned.as_of(now)
    phase, intervals = found.phase(now), found.affected_intervals(now)
    assert phase.running == any(run.contains(now) for run in found._runs)
    assert phase.running or not found.statuses_at(now)
    assert all(interval.end <= now for interval in intervals)
    assert all(before.end <= after.start for before, after in pairwise(intervals))
    assert all(any(part.start <= impact.interval.start and impact.interval.end <= part.end for part in intervals)
               for impact in found.impacts(now))  # fmt: skip
    changed_at = found.changed_at(now)
    assert changed_at is None or changed_at <= now
    if found.is_over(now):
        assert found.ended_at is not None
        assert found.ended_at <= now
    if phase is MaintenanceStatus.SCHEDULED and not found.overtaken:
        assert found.begins_at > now
    if found.called_off:
        assert found.stage(now) is Withdrawal.CALLED_OFF
        assert found.stage_of(found.updates[-1]) is Withdrawal.CALLED_OFF
        assert intervals == found.put_off or all(interval.end < found.updates[-1].at for interval in intervals)
    names = [m.id for listed in (coming_maintenances, running_maintenances) for m in listed(history(planned), now)]
    assert len(names) == (0 if found.is_over(now) else 1)
