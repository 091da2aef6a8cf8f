"""Rows beside an axis: each as near to its own place as the others let it be, and none over another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def spread(wanted: Sequence[float], apart: float, *, top: float, bottom: float) -> tuple[float, ...]:
    """Places in the order given, at least `apart` from one another, all together nearest to those wanted.

    All lie between `top` and `bottom`, which leave room for them. Rows that crowd are moved as one block to the middle
    of where they belong.
    """
    blocks: list[
        tuple[float, int]
    ] = []  # sum of the wanted places of its rows, as if they lay on one, and their number
    for number, place in enumerate(wanted):
        blocks.append((place - number * apart, 1))
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            (total, rows), (more, others) = blocks[-2:]
            blocks[-2:] = [(total + more, rows + others)]
    lowest = max(bottom - (len(wanted) - 1) * apart, top)
    settled = [min(max(total / rows, top), lowest) for total, rows in blocks for _ in range(rows)]
    return tuple(place + number * apart for number, place in enumerate(settled))
