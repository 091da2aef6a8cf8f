"""Calendars: their events, and how they change with a notice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_incidents.model import MaintenanceStatus, Retraction, RevisionSummary
from tests.emit import emitting
from tests.emit.emitting import emitted
from tests.makers import announcement, at, history, incident, maintenance, states, update

if TYPE_CHECKING:
    from datetime import datetime

    from mkdocs_incidents.model import Notice

NOW = at("2026-04-06 15:00")
PUT_OFF = maintenance(
    "2026-04-09 12:00",
    "2026-04-09 14:00",
    update("2026-04-04 10:00", "scheduled"),
    update("2026-04-06 12:00", "in_progress"),
    update("2026-04-06 12:40", "scheduled"),
)


def events(*notices: Notice, now: datetime = NOW, path: str = "calendar.ics") -> list[Any]:
    return emitting.events(emitted(history(*notices), now), path)


def test_planned_work_is_an_event_from_its_begin_to_its_expected_end() -> None:
    moved = update("2026-04-07 09:00", "in_progress", until=at("2026-04-07 13:00"))
    work = maintenance("2026-04-07 10:00", "2026-04-07 11:00", moved, id="upgrade", title="Work, and «more»; \\ really")
    (event,) = events(work, now=at("2026-04-07 09:30"))
    assert (event["dtstart"].dt, event["dtend"].dt) == (at("2026-04-07 09:00"), at("2026-04-07 13:00"))
    assert event["summary"] == "Work, and «more»; \\ really"
    assert event["uid"] == "upgrade@status.example.com"
    assert event["url"] == "https://status.example.com/incidents/upgrade/"


def test_an_outage_ends_now_while_it_lasts() -> None:
    down = incident("2026-04-06 14:30", id="down", title="Down", components=states(web="major_outage"))
    (event,) = events(down)
    assert event["summary"] == "Major outage: Down"
    assert (event["dtend"].dt, event["dtstamp"].dt) == (NOW, NOW)
    assert event["last-modified"].dt == at("2026-04-06 14:30")
    assert "dtend" not in events(down, now=at("2026-04-06 14:30"))[0]
    (event,) = events(replace(down, stated_resolved_at=at("2026-04-06 14:40")))
    assert event["dtend"].dt == at("2026-04-06 14:40")


def test_work_that_was_called_off_is_marked_and_keeps_its_place() -> None:
    off = update("2026-04-06 12:00", "completed", message="We do it another day.")
    (event,) = events(maintenance("2026-04-07 10:00", "2026-04-07 11:00", off, title="Work"))
    assert event["status"] == "CANCELLED"
    assert event["summary"] == "Called off: Work"
    assert (event["dtstart"].dt, event["dtend"].dt) == (at("2026-04-07 10:00"), at("2026-04-07 11:00"))


def test_work_past_its_planned_end_ends_now_while_it_goes_on() -> None:
    work = maintenance("2026-04-06 12:00", "2026-04-06 14:00", update("2026-04-06 12:10", "in_progress"))
    assert events(work, now=at("2026-04-06 13:00"))[0]["dtend"].dt == at("2026-04-06 14:00")
    assert events(work)[0]["dtend"].dt == NOW


def test_work_that_was_put_off_is_an_event_at_its_new_time() -> None:
    (event,) = events(PUT_OFF)
    assert (event["dtstart"].dt, event["dtend"].dt) == (at("2026-04-09 12:00"), at("2026-04-09 14:00"))
    assert event["status"] == "CONFIRMED"


def test_what_was_retracted_is_cancelled_with_the_reason() -> None:
    alarm = incident("2026-04-06 14:30", title="Down", resolved="2026-04-06 14:40")
    (event,) = events(replace(alarm, retraction=Retraction("A probe was broken, the service was not.", NOW)))
    assert (event["status"], event["summary"]) == ("CANCELLED", "Retracted: Down")
    assert event["description"].startswith("A probe was broken")
    (open_still,) = events(replace(alarm, stated_resolved_at=None, retraction=Retraction("A mistake.", NOW)))
    assert open_still["dtend"].dt == NOW
    (before,) = events(alarm)
    assert int(event["sequence"]) > int(before["sequence"])


def test_a_later_plan_raises_the_sequence_without_an_update_and_any_plan_with_one() -> None:
    announced = update("2026-04-06 10:00", "scheduled")
    work = maintenance("2026-04-09 10:00", "2026-04-09 11:00", announced, id="work")
    begun_later = maintenance("2026-04-09 10:30", "2026-04-09 11:00", announced, id="work")
    ends_later = maintenance("2026-04-09 10:00", "2026-04-09 11:30", announced, id="work")
    again = update("2026-04-06 11:00", "scheduled")
    brought_forward = maintenance("2026-04-07 10:00", "2026-04-07 11:00", announced, again, id="work")
    (first,) = events(work)
    for changed in (begun_later, ends_later, brought_forward):
        assert int(events(changed)[0]["sequence"]) > int(first["sequence"])


def test_a_change_of_the_plan_that_git_knows_of_is_a_later_modification() -> None:
    work = maintenance("2026-04-09 10:00", "2026-04-09 11:00", update("2026-04-06 10:00", "scheduled"), id="work")
    of = emitting.site(history(work), NOW)
    for edited_at, modified_at in ((at("2026-04-06 13:00"),) * 2, (NOW + timedelta(hours=1), at("2026-04-06 10:00"))):
        edits = {work.source: RevisionSummary(count=1, last_at=edited_at)}
        (event,) = emitting.events(emitting.written(replace(of, edits=edits)))
        assert (event["last-modified"].dt, event["dtstamp"].dt) == (modified_at, modified_at)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.sampled_from(MaintenanceStatus), max_size=5), st.integers(-10, 500))
def test_the_sequence_never_falls_and_fits_into_32_bits(statuses: list[MaintenanceStatus], begin: int) -> None:
    """Whatever is published about planned work, and however time goes by."""
    start = at("2026-04-06 10:00")
    updates = [update(f"2026-04-06 {10 + n}:00", status) for n, status in enumerate(statuses)]
    plan = (start + timedelta(minutes=begin), start + timedelta(minutes=begin + 60))
    work = replace(maintenance("2026-04-06 10:00", "2026-04-06 11:00", *updates), scheduled_from=plan[0])
    work = replace(work, scheduled_until=plan[1])
    numbers = [events(work, now=start + timedelta(minutes=minute)) for minute in range(0, 700, 50)]
    found = [int(event["sequence"]) for listed in numbers for event in listed]
    assert found == sorted(found)
    assert all(0 <= number < 1 << 31 for number in found)


def test_each_change_raises_the_sequence_and_the_uid_stays() -> None:
    statuses = ("investigating", "resolved", "investigating", "monitoring", "resolved")
    updates = [update(f"2026-04-06 14:{30 + n}", status) for n, status in enumerate(statuses)]
    down = incident("2026-04-06 14:30", *updates, id="down", postmortem="2026-04-06 14:40")
    seen = []
    for minute in (*range(30, 35), 40):
        (event,) = events(down, now=at(f"2026-04-06 14:{minute}"))
        seen.append((event["uid"], int(event["sequence"]), event["last-modified"].dt))
    assert len({uid for uid, _, _ in seen}) == 1
    for before, after in pairwise(seen):
        assert before[1] < after[1]
        assert before[2] < after[2]


def test_a_calendar_keeps_its_bytes_while_nothing_happens() -> None:
    over = incident("2026-04-05 10:00", update("2026-04-05 11:00", "resolved"))
    coming = maintenance("2026-04-09 10:00", "2026-04-09 11:00", update("2026-04-06 10:00", "scheduled"), id="coming")
    now, later = (emitted(history(over, coming), NOW + timedelta(hours=hours)) for hours in (0, 9))
    assert now["calendar.ics"] == later["calendar.ics"]


def test_a_component_has_a_calendar_of_its_own() -> None:
    web = incident("2026-04-05 10:00", id="a", components=states(web="major_outage"))
    mail = incident("2026-04-05 11:00", id="b", components=states(mail="major_outage"))
    (event,) = events(web, mail, path="components/web/calendar.ics")
    assert event["uid"] == "a@status.example.com"


def test_announcements_are_no_events() -> None:
    assert events(announcement("2026-04-06 10:00")) == []
