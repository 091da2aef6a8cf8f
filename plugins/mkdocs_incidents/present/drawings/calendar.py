"""A month as a calendar with a mark for each day: the worse the day, the taller its mark."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from mkdocs_incidents.model import ComponentStatus
from mkdocs_incidents.status import day_interval

from ..views import DayMark
from .marks import MARK_CLASSES, NO_DATA

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from mkdocs_incidents.model import Notice
    from mkdocs_incidents.status import Month

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


def weeks(
    site: SiteContext, month: Month, days: Mapping[date, Sequence[Notice]]
) -> tuple[tuple[CalendarDay | None, ...], ...]:
    """The rows of the calendar from the first day of the week of the locale; None pads the first and the last row."""
    begin = (month.first.weekday() - site.formatter.locale.first_week_day) % _WEEK
    count = (month.last - month.first).days + 1
    cells: list[CalendarDay | None] = [None] * begin
    cells += [_day(site, month.first + timedelta(days=n), days) for n in range(count)]
    cells += [None] * (-len(cells) % _WEEK)
    return tuple(tuple(cells[n : n + _WEEK]) for n in range(0, len(cells), _WEEK))


def _day(site: SiteContext, day: date, days: Mapping[date, Sequence[Notice]]) -> CalendarDay:
    notices = days.get(day, ())
    duration_by_status = _duration_by_status(site, day, notices)
    worst = ComponentStatus.worst(duration_by_status)
    state = "" if day not in days else worst if duration_by_status or _is_observed(site, day) else NO_DATA
    name = site.formatter.day_month(day)
    affected_duration = duration_by_status.get(worst, timedelta())
    growing = day == site.today and any(_goes_on(site, notice) for notice in notices)
    shows_length = affected_duration and worst is not ComponentStatus.UNDER_MAINTENANCE and not growing
    return CalendarDay(
        number=site.formatter.number(day.day),
        anchor=f"day-{day.isoformat()}",
        state=state,
        label=f"{name}: {site.formatter.status(worst).lower()}" if duration_by_status else name,
        length=site.formatter.duration(affected_duration) if shows_length else "",
        eventful=bool(notices),
    )


def _goes_on(site: SiteContext, notice: Notice) -> bool:
    """Whether it still affects users: the page does not state the build, until which the time would be counted."""
    facts = site.facts(notice)
    return bool(facts.affected_intervals) and not facts.is_over


def _is_observed(site: SiteContext, day: date) -> bool:
    """Whether there are data of any component on that day."""
    span = day_interval(day, site.zone)
    return any(site.snapshot.series(component).observed(span) for component in site.snapshot.catalog.components)


def _duration_by_status(site: SiteContext, day: date, notices: Sequence[Notice]) -> dict[ComponentStatus, timedelta]:
    """The time of the day in each state, with the states of all components merged as bars of groups merge them.

    An incident without components counts with the state that its impact maps to.
    """
    span = day_interval(day, site.zone)
    duration_by_status: dict[ComponentStatus, timedelta] = {}
    for status_span, duration in site.snapshot.all_components.within(span) if notices else ():
        duration_by_status[status_span.status] = duration_by_status.get(status_span.status, timedelta()) + duration
    for notice in notices:
        facts = site.facts(notice)
        interval = facts.interval if facts.affected_intervals and not notice.touched_components else None
        overlap = interval.overlap(span) if interval else None
        if overlap:
            duration_by_status[notice.severity] = max(
                duration_by_status.get(notice.severity, timedelta()), overlap.duration
            )
    return duration_by_status
