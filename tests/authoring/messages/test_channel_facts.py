"""Every channel states what the page of the notice states."""

from __future__ import annotations

from typing import Any

import pytest

from mkdocs_incidents.authoring.messages.channels.facts import NotPublicError
from mkdocs_incidents.model import ComponentStatus, Incident, Maintenance, Retraction
from tests.authoring.messages.facts_of import ZONE, facts_of
from tests.makers import announcement, at, incident, maintenance, states, update


def outage(*updates: Any, **fields: Any) -> Incident:
    defaults = {"title": "Card payments failed", "id": "cards-failed", "components": states(cards="major_outage")}
    return incident("2026-04-06 14:30", *updates, zone=ZONE, **defaults | fields)


def work(*updates: Any, **fields: Any) -> Maintenance:
    defaults = {"title": "A new database", "components": states(cards="under_maintenance")}
    return maintenance("2026-04-12 02:00", "2026-04-12 04:00", *updates, zone=ZONE, **defaults | fields)


INVESTIGATING = update(
    "2026-04-06 14:36",
    "investigating",
    ZONE,
    message="Card payments fail. Next update by 15:00.",
    next_update_at=at("2026-04-06 15:00", ZONE),
    next_update_sentence="Next update by 15:00.",
)
RESOLVED = update("2026-04-06 15:15", "resolved", ZONE, message="Card payments work again.")
ANNOUNCED = update("2026-04-08 09:00", "scheduled", ZONE, message="We move to a new database.")
BEGUN = update("2026-04-12 02:00", "in_progress", ZONE)


def test_an_open_incident_has_its_states_its_begin_and_the_next_update_once() -> None:
    facts = facts_of(outage(INVESTIGATING), "2026-04-06 14:40")
    assert facts.heading == "Investigating: Card payments failed"
    assert facts.line == "Card payments: major outage since 14:30 WAT, investigating"
    assert facts.rows == (
        ("Status", "Investigating"),
        ("Services", "Card payments: Major outage"),
        ("Time", "since 14:30 WAT"),
    )
    assert facts.html == "<p>Card payments fail.</p>"
    assert facts.next_update == "Next update by 15:00 WAT"
    assert facts.severity is ComponentStatus.MAJOR_OUTAGE
    assert facts.link == "https://status.example.com/incidents/cards-failed/"


def test_an_overdue_update_is_not_promised_again() -> None:
    facts = facts_of(outage(INVESTIGATING), "2026-04-06 15:20")
    assert facts.overdue
    assert "15:00" not in facts.next_update + facts.html


def test_on_another_day_times_have_their_day() -> None:
    facts = facts_of(outage(INVESTIGATING), "2026-04-07 08:00")
    assert facts.line == "Card payments: major outage since Monday 6 April 2026, 14:30 WAT, investigating"


def test_services_in_several_states_are_named_with_each_the_worst_first() -> None:
    several = states(hooks="degraded_performance", cards="major_outage")
    facts = facts_of(outage(INVESTIGATING, components=several), "2026-04-06 14:40")
    assert facts.line.startswith("Card payments: major outage; Webhooks: degraded performance since 14:30 WAT")


def test_an_open_incident_whose_services_work_again_is_still_open() -> None:
    well = update("2026-04-06 14:50", "monitoring", ZONE, components=states(cards="operational"))
    facts = facts_of(outage(INVESTIGATING, well), "2026-04-06 14:55")
    assert facts.line == "Card payments failed: monitoring, open since 14:30 WAT"
    assert ("Services", "Card payments: Operational") in facts.rows


@pytest.mark.parametrize("postmortem", [None, "2026-04-08 12:00"])
def test_a_resolved_incident_has_its_end_and_its_duration(postmortem: str | None) -> None:
    facts = facts_of(outage(INVESTIGATING, RESOLVED, postmortem=postmortem), "2026-04-06 15:16")
    assert facts.heading == "Resolved: Card payments failed"
    assert facts.line == "Card payments: resolved 15:15 WAT (major outage, 45 min)"
    assert facts.rows[2:] == (
        ("Time", "Monday 6 April 2026, 14:30 to 15:15 WAT"),
        ("Duration", "major outage, 45 min"),
    )
    assert facts.severity is ComponentStatus.OPERATIONAL


def test_what_is_under_way_on_the_day_of_a_published_postmortem_is_resolved() -> None:
    facts = facts_of(outage(RESOLVED, postmortem="2026-04-08 12:00"), "2026-04-09 12:00")
    assert facts.heading == "Resolved: Card payments failed"


def test_a_retracted_incident_has_its_reason_and_no_state() -> None:
    facts = facts_of(outage(INVESTIGATING, retraction=Retraction("A test rang the alarm.")), "2026-04-06 14:40")
    assert facts.heading == "Retracted: Card payments failed"
    assert facts.line == "Retracted: Card payments failed. A test rang the alarm."
    assert facts.rows == (("Status", "Retracted"),)
    assert facts.html == "<p>A test rang the alarm.</p>"


def test_words_that_were_retracted_are_not_repeated() -> None:
    wrong = update(
        "2026-04-06 14:45", "identified", ZONE, message="It is the bank.", retraction=Retraction("It was us.")
    )
    facts = facts_of(outage(INVESTIGATING, wrong), "2026-04-06 14:50")
    assert facts.heading == "Investigating: Card payments failed"
    assert facts.html == "<p>Retracted: It was us.</p>"


def test_corrected_words_are_marked() -> None:
    corrected = update("2026-04-06 14:36", "investigating", ZONE, corrected_at=at("2026-04-06 14:38", ZONE))
    assert facts_of(outage(corrected), "2026-04-06 14:40").note == "Corrected 14:38 WAT."


def test_an_incident_without_an_update_has_title_and_state_and_says_so() -> None:
    facts = facts_of(outage(), "2026-04-06 14:40")
    assert facts.silent
    assert facts.heading == "Investigating: Card payments failed"
    assert facts.html == "<p>Nothing has been said about it yet.</p>"


def test_a_backfilled_incident_says_that_it_was_added_afterwards() -> None:
    facts = facts_of(outage(RESOLVED, backfilled=True), "2026-05-01 12:00")
    assert facts.note == "Added to the history afterwards."


def test_an_incident_that_names_no_service_has_its_title() -> None:
    facts = facts_of(outage(INVESTIGATING, components={}, impact="major"), "2026-04-06 14:40")
    assert facts.line == "Card payments failed: investigating, open since 14:30 WAT"


@pytest.mark.parametrize(("now", "updates", "line"), [
    ("2026-04-09 12:00", [], "scheduled, Sunday 12 April 2026, 02:00 to 04:00 WAT"),
    ("2026-04-12 03:00", [], "in progress, Sunday 12 April 2026, 02:00 to 04:00 WAT"),
    ("2026-04-12 03:00", [update("2026-04-12 02:30", "in_progress", ZONE, until=at("2026-04-12 06:00", ZONE))],
     "in progress, Sunday 12 April 2026, 02:00 to 06:00 WAT"),
    ("2026-04-12 05:00", [update("2026-04-12 02:05", "in_progress", ZONE)],
     "in progress, since Sunday 12 April 2026, 02:05 WAT"),
    ("2026-04-12 05:00", [BEGUN, update("2026-04-12 04:30", "completed", ZONE)],
     "completed, Sunday 12 April 2026, 02:00 to 04:30 WAT, 30 min past its planned end"),
    ("2026-04-11 12:00", [update("2026-04-11 09:00", "completed", ZONE)],
     "called off, planned for Sunday 12 April 2026, 02:00 to 04:00 WAT"),
])  # fmt: skip
def test_planned_work_has_its_phase_and_its_plan(now: str, updates: list[Any], line: str) -> None:
    assert facts_of(work(ANNOUNCED, *updates), now).line == f"Card payments: planned maintenance, {line}"


def test_an_announcement_has_its_title_and_its_words() -> None:
    told = update("2026-04-06 14:30", "resolved", ZONE, message="We have a new address.")
    facts = facts_of(announcement("2026-04-06 14:30", zone=ZONE, title="We move", updates=(told,)), "2026-04-07 12:00")
    assert (facts.heading, facts.line, facts.rows) == ("We move", "We move", ())
    assert facts.html == "<p>We have a new address.</p>"


@pytest.mark.parametrize("notice", [
    outage(INVESTIGATING, publish_at=at("2026-04-08 09:00", ZONE)),
    incident("2026-04-08 09:00", zone=ZONE),
])  # fmt: skip
def test_of_what_is_not_public_yet_nothing_is_given_away(notice: Incident) -> None:
    with pytest.raises(NotPublicError, match="is not public before Wednesday 8 April 2026, 09:00 WAT"):
        facts_of(notice, "2026-04-06 15:00")


def test_an_update_by_a_clock_that_is_a_little_ahead_counts_as_it_does_for_a_build() -> None:
    assert facts_of(outage(INVESTIGATING), "2026-04-06 14:34").html == "<p>Card payments fail.</p>"


def test_links_lead_to_the_site_and_html_is_text() -> None:
    told = update("2026-04-06 14:36", "investigating", ZONE, message="[See](../other/) <script>")
    html = facts_of(outage(told), "2026-04-06 14:40").html
    assert html == '<p><a href="https://status.example.com/incidents/other/">See</a> &lt;script&gt;</p>'
