"""Virtual environments with a host, a theme and neighbours, each with the newest versions that fit together."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.neighbours.neighbour import HOSTS, THEMES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.neighbours.neighbour import Neighbour

ROOT = Path(__file__).resolve().parents[2]
MATRIX = ROOT / ".cache" / "matrix"
PINNED_MATERIALX = ROOT / ".venv" / "materialx" / "bin" / "python"
"""Sees what is in .venv, but for its theme: both themes are a package `material` (requirements/venv.sh)."""

_STAMP = ".made-from"


@dataclass(frozen=True)
class Environment:
    """A Python with a host and a theme."""

    host: str
    theme: str
    python: Path
    paths: tuple[Path, ...] = ()
    """Folders that come before the packages of that Python."""

    @property
    def name(self) -> str:
        """As people say it: `mkdocs+material`."""
        return name_of(self.host, self.theme)

    @property
    def variables(self) -> dict[str, str]:
        """The variables of its processes: those of this one, without what measures the coverage of tests."""
        before = [*map(str, self.paths), *filter(None, [os.environ.get("PYTHONPATH")])]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
        return kept | {"THEME": self.theme, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": os.pathsep.join(before)}


class NotInstalledError(Exception):
    """Packages could not be installed, or not together."""


def name_of(host: str, theme: str) -> str:
    """As people say it: `mkdocs+material`."""
    return f"{host}+{theme}"


PAIRS = tuple((host, theme) for host in HOSTS for theme in THEMES)
NAMES = tuple(name_of(host, theme) for host, theme in PAIRS)


def fits(neighbour: Neighbour, host: str, theme: str) -> bool:
    """Whether a neighbour is for this host and this theme."""
    return host in neighbour.hosts and theme in neighbour.themes


def pinned(host: str, theme: str) -> Environment:
    """The environment of the project itself, with the neighbours that requirements/dev.in lists."""
    python = PINNED_MATERIALX if theme == "materialx" else Path(sys.executable)
    return Environment(host, theme, python, (ROOT / "plugins",))


def newest(host: str, theme: str, together: Iterable[Neighbour], *, folder: Path = MATRIX) -> Environment:
    """The environment of these neighbours; made anew where the list of packages is another than before.

    Raises:
        NotInstalledError: pip could not install them.
    """
    together = [neighbour for neighbour in together if fits(neighbour, host, theme)]
    extras = [theme] if host == "mkdocs" else [theme, host]
    packages = sorted({package for neighbour in together for package in neighbour.packages})
    requirements = [f"{ROOT}[{','.join(extras)}]", *packages]
    apart = [neighbour.name for neighbour in together if neighbour.apart]
    home = folder / "environments" / "+".join([host, theme, *apart])
    environment = Environment(host, theme, home / "bin" / "python")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    made_from = "\n".join([sys.version, str(home), *requirements, json.dumps(project)])
    if not (home / _STAMP).is_file() or (home / _STAMP).read_text(encoding="utf-8") != made_from:
        _make(home, environment.python, requirements)
        (home / _STAMP).write_text(made_from, encoding="utf-8")
    return environment


def _make(home: Path, python: Path, requirements: list[str]) -> None:
    shutil.rmtree(home, ignore_errors=True)
    _run([sys.executable, "-m", "venv", str(home)])
    pip = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input"]
    _run([*pip, "install", "--editable", *requirements])


def _run(command: list[str]) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotInstalledError(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
