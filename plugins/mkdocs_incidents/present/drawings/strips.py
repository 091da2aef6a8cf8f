"""The states of each component during a notice, as a horizontal strip."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from mkdocs_incidents.model import ComponentStatus, Interval

from .marks import MARK_CLASSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from mkdocs_incidents.model import ComponentImpact, Notice

    from ..context import SiteContext

_HEIGHTS = {
    ComponentStatus.UNDER_MAINTENANCE: 0.7,
    ComponentStatus.DEGRADED_PERFORMANCE: 0.75,
    ComponentStatus.PARTIAL_OUTAGE: 1.15,
    ComponentStatus.MAJOR_OUTAGE: 1.6,
}
"""In em; the proportions of the marks of days at the height of a line of text."""
_LABEL_WIDTH = 18.0
"""Percent of the width from which a part has room for its label."""
_TICK_DISTANCE = 13.0
"""Percent of the width between two clock times at 320 px; three times that for clock times with days or zones."""
_SHORT_LABEL = 8
"""Characters of a clock time alone, in any language: `10:30 PM`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StripPart:
    """An interval in one state; `x` and `width` in percent, `y` and `height` in em."""

    shape: str
    x: str
    width: str
    y: str
    height: str
    word: str
    """Label of the state, where there is room; only parts of a major outage are tall and dark enough for one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """One component's strip."""

    service: str
    parts: tuple[StripPart, ...]
    label: str
    """Text alternative: the same as a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A clock time under the strips; `anchor` is an SVG text-anchor."""

    x: str
    anchor: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Strips:
    """All strips of a notice over one axis."""

    rows: tuple[Strip, ...]
    ticks: tuple[Tick, ...]


def strips(site: SiteContext, notice: Notice) -> Strips | None:
    """The strips of a notice until `now`; None if it affected no component."""
    impacts = site.facts(notice).impacts
    if not impacts:
        return None
    axis = _axis(notice, impacts, site.now)
    by_component: dict[str, list[ComponentImpact]] = {}
    for impact in impacts:
        by_component.setdefault(impact.component, []).append(impact)
    edges = [edge for impact in impacts for edge in (impact.interval.start, impact.interval.end)]
    clock = site.formatter.clocks(notice.timezone, [*edges, notice.begins_at])
    rows = tuple(_strip(site, clock, site.component_name(c), found, axis) for c, found in by_component.items())
    return Strips(rows=rows, ticks=tuple(_ticks(clock, sorted(set(edges)), axis)))


def _axis(notice: Notice, impacts: Iterable[ComponentImpact], now: datetime) -> Interval:
    """From before the first change to after the last, with a tenth as margin; until `now` while the notice is open."""
    spans = [impact.interval for impact in impacts]
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    margin = max((end - start) / 10, timedelta(minutes=1))
    return Interval(start - margin, end + margin if notice.is_over(now) or end < now else end)


def _strip(
    site: SiteContext, clock: Callable[[datetime], str], service: str, found: Sequence[ComponentImpact], axis: Interval
) -> Strip:
    descriptions = [
        site.formatter.state_span(
            site.formatter.status(impact.status).lower(), clock(impact.interval.start), clock(impact.interval.end)
        )
        for impact in found
    ]
    return Strip(
        service=service,
        parts=tuple(_strip_part(site, impact, axis) for impact in found),
        label=f"{service}: {'; '.join(descriptions)}",
    )


def _strip_part(site: SiteContext, impact: ComponentImpact, axis: Interval) -> StripPart:
    height = _HEIGHTS[impact.status]
    width = (impact.interval.duration / axis.duration) * 100
    return StripPart(
        shape=MARK_CLASSES[impact.status],
        x=_percent(impact.interval.start, axis),
        width=f"{width:.2f}%",
        y=f"{1.6 - height:.2f}em",
        height=f"{height:.2f}em",
        word=site.formatter.status(impact.status)
        if width >= _LABEL_WIDTH and impact.status is ComponentStatus.MAJOR_OUTAGE
        else "",
    )


def _percent(at: datetime, axis: Interval) -> str:
    return f"{(at - axis.start) / axis.duration * 100:.2f}%"


def _ticks(clock: Callable[[datetime], str], instants: Sequence[datetime], axis: Interval) -> Iterator[Tick]:
    """Clock times at the first change, the last, and those between that have room."""
    long = max(len(clock(at)) for at in instants) > _SHORT_LABEL
    apart = 3 * _TICK_DISTANCE if long else _TICK_DISTANCE
    placed: list[float] = []
    for at in [instants[0], instants[-1], *instants[1:-1]]:
        x = (at - axis.start) / axis.duration * 100
        if all(abs(x - other) >= apart for other in placed):
            placed.append(x)
            anchor = "end" if x > 100 - apart / 2 else "start" if x < apart / 2 and long else "middle"
            yield Tick(x=f"{x:.2f}%", anchor=anchor, text=clock(at))
