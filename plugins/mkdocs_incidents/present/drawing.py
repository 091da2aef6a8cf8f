"""A timeline drawn to scale: the impact and the phases on an axis, a row beside it for each fact, and a line between.

Bunched minutes fan out and nothing overlaps. All lengths are in em, so that text never shrinks and the drawing grows
with the reader's own size (look.md 3).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_incidents.model import ComponentStatus, Update
from mkdocs_incidents.status import day_of

from .axis import Axis
from .drawn_rows import Row, facts_drawn, rows
from .drawn_words import description, drawn_title, state_word
from .spreading import spread
from .views import Key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs_incidents.model import Notice, TimelineEntry
    from mkdocs_incidents.status import ImpactSpan, Phase

    from .edition import Edition

_ROW = 1.6
"""Height of a row, in em."""
_ROWS_AT_LEAST = 7
_TOP = 0.8
_LETTER = 0.58
"""Width of a letter in em, as most faces have it."""
_MARKS_APART = 1.3
_SEEN = 0.15
"""Height in em below which nothing would be seen."""
_BESIDE = 1.6
"""Where the lines to the rows begin beside what users felt, in em."""
_FACTS = ("dot", "key", "say")
_SHAPES = {
    ComponentStatus.OPERATIONAL: ("nd", 0.2),
    ComponentStatus.UNDER_MAINTENANCE: ("mt", 0.4),
    ComponentStatus.DEGRADED_PERFORMANCE: ("dg", 0.5),
    ComponentStatus.PARTIAL_OUTAGE: ("pt", 0.75),
    ComponentStatus.MAJOR_OUTAGE: ("mj", 1.0),
}
"""Class and width in em: a bar as wide as it was bad, a thin one where it was open and no service is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnRow:
    """One row of the drawing, lengths in em."""

    y: str
    x_true: str
    y_true: str
    """Where its instant lies on the axis, or beside what is drawn on it."""
    mark: str
    """`dot` for an entry, `key` for a turning point, `say` for a public word; `day` and `phase` stand between."""
    clock: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnSpan:
    """A stretch of the axis with what users felt."""

    shape: str
    """`mj`, `pt`, `dg`, `mt` or `nd`."""
    y: str
    height: str
    width: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPhase:
    """A stretch of a phase: thick and thin by turns, so that neighbours are told apart."""

    shape: str
    """`p0` or `p1`."""
    y: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The axis with the impact on it, and the rows beside."""

    height: str
    left: str
    """Width of the clock times to the left of the axis."""
    top: str
    bottom: str
    """The ends of the axis."""
    title: str
    description: str
    """All of it in words."""
    ticks: tuple[tuple[str, str], ...]
    """Place and clock time, or the day where it is midnight."""
    breaks: tuple[tuple[str, str], ...]
    """From where to where time is left out."""
    spans: tuple[DrawnSpan, ...]
    phases: tuple[DrawnPhase, ...]
    rails: tuple[DrawnPhase, ...]
    """The phases beside the rows."""
    rows: tuple[DrawnRow, ...]
    more: str
    """`and 44 more in the list`; empty where all is drawn."""
    legend: tuple[Key, ...]


def drawing(edition: Edition, notice: Notice, told: Sequence[TimelineEntry | Update]) -> Drawing:
    """Draw facts that are in order of time."""
    felt, parts = edition.facts(notice).impact_spans, edition.facts(notice).phases
    shown = facts_drawn(told)
    items = rows(edition, notice, shown, parts)
    bottom = _TOP + _ROW * max(len(items) - 1, _ROWS_AT_LEAST)
    spans = [one.interval for one in felt]
    instants = [*(fact.at for fact in told), *(edge for span in spans for edge in (span.start, span.end))]
    axis = Axis(instants, spans, _TOP, bottom)
    places = spread([axis.place(i.at) + i.shift * _ROW for i in items], _ROW, top=_TOP, bottom=bottom)
    ticks = tuple(_ticks(edition, notice, axis))
    more = len(told) - len(shown)
    plural = edition.wording.plural
    return Drawing(
        height=_em(bottom + 0.9),
        left=_em(max(3.0, 0.5 + _LETTER * max((len(text) for _, text in ticks), default=0))),
        top=_em(_TOP),
        bottom=_em(bottom),
        title=drawn_title(edition, notice, axis.interval),
        description=description(edition, notice, felt, parts, [f for f in told if isinstance(f, Update)]),
        ticks=ticks,
        breaks=tuple((_em(start), _em(end)) for start, end in axis.breaks()),
        spans=tuple(_felt(one, axis) for one in felt),
        phases=tuple(_on_the_axis(parts, felt, axis)),
        rails=tuple(_rails(parts, items, places)),
        rows=tuple(_row(item, felt, axis, place) for item, place in zip(items, places, strict=True)),
        more=plural("and %(count)s more in the list", "and %(count)s more in the list", more) if more else "",
        legend=tuple(_legend(edition, items, felt, parts, axis)),
    )


def _felt(felt: ImpactSpan, axis: Axis) -> DrawnSpan:
    shape, width = _SHAPES[felt.status]
    start, end = axis.place(felt.interval.start), axis.place(felt.interval.end)
    return DrawnSpan(shape=shape, y=_em(start), height=_em(max(end - start, _SEEN)), width=_em(width))


def _phase(number: int, start: float, end: float) -> DrawnPhase:
    return DrawnPhase(shape=f"p{number % 2}", y=_em(start), end=_em(max(end, start + _SEEN)))


def _on_the_axis(parts: Sequence[Phase], felt: Sequence[ImpactSpan], axis: Axis) -> Iterator[DrawnPhase]:
    """Each phase as far as users felt it."""
    for number, part in enumerate(parts):
        for one in felt:
            shared = part.interval.overlap(one.interval)
            if shared:
                yield _phase(number, axis.place(shared.start), axis.place(shared.end))


def _rails(parts: Sequence[Phase], items: Sequence[Row], places: Sequence[float]) -> Iterator[DrawnPhase]:
    """Each phase from the row that begins it to the row that ends it."""
    for number, part in enumerate(parts):
        words = next(n for n, item in enumerate(items) if item.phase == number)
        begin = words - 1 if words and items[words - 1].at == part.interval.start else words
        ends = (n for n, item in enumerate(items) if n > words and item.mark in _FACTS and item.at >= part.interval.end)
        yield _phase(number, places[begin], places[next(ends, len(items) - 1)])


def _row(item: Row, felt: Sequence[ImpactSpan], axis: Axis, place: float) -> DrawnRow:
    beside = any(one.interval.start <= item.at <= one.interval.end for one in felt)
    return DrawnRow(
        y=_em(place),
        x_true=_em(_BESIDE if beside else 0),
        y_true=_em(axis.place(item.at)),
        mark=item.mark,
        clock=item.clock,
        label=item.label,
    )


def _ticks(edition: Edition, notice: Notice, axis: Axis) -> Iterator[tuple[str, str]]:
    """The clock at round times; over several days the day instead of midnight."""
    zone = notice.timezone
    several = day_of(axis.interval.start, zone) != day_of(axis.interval.end, zone)
    for at in axis.marks(zone, _MARKS_APART):
        local = at.astimezone(zone)
        midnight = several and not local.hour and not local.minute
        told = edition.wording.short_day(local.date()) if midnight else edition.wording.bare_clock(at, zone)
        yield _em(axis.place(at)), told


def _legend(
    edition: Edition, items: Sequence[Row], felt: Sequence[ImpactSpan], parts: Sequence[Phase], axis: Axis
) -> Iterator[Key]:
    """What is drawn, and nothing else."""
    text = edition.wording.text
    for status in sorted({one.status for one in felt}, key=lambda status: -status.rank):
        shape, width = _SHAPES[status]
        yield Key(mark=shape, word=state_word(edition, status), width=round(width * 10))
    if parts:
        yield Key(mark="phase", word=text("phases"))
    drawn = {item.mark for item in items}
    for mark, word in (("dot", text("entry")), ("key", text("turning point")), ("say", text("said in public"))):
        if mark in drawn:
            yield Key(mark=mark, word=word)
    if axis.breaks():
        yield Key(mark="break", word=text("not to scale"))


def _em(length: float) -> str:
    return f"{length:.2f}em"
