"""Builds of sites, each in a process of its environment, and what their logs say."""

from __future__ import annotations

import fcntl
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tests.makers import at
from tests.neighbours.neighbour import NONE, Order, configuration, lay_out
from tests.sites.building import NOON, tree

if TYPE_CHECKING:
    from pathlib import Path

    from tests.neighbours.environments import Environment
    from tests.neighbours.neighbour import Neighbour

_ENTRY = re.compile(r"^(DEBUG|INFO|WARNING|ERROR|CRITICAL)\s+-\s+", re.MULTILINE)
_OF_PYTHON = re.compile(r"^\S+:\d+: \w*Warning: .*$", re.MULTILINE)
_STRICT = re.compile(r"Aborted with \d+ warnings? in strict mode")
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_LONGEST = 600
"""Seconds after which a build is given up."""


@dataclass(frozen=True)
class Build:
    """A finished build: the site, its log and how it ended, in one folder."""

    folder: Path

    @property
    def site(self) -> Path:
        return self.folder / "site"

    @property
    def log(self) -> Path:
        return self.folder / "log.txt"

    @property
    def ended(self) -> Path:
        return self.folder / "exit.txt"

    @cached_property
    def files(self) -> dict[str, bytes]:
        """Every published file."""
        return tree(self.site)

    @cached_property
    def _said(self) -> str:
        return _COLOURS.sub("", self.log.read_text(encoding="utf-8", errors="replace"))

    @property
    def failure(self) -> str | None:
        """Why there is no site; a strict build that had warnings has written one."""
        if self.ended.read_text() == "0" or _STRICT.search(self._said):
            return None
        lines = [line for line in self._said.splitlines() if line.strip()]
        return f"the build failed: {lines[-1] if lines else 'it said nothing'}"

    @property
    def warnings(self) -> list[str]:
        """All that is a warning or worse, each with the lines that belong to it."""
        begins = [*_ENTRY.finditer(self._said)]
        ends = [*(entry.start() for entry in begins[1:]), len(self._said)]
        return [
            self._said[entry.end() : end].partition("\n\nAborted with")[0].strip()
            for entry, end in zip(begins, ends, strict=True)
            if entry[1] in {"WARNING", "ERROR", "CRITICAL"}
        ] + _OF_PYTHON.findall(self._said)


def build(environment: Environment, neighbour: Neighbour, order: Order, folder: Path, content: Neighbour) -> Build:
    """Build the site that has the plugins of a neighbour and the content of one: mostly the same."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    source = lay_out(folder, content, configuration(neighbour, order))
    result = Build(folder)
    now = str(int(at(NOON).timestamp()))
    with result.log.open("wb") as log:
        try:
            done = subprocess.run(
                [environment.python, "-m", environment.host, "build", "--strict", "--site-dir", result.site],
                cwd=source,
                env=environment.variables | {"SOURCE_DATE_EPOCH": now},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                timeout=_LONGEST,
                check=False,
            ).returncode
        except subprocess.TimeoutExpired:
            log.write(f"\nNot done within {_LONGEST} s\n".encode())
            done = -1
    result.ended.write_text(str(done))
    return result


@dataclass(frozen=True)
class References:
    """Sites that those of neighbours are compared with; each is built once, by whoever asks first."""

    folder: Path

    def plain(self, environment: Environment, content: Neighbour = NONE) -> Build:
        """The site without a neighbour, with its content if it has any."""
        content = content if content.has_content else NONE
        return self._once(environment, NONE, Order.LAST, content)

    def absent(self, environment: Environment, neighbour: Neighbour = NONE) -> Build:
        """The site without us."""
        return self._once(environment, neighbour, Order.ABSENT, neighbour)

    def _once(self, environment: Environment, neighbour: Neighbour, order: Order, content: Neighbour) -> Build:
        folder = self.folder / environment.name / f"{content.name}.{neighbour.name}.{order}"
        folder.parent.mkdir(parents=True, exist_ok=True)
        with folder.with_name(f"{folder.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            built = Build(folder)
            return built if built.ended.exists() else build(environment, neighbour, order, folder, content)
