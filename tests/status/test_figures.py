from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from mkdocs_incidents.model import Incident, Postmortem, TimelineEntry, TurningPoint
from mkdocs_incidents.status import Figure, Measure, NoticeFacts, begin_entry
from mkdocs_incidents.status.figures import figures
from tests.makers import at, incident, span, states, update
from tests.status.scenes import Scene, scenes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_incidents.model import Update

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def entry(clock: str, kind: TurningPoint) -> TimelineEntry:
    return TimelineEntry(at=at(f"2026-04-06 {clock}"), text=kind, line=1, kind=kind)


def outage(*entries: TimelineEntry, updates: Sequence[Update] = (), **fields: Any) -> Incident:
    fields.setdefault("resolved", "2026-04-06 15:15")
    return incident("2026-04-06 14:30", *updates, postmortem=Postmortem(timeline=entries), **fields)


def facts(found: Incident, now: datetime = NOW) -> NoticeFacts:
    return NoticeFacts(found, now)


def figure(found: Incident, measure: Measure) -> Figure | None:
    return next((figure for figure in figures(found) if figure.measure is measure), None)


def minutes(found: Incident) -> dict[Measure, float]:
    return {f.measure: f.duration / timedelta(minutes=1) for f in figures(found)}


def test_every_time_is_measured_from_the_begin_of_the_incident() -> None:
    found = outage(
        entry("14:31", TurningPoint.DETECTED),
        entry("14:55", TurningPoint.IDENTIFIED),
        entry("15:04", TurningPoint.MITIGATED),
        updates=[update("2026-04-06 14:36", "investigating")],
    )
    assert minutes(found) == {
        Measure.DETECT: 1,
        Measure.FIRST_UPDATE: 6,
        Measure.IDENTIFY: 25,
        Measure.MITIGATE: 34,
        Measure.RESOLVE: 45,
    }


def test_a_figure_that_cannot_be_computed_is_absent_and_never_zero() -> None:
    assert minutes(outage()) == {Measure.RESOLVE: 45}
    assert minutes(incident("2026-04-06 14:30")) == {}


def test_what_lies_before_the_begin_is_no_figure() -> None:
    assert Measure.DETECT not in minutes(outage(entry("14:20", TurningPoint.DETECTED)))


def test_where_no_entry_states_a_turning_point_an_update_does() -> None:
    updates = [update("2026-04-06 14:57", "identified"), update("2026-04-06 15:04", "monitoring")]
    found = outage(updates=updates)
    assert minutes(found)[Measure.IDENTIFY] == 27
    assert minutes(found)[Measure.MONITOR] == 34
    assert Measure.MITIGATE not in minutes(found)
    identified = figure(found, Measure.IDENTIFY)
    assert identified is not None
    assert identified.update == updates[0]


def test_updates_give_no_figure_beside_the_entry_that_states_the_turning_point() -> None:
    updates = [update("2026-04-06 14:57", "identified"), update("2026-04-06 15:06", "monitoring")]
    found = outage(entry("14:55", TurningPoint.IDENTIFIED), entry("15:04", TurningPoint.MITIGATED), updates=updates)
    assert minutes(found) == {
        Measure.FIRST_UPDATE: 27,
        Measure.IDENTIFY: 25,
        Measure.MITIGATE: 34,
        Measure.RESOLVE: 45,
    }


def test_of_several_mitigations_the_last_counts_and_of_all_others_the_first() -> None:
    found = outage(
        entry("14:33", TurningPoint.DETECTED),
        entry("14:31", TurningPoint.DETECTED),
        entry("14:40", TurningPoint.ACKNOWLEDGED),
        entry("14:45", TurningPoint.ACKNOWLEDGED),
        entry("14:50", TurningPoint.ESCALATED),
        entry("14:52", TurningPoint.ESCALATED),
        entry("15:00", TurningPoint.MITIGATED),
        entry("15:10", TurningPoint.MITIGATED),
        entry("15:05", TurningPoint.MITIGATED),
    )
    assert minutes(found) == {
        Measure.DETECT: 1,
        Measure.ACKNOWLEDGE: 10,
        Measure.ESCALATE: 20,
        Measure.MITIGATE: 40,
        Measure.RESOLVE: 45,
    }


def test_an_early_alarm_is_not_taken_for_the_noticing() -> None:
    early = outage(entry("14:10", TurningPoint.DETECTED), entry("14:36", TurningPoint.DETECTED))
    assert minutes(early)[Measure.DETECT] == 6


def test_a_turning_point_at_the_instant_of_the_end_is_measured() -> None:
    assert minutes(outage(entry("15:15", TurningPoint.MITIGATED))) == {Measure.MITIGATE: 45, Measure.RESOLVE: 45}


@pytest.mark.parametrize("kind", [TurningPoint.DETECTED, TurningPoint.IDENTIFIED, TurningPoint.MITIGATED])
def test_what_is_dated_after_the_end_measures_nothing(kind: TurningPoint) -> None:
    assert minutes(outage(entry("15:16", kind))) == {Measure.RESOLVE: 45}


def test_the_first_update_may_come_after_the_end_and_never_before_the_begin() -> None:
    late = outage(updates=[update("2026-04-06 16:30", "resolved")])
    early = outage(updates=[update("2026-04-06 14:00", "investigating"), update("2026-04-06 15:00", "identified")])
    assert minutes(late)[Measure.FIRST_UPDATE] == 120
    assert Measure.FIRST_UPDATE not in minutes(early)


def test_a_figure_names_the_entry_it_comes_from() -> None:
    begun, found = entry("14:30", TurningPoint.IMPACT_BEGINS), entry("14:55", TurningPoint.IDENTIFIED)
    over = entry("15:15", TurningPoint.RESOLVED)
    measured = outage(begun, found, over)
    assert begin_entry(measured) == begun
    assert [figure.entry for figure in figures(measured)] == [found, over]


def test_an_entry_of_another_minute_does_not_state_the_begin() -> None:
    assert begin_entry(outage(entry("14:28", TurningPoint.IMPACT_BEGINS))) is None


AGAIN = (
    update("2026-04-06 10:10", "investigating"),
    update("2026-04-06 10:20", "resolved"),
    update("2026-04-06 20:10", "investigating"),
    update("2026-04-06 20:30", "resolved"),
)


def test_an_incident_that_came_back_lasted_only_while_users_were_affected() -> None:
    twice = incident("2026-04-06 10:00", *AGAIN)
    assert facts(twice).affected_intervals == (
        span("2026-04-06 10:00", "2026-04-06 10:20"),
        span("2026-04-06 20:10", "2026-04-06 20:30"),
    )
    assert facts(twice).affected_duration == timedelta(minutes=40)
    assert minutes(twice)[Measure.RESOLVE] == 40


def test_what_is_found_in_the_second_interval_does_not_count_the_hours_between() -> None:
    found = (entry("20:15", TurningPoint.IDENTIFIED),)
    twice = incident("2026-04-06 10:00", *AGAIN, postmortem=Postmortem(timeline=found))
    assert minutes(twice)[Measure.IDENTIFY] == 25


def test_two_closing_updates_in_a_row_end_an_interval_once() -> None:
    updates = [update("2026-04-06 14:40", "resolved"), update("2026-04-06 14:45", "resolved"), *AGAIN[2:]]
    first, *_ = facts(incident("2026-04-06 14:30", *updates)).affected_intervals
    assert first == span("2026-04-06 14:30", "2026-04-06 14:40")


def test_the_stated_end_is_the_end_whenever_the_update_came() -> None:
    late = outage(updates=[update("2026-04-06 15:40", "resolved")])
    assert facts(late).affected_intervals == (span("2026-04-06 14:30", "2026-04-06 15:15"),)


def test_an_open_incident_that_came_back_goes_on_until_now() -> None:
    assert facts(incident("2026-04-06 10:00", *AGAIN[:3]), at("2026-04-06 21:00")).affected_intervals[1] == span(
        "2026-04-06 20:10", "2026-04-06 21:00"
    )


@given(scenes())
def test_affected_intervals_do_not_overlap_and_lie_within_the_incident(scene: Scene) -> None:
    for figure in scene.history.as_of(scene.now).incidents:
        found = facts(figure, scene.now).affected_intervals
        whole = figure.interval(scene.now)
        assert whole
        assert all(whole.start <= interval.start <= interval.end <= whole.end for interval in found)
        assert all(before.end <= after.start for before, after in pairwise(found))


@given(scenes())
def test_no_figure_is_negative_or_longer_than_the_incident(scene: Scene) -> None:
    for figure in scene.history.as_of(scene.now).incidents:
        for measured in figures(figure):
            assert measured.duration >= timedelta()
            if figure.resolved_at and measured.measure is not Measure.FIRST_UPDATE:
                assert measured.duration <= facts(figure, scene.now).affected_duration


def test_the_phases_are_in_order_of_time() -> None:
    fixed_first = outage(
        entry("14:35", TurningPoint.DETECTED),
        entry("14:40", TurningPoint.MITIGATED),
        entry("15:00", TurningPoint.IDENTIFIED),
    )
    assert [(phase.until, phase.duration / timedelta(minutes=1)) for phase in facts(fixed_first).phases] == [
        (Measure.DETECT, 5),
        (Measure.MITIGATE, 5),
        (Measure.IDENTIFY, 20),
        (Measure.RESOLVE, 15),
    ]


def test_phases_add_up_to_the_time_that_users_were_affected() -> None:
    found = (entry("10:05", TurningPoint.DETECTED), entry("20:15", TurningPoint.IDENTIFIED))
    twice = incident("2026-04-06 10:00", *AGAIN, postmortem=Postmortem(timeline=found))
    assert sum((phase.duration for phase in facts(twice).phases), timedelta()) == facts(twice).affected_duration


def test_an_incident_of_which_only_the_ends_are_known_has_no_phases() -> None:
    assert facts(outage()).phases == ()
    assert facts(incident("2026-04-06 14:30", update("2026-04-06 14:57", "identified"))).phases == ()


def test_downtime_is_counted_by_component_and_state() -> None:
    better = update("2026-04-06 15:00", "monitoring", components=states(web="degraded_performance"))
    spent = facts(outage(updates=[better], components=states(web="major_outage", api="partial_outage"))).downtime
    assert {c: {str(s): t / timedelta(minutes=1) for s, t in found.items()} for c, found in spent.items()} == {
        "web": {"major_outage": 30, "degraded_performance": 15},
        "api": {"partial_outage": 45},
    }


def test_the_first_update_is_not_measured_where_only_the_day_of_the_end_of_an_embargo_is_known() -> None:
    first, later = update("2026-04-06 14:36", "investigating"), update("2026-04-09 10:00", "resolved")
    held = {"publish_at": at("2026-04-08 00:00"), "publish_on": date(2026, 4, 8)}
    assert Measure.FIRST_UPDATE not in [f.measure for f in facts(outage(updates=[first, later], **held)).figures]
    stated = held | {"publish_on": None}
    assert Measure.FIRST_UPDATE in [f.measure for f in facts(outage(updates=[first, later], **stated)).figures]
    after = outage(updates=[later], resolved="2026-04-09 10:00", **held)
    assert Measure.FIRST_UPDATE in [f.measure for f in facts(after).figures]
