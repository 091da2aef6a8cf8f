"""Pages without Material's script and most of its style are as with them, until somebody searches and has both."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import expect

from tests.browser import kinds
from tests.browser.test_search import RESULTS

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Request, Route

    from tests.browser.conftest import Sites, Visit, Walk

BUNDLE = "**/bundle.*.js"
GUIDE = "guide/options/"
SHOWN = """() => {
    const names = [...getComputedStyle(document.body)].filter(name => !name.startsWith('--'));
    return [...document.querySelectorAll('body, .md-header, .md-header *, .mi-nav *, .mi, .mi *')].flatMap(element =>
        ['', '::before', '::after'].map(part => {
            const style = getComputedStyle(element, part || null);
            const shown = !part || style.content !== 'none';
            return `${element.tagName}.${element.getAttribute('class')}${part} `
                + (shown ? names.map(name => style.getPropertyValue(name)).join(';') : '');
        }));
}"""
WITH_ALL_STYLE = """() => {
    const style = document.querySelector('link[data-full]');
    return Promise.all(style.dataset.full.split(' ').reverse().map(href => new Promise(done => {
        style.after(Object.assign(document.createElement('link'), {rel: 'stylesheet', href, onload: done}));
    })));
}"""

LIGHT_AND_DARK: tuple[tuple[Literal["light", "dark"], str], ...] = (("light", "default"), ("dark", "slate"))
ADDED = "link[data-full] ~ link[href*=stylesheets]"


def field(page: Page) -> Locator:
    return page.locator(".md-search__input")


def colours(page: Page) -> list[str | None]:
    return [page.locator("body").get_attribute(f"data-md-color-{name}") for name in ("media", "scheme", "primary")]


def choice(page: Page) -> Locator:
    return page.locator("[data-md-component=palette] label:visible")


def held_back(page: Page) -> list[Route]:
    """The requests for Material's script, which wait until they are continued."""
    held: list[Route] = []
    page.route(BUNDLE, lambda route: held.extend([route]))
    return held


@pytest.mark.parametrize("width", [360, 1280])
def test_a_page_looks_the_same_with_all_of_the_style_of_the_theme(sites: Sites, walk: Walk, width: int) -> None:
    several = (
        kinds.STATUS,
        kinds.INCIDENT,
        kinds.MONTH,
        kinds.COMPONENT,
        kinds.UPTIME,
        kinds.SUBSCRIBE,
        kinds.NOT_FOUND,
    )
    paths = several if width == 1280 else several[:2]
    for path, page in walk(sites("outage"), paths, width=width):
        page.add_style_tag(content="*, *::before, *::after {transition: none !important}")
        for scheme, chosen in LIGHT_AND_DARK:
            page.emulate_media(color_scheme=scheme)
            expect(page.locator("body:not([data-md-color-switching])")).to_have_attribute(
                "data-md-color-scheme", chosen
            )
            before = page.evaluate(SHOWN)
            page.evaluate(WITH_ALL_STYLE)
            page.wait_for_timeout(50)
            assert [row for row in zip(before, page.evaluate(SHOWN), strict=True) if row[0] != row[1]][:3] == [], path
            page.evaluate(
                "document.querySelectorAll('link[data-full] ~ link[href*=stylesheets]').forEach(l => l.remove())"
            )


def test_colours_are_chosen_and_remembered_for_all_pages(sites: Sites, visit: Visit) -> None:
    site = sites("outage")
    page = visit(site)
    assert colours(page) == ["(prefers-color-scheme)", "default", "white"]
    choice(page).click()
    choice(page).click()
    assert colours(page) == ["(prefers-color-scheme: dark)", "slate", "black"]
    bar = page.locator("meta[name=theme-color]")
    assert bar.get_attribute("content") == page.locator(".md-header").evaluate(
        "e => getComputedStyle(e).backgroundColor"
    )
    for path in (GUIDE, kinds.INCIDENT, ""):  # Material's script, and then ours again
        page.goto(site.host.address + path)
        assert colours(page)[1] == "slate", path
        expect(choice(page)).to_have_attribute("title", "Follow the system")
    page.goto(site.host.address + GUIDE)
    choice(page).click()
    page.goto(site.host.address)
    assert colours(page) == ["(prefers-color-scheme)", "default", "white"]


def test_colours_follow_the_system_until_one_is_chosen(sites: Sites, visit: Visit) -> None:
    page = visit(sites("outage"))
    for scheme, shown in reversed(LIGHT_AND_DARK):
        page.emulate_media(color_scheme=scheme)
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", shown)
    choice(page).click()
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(50)
    assert colours(page)[1] == "default"


def test_colours_are_chosen_by_the_keyboard_once_a_key(sites: Sites, visit: Visit) -> None:
    page = visit(sites("outage"), ticking=True)
    for expected in ("light", "dark"):
        page.locator("[data-md-component=palette] input").first.focus()
        page.keyboard.press("Enter")
        assert colours(page)[0] == f"(prefers-color-scheme: {expected})"
        page.keyboard.press("/")  # now Material's script is there, too
        expect(page.locator(".md-search__output .md-search-result__meta")).to_be_visible()
        page.wait_for_function("Boolean(window.document$)")
        page.keyboard.press("Escape")
    expect(page.locator("meta[name=theme-color]")).to_have_count(1)


def test_colours_hold_for_a_page_where_nothing_can_be_stored(sites: Sites, visit: Visit) -> None:
    refuse = "Storage.prototype.setItem = Storage.prototype.getItem = () => { throw new Error('refused'); };"
    page = visit(sites("outage"), may_fail=True, ready=lambda page: page.add_init_script(refuse))
    choice(page).click()
    choice(page).click()
    assert colours(page)[1] == "slate"


@pytest.mark.parametrize(
    ("width", "way", "path"),
    [
        (360, "icon", kinds.STATUS), (360, "icon", kinds.NOT_FOUND), (1280, "field", kinds.COMPONENT),
        (1280, "/", kinds.STATUS), (1280, "s", kinds.STATUS), (1280, "f", kinds.STATUS),
    ],
)  # fmt: skip
def test_what_is_typed_before_the_script_is_there_is_searched(
    sites: Sites, visit: Visit, path: str, width: int, way: str
) -> None:
    page = visit(sites("well"), path, width=width, ticking=True)
    assert page.evaluate("typeof document$") == "undefined"
    held = held_back(page)
    if way == "icon":
        page.locator(".md-header__button[for=__search]").click()
    elif way == "field":
        field(page).click()
    else:
        page.keyboard.press(way)
    expect(page.locator("#__search")).to_be_checked()
    expect(field(page)).to_be_focused()
    page.keyboard.type("card payments failed")
    if held:  # else the script may be there already, and leads to the first result
        page.keyboard.press("Enter")  # which is not the answer to a form
    page.wait_for_timeout(500)
    assert len(held) <= 1  # it is asked for once; or not at all, where the browser has it in memory from another page
    for route in held:
        route.continue_()
    page.unroute(BUNDLE)  # on a busy machine it is asked for later
    expect(page.locator(RESULTS).first).to_have_text("Card payments failed", timeout=30_000)
    expect(field(page)).to_be_focused()
    assert "?" not in page.url
    expect(page.locator(".md-search-result__link").first).to_have_css("display", "block")  # all of the style is there


def test_a_search_is_closed_before_the_script_is_there(sites: Sites, visit: Visit) -> None:
    page = visit(sites("well"), ticking=True)
    held = held_back(page)
    page.keyboard.press("/")
    page.clock.run_for(50)
    page.keyboard.press("Escape")
    expect(page.locator("#__search")).not_to_be_checked()
    expect(field(page)).not_to_be_focused()
    for route in held:
        route.continue_()


def test_a_script_that_did_not_arrive_is_asked_for_again(sites: Sites, visit: Visit) -> None:
    page = visit(sites("well"), ticking=True)
    page.route(BUNDLE, lambda route: route.abort())
    page.keyboard.press("/")
    page.keyboard.type("card payment")
    page.wait_for_timeout(200)
    page.unroute(BUNDLE)
    page.keyboard.type("s")
    expect(page.locator(RESULTS).first).to_contain_text("Card payments")


def test_letters_that_are_typed_elsewhere_do_not_search(sites: Sites, visit: Visit) -> None:
    page = visit(sites("well"))
    asked: list[Request] = []
    page.on("request", lambda request: asked.extend([request]))
    page.evaluate("document.querySelector('.mi').append(document.createElement('textarea'))")
    page.locator("textarea").focus()
    page.keyboard.type("for sure /")
    page.locator("textarea").blur()
    page.keyboard.press("Control+f")
    page.keyboard.press("x")
    page.wait_for_timeout(100)
    assert [request.url for request in asked if "bundle" in request.url] == []
    assert page.locator("textarea").input_value() == "for sure /"


def test_what_the_keyboard_focuses_is_outlined(sites: Sites, visit: Visit) -> None:
    page = visit(sites("well"))
    logo = page.locator(".md-header .md-logo")
    for _ in range(5):
        page.keyboard.press("Tab")
        if logo.evaluate("element => element === document.activeElement"):
            break
    expect(logo).to_have_class(re.compile("focus-visible"))
    expect(logo).not_to_have_css("outline-style", "none")
    page.keyboard.press("Tab")
    expect(logo).not_to_have_class(re.compile("focus-visible"))


def test_folded_parts_open_for_links_into_them_and_on_paper(sites: Sites, visit: Visit) -> None:
    page = visit(sites("eventful"))
    folded = page.locator(".mi details:not([open])")
    number = folded.count()
    assert number
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(folded).to_have_count(0)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(folded).to_have_count(number)
    page.evaluate("document.querySelector('.mi details:not([open]) :not(summary, summary *)').id = 'here'")
    page.evaluate("location.hash = 'here'")
    expect(folded).to_have_count(number - 1)


def test_no_page_reports_an_error(sites: Sites, walk: Walk) -> None:
    errors: list[str] = []

    def note(page: Page) -> None:
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)

    paths = [path for path in kinds.KINDS.values() if path != kinds.NOT_FOUND]
    for _, page in walk(sites("outage"), paths, ready=note):
        page.wait_for_load_state("networkidle")
    assert errors == []


def test_without_scripts_a_page_is_read_and_offers_no_search(sites: Sites, visit: Visit) -> None:
    page = visit(sites("outage"), script=False)
    expect(page.locator("h1").first).to_be_visible()
    expect(page.locator(".mi-nav a").first).to_be_visible()
    expect(page.get_by_text("Bank transfers").first).to_be_visible()
    expect(field(page)).to_be_hidden()
    expect(page.locator(".mi-nav a").nth(1)).to_have_css("text-decoration-line", "none")  # the style is there


def test_news_with_what_needs_more_of_the_style_bring_it_along(sites: Sites, visit: Visit) -> None:
    site = sites("outage")
    page = visit(site, ticking=True)
    main = re.search(r'data-full="(\S*)', site.built.text("index.html"))
    assert main
    newer = re.sub(r'<link rel="stylesheet" href="[^"]*status\.[^>]*>', f'<link rel="stylesheet" href="{main[1]}">',
                   site.built.text("index.html"))  # fmt: skip
    page.route("**/now.json", lambda route: route.fulfill(json={"built_at": "2030-01-01T00:00:00Z"}))
    page.route(site.host.address, lambda route: route.fulfill(body=newer, content_type="text/html"))
    with page.expect_response(re.compile(re.escape(main[1]))):
        page.clock.run_for(61_000)
    page.wait_for_function("""[...document.styleSheets].map(sheet => sheet.href.split('/').at(-1).split('.')[0])
        .join() === 'incidents,status,main'""")
