"""Calendars: their events, and how they change with a notice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tests.emit import emitting
from tests.emit.emitting import emitted
from tests.makers import announcement, at, history, incident, maintenance, states, update

if TYPE_CHECKING:
    from datetime import datetime

    from mkdocs_incidents.model import Notice

NOW = at("2026-04-06 15:00")


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


def test_an_outage_has_no_end_while_it_lasts() -> None:
    down = incident("2026-04-06 14:30", id="down", title="Down", components=states(web="major_outage"))
    (event,) = events(down)
    assert event["summary"] == "Major outage: Down"
    assert "dtend" not in event
    (event,) = events(replace(down, stated_resolved_at=at("2026-04-06 14:40")))
    assert event["dtend"].dt == at("2026-04-06 14:40")


def test_work_that_was_called_off_is_marked_and_keeps_its_place() -> None:
    off = update("2026-04-06 12:00", "completed", message="We do it another day.")
    (event,) = events(maintenance("2026-04-07 10:00", "2026-04-07 11:00", off, title="Work"))
    assert event["status"] == "CANCELLED"
    assert event["summary"] == "Called off: Work"
    assert (event["dtstart"].dt, event["dtend"].dt) == (at("2026-04-07 10:00"), at("2026-04-07 11:00"))


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
    open_still = incident("2026-04-06 14:30", id="open")
    coming = maintenance("2026-04-09 10:00", "2026-04-09 11:00", update("2026-04-06 10:00", "scheduled"), id="coming")
    now, later = (emitted(history(over, open_still, coming), NOW + timedelta(hours=hours)) for hours in (0, 9))
    assert now["calendar.ics"] == later["calendar.ics"]


def test_a_component_has_a_calendar_of_its_own() -> None:
    web = incident("2026-04-05 10:00", id="a", components=states(web="major_outage"))
    mail = incident("2026-04-05 11:00", id="b", components=states(mail="major_outage"))
    (event,) = events(web, mail, path="components/web/calendar.ics")
    assert event["uid"] == "a@status.example.com"


def test_announcements_are_no_events() -> None:
    assert events(announcement("2026-04-06 10:00")) == []
