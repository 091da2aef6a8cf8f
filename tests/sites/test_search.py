"""What the search of a site knows of its pages: that they are there, and in a few words what for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import lxml.html
import pytest

from tests.sites.building import Site, front

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sites.building import Built


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


def test_pagefind_finds_all_of_a_notice_and_of_a_list_its_head_and_the_text_from_docs(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.settings["extra"] = {"search_config": {"provider": "pagefind"}}  # as materialx sets it
    site.write("docs/index.md", "# Status\n\nWrite to us.\n")
    site.write("incidents/2026-05-04-outage.md", front("## Summary\n\nA disk was full.\n"))
    built = site.build()
    assert "A disk was full." in indexed(built, "incidents/2026-05-04-outage/index.html")
    status = indexed(built, "index.html")
    assert "We know of no problems" in status
    assert "Write to us." in status
    assert "Services" not in status
    month = indexed(built, "history/2026/05/index.html")
    assert "May 2026" in month
    assert "It broke" not in month
    assert indexed(built, "404.html") == ""


def indexed(built: Built, path: str) -> str:
    """The text that Pagefind reads of a page."""
    parts = lxml.html.document_fromstring(built.text(path)).xpath("//*[@data-pagefind-body]")
    return " ".join(part.text_content() for part in parts)
