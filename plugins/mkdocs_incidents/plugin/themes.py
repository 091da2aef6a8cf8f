"""The themes in which pages are drawn: Material for MkDocs, and mkdocs-materialx, which continues it."""

from __future__ import annotations

from contextlib import suppress
from importlib.metadata import PackageNotFoundError, distribution, entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs_incidents.content.site_file import plain_settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs.config.defaults import MkDocsConfig

THEMES = {"material": "mkdocs-material", "materialx": "mkdocs-materialx"}
"""The packages of the themes, by name in mkdocs.yml; this package has an extra of the same name for each.

Both install a Python package `material`, so that only one of them works in an environment.
"""
_DEFAULT_THEME = "material"
_GROUPS = ("mkdocs.themes", "properdocs.themes")
"""Of entry points: where packages name their themes."""
_TEMPLATES = ("main.html", "partials/header.html", "partials/palette.html", "partials/search.html")
"""What tells these themes, and those that extend them, from others."""


def is_supported(config: MkDocsConfig) -> bool:
    """Whether the theme of a site has the templates that those of this plugin extend.

    That is so for a theme of another name, too, which extends one of these.
    """
    return has_templates(Path(folder) for folder in config.theme.dirs)


def has_templates(folders: Iterable[Path]) -> bool:
    """Whether these folders of a theme have, together, the templates that those of this plugin extend."""
    found = tuple(folders)
    return all(any((folder / name).is_file() for folder in found) for name in _TEMPLATES)


def base_theme(name: str) -> str | None:
    """The supported theme that the installed theme `name` is, or extends; None where there is none."""
    passed: set[str] = set()
    while name not in THEMES:
        passed.add(name)
        name = _extended(name)
        if not name or name in passed:  # one that extends itself
            return None
    return name


def _extended(name: str) -> str:
    """The name of the theme that this one extends; empty where there is none, or it is not installed."""
    found = next((found for group in _GROUPS for found in entry_points(group=group, name=name)), None)
    with suppress(ImportError):
        spec = find_spec(found.module) if found else None
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            for file in Path(folder).glob("*_theme.yml"):
                return str((plain_settings(file.read_bytes()) or {}).get("extends") or "")
    return ""


def how_to_name_theme() -> str:
    """What to write in `mkdocs.yml` to have a supported theme, the installed one where there is one."""
    name = default_theme()
    return f"write the line theme: {name}; where theme: has lines of its own below it, write name: {name} among them"


def theme_plugin(config: MkDocsConfig, name: str) -> Any:
    """The plugin that a theme has under this name, such as `social`; None where it is not used or switched off.

    MkDocs puts the name of the theme before that of the plugin.
    """
    found = (config.plugins.get(f"{theme}/{name}") for theme in THEMES)
    return next((plugin for plugin in found if plugin is not None and getattr(plugin.config, "enabled", True)), None)


def installed_themes() -> tuple[str, ...]:
    """The names of the themes that are installed: one, unless something is wrong with the environment.

    Of themes in different folders, as an environment has that sees another one, it is the one that is imported.
    """
    folders = {theme: folder for theme, package in THEMES.items() if (folder := _folder_of(package))}
    if len(set(folders.values())) > 1:
        imported = find_spec("material")
        places = {Path(place).parent for place in (imported and imported.submodule_search_locations) or ()}
        return tuple(theme for theme, folder in folders.items() if folder in places)
    return tuple(folders)


def default_theme() -> str:
    """The name of the theme for a site that names none which is supported: the installed one, else Material."""
    return next(iter(installed_themes()), _DEFAULT_THEME)


def _folder_of(package: str) -> Path | None:
    """The folder in which a package is installed; None where it is not."""
    try:
        return Path(str(distribution(package).locate_file("")))
    except PackageNotFoundError:
        return None
