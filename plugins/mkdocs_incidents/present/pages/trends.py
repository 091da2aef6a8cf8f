"""Numbers of incidents and response times over months and years, as a drawing and as tables."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from mkdocs_incidents.model import Impact
from mkdocs_incidents.status import Month
from mkdocs_incidents.status.trends import (
    TIMED,
    incidents_by_month,
    incidents_by_year,
    medians_by_quarter,
    repeated_causes,
)

from ..drawings.marks import MARK_CLASSES, NO_DATA
from ..language.labels import MEASURE
from ..views import LegendKey, Link

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mkdocs_incidents.status.trends import Median

    from ..context import SiteContext

MONTHS = 12
_HIGHEST = 9.0
"""Maximum height of a column, in em."""
_BLOCK = 1.4
"""Height of a block, in em, where there are few."""
_TOP = 1.4
"""Room for the total above the tallest column, in em."""
_NAMES_HEIGHT = 2.8
_GAP = 0.15
_LAST_MONTH_WITH_YEAR = 10
"""The last month at which a first column has room for the number of its year."""
_WIDTHS = {Impact.CRITICAL: 10, Impact.MAJOR: 8, Impact.MINOR: 6, Impact.NONE: 4}
"""Width in tenths of the widest block; blocks are stacked in this order from the base line up."""
_WIDEST = 0.66
"""Width of the widest block, as a part of that of a column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnBlock:
    """An incident in a column, or all of one impact if they are many; x and width in percent, y and height in em."""

    shape: str
    x: str
    width: str
    y: str
    height: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthColumn:
    """A month: a column of the drawing and a row of the table."""

    month: Link
    name: str
    """Short name, below the column."""
    spare: bool
    """Whether narrow screens hide the name: every second."""
    year: str
    """Below the first column of a year, if there is room; else empty."""
    x: str
    """Middle of the column, in percent."""
    top: str
    """Place of the total, in em."""
    total: str
    blocks: tuple[ColumnBlock, ...]
    counts: tuple[str, ...]
    """By impact, as in `TrendsView.impacts`; empty for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRow:
    """The numbers of incidents of a year, by impact as in `TrendsView.impacts`."""

    label: str
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MedianCell:
    """A median, and a bar in proportion to the longest median of the measure."""

    value: tuple[str, ...]
    """Parts between which a line may break; empty where nothing was measured."""
    count: str
    width: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterRow:
    """The median times of a quarter, as in `TrendsView.measures`."""

    label: str
    medians: tuple[MedianCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """A cause of several incidents."""

    name: str
    incidents: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendsView:
    """The trends; parts without data are empty."""

    impacts: tuple[LegendKey, ...]
    """The legend: impacts that occurred, the most severe first."""
    description: str
    """Text alternative of the drawing."""
    height: str
    line: str
    """Place of the base line of the columns, in em."""
    columns: tuple[MonthColumn, ...]
    years: tuple[YearRow, ...]
    """Newest first."""
    measures: tuple[str, ...]
    quarters: tuple[QuarterRow, ...]
    causes: tuple[Cause, ...]

    @property
    def newest_first(self) -> tuple[MonthColumn, ...]:
        """The columns, newest first, as rows of the table."""
        return self.columns[::-1]


def trends_view(site: SiteContext) -> TrendsView | None:
    """The last twelve months, all years and quarters; None without any incident."""
    history, now, text = site.snapshot.history, site.now, site.formatter.text
    if not history.incidents:
        return None
    years = incidents_by_year(history, now)
    occurred = [impact for impact in _WIDTHS if any(counts[impact] for counts in years.values())]
    by_month = incidents_by_month(history, now)
    found = {month: by_month.get(month, Counter()) for month in _newest_months(site)}
    most = max(counts.total() for counts in found.values())
    unit = min(_BLOCK, _HIGHEST / max(most, 1))
    line = _TOP + unit * most
    return TrendsView(
        impacts=tuple(
            LegendKey(mark=_mark_class(impact), word=site.formatter.impact(impact), width=_WIDTHS[impact])
            for impact in occurred
        ),
        description=_description(site, found),
        height=f"{line + _NAMES_HEIGHT:.2f}em",
        line=f"{line:.2f}em",
        columns=tuple(_columns(site, found, occurred, unit, line)),
        years=tuple(
            YearRow(label=str(year), counts=_counts(site, counts, occurred))
            for year, counts in reversed(list(years.items()))
        ),
        measures=tuple(text(MEASURE[measure]) for measure in TIMED),
        quarters=tuple(_quarters(site)),
        causes=tuple(
            Cause(name=name, incidents=tuple(Link(label=i.title, address=site.urls.notice(i)) for i in incidents))
            for name, incidents in repeated_causes(history, now).items()
        ),
    )


def _newest_months(site: SiteContext) -> Sequence[Month]:
    months = [Month.of(site.today)]
    while len(months) < MONTHS:
        months.append(Month.of(months[-1].first - timedelta(days=1)))
    return months[::-1]


def _columns(
    site: SiteContext, found: Mapping[Month, Counter[Impact]], occurred: Sequence[Impact], unit: float, line: float
) -> Iterator[MonthColumn]:
    names = site.formatter.locale.months["stand-alone"]["abbreviated"]
    for place, (month, counts) in enumerate(found.items()):
        address = site.urls.month(month.first) if month >= site.first_month else ""
        middle = (place + 0.5) / MONTHS * 100
        total = counts.total()
        yield MonthColumn(
            month=Link(label=site.formatter.short_month(month.first), address=address),
            name=str(names[month.month]).rstrip("."),
            spare=(MONTHS - 1 - place) % 2 == 1,
            year=str(month.year) if month.month == 1 or (place == 0 and month.month <= _LAST_MONTH_WITH_YEAR) else "",
            x=f"{middle:.2f}%",
            top=f"{line - unit * total - 0.4:.2f}em",
            total=site.formatter.number(total) if total else "",
            blocks=tuple(_blocks(counts, unit, middle, line)),
            counts=_counts(site, counts, occurred),
        )


def _blocks(counts: Counter[Impact], unit: float, middle: float, y: float) -> Iterator[ColumnBlock]:
    """The blocks of a column from the base line up, one for each incident if they are tall enough to be separate."""
    separate = unit > 3 * _GAP
    for impact, tenths in _WIDTHS.items():
        pieces = [unit] * counts[impact] if separate else [unit * counts[impact]] * bool(counts[impact])
        width = 100 / MONTHS * _WIDEST * tenths / 10
        for height in pieces:
            y -= height
            yield ColumnBlock(
                shape=_mark_class(impact),
                x=f"{middle - width / 2:.2f}%",
                width=f"{width:.2f}%",
                y=f"{y:.2f}em",
                height=f"{height - _GAP if separate else height:.2f}em",
            )


def _mark_class(impact: Impact) -> str:
    return MARK_CLASSES[NO_DATA if impact is Impact.NONE else impact.component_status]


def _counts(site: SiteContext, counts: Counter[Impact], occurred: Sequence[Impact]) -> tuple[str, ...]:
    return tuple(site.formatter.number(counts[impact]) if counts[impact] else "" for impact in occurred)


def _description(site: SiteContext, found: Mapping[Month, Counter[Impact]]) -> str:
    """`January 2026: 1 minor impact, 2 critical impact; other months: none`."""
    text = site.formatter.text
    months = []
    for month, counts in found.items():
        parts = [
            text("%(count)s %(impact)s", count=counts[impact], impact=site.formatter.impact(impact).lower())
            for impact in _WIDTHS
            if counts[impact]
        ]
        if parts:
            months.append(
                text("%(month)s: %(counts)s", month=site.formatter.month(month.first), counts=", ".join(parts))
            )
    if len(months) < len(found):
        months.append(text("other months: none"))
    return "; ".join(months)


def _quarters(site: SiteContext) -> Iterator[QuarterRow]:
    medians = medians_by_quarter(site.snapshot)
    longest = {
        measure: max((found[measure].duration for found in medians.values() if measure in found), default=timedelta())
        for measure in TIMED
    }
    for quarter, found in reversed(list(medians.items())):
        yield QuarterRow(
            label=site.formatter.text("Q%(number)s %(year)s", number=quarter.number, year=quarter.year),
            medians=tuple(_median(site, found.get(measure), longest[measure]) for measure in TIMED),
        )


def _median(site: SiteContext, found: Median | None, longest: timedelta) -> MedianCell:
    if not found:
        return MedianCell(value=(), count="", width="0%")
    width = found.duration / longest * 100 if longest else 0
    return MedianCell(
        value=site.formatter.duration_parts(found.duration),
        count=site.formatter.plural("of %(count)s", "of %(count)s", found.count),
        width=f"{width:.1f}%",
    )
