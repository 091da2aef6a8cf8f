"""What the search of a site knows of its pages: that they are there, and in a few words what for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.sites.building import Built, Site


@pytest.fixture(scope="module")
def known(example: Built) -> dict[str, dict[str, Any]]:
    """What the index of the example says, by address without a place in the page."""
    docs = json.loads(example.files["search/search_index.json"])["docs"]
    return {doc["location"]: doc for doc in docs}


@pytest.mark.parametrize(("address", "title", "text"), [
    ("components/card-payments/", "Card payments", "Payments by card, online and at the terminal"),
    ("history/", "History", "by month"),
    ("history/2026/10/", "October 2026", "2 incidents"),
    ("maintenance/", "Planned work", "Maintenance"),
    ("postmortems/", "Postmortems", "What went wrong"),
    ("promises/", "Promises", "after an incident"),
    ("uptime/", "Uptime", "every service"),
    ("subscribe/", "Subscribe", "follow"),
])  # fmt: skip
def test_components_and_lists_are_found(known: dict[str, dict[str, Any]], address: str, title: str, text: str) -> None:
    assert known[address]["title"] == title
    assert text in known[address]["text"]


def test_every_page_is_found(example: Built, known: dict[str, dict[str, Any]]) -> None:
    leading_on = {path for path in example.pages if 'http-equiv="refresh"' in example.text(path)}
    pages = {path.removesuffix("index.html") for path in set(example.pages) - leading_on} - {"404.html", "embed.html"}
    assert pages - {address.split("#")[0] for address in known} == set()


def test_the_indexed_text_of_a_generated_page_is_short(known: dict[str, dict[str, Any]]) -> None:
    of_the_plugin = {
        address: doc for address, doc in known.items() if not address.startswith("guide/") and "#" not in address
    }
    assert {address for address, doc in of_the_plugin.items() if len(doc["text"]) > 800} == set()


def test_an_owner_s_page_is_found_with_its_words_or_not_at_all(site: Site) -> None:
    site.write("docs/index.md", "# Our shop\n\nWrite to the help desk.\n")
    site.write("docs/subscribe.md", "---\nsearch:\n  exclude: true\n---\n\nBy pigeon.\n")
    docs = {doc["location"]: doc for doc in json.loads(site.build().files["search/search_index.json"])["docs"]}
    assert "help desk" in docs[""]["text"]
    assert "subscribe/" not in docs
