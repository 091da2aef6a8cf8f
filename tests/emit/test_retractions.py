"""What subscribers and programs get of a retracted notice, and of a retracted update."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import feedparser
import pytest

from mkdocs_incidents.model import ActionItem, Postmortem, Retraction, Section, SectionKind
from tests.emit.emitting import document, emitted, events, metrics
from tests.makers import announcement, at, history, incident, maintenance, states, update

if TYPE_CHECKING:
    from mkdocs_incidents.model import Incident, Notice

NOW = at("2026-04-08 12:00")
PAGE = "https://status.example.com/incidents/cards/"
REASON = "Card payments never failed: a test of our alarms was published."
RETRACTION = Retraction(REASON, at("2026-04-06 14:55"))


def alarm(**fields: Any) -> Incident:
    updates = (
        update(
            "2026-04-06 14:36", "investigating", message="Card payments fail.", next_update_at=at("2026-04-06 15:00")
        ),
    )
    known = {"id": "cards", "title": "Card payments failed", "components": states(web="major_outage")}
    return incident("2026-04-06 14:30", *fields.pop("updates", updates), **{**known, **fields})


def entries(files: dict[str, bytes], path: str) -> list[dict[str, Any]]:
    keys = ("id", "title", "published", "updated", "content", "tags")
    return [{key: entry.get(key) for key in keys} for entry in feedparser.parse(files[path]).entries]


@pytest.mark.parametrize("stem", ["feed", "outages", "components/web/feed"])
def test_the_retraction_is_one_more_item_of_every_feed_that_had_the_alarm(stem: str) -> None:
    before = entries(emitted(history(alarm()), NOW), f"{stem}.atom")
    retraction, *others = entries(emitted(history(alarm(retraction=RETRACTION)), NOW), f"{stem}.atom")
    assert others == before
    assert retraction["id"] == f"{PAGE}#retracted"
    assert retraction["title"] == "Retracted: Card payments failed"
    assert retraction["published"] == retraction["updated"] == "2026-04-06T14:55:00+00:00"
    assert retraction["content"][0]["value"] == f"<p>{REASON}</p>"


def test_statuspages_feed_has_it_in_the_entry_of_the_notice() -> None:
    (entry,) = entries(emitted(history(alarm(retraction=RETRACTION)), NOW), "history.atom")
    assert entry["id"] == PAGE
    assert entry["title"] == "Retracted: Card payments failed"
    assert "Retracted" in entry["content"][0]["value"]
    assert REASON in entry["content"][0]["value"]
    assert entry["updated"] == "2026-04-06T14:55:00+00:00"


def test_a_retraction_is_not_known_before_its_time() -> None:
    noticed = history(alarm(retraction=RETRACTION))
    earlier = at("2026-04-06 14:50")
    assert emitted(noticed, earlier) == emitted(history(alarm()), earlier)


def test_the_api_has_a_resolved_incident_without_impact_that_says_so() -> None:
    files = emitted(history(alarm(retraction=RETRACTION)), NOW)
    (event,) = document(files, "api/v2/incidents.json")["incidents"]
    assert (event["status"], event["impact"], event["components"]) == ("resolved", "none", [])
    assert event["resolved_at"] == "2026-04-06T14:55:00.000Z"
    newest, first = event["incident_updates"]
    assert (newest["status"], newest["body"]) == ("resolved", f"Retracted: {REASON}")
    assert first["body"].startswith("Card payments fail.")
    assert newest["affected_components"] is None
    assert first["affected_components"] is None
    assert document(files, "api/v2/incidents/unresolved.json")["incidents"] == []
    assert document(files, "api/v2/status.json")["status"]["indicator"] == "none"


def test_our_json_has_the_reason_and_no_effect() -> None:
    files = emitted(history(alarm(retraction=RETRACTION)), NOW)
    known = document(files, "incidents/cards.json")
    assert known["retracted"] == {"at": "2026-04-06T14:55:00Z", "reason": REASON}
    assert (known["status"], known["impact"], known["open"]) == ("retracted", "none", False)
    assert known["ended_at"] == "2026-04-06T14:55:00Z"
    assert (known["components"], known["states"], known["impacts"], known["measured"]) == ({}, {}, [], None)
    assert [update["message"] for update in known["updates"]] == ["Card payments fail."]


def test_text_metrics_and_banner_do_not_count_it() -> None:
    files = emitted(history(alarm(retraction=RETRACTION)), NOW)
    text = files["incidents/cards.md"].decode()
    assert f"# Retracted: Card payments failed\n\n{REASON}\n" in text
    assert 'status: "retracted"' in text
    assert "Measured" not in text
    assert files["status.txt"].startswith(b"Operational")
    assert files["embed.html"].startswith(b"<!--")
    assert "[Retracted: Card payments failed]" in files["llms.txt"].decode()
    assert not any(count for (name, *_), count in metrics(files).items() if name == "incidents_open")


def test_an_apology_and_promises_of_a_retracted_postmortem_are_gone_and_its_entry_stays() -> None:
    sorry = Section(kind=SectionKind.APOLOGY, heading="Apology", level=2, markdown="We are sorry.", line=1)
    promised = ActionItem(text="Never again", line=2)
    postmortem = Postmortem(sections=(sorry,), action_items=(promised,), published_at=at("2026-04-06 14:50"))
    files = emitted(history(alarm(postmortem=postmortem, retraction=RETRACTION)), NOW)
    assert entries(files, "apologies.atom") == []
    assert entries(files, "promises/feed.atom") == []
    assert document(files, "promises.json")["promises"] == []
    assert [entry["id"] for entry in entries(files, "feed.atom")][1] == f"{PAGE}#postmortem"


NOTICES = [
    alarm(retraction=RETRACTION, updates=()),
    maintenance("2026-04-09 01:00", "2026-04-09 03:00", update("2026-04-06 10:00", "scheduled"), id="work",
                components=states(web="under_maintenance"), retraction=RETRACTION),
    announcement("2026-04-06 10:00", id="news", pinned=True, retraction=RETRACTION),
]  # fmt: skip


@pytest.mark.parametrize("notice", NOTICES, ids=lambda notice: notice.kind)
def test_a_notice_of_any_kind_is_over_and_told_once(notice: Notice) -> None:
    files = emitted(history(notice), NOW)
    known = document(files, f"incidents/{notice.id}.json")
    assert (known["status"], known["open"], known["ended_at"]) == ("retracted", False, "2026-04-06T14:55:00Z")
    found = [entry["id"] for entry in entries(files, "feed.atom")]
    assert found[0] == f"https://status.example.com/incidents/{notice.id}/#retracted"
    assert len(found) == 2
    assert document(files, "api/v2/scheduled-maintenances/upcoming.json")["scheduled_maintenances"] == []
    for event in document(files, "api/v2/scheduled-maintenances.json")["scheduled_maintenances"]:
        assert (event["status"], event["impact"]) == ("completed", "none")


def test_work_that_was_retracted_before_it_began_keeps_its_place_and_never_began() -> None:
    files = emitted(history(NOTICES[1]), at("2026-04-10 00:00"))
    (event,) = events(files)
    assert (event["dtstart"].dt, event["dtend"].dt) == (at("2026-04-09 01:00"), at("2026-04-09 03:00"))
    (row,) = document(files, "api/v2/scheduled-maintenances.json")["scheduled_maintenances"]
    assert row["started_at"] == row["created_at"] < row["resolved_at"]
    listed = files["maintenance.md"].decode()
    assert "## Retracted\n" in listed
    assert "## Done" not in listed
    assert "planned for Thursday 9 April 2026, 01:00 to 03:00 UTC" in listed


def wrong_word(**fields: Any) -> Incident:
    updates = (
        update("2026-04-06 14:36", "investigating", message="Card payments fail."),
        update("2026-04-06 14:40", "resolved", message="Web works. Mail fails.", components=states(mail="major_outage"),
               next_update_at=at("2026-04-06 15:00"), retraction=fields.pop("retraction", None)),
    )  # fmt: skip
    return alarm(updates=updates, **fields)


def test_a_retracted_update_keeps_its_entry_which_says_so_first() -> None:
    mistake = Retraction("Mail worked all the time.", at("2026-04-06 14:50"))
    before, opening = entries(emitted(history(wrong_word()), NOW), "feed.atom")
    after, same = entries(emitted(history(wrong_word(retraction=mistake)), NOW), "feed.atom")
    assert (same["id"], same["title"], same["content"]) == (opening["id"], opening["title"], opening["content"])
    assert (after["id"], after["published"]) == (before["id"], before["published"])
    assert after["updated"] == "2026-04-06T14:50:00+00:00"
    assert after["title"] == "Retracted: Resolved: Card payments failed"
    content = after["content"][0]["value"]
    assert content.startswith("<p><strong>Retracted: Mail worked all the time.</strong></p>")
    assert "<del><p>Web works. Mail fails.</p></del>" in content
    assert "Next update" not in content


def test_a_retracted_update_has_no_effect_anywhere() -> None:
    mistake = Retraction("Mail worked all the time.", at("2026-04-06 14:50"))
    files = emitted(history(wrong_word(retraction=mistake)), NOW)
    states_now = {c["id"]: c["state"] for c in document(files, "incidents.json")["components"]}
    assert states_now == {"web": "major_outage", "mail": "operational"}
    known = document(files, "incidents/cards.json")
    assert (known["status"], known["open"]) == ("investigating", True)
    assert [u["retracted"] for u in known["updates"]] == [
        None, {"at": "2026-04-06T14:50:00Z", "reason": "Mail worked all the time."},
    ]  # fmt: skip
    (event,) = document(files, "api/v2/incidents/unresolved.json")["incidents"]
    newest = event["incident_updates"][0]
    assert newest["body"].startswith("Retracted: Mail worked all the time.")
    assert newest["updated_at"] == "2026-04-06T14:50:00.000Z"
    assert newest["affected_components"] is None
    assert "> Web works. Mail fails." in files["incidents/cards.md"].decode()
    assert "Web works" not in files["index.md"].decode()


def test_before_it_is_retracted_an_update_counts() -> None:
    mistake = Retraction("Mail worked all the time.", at("2026-04-06 14:50"))
    earlier = at("2026-04-06 14:45")
    noticed = history(wrong_word(retraction=mistake))
    assert emitted(noticed, earlier) == emitted(replace(noticed, notices=(wrong_word(),)), earlier)
