"""Incidents and response times over the months, drawn plainly with a table beside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from mkdocs_incidents.model import Impact
from mkdocs_incidents.status import Measure, Month
from mkdocs_incidents.status.trends import TIMED, incidents_by_month, medians_by_quarter, repeated_causes

from .views import Link
from .vocabulary_words import MEASURE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mkdocs_incidents.status.trends import Median

    from .edition import Edition

MONTHS = 12
_HEIGHT = 28
_SHAPES = {Impact.NONE: "op", Impact.MINOR: "dg", Impact.MAJOR: "pt", Impact.CRITICAL: "mj"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Incidents of one impact in a month's column; lengths in units of the drawing, 28 high."""

    shape: str
    y: str
    height: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthColumn:
    """One month: drawn, and counted for the table."""

    month: Link
    x: int
    blocks: tuple[Block, ...]
    counts: tuple[str, ...]
    """By impact, as in `TrendsView.impacts`; empty for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterRow:
    """The median times of a quarter, as in `TrendsView.measures`."""

    label: str
    medians: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """A cause that came back."""

    name: str
    incidents: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendsView:
    """Trends; parts without anything to tell are empty."""

    impacts: tuple[str, ...]
    columns: tuple[MonthColumn, ...]
    measures: tuple[str, ...]
    quarters: tuple[QuarterRow, ...]
    causes: tuple[Cause, ...]


def trends_view(edition: Edition) -> TrendsView | None:
    """The newest twelve months; None while there has been no incident."""
    history, now, text = edition.record.history, edition.now, edition.wording.text
    if not history.incidents:
        return None
    medians = medians_by_quarter(history, now)
    return TrendsView(
        impacts=tuple(edition.wording.impact(impact) for impact in Impact),
        columns=tuple(_columns(edition)),
        measures=tuple(text(MEASURE[measure]) for measure in TIMED),
        quarters=tuple(
            QuarterRow(
                label=text("%(year)s, quarter %(number)s", year=quarter.year, number=quarter.number),
                medians=tuple(_median(edition, measured, measure) for measure in TIMED),
            )
            for quarter, measured in reversed(list(medians.items()))
        ),
        causes=tuple(
            Cause(name=name, incidents=tuple(Link(label=i.title, address=edition.urls.notice(i)) for i in incidents))
            for name, incidents in repeated_causes(history, now).items()
        ),
    )


def _median(edition: Edition, measured: Mapping[Measure, Median], measure: Measure) -> str:
    found = measured.get(measure)
    if not found:
        return ""
    told = edition.wording.duration(found.duration)
    return edition.wording.plural("%(time)s (of %(count)s)", "%(time)s (of %(count)s)", found.count, time=told)


def _columns(edition: Edition) -> Iterator[MonthColumn]:
    found = incidents_by_month(edition.record.history, edition.now)
    months = [Month.of(edition.today)]
    while len(months) < MONTHS:
        months.append(Month.of(months[-1].first - timedelta(days=1)))
    most = max((found[month].total() for month in months if month in found), default=1)
    for place, month in enumerate(reversed(months)):
        counts = [found[month][impact] if month in found else 0 for impact in Impact]
        address = edition.urls.month(month.first) if month >= edition.first_month else ""
        yield MonthColumn(
            month=Link(label=edition.wording.month(month.first), address=address),
            x=place * 30,
            blocks=tuple(_blocks(counts, most)),
            counts=tuple(edition.wording.number(count) if count else "" for count in counts),
        )


def _blocks(counts: Sequence[int], most: int) -> Iterator[Block]:
    """From the bottom up, the gravest first, so that what matters stands on the line."""
    y = float(_HEIGHT)
    for impact, count in reversed(list(zip(Impact, counts, strict=True))):
        if count:
            height = count / most * _HEIGHT
            y -= height
            yield Block(shape=_SHAPES[impact], y=f"{y:.2f}", height=f"{height:.2f}")
