"""The files of a neighbour, and the site that is made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.neighbours import neighbour as files
from tests.neighbours.building import Build
from tests.neighbours.neighbour import SITES, Neighbour, NeighbourFileError, Order, configuration, lay_out

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = """\
INHERIT: ../../base.yml
plugins:
  - search
  - incidents
  - rss:
      use_git: false

# The menu.
nav:
  - index.md
"""


@pytest.fixture
def neighbour(tmp_path: Path) -> Neighbour:
    folder = tmp_path / "rss"
    (folder / "docs").mkdir(parents=True)
    (folder / "docs" / "news.md").write_text("# News\n")
    (folder / "docs" / "about.md").write_text("# About something else\n")
    (folder / "mkdocs.yml").write_text(CONFIG)
    return Neighbour(name="rss", folder=folder)


def plugins(text: str) -> list[str]:
    return [line.strip(" -:") for line in text.splitlines() if line.startswith("  - ")]


def test_ours_stands_first_last_or_nowhere(neighbour: Neighbour) -> None:
    assert plugins(configuration(neighbour, Order.FIRST)) == ["incidents", "search", "rss", "index.md"]
    assert plugins(configuration(neighbour, Order.LAST)) == ["search", "rss", "incidents", "index.md"]
    assert plugins(configuration(neighbour, Order.ABSENT)) == ["search", "rss", "index.md"]
    assert "      use_git: false\n  - incidents\n" in configuration(neighbour, Order.LAST)


def test_a_configuration_without_our_line_is_refused(neighbour: Neighbour) -> None:
    assert neighbour.folder is not None
    (neighbour.folder / "mkdocs.yml").write_text(CONFIG.replace("- incidents", "- incidents: {}"))
    with pytest.raises(NeighbourFileError, match="has to stand once"):
        configuration(neighbour, Order.FIRST)


def test_files_of_a_neighbour_lie_over_the_common_ones(neighbour: Neighbour, tmp_path: Path) -> None:
    folder = lay_out(tmp_path, neighbour, configuration(neighbour, Order.LAST))
    assert (folder / "../../base.yml").is_file()
    assert (folder / "docs" / "news.md").is_file()
    assert (folder / "docs" / "index.md").is_file()
    assert (folder / "docs" / "about.md").read_text() == "# About something else\n"
    assert (folder / "incidents" / "components.yml").is_file()


@pytest.mark.parametrize(
    "line", ["package = []", 'changes = ["pages"]', 'themes = ["readthedocs"]', 'hosts = ["zensical"]']
)
def test_an_unknown_key_or_value_is_named(line: str, tmp_path: Path) -> None:
    (tmp_path / "neighbour.toml").write_text(f'packages = []\nlabel = "a"\nseen = "b"\n{line}\n')
    with pytest.raises(NeighbourFileError, match=r"neighbour\.toml: "):
        files.read_neighbour(tmp_path)


def test_every_neighbour_can_be_read() -> None:
    assert {neighbour.name for neighbour in files.neighbours()} == {folder.name for folder in SITES.iterdir()}
    for neighbour in [files.NONE, *files.neighbours()]:
        assert configuration(neighbour, Order.FIRST) != configuration(neighbour, Order.LAST)


def test_warnings_of_a_log_have_all_their_lines_and_infos_are_none(tmp_path: Path) -> None:
    (tmp_path / "exit.txt").write_text("1")
    (tmp_path / "log.txt").write_text(
        "INFO    -  Cleaning\n\x1b[33mWARNING -  \x1b[0mtwo\nlines\nINFO    -  Done\n"
        "/x/y.py:3: UserWarning: old\n\nAborted with 1 warnings in strict mode!\n"
    )
    build = Build(tmp_path)
    assert build.warnings == ["two\nlines", "/x/y.py:3: UserWarning: old"]
    assert build.failure is None


def test_a_build_that_ended_otherwise_than_by_warnings_has_failed(tmp_path: Path) -> None:
    (tmp_path / "exit.txt").write_text("1")
    (tmp_path / "log.txt").write_text("INFO    -  Cleaning\nValueError: it broke\n")
    assert Build(tmp_path).failure == "the build failed: ValueError: it broke"
