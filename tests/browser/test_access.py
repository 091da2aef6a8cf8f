"""For everybody: screen readers, keyboards, poor eyes, other colours."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser import kinds
from tests.browser.reading import stops, tab_through
from tests.browser.serving import hosted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.browser.conftest import Site, Sites, Visit, Walk
    from tests.sites.outline import Outline

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_THE_THEME = (".md-header", ".md-search", ".task-list-control")
"""What Material draws: its header, and the boxes of a task list in an author's Markdown."""
WIDE, NARROW = 1280, 360


class Look(NamedTuple):
    """A site as somebody sees it."""

    site: str
    width: int
    dark: bool


OFTEN_READ = (kinds.INCIDENT, kinds.MONTH, kinds.COMPONENT, kinds.UPTIME, kinds.SUBSCRIBE, "promises/", "postmortems/")
SEEN = {
    Look("well", WIDE, dark=False): tuple(kinds.KINDS.values()),
    Look("well", NARROW, dark=True): OFTEN_READ,
    Look("outage", WIDE, dark=False): (kinds.STATUS, kinds.INCIDENT),
    Look("outage", WIDE, dark=True): (kinds.STATUS, kinds.COMPONENT),
    Look("outage", NARROW, dark=False): (kinds.STATUS,),
    Look("outage", NARROW, dark=True): (kinds.STATUS, kinds.INCIDENT),
    Look("maintenance", WIDE, dark=False): (kinds.STATUS, kinds.MAINTENANCE),
    Look("maintenance", NARROW, dark=True): (kinds.STATUS, kinds.MAINTENANCE),
    Look("several", WIDE, dark=False): (kinds.STATUS,),
    Look("several", NARROW, dark=True): (kinds.STATUS,),
    Look("arabic", NARROW, dark=False): (kinds.STATUS,),
}


def our_pages(site: Site) -> Iterator[tuple[str, Outline]]:
    """Every page of a site that a template of ours draws."""
    for path in site.built.pages:
        if not path.startswith("guide/") and path != "embed.html":
            yield path, site.built.page(path)


def violations(page: Page) -> list[str]:
    """What axe-core has against the page, Material's own parts aside.

    It need not load style sheets and media a second time: none of these rules reads the former, no page has the latter.
    """
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"], "preload": False}).response
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
        if not any(part in str(node["target"][0]) for part in OF_THE_THEME)
    ]


@pytest.mark.parametrize(("look", "paths"), SEEN.items(), ids=["-".join(map(str, look)) for look in SEEN])
def test_nothing_keeps_anybody_out(sites: Sites, walk: Walk, look: Look, paths: tuple[str, ...]) -> None:
    pages = walk(sites(look.site), paths, width=look.width, dark=look.dark)
    assert {path: found for path, page in pages if (found := violations(page))} == {}


@pytest.mark.parametrize("path", [kinds.STATUS, kinds.INCIDENT, kinds.UPTIME])
def test_nothing_keeps_anybody_out_who_has_no_script(sites: Sites, visit: Visit, path: str) -> None:
    with hosted(sites("outage").built.folder, Content_Security_Policy="script-src 'none'") as host:
        page = visit(replace(sites("outage"), host=host), path)  # not `script=False`: axe itself is one
        assert page.locator("html.no-js").count() == 1
        assert violations(page) == []


def test_nothing_keeps_anybody_out_where_everything_is_unfolded(sites: Sites, visit: Visit) -> None:
    page = visit(sites("outage"), width=NARROW)
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    assert violations(page) == []


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_keyboard_reaches_everything_in_the_order_of_the_page(sites: Sites, visit: Visit, width: int) -> None:
    page = visit(sites("outage"), width=width)
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    owed = stops(page)
    visited = tab_through(page, len(owed) + 12)[: len(owed)]  # then it begins again
    assert [here["stop"] for here in visited] == list(range(len(owed)))
    assert [here["what"] for here in visited if not here["seen"]] == []
    assert [here["what"] for here in visited if not here["on_screen"]] == []


def test_the_keyboard_stops_at_no_day_that_is_not_drawn(sites: Sites, visit: Visit) -> None:
    days = ".bars a"
    page = visit(sites("eventful"), width=NARROW)
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    assert 0 < page.locator(days).locator("visible=true").count() < page.locator(days).count()


def test_the_first_stop_of_the_keyboard_leads_past_the_header(sites: Sites, visit: Visit) -> None:
    page = visit(sites("outage"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#now$"))


def test_headings_make_an_outline(sites: Sites) -> None:
    for path, page in our_pages(sites("well")):
        levels = [int(element.tag[1]) for element in page.walk() if re.fullmatch("h[1-6]", element.tag)]
        assert levels[0] == 1, path
        assert levels.count(1) == 1, path
        assert all(below - above <= 1 for above, below in pairwise(levels)), (path, levels)


def test_every_section_is_a_landmark_with_a_name_of_its_own(sites: Sites) -> None:
    for path, page in our_pages(sites("well")):
        assert len(page.all("main")) == 1, path
        texts = {element.attributes["id"]: element.text for element in page.walk() if "id" in element.attributes}
        sections = [element.attributes for element in page.all("section") if element.all("h2")]
        names = [element.get("aria-label") or texts[element["aria-labelledby"]] for element in sections]
        assert all(names), path
        assert len(set(names)) == len(names), (path, names)


def test_marks_differ_in_height_where_the_reader_chose_the_colours(sites: Sites, visit: Visit) -> None:
    page = visit(sites("eventful"), forced_colors="active")
    drawn = page.evaluate("""() => ['dg', 'pt', 'mj', 'mt'].map(id => {
        const shape = document.querySelector(`#${id} [class^=mi-]`), style = getComputedStyle(shape);
        return [Number(shape.getAttribute('height')), style.fill + style.stroke];
    })""")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert len({height for height, _ in drawn}) == 4
    assert all(colours.replace(paper, "") not in ("", "none") for _, colours in drawn)
    icon = page.evaluate("getComputedStyle(document.querySelector('.mi .state .i')).fill")
    assert icon != paper
