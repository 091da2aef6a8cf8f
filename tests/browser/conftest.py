"""A real browser, and the sites it visits."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from playwright.sync_api import sync_playwright

from tests.browser import example, finding
from tests.browser.serving import Host, hosted
from tests.makers import at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from playwright.sync_api import Browser, Page

    from tests.sites.building import Built

HERE = Path(__file__).parent


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


class Visit(Protocol):
    """Opens a page as a visitor: on this screen, with this light, with or without script."""

    def __call__(self, site: Site, path: str = "", *, width: int = 1280, dark: bool = False, script: bool = True,
                 now: datetime | None = None, ticking: bool = False, may_fail: bool = False,
                 ready: Callable[[Page], None] | None = None, **context: Any) -> Page: ...  # fmt: skip


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = finding.browser(playwright.chromium.executable_path)
        browser = playwright.chromium.launch(executable_path=path, args=list(finding.FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sites(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Site]]:  # noqa: ARG001  no browser, no sites
    """Sites by name, each built when it is first asked for."""
    made = {
        "several": lambda folder: example.several(folder).build(example.NOON),
        "eventful": lambda folder: example.eventful(folder).build(example.NOON),
        "arabic": lambda folder: example.several(folder, language="ar").build(example.NOON),
    }
    with ExitStack() as open_hosts:

        @cache
        def site(name: str) -> Site:
            folder = tmp_path_factory.mktemp(name)
            now = example.EXAMPLE.get(name, example.NOON)
            built = example.example(folder, now) if name in example.EXAMPLE else made[name](folder)
            return Site(built, at(now), open_hosts.enter_context(hosted(built.folder)))

        yield site


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """Opens pages at the instant at which their site was built, unless a test says when; no script on them may fail."""
    failed: list[str] = []
    with ExitStack() as opened:

        def open_page(site: Site, path: str = "", *, width: int = 1280, dark: bool = False, script: bool = True,
                      now: datetime | None = None, ticking: bool = False, may_fail: bool = False,
                      ready: Callable[[Page], None] | None = None, **context: Any) -> Page:  # fmt: skip
            settings = {"timezone_id": "Africa/Lagos", "reduced_motion": "reduce"} | context
            page = opened.enter_context(
                chromium.new_context(
                    viewport={"width": width, "height": 800},
                    color_scheme="dark" if dark else "light",
                    java_script_enabled=script,
                    **settings,
                )
            ).new_page()
            if script:
                (page.clock.install if ticking else page.clock.set_fixed_time)(time=now or site.now)
            if not may_fail:
                page.on("pageerror", lambda error: failed.append(f"{path}: {error}"))
            if ready:
                ready(page)
            page.goto(site.host.address + path)
            return page

        yield open_page
    assert failed == []
