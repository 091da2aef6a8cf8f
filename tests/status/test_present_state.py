"""What is said of now holds since the time that is said with it, and no incident is left out for being short."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings

from mkdocs_incidents.model import ComponentStatus, History, Impact
from mkdocs_incidents.status import Snapshot, day_of, days, service_days
from tests.makers import at, catalog, history, incident, states, update
from tests.status.scenes import Scene, scenes

thoroughly = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MINUTE = timedelta(minutes=1)


@thoroughly
@given(scenes())
def test_a_component_is_affected_at_each_minute_since_the_time_that_is_named(scene: Scene) -> None:
    snapshot = Snapshot.take(scene.history, scene.now)
    for incident_ in snapshot.history.incidents:
        facts = snapshot.facts[incident_.id]
        assert set(facts.affected_since) <= set(facts.statuses)
        for component, since in facts.affected_since.items():
            minutes = range((scene.now - since) // MINUTE)
            assert all(component in incident_.statuses_at(since + minute * MINUTE) for minute in minutes)
            assert component not in incident_.statuses_at(since - MINUTE)
        if incident_.ongoing and facts.affected_intervals:
            assert facts.open_since == facts.affected_intervals[-1].start


@thoroughly
@given(scenes())
def test_an_incident_that_ends_as_it_begins_is_on_its_day_and_changes_no_duration(scene: Scene) -> None:
    ended = tuple(
        replace(notice, stated_resolved_at=notice.started_at, stated_impact=Impact.CRITICAL, updates=())
        for notice in scene.history.incidents
    )
    snapshot = Snapshot.take(History(catalog=scene.history.catalog, notices=ended), scene.now)
    for notice in snapshot.history.incidents:
        day = day_of(notice.started_at, scene.zone)
        for component, status in notice.components.items():
            (bar,) = days(snapshot, component, day, day)
            claimed = any(claim.contains(notice.started_at) for claim in snapshot.series(component).claimed)
            if claimed and status is not ComponentStatus.OPERATIONAL:
                assert notice.id in bar.notices
                assert bar.status is not ComponentStatus.OPERATIONAL
            assert not any(bar.time_in.values())
        if not notice.components:
            (whole,) = service_days(snapshot, day, day)
            assert whole.status is ComponentStatus.MAJOR_OUTAGE


def test_affected_since_follows_the_component_and_open_since_the_last_opening() -> None:
    notice = incident(
        "2026-04-06 10:00",
        update("2026-04-06 10:10", "investigating", components=states(web="partial_outage")),
        update("2026-04-06 10:30", "resolved"),
        update("2026-04-06 11:00", "investigating"),
        update("2026-04-06 11:20", "identified", components=states(api="degraded_performance")),
        components=states(web="major_outage"),
    )
    facts = Snapshot.take(history(notice), at("2026-04-06 12:00")).facts[notice.id]
    assert facts.open_since == at("2026-04-06 11:00")
    assert facts.affected_since == {"web": at("2026-04-06 11:00"), "api": at("2026-04-06 11:20")}


def test_a_slip_affects_nobody() -> None:
    early = incident("2026-04-06 10:00", update("2026-04-06 09:00", "resolved"), components=states(web="major_outage"))
    snapshot = Snapshot.take(history(early, of=catalog("web")), at("2026-04-06 12:00"))
    (bar,) = days(snapshot, "web", at("2026-04-06 00:00").date(), at("2026-04-06 00:00").date())
    assert bar.status is ComponentStatus.OPERATIONAL
    assert not bar.notices
