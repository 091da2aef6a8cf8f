"""Searching: on every page of ours, seen at every width, and fetched when somebody does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser import kinds

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Request

    from tests.browser.conftest import Site, Sites, Visit, Walk

WIDTHS = (360, 768, 1220, 1280, 1440, 1920)
RESULTS = ".md-search-result__item h1"
# What a reader sees where the search field begins and where it ends.
SEEN = """field => {
    const {left, right, top, height} = field.getBoundingClientRect(), middle = top + height / 2;
    return [left + 50, right - 90].map(x => document.elementFromPoint(x, middle) === field);
}"""


def searched(page: Page, query: str) -> Locator:
    """What is found after words were typed into the search. Material's own needs a clock that ticks."""
    page.keyboard.press("/")
    page.keyboard.type(query)
    return page.locator(RESULTS)


@pytest.mark.parametrize("path", [kinds.STATUS, kinds.MONTH])
def test_what_is_typed_is_seen_at_every_width(sites: Sites, visit: Visit, path: str) -> None:
    page = visit(sites("well"), path, width=WIDTHS[0], ticking=True)
    expect(searched(page, "card").first).to_have_text("Card payments")
    field = page.locator(".md-search__input")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        expect(field).to_have_value("card")
        page.wait_for_function(f"field => ({SEEN})(field).every(Boolean)", arg=field.element_handle())


def test_every_page_of_the_plugin_has_the_same_header(sites: Sites, walk: Walk) -> None:
    unlike = "[data-md-component=header-topic], .md-search__output"  # the title; what a script puts below the search
    parts = f"""() => [...document.querySelectorAll('.md-header *, .mi-nav *')]
        .filter(element => element.checkVisibility() && !element.closest('{unlike}'))
        .map(element => element.tagName + ' ' + element.getAttribute('class'))"""
    headers = {path: page.evaluate(parts) for path, page in walk(sites("well"), kinds.KINDS.values())}
    assert headers["history/"]
    assert {path for path, header in headers.items() if header != headers["history/"]} == set()


def test_components_and_lists_are_found(sites: Sites, visit: Visit) -> None:
    page = visit(sites("well"), ticking=True)
    results, field = searched(page, ""), page.locator(".md-search__input")
    for query, found in (
        ("card", "Card payments"), ("uptime", "Uptime"), ("subscribe", "Subscribe"), ("maintenance", "Planned work"),
        ("promises", "Promises"), ("postmortems", "Postmortems"), ("october 2026", "October 2026"),
    ):  # fmt: skip
        field.press_sequentially(query)
        expect(results.filter(has_text=found).first).to_be_visible()
        field.press("ControlOrMeta+a")
        field.press("Backspace")
        expect(results).to_have_count(0)


@pytest.mark.parametrize("path", [kinds.STATUS, kinds.COMPONENT, kinds.NOT_FOUND])
def test_what_is_searched_in_is_fetched_when_somebody_types(sites: Sites, visit: Visit, path: str) -> None:
    site = sites("well")
    requests: list[Request] = []
    page = visit(
        site, path, ticking=True, ready=lambda page: page.on("request", lambda request: requests.extend([request]))
    )
    page.wait_for_load_state("networkidle")
    page.locator(".md-search__input").focus()
    expect(page.locator(".md-search-result__meta")).to_have_text("Type to start searching")
    assert of_the_search(site, requests) == []
    page.keyboard.type("card")
    expect(page.locator(RESULTS).first).to_be_visible()
    page.keyboard.type(" payments failed")
    expect(page.locator(RESULTS).first).to_have_text("Card payments failed")
    assert of_the_search(site, requests) == ["search_index.json", "search.min.js"]


def of_the_search(site: Site, requests: list[Request]) -> list[str]:
    """What was asked for that grows with the history or is of use to a search alone."""
    names = [request.url.removeprefix(site.host.address).split("/") for request in requests]
    return [
        "search.min.js" if name[-2] == "workers" else name[-1]
        for name in names
        if name[-2:-1] in (["search"], ["workers"])
    ]


def test_words_are_proposed_and_found_after_the_network_failed(sites: Sites, visit: Visit) -> None:
    page = visit(sites("well"), ticking=True)
    page.route("**/search_index.json", lambda route: route.abort())
    results = searched(page, "authenticat")
    page.wait_for_timeout(300)
    assert results.count() == 0
    page.unroute("**/search_index.json")
    page.keyboard.type("i")
    expect(results.first).to_be_visible()
    expect(page.locator(".md-search__suggest")).not_to_be_empty()


def test_where_the_address_has_an_anchor_the_search_stays_open(sites: Sites, visit: Visit) -> None:
    page = visit(sites("well"), "#now")
    page.locator(".md-search__input").click()
    page.keyboard.type("card", delay=20)
    page.locator(".md-search-result__item:visible").first.wait_for()


def test_a_search_that_an_address_asks_for_is_made(sites: Sites, visit: Visit) -> None:
    expect(visit(sites("well"), "?q=webhooks", ticking=True).locator(RESULTS).first).to_have_text("Webhooks")


def test_the_language_of_the_site_is_loaded_from_where_material_has_it(sites: Sites, visit: Visit) -> None:
    site = sites("german")
    assert '"lang":["de"]' in site.built.text("search/search_index.json")
    expect(searched(visit(site, ticking=True), "Profile").first).to_be_visible()


@pytest.mark.parametrize("name", ["well", "crowded"])
def test_our_links_lie_over_nothing_that_the_header_holds(sites: Sites, visit: Visit, name: str) -> None:
    page = visit(sites(name), width=WIDTHS[0])
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        links, others = (
            boxes(page.locator(which))
            for which in (".mi-nav a", ".md-search__form, .md-header__source, .md-header__option")
        )
        assert links, width
        assert [(link, other) for link in links for other in others if overlap(link, other)] == [], width


@pytest.mark.parametrize("name", ["well", "crowded"])
def test_our_links_do_not_cover_the_name_of_the_site(sites: Sites, visit: Visit, name: str) -> None:
    page = visit(sites(name), width=WIDTHS[0])
    covered = """title => {
        const range = document.createRange(), end = () => range.getBoundingClientRect();
        range.selectNodeContents(title);
        const {right, top, height} = end();
        return document.elementFromPoint(right - 2, top + height / 2).matches('.mi-nav *');
    }"""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert not page.locator(".md-header__topic .md-ellipsis").first.evaluate(covered), width


def boxes(places: Locator) -> list[dict[str, Any]]:
    return [dict(box) for place in places.locator("visible=true").all() if (box := place.bounding_box())]


def overlap(box: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(
        box[at] + 1 < other[at] + other[size] and other[at] + 1 < box[at] + box[size]
        for at, size in (("x", "width"), ("y", "height"))
    )
