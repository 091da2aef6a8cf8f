"""A month as a calendar: a mark for each day, as high as it was bad."""

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
_HEIGHTS = {
    NO_DATA: 3,
    ComponentStatus.OPERATIONAL: 5,
    ComponentStatus.UNDER_MAINTENANCE: 13,
    ComponentStatus.DEGRADED_PERFORMANCE: 13,
    ComponentStatus.PARTIAL_OUTAGE: 20,
    ComponentStatus.MAJOR_OUTAGE: 28,
}
"""In units of a canvas 28 units high."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """One day of a month's calendar."""

    number: str
    anchor: str
    """Lasting name of the day on its page; a day in the list below has its name there."""
    state: str
    """A component status; `no_data` for a day without data, empty for one that has not come yet."""
    label: str
    """What a mark cannot say aloud; empty for a quiet day."""
    length: str
    eventful: bool

    @property
    def mark(self) -> DayMark | None:
        """None for a day that has not come yet."""
        return day_mark(self.state) if self.state else None


def day_mark(state: str, label: str = "", height: float | None = None) -> DayMark:
    """The mark of a day by its state, standing on the lower edge of the canvas."""
    height = _HEIGHTS[state] if height is None else height
    return DayMark(shape=MARK_CLASSES[state], y=f"{_CANVAS - height:g}", height=f"{height:g}", label=label)


def weeks(
    site: SiteContext, month: Month, days: Mapping[date, Sequence[Notice]]
) -> tuple[tuple[CalendarDay | None, ...], ...]:
    """The rows of the calendar, each from the first weekday of the language; None pads the first and the last."""
    begin = (month.first.weekday() - site.formatter.locale.first_week_day) % _WEEK
    count = (month.last - month.first).days + 1
    told: list[CalendarDay | None] = [None] * begin
    told += [_day(site, month.first + timedelta(days=n), days) for n in range(count)]
    told += [None] * (-len(told) % _WEEK)
    return tuple(tuple(told[n : n + _WEEK]) for n in range(0, len(told), _WEEK))


def _day(site: SiteContext, day: date, days: Mapping[date, Sequence[Notice]]) -> CalendarDay:
    notices = days.get(day, ())
    spent = _time_in(site, day, notices)
    worst = ComponentStatus.worst(spent)
    state = "" if day not in days else worst if spent or _claimed(site, day) else NO_DATA
    name = site.formatter.day_month(day)
    felt = spent.get(worst, timedelta())
    shown = bool(felt) and worst is not ComponentStatus.UNDER_MAINTENANCE
    return CalendarDay(
        number=site.formatter.number(day.day),
        anchor=f"day-{day.isoformat()}",
        state=state,
        label=f"{name}: {site.formatter.status(worst).lower()}" if spent else name,
        length=site.formatter.duration(felt) if shown else "",
        eventful=bool(notices),
    )


def _claimed(site: SiteContext, day: date) -> bool:
    """Whether anything is known of any component on that day."""
    span = day_interval(day, site.zone)
    return any(site.snapshot.series(component).observed(span) for component in site.snapshot.catalog.components)


def _time_in(site: SiteContext, day: date, notices: Sequence[Notice]) -> dict[ComponentStatus, timedelta]:
    """The time of the day in each state, of the whole site as of one component: the same count as that of the bars.

    An incident that names no component counts with the state that its impact means.
    """
    span = day_interval(day, site.zone)
    spent: dict[ComponentStatus, timedelta] = {}
    for status_span, duration in site.snapshot.all_components.within(span) if notices else ():
        spent[status_span.status] = spent.get(status_span.status, timedelta()) + duration
    for notice in notices:
        facts = site.facts(notice)
        interval = facts.interval if facts.affected_intervals and not notice.touched_components else None
        overlap = interval.overlap(span) if interval else None
        if overlap:
            spent[notice.severity] = max(spent.get(notice.severity, timedelta()), overlap.duration)
    return spent
