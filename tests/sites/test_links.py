"""The example site as a visitor clicks through it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tests.sites.links import dead_links

if TYPE_CHECKING:
    from tests.sites.building import Built

EXAMPLE = "https://status.harmattan.example/"


def test_every_link_and_every_place_in_a_page_is_there(example: Built) -> None:
    assert dead_links(example, EXAMPLE) == []


def test_every_link_of_the_page_in_the_middle_of_an_outage_is_there(demo: Built) -> None:
    assert dead_links(demo, EXAMPLE) == []


def test_every_page_is_sound(example: Built) -> None:
    for path in example.pages:
        page = example.page(path)
        assert page.faults == [], path
        assert [id_ for id_, count in Counter(page.ids).items() if count > 1] == [], path


def test_every_page_has_one_title_and_one_first_heading(example: Built) -> None:
    pages = [path for path in example.pages if path != "embed.html"]  # a part of other people's pages
    titles = Counter(example.page(path).title for path in pages)
    assert [title for title, count in titles.items() if count > 1] == []
    assert {path for path in pages if len(example.page(path).all("h1")) != 1} <= {"404.html"}


def test_no_page_loads_anything_from_others(example: Built) -> None:
    loads = {"script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "audio": "src"}
    for path in example.pages:
        for element in example.page(path).walk():
            address = element.attributes.get(loads.get(element.tag, ""), "")
            if element.tag == "link" and element.attributes.get("rel") in {
                "stylesheet",
                "preload",
                "preconnect",
                "icon",
            }:
                address = element.attributes.get("href", "")
            assert not address.startswith(("http:", "https:", "//")), (path, address)
