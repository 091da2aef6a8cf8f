"""A timeline drawn to scale: the impact on an axis, a row beside it for each fact, and a line between.

Bunched minutes fan out and nothing overlaps. All lengths are in em, so that text never shrinks and the drawing grows
with the reader's own size (look.md 3).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from mkdocs_incidents.model import ComponentStatus, Incident, Interval, Update

from .vocabulary_words import ENTRY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from mkdocs_incidents.model import Notice, TimelineEntry

    from .edition import Edition

_DRAWN_AT_MOST = 16
"""Beyond this only turning points and public words are drawn; the list beside has everything."""
_ROW = 1.6
"""Height of a drawn row, in em."""
_ROWS_AT_LEAST = 7
_TOP = 0.8
_LABEL_FITS = 22
"""Characters of a label that stand beside the axis at 320 px."""
_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080, 43200)
"""Minutes between the clock times of the axis: the first of them that gives few enough."""
_TICKS = 6
_MARKUP = re.compile(r"[*_`]|\[([^\]]*)\]\([^)]*\)|<[^>]*>")
_SHAPES = {
    ComponentStatus.DEGRADED_PERFORMANCE: ("dg", 0.5),
    ComponentStatus.PARTIAL_OUTAGE: ("pt", 0.75),
    ComponentStatus.MAJOR_OUTAGE: ("mj", 1.0),
}
"""Class and width in em: a bar as wide as it was bad."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnRow:
    """One row of the drawing, lengths in em."""

    y: str
    y_true: str
    """Where its instant lies on the axis."""
    mark: str
    """`dot` for an entry, `key` for a turning point, `say` for a public word."""
    clock: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnSpan:
    """A stretch of the impact on the axis."""

    shape: str
    y: str
    height: str
    width: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The axis with the impact on it, and the rows beside."""

    height: str
    label: str
    """All of it in words."""
    ticks: tuple[tuple[str, str], ...]
    """Place and clock time."""
    spans: tuple[DrawnSpan, ...]
    rows: tuple[DrawnRow, ...]


def drawing(edition: Edition, notice: Notice, told: Sequence[TimelineEntry | Update]) -> Drawing:
    """Draw facts that are in order of time."""
    drawn = list(told)
    if len(drawn) > _DRAWN_AT_MOST:
        drawn = [fact for fact in told if isinstance(fact, Update) or fact.kind] or drawn[:_DRAWN_AT_MOST]
    span = notice.interval(edition.now)
    instants = [fact.at for fact in drawn] + ([span.start, span.end] if span else [])
    axis = Interval(min(instants), max(*instants, min(instants) + timedelta(minutes=1)))
    bottom = _TOP + _ROW * max(len(drawn), _ROWS_AT_LEAST)
    place = _Scale(axis, bottom)
    apart = (bottom - _TOP) / max(len(drawn) - 1, 1)
    rows = tuple(_row(edition, notice, fact, place, _TOP + apart * n) for n, fact in enumerate(drawn))
    return Drawing(
        height=f"{bottom + 0.9:.2f}em",
        label="; ".join(f"{row.clock} {row.label}" for row in rows),
        ticks=tuple(_ticks(edition, notice, axis, place)),
        spans=tuple(_spans(edition, notice, place)),
        rows=rows,
    )


class _Scale:
    """From instants to em on the axis."""

    def __init__(self, axis: Interval, bottom: float) -> None:
        self._axis, self._bottom = axis, bottom

    def em(self, at: datetime) -> float:
        return _TOP + (at - self._axis.start) / self._axis.duration * (self._bottom - _TOP)

    def __call__(self, at: datetime) -> str:
        return f"{self.em(at):.2f}em"


def _row(edition: Edition, notice: Notice, fact: TimelineEntry | Update, place: _Scale, y: float) -> DrawnRow:
    if isinstance(fact, Update):
        mark, label = "say", f"“{edition.wording.stage(fact.status)}”"
    elif fact.kind:
        mark, label = "key", edition.wording.text(ENTRY[fact.kind])
    else:
        mark, label = "dot", _short(fact.text)
    clock = edition.wording.bare_clock(fact.at, notice.timezone)
    return DrawnRow(y=f"{y:.2f}em", y_true=place(fact.at), mark=mark, clock=clock, label=label)


def _short(text: str) -> str:
    """The first words of an entry, without markup; an ellipsis says that there are more."""
    words = _MARKUP.sub(r"\1", text).split()
    short = ""
    for word in words:
        if len(short) + len(word) + 1 > _LABEL_FITS:
            return f"{short}…" if short else f"{word[: _LABEL_FITS - 1]}…"
        short = f"{short} {word}".strip()
    return short.rstrip(".")


def _ticks(edition: Edition, notice: Notice, axis: Interval, place: _Scale) -> Iterator[tuple[str, str]]:
    minutes = axis.duration.total_seconds() / 60
    step = next((step for step in _STEPS if minutes / step <= _TICKS), _STEPS[-1])
    local = axis.start.astimezone(notice.timezone).replace(tzinfo=None)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    past = -((midnight - local) // timedelta(minutes=step))
    at = axis.start + (midnight + past * timedelta(minutes=step) - local)
    while at <= axis.end:
        if at >= axis.start:
            yield place(at), edition.wording.bare_clock(at, notice.timezone)
        at += timedelta(minutes=step)


def _spans(edition: Edition, notice: Notice, place: _Scale) -> Iterator[DrawnSpan]:
    """The worst state at each instant of the incident."""
    impacts = edition.impacts(notice) if isinstance(notice, Incident) else ()
    edges = sorted({edge for impact in impacts for edge in (impact.interval.start, impact.interval.end)})
    for start, end in pairwise(edges):
        worst = ComponentStatus.worst(impact.status for impact in impacts if impact.interval.contains(start))
        if worst in _SHAPES:
            shape, width = _SHAPES[worst]
            height = place.em(end) - place.em(start)
            yield DrawnSpan(shape=shape, y=place(start), height=f"{height:.2f}em", width=f"{width:.2f}em")
