"""A real browser, and the sites it visits."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, TypedDict, Unpack

import pytest
from playwright.sync_api import Error

from tests.browser import example
from tests.browser.serving import Host, hosted
from tests.makers import at
from tests.sites.building import Built
from tests.sites.sharing import built_once, templates_compiled_once

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from playwright.sync_api import Browser, BrowserContext, Page

HERE = Path(__file__).parent
LAGOS = "Africa/Lagos"
PLAIN_FILE = "assets/incidents/incidents.css"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Site:
    """A site that is online."""

    built: Built
    now: datetime
    host: Host


class Sites(Protocol):
    """Sites by name, each built when it is first asked for."""

    def __call__(self, name: str, /) -> Site: ...


class How(TypedDict, total=False):
    """The visitor: on this screen, in this light, with or without script, here or elsewhere."""

    width: int
    dark: bool
    script: bool
    timezone_id: str
    forced_colors: Literal["active", "none"]
    permissions: list[str]
    now: datetime
    """The visitor's clock; by default that of the build."""
    ticking: bool
    """Whether the test moves that clock on."""
    may_fail: bool
    """Whether a script of the page may fail: where a test takes something away that Material's own needs."""
    fresh: bool
    """Whether nothing is in the cache yet."""
    ready: Callable[[Page], object]
    """What happens before the page is opened."""


class Profiles(Protocol):
    """Profiles of the browser by what no page of one can change: script, zone, kind of clock, permissions."""

    def __call__(self, site: Site, how: How, /) -> BrowserContext: ...


class Visit(Protocol):
    """Opens a page of a site. No script on it may fail, and it may ask nothing of others."""

    def __call__(self, site: Site, path: str = "", /, **how: Unpack[How]) -> Page: ...


class Walk(Protocol):
    """Opens one page of a site after another in one tab: to open a tab takes longer than to load a page."""

    def __call__(self, site: Site, paths: Iterable[str], /, **how: Unpack[How]) -> Iterator[tuple[str, Page]]: ...


@pytest.fixture(scope="session")
def sites(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    assert chromium.is_connected()
    made = {
        "several": lambda folder: example.several(folder).build(example.NOON),
        "eventful": lambda folder: example.eventful(folder).build(example.NOON),
        "arabic": lambda folder: example.several(folder, language="ar").build(example.NOON),
        "german": lambda folder: example.several(folder, language="de").build(example.NOON),
        "crowded": lambda folder: example.crowded(folder).build(example.NOON),
    }
    with ExitStack() as opened:
        opened.enter_context(templates_compiled_once())

        @cache
        def site(name: str) -> Site:
            now = example.EXAMPLE.get(name, example.NOON)

            def build(folder: Path) -> Path:
                return (example.example(folder, now) if name in example.EXAMPLE else made[name](folder)).folder

            folder = built_once(name, build, tmp_path_factory)
            return Site(Built(folder), at(now), opened.enter_context(hosted(folder)))

        yield site


@pytest.fixture(scope="session")
def profiles(chromium: Browser) -> Profiles:
    """Each profile has a tab that stays open, on a plain file: it keeps the process alive that draws its pages.

    To start that process takes twice as long as to open a page in it. Pages share nothing else but the cache, unless
    a test asks for a fresh profile: what they store is removed, and what a test listens to or holds back ends with its
    page.
    """
    kept: dict[tuple[object, ...], BrowserContext] = {}

    def profile(site: Site, how: How) -> BrowserContext:
        script, zone, permissions = how.get("script", True), how.get("timezone_id", LAGOS), how.get("permissions", [])
        key = (script, zone, how.get("ticking", False), *permissions)
        if key not in kept or how.get("fresh"):
            kept[key] = chromium.new_context(
                java_script_enabled=script, timezone_id=zone, permissions=permissions, reduced_motion="reduce"
            )
            kept[key].new_page().goto(site.host.address + PLAIN_FILE)
        return kept[key]

    return profile


def forget_stored(page: Page) -> None:
    with suppress(Error):  # a page that could not be loaded has stored nothing
        page.evaluate("localStorage.clear(), sessionStorage.clear()")


@pytest.fixture
def visit(profiles: Profiles) -> Iterator[Visit]:
    failed: list[str] = []
    strange: list[str] = []
    with ExitStack() as opened:

        def open_page(site: Site, path: str = "", /, **how: Unpack[How]) -> Page:
            page = opened.enter_context(profiles(site, how).new_page())
            opened.callback(forget_stored, page)
            page.set_viewport_size({"width": how.get("width", 1280), "height": 800})
            page.emulate_media(
                color_scheme="dark" if how.get("dark") else "light", forced_colors=how.get("forced_colors", "none")
            )
            if how.get("script", True):
                now = how.get("now", site.now)
                page.clock.install(time=now) if how.get("ticking") else page.clock.set_fixed_time(now)
            if not how.get("may_fail"):
                page.on("pageerror", lambda error: failed.append(f"{page.url}: {error}"))
            page.on(
                "request", lambda request: None if request.url.startswith(known(site)) else strange.append(request.url)
            )
            if "ready" in how:
                how["ready"](page)
            page.goto(site.host.address + path)
            return page

        yield open_page
    assert failed == []
    assert strange == []


@pytest.fixture
def walk(visit: Visit) -> Walk:
    def pages(site: Site, paths: Iterable[str], /, **how: Unpack[How]) -> Iterator[tuple[str, Page]]:
        page: Page | None = None
        for path in paths:
            if page is None:
                page = visit(site, path, **how)
            else:
                page.goto(site.host.address + path)
            yield path, page

    return pages


def known(site: Site) -> tuple[str, ...]:
    """Where a page may ask: at its own host, by the address it has here."""
    return site.host.address, "data:", "blob:"
