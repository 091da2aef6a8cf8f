"""A site that was really built is sound, and what its sources hide is found when it gets into a file."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from mkdocs_incidents.content.hidden_texts import HiddenText
from mkdocs_incidents.plugin.plugin import IncidentsPlugin
from mkdocs_incidents.plugin.site_facts import site_facts
from mkdocs_incidents.publish.verification import SiteFacts, faults
from tests.makers import at
from tests.sites.building import NOON, Site, front, update_at
from tests.sites.conftest import ROOT, TODAY

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sites.building import Built

BODY = "## Root cause\n\nThe supplier Example Cables cut a fibre while **digging** a trench for another customer."
NOTE = "<!-- internal -->The night shift slept through the first three calls of the pager.<!-- /internal -->"


def facts_of(config_file: Path, site_dir: Path, now: str, *, builds: bool) -> SiteFacts:
    """The facts of a site, which is built into `site_dir` first if `builds`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", str(int(at(now).timestamp())))
        patch.chdir(config_file.parent)
        config = load_config(str(config_file), site_dir=str(site_dir))
        plugin = config.plugins["incidents"]
        assert isinstance(plugin, IncidentsPlugin)
        if builds:
            build(config)
        else:
            plugin.on_config(config)
        return site_facts(config, plugin, None)


@pytest.fixture(scope="module")
def hiding(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SiteFacts]:
    """A site below a path that hides something of every kind; built."""
    site = Site(tmp_path_factory.mktemp("hiding"))
    site.settings["site_url"] = "https://example.org/status/"
    site.write("incidents/2026-05-01-draft.md", front(BODY, title="Sign-in fails", draft=True))
    site.write("incidents/2026-05-02-sign-in.md", front("![](rack.png)", title="Sign-in fails"))
    site.write("incidents/rack.png", b"\x89PNG\0")
    site.write("incidents/2026-05-03-takeover.md", front(title="We are being bought", publish="2026-07-01 09:00"))
    site.write("incidents/2026-05-04-cables.md", front(
        f"## Summary\n\nIt was a cable. {NOTE}",
        title="A cable broke",
        updates=[
            update_at("2026-05-04 10:05", "investigating", "We look into it."),
            update_at("2026-05-04 11:00", "resolved", "It works again."),
            update_at("2026-06-20 11:00", "resolved", "The supplier will pay for everything that was lost."),
        ],
        postmortem={"published": "2026-05-06"},
    ))  # fmt: skip
    site.write("incidents/2026-05-05-later.md", front(
        "## Root cause\n\nSomebody had configured the standby database to follow itself.",
        title="Explained later",
        postmortem={"published": "2026-07-01"},
    ))  # fmt: skip
    site.write("docs/about.md", f"# About us\n\nCall us at 555. {NOTE.replace('first three', 'last seven')}\n")
    folder = site.folder / "site"
    return folder, facts_of(site.configured(), folder, NOON, builds=True)


@pytest.fixture
def copy(hiding: tuple[Path, SiteFacts], tmp_path: Path) -> Path:
    return shutil.copytree(hiding[0], tmp_path / "site")


def messages(folder: Path, facts: SiteFacts) -> list[str]:
    return [f"{fault.path}: {fault.message}" for fault in faults(folder, facts)]


def test_the_example_site_is_sound(example: Built, demo: Built) -> None:
    facts = facts_of(ROOT / "mkdocs.yml", example.folder, TODAY, builds=False)
    assert messages(example.folder, facts) == []
    assert messages(demo.folder, facts)[0].endswith("this file was not written")


def test_a_site_that_hides_much_is_sound(hiding: tuple[Path, SiteFacts]) -> None:
    assert messages(*hiding) == []


def test_pages_files_pictures_and_the_page_not_found_are_announced(hiding: tuple[Path, SiteFacts]) -> None:
    folder, facts = hiding
    assert {"index.html", "feed.xml", "incidents/rack.png", "404.html"} < set(facts.announced)
    assert all((folder / path).is_file() for path in facts.announced)


@pytest.mark.parametrize("path", ["incidents/rack.png", "404.html", "incidents/2026-05-04-cables/index.html"])
def test_a_file_that_was_not_written_is_missed(hiding: tuple[Path, SiteFacts], copy: Path, path: str) -> None:
    (copy / path).unlink()
    assert f"{path}: this file was not written" in messages(copy, hiding[1])


@pytest.mark.parametrize(
    ("leak", "source"),
    [
        ("a fibre while <strong>digging</strong> a trench for another", "the draft incidents/2026-05-01-draft.md"),
        ("incidents/2026-05-01-draft", "the draft incidents/2026-05-01-draft.md"),
        ("We are being bought", "the embargoed notice incidents/2026-05-03-takeover.md"),
        ("shift slept through the first three calls", "an internal note in incidents/2026-05-04-cables.md"),
        ("shift slept through the last seven calls of", "an internal note in docs/about.md"),
        ("supplier will pay for everything that was lost", "what incidents/2026-05-04-cables.md publishes later"),
        ("configured the standby database to follow", "what incidents/2026-05-05-later.md publishes later"),
    ],
)
def test_what_the_sources_hide_is_found(hiding: tuple[Path, SiteFacts], copy: Path, leak: str, source: str) -> None:
    page = copy / "about/index.html"
    page.write_text(page.read_text("utf-8").replace("Call us at 555.", f"Call us at 555.<p>{leak}</p>"), "utf-8")
    found = messages(copy, hiding[1])
    assert len(found) == 1
    assert found[0].startswith("about/index.html: this file has ")
    assert found[0].endswith(source)


def test_a_draft_with_a_word_of_the_theme_as_its_title_does_not_block(
    hiding: tuple[Path, SiteFacts], copy: Path
) -> None:
    facts = hiding[1]
    for title in ("Test", "Search", "Footer", "Planned work", "Partial outage"):
        draft = HiddenText(source="the draft", text="", title=title)
        assert messages(copy, replace(facts, hidden=(draft,))) == []


@pytest.mark.parametrize("text", ["Sign-in fails", "Planned work", "It works again."])
def test_what_the_site_says_anyway_is_no_leak(hiding: tuple[Path, SiteFacts], copy: Path, text: str) -> None:
    page = copy / "about/index.html"
    page.write_text(page.read_text("utf-8").replace("Call us at 555.", text), "utf-8")
    assert messages(copy, hiding[1]) == []
