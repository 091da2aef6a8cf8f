"""The table of the guide that says how we stand beside each neighbour: what every `neighbour.toml` says was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.neighbours.environments import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.neighbours.neighbour import Neighbour

PAGE = ROOT / "docs" / "guide" / "plugins.md"
BEGIN = "<!-- neighbours: written by `make matrix ARGS=--guide` -->"
END = "<!-- end of neighbours -->"


def rows(neighbours: Iterable[Neighbour]) -> str:
    """The table, by label."""
    stated = sorted((neighbour.label.casefold(), neighbour.label, neighbour.seen) for neighbour in neighbours)
    return "\n".join(
        ["| plugin | beside `incidents` |", "|---|---|", *(f"| {label} | {seen} |" for _, label, seen in stated)]
    )


def stated() -> str:
    """The table as the guide has it."""
    return _parts()[1].strip()


def write(neighbours: Iterable[Neighbour]) -> None:
    """Write the table into the guide."""
    before, _, after = _parts()
    table = rows(neighbour for neighbour in neighbours if neighbour.folder is not None)
    PAGE.write_text(f"{before}{BEGIN}\n\n{table}\n\n{END}{after}", encoding="utf-8")


def _parts() -> tuple[str, str, str]:
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    table, _, after = rest.partition(END)
    return before, table, after
