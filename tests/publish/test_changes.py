"""What differs between two published sites is said in words, and nothing false is said."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from mkdocs_incidents.publish.changes import Changes, changes
from mkdocs_incidents.publish.manifest import file_states
from tests.sites.building import Site, front, update_at

if TYPE_CHECKING:
    from pathlib import Path

GOOD = {"indicator": "none", "description": "All Systems Operational"}
BAD = {"indicator": "critical", "description": "Major System Outage"}
BUILT = '<div data-built="2026-06-15T12:00+00:00">As of {}:00, {}</div>'


def folder(path: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(text, encoding="utf-8")
    return path


def between(tmp_path: Path, before: dict[str, str], after: dict[str, str]) -> Changes:
    old, new = folder(tmp_path / "old", before), folder(tmp_path / "new", after)
    return changes(old, new, file_states(old), file_states(new))


def status(state: dict[str, str]) -> dict[str, str]:
    return {"api/v2/status.json": json.dumps({"status": state})}


def test_the_first_publication_is_counted(tmp_path: Path) -> None:
    new = folder(tmp_path, {"index.html": "", "a/index.html": "", "feed.xml": "", "feed.atom": "", "now.json": "{}"})
    assert str(changes(None, new, {}, file_states(new))) == "first publication: 2 pages, 1 feed"


def test_a_banner_that_changed_comes_first(tmp_path: Path) -> None:
    before = status(GOOD) | {"index.html": "a", "feed.xml": "a"}
    after = status(BAD) | {"index.html": "b", "feed.xml": "b", "incidents/x/index.html": "c"}
    text = "banner: operational → major outage; 1 new page; 1 page changed; 1 feed"
    assert str(between(tmp_path, before, after)) == text


@pytest.mark.parametrize("broken", [{}, {"api/v2/status.json": "<html>"}, {"api/v2/status.json": "[]"}])
def test_nothing_is_said_of_a_banner_that_cannot_be_read(tmp_path: Path, broken: dict[str, str]) -> None:
    found = between(tmp_path, broken | {"index.html": "a"}, status(BAD) | {"index.html": "b"})
    assert found.banner is None
    assert "banner" not in str(found)


def test_the_sentence_of_another_release_is_shown_as_it_is(tmp_path: Path) -> None:
    odd = {"indicator": "none", "description": "Fine\x1b[2J"}
    assert str(between(tmp_path, status(odd), status(BAD))).startswith("banner: Fine�[2J → major outage")


def test_a_page_that_is_gone_is_a_warning_with_its_address(tmp_path: Path) -> None:
    found = between(tmp_path, {"index.html": "", "gone/index.html": "", "assets/a.js": ""}, {"index.html": ""})
    assert str(found) == "1 page removed"
    assert found.warnings == ("1 page removed: /gone/; whoever has a link to it finds nothing there",)


def test_what_only_states_another_time_is_no_change(tmp_path: Path) -> None:
    before = {"index.html": BUILT.format(12, "fine"), "now.json": '{"built_at":"2026-06-15T12:00:00Z"}'}
    after = {"index.html": BUILT.format(13, "fine"), "now.json": '{"built_at":"2026-06-15T13:00:00Z"}'}
    assert str(between(tmp_path, before, after)) == "nothing changed but times and figures"


def test_other_words_on_a_page_that_states_the_time_are_a_change(tmp_path: Path) -> None:
    before, after = {"index.html": BUILT.format(12, "fine")}, {"index.html": BUILT.format(13, "bad")}
    assert str(between(tmp_path, before, after)) == "1 page changed"


def test_a_number_that_somebody_corrected_is_a_change(tmp_path: Path) -> None:
    before, after = {"a/index.html": "12 %", "feed.xml": "12 %"}, {"a/index.html": "15 %", "feed.xml": "15 %"}
    assert str(between(tmp_path, before, after)) == "1 page changed; 1 feed"


def test_the_same_files_are_no_change(tmp_path: Path) -> None:
    files = {"index.html": "a", ".well-known/x": "b"}
    assert str(between(tmp_path, files, {"index.html": "a"})) == "nothing changed"


def test_two_real_builds_of_an_outage(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write("incidents/2026-05-04-broke.md", front())
    old = site.build("2026-06-15 12:00", into="old").folder
    later = site.build("2026-06-15 12:10", into="later").folder
    open_since = [update_at("2026-06-15 12:12", "investigating")]
    states = {"web": "major_outage", "api": "major_outage"}
    text = front(title="All is down", started="2026-06-15 12:11", components=states, updates=open_since)
    site.write("incidents/2026-06-15-down.md", text)
    new = site.build("2026-06-15 12:13", into="new").folder
    assert str(changes(old, later, file_states(old), file_states(later))) == "nothing changed but times and figures"
    opened = changes(later, new, file_states(later), file_states(new))
    assert str(opened).startswith("banner: operational → major outage; opened: 'All is down'; 1 new page; ")
    assert opened.pages.added == ("incidents/2026-06-15-down/",)
    assert opened.to_dict()["banner"]["after"]["indicator"] == "critical"
    back = changes(new, later, file_states(new), file_states(later))
    assert back.resolved == (), "it is gone, which is not the same as resolved"
    assert back.warnings[0].startswith("1 page removed: /incidents/2026-06-15-down/")
