"""Pages are drawn in Material, in mkdocs-materialx, and in themes that extend one of them."""

from __future__ import annotations

import shutil
from importlib.metadata import distribution
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from mkdocs.utils import get_theme_dir

from mkdocs_incidents.plugin import themes
from mkdocs_incidents.plugin.themes import installed_theme, theme_plugin
from tests.sites.building import Refused, Site


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
    monkeypatch.setattr(themes, "_is_installed", lambda package: package == "mkdocs-materialx")
    assert installed_theme() == "materialx"
    monkeypatch.setattr(themes, "_is_installed", lambda _: False)
    assert installed_theme() is None


def test_a_build_warns_where_both_themes_are_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one that was installed last has overwritten files of the other, so that pages may be drawn by either."""
    other = "mkdocs-materialx"
    for folder in ("of_other", "of_both"):
        described = tmp_path / folder / f"{other.replace('-', '_')}-1.dist-info"
        described.mkdir(parents=True)
        (described / "METADATA").write_text(f"Name: {other}\nVersion: 1\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path / "of_other")
    assert not themes.both_are_installed(), "in one environment on top of another, no file is overwritten"
    installed = Path(str(distribution("mkdocs-material").locate_file("")))
    (described,) = installed.glob("mkdocs_material-*.dist-info")
    shutil.copytree(described, tmp_path / "of_both" / described.name)
    monkeypatch.syspath_prepend(tmp_path / "of_both")
    (warning,) = Site(tmp_path / "site").build().warnings
    assert "mkdocs-material and mkdocs-materialx are both installed" in warning
    assert "Make the environment anew with one of them" in warning


def test_a_theme_that_is_another_one_is_refused_and_the_installed_one_is_named(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.settings["theme"] = {"name": "readthedocs"}
    with pytest.raises(Refused, match=r"the theme is readthedocs, but .*, the line name: material"):
        site.build()


def test_a_copy_of_material_in_a_folder_is_accepted(tmp_path: Path) -> None:
    site = Site(tmp_path)
    (tmp_path / "own").symlink_to(get_theme_dir("material"), target_is_directory=True)
    of_theme = {"font": False, "language": "en", "icon": {}, "features": [], "favicon": "assets/images/favicon.png"}
    site.settings["theme"] = {"name": None, "custom_dir": "own", **of_theme}
    assert "We know of no problems" in site.build().text("index.html")
