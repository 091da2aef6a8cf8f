"""The site that a command is about: its `mkdocs.yml`, and the folder of incident files that this names.

Commands work wherever their user stands in a site: beside `mkdocs.yml`, in the folder of incident files, or below it.
"""

from __future__ import annotations

import os
import shlex
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from mkdocs_incidents.content.site_file import PYTHON_TAGS, plain_settings
from mkdocs_incidents.content.source import CATALOG_NAME
from mkdocs_incidents.plugin.hosts import CONFIG_NAMES, BuildFailedError, use_host_of
from mkdocs_incidents.present.outputs import OUTPUTS
from mkdocs_incidents.present.site_address import site_address

DEFAULT_FOLDER = "incidents"
PLUGIN = "incidents"

folder_to_read = click.option(
    "--folder",
    type=click.Path(path_type=Path),
    default=None,
    help="The folder with components.yml in it.  [default: that of the site]",
)
"""The option of commands that only read; those that write have `write_options.folder_option`."""

config_file_option = click.option(
    "-f",
    "--config-file",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The mkdocs.yml of the site.  [default: the one here or above]",
)
"""The option of commands for which the site need not be the one here."""


@dataclass(frozen=True, kw_only=True)
class Site:
    """A site, as far as a command needs to know it."""

    folder: Path
    """Of the incident files; relative to the current directory where that is possible. It need not exist."""
    config: Path | None = None
    """`mkdocs.yml`, likewise; None where there is none above."""
    language: str = "en"
    """That authors write in: of the option, else of the theme."""
    stated_language: str = ""
    """That of the option."""
    site_name: str = ""
    site_url: str | None = None
    """Its address, as MkDocs takes it: with a slash at the end. None where the configuration has no whole one."""
    use_directory_urls: bool = True
    locale_dir: Path | None = None
    """The folder of its own translations, if it names one."""
    outputs: frozenset[str] = frozenset(OUTPUTS)
    """What it publishes beside the pages."""

    @property
    def build_command(self) -> str:
        """What to type to build and publish it."""
        if self.config is None or self.config.as_posix() in CONFIG_NAMES:
            return "incidents build"
        return shlex.join(["incidents", "build", "-f", self.config.as_posix()])


def relative(path: Path) -> Path:
    """`path` as one would type it in the current directory; absolute where that is on another drive."""
    absolute = absolute_path(path)
    try:
        return Path(os.path.relpath(absolute))
    except ValueError:
        return absolute


def shown(path: str) -> str:
    """The path of a file below a folder of incidents as one would type it here; as it is where it is absolute."""
    return path if Path(path).is_absolute() else relative(Path(path)).as_posix()


def absolute_path(path: Path) -> Path:
    """`path` from the root on, without `..`; links are not followed: one may lead to itself."""
    return Path(os.path.abspath(path))  # noqa: PTH100


def find_site(start: Path, *, or_new: bool = False) -> Site:
    """The site that `start`, a file or a folder, belongs to: of the nearest `mkdocs.yml`, else a folder of incidents.

    With `or_new`, where there is none, one that is to begin in the current directory.

    Raises:
        click.UsageError: the configuration cannot be read, or there is no site.
    """
    here = absolute_path(start)
    above = [here, *here.parents] if here.is_dir() else list(here.parents)
    for folder in above:
        config = next((folder / name for name in CONFIG_NAMES if (folder / name).is_file()), None)
        if config and (site := _configured(config)):
            return site
    for folder in above:
        for content in (folder, folder / DEFAULT_FOLDER):
            if (content / CATALOG_NAME).is_file():
                return Site(folder=relative(content))
    if or_new:
        return Site(folder=Path(DEFAULT_FOLDER))
    raise click.UsageError("no mkdocs.yml and no folder incidents is here or above; go to your site, and type it there")


def site_of(named: Path | None) -> Site:
    """The site of the `mkdocs.yml` that was named, else that here.

    Raises:
        click.UsageError: there is none, it cannot be read, or it is that of a site without incidents.
    """
    if named is None:
        return find_site(Path())
    if site := _configured(config_of_site(named)):
        return site
    raise click.UsageError(f"{named} does not use the plugin; add the line - {PLUGIN} below plugins:")


def config_of_site(named: Path | None) -> Path:
    """The `mkdocs.yml` that was named, else that of the site here.

    Raises:
        click.UsageError: there is none, or it cannot be read.
    """
    if named is None:
        found = find_site(Path()).config
        if found is None:
            raise click.UsageError("there is no mkdocs.yml here or above; to make one, type: incidents init")
        return found
    if not named.is_file():
        raise click.UsageError(f"there is no file {named}; name the mkdocs.yml of your site")
    return named


def theme_hint(config: Path) -> str:
    """What to type where a site cannot be built because the theme of its pages is not installed; empty where it is.

    It is empty, too, where the configuration cannot be read, since that is what is to be mended first.
    """
    from mkdocs_incidents.authoring.new_site.requirement import requirement  # noqa: PLC0415  slow to import, and seldom
    from mkdocs_incidents.plugin.themes import THEMES, default_theme, installed_themes  # noqa: PLC0415  likewise

    try:
        stated, installed = theme_name(settings_of(config)), installed_themes()
    except click.UsageError:
        return ""
    theme = stated if stated in THEMES else default_theme()
    if theme in installed:
        return ""
    commands = [f"pip uninstall --yes {THEMES[other]}" for other in installed]  # an environment has one of them
    commands.append(requirement([theme]).install_command)
    return f"the theme {theme} is not installed; type: {' && '.join(commands)}"


def theme_name(settings: dict[str, Any]) -> str:
    """The name of the theme in the settings of a site; empty where there is none."""
    theme = settings.get("theme")
    return str((theme.get("name") if isinstance(theme, dict) else theme) or "")


def site_dir_of(config: Path) -> Path:
    """The folder into which a site is built.

    Raises:
        click.UsageError: the configuration cannot be read.
    """
    return absolute_path(config.parent / str(settings_of(config).get("site_dir") or "site"))


def folder_of_site() -> Path:
    """The folder of incident files of the site here; that of a new site where there is none.

    Raises:
        click.UsageError: the configuration cannot be read.
    """
    return find_site(Path(), or_new=True).folder


def content_folder(path: Path) -> Path:
    """The folder of incident files that `path` is or lies in; `path` itself where none above has a catalogue.

    Raises:
        click.UsageError: `path` does not exist, is a file outside of any site, or is elsewhere in a site.
    """
    if not os.path.lexists(path):
        raise click.UsageError(f"'{path}' does not exist; name a file or folder that does, or none for the whole site")
    absolute = absolute_path(path)
    for folder in [absolute, *absolute.parents]:
        if (folder / CATALOG_NAME).is_file():
            return path if folder == absolute else relative(folder)
    try:
        site = find_site(path)
    except click.UsageError:
        if path.is_dir():
            return path
        raise click.UsageError(f"'{path}' belongs to no site: no folder above it has a {CATALOG_NAME}") from None
    is_inside = absolute_path(site.folder) in [absolute, *absolute.parents]
    if is_inside or any((absolute / name).is_file() for name in CONFIG_NAMES):
        return site.folder
    raise click.UsageError(f"'{path}' is not in the folder of incident files, {site.folder.as_posix()}")


def settings_of(config: Path) -> dict[str, Any]:
    """What a `mkdocs.yml` says; nothing is imported that it names. Empty where it has no settings.

    Raises:
        click.UsageError: it cannot be read.
    """
    try:
        settings: Any = plain_settings(config.read_bytes())
        if settings is None:
            settings = _settings_by_mkdocs(config)
    except Exception as error:  # noqa: BLE001  whatever a tag of the file imports may raise
        raise _unreadable(config, error) from None
    return settings if isinstance(settings, dict) else {}


def _configured(config: Path) -> Site | None:
    """The site of a `mkdocs.yml`; None where it does not use the plugin and has no incidents either."""
    settings = settings_of(config)
    options = plugin_options(settings.get("plugins"))
    name = str((options or {}).get("incidents_dir") or DEFAULT_FOLDER)
    folder = config.parent / name
    if options is None and not (folder / CATALOG_NAME).is_file():
        return None
    theme = settings.get("theme")
    stated_language = str((options or {}).get("language") or "")
    language = stated_language or (theme.get("language") if isinstance(theme, dict) else None)
    own_words = (options or {}).get("locale_dir")
    switches: Any = (options or {}).get("outputs")
    switches = switches if isinstance(switches, dict) else {}
    return Site(
        folder=relative(folder),
        config=relative(config),
        language=str(language or "en"),
        stated_language=stated_language,
        site_name=str(settings.get("site_name") or ""),
        site_url=_site_url(str(settings.get("site_url") or "")),
        use_directory_urls=settings.get("use_directory_urls") is not False,
        locale_dir=config.parent / str(own_words) if own_words else None,
        outputs=frozenset(name for name in OUTPUTS if switches.get(name) is not False),
    )


def _site_url(typed: str) -> str | None:
    try:
        return site_address(typed)
    except ValueError:
        return None


def _settings_by_mkdocs(config: Path) -> Any:
    with suppress(BuildFailedError):  # to read it, either will do
        use_host_of(config)
    from mkdocs.utils.yaml import yaml_load  # noqa: PLC0415  slow to import, and seldom needed

    with config.open("rb") as file:
        return yaml_load(file, yaml_loader())


def yaml_loader() -> Any:
    """That of MkDocs, `!ENV` and all, but tags for other plugins and for Python are left out: nothing is imported."""
    from mkdocs.utils.yaml import get_yaml_loader  # noqa: PLC0415  likewise

    class Loader(get_yaml_loader()):  # type: ignore[misc]  # MkDocs makes the class
        pass

    for tag in PYTHON_TAGS:
        Loader.add_multi_constructor(tag, lambda *_: None)
    Loader.add_constructor(None, lambda *_: None)
    return Loader


def _unreadable(config: Path, error: Exception) -> click.UsageError:
    reason = " ".join(str(error).split()) or type(error).__name__
    return click.UsageError(
        f"{relative(config).as_posix()} cannot be read: {reason}; correct it, then type the command again"
    )


def plugin_options(plugins: Any) -> dict[str, Any] | None:
    """The options of the plugin in the configuration, in any form that MkDocs takes; None where it is not used."""
    entries = [plugins] if isinstance(plugins, dict) else plugins if isinstance(plugins, list) else []
    for entry in entries:
        if entry == PLUGIN:
            return {}
        if isinstance(entry, dict) and PLUGIN in entry:
            options = entry[PLUGIN]
            return options if isinstance(options, dict) else {}
    return None
