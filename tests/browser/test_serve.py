"""`mkdocs serve` with a browser open beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.sites.building import Site, front
from tests.sites.test_serve import INCIDENT, PAGE, PATIENCE, serving, wait_for

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser


def test_a_page_that_is_open_shows_what_is_wrong_and_comes_back(tmp_path: Path, chromium: Browser) -> None:
    site = Site(tmp_path)
    site.write(INCIDENT, front(titel="typo"))
    with serving(site) as served, chromium.new_context() as context:
        wait_for(lambda: served.shows("titel"))
        page = context.new_page()
        page.goto(served.address + PAGE)
        for right, wrong in (("First", "status"), ("Second", "severity")):
            site.write(INCIDENT, front(title=right))
            page.get_by_role("heading", name=right, level=1).wait_for(timeout=1000 * PATIENCE)
            site.write(INCIDENT, front(**{wrong: "x"}))
            page.get_by_text(f"'{wrong}' is not a key").wait_for(timeout=1000 * PATIENCE)
