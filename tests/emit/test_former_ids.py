"""A renamed or merged notice: its old addresses lead to it, and subscribers see nothing twice."""

from __future__ import annotations

from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING, Any

import feedparser
import pytest
from hypothesis import given, settings

from mkdocs_incidents.model import Postmortem, Section, SectionKind
from mkdocs_incidents.present.urls import Urls
from tests.emit.emitting import SITE, document, emitted, events, site, written
from tests.makers import at, catalog, component, history, incident, states, update
from tests.status.scenes import Scene, scenes

if TYPE_CHECKING:
    from mkdocs_incidents.model import Incident

NOW = at("2026-04-08 12:00")
FEEDS = ("feed.atom", "outages.xml", "apologies.xml", "history.atom", "history.rss")


def outage(notice_id: str, *updates: Any, **fields: Any) -> Incident:
    first = update("2026-04-06 14:36", "investigating", message=f"Of {notice_id}.")
    known = {"id": notice_id, "title": "It is down", "components": states(web="major_outage")}
    return incident("2026-04-06 14:30", *(updates or (first,)), **{**known, **fields})


def explained(notice_id: str, **fields: Any) -> Incident:
    sorry = Section(kind=SectionKind.APOLOGY, heading="Apology", level=2, markdown="We are sorry.", line=1)
    return outage(notice_id, postmortem=Postmortem(sections=(sorry,), published_at=at("2026-04-07 09:00")), **fields)


def ids(files: dict[str, bytes], path: str) -> list[str]:
    return [entry.id for entry in feedparser.parse(files[path]).entries]


def test_a_renamed_notice_keeps_its_ids_in_feeds_calendar_and_api() -> None:
    before = emitted(history(explained("old")), NOW)
    after = emitted(history(explained("newest", aliases=("old", "new"))), NOW)
    for path in FEEDS:
        assert ids(after, path) == ids(before, path)
    assert [event["uid"] for event in events(after)] == [event["uid"] for event in events(before)]
    (old,), (renamed,) = (document(files, "api/v2/incidents.json")["incidents"] for files in (before, after))
    assert (renamed["id"], renamed["shortlink"]) == (old["id"], f"{SITE}incidents/newest/")
    assert [u["id"] for u in renamed["incident_updates"]] == [u["id"] for u in old["incident_updates"]]
    assert feedparser.parse(after["feed.atom"]).entries[-1].link == f"{SITE}incidents/newest/#update-20260406-1436"


@settings(max_examples=15, deadline=None)
@given(scenes())
def test_whatever_is_renamed_nothing_is_published_again(scene: Scene) -> None:
    before = emitted(scene.history, scene.now)
    renamed = tuple(replace(n, id=f"{n.id}-renamed", aliases=(n.id,)) for n in scene.history.notices)
    after = emitted(replace(scene.history, notices=renamed), scene.now)
    feeds = [path for path in before if path.endswith((".xml", ".atom", ".rss"))]  # none of a component still to come
    assert {"feed.xml", "outages.atom", "maintenance.xml"} <= set(feeds) <= set(after)
    for path in feeds:
        assert ids(after, path) == ids(before, path)
    uids, codes = (
        [{event["uid"] for event in events(files)} for files in (before, after)],
        [{e["id"] for e in document(files, "api/v2/incidents.json")["incidents"]} for files in (before, after)],
    )
    assert uids[0] == uids[1]
    assert codes[0] == codes[1]
    for notice in scene.history.as_of(scene.now).notices:
        assert f"incidents/{notice.id}-renamed/" in after[f"incidents/{notice.id}/index.html"].decode()


def test_two_notices_that_are_merged_keep_the_ids_of_both() -> None:
    kept, other = outage("kept"), outage("other")
    before = emitted(history(kept, other), NOW)
    moved = replace(
        other.updates[0],
        id="update-20260406-1436-other",
        merged_from="other",
        published_id=other.updates[0].id,
    )
    after = emitted(history(outage("kept", kept.updates[0], moved, merged=("other",))), NOW)
    assert sorted(ids(after, "feed.atom")) == sorted(ids(before, "feed.atom"))
    (merged,) = document(after, "api/v2/incidents.json")["incidents"]
    published = [
        u["id"] for event in document(before, "api/v2/incidents.json")["incidents"] for u in event["incident_updates"]
    ]
    assert sorted(u["id"] for u in merged["incident_updates"]) == sorted(published)
    assert 'location.hash+"-other"' in after["incidents/other/index.html"].decode()
    links = {entry.link for entry in feedparser.parse(after["feed.atom"]).entries}
    page = f"{SITE}incidents/kept/"
    assert links == {f"{page}#update-20260406-1436", f"{page}#update-20260406-1436-other"}


@pytest.mark.parametrize("directory_urls", [True, False])
def test_every_old_address_leads_to_the_present_one(*, directory_urls: bool) -> None:
    renamed = outage("caf\u00e9 & <b>", aliases=("old",), merged=("2026.other",), title="A < B & C")
    parts = catalog(component("web", aliases=("website",)))
    urls = Urls(site_url=SITE, directory_urls=directory_urls)
    files = written(replace(site(history(renamed, of=parts), NOW), urls=urls))
    for former in ("old", "2026.other"):
        page = files[f"incidents/{former}/index.html" if directory_urls else f"incidents/{former}.html"].decode()
        target = "caf%C3%A9%20%26%20%3Cb%3E"
        relative = f"../{target}/" if directory_urls else f"{target}.html"
        assert f'<meta http-equiv="refresh" content="0;url={relative}">' in page
        assert f'<a href="{relative}"' in page
        assert f'<link rel="canonical" href="{SITE}incidents/{target}{"/" if directory_urls else ".html"}">' in page
        assert '<meta name="robots" content="noindex">' in page
        assert "A < B & C" in unescape(page)
        assert "A < B" not in page
        assert files[f"incidents/{former}.json"] == files[f"incidents/{renamed.id}.json"]
        assert files[f"incidents/{former}.md"] == files[f"incidents/{renamed.id}.md"]
    page = files["components/website/index.html" if directory_urls else "components/website.html"].decode()
    assert f'url={"../web/" if directory_urls else "web.html"}">' in page
    assert document(files, "incidents.json")["incidents"][0]["aliases"] == ["old", "2026.other"]
