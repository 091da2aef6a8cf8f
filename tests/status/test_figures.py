from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from mkdocs_incidents.model import EntryKind, Incident, Postmortem, TimelineEntry
from mkdocs_incidents.status import Figure, Measure, NoticeFacts, begin_entry
from mkdocs_incidents.status.figures import figures
from tests.makers import at, incident, span, states, update
from tests.status.scenes import Scene, scenes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_incidents.model import Update

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def entry(clock: str, kind: EntryKind) -> TimelineEntry:
    return TimelineEntry(at=at(f"2026-04-06 {clock}"), text=kind, line=1, kind=kind)


def told(*entries: TimelineEntry, updates: Sequence[Update] = (), **fields: Any) -> Incident:
    fields.setdefault("resolved", "2026-04-06 15:15")
    return incident("2026-04-06 14:30", *updates, postmortem=Postmortem(timeline=entries), **fields)


def facts(found: Incident, now: datetime = NOW) -> NoticeFacts:
    return NoticeFacts(found, now)


def figure(found: Incident, measure: Measure) -> Figure | None:
    return next((one for one in figures(found) if one.measure is measure), None)


def minutes(found: Incident) -> dict[Measure, float]:
    return {f.measure: f.duration / timedelta(minutes=1) for f in figures(found)}


def test_every_time_is_measured_from_the_begin_of_the_incident() -> None:
    found = told(
        entry("14:31", EntryKind.DETECTED),
        entry("14:55", EntryKind.IDENTIFIED),
        entry("15:04", EntryKind.MITIGATED),
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
    assert minutes(told()) == {Measure.RESOLVE: 45}
    assert minutes(incident("2026-04-06 14:30")) == {}


def test_what_lies_before_the_begin_is_no_figure() -> None:
    assert Measure.DETECT not in minutes(told(entry("14:20", EntryKind.DETECTED)))


def test_where_the_timeline_is_silent_the_public_words_tell() -> None:
    said = [update("2026-04-06 14:57", "identified"), update("2026-04-06 15:04", "monitoring")]
    found = told(updates=said)
    assert minutes(found)[Measure.IDENTIFY] == 27
    assert minutes(found)[Measure.MONITOR] == 34
    assert Measure.MITIGATE not in minutes(found)
    identified = figure(found, Measure.IDENTIFY)
    assert identified is not None
    assert identified.update == said[0]


def test_public_words_give_no_figure_of_their_own_beside_the_entry_that_states_the_turning_point() -> None:
    said = [update("2026-04-06 14:57", "identified"), update("2026-04-06 15:06", "monitoring")]
    found = told(entry("14:55", EntryKind.IDENTIFIED), entry("15:04", EntryKind.MITIGATED), updates=said)
    assert minutes(found) == {
        Measure.FIRST_UPDATE: 27,
        Measure.IDENTIFY: 25,
        Measure.MITIGATE: 34,
        Measure.RESOLVE: 45,
    }


def test_of_several_mitigations_the_last_counts_and_of_all_others_the_first() -> None:
    found = told(
        entry("14:33", EntryKind.DETECTED),
        entry("14:31", EntryKind.DETECTED),
        entry("14:40", EntryKind.ACKNOWLEDGED),
        entry("14:45", EntryKind.ACKNOWLEDGED),
        entry("14:50", EntryKind.ESCALATED),
        entry("14:52", EntryKind.ESCALATED),
        entry("15:00", EntryKind.MITIGATED),
        entry("15:10", EntryKind.MITIGATED),
        entry("15:05", EntryKind.MITIGATED),
    )
    assert minutes(found) == {
        Measure.DETECT: 1,
        Measure.ACKNOWLEDGE: 10,
        Measure.ESCALATE: 20,
        Measure.MITIGATE: 40,
        Measure.RESOLVE: 45,
    }


def test_an_early_alarm_is_not_taken_for_the_noticing() -> None:
    early = told(entry("14:10", EntryKind.DETECTED), entry("14:36", EntryKind.DETECTED))
    assert minutes(early)[Measure.DETECT] == 6


@pytest.mark.parametrize("kind", [EntryKind.DETECTED, EntryKind.IDENTIFIED, EntryKind.MITIGATED])
def test_what_is_dated_after_the_end_measures_nothing(kind: EntryKind) -> None:
    assert minutes(told(entry("15:16", kind))) == {Measure.RESOLVE: 45}


def test_the_first_public_word_may_come_after_the_end_and_never_before_the_begin() -> None:
    late = told(updates=[update("2026-04-06 16:30", "resolved")])
    early = told(updates=[update("2026-04-06 14:00", "investigating"), update("2026-04-06 15:00", "identified")])
    assert minutes(late)[Measure.FIRST_UPDATE] == 120
    assert Measure.FIRST_UPDATE not in minutes(early)


def test_a_figure_names_the_entry_it_comes_from() -> None:
    begun, found = entry("14:30", EntryKind.IMPACT_BEGINS), entry("14:55", EntryKind.IDENTIFIED)
    over = entry("15:15", EntryKind.RESOLVED)
    measured = told(begun, found, over)
    assert begin_entry(measured) == begun
    assert [one.entry for one in figures(measured)] == [found, over]


def test_an_entry_of_another_minute_does_not_speak_for_the_begin() -> None:
    assert begin_entry(told(entry("14:28", EntryKind.IMPACT_BEGINS))) is None


AGAIN = (
    update("2026-04-06 10:10", "investigating"),
    update("2026-04-06 10:20", "resolved"),
    update("2026-04-06 20:10", "investigating"),
    update("2026-04-06 20:30", "resolved"),
)


def test_an_incident_that_came_back_lasted_only_while_users_felt_it() -> None:
    twice = incident("2026-04-06 10:00", *AGAIN)
    assert facts(twice).affected_intervals == (
        span("2026-04-06 10:00", "2026-04-06 10:20"),
        span("2026-04-06 20:10", "2026-04-06 20:30"),
    )
    assert facts(twice).affected_duration == timedelta(minutes=40)
    assert minutes(twice)[Measure.RESOLVE] == 40


def test_what_is_found_in_the_second_spell_does_not_count_the_hours_between() -> None:
    found = (entry("20:15", EntryKind.IDENTIFIED),)
    twice = incident("2026-04-06 10:00", *AGAIN, postmortem=Postmortem(timeline=found))
    assert minutes(twice)[Measure.IDENTIFY] == 25


def test_two_all_clears_in_a_row_end_a_spell_once() -> None:
    said = [update("2026-04-06 14:40", "resolved"), update("2026-04-06 14:45", "resolved"), *AGAIN[2:]]
    first, *_ = facts(incident("2026-04-06 14:30", *said)).affected_intervals
    assert first == span("2026-04-06 14:30", "2026-04-06 14:40")


def test_the_file_s_own_end_is_the_end_whenever_it_was_said() -> None:
    late = told(updates=[update("2026-04-06 15:40", "resolved")])
    assert facts(late).affected_intervals == (span("2026-04-06 14:30", "2026-04-06 15:15"),)


def test_an_open_incident_that_came_back_goes_on_until_now() -> None:
    assert facts(incident("2026-04-06 10:00", *AGAIN[:3]), at("2026-04-06 21:00")).affected_intervals[1] == span(
        "2026-04-06 20:10", "2026-04-06 21:00"
    )


@given(scenes())
def test_spells_lie_apart_and_within_the_incident(scene: Scene) -> None:
    for one in scene.history.as_of(scene.now).incidents:
        found = facts(one, scene.now).affected_intervals
        whole = one.interval(scene.now)
        assert whole
        assert all(whole.start <= spell.start <= spell.end <= whole.end for spell in found)
        assert all(before.end <= after.start for before, after in pairwise(found))


@given(scenes())
def test_no_figure_is_negative_or_longer_than_the_incident(scene: Scene) -> None:
    for one in scene.history.as_of(scene.now).incidents:
        for measured in figures(one):
            assert measured.duration >= timedelta()
            if one.resolved_at and measured.measure is not Measure.FIRST_UPDATE:
                assert measured.duration <= facts(one, scene.now).affected_duration


def test_the_phases_are_told_in_the_order_in_which_they_came() -> None:
    fixed_first = told(
        entry("14:35", EntryKind.DETECTED), entry("14:40", EntryKind.MITIGATED), entry("15:00", EntryKind.IDENTIFIED)
    )
    assert [(phase.until, phase.duration / timedelta(minutes=1)) for phase in facts(fixed_first).phases] == [
        (Measure.DETECT, 5),
        (Measure.MITIGATE, 5),
        (Measure.IDENTIFY, 20),
        (Measure.RESOLVE, 15),
    ]


def test_phases_add_up_to_the_time_that_users_felt_it() -> None:
    found = (entry("10:05", EntryKind.DETECTED), entry("20:15", EntryKind.IDENTIFIED))
    twice = incident("2026-04-06 10:00", *AGAIN, postmortem=Postmortem(timeline=found))
    assert sum((phase.duration for phase in facts(twice).phases), timedelta()) == facts(twice).affected_duration


def test_an_incident_of_which_only_the_ends_are_known_has_no_phases() -> None:
    assert facts(told()).phases == ()
    assert facts(incident("2026-04-06 14:30", update("2026-04-06 14:57", "identified"))).phases == ()


def test_downtime_is_counted_by_component_and_state() -> None:
    better = update("2026-04-06 15:00", "monitoring", components=states(web="degraded_performance"))
    spent = facts(told(updates=[better], components=states(web="major_outage", api="partial_outage"))).downtime
    assert {c: {str(s): t / timedelta(minutes=1) for s, t in found.items()} for c, found in spent.items()} == {
        "web": {"major_outage": 30, "degraded_performance": 15},
        "api": {"partial_outage": 45},
    }
