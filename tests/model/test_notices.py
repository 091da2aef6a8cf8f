"""Notices: what updates mean for components, the end and the phase."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mkdocs_incidents.model import ComponentStatus, Impact, Incident, IncidentStatus, Maintenance, MaintenanceStatus
from tests.makers import announcement, at, history, incident, maintenance, span, states, update

NOW = at("2026-04-10 12:00")
DAY = "2026-04-06"
WEB_OUT = states(web="major_outage")


def clock(hour: str) -> str:
    return f"{DAY} {hour}"


def impacts(notice: Incident | Maintenance) -> list[tuple[str, str, str, str]]:
    """Impacts, legibly: component, state, from, until."""
    return [
        (i.component, i.status.value, f"{i.interval.start:%H:%M}", f"{i.interval.end:%H:%M}")
        for i in notice.impacts(NOW)
    ]


def test_a_component_is_in_its_stated_state_until_an_update_changes_it() -> None:
    outage = incident(
        clock("14:30"),
        update(clock("14:36"), "investigating"),
        update(clock("15:04"), "monitoring", components=states(web="degraded_performance")),
        update(clock("15:15"), "resolved"),
        components=WEB_OUT,
    )
    assert impacts(outage) == [
        ("web", "major_outage", "14:30", "15:04"),
        ("web", "degraded_performance", "15:04", "15:15"),
    ]


def test_a_component_first_named_in_an_update_was_well_until_then() -> None:
    spread = incident(
        clock("14:30"),
        update(clock("14:45"), "identified", components=states(mail="partial_outage")),
        components=WEB_OUT,
        resolved=clock("15:00"),
    )
    assert impacts(spread) == [("web", "major_outage", "14:30", "15:00"), ("mail", "partial_outage", "14:45", "15:00")]


def test_an_update_before_the_start_counts_from_the_start() -> None:
    early = incident(
        clock("14:30"),
        update(clock("14:20"), "investigating", components=states(web="partial_outage")),
        components=WEB_OUT,
        resolved=clock("15:00"),
    )
    assert impacts(early) == [("web", "partial_outage", "14:30", "15:00")]
    assert early.statuses_at(at(clock("14:25"))) == {}


def test_stating_the_same_again_changes_nothing() -> None:
    again = incident(clock("14:00"), update(clock("14:30"), "identified", components=WEB_OUT), components=WEB_OUT)
    assert len(again.impacts(NOW)) == 1


def test_a_reopened_incident_is_over_in_between_and_then_as_bad_as_ever() -> None:
    reopened = incident(
        clock("10:00"),
        update(clock("10:30"), "monitoring", components=states(web="degraded_performance")),
        update(clock("11:00"), "resolved"),
        update(clock("12:00"), "investigating"),
        update(clock("13:00"), "resolved"),
        components=WEB_OUT,
    )
    assert impacts(reopened) == [
        ("web", "major_outage", "10:00", "10:30"),
        ("web", "degraded_performance", "10:30", "11:00"),
        ("web", "major_outage", "12:00", "13:00"),
    ]
    assert reopened.resolved_at == at(clock("13:00"))


def test_a_reopened_incident_affects_again_what_only_updates_had_named() -> None:
    reopened = incident(
        clock("10:00"),
        update(clock("10:10"), "investigating", components=states(web="partial_outage")),
        update(clock("11:00"), "resolved"),
        update(clock("12:00"), "investigating"),
    )
    assert reopened.statuses_at(at(clock("12:00"))) == states(web="partial_outage")


def test_a_reopening_that_names_a_component_sets_its_state() -> None:
    reopened = incident(
        clock("10:00"),
        update(clock("11:00"), "resolved"),
        update(clock("12:00"), "investigating", components=states(web="degraded_performance")),
        components=WEB_OUT | states(mail="partial_outage"),
    )
    assert reopened.statuses_at(at(clock("12:00"))) == states(web="degraded_performance", mail="partial_outage")


def test_the_first_of_the_closing_updates_ends_an_incident() -> None:
    outage = [update(clock("10:30"), "resolved"), update("2026-04-08 10:00", "postmortem")]
    assert incident(clock("10:00"), *outage).resolved_at == at(clock("10:30"))


def test_a_stated_end_counts_rather_than_the_closing_update() -> None:
    closing = update(clock("15:15"), "resolved")
    earlier = incident(clock("14:30"), closing, components=WEB_OUT, resolved=clock("15:00"))
    later = incident(clock("14:30"), closing, components=WEB_OUT, resolved=clock("15:30"))
    assert impacts(earlier) == [("web", "major_outage", "14:30", "15:00")]
    assert impacts(later) == [("web", "major_outage", "14:30", "15:30")]


def test_an_end_that_was_not_published_yet_is_not_known() -> None:
    outage = incident(clock("14:30"), update(clock("15:15"), "resolved"), components=WEB_OUT, resolved=clock("15:00"))
    assert outage.as_of(at(clock("15:10"))).ongoing
    assert outage.as_of(at(clock("15:15"))).resolved_at == at(clock("15:00"))


def test_a_future_end_is_not_known_but_the_closing_update_is() -> None:
    outage = incident(clock("14:30"), update(clock("15:15"), "resolved"), resolved=clock("15:30"))
    assert outage.as_of(at(clock("15:14"))).ongoing
    assert outage.as_of(at(clock("15:20"))).resolved_at == at(clock("15:15"))
    assert outage.as_of(at(clock("15:30"))).resolved_at == at(clock("15:30"))


def test_an_incident_resolved_before_it_started_affected_nothing() -> None:
    odd = incident(clock("14:30"), update(clock("14:00"), "resolved"), components=WEB_OUT)
    assert odd.resolved_at == odd.started_at
    assert not odd.impacts(NOW)


def test_an_incident_of_the_future_is_not_known() -> None:
    assert not history(incident("2026-04-10 12:01")).as_of(NOW).notices
    assert history(incident("2026-04-10 12:00")).as_of(NOW).notices


def test_impact_is_that_of_the_worst_state_unless_it_is_stated() -> None:
    worse = update(clock("14:40"), "identified", components=states(web="partial_outage"))
    assert incident(clock("14:30"), components=states(web="degraded_performance")).impact is Impact.MINOR
    assert incident(clock("14:30"), worse, components=states(web="degraded_performance")).impact is Impact.MAJOR
    assert incident(clock("14:30"), worse, impact="critical").impact is Impact.CRITICAL


def test_an_open_incident_is_as_severe_as_its_components() -> None:
    got_worse_then_better = incident(
        clock("14:00"),
        update(clock("14:10"), "investigating", components=states(web="major_outage")),
        update(clock("14:20"), "identified", components=states(web="degraded_performance")),
        components=states(web="degraded_performance"),
    )
    assert got_worse_then_better.as_of(at(clock("14:15"))).current_severity(at(clock("14:15"))) == "major_outage"
    assert got_worse_then_better.current_severity(NOW) == "degraded_performance"


def test_a_stated_impact_counts_until_the_worst_component_is_better() -> None:
    outage = incident(
        clock("14:00"),
        update(clock("14:20"), "monitoring", components=states(web="degraded_performance")),
        components=states(web="partial_outage"),
        impact="critical",
    )
    assert outage.as_of(at(clock("14:10"))).current_severity(at(clock("14:10"))) == "major_outage"
    assert outage.current_severity(NOW) == "degraded_performance"


def test_an_incident_is_operational_only_when_resolved_or_without_impact() -> None:
    watched = update(clock("14:20"), "monitoring", components=states(web="operational"))
    assert incident(clock("14:00"), watched, components=WEB_OUT).current_severity(NOW) == "degraded_performance"
    assert incident(clock("14:00")).current_severity(NOW) == "degraded_performance"
    assert incident(clock("14:00"), impact="none").current_severity(NOW) == "operational"
    assert incident(clock("14:00"), resolved=clock("15:00")).current_severity(NOW) == "operational"


def test_a_published_postmortem_is_the_last_status_of_a_resolved_incident() -> None:
    outage = incident(clock("14:00"), update(clock("15:00"), "resolved"), postmortem="2026-04-08 00:00")
    assert outage.status is IncidentStatus.POSTMORTEM
    assert outage.as_of(at("2026-04-07 00:00")).status is IncidentStatus.RESOLVED
    assert outage.as_of(at(clock("14:30"))).status is IncidentStatus.INVESTIGATING
    assert outage.changed_at(at("2026-04-09 00:00")) == at("2026-04-08 00:00")


@pytest.mark.parametrize(
    ("hour", "phase"),
    [("00:59", "scheduled"), ("01:00", "in_progress"), ("02:59", "in_progress"), ("03:00", "completed")],
)
def test_without_updates_maintenance_follows_its_schedule(hour: str, phase: str) -> None:
    work = maintenance(clock("01:00"), clock("03:00"))
    assert work.as_of(at(clock(hour))).phase(at(clock(hour))) == phase


def test_planned_work_completed_early_ends_early() -> None:
    early = maintenance(
        clock("01:00"), clock("03:00"), update(clock("02:00"), "completed"), components=states(web="under_maintenance")
    )
    assert impacts(early) == [("web", "under_maintenance", "01:00", "02:00")]
    assert early.phase(at(clock("02:00"))) is MaintenanceStatus.COMPLETED


def test_maintenance_stated_to_be_in_progress_runs_past_its_end() -> None:
    late = maintenance(
        clock("01:00"),
        clock("03:00"),
        update(clock("01:00"), "in_progress"),
        components=states(web="under_maintenance"),
    )
    assert late.phase(at(clock("04:00"))) is MaintenanceStatus.IN_PROGRESS
    assert late.interval(at(clock("04:00"))) == span(clock("01:00"), clock("04:00"))


def test_maintenance_begun_early_affects_components_early() -> None:
    early = maintenance(clock("01:00"), clock("03:00"), update(clock("00:30"), "in_progress"))
    assert early.begins_at == at(clock("00:30"))
    assert early.as_of(at(clock("00:29"))).begins_at == at(clock("01:00"))


def test_an_update_can_move_the_end_of_planned_work() -> None:
    moved = maintenance(clock("01:00"), clock("03:00"), update(clock("02:00"), "scheduled", until=at(clock("05:00"))))
    assert moved.expected_until == at(clock("05:00"))
    assert moved.phase(at(clock("04:00"))) is MaintenanceStatus.IN_PROGRESS
    assert moved.as_of(at(clock("01:30"))).expected_until == at(clock("03:00"))


def test_maintenance_called_off_is_completed_at_once_and_affects_nothing() -> None:
    off = maintenance(
        clock("01:00"), clock("03:00"), update(clock("00:10"), "completed"), components=states(web="under_maintenance")
    )
    assert off.phase(at(clock("00:10"))) is MaintenanceStatus.COMPLETED
    assert (off.completed_at, off.ended_at) == (at(clock("00:10")), at(clock("00:10")))
    assert off.begins_at == at(clock("01:00"))
    assert off.interval(NOW) is None
    assert not off.impacts(NOW)


def test_planned_work_taken_up_again_is_not_over() -> None:
    again = maintenance(
        clock("01:00"),
        clock("03:00"),
        update(clock("02:00"), "completed"),
        update(clock("02:30"), "in_progress"),
        components=states(web="under_maintenance"),
    )
    assert again.phase(at(clock("02:40"))) is MaintenanceStatus.IN_PROGRESS
    assert again.as_of(at(clock("02:10"))).phase(at(clock("02:10"))) is MaintenanceStatus.COMPLETED
    assert again.statuses_at(at(clock("02:15"))) == {}
    assert again.statuses_at(at(clock("02:40"))) == {"web": ComponentStatus.UNDER_MAINTENANCE}


def test_an_announcement_has_no_impact_and_ends_when_stated() -> None:
    notice = announcement(clock("01:00"), resolved=clock("03:00"))
    assert notice.impact is None
    assert notice.severity is ComponentStatus.OPERATIONAL
    assert notice.interval(NOW) == span(clock("01:00"), clock("03:00"))
    assert notice.as_of(at(clock("02:00"))).ended_at is None
    assert not notice.known_by(at(clock("00:59")))


def test_a_notice_without_updates_changed_when_it_ended_or_began() -> None:
    assert incident(clock("14:00"), resolved=clock("15:00")).changed_at(NOW) == at(clock("15:00"))
    assert incident(clock("14:00")).changed_at(NOW) == at(clock("14:00"))


def test_what_is_planned_has_changed_nothing_yet() -> None:
    planned = maintenance(clock("01:00"), "2199-12-31 23:59")
    assert planned.changed_at(at(clock("02:00"))) == at(clock("01:00"))
    assert planned.changed_at(at(clock("00:59"))) is None
    assert replace(planned, publish_at=at("2026-04-01 00:00")).changed_at(at(clock("00:59"))) == at("2026-04-01 00:00")
