"""A vertical time axis that maps instants to places, and rows beside it that do not overlap.

Time is to scale while users were affected. Long time before, between and after is compressed, so that the affected
time remains visible; the drawing shows where.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from mkdocs_incidents.model import Interval

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

_COMPRESS_BEYOND = 0.8
"""Unaffected time longer than this, as a multiple of the affected duration, is compressed."""
_COMPRESSED_TO = 0.3
"""The length of compressed time, as a multiple of the affected duration."""
_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080, 43200)
"""Minutes between the marks of the axis; the first that gives at most `_MOST_MARKS` is used."""
_MOST_MARKS = 6
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Segment:
    """A part of the axis. It is drawn as long as `drawn` is, instead of its duration, where it is compressed."""

    interval: Interval
    drawn: timedelta
    compressed: bool


class Axis:
    """A vertical axis from `top` to `bottom`, in em, over all of `instants` and `affected`."""

    def __init__(self, instants: Sequence[datetime], affected: Sequence[Interval], top: float, bottom: float) -> None:
        self._segments = tuple(_segments(instants, affected))
        self._top, self._height = top, bottom - top
        self._drawn_duration = sum((segment.drawn for segment in self._segments), timedelta())

    @property
    def interval(self) -> Interval:
        """From the first instant to the last."""
        return Interval(self._segments[0].interval.start, self._segments[-1].interval.end)

    def place(self, at: datetime) -> float:
        """The place of an instant, in em; the nearer end of the axis for an instant beyond it."""
        before = timedelta()
        for segment in self._segments:
            if at < segment.interval.end:
                part = max(at - segment.interval.start, timedelta()) / segment.interval.duration
                return self._top + (before + part * segment.drawn) / self._drawn_duration * self._height
            before += segment.drawn
        return self._top + self._height

    def breaks(self) -> tuple[tuple[float, float], ...]:
        """Start and end of each compressed part, in em."""
        compressed = [segment.interval for segment in self._segments if segment.compressed]
        return tuple((self.place(interval.start), self.place(interval.end)) for interval in compressed)

    def marks(self, zone: ZoneInfo, apart: float) -> Iterator[datetime]:
        """Round clock times in `zone`, where the axis is to scale, at least `apart` em from each other."""
        scaled = [segment.interval for segment in self._segments if not segment.compressed]
        minutes = sum((interval.duration for interval in scaled), timedelta()) / _MINUTE
        step = next((step for step in _STEPS if minutes / step <= _MOST_MARKS), _STEPS[-1])
        last = float("-inf")
        for interval in scaled:
            for at in _round_instants(interval, zone, step):
                place = self.place(at)
                if place - last >= apart:
                    last = place
                    yield at


def _segments(instants: Sequence[datetime], affected: Sequence[Interval]) -> Iterator[_Segment]:
    first, last = min(instants), max(instants)
    affected_duration = sum((interval.duration for interval in affected), timedelta())
    if not affected_duration:
        interval = Interval(first, max(last, first + _MINUTE))
        yield _Segment(interval=interval, drawn=interval.duration, compressed=False)
        return
    end_so_far = first
    for interval in affected:
        yield from _unaffected(end_so_far, interval.start, affected_duration)
        yield _Segment(interval=interval, drawn=interval.duration, compressed=False)
        end_so_far = interval.end
    yield from _unaffected(end_so_far, last, affected_duration)


def _unaffected(start: datetime, end: datetime, affected_duration: timedelta) -> Iterator[_Segment]:
    if end > start:
        compressed = end - start > _COMPRESS_BEYOND * affected_duration
        drawn = _COMPRESSED_TO * affected_duration if compressed else end - start
        yield _Segment(interval=Interval(start, end), drawn=drawn, compressed=compressed)


def _round_instants(span: Interval, zone: ZoneInfo, step: int) -> Iterator[datetime]:
    """Every `step` minutes of each local day from midnight; none is skipped or repeated because of a clock change."""
    first, last = span.start.astimezone(zone), span.end.astimezone(zone)
    day, end = first.date(), last.date()
    length = max(step // 1440, 1)
    # Within a day and with the same offset at both ends, the clocks do not change: times outside of the span are left
    # out at once, which are almost all.
    same_day = day == end and first.utcoffset() == last.utcoffset()
    begin, until = (_minute(first) // step * step, _minute(last) + 1) if same_day and step < 1440 else (0, 1440)  # noqa: PLR2004
    while day <= end:
        for minute in range(begin, until, step) if step < 1440 else (0,):  # noqa: PLR2004  minutes of a day
            local = datetime.combine(day, time(minute // 60, minute % 60), tzinfo=zone)
            at = local.astimezone(UTC)
            if span.start <= at <= span.end and at.astimezone(zone).time() == local.time():
                yield at
        day += timedelta(days=length)


def _minute(local: datetime) -> int:
    return local.hour * 60 + local.minute


def spread(wanted: Sequence[float], apart: float, *, top: float, bottom: float) -> tuple[float, ...]:
    """Places at least `apart` from each other, in the given order, with the least squared distance from those wanted.

    All are between `top` and `bottom`, which must leave room for them. Rows that would overlap are moved as a block to
    the mean of their wanted places (pool-adjacent-violators algorithm).
    """
    # Of each block the sum of the wanted places of its rows, less their offsets in the block, and their number.
    blocks: list[tuple[float, int]] = []
    for number, place in enumerate(wanted):
        blocks.append((place - number * apart, 1))
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            (total, rows), (next_total, next_rows) = blocks[-2:]
            blocks[-2:] = [(total + next_total, rows + next_rows)]
    lowest = max(bottom - (len(wanted) - 1) * apart, top)
    settled = [min(max(total / rows, top), lowest) for total, rows in blocks for _ in range(rows)]
    return tuple(place + number * apart for number, place in enumerate(settled))
