"""Each output by itself: badges, metrics, our own JSON, banner, text; and switching outputs off."""

from __future__ import annotations

import csv
import re
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
import yaml

from mkdocs_incidents import emit
from mkdocs_incidents.emit.registry import (
    PLANNERS,
    artifacts,
    media_types,
    planned_component_files,
    planned_month_files,
    planned_notice_files,
    planned_site_files,
)
from mkdocs_incidents.present.outputs import FORMATS, OUTPUTS, PER_COMPONENT
from mkdocs_incidents.present.pages.site import SiteViews
from tests.emit.emitting import Unrendered, document, emitted, metrics, site, written
from tests.makers import at, catalog, component, group, history, incident, maintenance, states, update

if TYPE_CHECKING:
    from mkdocs_incidents.model import History

NOW = at("2026-04-06 15:00")
HOSTILE = """<b>"&' \u202e 🔥 [x](y)"""
SCRIPT = Path(emit.__file__).parent.parent / "templates" / "assets" / "incidents" / "embed.js"


def all_operational() -> History:
    return history(of=catalog(group("Sites", component("web", name=HOSTILE)), "mail"))


def down() -> History:
    outage = incident(
        "2026-04-06 14:30",
        update("2026-04-06 14:36", "investigating"),
        id="down",
        title=HOSTILE,
        components=states(web="major_outage"),
    )
    return history(outage, of=all_operational().catalog)


def two_routers(*, apart: bool = True) -> dict[str, bytes]:
    """All files of a site with a router in Lagos and one in Accra, or one called otherwise, which fail together."""
    lagos = component("lagos-router", name="Router")
    accra = component("accra-router", name="Router" if apart else "Switch")
    updates = (
        update("2026-04-06 14:36", "investigating"),
        update("2026-04-06 14:50", "monitoring", components=states(**{"lagos-router": "degraded_performance"})),
    )
    failed = incident(
        "2026-04-06 14:30",
        *updates,
        id="failed",
        components=states(**{"lagos-router": "major_outage", "accra-router": "partial_outage"}),
    )
    planned = maintenance(
        "2026-04-07 10:00", "2026-04-07 12:00", id="work", components=states(**{"accra-router": "under_maintenance"})
    )
    of = catalog(group("Lagos", lagos, component("lagos-web", name="Website")), group("Accra", accra))
    return emitted(history(failed, planned, of=of), NOW)


UNDER_THEIR_GROUP = re.compile(r"(api/v2/.*|incidents|uptime)\.json|index\.md")
"""Files that have the name of a component beside that of its group."""


def test_a_name_that_two_components_have_is_never_alone() -> None:
    named = set()
    for path, content in two_routers().items():
        text = content.decode(errors="replace").replace("\r\n ", "").replace("\\,", ",")
        if "Router" in text and not UNDER_THEIR_GROUP.fullmatch(path):
            named.add(path.rpartition(".")[2])
            assert not re.search(r"(?<!Lagos, )(?<!Accra, )\bRouter\b", text), path
    assert named >= {"ics", "svg", "json", "xml", "atom", "rss", "csv", "md"}


def test_a_name_that_one_component_has_is_alone() -> None:
    for path, content in two_routers(apart=False).items():
        assert b"Lagos, Router" not in content, path


def test_our_json_has_the_name_and_the_group_of_a_component() -> None:
    for path in ("incidents.json", "uptime.json"):
        found = [(row["name"], row["group"]) for row in document(two_routers(), path)["components"]]
        assert found == [("Router", "Lagos"), ("Website", "Lagos"), ("Router", "Accra")]


def test_the_paths_are_known_before_anything_is_rendered() -> None:
    of = site(down(), NOW)
    assert set(media_types(of)) == set(written(of))


def test_the_files_of_the_site_and_of_each_month_component_and_notice_are_all_files() -> None:
    of = site(down(), NOW)
    parts = [
        *planned_site_files(of),
        *(planned for month in of.snapshot.months for planned in planned_month_files(of, month)),
        *(planned for component in of.public_components for planned in planned_component_files(of, component)),
        *(planned for notice in of.snapshot.history.notices for planned in planned_notice_files(of, notice)),
    ]
    assert {planned.path: planned.media_type for planned in parts} == media_types(of)
    assert len(parts) == len(media_types(of))


def test_the_files_of_a_notice_are_those_at_its_address_and_at_its_former_ones() -> None:
    renamed = incident("2026-04-06 14:30", id="now", aliases=("before",))
    of = site(history(renamed), NOW)
    paths = [planned.path for planned in planned_notice_files(of, renamed)]
    assert sorted(paths) == [
        "incidents/before.json",
        "incidents/before.md",
        "incidents/before/calendar.ics",
        "incidents/before/feed.atom",
        "incidents/before/feed.json",
        "incidents/before/feed.xml",
        "incidents/before/index.html",
        "incidents/now.json",
        "incidents/now.md",
        "incidents/now/calendar.ics",
        "incidents/now/feed.atom",
        "incidents/now/feed.json",
        "incidents/now/feed.xml",
        "incidents/now/preview.png",
    ]


def test_every_output_has_a_name_and_a_planner() -> None:
    assert PLANNERS.keys() == set(OUTPUTS) - {PER_COMPONENT}


def test_every_format_of_feeds_is_an_output() -> None:
    assert {form.output for form in FORMATS} <= PLANNERS.keys()


@pytest.mark.parametrize("outputs", [["rss"], ["atom"], ["statuspage_feeds"], ["rss", "atom"], list(OUTPUTS)])
def test_feeds_have_their_style_sheet_and_no_file_is_planned_twice(outputs: list[str]) -> None:
    found = [artifact.path for artifact in artifacts(SiteViews(site(down(), NOW, on=frozenset(outputs))), Unrendered())]
    assert len(found) == len(set(found))
    assert "assets/incidents/feed.css" in found


def test_a_site_with_json_feeds_alone_has_no_style_sheet_of_feeds() -> None:
    assert "assets/incidents/feed.css" not in written(site(down(), NOW, on=frozenset({"json_feed"})))


@pytest.mark.parametrize("output", OUTPUTS)
def test_every_output_can_be_switched_off(output: str) -> None:
    everything = written(site(down(), NOW))
    others = written(site(down(), NOW, on=frozenset(OUTPUTS) - {output}))
    gone = set(everything) - set(others)
    assert gone
    assert set(others) < set(everything)
    alone = written(site(down(), NOW, on=frozenset({output, "components"})))
    assert gone - {"assets/incidents/feed.css"} <= set(alone) or output == "components"


def test_without_outputs_nothing_remains_but_the_time_of_the_build() -> None:
    assert set(written(site(down(), NOW, on=frozenset()))) == {"now.json"}


def test_uptime_by_month_is_a_table_that_spreadsheets_read() -> None:
    rows = list(csv.DictReader(StringIO(emitted(down(), NOW)["uptime.csv"].decode())))
    assert {row["component"] for row in rows} == {"web", "mail"}
    assert next(row["uptime_percent"] for row in rows if row["component"] == "mail") == "100.00"
    assert {row["month"] for row in rows} == {"2026-04"}


def test_a_badge_has_an_accessible_name() -> None:
    files = emitted(down(), NOW)
    svg = ET.fromstring(files["components/web/badge.svg"])  # noqa: S314  our own file
    assert svg.get("aria-label") == f"{HOSTILE}: Major outage"
    assert svg.findtext("{http://www.w3.org/2000/svg}title") == f"{HOSTILE}: Major outage"
    assert document(files, "components/web/badge.json") == {
        "schemaVersion": 1, "label": HOSTILE, "message": "Major outage", "color": "#b3261e",
    }  # fmt: skip
    assert document(files, "badge.json")["message"] == "Partial outage"
    assert document(files, "components/mail/uptime-badge.json")["message"] == "100%"


@pytest.mark.parametrize("color", ["#1b7a46", "#2767a8", "#8a6100", "#b04a00", "#b3261e", "#595959", "#333333"])
def test_the_text_of_a_badge_has_enough_contrast(color: str) -> None:
    channels = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = sum(weight * channel for weight, channel in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    assert 1.05 / (luminance + 0.05) >= 4.5


def test_metrics_are_read_by_prometheus() -> None:
    found = metrics(emitted(down(), NOW))
    assert found["incidents_page", "major"] == 1
    assert found["incidents_component", "web", "major_outage"] == 1
    assert found["incidents_component", "mail", "operational"] == 1
    assert found["incidents_open", "critical"] == 1
    assert found["incidents_component_uptime_ratio", "mail"] == 1
    assert found["incidents_built_timestamp_seconds",] == NOW.timestamp()


def test_the_banner_for_other_sites_shows_nothing_while_all_is_well() -> None:
    assert emitted(all_operational(), NOW)["embed.html"] == b"<!-- All is well. -->\n"
    html = emitted(down(), NOW)["embed.html"].decode()
    assert "Partial outage" in html
    assert "<b>" not in html


def test_the_script_for_other_sites_is_small_and_needs_nothing() -> None:
    script = SCRIPT.read_text(encoding="utf-8")
    assert len(script.encode()) < 4096
    assert "innerHTML" not in script
    assert "import" not in script.replace("important", "")


def test_the_state_is_a_line_of_text() -> None:
    assert (
        emitted(all_operational(), NOW)["status.txt"]
        == b"Operational (as of 2026-04-06T15:00:00Z, https://status.example.com/)\n"
    )
    assert emitted(down(), NOW)["status.txt"].decode().count("\n") == 1


def test_front_matter_of_a_markdown_page_survives_hostile_titles() -> None:
    page = emitted(down(), NOW)["incidents/down.md"].decode()
    facts = yaml.safe_load(page.split("---\n")[1])
    assert facts["title"] == HOSTILE
    assert (facts["open"], facts["status"], facts["impact"]) == (True, "investigating", "critical")


def test_language_models_find_every_page() -> None:
    files = emitted(down(), NOW)
    index = files["llms.txt"].decode()
    assert index.startswith("# Example\n\n> ")
    for path in ("index.md", "history.md", "postmortems.md", "uptime.md", "incidents/down.md"):
        assert f"(https://status.example.com/{path})" in index
        assert path in files


def test_only_files_about_now_change_with_the_clock() -> None:
    over = incident(
        "2026-03-01 10:00", update("2026-03-01 11:00", "resolved"), id="over", components=states(web="major_outage")
    )
    work = maintenance("2026-05-01 10:00", "2026-05-01 11:00", update("2026-04-01 10:00", "scheduled"), id="work")
    known = history(over, work, of=all_operational().catalog)
    now, later = (emitted(known, NOW + timedelta(minutes=minutes)) for minutes in (0, 5))
    changed = {path for path in now if now[path] != later[path]}
    pages = {"index.md", "history.md", "history/2026/04.md", "maintenance.md", "promises.md", "uptime.md"}
    of_now = {"now.json", "promises.json", "status.txt", "metrics", "uptime.json", "uptime.csv"}
    image = "assets/incidents/preview/status.png"
    assert changed <= {*pages, *of_now, image, "components/web.md", "components/mail.md"}
