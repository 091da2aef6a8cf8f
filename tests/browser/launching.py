"""A browser of this machine, as tests and pictures need it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from tests.browser import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium while the context lasts; a process can have one at a time."""
    with sync_playwright() as playwright:
        path = finding.browser(playwright.chromium.executable_path)
        browser = playwright.chromium.launch(executable_path=path, args=list(finding.FLAGS))
        yield browser
        browser.close()
