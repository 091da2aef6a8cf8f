"""The neighbours that tell most, with the pinned versions of everything; `make matrix` builds all, with the newest."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.neighbours.building import References
from tests.neighbours.environments import pinned
from tests.neighbours.examining import examined, seen_in_browser
from tests.neighbours.neighbour import NONE, SITES, Order, read_neighbour

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

CORE = [
    ("mkdocs", "material", "rss", Order.LAST),
    ("mkdocs", "material", "i18n", Order.FIRST),
    ("mkdocs", "material", "encryptcontent", Order.FIRST),
    ("mkdocs", "materialx", "none", Order.FIRST),
    ("properdocs", "materialx", "rss", Order.FIRST),
    ("properdocs", "materialx", "instant", Order.LAST),
]


@pytest.fixture(scope="session")
def references(tmp_path_factory: pytest.TempPathFactory) -> References:
    """One folder for all processes that run tests."""
    base = tmp_path_factory.getbasetemp()
    return References((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "references")


@pytest.mark.browser
@pytest.mark.parametrize("combination", CORE, ids="-".join)
def test_our_pages_are_what_they_are_without_the_neighbour(
    combination: tuple[str, str, str, Order], references: References, tmp_path: Path, chromium: Browser
) -> None:
    host, theme, name, order = combination
    neighbour = read_neighbour(SITES / name) if name != NONE.name else NONE
    built, faults = examined(pinned(host, theme), neighbour, order, tmp_path, references)
    assert faults == []
    assert seen_in_browser(chromium, built, neighbour, ["index"]) == []
