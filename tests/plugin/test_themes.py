"""Pages are drawn in Material, in mkdocs-materialx, and in themes that extend one of them."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from mkdocs.utils import get_theme_dir

from mkdocs_incidents.plugin import themes
from mkdocs_incidents.plugin.themes import base_theme, default_theme, theme_plugin
from tests.sites.building import Refused, Site, packaged_theme


def config_with(**plugins: Any) -> Any:
    """A configuration with these plugins, each of which has its options; `_` in a name stands for `/`."""
    made = {name: SimpleNamespace(config=SimpleNamespace(**given)) for name, given in plugins.items()}
    return SimpleNamespace(plugins={name.replace("_", "/"): plugin for name, plugin in made.items()})


def test_a_plugin_of_either_theme_is_found_by_its_own_name() -> None:
    for name in ("material_offline", "materialx_offline"):
        config = config_with(**{name: {"enabled": True}})
        assert theme_plugin(config, "offline") is config.plugins[name.replace("_", "/")]
        assert theme_plugin(config, "social") is None


def test_a_plugin_that_is_switched_off_is_none() -> None:
    assert theme_plugin(config_with(material_offline={"enabled": False}), "offline") is None
    assert theme_plugin(config_with(material_search={}), "search") is not None, "it cannot be switched off"


def test_the_theme_that_is_installed_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    place = Path(get_theme_dir("material")).parents[1]
    for folders, installed in (
        ({"mkdocs-materialx": place}, ("materialx",)),
        ({}, ()),
        ({"mkdocs-material": place, "mkdocs-materialx": place}, ("material", "materialx")),
        ({"mkdocs-material": place, "mkdocs-materialx": Path("/elsewhere")}, ("material",)),
        ({"mkdocs-material": Path("/elsewhere"), "mkdocs-materialx": place}, ("materialx",)),
    ):
        monkeypatch.setattr(themes, "_folder_of", folders.get)
        assert themes.installed_themes() == installed
        assert default_theme() == next(iter(installed), "material")


def test_both_themes_in_one_environment_are_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(themes, "_folder_of", lambda _: tmp_path)
    (warning,) = Site(tmp_path).build().warnings
    assert "mkdocs-material and mkdocs-materialx are both installed" in warning
    assert "type: pip uninstall --yes mkdocs-material mkdocs-materialx;" in warning


def test_the_theme_that_another_one_extends_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, extended in {"one": "two", "two": "materialx", "round": "round", "lost": "absent"}.items():
        packaged_theme(tmp_path, name, extends=extended)
    monkeypatch.syspath_prepend(tmp_path)
    assert base_theme("one") == "materialx"
    assert base_theme("material") == "material", "whether or not it is installed"
    assert [base_theme(name) for name in ("round", "lost", "absent", "mkdocs", "")] == [None] * 5


def test_a_theme_that_is_another_one_is_refused_and_the_installed_one_is_named(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.settings["theme"] = {"name": "readthedocs"}
    with pytest.raises(Refused, match=r"the theme is readthedocs, but .* mkdocs\.yml, write the line theme: material;"):
        site.build()


def test_a_copy_of_material_in_a_folder_is_accepted(tmp_path: Path) -> None:
    site = Site(tmp_path)
    (tmp_path / "own").symlink_to(get_theme_dir("material"), target_is_directory=True)
    of_theme = {"font": False, "language": "en", "icon": {}, "features": [], "favicon": "assets/images/favicon.png"}
    site.settings["theme"] = {"name": None, "custom_dir": "own", **of_theme}
    assert "We know of no problems" in site.build().text("index.html")
