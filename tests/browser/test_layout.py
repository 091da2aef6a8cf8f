"""On every screen, in every direction, on paper, and where half of the page never arrives."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.browser import kinds
from tests.browser.reading import overflowing

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, Route

    from tests.browser.conftest import Sites, Visit, Walk

UNFOLD = "document.querySelectorAll('details').forEach(details => details.open = true)"
SHIFTS = """() => new Promise(resolve => {
    const shifts = [];
    new PerformanceObserver(list => shifts.push(...list.getEntries())).observe({type: 'layout-shift', buffered: true});
    const ours = node => !node?.parentElement?.closest('.md-header');
    const nodes = shift => shift.sources.map(by => by.node).filter(ours).map(node => node?.outerHTML?.slice(0, 90));
    setTimeout(() => resolve(shifts.flatMap(nodes)), 400);
})"""
# Text that is not on the screen, though nobody folded it away and it is not for screen readers only.
UNSEEN = """() => {
    const texts = document.createTreeWalker(document.querySelector('.mi'), NodeFilter.SHOW_TEXT), unseen = [];
    for (let text; text = texts.nextNode();) {
        const around = text.parentElement;
        const apart = '.vh, svg, details:not([open]) > :not(summary), .d30, .d60, .d90';
        if (!text.data.trim() || around.closest(apart)) continue;
        const style = getComputedStyle(around), box = around.getBoundingClientRect();
        if (!around.checkVisibility({opacityProperty: true, visibilityProperty: true})
            || style.color === 'rgba(0, 0, 0, 0)' || box.width < 2) unseen.push(text.data.trim());
    }
    return unseen;
}"""


def test_no_page_scrolls_sideways_on_the_smallest_screen(sites: Sites, walk: Walk) -> None:
    for path, page in walk(sites("well"), kinds.KINDS.values(), width=320):
        assert overflowing(page) == [], path
        page.evaluate(UNFOLD)
        assert overflowing(page) == [], path


@pytest.mark.parametrize("name", ["outage", "maintenance", "several", "eventful"])
def test_no_status_scrolls_sideways(sites: Sites, visit: Visit, name: str) -> None:
    page = visit(sites(name), width=320)
    page.evaluate(UNFOLD)
    assert overflowing(page) == []
    page.set_viewport_size({"width": 768, "height": 800})
    assert overflowing(page) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_a_page_from_right_to_left_mirrors_all_but_time(sites: Sites, visit: Visit, width: int) -> None:
    page = visit(sites("arabic"), width=width)
    page.evaluate(UNFOLD)
    assert overflowing(page) == []
    name, figure = (page.locator(f".svc {part}").first.bounding_box() for part in (".name", ".up"))
    assert name
    assert figure
    assert name["x"] > figure["x"]
    turned = page.locator(".bars svg:visible").first.evaluate("element => getComputedStyle(element).transform")
    direction = page.locator(".bars").first.evaluate("element => getComputedStyle(element).direction")
    assert (turned, direction) == ("none", "ltr"), "time goes as in the drawings of incidents, which have labels"


def test_a_time_is_read_from_left_to_right_on_a_page_from_right_to_left(sites: Sites, visit: Visit) -> None:
    page = visit(sites("arabic"), "incidents/2026-06-15-orders/")
    clock, zone = page.locator(".updates time").first.evaluate(
        """element => {
            const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode();
            return [/\\d+:\\d+/, /[A-Z]{3,}/].map((part) => {
                const { 0: found, index } = part.exec(text.data), range = document.createRange();
                range.setStart(text, index);
                range.setEnd(text, index + found.length);
                return range.getBoundingClientRect().x;
            });
        }"""
    )
    assert clock < zone


def test_a_message_keeps_its_own_direction(sites: Sites, visit: Visit) -> None:
    """Its full stop is behind its last word, not before the first."""
    page = visit(sites("arabic"), "incidents/2026-06-15-orders/")
    first, last = page.locator(".updates .voice p").first.evaluate(
        """element => {
            const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode();
            return [0, text.data.lastIndexOf(".")].map((index) => {
                const range = document.createRange();
                range.setStart(text, index);
                range.setEnd(text, index + 1);
                return range.getBoundingClientRect().x;
            });
        }"""
    )
    assert first < last


@pytest.mark.parametrize("by", ["style", "script"])
def test_the_link_of_the_page_is_in_sight_where_the_row_is_longer_than_the_screen(
    sites: Sites, visit: Visit, by: str
) -> None:
    """By the style alone where the browser knows `scroll-initial-target`, else by the script."""

    def ready(page: Page) -> None:
        if by == "script":
            page.route("**/*.css", without_initial_target)

    page = visit(sites("well"), "subscribe/", width=320, script=by == "script", ready=ready)
    row = page.locator(".mi-nav .md-grid")
    assert row.evaluate("element => element.scrollWidth > element.clientWidth")
    box = page.locator(".mi-nav [aria-current]").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320


def without_initial_target(route: Route) -> None:
    style = route.fetch().text().replace("scroll-initial-target", "none")
    route.fulfill(body=style, content_type="text/css")


def test_every_figure_of_a_component_is_in_sight_on_a_telephone(sites: Sites, visit: Visit) -> None:
    page = visit(sites("well"), "components/card-payments/", width=320)
    assert page.locator("[aria-labelledby=months] table").last.evaluate("element => element.scrollWidth") <= 320 - 32
    assert page.locator("#ninety").inner_text() == "Last 30 days"


def test_every_section_has_a_name(sites: Sites, walk: Walk) -> None:
    without_heading = "incidents/2025-09-01-ussd-payments-end/"
    for path, page in walk(sites("well"), [*kinds.KINDS.values(), without_heading]):
        unnamed = page.locator(".mi section:not([aria-label]):not(:has(h1,h2))")
        assert unnamed.count() == 0, path


def test_the_notice_of_an_old_page_lies_on_no_text_of_a_printed_one(sites: Sites, visit: Visit) -> None:
    page = visit(sites("well"))
    page.locator(".mi").first.evaluate("element => element.insertAdjacentHTML('beforeend', '<p class=stale>Old</p>')")
    position = "element => getComputedStyle(element).position"
    assert page.locator(".stale").first.evaluate(position) == "fixed"
    page.emulate_media(media="print")
    assert page.locator(".stale").first.evaluate(position) == "static"


def test_drawings_keep_their_labels_on_the_screen_from_right_to_left(sites: Sites, visit: Visit) -> None:
    page = visit(sites("arabic"), "incidents/2026-06-15-orders/", width=320)
    boxes = [text.bounding_box() for text in page.locator(".draw text").all()]
    assert boxes
    assert [box for box in boxes if not box or box["x"] < 0 or box["x"] + box["width"] > 320] == []


TIMELINES = (
    "2023-06-11-authentication-outage",
    "2024-02-27-identity-checks-stood-still",
    "2026-09-24-bank-transfers-late",
    "2026-10-14-card-payments-failed",
)


def test_a_drawn_timeline_keeps_its_labels_on_a_telephone(sites: Sites, walk: Walk) -> None:
    for path, page in walk(sites("well"), (f"incidents/{incident}/" for incident in TIMELINES), width=360):
        labels = [(text.bounding_box(), text.text_content()) for text in page.locator(".tl .draw text").all()]
        assert labels, path
        outside = [content for box, content in labels if not box or box["x"] < 0 or box["x"] + box["width"] > 360]
        assert outside == [], path
        rows = sorted(box["y"] for box, _ in labels if box and box["x"] > 100)
        assert all(below - above >= 20 for above, below in pairwise(rows)), f"{path}: no row lies over another"


HEADER = 48
"""The height of Material's header, in CSS pixels."""


def test_the_links_lie_beside_the_site_s_name_if_they_fit_there_and_else_below(sites: Sites, visit: Visit) -> None:
    page = visit(sites("well"), width=1440)
    name = page.locator(".md-header__title .md-ellipsis").first
    grid, link, nav = page.locator(".mi-nav .md-grid"), page.locator(".mi-nav a").first, page.locator(".mi-nav")
    for text, fits in (("Up", True), ("The status of all services of our company, all over the world", False)):
        name.evaluate("(element, text) => element.textContent = text", text)
        grid.evaluate("(element, text) => element.dataset.name = text", text)
        first, row = link.bounding_box(), nav.bounding_box()
        assert first
        assert row
        assert (first["y"] < HEADER) is fits
        assert row["height"] == HEADER * (1 if fits else 2)


def test_the_site_s_name_and_the_links_of_the_plugin_do_not_overlap(sites: Sites, visit: Visit) -> None:
    page = visit(sites("well"))
    for width in (1220, 1280, 1440, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        name = page.locator(".md-header__title .md-ellipsis").first.evaluate(
            "element => { const range = document.createRange(); range.selectNodeContents(element);"
            " return range.getBoundingClientRect().right }"
        )
        first = page.locator(".mi-nav a").first.bounding_box()
        assert first, width
        beside, below = name <= first["x"] + 1, first["y"] >= HEADER
        assert beside or below, width


def test_a_kept_promise_stands_beside_its_icon(sites: Sites, visit: Visit) -> None:
    page = visit(sites("well"), "incidents/2024-02-27-identity-checks-stood-still/", width=360)
    icon, text = (page.locator(f".promise.kept > {part}").first.bounding_box() for part in (".i", "div"))
    assert icon
    assert text
    assert text["x"] > icon["x"]
    assert text["width"] > 250


def test_the_days_of_a_component_stay_within_their_margins(sites: Sites, visit: Visit) -> None:
    page = visit(sites("well"), kinds.COMPONENT, width=360)
    assert page.locator(".alone .bars").evaluate("element => getComputedStyle(element).display") == "block"


def test_planned_work_does_not_count_as_affected_by_incidents(sites: Sites, visit: Visit) -> None:
    heading = visit(sites("several")).locator("h1").first.inner_text()
    assert heading.startswith("2 incidents, 3 of ")


def test_while_another_incident_is_open_no_page_says_that_all_else_is_well(sites: Sites, visit: Visit) -> None:
    facts = visit(sites("several"), "incidents/2026-06-15-orders/").locator(".facts").first.inner_text()
    assert "affected" in facts
    assert "no problem" not in facts


@pytest.mark.parametrize("name", ["well", "outage"])
def test_nothing_moves_once_it_is_painted(sites: Sites, visit: Visit, name: str) -> None:
    """A busy machine may paint a row before all of it has arrived; what a style or a script moves, moves each time."""
    for width in (360, 1280):
        assert any(visit(sites(name), width=width).evaluate(SHIFTS) == [] for _ in range(4))


@pytest.mark.parametrize(
    ("name", "paths"), [("outage", set(kinds.KINDS.values()) - {kinds.INCIDENT}), ("well", {kinds.INCIDENT})]
)
def test_every_word_is_there_without_script(sites: Sites, walk: Walk, name: str, paths: set[str]) -> None:
    pages = walk(sites(name), sorted(paths), script=False)
    assert {path: unseen for path, page in pages if (unseen := page.evaluate(UNSEEN))} == {}


def test_our_style_sheet_alone_draws_the_first_screen(sites: Sites, visit: Visit) -> None:
    page = visit(sites("outage"), width=360, script=False, ready=without("**/assets/stylesheets/**"))
    banner, heading = page.locator(".now").bounding_box(), page.locator("h1").bounding_box()
    assert banner
    assert heading
    assert heading["y"] < 500
    assert banner["width"] == 360
    assert page.locator(".now").evaluate("element => getComputedStyle(element).backgroundColor") == "rgb(253, 239, 228)"
    assert page.locator("h1").evaluate("element => getComputedStyle(element).fontFamily").startswith("ui-serif")
    assert overflowing(page) == []


def test_the_page_reads_in_order_without_any_style_or_script(sites: Sites, visit: Visit) -> None:
    page = visit(sites("outage"), width=360, script=False, ready=without("**/*.css"))
    shown = page.locator(".mi").first.inner_text()
    order = ["Partial outage", "Card payments failed", "Identified", "are affected", "Next update by", "Services",
             "Planned work", "Last 14 days", "One link or line"]  # fmt: skip
    places = [shown.index(text) for text in order]
    assert places == sorted(places)
    assert page.evaluate("[...document.querySelectorAll('.mi svg')].every(element => element.clientHeight <= 28)")


def test_on_paper_there_is_the_report_and_nothing_to_click(sites: Sites, visit: Visit) -> None:
    page = visit(sites("well"), kinds.INCIDENT, dark=True)
    page.emulate_media(media="print")
    for gone in (".mi-nav", ".md-header", ".mi .row-links"):
        assert not any(element.is_visible() for element in page.locator(gone).all()), gone
    assert page.locator(".updates .voice").first.is_visible()
    assert page.locator("h1").evaluate("element => getComputedStyle(element).color") == "rgb(27, 30, 37)"


@pytest.mark.parametrize("only", ["outage", "maintenance"])
def test_a_month_shows_one_kind_only_where_asked_even_without_script(sites: Sites, visit: Visit, only: str) -> None:
    page = visit(sites("well"), kinds.MONTH, script=False)
    items = page.locator(".days .item")
    everything = items.locator("visible=true").count()
    page.locator(f".filters [href='#only-{only}']").click()
    left = items.locator("visible=true")
    assert 0 < left.count() < everything
    assert left.count() == page.locator(f".days .item.{only}").count()
    page.locator(".filters .all").click()
    assert items.locator("visible=true").count() == everything


@pytest.mark.parametrize(("width", "only"), [(1280, "kept"), (360, "open")])
def test_promises_of_one_state_stand_below_their_counts_without_empty_years(
    sites: Sites, visit: Visit, width: int, only: str
) -> None:
    page = visit(sites("well"), "promises/", width=width, script=False)
    rows, chosen = page.locator(".promise"), page.locator(f"#only-{only}")
    everything = rows.count()
    chosen.click()
    assert 0 < rows.locator("visible=true").count() == page.locator(f".promise.{only}").count() < everything
    for year in page.locator(".year").locator("visible=true").all():
        assert year.locator(".promise").locator("visible=true").count()
    assert chosen.evaluate("element => getComputedStyle(element).fontWeight") == "650"
    counts, header = page.locator(".sum").bounding_box(), page.locator(".md-header").bounding_box()
    assert counts
    assert header
    assert counts["y"] >= header["y"] + header["height"]
    page.locator(".sum .all").click()
    assert rows.locator("visible=true").count() == everything


def test_who_signs_an_apology_speaks_lower_than_the_apology(sites: Sites, visit: Visit) -> None:
    page = visit(sites("well"), kinds.INCIDENT)
    apology, signed = (
        page.locator(f".apology .voice > p:{which}-child").evaluate(
            "text => parseFloat(getComputedStyle(text).fontSize)"
        )
        for which in ("first", "last")
    )
    assert signed < apology
    assert page.locator(".apology .small a").get_attribute("href") == "#apology"


def test_every_kind_of_page_is_looked_at(sites: Sites) -> None:
    addresses = {path.removesuffix("index.html") for path in sites("well").built.pages}
    shapes = {kinds.shape(address) for address in addresses} - {"404.html", "embed.html", "guide/"}
    assert shapes <= {kinds.shape(path) for path in kinds.KINDS.values()}, "add the new kind to tests/browser/kinds.py"


def without(pattern: str) -> Callable[[Page], object]:
    """A network on which some files never arrive."""
    return lambda page: page.route(pattern, lambda route: route.abort())
