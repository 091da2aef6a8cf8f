"""Planned work that is put off or called off, in every output."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import feedparser
import yaml

from mkdocs_incidents.model import ComponentStatus, Withdrawal
from tests.emit.emitting import document, emitted, metrics
from tests.makers import at, history, maintenance, states, update

if TYPE_CHECKING:
    from datetime import datetime

    from mkdocs_incidents.model import Maintenance

WEB = states(web="under_maintenance")
CALLED_OFF = maintenance(
    "2026-04-20 22:00",
    "2026-04-20 23:00",
    update("2026-04-06 09:00", "scheduled"),
    update("2026-04-08 09:00", "completed"),
    id="move",
    components=WEB,
)
PUT_OFF = maintenance(
    "2026-04-20 22:00",
    "2026-04-20 23:00",
    update("2026-04-01 09:00", "scheduled"),
    update("2026-04-06 22:00", "in_progress"),
    update("2026-04-06 22:30", "scheduled"),
    id="move",
    components=WEB,
)
INSTANTS = (at("2026-04-08 09:00"), at("2026-04-20 22:30"), at("2026-06-01 00:00"))


def files(work: Maintenance, now: datetime) -> dict[str, bytes]:
    return emitted(history(work), now)


def in_api(found: dict[str, bytes], path: str = "scheduled-maintenances") -> Any:
    return document(found, f"api/v2/{path}.json")["scheduled_maintenances"]


def front(found: dict[str, bytes], path: str) -> Any:
    return yaml.safe_load(found[path].decode().split("---\n")[1])


def test_work_that_was_called_off_ended_when_that_was_published_in_every_output() -> None:
    for now in INSTANTS:
        found = files(CALLED_OFF, now)
        (row,) = in_api(found)
        assert (row["status"], row["resolved_at"], row["updated_at"]) == (
            "completed",
            *["2026-04-08T09:00:00.000Z"] * 2,
        )
        assert row["started_at"] <= row["resolved_at"]
        assert in_api(found, "scheduled-maintenances/upcoming") == in_api(found, "scheduled-maintenances/active") == []
        full = document(found, "incidents/move.json")
        assert (full["status"], full["open"], full["ended_at"]) == (
            Withdrawal.CALLED_OFF,
            False,
            "2026-04-08T09:00:00Z",
        )
        assert (full["impacts"], full["states"]) == ([], {})
        page = front(found, "incidents/move.md")
        assert (page["status"], page.get("began"), page["ended"]) == ("called_off", None, "2026-04-08T09:00:00Z")
        assert b"**Called off**" in found["incidents/move.md"]
        assert found["maintenance.md"].count(b"## Called off") == 1
        assert b"## Done" not in found["maintenance.md"]


def test_work_that_was_called_off_is_no_maintenance_at_its_former_time() -> None:
    found = files(CALLED_OFF, at("2026-04-20 22:30"))
    assert document(found, "api/v2/status.json")["status"]["indicator"] == "none"
    assert document(found, "badge.json")["message"] == "Operational"
    assert b"<p" not in found["embed.html"]
    assert metrics(found)["incidents_maintenances", "in_progress"] == 0
    assert metrics(found)["incidents_maintenances", "scheduled"] == 0
    (component,) = document(found, "uptime.json")["components"]
    assert {day["state"] for day in component["days"]} <= {"operational", "no_data"}


def test_the_feed_says_called_off_and_keeps_saying_so_when_the_work_is_announced_again() -> None:
    titles = [entry.title for entry in feedparser.parse(files(CALLED_OFF, INSTANTS[-1])["feed.xml"]).entries]
    assert titles == ["Called off: It broke", "Scheduled: It broke"]
    again = maintenance(
        "2026-05-20 22:00", "2026-05-20 23:00", *CALLED_OFF.updates, update("2026-04-09 09:00", "scheduled"), id="move"
    )
    titles = [entry.title for entry in feedparser.parse(files(again, INSTANTS[-1])["feed.xml"]).entries]
    assert titles[1:] == ["Called off: It broke", "Scheduled: It broke"]


def test_work_that_was_put_off_is_scheduled_again_in_every_output() -> None:
    found = files(PUT_OFF, at("2026-04-08 09:00"))
    (row,) = in_api(found)
    assert (row["status"], row["scheduled_for"]) == ("scheduled", "2026-04-20T22:00:00.000Z")
    assert row["components"][0]["status"] == ComponentStatus.OPERATIONAL
    assert document(found, "api/v2/status.json")["status"]["indicator"] == "none"
    full = document(found, "incidents/move.json")
    assert (full["status"], full["begins_at"], full["ended_at"]) == ("scheduled", "2026-04-20T22:00:00Z", None)
    (impact,) = full["impacts"]
    assert (impact["start"], impact["end"]) == ("2026-04-06T22:00:00Z", "2026-04-06T22:30:00Z")
    (component,) = document(found, "uptime.json")["components"]
    marked = [day["date"] for day in component["days"] if day["state"] == "under_maintenance"]
    assert marked == ["2026-04-06"]
    assert b"It began earlier and was then put off" in found["incidents/move.md"]


def test_a_feed_of_one_entry_for_each_notice_says_what_was_called_off() -> None:
    found = files(CALLED_OFF, INSTANTS[0])
    assert f"<title>Called off: {CALLED_OFF.title}</title>" in found["history.rss"].decode()
    assert f"[Called off: {CALLED_OFF.title}]" in found["llms.txt"].decode()
