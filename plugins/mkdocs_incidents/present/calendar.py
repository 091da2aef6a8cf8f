"""A month as a calendar: a mark for each day, as high as it was bad."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from mkdocs_incidents.model import Announcement, ComponentStatus, Incident
from mkdocs_incidents.status import day_interval, day_start

from .views import NO_DATA

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from mkdocs_incidents.model import Notice
    from mkdocs_incidents.status import Month

    from .edition import Edition

_WEEK = 7


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
    states = [edition.state(notice) for notice in notices if not isinstance(notice, Announcement)]
    worst = ComponentStatus.worst(states)
    if day not in days:
        state = ""
    elif not states and not _claimed(edition, day):
        state = NO_DATA
    else:
        state = worst
    name = edition.wording.day_month(day)
    return CalendarDay(
        number=edition.wording.number(day.day),
        anchor=f"day-{day.isoformat()}",
        state=state,
        label=f"{name}: {edition.wording.status(worst).lower()}" if states else name,
        length=_length(edition, day, notices),
        eventful=bool(notices),
    )


def _claimed(edition: Edition, day: date) -> bool:
    """Whether anything is known of any component on that day."""
    span = day_interval(day, edition.zone)
    return any(edition.record.track(component).observed(span) for component in edition.record.catalog.components)


def _length(edition: Edition, day: date, notices: Sequence[Notice]) -> str:
    """How much of the day its incidents took; overlapping ones count once."""
    span = day_interval(day, edition.zone)
    now = edition.now
    felt = (notice.interval(now) for notice in notices if isinstance(notice, Incident))
    pieces = sorted((piece.start, piece.end) for piece in (i.overlap(span) for i in felt if i) if piece)
    total, reached = timedelta(), day_start(day, edition.zone)
    for start, end in pieces:
        total += max(timedelta(), end - max(start, reached))
        reached = max(reached, end)
    return edition.wording.duration(total) if total else ""
