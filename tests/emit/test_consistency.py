"""Banner, list of components, bars, uptime, feeds, both APIs, calendar, badges, metrics and text never disagree.

Histories and instants are made at random; each output is parsed by a library, and compared
with the pages and the other outputs: the same ids, the same states, the same instants.
"""

from __future__ import annotations

from calendar import timegm
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import feedparser
import yaml
from hypothesis import given, settings

from mkdocs_incidents.emit.statuspage.ids import code
from mkdocs_incidents.emit.statuspage.objects import instant
from mkdocs_incidents.model import Announcement, ComponentStatus, History, Incident, Maintenance, Postmortem
from mkdocs_incidents.present.pages.notice import notice_view
from mkdocs_incidents.present.pages.status import status_view
from tests.emit.emitting import SITE, document, events, metrics, site, written
from tests.status.scenes import Scene, scenes

if TYPE_CHECKING:
    from mkdocs_incidents.model import Notice
    from mkdocs_incidents.present.context import SiteContext

SECRET = "zq-9x"  # noqa: S105  not a password: a text that must appear nowhere, and that no code has by chance


class Site:
    """Everything published of a scene, read back."""

    def __init__(self, scene: Scene) -> None:
        self.site: SiteContext = site(_marked(scene), scene.now)
        self.files = written(self.site)
        self.page = status_view(self.site)
        self.notices = {notice.id: notice for notice in self.site.snapshot.history.notices}
        self.api = {name: self.json(f"api/v2/{name}.json") for name in ("summary", "incidents", "components")}
        self.maintenances = self.json("api/v2/scheduled-maintenances.json")["scheduled_maintenances"]
        self.brief = {row["id"]: row for row in self.json("incidents.json")["incidents"]}
        self.full = {notice: self.json(f"incidents/{notice}.json") for notice in self.notices}
        self.markdown = {notice: self.front(f"incidents/{notice}.md") for notice in self.notices}
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
def test_all_outputs_agree(scene: Scene) -> None:
    site = Site(scene)
    _banner(site)
    _components(site)
    _open_and_running(site)
    _notices(site)
    _publications(site)
    assert [path for path, content in site.files.items() if SECRET.encode() in content or SECRET in path] == []


def _banner(site: Site) -> None:
    status, state = site.site.page_status, site.page.state
    assert state == status.status
    assert site.api["summary"]["status"] == {"indicator": status.indicator, "description": status.description}
    in_json = site.json("incidents.json")["status"]
    assert in_json == {"state": status.worst, "indicator": status.indicator, "description": status.description}
    front = site.front("index.md")
    assert (front["state"], front["indicator"], front["description"]) == (state, status.indicator, status.description)
    assert site.metrics["incidents_page", status.indicator] == 1
    label = site.site.formatter.page_state(status.state)
    assert site.json("badge.json")["message"] == label
    assert f'aria-label="Example: {label}"' in site.files["badge.svg"].decode()
    assert site.files["status.txt"].decode().startswith(label)
    assert (b"<p" not in site.files["embed.html"]) == (status.status is ComponentStatus.OPERATIONAL)


def _components(site: Site) -> None:
    """Every component that the page lists, in its order, with its state, its bars and its uptime."""
    listed = [row for group in site.page.groups for row in group.services]
    shown = list(site.site.component_statuses)
    rows = [row for row in site.api["components"]["components"] if not row["group"]]
    figures = site.json("uptime.json")["components"]
    assert [row["id"] for row in rows] == [code("component", component_id) for component_id in shown]
    assert [row["id"] for row in figures] == [row["id"] for row in site.json("incidents.json")["components"]] == shown
    for component_id, on_page, row, figure in zip(shown, listed, rows, figures, strict=True):
        assert on_page.state == row["status"] == figure["state"] == site.site.component_statuses[component_id]
        assert site.json(f"components/{component_id}/badge.json")["message"] == on_page.state_word
        assert site.front(f"components/{component_id}.md")["state"] == on_page.state
        assert site.metrics["incidents_component", component_id, on_page.state] == 1
        marked = [day for day in figure["days"] if day["state"] not in {"operational", "no_data"}]
        assert len(marked) == sum(len(band.marks) for band in on_page.bars.bands)
        assert site.json(f"components/{component_id}/uptime-badge.json")["message"] == on_page.uptime
        ratio = site.metrics.get(("incidents_component_uptime_ratio", component_id))
        assert (ratio is None) == (figure["uptime_percent"] is None)
        if ratio is not None:
            assert abs(ratio * 100 - figure["uptime_percent"]) < 0.01 + 1e-9


def _open_and_running(site: Site) -> None:
    """What is open or in progress: the same notices on the page, in the API, in our JSON and in the calendar."""
    on_page = {row.address.split("/")[-2] for row in site.page.incidents}
    assert on_page == {notice_id for notice_id, row in site.brief.items() if row["kind"] == "incident" and row["open"]}
    assert {row["id"] for row in site.api["summary"]["incidents"]} == {
        code("incident", notice_id) for notice_id in on_page
    }
    assert sum(value for key, value in site.metrics.items() if key[0] == "incidents_open") == len(on_page)
    assert site.front("index.md")["open_incidents"] == len(on_page)
    running = {row.address.split("/")[-2] for row in site.page.running}
    assert running == {
        notice_id for notice_id, row in site.brief.items() if row["status"] in {"in_progress", "verifying"}
    }
    active = site.json("api/v2/scheduled-maintenances/active.json")["scheduled_maintenances"]
    assert {row["id"] for row in active} == {code("incident", notice_id) for notice_id in running}


def _notices(site: Site) -> None:
    """Each notice: kind, stage, begin and end."""
    rows = {row["id"]: row for row in [*site.api["incidents"]["incidents"], *site.maintenances]}
    assert set(site.brief) == set(site.notices)
    assert set(rows) == {code("incident", n.id) for n in site.notices.values() if not isinstance(n, Announcement)}
    assert set(site.events) == {n.id for n in site.notices.values() if not isinstance(n, Announcement)}
    for notice_id, notice in site.notices.items():
        brief = site.brief[notice_id]
        assert {key: site.full[notice_id][key] for key in brief} == brief
        page = site.markdown[notice_id]
        assert (page["open"], page.get("status"), page["kind"]) == (brief["open"], brief["status"], brief["kind"])
        off = brief["status"] == "called_off"
        began = not off and notice.begins_at <= site.site.now
        assert (page.get("began"), page.get("ended")) == (brief["begins_at"] if began else None, brief["ended_at"])
        if isinstance(notice, Announcement):
            continue
        row = rows[code("incident", notice_id)]
        assert row["status"] == ("completed" if off else brief["status"])
        assert row["started_at"] == (row["created_at"] if off else instant(notice.begins_at))
        assert row["resolved_at"] == (instant(_read(brief["ended_at"])) if brief["ended_at"] else None)
        event = site.events[notice_id]
        if event["status"] == "CONFIRMED":
            assert event["dtstart"].dt == notice.begins_at
        if isinstance(notice, Incident):
            assert row["impact"] == brief["impact"]
            end = event["dtend"].dt if "dtend" in event else notice.begins_at
            assert end == (_read(brief["ended_at"]) if brief["ended_at"] else site.site.now)
        if isinstance(notice, Maintenance):
            assert row["scheduled_until"] == instant(_read(brief["scheduled_until"]))
            _work(site, notice, event)


def _work(site: Site, work: Maintenance, event: Any) -> None:
    """Planned work: the same state in all outputs, components that it affects only while it runs, nothing too late."""
    full, now = site.full[work.id], site.site.now
    running = full["status"] in {"in_progress", "verifying"}
    assert set(full["states"]) <= set(full["components"] if running else ())
    assert [impact for impact in full["impacts"] if impact["end"] is None] == [] or running
    assert all(_read(impact["start"]) <= now for impact in full["impacts"])
    assert all(_read(impact["end"]) <= now for impact in full["impacts"] if impact["end"])
    view = notice_view(site.site, work, None, (None, None))
    coming = {row.address.split("/")[-2] for row in site.page.coming}
    assert (work.id in coming) == (full["status"] == "scheduled")
    assert view.open == full["open"] == (running or full["status"] == "scheduled")
    if not full["open"]:
        assert _read(full["ended_at"]) <= now
    if full["status"] == "called_off":
        assert (view.state_word, view.aside, str(event["status"])) == ("Called off", "", "CANCELLED")
        assert view.updates[0].stage == "Called off"
        assert "planned for" in view.span
    else:
        assert str(event["status"]) == "CONFIRMED"
        assert "called_off" not in full["status"]


def _publications(site: Site) -> None:
    """Each publication: its id and its instant, in the three feeds, in our JSON and in the API."""
    rss, atom = (feedparser.parse(site.files[path]).entries for path in ("feed.xml", "feed.atom"))
    items = site.json("feed.json")["items"]
    fed = {item["id"]: _read(item["date_published"]) for item in items}
    assert [entry.id for entry in rss] == [entry.id for entry in atom] == list(fed)
    for entries in (rss, atom):
        assert {entry.id: datetime.fromtimestamp(timegm(entry.published_parsed), UTC) for entry in entries} == fed
    published = {
        update["url"]: _read(update["published_at"]) for full in site.full.values() for update in full["updates"]
    }
    published |= {
        f"{full['url']}#postmortem": _read(full["postmortem_published_at"])
        for full in site.full.values()
        if full["postmortem_published_at"]
    }
    without_updates = {address for address in fed if "#" not in address}
    assert {address: at for address, at in fed.items() if address not in without_updates} == published
    assert without_updates <= {
        f"{SITE}incidents/{notice_id}/" for notice_id, notice in site.notices.items() if not notice.updates
    }
    in_api = {
        update["id"]: update["display_at"]
        for row in [*site.api["incidents"]["incidents"], *site.maintenances]
        for update in row["incident_updates"]
    }
    for notice_id, full in site.full.items():
        for update in full["updates"] if full["kind"] != "announcement" else ():
            assert in_api[code("update", f"{notice_id}#{update['id']}")] == instant(_read(update["published_at"]))


def _read(written_at: Any) -> Any:
    """An instant as YAML or JSON has it; None stays None."""
    if written_at is None:
        return None
    return datetime.fromisoformat(str(written_at)).astimezone(UTC)
