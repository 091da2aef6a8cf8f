"""The result of a run as a table for a terminal: a row for each neighbour, a column for each environment."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.neighbours.neighbour import Neighbour, Order

_SHOWN = 3
"""The number of faults of a site that the table shows; a file beside the site has all of them."""
_WIDTH = 200


@dataclass(frozen=True)
class Verdict:
    """What is wrong with one neighbour in one environment, by order."""

    neighbour: Neighbour
    environment: str
    faults: dict[Order, list[str]] = field(default_factory=dict)

    @property
    def wrong(self) -> bool:
        return any(self.faults.values())

    @property
    def cell(self) -> str:
        """`ok`, or the orders in which something is wrong."""
        return " ".join(f"{order}:{len(found)}" for order, found in self.faults.items() if found) or "ok"


def table(verdicts: Iterable[Verdict], environments: Iterable[str]) -> str:
    """The table; `-` where a neighbour is not for an environment."""
    environments = list(environments)
    cells = {(verdict.neighbour.name, verdict.environment): verdict.cell for verdict in verdicts}
    names = sorted({name for name, _ in cells})
    rows = [["", *environments]]
    rows += [[name, *(cells.get((name, environment), "-") for environment in environments)] for name in names]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)


def faults(verdict: Verdict) -> str:
    """What was wrong, for people."""
    lines = []
    for order, found in verdict.faults.items():
        if not found:
            continue
        lines.append(f"{verdict.neighbour.name} with {verdict.environment}, incidents {order}:")
        lines += [f"    {fault if len(fault) <= _WIDTH else fault[:_WIDTH] + ' …'}" for fault in found[:_SHOWN]]
        if len(found) > _SHOWN:
            lines.append(f"    and {len(found) - _SHOWN} more")
    return "\n".join(lines)
