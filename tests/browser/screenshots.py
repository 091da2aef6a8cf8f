"""Draws the pictures of the README anew: `make screenshots`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.browser import example, kinds
from tests.browser.launching import chromium
from tests.browser.serving import hosted
from tests.makers import at

ASSETS = example.ROOT / "docs" / "assets"
SEED = "incidents/2023-06-11-authentication-outage/"
# name, when, where, width and height of the screen, dark
PICTURES = (
    ("status-outage", example.OUTAGE, kinds.STATUS, (1120, 900), False),
    ("status-outage-phone", example.OUTAGE, kinds.STATUS, (360, 780), True),
    ("incident", example.WELL, SEED, (1120, 880), False),
)


def main() -> None:
    """Build the example site as of each instant, and look at it."""
    with chromium() as browser, tempfile.TemporaryDirectory() as folder:
        for name, now, page_path, (width, height), dark in PICTURES:
            site = Path(folder) / now.replace(":", "-")
            if not site.exists():
                example.example(site, now)
            with hosted(site) as host:
                screen = browser.new_page(
                    viewport={"width": width, "height": height},
                    color_scheme="dark" if dark else "light",
                    timezone_id="Africa/Lagos",
                )
                screen.clock.set_fixed_time(at(now))
                screen.goto(host.address + page_path, wait_until="networkidle")
                screen.screenshot(path=ASSETS / f"{name}.png")


if __name__ == "__main__":
    main()
