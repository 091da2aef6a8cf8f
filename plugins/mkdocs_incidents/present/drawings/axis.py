"""A vertical axis: from instants to places, and rows beside it that do not overlap.

Time is to scale while users were affected. Time before, between and after may be so long that nothing could be seen
of the rest: that is then left out, and the axis shows where.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from mkdocs_incidents.model import Interval

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

_LEFT_OUT_BEYOND = 0.8
"""Quiet time longer than this, in parts of the time that users felt it, is not drawn to scale."""
_DRAWN_AS = 0.3
"""How long it is drawn instead."""
_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080, 43200)
"""Minutes between the marks of the axis: the first of them that gives few enough."""
_MARKS = 6
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A stretch of the axis; `drawn` is the time it is as long as in the drawing."""

    interval: Interval
    drawn: timedelta
    broken: bool


class Axis:
    """A vertical axis between two places in em, over every instant that is to be shown."""

    def __init__(self, instants: Sequence[datetime], felt: Sequence[Interval], top: float, bottom: float) -> None:
        self._pieces = tuple(_pieces(instants, felt))
        self._top, self._height = top, bottom - top
        self._whole = sum((piece.drawn for piece in self._pieces), timedelta())

    @property
    def interval(self) -> Interval:
        """All that is shown."""
        return Interval(self._pieces[0].interval.start, self._pieces[-1].interval.end)

    def place(self, at: datetime) -> float:
        """Where an instant lies, in em; what lies outside is drawn at the nearer end."""
        before = timedelta()
        for piece in self._pieces:
            if at < piece.interval.end:
                part = max(at - piece.interval.start, timedelta()) / piece.interval.duration
                return self._top + (before + part * piece.drawn) / self._whole * self._height
            before += piece.drawn
        return self._top + self._height

    def breaks(self) -> tuple[tuple[float, float], ...]:
        """From where to where the axis is not to scale, in em."""
        broken = [piece.interval for piece in self._pieces if piece.broken]
        return tuple((self.place(piece.start), self.place(piece.end)) for piece in broken)

    def marks(self, zone: ZoneInfo, apart: float) -> Iterator[datetime]:
        """Round instants on the clocks of `zone` where the axis is to scale, at least `apart` em from one another."""
        scaled = [piece.interval for piece in self._pieces if not piece.broken]
        minutes = sum((piece.duration for piece in scaled), timedelta()) / _MINUTE
        step = next((step for step in _STEPS if minutes / step <= _MARKS), _STEPS[-1])
        last = float("-inf")
        for piece in scaled:
            for at in _round_instants(piece, zone, step):
                place = self.place(at)
                if place - last >= apart:
                    last = place
                    yield at


def _pieces(instants: Sequence[datetime], felt: Sequence[Interval]) -> Iterator[_Piece]:
    first, last = min(instants), max(instants)
    told = sum((spell.duration for spell in felt), timedelta())
    if not told:
        whole = Interval(first, max(last, first + _MINUTE))
        yield _Piece(interval=whole, drawn=whole.duration, broken=False)
        return
    reached = first
    for spell in felt:
        yield from _quiet(reached, spell.start, told)
        yield _Piece(interval=spell, drawn=spell.duration, broken=False)
        reached = spell.end
    yield from _quiet(reached, last, told)


def _quiet(start: datetime, end: datetime, told: timedelta) -> Iterator[_Piece]:
    if end > start:
        broken = end - start > _LEFT_OUT_BEYOND * told
        yield _Piece(interval=Interval(start, end), drawn=_DRAWN_AS * told if broken else end - start, broken=broken)


def _round_instants(span: Interval, zone: ZoneInfo, step: int) -> Iterator[datetime]:
    """Every `step` minutes of each local day from its midnight on; clock changes neither shift nor double a mark."""
    day = span.start.astimezone(zone).date()
    end = span.end.astimezone(zone).date()
    length = max(step // 1440, 1)
    while day <= end:
        for minute in range(0, 1440, step) if step < 1440 else (0,):  # noqa: PLR2004  minutes of a day
            local = datetime.combine(day, time(minute // 60, minute % 60), tzinfo=zone)
            at = local.astimezone(UTC)
            if span.start <= at <= span.end and at.astimezone(zone).time() == local.time():
                yield at
        day += timedelta(days=length)


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
