"""Banner, list of services, bars, uptime, feeds, both APIs, calendar, badges, metrics and text never disagree.

Histories and instants are made at random; each output is read back with what others read it with, and held against
the pages and against each other: the same ids, the same states, the same instants.
"""

from __future__ import annotations

from calendar import timegm
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import feedparser
import yaml
from hypothesis import given, settings

from mkdocs_incidents.emit.statuspage.objects import code, instant
from mkdocs_incidents.model import Announcement, ComponentStatus, History, Incident, Maintenance, Postmortem
from mkdocs_incidents.present.pages.status import status_view
from tests.emit.outlet import SITE, document, events, metrics, site, written
from tests.status.scenes import Scene, scenes

if TYPE_CHECKING:
    from mkdocs_incidents.model import Notice
    from mkdocs_incidents.present.context import SiteContext

SECRET = "zq9x"  # noqa: S105  not a password: a word that must appear nowhere


class Site:
    """Everything published of a scene, read back."""

    def __init__(self, scene: Scene) -> None:
        self.site: SiteContext = site(_marked(scene), scene.now)
        self.files = written(self.site)
        self.page = status_view(self.site)
        self.notices = {notice.id: notice for notice in self.site.snapshot.history.notices}
        self.api = {name: self.json(f"api/v2/{name}.json") for name in ("summary", "incidents", "components")}
        self.works = self.json("api/v2/scheduled-maintenances.json")["scheduled_maintenances"]
        self.brief = {row["id"]: row for row in self.json("incidents.json")["incidents"]}
        self.full = {notice: self.json(f"incidents/{notice}.json") for notice in self.notices}
        self.twins = {notice: self.front(f"incidents/{notice}.md") for notice in self.notices}
        self.events = {str(event["uid"]).partition("@")[0]: event for event in events(self.files)}
        self.metrics = metrics(self.files)

    def json(self, path: str) -> Any:
        return document(self.files, path)

    def front(self, path: str) -> Any:
        return yaml.safe_load(self.files[path].decode().split("---\n")[1])


def _marked(scene: Scene) -> History:
    """The scene, with a secret in everything that the public does not know at its instant."""
    return replace(scene.history, notices=tuple(_with_secrets(notice, scene.now) for notice in scene.history.notices))


def _with_secrets(notice: Notice, now: datetime) -> Notice:
    updates = tuple(u if u.at <= now else replace(u, message=SECRET) for u in notice.updates)
    notice = replace(notice, updates=updates)
    if notice.postmortem and notice.postmortem.published_at and notice.postmortem.published_at > now:
        notice = replace(notice, postmortem=Postmortem(published_at=notice.postmortem.published_at, by=SECRET))
    if not notice.known_by(now):
        notice = replace(notice, title=SECRET, id=f"{SECRET}-{notice.id}")
    return notice


@settings(max_examples=40, deadline=None)
@given(scenes())
def test_all_outputs_tell_the_same(scene: Scene) -> None:
    site = Site(scene)
    _banner(site)
    _services(site)
    _open_and_running(site)
    _stories(site)
    _words(site)
    assert [path for path, content in site.files.items() if SECRET.encode() in content or SECRET in path] == []


def _banner(site: Site) -> None:
    status, state = site.site.page_status, site.page.state
    assert state == status.status
    assert site.api["summary"]["status"] == {"indicator": status.indicator, "description": status.description}
    told = site.json("incidents.json")["status"]
    assert told == {"state": state, "indicator": status.indicator, "description": status.description}
    front = site.front("index.md")
    assert (front["state"], front["indicator"], front["description"]) == (state, status.indicator, status.description)
    assert site.metrics["incidents_page", status.indicator] == 1
    word = site.site.formatter.status(status.status)
    assert site.json("badge.json")["message"] == word
    assert f'aria-label="Example: {word}"' in site.files["badge.svg"].decode()
    assert site.files["status.txt"].decode().startswith(word)
    assert (b"<p" not in site.files["embed.html"]) == (status.status is ComponentStatus.OPERATIONAL)


def _services(site: Site) -> None:
    """Every service that the page lists, in its order, with its state, its bars and its uptime."""
    listed = [row for group in site.page.groups for row in group.services]
    shown = list(site.site.component_statuses)
    rows = [row for row in site.api["components"]["components"] if not row["group"]]
    figures = site.json("uptime.json")["components"]
    assert [row["id"] for row in rows] == [code("component", one) for one in shown]
    assert [row["id"] for row in figures] == [row["id"] for row in site.json("incidents.json")["components"]] == shown
    for one, on_page, row, figure in zip(shown, listed, rows, figures, strict=True):
        assert on_page.state == row["status"] == figure["state"] == site.site.component_statuses[one]
        assert site.json(f"components/{one}/badge.json")["message"] == on_page.state_word
        assert site.front(f"components/{one}.md")["state"] == on_page.state
        assert site.metrics["incidents_component", one, on_page.state] == 1
        marked = [day for day in figure["days"] if day["state"] not in {"operational", "no_data"}]
        assert len(marked) == sum(len(band.marks) for band in on_page.bars.bands)
        assert site.json(f"components/{one}/uptime-badge.json")["message"] == on_page.uptime
        ratio = site.metrics.get(("incidents_component_uptime_ratio", one))
        assert (ratio is None) == (figure["uptime_percent"] is None)
        if ratio is not None:
            assert abs(ratio * 100 - figure["uptime_percent"]) < 0.01 + 1e-9


def _open_and_running(site: Site) -> None:
    """What goes on now: the same notices on the page, in the API, in our JSON and in the calendar."""
    on_page = {story.address.split("/")[-2] for story in site.page.incidents}
    assert on_page == {one for one, row in site.brief.items() if row["kind"] == "incident" and row["open"]}
    assert {row["id"] for row in site.api["summary"]["incidents"]} == {code("incident", one) for one in on_page}
    assert sum(value for key, value in site.metrics.items() if key[0] == "incidents_open") == len(on_page)
    assert site.front("index.md")["open_incidents"] == len(on_page)
    running = {story.address.split("/")[-2] for story in site.page.running}
    assert running == {one for one, row in site.brief.items() if row["status"] in {"in_progress", "verifying"}}
    active = site.json("api/v2/scheduled-maintenances/active.json")["scheduled_maintenances"]
    assert {row["id"] for row in active} == {code("incident", one) for one in running}


def _stories(site: Site) -> None:
    """Each notice: kind, stage, begin and end."""
    rows = {row["id"]: row for row in [*site.api["incidents"]["incidents"], *site.works]}
    assert set(site.brief) == set(site.notices)
    assert set(rows) == {code("incident", n.id) for n in site.notices.values() if not isinstance(n, Announcement)}
    assert set(site.events) == {n.id for n in site.notices.values() if not isinstance(n, Announcement)}
    for one, notice in site.notices.items():
        brief = site.brief[one]
        assert {key: site.full[one][key] for key in brief} == brief
        twin = site.twins[one]
        assert (twin["open"], twin.get("status"), twin["kind"]) == (brief["open"], brief["status"], brief["kind"])
        assert (twin["began"], twin.get("ended")) == (brief["begins_at"], brief["ended_at"])
        if isinstance(notice, Announcement):
            continue
        told = rows[code("incident", one)]
        assert told["status"] == brief["status"]
        assert told["started_at"] == instant(notice.begins_at)
        assert told["resolved_at"] == (instant(_read(brief["ended_at"])) if brief["ended_at"] else None)
        event = site.events[one]
        if event["status"] == "CONFIRMED":
            assert event["dtstart"].dt == notice.begins_at
        if isinstance(notice, Incident):
            assert told["impact"] == brief["impact"]
            end = event["dtend"].dt if "dtend" in event else notice.begins_at
            assert end == (_read(brief["ended_at"]) if brief["ended_at"] else notice.begins_at)
        if isinstance(notice, Maintenance):
            assert told["scheduled_until"] == instant(_read(brief["scheduled_until"]))


def _words(site: Site) -> None:
    """Each public word: its id and its instant, in the three feeds, in our JSON and in the API."""
    rss, atom = (feedparser.parse(site.files[path]).entries for path in ("feed.xml", "feed.atom"))
    items = site.json("feed.json")["items"]
    fed = {item["id"]: _read(item["date_published"]) for item in items}
    assert [entry.id for entry in rss] == [entry.id for entry in atom] == list(fed)
    for entries in (rss, atom):
        assert {entry.id: datetime.fromtimestamp(timegm(entry.published_parsed), UTC) for entry in entries} == fed
    told = {update["url"]: _read(update["at"]) for one in site.full.values() for update in one["updates"]}
    told |= {
        f"{one['url']}#postmortem": _read(one["postmortem_published_at"])
        for one in site.full.values()
        if one["postmortem_published_at"]
    }
    silent = {address for address in fed if "#" not in address}
    assert {address: at for address, at in fed.items() if address not in silent} == told
    assert silent <= {f"{SITE}incidents/{one}/" for one, notice in site.notices.items() if not notice.updates}
    in_api = {
        update["id"]: update["display_at"]
        for row in [*site.api["incidents"]["incidents"], *site.works]
        for update in row["incident_updates"]
    }
    for one, full in site.full.items():
        for update in full["updates"] if full["kind"] != "announcement" else ():
            assert in_api[code("update", f"{one}#{update['id']}")] == instant(_read(update["at"]))


def _read(written_at: Any) -> Any:
    """An instant as YAML or JSON has it; None stays None."""
    if written_at is None:
        return None
    return datetime.fromisoformat(str(written_at)).astimezone(UTC)
