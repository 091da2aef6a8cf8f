"""A month as a calendar: a mark for each day, as high as it was bad."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from mkdocs_incidents.model import ComponentStatus
from mkdocs_incidents.status import day_interval

from .views import NO_DATA, DayMark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from mkdocs_incidents.model import Notice
    from mkdocs_incidents.status import Month

    from .edition import Edition

_WEEK = 7
_MARKS = {
    NO_DATA: DayMark(shape="nd", y="25", height="3"),
    ComponentStatus.OPERATIONAL: DayMark(shape="op", y="23", height="5"),
    ComponentStatus.UNDER_MAINTENANCE: DayMark(shape="mt", y="15", height="13"),
    ComponentStatus.DEGRADED_PERFORMANCE: DayMark(shape="dg", y="15", height="13"),
    ComponentStatus.PARTIAL_OUTAGE: DayMark(shape="pt", y="8", height="20"),
    ComponentStatus.MAJOR_OUTAGE: DayMark(shape="mj", y="0", height="28"),
}


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
        return _MARKS[self.state] if self.state else None


def weeks(
    edition: Edition, month: Month, days: Mapping[date, Sequence[Notice]]
) -> tuple[tuple[CalendarDay | None, ...], ...]:
    """The rows of the calendar, each from the first weekday of the language; None pads the first and the last."""
    begin = (month.first.weekday() - edition.wording.locale.first_week_day) % _WEEK
    count = (month.last - month.first).days + 1
    told: list[CalendarDay | None] = [None] * begin
    told += [_day(edition, month.first + timedelta(days=n), days) for n in range(count)]
    told += [None] * (-len(told) % _WEEK)
    return tuple(tuple(told[n : n + _WEEK]) for n in range(0, len(told), _WEEK))


def _day(edition: Edition, day: date, days: Mapping[date, Sequence[Notice]]) -> CalendarDay:
    notices = days.get(day, ())
    spent = _time_in(edition, day, notices)
    worst = ComponentStatus.worst(spent)
    state = "" if day not in days else worst if spent or _claimed(edition, day) else NO_DATA
    name = edition.wording.day_month(day)
    felt = spent.get(worst, timedelta())
    shown = bool(felt) and worst is not ComponentStatus.UNDER_MAINTENANCE
    return CalendarDay(
        number=edition.wording.number(day.day),
        anchor=f"day-{day.isoformat()}",
        state=state,
        label=f"{name}: {edition.wording.status(worst).lower()}" if spent else name,
        length=edition.wording.duration(felt) if shown else "",
        eventful=bool(notices),
    )


def _claimed(edition: Edition, day: date) -> bool:
    """Whether anything is known of any component on that day."""
    span = day_interval(day, edition.zone)
    return any(edition.snapshot.series(component).observed(span) for component in edition.snapshot.catalog.components)


def _time_in(edition: Edition, day: date, notices: Sequence[Notice]) -> dict[ComponentStatus, timedelta]:
    """The time of the day in each state, of the whole site as of one component: the same count as that of the bars.

    An incident that names no component counts with the state that its impact means.
    """
    span = day_interval(day, edition.zone)
    spent: dict[ComponentStatus, timedelta] = {}
    for status_span, duration in edition.snapshot.all_components.within(span) if notices else ():
        spent[status_span.status] = spent.get(status_span.status, timedelta()) + duration
    for notice in notices:
        facts = edition.facts(notice)
        interval = facts.interval if facts.affected_intervals and not notice.touched_components else None
        overlap = interval.overlap(span) if interval else None
        if overlap:
            spent[notice.severity] = max(spent.get(notice.severity, timedelta()), overlap.duration)
    return spent
