"""The questions that every kind of notice answers, so that nothing above the model asks for the type."""

from __future__ import annotations

import pytest

from mkdocs_incidents.model import ComponentStatus, Impact, IncidentStatus, MaintenanceStatus, Notice, NoticeKind
from tests.makers import announcement, at, incident, maintenance, span, states, update

NOW = at("2026-04-10 12:00")
OUTAGE = incident(
    "2026-04-06 14:30",
    update("2026-04-06 14:36", "investigating", components=states(mail="degraded_performance")),
    update("2026-04-06 15:15", "resolved"),
    components=states(web="major_outage"),
)
WORK = maintenance("2026-05-02 22:00", "2026-05-02 23:00", components=states(web="under_maintenance"))
NOTE = announcement("2026-04-09 10:00")


@pytest.mark.parametrize(
    ("notice", "kind", "severity", "impact", "stage"),
    [
        (OUTAGE, NoticeKind.INCIDENT, ComponentStatus.MAJOR_OUTAGE, Impact.CRITICAL, IncidentStatus.RESOLVED),
        (WORK, NoticeKind.MAINTENANCE, ComponentStatus.UNDER_MAINTENANCE, None, MaintenanceStatus.SCHEDULED),
        (NOTE, NoticeKind.ANNOUNCEMENT, ComponentStatus.OPERATIONAL, None, None),
    ],
)
def test_every_kind_answers_how_bad_it_is_and_where_it_stands(
    notice: Notice, kind: NoticeKind, severity: ComponentStatus, impact: Impact | None, stage: object
) -> None:
    assert (notice.kind, notice.severity, notice.impact, notice.stage(NOW)) == (kind, severity, impact, stage)


def test_an_incident_is_as_severe_as_its_worst_component_or_its_stated_impact() -> None:
    assert incident("2026-04-06 14:30", impact="critical").severity is ComponentStatus.MAJOR_OUTAGE
    stated_none = incident("2026-04-06 14:30", impact="none", components=states(web="partial_outage"))
    assert stated_none.severity is ComponentStatus.PARTIAL_OUTAGE


def test_a_resolved_incident_is_over_and_an_open_one_is_not() -> None:
    assert OUTAGE.is_over(NOW)
    assert not incident("2026-04-06 14:30").is_over(NOW)


def test_work_is_over_once_its_planned_end_has_passed() -> None:
    assert not WORK.is_over(at("2026-05-02 22:59"))
    assert WORK.is_over(at("2026-05-02 23:00"))


def test_work_that_is_stated_to_run_is_not_over_after_its_planned_end() -> None:
    late = maintenance("2026-05-02 22:00", "2026-05-02 23:00", update("2026-05-02 22:05", "in_progress"))
    assert not late.is_over(at("2026-05-03 08:00"))


def test_an_announcement_is_over_unless_it_is_pinned_and_has_not_ended() -> None:
    assert announcement("2026-04-09 10:00").is_over(NOW)
    assert not announcement("2026-04-09 10:00", pinned=True).is_over(NOW)
    assert announcement("2026-04-09 10:00", pinned=True, resolved="2026-04-10 11:00").is_over(NOW)


def test_a_pinned_announcement_is_over_at_the_instant_of_its_end() -> None:
    assert announcement("2026-04-09 10:00", pinned=True, resolved="2026-04-10 12:00").is_over(at("2026-04-10 12:00"))


def test_an_incident_affects_the_service_from_the_instant_of_its_start_on() -> None:
    down = incident("2026-04-06 14:30", components=states(web="major_outage"))
    assert down.current_severity(at("2026-04-06 14:29")) is ComponentStatus.OPERATIONAL
    assert down.current_severity(at("2026-04-06 14:30")) is ComponentStatus.MAJOR_OUTAGE


def test_a_schedule_is_that_of_planned_work_as_last_announced() -> None:
    moved = maintenance(
        "2026-05-02 22:00", "2026-05-02 23:00", update("2026-05-01 10:00", "scheduled", until=at("2026-05-02 23:30"))
    )
    assert moved.schedule == (at("2026-05-02 22:00"), at("2026-05-02 23:30"))
    assert OUTAGE.schedule is None
    assert NOTE.schedule is None


def test_touched_components_are_named_at_the_top_or_in_an_update_each_once() -> None:
    assert OUTAGE.touched_components == ("web", "mail")
    again = incident("2026-04-06 14:30", update("2026-04-06 14:36", "identified", components=states(web="operational")))
    assert again.touched_components == ("web",)


def test_work_completed_before_it_began_is_called_off() -> None:
    off = maintenance("2026-05-02 22:00", "2026-05-02 23:00", update("2026-05-01 10:00", "completed"))
    assert off.called_off
    assert not WORK.called_off
    assert not OUTAGE.called_off


def test_work_completed_at_its_planned_begin_is_called_off() -> None:
    assert maintenance("2026-05-02 22:00", "2026-05-02 23:00", update("2026-05-02 22:00", "completed")).called_off


def test_work_that_had_begun_early_was_done_and_not_called_off() -> None:
    early = maintenance(
        "2026-05-02 22:00",
        "2026-05-02 23:00",
        update("2026-05-02 20:00", "in_progress"),
        update("2026-05-02 21:00", "completed"),
    )
    assert not early.called_off


def test_a_notice_is_public_from_its_first_update_on() -> None:
    assert OUTAGE.published_at == at("2026-04-06 14:36")


def test_an_incident_without_updates_is_public_from_its_start_or_its_publication() -> None:
    assert incident("2026-04-06 14:30").published_at == at("2026-04-06 14:30")
    assert incident("2026-04-06 14:30", publish_at=at("2026-04-07 09:00")).published_at == at("2026-04-07 09:00")


def test_an_incident_is_not_public_before_it_begins() -> None:
    assert incident("2026-04-06 14:30", publish_at=at("2026-04-06 09:00")).published_at == at("2026-04-06 14:30")


def test_work_without_updates_is_public_when_the_file_states_it_else_from_its_begin() -> None:
    assert WORK.published_at == at("2026-05-02 22:00")
    stated = maintenance("2026-05-02 22:00", "2026-05-02 23:00", publish_at=at("2026-04-20 09:00"))
    assert stated.published_at == at("2026-04-20 09:00")


def test_users_are_affected_by_incidents_and_work_and_never_by_an_announcement() -> None:
    assert OUTAGE.affected_intervals(NOW) == (span("2026-04-06 14:30", "2026-04-06 15:15"),)
    assert WORK.affected_intervals(NOW) == ()
    assert WORK.affected_intervals(at("2026-05-03 00:00")) == (span("2026-05-02 22:00", "2026-05-02 23:00"),)
    assert NOTE.affected_intervals(NOW) == ()


@pytest.mark.parametrize("status", MaintenanceStatus)
def test_work_runs_between_its_begin_and_its_completion(status: MaintenanceStatus) -> None:
    assert status.running == (status in {MaintenanceStatus.IN_PROGRESS, MaintenanceStatus.VERIFYING})
