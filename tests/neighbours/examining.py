"""What is wrong with the site that has a neighbour: its warnings, our pages and files, the browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.neighbours.browsing import PAGES, reported
from tests.neighbours.building import build
from tests.neighbours.comparing import differences, ours

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.neighbours.building import Build, References
    from tests.neighbours.environments import Environment
    from tests.neighbours.neighbour import Neighbour, Order


def examined(
    environment: Environment, neighbour: Neighbour, order: Order, folder: Path, references: References
) -> tuple[Build, list[str]]:
    """The site with a neighbour, built into a folder, and the faults that can be seen without a browser."""
    built = build(environment, neighbour, order, folder, neighbour)
    plain = references.plain(environment, neighbour)
    if failure := built.failure or plain.failure:
        return built, [failure]
    absent = references.absent(environment)
    paths = ours(references.plain(environment).files, absent.files.keys())
    return built, [
        *_warnings(built, environment, neighbour, references),
        *differences([path for path in paths if path in plain.files], plain.files, built.files, neighbour.changes),
    ]


def seen_in_browser(browser: Browser, built: Build, neighbour: Neighbour, pages: Sequence[str] = PAGES) -> list[str]:
    """The faults that a browser reports on our pages, but for those that a neighbour is known for."""
    if built.failure:
        return []
    found = [f"in the browser: {what}" for what in reported(browser, built.site, pages)]
    return [fault for fault in found if not any(re.search(pattern, fault) for pattern in neighbour.warnings)]


def _warnings(built: Build, environment: Environment, neighbour: Neighbour, references: References) -> Iterator[str]:
    """Warnings that it would not give on a site without us."""
    for warning in built.warnings:
        known = next((pattern for pattern in neighbour.warnings if re.search(pattern, warning)), None)
        if known is None:
            yield f"warning: {warning}"
        elif not any(re.search(known, other) for other in references.absent(environment, neighbour).warnings):
            yield f"warning that the site without incidents does not give: {warning}"
