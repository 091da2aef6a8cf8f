"""Beside Material's own plugins, each of which sees our pages like any other, and none of which breaks them."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING

import pytest

from tests.sites.building import Built, Site, front

if TYPE_CHECKING:
    from collections.abc import Sequence

MATERIAL_S_OWN = "unpkg.com/mermaid"
"""Privacy finds this address in Material's own script, on any site, and would fetch what lies there."""
ORDERS = {
    "named last": ["search", "tags", "blog", "privacy", "incidents"],
    "named first": ["incidents", "privacy", "blog", "tags", "search"],
}


@pytest.fixture(scope="session", params=ORDERS)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site with a blog, tags, search and privacy; nothing may be fetched from anywhere."""

    def offline(*_: object, **__: object) -> None:
        raise AssertionError("a status site was about to ask someone else's server")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", offline)
        return beside(Site(tmp_path_factory.mktemp("beside")), ORDERS[request.param])


def beside(site: Site, plugins: Sequence[str]) -> Built:
    site.settings["plugins"] = list(plugins)
    site.write("docs/tags.md", "# Tags\n\n<!-- material/tags -->\n")
    site.write("docs/about.md", "---\ntags: [people]\n---\n\n# About us\n")
    site.write("docs/blog/index.md", "# News\n")
    site.write("docs/blog/posts/hello.md", "---\ndate: 2026-05-01\ntags: [people]\n---\n\n# Hello\n\nFirst post.\n")
    site.write("incidents/2026-05-04-first.md", front("## Root cause\n\nA *cable*.\n", title="Cards & accounts"))
    return site.build()


def test_our_pages_are_whole(built: Built) -> None:
    assert [warning for warning in built.warnings if MATERIAL_S_OWN not in warning] == []
    page = built.page("incidents/2026-05-04-first/index.html")
    assert page.faults == []
    assert page.one("h1").text == "Cards & accounts"
    assert page.one("section", aria_labelledby="root-cause").one("em").text == "cable"
    assert built.page("index.html").one("h1", id="now").text == "We know of no problems"
    assert "#update-20260504-1005" in built.text("feed.xml")


def test_their_pages_are_whole_and_lead_to_our_feed(built: Built) -> None:
    assert "First post." in built.text("blog/2026/05/01/hello/index.html")
    assert "About us" in built.text("tags/index.html")
    assert "feed.xml" in built.text("blog/index.html")


def test_search_finds_titles_and_words_of_both(built: Built) -> None:
    docs = {doc["location"]: doc for doc in json.loads(built.files["search/search_index.json"])["docs"]}
    assert docs["incidents/2026-05-04-first/"]["title"] == "Cards &amp; accounts"
    assert any("First post" in doc["text"] for doc in docs.values())


def test_a_site_without_search_has_no_index(site: Site) -> None:
    site.settings["plugins"] = ["incidents"]
    site.write("incidents/2026-05-04-first.md", front())
    assert "search/search_index.json" not in site.build(strict=True).files
