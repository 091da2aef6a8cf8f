"""Promises as JSON and as a feed, under ids that never change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import feedparser
import pytest
from jsonschema import Draft202012Validator, FormatChecker

from mkdocs_incidents.model import ActionItem, Postmortem
from mkdocs_incidents.present.pages.promises import promise_rows
from tests.emit.emitting import document, emitted, site
from tests.makers import at, history, incident, states

if TYPE_CHECKING:
    from mkdocs_incidents.model import History

NOW = at("2026-06-01 12:00")
KEPT = ActionItem(
    text="The alarm *rings* <b>",
    line=1,
    owners=("Ops & co",),
    due=date(2026, 5, 1),
    done=True,
    done_at=date(2026, 4, 20),
)
DROPPED = ActionItem(
    text="It sings",
    line=2,
    dropped=True,
    dropped_at=date(2026, 4, 15),
    dropped_because="nobody liked it",
    link="https://x.example/1",
)
LATE = ActionItem(text="It dances", line=3, due=date(2026, 5, 31))
PAGE = "https://status.example.com/incidents/down/"


def outage_with(*items: ActionItem) -> History:
    postmortem = Postmortem(published_at=at("2026-04-08 00:00"), action_items=items)
    down = incident(
        "2026-04-06 14:30",
        resolved="2026-04-06 15:15",
        id="down",
        title="It & that",
        components=states(web="major_outage"),
        postmortem=postmortem,
    )
    return history(down)


def feed(of: History, **options: Any) -> list[Any]:
    files = emitted(of, NOW, **options)
    as_it_is = {"sanitize_html": False, "resolve_relative_uris": False}
    rss, atom = (feedparser.parse(files[f"promises/feed.{suffix}"], **as_it_is) for suffix in ("xml", "atom"))
    assert not rss.bozo
    assert not atom.bozo
    items: list[Any] = document(files, "promises/feed.json")["items"]
    assert [e.id for e in rss.entries] == [e.id for e in atom.entries] == [item["id"] for item in items]
    return items


def test_the_document_has_every_promise_with_its_state_and_keeps_to_its_schema() -> None:
    files = emitted(outage_with(KEPT, DROPPED, LATE), NOW)
    known = document(files, "promises.json")
    validator = Draft202012Validator(document(files, "promises.schema.json"), format_checker=FormatChecker())
    assert [error.message for error in validator.iter_errors(known)] == []
    assert known["counts"] == {"kept": 1, "kept_late": 0, "open": 0, "overdue": 1, "dropped": 1}
    assert (known["counted"], known["kept_in_time"], known["share_kept"]) == (3, 1, pytest.approx(1 / 3))
    kept, dropped, late = known["promises"]
    assert (kept["state"], kept["owner"], kept["due"], kept["done_at"]) == (
        "kept", "Ops & co", "2026-05-01", "2026-04-20",
    )  # fmt: skip
    assert (dropped["state"], dropped["dropped_at"], dropped["dropped_because"], dropped["link"]) == (
        "dropped", "2026-04-15", "nobody liked it", "https://x.example/1",
    )  # fmt: skip
    assert (late["state"], late["incident"], late["promised_at"]) == ("overdue", "down", "2026-04-08T00:00:00Z")
    assert late["url"] == f"{PAGE}#{late['id']}"


def test_a_promise_is_an_item_when_it_is_made_and_another_when_it_ends() -> None:
    entries = feed(outage_with(KEPT, DROPPED, LATE))
    assert sorted(entry["title"] for entry in entries) == [
        "Dropped: It sings", "Kept: The alarm *rings*", "Promised: It dances", "Promised: It sings",
        "Promised: The alarm *rings*",
    ]  # fmt: skip
    assert entries[0]["title"].startswith("Kept")
    assert entries[0]["date_published"] == "2026-04-20T00:00:00+00:00"
    assert {entry["date_published"] for entry in entries[2:]} == {"2026-04-08T00:00:00+00:00"}
    assert len({entry["id"] for entry in entries}) == 5
    dropped = entries[1]
    assert (dropped["title"], dropped["date_published"]) == ("Dropped: It sings", "2026-04-15T00:00:00+00:00")
    assert "reason: nobody liked it" in dropped["content_html"]


def test_keeping_a_promise_leaves_its_first_item_unchanged() -> None:
    still_open = replace(KEPT, done=False, done_at=None)
    before, after = feed(outage_with(still_open)), feed(outage_with(KEPT))
    assert before == after[1:]
    assert after[0]["id"] == f"{before[0]['id']}-kept"


def test_an_id_depends_on_the_text_alone() -> None:
    (item,) = feed(outage_with(LATE))
    moved = feed(outage_with(DROPPED, replace(LATE, due=date(2026, 7, 1), owners=("Ops",), line=9, text="it dances.")))
    assert item["id"] in {entry["id"] for entry in moved}
    twice = feed(outage_with(LATE, LATE))
    assert {entry["id"] for entry in twice} == {item["id"], f"{item['id']}-2"}


def test_the_page_has_an_anchor_for_every_item() -> None:
    of = site(outage_with(KEPT, DROPPED, LATE), NOW)
    (notice,) = of.snapshot.history.notices
    places = {anchor for _, row in promise_rows(of, notice) for anchor in (row.id, row.end_id) if anchor}
    assert {entry["id"] for entry in feed(outage_with(KEPT, DROPPED, LATE))} == {f"{PAGE}#{place}" for place in places}


def test_what_was_kept_late_has_the_id_it_would_have_in_time() -> None:
    late = replace(KEPT, done_at=date(2026, 5, 11))
    first, in_time = feed(outage_with(late))[0], feed(outage_with(KEPT))[0]
    assert (first["title"], first["id"]) == ("Kept, 10 days late: The alarm *rings*", in_time["id"])
    (known,) = document(emitted(outage_with(late), NOW), "promises.json")["promises"]
    assert (known["state"], known["days_late"]) == ("kept_late", 10)


def test_an_end_without_a_day_is_no_item_because_it_would_have_the_date_of_the_promise() -> None:
    undated = (replace(KEPT, done_at=None), replace(DROPPED, dropped_at=None))
    assert {entry["title"].partition(":")[0] for entry in feed(outage_with(*undated))} == {"Promised"}


def test_every_owner_is_named() -> None:
    both = replace(LATE, owners=("Ops", "Web team"))
    (known,) = document(emitted(outage_with(both), NOW), "promises.json")["promises"]
    assert (known["owner"], known["owners"]) == ("Ops, Web team", ["Ops", "Web team"])
    (entry,) = feed(outage_with(both))
    assert "<p>Ops</p><p>Web team</p>" in entry["content_html"]


def test_a_feed_without_promises_and_a_short_feed_are_feeds_all_the_same() -> None:
    assert feed(outage_with()) == []
    assert len(feed(outage_with(KEPT, DROPPED, LATE), feed_length=2)) == 2
