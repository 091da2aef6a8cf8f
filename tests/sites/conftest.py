"""Sites that are built once and looked at by many tests."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.makers import at
from tests.sites.building import Built, Site
from tests.sites.sharing import built_once, templates_compiled_once

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
TODAY = "2026-11-22 12:00"
"""When the example site is built: after its last incident, before the last planned work."""


@pytest.fixture(scope="session", autouse=True)
def compiled_templates() -> Iterator[None]:
    with templates_compiled_once():
        yield


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """An empty site: a catalogue, and nothing ever happened."""
    return Site(tmp_path)


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The repository's own site."""
    return Built(built_once("example", _example, tmp_path_factory))


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The repository's own site in the middle of an outage, as `make demo` builds it."""
    return Built(built_once("demo", partial(_example, as_of="2026-10-14 11:55"), tmp_path_factory))


def _example(folder: Path, as_of: str = "") -> Path:
    from mkdocs.commands.build import build  # noqa: PLC0415  only here is a site built that no test has written
    from mkdocs.config import load_config  # noqa: PLC0415

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", str(int(at(TODAY).timestamp())))
        patch.setenv("INCIDENTS_AS_OF", as_of)
        patch.chdir(ROOT)
        build(load_config("mkdocs.yml", site_dir=str(folder)))
    return folder
