"""The plugin comes into a `mkdocs.yml` that is there already, and nothing else in it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest
from mkdocs.utils import get_theme_dir

from mkdocs_incidents.cli.mkdocs_config import CompletedConfig, completed, read_config

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "site_name: x\nsite_url: https://x.example/\ntheme: material\n"
URL = "https://new.example/"


def completion(folder: Path, text: str, **others: str) -> CompletedConfig:
    for name, content in {"mkdocs.yml": text, **others}.items():
        (folder / name.replace("_yml", ".yml")).write_bytes(content.encode())
    return completed(read_config(folder / "mkdocs.yml"), URL)


@pytest.mark.parametrize(
    ("plugins", "with_ours"),
    [
        ("plugins:\n  - search\n", "plugins:\n  - search\n  - incidents\n"),
        ("plugins:\n- search # why\nnav: []\n", "plugins:\n- search # why\n- incidents\nnav: []\n"),
        ("plugins:\n    - tags:\n        a: 1\n\n# next\nnav: []\n", None),
        ("plugins: [search, tags]\nnav: []\n", "plugins: [search, tags, incidents]\nnav: []\n"),
        ("plugins: [search,]\n", "plugins: [search, incidents,]\n"),
        ("plugins: []\n", "plugins: [incidents]\n"),
        ("plugins: {search: {lang: en}}\n", "plugins: {search: {lang: en}, incidents: {}}\n"),
        (
            "plugins:\n  search:\n    lang: en\nnav: []\n",
            "plugins:\n  search:\n    lang: en\n  incidents: {}\nnav: []\n",
        ),
        ("plugins:\n  - search\n  - m: |\n      text\n\nnav: []\n", None),
        ("plugins:\n  - search:", "plugins:\n  - search:\n  - incidents\n"),
        ("plugins: # none yet\nnav: []\n", "plugins:\n  - search\n  - incidents # none yet\nnav: []\n"),
        ("plugins:\n  - e: !ENV [A, b]\n", "plugins:\n  - e: !ENV [A, b]\n  - incidents\n"),
        ("plugins:\n  - e: !!python/name:a.b\n", "plugins:\n  - e: !!python/name:a.b\n  - incidents\n"),
        ('plugins:\n  - &s search\n  - "tags" # t\n', 'plugins:\n  - &s search\n  - "tags" # t\n  - incidents\n'),
        ("nav: []\n# end\n", "nav: []\n# end\n\nplugins:\n  - search\n  - incidents\n"),
    ],
)
def test_the_plugin_comes_behind_all_others(tmp_path: Path, plugins: str, with_ours: str | None) -> None:
    done = completion(tmp_path, HEAD + plugins)
    assert done.by_hand == ()
    if with_ours is not None:
        assert done.text == HEAD + with_ours
    (tmp_path / "mkdocs.yml").write_text(done.text, encoding="utf-8")
    again = read_config(tmp_path / "mkdocs.yml")
    assert again.has_plugin
    assert completed(again, URL) == CompletedConfig(text=done.text, added=(), by_hand=())


def test_without_a_list_of_plugins_search_stays(tmp_path: Path) -> None:
    assert completion(tmp_path, HEAD).text == f"{HEAD}\nplugins:\n  - search\n  - incidents\n"


@pytest.mark.parametrize(
    "plugins",
    [
        "plugins: null\n",
        "plugins: 5\n",
        "a: &a [search]\nplugins: *a\n",
        "INHERIT: base.yml\n",
        "nav: []\n...\n",
    ],
)
def test_what_cannot_be_changed_safely_is_left_to_the_author(tmp_path: Path, plugins: str) -> None:
    done = completion(tmp_path, HEAD + plugins, base_yml="plugins: [search]\n")
    assert done.text == HEAD + plugins
    assert done.by_hand == ("add - incidents to the list below plugins:",)


def test_a_plugin_of_the_parent_is_there_already(tmp_path: Path) -> None:
    done = completion(tmp_path, f"INHERIT: base.yml\n{HEAD}", base_yml="plugins: [search, incidents]\n")
    assert done == CompletedConfig(text=f"INHERIT: base.yml\n{HEAD}", added=(), by_hand=())


def test_a_missing_address_comes_below_the_name(tmp_path: Path) -> None:
    done = completion(tmp_path, "# mine\nsite_name: x # a name\ntheme: material\nplugins: [incidents]\n")
    assert done.text == f"# mine\nsite_name: x # a name\nsite_url: {URL}\ntheme: material\nplugins: [incidents]\n"


def test_another_theme_is_left_to_the_author(tmp_path: Path) -> None:
    done = completion(tmp_path, "site_name: x\nsite_url: https://x.example/\nplugins: [incidents]\n")
    (by_hand,) = done.by_hand
    assert by_hand.startswith(
        "write the line theme: material; where theme: has lines of its own below it, write name: "
    )


def test_a_copy_of_material_in_a_folder_is_kept(tmp_path: Path) -> None:
    (tmp_path / "own").symlink_to(get_theme_dir("material"), target_is_directory=True)
    theme = "theme: {name: null, custom_dir: own}"
    assert completion(tmp_path, f"site_name: x\n{theme}\nsite_url: {URL}\nplugins: [incidents]\n").by_hand == ()


@pytest.mark.parametrize("text", ["a: [", "- x\n", "", "INHERIT: missing.yml\n", "\xff"])
def test_settings_that_cannot_be_read_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "mkdocs.yml").write_bytes(text.encode("latin-1"))
    with pytest.raises(click.UsageError, match="correct it, then type the command again"):
        read_config(tmp_path / "mkdocs.yml")
