"""What caches have of a version stays right: assets outlive their pages, and no two contents look alike."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from mkdocs_incidents.publish.store import Store

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)


def asset(number: int) -> str:
    return f"assets/main.{number:08x}.css"


@pytest.fixture
def live(tmp_path: Path) -> Path:
    """Three versions, each with an asset of its own."""
    for number in (1, 2, 3):
        store = Store(tmp_path / "site")
        store.prepare()
        for path in ("404.html", asset(number)):
            (store.building / path).parent.mkdir(parents=True, exist_ok=True)
            (store.building / path).write_text(str(number), encoding="utf-8")
        store.publish(store.built(store.live_files(at=NOW)), at=NOW, describe=lambda _before, _files: "")
    return tmp_path / "site"


def roll_back(live: Path, number: int) -> Store:
    store = Store(live)
    store.prepare()
    store.roll_back(next(kept for kept in store.kept if kept.number == number), at=NOW)
    return store


def assets(live: Path) -> set[str]:
    return {path.relative_to(live).as_posix() for path in (live / "assets").iterdir()}


def test_a_new_version_has_the_assets_of_the_one_before(live: Path) -> None:
    assert assets(live) == {asset(2), asset(3)}


def test_after_a_roll_back_the_assets_of_the_pages_just_read_are_still_there(live: Path) -> None:
    roll_back(live, 1)
    assert (live / "404.html").read_text(encoding="utf-8") == "1"
    assert assets(live) == {asset(1), asset(3)}


def test_a_version_can_be_rolled_back_to_again_and_again(live: Path) -> None:
    for number in (1, 3, 1, 2):
        roll_back(live, number)
        assert (live / "404.html").read_text(encoding="utf-8") == str(number)
        assert asset(number) in assets(live)


def test_an_asset_that_an_interrupted_roll_back_left_behind_is_copied_anew(live: Path) -> None:
    (live.parent / ".site.incidents" / "1" / asset(3)).write_text("", encoding="utf-8")
    roll_back(live, 1)
    assert (live / asset(3)).read_text(encoding="utf-8") == "3"


def test_no_two_contents_of_one_size_have_the_same_second_even_after_a_roll_back(live: Path) -> None:
    third = (live / "404.html").stat().st_mtime
    store = roll_back(live, 1)
    store.prepare()
    store.building.mkdir()
    (store.building / "404.html").write_text("4", encoding="utf-8")
    os.utime(store.building / "404.html", (third, third))
    store.publish(store.built(store.live_files(at=NOW)), at=NOW, describe=lambda _before, _files: "")
    assert int((live / "404.html").stat().st_mtime) > int(third)
