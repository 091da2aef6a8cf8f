"""What a page loads, seen in a real browser."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from playwright.sync_api import sync_playwright

from tests.browser.serving import hosted

if TYPE_CHECKING:
    from playwright.sync_api import Request

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def loaded_by(site: Path) -> dict[str, int] | None:
    """The files that the first page of a built site loads until it rests, with their sizes compressed by gzip.

    `None` where there is no browser.
    """
    with sync_playwright() as playwright, hosted(site) as host:
        path = next(filter(None, map(shutil.which, NAMES)), playwright.chromium.executable_path)
        if not Path(path).is_file():
            return None
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        requests: list[Request] = []
        page = browser.new_page()
        page.on("request", lambda request: requests.extend([request]))
        page.goto(host.address, wait_until="networkidle")
        browser.close()
    names = {unquote(urlsplit(request.url).path).lstrip("/") or "index.html" for request in requests}
    return {name: len(gzip.compress((site / name).read_bytes(), 9, mtime=0)) for name in names}
