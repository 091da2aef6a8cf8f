"""Every mistake is reported in full, and the published site stays as it was."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from mkdocs_incidents.plugin import build as preparation
from tests.sites.building import Refused, front, tree, update_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.sites.building import Site

PLACE = re.compile(r"^  (\S+):(\d+):(\d+): \S", re.MULTILINE)


@pytest.fixture
def published(site: Site) -> Site:
    """A site that readers have before them, with an incident."""
    site.write("incidents/2026-05-04-x.md", front())
    site.write("site/index.html", "what readers see")
    site.write("site/incidents/2026-05-04-x/index.html", "and this")
    return site


def refusal(site: Site) -> str:
    """What a failing build says; it must not have touched the published site."""
    before = tree(site.folder / "site")
    with pytest.raises(Refused) as refused:
        site.build()
    assert tree(site.folder / "site") == before
    return refused.value.message


FILES: Mapping[str, tuple[dict[str, str], list[str]]] = {
    "yaml that is not closed": ({"incidents/y.md": "---\ntitle: [\n---\n"}, ["incidents/y.md:"]),
    "an unknown key": ({"incidents/y.md": front(titel="x")}, ["incidents/y.md:", "titel", "title"]),
    "an unknown component": (
        {"incidents/y.md": front(components={"wbe": "major_outage"})},
        ["incidents/y.md:", "wbe", "web"],
    ),
    "a catalogue with a typo": (
        {"incidents/components.yml": "timezone: UTC\ncomponents: [{id: web, nmae: Web}]\n"},
        ["incidents/components.yml:2:", "nmae", "name"],
    ),
    "a catalogue in no time zone": (
        {"incidents/components.yml": "timezone: Africa/Lgaos\ncomponents: [{id: web, name: Web}]\n"},
        ["incidents/components.yml:1:", "Africa/Lagos"],
    ),
    "two files of one id": ({"incidents/2026/2026-05-04-x.md": front()}, ["2026-05-04-x"]),
    "a folder at the address of the history": ({"docs/history/index.md": "# Mine"}, ["docs/history/index.md"]),
    "a README at the address of the history": ({"docs/history/README.md": "# Mine"}, ["docs/history/README.md"]),
    "a page at the address of a component": ({"docs/components/web.md": "# Mine"}, ["docs/components/web.md"]),
    "a page at the address of a month": ({"docs/history/2026/05.md": "# Mine"}, ["docs/history/2026/05.md"]),
    "a page at the address of an incident": (
        {"docs/incidents/2026-05-04-x.md": "# Mine"},
        ["docs/incidents/2026-05-04-x.md"],
    ),
    "a file at the address of an incident": (
        {"docs/incidents/2026-05-04-x/index.html": "mine"},
        ["docs/incidents/2026-05-04-x/index.html"],
    ),
    "a file at the address of the feed": ({"docs/feed.xml": "<rss/>"}, ["docs/feed.xml"]),
    "a file at the address of the status page": ({"docs/index.html": "mine"}, ["docs/index.html"]),
}


@pytest.mark.parametrize("case", FILES)
def test_a_wrong_file_is_reported_and_the_published_site_stays(published: Site, case: str) -> None:
    written, expected = FILES[case]
    for path, text in written.items():
        published.write(path, text)
    message = refusal(published)
    assert [text for text in expected if text not in message] == [], message


OPTIONS: Mapping[str, tuple[dict[str, Any], list[str]]] = {
    "no such folder": ({"incidents_dir": "incidnets"}, ["incidnets", "no such folder"]),
    "a file as folder": ({"incidents_dir": "mkdocs.yml"}, ["mkdocs.yml", "not a folder"]),
    "an instant nobody can read": ({"as_of": "yesterday"}, ["as_of", "yesterday"]),
    "an instant without a zone's help": ({"as_of": "2026-13-01 10:00"}, ["as_of"]),
    "a language nobody speaks": ({"language": "klingon"}, ["language", "klingon", "en_US"]),
    "a language of another type": ({"language": 7}, ["language"]),
    "a weight above one": ({"uptime_weights": {"partial_outage": 30}}, ["partial_outage", "0 to 1", "30"]),
    "a weight of words": ({"uptime_weights": {"partial_outage": "half"}}, ["partial_outage", "half"]),
    "a weight that is not a number": ({"uptime_weights": {"partial_outage": float("nan")}}, ["partial_outage"]),
    "a state that does not exist": ({"uptime_weights": {"broken": 1}}, ["broken", "major_outage"]),
    "weights as a list": ({"uptime_weights": ["partial_outage"]}, ["state: weight"]),
    "an output that does not exist": ({"outputs": {"metric": False}}, ["'metric' is no output", "metrics"]),
    "an output that is half off": ({"outputs": {"metrics": "off"}}, ["write metrics: true or metrics: false"]),
    "outputs as a list": ({"outputs": ["metrics"]}, ["'output: false'"]),
    "a feed of less than nothing": ({"feed_length": -1}, ["feed_length"]),
    "an unheard-of length": ({"feed_length": "all"}, ["feed_length"]),
}


@pytest.mark.parametrize("case", OPTIONS)
def test_a_wrong_option_is_reported_and_the_published_site_stays(published: Site, case: str) -> None:
    options, expected = OPTIONS[case]
    published.settings["plugins"] = [{"incidents": options}]
    message = refusal(published)
    assert [text for text in expected if text not in message] == [], message


def test_without_an_address_nothing_is_built(published: Site) -> None:
    del published.settings["site_url"]
    assert "site_url: https://status.example.com/" in refusal(published)


@pytest.mark.parametrize("address", ["https://me:secret@status.example.com/", "ftp://status.example.com/"])
def test_with_an_address_that_no_reader_can_open_nothing_is_built(published: Site, address: str) -> None:
    published.settings["site_url"] = address
    message = refusal(published)
    assert "site_url in mkdocs.yml: " in message
    assert "write one such as https://status.example.com/" in message


def test_with_another_theme_nothing_is_built(published: Site) -> None:
    published.settings["theme"] = {"name": "mkdocs"}
    assert "write the line theme: material; where theme: has lines" in refusal(published)


def test_without_docstrings_which_schemas_are_made_of_nothing_is_built(
    published: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    flags = SimpleNamespace(optimize=2)  # as `python -OO` has it
    monkeypatch.setattr(preparation, "sys", SimpleNamespace(flags=flags))
    assert "PYTHONOPTIMIZE=1 are fine" in refusal(published)


def test_an_option_nobody_knows_is_a_warning(site: Site) -> None:
    site.option("feed_lenght", 5)
    assert any("feed_lenght" in warning for warning in site.build().warnings)


def test_all_problems_of_all_files_are_reported_at_once(published: Site) -> None:
    published.write("incidents/a.md", front(titel="x", impact="huge"))
    published.write("incidents/2026/b.md", front(updates=[update_at("10:30", "resolvd")]))
    published.write("incidents/c.md", b"\xff\xfe")
    published.write("incidents/components.yml", "timezone: UTC\ncomponents: [{id: web, name: Web, sinc: 2026}]\n")
    message = refusal(published)
    places = [(path, int(line)) for path, line, _ in PLACE.findall(message)]
    assert {path for path, _ in places} == {
        "incidents/2026/b.md", "incidents/a.md", "incidents/c.md", "incidents/components.yml",
    }  # fmt: skip
    assert places == sorted(places)
    assert [path for path, _ in places].count("incidents/a.md") == 2
    assert f"{len(places)} problems in the incident files" in message


def test_an_internal_note_left_open_in_any_page_is_refused_at_its_line(published: Site) -> None:
    published.write(
        "docs/guide/about.md", "---\ntitle: About\n---\n# About\n\nCall us. <!-- internal --> But not Ann.\n"
    )
    message = refusal(published)
    assert "docs/guide/about.md:6:10: this internal note never ends" in message
    assert "1 problem with internal notes in the pages of the site" in message


def test_a_real_build_that_fails_leaves_every_byte_and_has_a_failing_exit_status(site: Site) -> None:
    site.write("incidents/2026-05-04-x.md", front())
    before = dict(site.build().files)
    assert len(before) > 20
    site.write("incidents/2026-05-05-y.md", "---\ntitle: [\n---\n")
    ended = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"], cwd=site.folder, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert "incidents/2026-05-05-y.md:" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert tree(site.folder / "site") == before


def test_problems_are_named_as_seen_from_where_the_command_was_typed(published: Site) -> None:
    published.write("incidents/y.md", front(titel="x"))
    command = [sys.executable, "-m", "mkdocs", "build", "-f", os.fspath(published.configured())]
    ended = subprocess.run(command, cwd=published.folder / "docs", capture_output=True, text=True, check=False)
    assert PLACE.findall(ended.stderr)[0][0] == "../incidents/y.md"


@pytest.mark.parametrize("path", ["incidents/our-rules.md", "history/why.md", "about.md", "components/index.md"])
def test_pages_of_ones_own_at_other_addresses_are_welcome(site: Site, path: str) -> None:
    site.write("incidents/2026-05-04-x.md", front())
    site.write(f"docs/{path}", "# Ours\n\nWritten by hand.\n")
    built = site.build(strict=True)
    assert any("Written by hand." in built.text(page) for page in built.pages)
    assert "incidents/2026-05-04-x/index.html" in built.files


def test_what_the_owner_adds_to_our_pages_stands_on_them(site: Site) -> None:
    names = ["index", "history", "maintenance", "postmortems", "uptime", "subscribe"]
    for name in names:
        site.write(f"docs/{name}.md", f"# Ours\n\nAdded to {name}.\n")
    built = site.build(strict=True)
    for name in names:
        page = built.page("index.html" if name == "index" else f"{name}/index.html")
        assert page.only("section", aria_label="More").text == f"Added to {name}."
        assert page.only("h1", id="now").text != "Ours"


def test_a_warning_is_reported_and_the_site_is_built(site: Site) -> None:
    site.write("incidents/2026-05-04-x.md", front(components=None, updates=None))
    built = site.build()
    (warning,) = built.warnings
    assert re.search(r"incidents/2026-05-04-x\.md:\d+:\d+: .*what users feel", warning)
    assert "incidents/2026-05-04-x/index.html" in built.files


def test_a_warning_is_counted_and_fatal_when_strict(site: Site) -> None:
    site.write("incidents/2026-05-04-x.md", front(components=None, updates=None))
    with pytest.raises(Refused, match="Aborted with 1 warnings in strict mode"):
        site.build(strict=True)
