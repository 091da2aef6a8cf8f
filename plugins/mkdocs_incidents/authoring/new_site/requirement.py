"""What a site writes into `requirements.txt` to get the plugin: from where the one that runs was installed."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

from mkdocs_incidents import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_NAME = "mkdocs-incidents"
_WHEELS = "packages"
_WHEEL = f"{_WHEELS}/mkdocs_incidents-{__version__}-py3-none-any.whl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A line for pip, and what has to be there for it."""

    line: str
    source: str = ""
    """The folder or file on this machine that the plugin comes from; empty where pip finds it anywhere."""
    extras: tuple[str, ...] = ()
    """The names of those of the plugin that the site needs, such as `material`."""

    def command(self, site: Path) -> str:
        """What to type in the folder of the site so that pip finds the plugin; empty where it does already."""
        if not self.source or (site / _WHEEL).is_file():
            return ""
        return shlex.join(["pip", "wheel", "--no-deps", "--wheel-dir", _WHEELS, self.source])

    @property
    def install_command(self) -> str:
        """What to type here to install the plugin with its extras, wherever it came from."""
        return shlex.join(["pip", "install", f"{self.source}{_in_brackets(self.extras)}" if self.source else self.line])


def _in_brackets(extras: Sequence[str]) -> str:
    """The names of extras as pip takes them behind that of a package; empty where there are none."""
    return f"[{','.join(extras)}]" if extras else ""


def requirement(extras: Sequence[str]) -> Requirement:
    """What to require: this version, with corrections of errors, but nothing that may change a page.

    Installers note where a package that is from no index came from (PEP 610). A requirement of such a package by its
    name would not be found, or it would be somebody else's package of that name. One from a folder or a file of this
    machine goes into the repository of the site as a wheel, since no other machine has that folder.

    Args:
        extras: names of the extras of the plugin that the site needs: its theme, and what builds it.
    """
    needed, names = _in_brackets(extras), tuple(extras)
    origin = json.loads(_direct_url() or "{}")
    if not origin:
        return Requirement(line=f"{_NAME}{needed}~={__version__}", extras=names)
    address = urlsplit(origin["url"])
    if address.scheme == "file" and "vcs_info" not in origin:
        return Requirement(line=f"./{_WHEEL}{needed}", source=url2pathname(address.path), extras=names)
    versions = origin.get("vcs_info")
    prefix, commit = (f"{versions['vcs']}+", f"@{versions['commit_id']}") if versions else ("", "")
    return Requirement(line=f"{_NAME}{needed} @ {prefix}{origin['url']}{commit}", extras=names)


def _direct_url() -> str | None:
    try:
        return distribution(_NAME).read_text("direct_url.json")
    except PackageNotFoundError:  # it runs from a folder without having been installed
        return None
