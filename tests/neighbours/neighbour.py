"""The sites of neighbours: what `neighbour.toml` says of each, and its files, laid over those that all share."""

from __future__ import annotations

import os
import shutil
import subprocess
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
BASE = HERE / "base"
BASE_CONFIG = HERE / "base.yml"
SITES = HERE / "sites"

HOSTS = ("mkdocs", "properdocs")
THEMES = ("material", "materialx")
CHANGES = ("head", "html", "whitespace", "urls", "files")
"""What a neighbour may be for on our pages; `comparing` says what each of them allows."""

_OURS = "  - incidents"
_WHEN = "2026-06-10T12:00:00+00:00"
"""When all files of a site were committed: plugins that ask git for dates get the same one in every build."""


class Order(StrEnum):
    """Where `incidents` stands among the plugins of a site."""

    FIRST = "first"
    LAST = "last"
    ABSENT = "absent"


ORDERS = (Order.FIRST, Order.LAST)
"""The orders in which sites are built."""


@dataclass(frozen=True, kw_only=True)
class Neighbour:
    """A plugin or a feature that sites have beside `incidents`."""

    name: str
    folder: Path | None = None
    """With its mkdocs.yml, and what it adds to the files that all sites share; none where nothing is beside us."""
    label: str = ""
    seen: str = ""
    packages: tuple[str, ...] = ()
    themes: tuple[str, ...] = THEMES
    hosts: tuple[str, ...] = HOSTS
    apart: bool = False
    """Whether its packages cannot be installed beside those of the others."""
    changes: frozenset[str] = frozenset()
    orders: tuple[Order, ...] = ORDERS
    """Where `incidents` may stand; one only for a neighbour that asks to stand last, for example."""
    warnings: tuple[str, ...] = ()
    """Regular expressions of warnings that it gives on any site, and of what browsers report because of it."""

    @property
    def has_content(self) -> bool:
        """Whether it has documents or incidents of its own, so that nothing else than they may differ."""
        return self.folder is not None and any((self.folder / part).is_dir() for part in ("docs", "incidents"))


NONE = Neighbour(name="none", label="nothing else")
"""The site that has no plugins but search and our own."""


class NeighbourFileError(Exception):
    """A `neighbour.toml` or a mkdocs.yml is not what the harness can read."""


def neighbours(folder: Path = SITES) -> list[Neighbour]:
    """All neighbours, by name."""
    return [read_neighbour(file.parent) for file in sorted(folder.glob("*/neighbour.toml"))]


def read_neighbour(folder: Path) -> Neighbour:
    """What `neighbour.toml` says.

    Raises:
        NeighbourFileError: it has an unknown key or value, or lacks one.
    """
    facts: dict[str, Any] = tomllib.loads((folder / "neighbour.toml").read_text(encoding="utf-8"))
    known = {"packages", "label", "seen", "themes", "hosts", "apart", "changes", "orders", "warnings"}
    allowed = {"themes": THEMES, "hosts": HOSTS, "changes": CHANGES, "orders": ORDERS}
    strange = [
        *(key for key in facts if key not in known),
        *(f"{key}: {value}" for key in allowed for value in facts.get(key, ()) if value not in allowed[key]),
        *(f"{key} is missing" for key in ("packages", "label", "seen") if key not in facts),
    ]
    if strange:
        raise NeighbourFileError(f"{folder.name}/neighbour.toml: {', '.join(strange)}")
    return Neighbour(
        name=folder.name,
        folder=folder,
        label=facts["label"],
        seen=facts["seen"],
        packages=tuple(facts["packages"]),
        themes=tuple(facts.get("themes", THEMES)),
        hosts=tuple(facts.get("hosts", HOSTS)),
        apart=facts.get("apart", False),
        changes=frozenset(facts.get("changes", ())),
        orders=tuple(map(Order, facts.get("orders", ORDERS))),
        warnings=tuple(facts.get("warnings", ())),
    )


def lay_out(work: Path, content: Neighbour, config: str) -> Path:
    """A folder with mkdocs.yml, docs/ and incidents/, all in git: the common content, and over it that of a neighbour.

    It is `sites/NAME/` below `work`, so that `INHERIT: ../../base.yml` leads where it does in the repository.
    """
    folder = work / "sites" / content.name
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(BASE, folder)
    if content.folder is not None:
        shutil.copytree(content.folder, folder, dirs_exist_ok=True)
    shutil.copy(BASE_CONFIG, work)
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    _commit(folder)
    return folder


def configuration(neighbour: Neighbour, order: Order) -> str:
    """Its mkdocs.yml, with `incidents` as the first or last of its plugins, or without."""
    if neighbour.folder is None:
        text = f"INHERIT: ../../base.yml\n\nplugins:\n  - search\n{_OURS}\n"
    else:
        text = (neighbour.folder / "mkdocs.yml").read_text(encoding="utf-8")
    lines = text.splitlines()
    if lines.count(_OURS) != 1 or "plugins:" not in lines:
        raise NeighbourFileError(f"{neighbour.name}/mkdocs.yml: the line {_OURS!r} has to stand once below 'plugins:'")
    lines.remove(_OURS)
    begin = lines.index("plugins:") + 1
    if order is Order.FIRST:
        lines.insert(begin, _OURS)
    elif order is Order.LAST:
        lines.insert(_end_of_block(lines, begin), _OURS)
    return "\n".join(lines) + "\n"


def _end_of_block(lines: list[str], begin: int) -> int:
    """The number of the line after the last that belongs to the block beginning at `begin`."""
    end = begin
    for number in range(begin, len(lines)):
        if lines[number].startswith(" "):
            end = number + 1
        elif lines[number].strip() and not lines[number].startswith("#"):
            break
    return end


def _commit(folder: Path) -> None:
    """Make the folder a repository of its own: what git says of the one around it is no business of its plugins."""
    author = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in _AUTHOR.items()}
    environment = os.environ | author | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    for command in (["init", "--quiet", "--initial-branch=main"], ["add", "."], ["commit", "--quiet", "-m", "Site"]):
        subprocess.run(["git", *command], cwd=folder, env=environment, check=True, capture_output=True)  # noqa: S607


_AUTHOR = {"NAME": "Docs team", "EMAIL": "docs@example.org", "DATE": _WHEN}
