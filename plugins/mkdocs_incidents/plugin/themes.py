"""The themes in which pages are drawn: Material for MkDocs, and mkdocs-materialx, which continues it."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

THEMES = {"material": "mkdocs-material", "materialx": "mkdocs-materialx"}
"""The packages of the themes, by name in mkdocs.yml; this package has an extra of the same name for each.

Both install a Python package `material`, so that only one of them works in an environment.
"""
DEFAULT_THEME = "material"
_TEMPLATES = ("main.html", "partials/header.html", "partials/palette.html", "partials/search.html")
"""What tells these themes, and those that extend them, from others."""


def is_supported(config: MkDocsConfig) -> bool:
    """Whether the theme of a site has the templates that those of this plugin extend.

    That is so for a theme of another name, too, which extends one of these.
    """
    folders = [Path(folder) for folder in config.theme.dirs]
    return all(any((folder / name).is_file() for folder in folders) for name in _TEMPLATES)


def theme_plugin(config: MkDocsConfig, name: str) -> Any:
    """The plugin that a theme has under this name, such as `social`; None where it is not used or switched off.

    MkDocs puts the name of the theme before that of the plugin.
    """
    found = (config.plugins.get(f"{theme}/{name}") for theme in THEMES)
    return next((plugin for plugin in found if plugin is not None and getattr(plugin.config, "enabled", True)), None)


def installed_theme() -> str | None:
    """The name of the theme that is installed; None if there is none."""
    return next((theme for theme, package in THEMES.items() if _is_installed(package)), None)


def both_are_installed() -> bool:
    """Whether both themes are in one folder, so that the one installed last has overwritten files of the other.

    An environment on top of another may have one in each: there, no file is overwritten.
    """
    folders = [_folder(package) for package in THEMES.values()]
    return None not in folders and len(set(folders)) == 1


def _is_installed(package: str) -> bool:
    return _folder(package) is not None


def _folder(package: str) -> str | None:
    """The folder into which a package is installed; None if it is not."""
    try:
        return str(distribution(package).locate_file(""))
    except PackageNotFoundError:
        return None
