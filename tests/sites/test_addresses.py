"""Addresses are settled after every other plugin has had its say, wherever it stands in the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sites.building import Built, Site, front, update_at
from tests.sites.links import dead_files, dead_links

if TYPE_CHECKING:
    from collections.abc import Sequence

ADDRESS = "https://status.example.org/"
MOVED = "https://moved.example.org/v2/"


def eventful(site: Site, plugins: Sequence[str], **settings: object) -> Built:
    """A site with a page of every kind, links between what is written by hand and what is not, and a bar to click."""
    site.settings |= {"plugins": list(plugins), **settings}
    site.write("docs/index.md", "# Example\n\nMore [about us](about.md).\n")
    site.write(
        "docs/about.md", "# About us\n\nSee [what happened](history.md) and [when](incidents/2026-05-04-first.md).\n"
    )
    site.write("incidents/2026-05-04-first.md", front(
        "## Root cause\n\nA cable, as [today](2026-06-15-second.md); [we](../about.md) know.\n\n"
        "## Timeline\n\n- 10:00 [failure] It broke.\n- 10:20 [action] We mended it.\n\n"
        "## What we do\n\n- [ ] A second cable (due: 2026-07-01)\n",
    ))  # fmt: skip
    site.write("incidents/2026-06-15-second.md", front(
        title="It is slow", started="2026-06-15 10:00", updates=[update_at("2026-06-15 10:05", "investigating")],
    ))  # fmt: skip
    return site.build()


@pytest.fixture(scope="module", params=["offline named last", "offline named first"])
def offline(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    order = ["search", "incidents", "offline"] if request.param.endswith("last") else ["offline", "search", "incidents"]
    return eventful(Site(tmp_path_factory.mktemp("offline")), order)


def test_every_link_of_a_site_for_reading_offline_leads_to_a_file(offline: Built) -> None:
    assert "history.html" in offline.files
    assert dead_files(offline) == []
    assert dead_links(offline, ADDRESS) == []


@pytest.mark.parametrize("directory_urls", [True, False])
def test_every_link_leads_somewhere_whatever_addresses_look_like(site: Site, *, directory_urls: bool) -> None:
    built = eventful(site, ["search", "incidents"], use_directory_urls=directory_urls)
    assert dead_links(built, ADDRESS) == []
    assert directory_urls or dead_files(built) == []


def test_the_order_of_plugins_makes_no_difference(site: Site) -> None:
    hook = "from mkdocs.plugins import event_priority\n@event_priority(-100)\ndef on_config(config):\n"
    site.write("hooks.py", f"{hook}    config.site_url = {MOVED!r}\n    config.use_directory_urls = False\n")
    site.settings["hooks"] = ["hooks.py"]
    first, last = (
        eventful(site, plugins).files
        for plugins in (["offline", "incidents", "search"], ["incidents", "search", "offline"])
    )
    assert [path for path in first.keys() | last.keys() if first.get(path) != last.get(path)] == []
    assert f"{MOVED}incidents/2026-06-15-second.html".encode() in first["feed.xml"]
    assert [path for path, content in first.items() if ADDRESS.encode() in content] == []


def test_an_address_with_other_letters_is_a_uri_in_every_file(site: Site) -> None:
    built = eventful(site, ["search", "incidents"], site_url="https://störung.example/für/")
    uri = "https://xn--strung-xxa.example/f%C3%BCr/"
    for path in (
        "feed.xml",
        "feed.atom",
        "feed.json",
        "calendar.ics",
        "api/v2/summary.json",
        "sitemap.xml",
        "index.html",
    ):
        unfolded = built.text(path).replace("\r\n ", "")
        assert uri in unfolded, path
        assert "störung" not in unfolded, path


def test_no_drawing_has_a_link_that_material_cannot_take(offline: Built) -> None:
    """Its instant navigation sets `href` on all that has one; in SVG that cannot be set."""
    drawn = [element for path in offline.pages for element in offline.page(path).walk() if element.inside("svg")]
    assert any("xlink:href" in element.attributes for element in drawn if element.tag == "use")
    assert any("xlink:href" in element.attributes for element in drawn if element.tag == "a")
    assert [element.tag for element in drawn if "href" in element.attributes or "src" in element.attributes] == []
