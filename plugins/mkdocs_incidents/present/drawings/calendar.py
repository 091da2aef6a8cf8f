"""Months as calendars with a mark for each day: the worse the day, the taller its mark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_incidents.model import ComponentStatus
from mkdocs_incidents.status import service_days

from ..views import DayMark
from .bars import UNIT, eventful, first_with_data
from .marks import MARK_CLASSES, NO_DATA

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from mkdocs_incidents.model import Notice
    from mkdocs_incidents.status import ComponentDay, Month

    from ..context import SiteContext

_WEEK = 7
_CANVAS = 28
"""Height of the canvas of a mark, in units of its drawing."""
_HEIGHTS = {
    NO_DATA: 3,
    ComponentStatus.OPERATIONAL: 5,
    ComponentStatus.UNDER_MAINTENANCE: 13,
    ComponentStatus.DEGRADED_PERFORMANCE: 13,
    ComponentStatus.PARTIAL_OUTAGE: 20,
    ComponentStatus.MAJOR_OUTAGE: 28,
}
"""Of the marks, in units of the canvas."""
_MAINTENANCE_IN_ROWS = 12.3
"""Height of the mark as rows of days have it (`partials/marks.html`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """One day of a month's calendar."""

    number: str
    anchor: str
    """Permanent anchor of the day; the list of days below the calendar has the same anchors."""
    state: str
    """A component status; `no_data` for a day without data, empty for a future day."""
    label: str
    """Text alternative of the mark: the day, and its worst state if a notice affected it."""
    length: str
    eventful: bool

    @property
    def mark(self) -> DayMark | None:
        """None for a future day."""
        return day_mark(self.state) if self.state else None


def day_mark(state: str, label: str = "", height: float | None = None) -> DayMark:
    """The mark of a day by its state, aligned with the lower edge of the canvas."""
    height = _HEIGHTS[state] if height is None else height
    return DayMark(shape=MARK_CLASSES[state], y=f"{_CANVAS - height:g}", height=f"{height:g}", label=label)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthMarks:
    """A month as a row of marks in the calendar of its year; lengths in quarters of the width of a day."""

    label: str
    """`Oct`."""
    summary: str
    """Text alternative: the numbers of its notices."""
    address: str
    begin: int
    """Where data begin; `end` without any."""
    end: int
    """Where the last day ends that has begun."""
    marks: tuple[tuple[str, int], ...]
    """Shape and place of each eventful day."""


def month_marks(site: SiteContext, month: Month, last: date, summary: str) -> MonthMarks:
    """The days of a month until `last`, which is today in the current month."""
    days = service_days(site.snapshot, month.first, last)
    return MonthMarks(
        label=site.formatter.month_alone(month.first),
        summary=summary,
        address=site.urls.month(month.first),
        begin=first_with_data(days) * UNIT,
        end=len(days) * UNIT,
        marks=tuple((MARK_CLASSES[day.status], n * UNIT) for n, day in enumerate(days) if day.status and eventful(day)),
    )


def legend(site: SiteContext) -> tuple[DayMark, ...]:
    """The marks of days in a row with their meaning, the least severe first."""
    text = site.formatter.text
    return (
        day_mark(NO_DATA, text("no data yet")),
        day_mark(ComponentStatus.OPERATIONAL, text("nothing to report")),
        day_mark(ComponentStatus.UNDER_MAINTENANCE, text("maintenance"), height=_MAINTENANCE_IN_ROWS),
        day_mark(ComponentStatus.DEGRADED_PERFORMANCE, text("degraded")),
        day_mark(ComponentStatus.PARTIAL_OUTAGE, text("partial outage")),
        day_mark(ComponentStatus.MAJOR_OUTAGE, text("major outage")),
    )


def weeks(
    site: SiteContext, month: Month, days: Mapping[date, Sequence[Notice]]
) -> tuple[tuple[CalendarDay | None, ...], ...]:
    """The rows of the calendar from the first day of the week of the locale; None pads the first and the last row."""
    begin = (month.first.weekday() - site.formatter.locale.first_week_day) % _WEEK
    cells: list[CalendarDay | None] = [None] * begin
    cells += [_day(site, day, days.get(day.date)) for day in service_days(site.snapshot, month.first, month.last)]
    cells += [None] * (-len(cells) % _WEEK)
    return tuple(tuple(cells[n : n + _WEEK]) for n in range(0, len(cells), _WEEK))


def _day(site: SiteContext, day: ComponentDay, notices: Sequence[Notice] | None) -> CalendarDay:
    """One day; `notices` is None for a future day."""
    name = site.formatter.day_month(day.date)
    affected = eventful(day)
    growing = day.date == site.today and any(_goes_on(site, notice) for notice in notices or ())
    shows_length = affected and day.status is not ComponentStatus.UNDER_MAINTENANCE and not growing
    return CalendarDay(
        number=site.formatter.number(day.date.day),
        anchor=f"day-{day.date.isoformat()}",
        state="" if notices is None else day.status or NO_DATA,
        label=f"{name}: {site.formatter.status(day.status).lower()}" if day.status and affected else name,
        length=site.formatter.duration(day.time_in[day.status]) if day.status and shows_length else "",
        eventful=bool(notices),
    )


def _goes_on(site: SiteContext, notice: Notice) -> bool:
    """Whether it still affects users: the page does not state the build, until which the time would be counted."""
    facts = site.facts(notice)
    return bool(facts.affected_intervals) and not facts.is_over
