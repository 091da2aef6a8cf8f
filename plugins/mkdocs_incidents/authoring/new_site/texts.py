"""The files of a new site: what each is for, and its text."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from ..yaml_text import scalar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

_FILES = Path(__file__).parent / "files"
_MARKDOWN_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~&!$])")
_PLUGIN_NAME = re.compile(r"^(?:[^#\s]*/)?mkdocs[-_.]incidents\b([^#\n]*)", re.IGNORECASE | re.MULTILINE)
_EXTRAS = re.compile(r"\[([^\]]*)\]")
_THEMES = {"material", "materialx"}
"""Extras of which a site has one at most."""
_OTHER_LIST = re.compile(r"^\s*(?:-r|--requirement)\b", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFile:
    """A file of a new site."""

    path: str
    """Relative to the folder of the site, with forward slashes."""
    purpose: str
    """In a few words."""
    text: str


def configuration(path: str, *, name: str, url: str, theme: str) -> SiteFile:
    """`mkdocs.yml`. An address needs no quotes: it has neither a space nor, at its end, a colon."""
    text = _filled("mkdocs.yml", name=scalar(name), url=url, theme=theme)
    return SiteFile(path=path, purpose="the settings of the site", text=text)


def catalog(path: str, *, timezone: ZoneInfo, components: Mapping[str, str], since: date) -> SiteFile:
    """`components.yml`: each of `components`, by id the name, claims an uptime from the day `since` on."""
    lines = [
        f"  - id: {scalar(identifier)}\n    name: {scalar(name)}\n    since: {since.isoformat()}"
        for identifier, name in components.items()
    ]
    text = _filled("components.yml", timezone=timezone.key, components="\n".join(lines))
    return SiteFile(path=path, purpose="what can break, and the time zone", text=text)


def front_page(path: str) -> SiteFile:
    """`index.md`: what the status page says besides incidents and components."""
    return SiteFile(path=path, purpose="your own words on the status page", text=_text("index.md"))


def requirements(line: str) -> SiteFile:
    """`requirements.txt` with one line."""
    return SiteFile(path="requirements.txt", purpose="what pip installs", text=f"{line}\n")


def names_the_plugin(text: str) -> bool:
    """Whether the text of a `requirements.txt` has the plugin already."""
    return bool(_PLUGIN_NAME.search(text))


def how_to_add_extras(text: str, needed: Sequence[str]) -> str:
    """What to write so that the plugin has these extras in the text of a `requirements.txt`; empty where it has.

    Nothing is missing where the text names the package of an extra itself, such as `mkdocs-material`, or another list.
    """
    line = _PLUGIN_NAME.search(text)
    if not line or _OTHER_LIST.search(text):
        return ""
    brackets = _EXTRAS.search(line[1])
    stated = [name.strip() for name in brackets[1].split(",")] if brackets else []
    missing = [name for name in needed if name not in stated and not _names_package_of(text, name)]
    others = [name for name in stated if name not in needed and not (name in _THEMES and _THEMES & {*needed})]
    if not missing:
        return ""
    place = f"in the place of {brackets[0]}" if brackets else "behind the plugin"
    return f"lacks {' and '.join(missing)}: write [{','.join([*needed, *others])}] {place}"


def _names_package_of(text: str, extra: str) -> bool:
    return bool(re.search(rf"^(?:mkdocs[-_.])?{re.escape(extra)}(?![\w.-])", text, re.IGNORECASE | re.MULTILINE))


def team_guide(*, name: str, url: str, component: str, content_folder: str) -> SiteFile:
    """`README.md`: how the team publishes an outage of, for example, the component with this id."""
    text = _filled(
        "README.md",
        heading=_MARKDOWN_SIGNS.sub(r"\\\1", name),
        url=url,
        component=shlex.quote(component),
        folder=shlex.quote(content_folder),
    )
    return SiteFile(path="README.md", purpose="how your team publishes an outage", text=text)


def ignored() -> SiteFile:
    """`.gitignore`."""
    return SiteFile(path=".gitignore", purpose="what git leaves out: the built pages", text=_text("gitignore"))


def editor_settings() -> tuple[SiteFile, ...]:
    """Settings that editors read by themselves."""
    return (
        SiteFile(path=".editorconfig", purpose="for editors: UTF-8, two blanks", text=_text("editorconfig")),
        SiteFile(path=".vscode/settings.json", purpose="for VS Code: long lines wrap", text=_text("settings.json")),
    )


def commit_check(content_folder: str) -> SiteFile:
    """`.pre-commit-config.yaml`."""
    files = f"^({re.escape(content_folder)}/|(mkdocs|properdocs)\\.ya?ml$)"
    text = _filled("pre-commit-config.yaml", files=f"'{files}'".replace("\\-", "-"))
    return SiteFile(path=".pre-commit-config.yaml", purpose="a check before each commit (pre-commit)", text=text)


def workflows() -> tuple[SiteFile, ...]:
    """The workflows of GitHub that publish the site on GitHub Pages."""
    purposes = {
        "publish.yml": "publishes each push on GitHub Pages",
        "rebuild.yml": "publishes anew when the page is out of date",
        "check.yml": "checks pull requests",
    }
    return tuple(
        SiteFile(path=f".github/workflows/{name}", purpose=purpose, text=_text(name))
        for name, purpose in purposes.items()
    )


def _text(name: str) -> str:
    return (_FILES / name).read_text(encoding="utf-8")


def _filled(file: str, /, **values: str) -> str:
    return Template(_text(file)).substitute(values)
