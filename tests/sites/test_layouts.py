"""Sites as people lay them out: small, below a path, without directory addresses, with their own templates."""

from __future__ import annotations

import html
import re
import textwrap
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from tests.sites.building import ADDRESS, Built, Site, front, update_at
from tests.sites.links import dead_links

if TYPE_CHECKING:
    from pathlib import Path

TEN_LINES = """\
site_name: Example status
site_url: https://status.example.org/
theme:
  name: material
  font: false
plugins:
  - search
  - incidents
nav:
  - Status: index.md
"""
PNG = bytes.fromhex("89504e470d0a1a0a")


def rich(site: Site) -> Site:
    """Sub-folders, images, links in every direction, an explicit id."""
    site.write("docs/guide/start.md", "# Start\n\n## Second step\n\nSee [it](../incidents/2026/2026-05-04-first.md).\n")
    site.write("incidents/2026/refused by banks.png", PNG)
    site.write("incidents/2026/2026-05-04-first.md", front(
        "## Root cause\n\n![Refused](refused%20by%20banks.png)\n\n"
        "See [the second](2026-05-06-second.md#update-20260506-1005) "
        "and [our guide](../../guide/start.md#second-step).\n",
        components={"web": "degraded_performance"},
        postmortem={"published": "2026-05-05"},
    ))  # fmt: skip
    site.write("incidents/2026/2026-05-06-second.md", front(
        "## Root cause\n\nSee [the imported one](../deep/er/old.md).\n",
        started="2026-05-06 10:00",
        updates=[update_at("2026-05-06 10:05", "investigating"), update_at("2026-05-06 11:00", "resolved")],
    ))  # fmt: skip
    site.write("incidents/deep/er/old.md", front("## Root cause\n\nOld.\n", id="hx2kd81n", title="Imported"))
    return site


@pytest.fixture(scope="session")
def below(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site below a path of its host."""
    site = rich(Site(tmp_path_factory.mktemp("below")))
    site.settings["site_url"] = "https://example.org/our/status/"
    return site.build(strict=True)


@pytest.fixture(scope="session")
def flat(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site whose pages are files, for hosts that know no folders."""
    site = rich(Site(tmp_path_factory.mktemp("flat")))
    site.settings["use_directory_urls"] = False
    return site.build(strict=True)


def test_ten_lines_make_a_site(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.configured = lambda: site.write("mkdocs.yml", TEN_LINES)  # type: ignore[method-assign]
    built = site.build(strict=True)
    assert built.page("index.html").only("h1", id="now").text == "We know of no problems"
    assert dead_links(built, ADDRESS) == []


def test_a_docs_folder_may_be_empty(site: Site) -> None:
    assert tree_of(site.build(strict=True)) >= {"index.html", "history/index.html", "feed.xml"}


def tree_of(built: Built) -> set[str]:
    return set(built.files)


def test_the_owner_s_own_text_stands_on_the_status_page(site: Site) -> None:
    site.write(
        "docs/index.md", "---\ntitle: Is it you?\n---\n\n# Is it you?\n\nCall us on *0800*.\n\n## Hours\n\nAlways.\n"
    )
    page = site.build(strict=True).page("index.html")
    prose = page.only("section", aria_label="More").only("div", class_="md-typeset")
    assert prose.only("em").text == "0800"
    assert prose.only("h2").text == "Hours"
    assert [heading.text for heading in page.all("h1")] == ["We know of no problems"]


def test_ids_are_addresses_and_folders_are_not(below: Built) -> None:
    incidents = {path for path in below.pages if path.startswith("incidents/")}
    assert incidents == {
        "incidents/2026-05-04-first/index.html",
        "incidents/2026-05-06-second/index.html",
        "incidents/hx2kd81n/index.html",
    }


def test_flat_addresses_are_files(flat: Built) -> None:
    incidents = {path for path in flat.pages if path.startswith("incidents/")}
    assert incidents == {
        "incidents/2026-05-04-first.html", "incidents/2026-05-06-second.html", "incidents/hx2kd81n.html",
    }  # fmt: skip
    assert {"index.html", "history.html", "history/2026/05.html"} <= set(flat.pages)


@pytest.mark.parametrize("name", ["below", "flat"])
def test_every_link_leads_somewhere(name: str, request: pytest.FixtureRequest) -> None:
    address = {"below": "https://example.org/our/status/", "flat": ADDRESS}[name]
    assert dead_links(request.getfixturevalue(name), address) == []


@pytest.mark.parametrize(
    ("name", "first", "second", "guide"),
    [
        (
            "below",
            "incidents/2026-05-04-first/index.html",
            "incidents/2026-05-06-second/#update-20260506-1005",
            "guide/start/#second-step",
        ),
        (
            "flat",
            "incidents/2026-05-04-first.html",
            "incidents/2026-05-06-second.html#update-20260506-1005",
            "guide/start.html#second-step",
        ),
    ],
)
def test_links_and_images_of_a_body_follow_the_files(
    name: str, first: str, second: str, guide: str, request: pytest.FixtureRequest
) -> None:
    built: Built = request.getfixturevalue(name)
    section = built.page(first).only("section", aria_labelledby="root-cause")
    base = f"https://example.org/{first}".removesuffix("index.html")
    leads = [urljoin(base, link.attributes["href"]) for link in section.all("a")]
    assert leads == [f"https://example.org/{second}", f"https://example.org/{guide}"]
    picture = unquote(urlsplit(urljoin(base, section.only("img").attributes["src"])).path.lstrip("/"))
    assert built.files[picture] == PNG


def test_full_addresses_are_below_the_path(below: Built) -> None:
    feed = below.text("feed.xml")
    assert "https://example.org/our/status/incidents/2026-05-06-second/#update-20260506-1005" in feed
    assert "https://example.org/incidents" not in feed
    assert "https://example.org/our/status/incidents/2026-05-06-second/" in below.text("sitemap.xml")
    page = below.page("incidents/hx2kd81n/index.html")
    assert page.only("link", rel="canonical").attributes["href"] == "https://example.org/our/status/incidents/hx2kd81n/"


def test_a_picture_in_a_feed_has_its_full_address(flat: Built) -> None:
    assert f'src="{ADDRESS}incidents/2026/refused%20by%20banks.png"' in html.unescape(flat.text("feed.xml"))


@pytest.mark.parametrize("name", ["below", "flat"])
def test_every_feed_finds_its_style_sheet(name: str, request: pytest.FixtureRequest) -> None:
    built: Built = request.getfixturevalue(name)
    styled = [path for path in built.files if path.endswith((".xml", ".rss", ".atom")) and path != "sitemap.xml"]
    assert "feed.xml" in styled
    assert any(path.startswith("components/") for path in styled)
    root = {"below": "https://example.org/our/status/", "flat": ADDRESS}[name]
    for path in styled:
        (sheet,) = re.findall(r'<\?xml-stylesheet [^>]*href="([^"]*)"', built.text(path))
        assert urljoin(root + path, sheet).removeprefix(root) in built.files, path


def test_incidents_may_lie_inside_the_docs_folder(tmp_path: Path) -> None:
    site = Site(tmp_path)
    (tmp_path / "incidents" / "components.yml").unlink()
    site.write("docs/status/components.yml", "timezone: UTC\ncomponents: [{id: web, name: Web}]\n")
    site.write("docs/status/2026-05-04-first.md", front("## Root cause\n\n![Refused](refused.png)\n"))
    site.write("docs/status/refused.png", PNG)
    site.option("incidents_dir", "docs/status")
    built = site.build(strict=True)
    assert "incidents/2026-05-04-first/index.html" in built.files
    assert [path for path in built.files if path.startswith("status/")] == []


def test_incidents_may_lie_where_their_addresses_are(tmp_path: Path) -> None:
    site = Site(tmp_path)
    (tmp_path / "incidents").rename(tmp_path / "docs" / "incidents")
    site.write("docs/incidents/2026-05-04-first.md", front())
    site.option("incidents_dir", "docs/incidents")
    built = site.build(strict=True)
    assert built.page("incidents/2026-05-04-first/index.html").only("h1", id="now").text == "It broke"
    assert "incidents/components.yml" not in built.files


def test_a_site_s_own_block_wins_and_its_main_html_is_used(site: Site) -> None:
    site.settings["theme"]["custom_dir"] = "overrides"
    site.write("overrides/main.html", '{% extends "base.html" %}{% block announce %}Ours, {{ 1 + 1 }}{% endblock %}')
    site.write(
        "overrides/incidents/notice.html",
        textwrap.dedent("""\
            {% extends "incidents/base.html" %}
            {% block incidents %}<main id="mine"><h1 id="now">{{ view.title }}</h1></main>{% endblock %}
            """),
    )
    site.write("incidents/2026-05-04-first.md", front(title="Cards & <b>accounts</b>"))
    built = site.build(strict=True)
    page = built.page("incidents/2026-05-04-first/index.html")
    assert page.only("main", id="mine").only("h1").text == "Cards & <b>accounts</b>"
    for path in ("incidents/2026-05-04-first/index.html", "index.html"):
        assert "Ours, 2" in built.text(path)


def test_the_language_of_the_theme_is_the_language_of_dates(site: Site) -> None:
    site.settings["theme"]["language"] = "fr"
    site.option("locale_dir", "locale")
    site.write("locale/fr/incidents.po", 'msgid "Status"\nmsgstr "État"\n')
    site.write("incidents/2026-05-04-first.md", front())
    assert "4 mai 2026" in site.build(strict=True).text("incidents/2026-05-04-first/index.html")


def test_an_edit_link_leads_to_the_incident_file(site: Site) -> None:
    site.settings |= {"repo_url": "https://git.example/o/r", "edit_uri": "edit/main/docs/"}
    site.settings["theme"]["features"] = ["content.action.edit"]
    site.write("incidents/2026/2026-05-04-first.md", front())
    site.write(
        "overrides/incidents/notice.html",
        '{% extends "main.html" %}{% block container %}{{ page.edit_url }}{% endblock %}',
    )
    site.settings["theme"]["custom_dir"] = "overrides"
    text = site.build().text("incidents/2026-05-04-first/index.html")
    assert "https://git.example/o/r/edit/main/incidents/2026/2026-05-04-first.md" in text


@pytest.mark.parametrize("nav", [[{"Home": "README.md"}, {"About": "about.md"}], None], ids=["in nav", "without nav"])
def test_a_readme_in_docs_is_the_home_page(site: Site, nav: list[dict[str, str]] | None) -> None:
    site.settings["plugins"] = ["search", {"incidents": {"markdown_copies": True}}]
    site.write("docs/README.md", "# Ours\n\nOur own words, and more [about us](about.md).\n")
    site.write("docs/about.md", "# About us\n\n[Back](README.md)\n")
    site.write("incidents/2026-05-04-first.md", front("## Root cause\n\nSee [home](../README.md).\n"))
    if nav:
        site.settings["nav"] = nav
    built = site.build(strict=True)
    status = built.page("index.html")
    assert status.only("h1", id="now").text == "We know of no problems"
    assert status.only("section", aria_label="More").text == "Our own words, and more about us."
    assert dead_links(built, ADDRESS) == []
    assert "README.md" not in built.files, "a copy of the status page as text is index.md"
    assert "We know of no problems" in built.text("index.md")


def test_beside_an_index_a_readme_is_no_page(site: Site) -> None:
    site.write("docs/index.md", "# Ours\n\nOf the index.\n")
    site.write("docs/README.md", "# For developers\n")
    built = site.build()
    assert built.page("index.html").only("section", aria_label="More").text == "Of the index."
