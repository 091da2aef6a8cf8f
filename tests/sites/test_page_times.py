"""Which files a later build changes: those that state its time, and no other until something happens."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.sites.building import ADDRESS, Built, Site, front, update_at

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sites.outline import Outline

STATE_THE_BUILD = {
    "index.html", "404.html", "uptime/index.html", "promises/index.html", "now.json", "status.txt", "metrics",
    "index.md", "uptime.md", "promises.md", "uptime.json", "promises.json", "uptime.csv",
    "assets/incidents/preview/status.png",
}  # fmt: skip
"""Without those of what is open or to come. The table of uptime has the seconds that were observed so far."""
ONCE_A_DAY = {
    "components/web/index.html", "components/web.md", "components/api/index.html", "components/api.md",
    "history/index.html", "history/2026/06/index.html", "search/search_index.json",
}  # fmt: skip
"""Bars move on; the current month, and its year, have every day until today; the search has its summary."""
PROMISED = "## Root cause\n\nA cable.\n\n## Action items\n\n- [ ] A second cable (@Ops, due 2026-09-01)\n"


def quiet(folder: Path) -> Site:
    """A site where nothing is open: an incident of last month and one of this month, work done, and an announcement."""
    site = Site(folder)
    site.write("incidents/2026-05-04-over.md", front(PROMISED, postmortem={"published": "2026-05-06 09:00"}))
    site.write("incidents/2026-06-03-over.md", front(started="2026-06-03 10:00", updates=[
        update_at("2026-06-03 10:05", "investigating"), update_at("2026-06-03 10:50", "resolved"),
    ]))  # fmt: skip
    site.write("incidents/2026-06-05-done.md", planned("2026-06-05"))
    site.write("incidents/2026-06-06-notice.md", front(
        title="New address", started="2026-06-06 08:00", impact="none", components=None, updates=None,
    ))  # fmt: skip
    return site


def planned(day: str) -> str:
    schedule = {"from": f"{day} 02:00", "until": f"{day} 04:00"}
    return front(title="New discs", started=None, updates=None, components=["api"], scheduled=schedule)


def changed(before: Built, after: Built) -> set[str]:
    """The files that differ, or that one of the two does not have."""
    paths = before.files.keys() | after.files.keys()
    return {path for path in paths if before.files.get(path) != after.files.get(path)}


def stated(page: Outline) -> str:
    """What the foot of a page says of its time."""
    return page.only("footer", class_="mi-foot").all("p")[0].text


@pytest.fixture(scope="module")
def noon(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return quiet(tmp_path_factory.mktemp("noon")).build("2026-06-15 12:00")


def test_an_hour_later_only_what_states_the_build_has_changed(tmp_path: Path, noon: Built) -> None:
    assert changed(noon, quiet(tmp_path).build("2026-06-15 13:00")) == STATE_THE_BUILD


def test_a_day_later_the_bars_have_moved_on(tmp_path: Path, noon: Built) -> None:
    assert changed(noon, quiet(tmp_path).build("2026-06-16 12:00")) == STATE_THE_BUILD | ONCE_A_DAY


def test_planned_work_changes_other_pages_when_it_begins_and_when_it_ends(tmp_path: Path) -> None:
    site = quiet(tmp_path)
    site.write("incidents/2026-06-15-discs.md", planned("2026-06-15"))
    before, at_last, during, later, after, evening = (
        site.build(f"2026-06-15 {clock}", into=clock[:2])
        for clock in ("00:30", "01:30", "02:30", "03:30", "04:30", "05:30")
    )
    page, api = "incidents/2026-06-15-discs/index.html", {"components/api/index.html", "components/api.md"}
    assert changed(before, at_last) == STATE_THE_BUILD | {page}
    begun = {"maintenance/index.html", "maintenance.md", "history/2026/06/index.html", "history/index.html"} | api
    assert begun < changed(at_last, during)
    assert changed(during, later) == STATE_THE_BUILD | {page} | api
    assert {"maintenance/index.html", page} | api < changed(later, after)
    assert changed(after, evening) == STATE_THE_BUILD


def test_an_open_incident_changes_its_page_and_that_of_its_component(tmp_path: Path) -> None:
    site = quiet(tmp_path)
    site.write("incidents/2026-05-30-open.md", front(started="2026-05-30 10:00", updates=[
        update_at("2026-05-30 10:05", "investigating"),
    ]))  # fmt: skip
    noon, later = (site.build(f"2026-06-15 {hour}:00", into=hour) for hour in ("12", "13"))
    of_the_incident = {"incidents/2026-05-30-open/index.html", "components/web/index.html", "components/web.md"}
    figures = {"components/web/uptime-badge.svg", "components/web/uptime-badge.json"}
    calendars = {"calendar.ics", "components/web/calendar.ics", "incidents/2026-05-30-open/calendar.ics"}
    assert STATE_THE_BUILD | of_the_incident <= changed(noon, later)
    assert changed(noon, later) <= STATE_THE_BUILD | of_the_incident | figures | calendars
    month = later.page("history/2026/05/index.html")
    assert "open since Saturday 30 May 2026, 10:00 UTC" in month.text
    assert stated(month) == "Last changed Monday 1 June 2026, 00:00 UTC."
    age = next(element for element in month.all("span") if "data-since" in element.attributes)
    assert age.attributes["data-since"].startswith("2026-05-30T10:00")
    assert "incidents.js" in later.text("history/2026/05/index.html"), "the script shows the age"


def test_a_new_incident_changes_the_lists_its_component_and_its_neighbour(tmp_path: Path, noon: Built) -> None:
    site = quiet(tmp_path)
    name = "2026-06-15-new"
    site.write(f"incidents/{name}.md", front(title="New", started="2026-06-15 10:00", updates=[
        update_at("2026-06-15 10:05", "investigating"), update_at("2026-06-15 11:00", "resolved"),
    ]))  # fmt: skip
    after = site.build("2026-06-15 12:00")
    its_own = {f"incidents/{name}{end}" for end in ("/index.html", ".md", ".json", "/calendar.ics", "/preview.png")}
    its_own |= {f"incidents/{name}/feed.{suffix}" for suffix in ("xml", "atom", "json")}
    lists = {
        "index.html", "index.md", "uptime/index.html", "uptime.md", "uptime.json", "uptime.csv", "metrics",
        "history/index.html", "history.md", "history/2026/06/index.html", "history/2026/06.md", "llms.txt",
        "postmortems/index.html", "postmortems.md", "incidents.json", "search/search_index.json",
        "sitemap.xml", "sitemap.xml.gz", "calendar.ics", "history.rss", "history.atom",
        *(f"{feed}.{suffix}" for feed in ("feed", "outages") for suffix in ("xml", "atom", "json")),
    }  # fmt: skip
    neighbour = {"incidents/2026-06-06-notice/index.html"}
    found = changed(noon, after)
    bounded = its_own | lists | neighbour
    assert {path for path in found if not path.startswith(("api/", "components/web"))} == bounded
    link = re.compile(r' <a href="[^"]*" rel="next">.*?</a>')
    assert link.sub(" ", after.text(*neighbour)) == noon.text(*neighbour), "the link to the new incident"


@pytest.mark.parametrize(("path", "text"), [
    ("index.html", "Built Monday 15 June 2026, 12:00 UTC."),
    ("uptime/index.html", "Built Monday 15 June 2026, 12:00 UTC."),
    ("incidents/2026-05-04-over/index.html", "Last changed Wednesday 6 May 2026, 09:00 UTC."),
    ("components/api/index.html", "Last changed Friday 5 June 2026, 04:00 UTC."),
    ("components/web/index.html", "Last changed Wednesday 3 June 2026, 10:50 UTC."),
    ("history/2026/05/index.html", "Last changed Monday 1 June 2026, 00:00 UTC."),
    ("history/2026/06/index.html", "Last changed Saturday 6 June 2026, 08:00 UTC."),
    ("history/index.html", "Last changed Saturday 6 June 2026, 08:00 UTC."),
    ("maintenance/index.html", "Last changed Friday 5 June 2026, 04:00 UTC."),
    ("postmortems/index.html", "Last changed Wednesday 3 June 2026, 10:50 UTC."),
    ("subscribe/index.html", "Last changed Thursday 1 January 2026, 00:00 UTC."),
])  # fmt: skip
def test_each_kind_of_page_states_its_time(noon: Built, path: str, text: str) -> None:
    page = noon.page(path)
    assert stated(page) == text
    if not path.startswith(("incidents/", "subscribe/")):
        assert page.all("p", class_="asof")[0].text == text.replace("Built", "As of")
    assert ("data-built" in noon.text(path)) == text.startswith("Built")


def test_the_map_of_the_site_has_the_last_change_of_each_page(noon: Built) -> None:
    days = dict(re.findall(r"<loc>(.*?)</loc>\s*<lastmod>(.*?)</lastmod>", noon.text("sitemap.xml")))
    assert {path.removeprefix(ADDRESS): day for path, day in days.items()} == {
        "": "2026-06-06",
        "components/api/": "2026-06-05",
        "components/web/": "2026-06-03",
        "history/": "2026-06-06",
        "history/2026/05/": "2026-06-01",
        "history/2026/06/": "2026-06-06",
        "incidents/2026-05-04-over/": "2026-05-06",
        "incidents/2026-06-03-over/": "2026-06-03",
        "incidents/2026-06-05-done/": "2026-06-05",
        "incidents/2026-06-06-notice/": "2026-06-06",
        "maintenance/": "2026-06-05",
        "postmortems/": "2026-06-03",
        "promises/": "2026-06-06",
        "subscribe/": "2026-01-01",
        "uptime/": "2026-06-06",
    }


def test_a_component_is_counted_until_its_day_began_or_it_last_changed(tmp_path: Path, noon: Built) -> None:
    note = "The current month is counted until {}."
    page = noon.page("components/web/index.html").text
    assert note.format("Monday 15 June 2026, 00:00 UTC") in page
    site = quiet(tmp_path)
    site.write("incidents/2026-06-15-new.md", front(started="2026-06-15 10:00", updates=[
        update_at("2026-06-15 10:05", "investigating"), update_at("2026-06-15 11:00", "resolved"),
    ]))  # fmt: skip
    page = site.build("2026-06-15 13:00").page("components/web/index.html").text
    assert note.format("Monday 15 June 2026, 11:00 UTC") in page


def test_a_site_without_any_incident_states_no_time_that_is_not_there(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write("incidents/components.yml", "timezone: UTC\ncomponents: [{id: web, name: Web}]\n")
    built, later = (site.build(f"2026-06-15 {hour}:00", into=hour) for hour in ("12", "13"))
    assert "Last changed" not in built.text("maintenance/index.html") + built.text("subscribe/index.html")
    assert changed(built, later) <= STATE_THE_BUILD


HOURS = st.integers(min_value=-24 * 60, max_value=-1)
"""Of an instant before noon of 15 June, in hours."""
NOON = datetime(2026, 6, 15, 12, tzinfo=UTC)


@st.composite
def notices(draw: st.DrawFn) -> tuple[str, set[str]]:
    """An incident file that nothing happens to after noon, and the files that an hour changes because of it."""
    component, begin = draw(st.sampled_from(["web", "api"])), draw(HOURS)
    fate = draw(st.sampled_from(["over", "open", "done", "running", "coming"]))
    state = draw(st.sampled_from(["degraded_performance", "partial_outage", "major_outage"]))
    last = draw(st.integers(min_value=begin, max_value=-1))
    facts: dict[str, Any] = {"components": {component: state}, "updates": None}
    if fate in {"over", "open"}:
        facts["started"] = hours(begin)
        facts["updates"] = [
            update_at(hours(begin), "investigating"),
            update_at(hours(last, 1), "resolved" if fate == "over" else "monitoring"),
        ]
    else:
        ends = {"done": hours(last, 1), "running": hours(24 + begin % 48), "coming": hours(60)}
        begins = hours(30 + begin % 20) if fate == "coming" else hours(begin)
        facts |= {"started": None, "scheduled": {"from": begins, "until": ends[fate]}, "components": [component]}
    is_open = {"incidents/{}/index.html"} if fate in {"open", "running", "coming"} else set()
    affected = {f"components/{component}/index.html", f"components/{component}.md"}
    return front(PROMISED, **facts), is_open | (affected if fate in {"open", "running"} else set())


def hours(count: int, minutes: int = 0) -> str:
    return f"{NOON + timedelta(hours=count, minutes=minutes):%Y-%m-%d %H:%M}"


@settings(max_examples=12, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(found=st.lists(notices(), max_size=4), minutes=st.integers(min_value=1, max_value=11 * 60))
def test_until_something_happens_only_pages_of_the_present_change(
    tmp_path_factory: pytest.TempPathFactory, found: list[tuple[str, set[str]]], minutes: int
) -> None:
    site = Site(tmp_path_factory.mktemp("random"))
    expected = set(STATE_THE_BUILD)
    for number, (text, paths) in enumerate(found):
        site.write(f"incidents/n{number}.md", text)
        expected |= {path.format(f"n{number}") for path in paths}
    before = site.build(hours(0), into="before")
    after = site.build(hours(0, minutes), into="after")
    rounded_or_open = re.compile(r"components/\w+/(uptime-badge\.\w+|calendar\.ics)|(incidents/n\d/)?calendar\.ics")
    assert {path for path in changed(before, after) if not rounded_or_open.fullmatch(path)} == expected
