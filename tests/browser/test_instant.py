"""With Material's instant navigation, which changes pages without loading them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import example
from tests.browser.conftest import Site
from tests.browser.serving import hosted
from tests.makers import at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page, Route

    from tests.browser.conftest import Visit

FEATURES = ["navigation.instant", "navigation.instant.prefetch", "navigation.instant.progress"]
HERE = "where you are"
MINUTE = 60_000


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site at the very address it was built for: Material looks into its sitemap."""
    folder = tmp_path_factory.mktemp("instant")
    (folder / "site").mkdir()
    with hosted(folder / "site") as host:
        source = example.several(folder, features=FEATURES)
        source.settings["site_url"] = host.address
        source.write("docs/about.md", "# About us\n")
        yield Site(source.build(example.NOON), at(example.NOON), host)


def opened(visit: Visit, site: Site, path: str = "") -> Page:
    """A page whose reader lives elsewhere. It forgets it was opened once it is loaded anew."""
    page = visit(site, path, timezone_id="Asia/Tokyo", ticking=True)
    page.evaluate("window.opened = true")
    page.wait_for_load_state("networkidle")
    return page


def follow(page: Page, text: str, within: str = "body") -> None:
    page.locator(f"{within} a", has_text=text).locator("visible=true").first.click()


def shows(page: Page, heading: str) -> None:
    """The page has arrived, without having been loaded, and a script shows its times on the reader's clock."""
    expect(page.locator("h1").first).to_contain_text(heading)
    expect(page.get_by_text(HERE).first).to_be_visible()
    assert page.evaluate("window.opened")
    styles = page.locator("link[rel=stylesheet]").evaluate_all("all => all.map(element => element.href)")
    assert [number for number, style in enumerate(styles) if style.endswith("/incidents.css")] == [0]


@pytest.mark.parametrize("first", ["history/", "about/"])
def test_every_link_shows_the_page_it_leads_to(visit: Visit, site: Site, first: str) -> None:
    page = opened(visit, site, first)
    follow(page, "Status", ".mi-nav" if first == "history/" else ".md-nav")
    shows(page, "2 incidents")
    follow(page, "Orders cannot be placed")
    shows(page, "Orders cannot be placed")
    page.go_back()
    shows(page, "2 incidents")
    expect(page.locator("[data-since]").first).to_contain_text("so far")
    follow(page, "Uptime", ".mi-nav")
    shows(page, "Uptime")
    follow(page, "Profile", ".mi")
    shows(page, "Profile")
    page.go_back()
    shows(page, "Uptime")


def test_a_day_drawn_in_a_bar_leads_to_what_happened(visit: Visit, site: Site) -> None:
    page = opened(visit, site, "history/")
    follow(page, "Help centre", ".mi")
    shows(page, "Help centre")
    page.locator(".bars svg a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1").first).not_to_have_text("Help centre")


def test_filters_hide_and_show(visit: Visit, site: Site) -> None:
    page = opened(visit, site, "history/")
    follow(page, "June 2026", ".mi")
    shows(page, "June 2026")
    rows = page.locator(".days .item").locator("visible=true")
    everything = rows.count()
    follow(page, "Maintenance", ".filters")
    expect(rows).to_have_count(1)
    page.locator(".filters .all").click()
    expect(rows).to_have_count(everything)


def test_one_minute_asks_once_for_news_however_many_pages_were_read(visit: Visit, site: Site) -> None:
    page = opened(visit, site)
    for text in ("History", "Status", "Uptime", "Status"):
        follow(page, text, ".mi-nav")
        expect(page.locator(".mi-nav [aria-current]")).to_have_text(text)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("now.json") else None)
    page.clock.run_for(MINUTE + 1000)
    page.wait_for_timeout(300)
    assert len(asked) == 1


def test_news_that_arrive_late_do_not_take_the_place_of_another_page(visit: Visit, site: Site) -> None:
    page = opened(visit, site)
    held: list[Route] = []
    page.route("**/now.json", lambda route: route.fulfill(json={"built_at": "2030-01-01T00:00:00Z"}))
    page.route(
        site.host.address,
        lambda route: held.append(route) if route.request.resource_type == "fetch" else route.continue_(),
    )
    page.clock.run_for(MINUTE + 1000)
    page.wait_for_timeout(300)
    assert held
    follow(page, "History", ".mi-nav")
    shows(page, "History")
    title = page.title()
    for route in held:
        route.fulfill(body=site.built.text("index.html").replace("<title>", "<title>Late news: "))
    page.wait_for_timeout(300)
    assert page.title() == title
    assert page.locator("h1").first.inner_text() == "History"


def test_the_search_of_the_page_opened_first_goes_on(visit: Visit, site: Site) -> None:
    page = opened(visit, site)
    follow(page, "Uptime", ".mi-nav")
    shows(page, "Uptime")
    page.wait_for_timeout(300)  # until then Material closes the search of the page before
    page.keyboard.press("/")
    page.keyboard.type("profile")
    page.locator(".md-search-result__item a").first.click()
    expect(page.locator("h1").first).to_contain_text("Profile")
    assert page.evaluate("window.opened")
