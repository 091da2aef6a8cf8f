"""The feeds and the calendar of one notice: what it published, its end, and how long they last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mkdocs_incidents.present.pages.notice import notice_view
from tests.emit.emitting import document, emitted, events, site
from tests.emit.feeds.test_feeds import entries
from tests.makers import announcement, at, history, incident, maintenance, update

if TYPE_CHECKING:
    from mkdocs_incidents.model import Notice

BEGIN, END = "2026-04-06 14:30", "2026-04-06 15:15"
PAGE = "https://status.example.com/incidents/it/"
FIRST = update("2026-04-06 14:36", "investigating")
LAST = update(END, "resolved")
FILES = {f"incidents/it/{name}" for name in ("feed.xml", "feed.atom", "feed.json", "calendar.ics")}


def files(*notices: Notice, now: str = "2026-04-06 16:00", **outputs: Any) -> dict[str, bytes]:
    return emitted(history(*notices), at(now), **outputs)


def titles(*notices: Notice, now: str = "2026-04-06 16:00") -> list[str]:
    return [title for _, _, title, _ in entries(files(*notices, now=now), "incidents/it/feed")]


def test_a_feed_of_one_incident_has_its_updates_and_those_of_no_other() -> None:
    it, other = incident(BEGIN, FIRST, LAST, id="it"), incident(BEGIN, FIRST, LAST, id="other")
    found = files(it, other)
    ids = [entry[0] for entry in entries(found, "incidents/it/feed")]
    assert ids == [f"{PAGE}#{LAST.id}", f"{PAGE}#{FIRST.id}"]
    assert set(ids) < {entry[0] for entry in entries(found, "feed")}, "the ids are those of the feed of the site"
    assert document(found, "incidents/it/feed.json")["home_page_url"] == PAGE


def test_its_calendar_has_the_event_of_the_calendar_of_the_site() -> None:
    found = files(incident(BEGIN, FIRST, id="it"), incident(BEGIN, FIRST, id="other"))
    (event,) = events(found, "incidents/it/calendar.ics")
    assert event["uid"] in {other["uid"] for other in events(found)}


def test_the_end_is_told_where_no_update_tells_it() -> None:
    resolved = incident(BEGIN, FIRST, id="it", title="It", resolved=END)
    assert titles(resolved) == ["Resolved: It", "Investigating: It"]
    found = entries(files(resolved), "incidents/it/feed")[0]
    assert found == (f"{PAGE}#ended", PAGE, "Resolved: It", "<p>Ended Monday 6 April 2026, 15:15 UTC.</p>")
    work = maintenance(BEGIN, END, update("2026-04-01 10:00", "scheduled"), id="it", title="It")
    assert titles(work) == ["Completed: It", "Scheduled: It"]
    assert titles(work, now="2026-04-06 15:00") == ["Scheduled: It"]


def test_the_end_is_told_once() -> None:
    assert titles(incident(BEGIN, FIRST, LAST, id="it", title="It")) == ["Resolved: It", "Investigating: It"]
    assert titles(incident(BEGIN, FIRST, id="it", title="It")) == ["Investigating: It"]
    assert titles(announcement(BEGIN, id="it", title="It", resolved=END)) == ["It"]


@pytest.mark.parametrize(
    ("now", "there"), [("2026-04-06 15:00", True), ("2026-07-05 23:59", True), ("2026-07-06", False)]
)
def test_the_files_last_for_90_days_after_the_end(now: str, there: bool) -> None:
    it = incident(BEGIN, FIRST, LAST, id="it")
    found = files(it, now=now if ":" in now else f"{now} 00:00")
    assert (set(found) & FILES) == (FILES if there else set())


def test_an_incident_that_stays_open_keeps_them() -> None:
    assert set(files(incident(BEGIN, FIRST, id="it"), now="2027-04-06 16:00")) > FILES


@pytest.mark.parametrize("now", ["2026-04-06 16:00", "2026-08-01 00:00"])
def test_the_page_links_to_exactly_those_that_are_there(now: str) -> None:
    it = incident(BEGIN, FIRST, LAST, id="it")
    for on in ({"rss", "calendar"}, {"json_feed"}, set[str]()):
        of = site(history(it), at(now), on=frozenset(on))
        follow = notice_view(of, it, None, (None, None)).follow
        linked = (
            {link.address.removeprefix("https://status.example.com/") for link in follow.links} if follow else set()
        )
        assert linked == set(files(it, now=now, on=frozenset(on))) & FILES


def test_an_announcement_has_no_calendar() -> None:
    assert set(files(announcement(BEGIN, id="it"))) & FILES == FILES - {"incidents/it/calendar.ics"}
