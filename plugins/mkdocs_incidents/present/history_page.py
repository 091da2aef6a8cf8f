"""The past, month by month."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from mkdocs_incidents.model import Announcement, Incident, Maintenance
from mkdocs_incidents.status import Month, day_start, months, notices_by_day

from .calendar import CalendarDay, weeks
from .status_page import day_rows
from .views import DayRow, Frame, Link
from .vocabulary_words import KINDS, n_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from mkdocs_incidents.model import Notice

    from .edition import Edition

_KINDS = {
    Incident: n_("%(count)s incident", "%(count)s incidents"),
    Maintenance: n_("%(count)s planned maintenance", "%(count)s planned maintenances"),
    Announcement: n_("%(count)s notice", "%(count)s notices"),
}
Calendar = dict[Month, dict["date", tuple["Notice", ...]]]
"""Every day from the first month to today with what happened on it, by month, oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A kind of notice that a list can be narrowed to."""

    key: str
    label: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthView:
    """The page of one month."""

    frame: Frame
    title: str
    summary: str
    weeks: tuple[tuple[CalendarDay | None, ...], ...]
    weekdays: tuple[tuple[str, str], ...]
    """Short and long names, from the first day of the week."""
    days: tuple[DayRow, ...]
    filters: tuple[Filter, ...]
    previous: Link | None
    next: Link | None
    history: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRow:
    """A month in the list of months."""

    label: str
    address: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRows:
    """The months of a year, newest first."""

    label: str
    months: tuple[MonthRow, ...]

    @property
    def anchor(self) -> str:
        return f"year-{self.label}"


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryView:
    """Every month that can be looked up."""

    frame: Frame
    title: str
    years: tuple[YearRows, ...]
    services: tuple[Link, ...]


def calendar(edition: Edition) -> Calendar:
    """Sort the whole history into days and months, in one pass."""
    told = months(edition.snapshot.history, edition.now)
    by_day = notices_by_day(edition.snapshot.history, told[0].first, edition.today, edition.now)
    found: Calendar = {month: {} for month in told}
    for day, notices in by_day.items():
        found[Month.of(day)][day] = notices
    return found


def month_view(edition: Edition, month: Month, days: Calendar) -> MonthView:
    """One month. Of a month that is over, nothing depends on the time of the build."""
    told = list(days)
    place = told.index(month)
    over = place < len(told) - 1
    title = edition.wording.month(month.first)
    summary = _summary(edition, days[month])
    return MonthView(
        frame=edition.frame(
            "history", title, f"{title}: {summary}", _settled_at(edition, month, days) if over else None
        ),
        title=title,
        summary=summary,
        weeks=weeks(edition, month, days[month]),
        weekdays=edition.wording.weekdays(),
        days=day_rows(edition, days[month]),
        filters=_filters(edition, days[month]),
        previous=_month_link(edition, told[place - 1]) if place else None,
        next=_month_link(edition, told[place + 1]) if over else None,
        history=Link(label=edition.wording.text("Every month"), address=edition.urls.history),
    )


def _settled_at(edition: Edition, month: Month, days: Calendar) -> datetime:
    """The end of a month, or the last word about one of its notices, if that came later."""
    end = day_start(month.next.first, edition.zone)
    changes = (n.changed_at(edition.now) for n in _distinct(days[month]) if edition.facts(n).is_over)
    return max([end, *(at for at in changes if at)])


def history_view(edition: Edition, days: Calendar) -> HistoryView:
    """Every month, newest first, with what it counted."""
    title = edition.wording.text("History")
    years = tuple(
        YearRows(label=str(year), months=tuple(_month_row(edition, month, days[month]) for month in of_year))
        for year, of_year in groupby(reversed(list(days)), key=lambda month: month.year)
    )
    return HistoryView(
        frame=edition.frame("history", title, edition.wording.text("Every incident and maintenance by month.")),
        title=title,
        years=years,
        services=tuple(
            Link(label=component.name, address=edition.urls.component(component.id))
            for component in edition.snapshot.catalog.components.values()
            if component.since is None or component.since <= edition.today
        ),
    )


def _filters(edition: Edition, days: Mapping[date, Sequence[Notice]]) -> tuple[Filter, ...]:
    """What a month's list can be narrowed to, with counts; nothing where there is but one kind."""
    found = Counter(edition.row(notice).kind for notice in _distinct(days))
    if len(found) < 2:  # noqa: PLR2004  one kind needs no filter
        return ()
    return tuple(
        Filter(key=key, label=edition.wording.text(label), count=found[key])
        for key, label in KINDS.items()
        if found[key]
    )


def _month_row(edition: Edition, month: Month, days: Mapping[date, Sequence[Notice]]) -> MonthRow:
    return MonthRow(
        label=edition.wording.month(month.first),
        address=edition.urls.month(month.first),
        summary=_counts(edition, _distinct(days)) or edition.wording.text("Nothing to report"),
    )


def _month_link(edition: Edition, month: Month) -> Link:
    return Link(label=edition.wording.month(month.first), address=edition.urls.month(month.first))


def _summary(edition: Edition, days: Mapping[date, Sequence[Notice]]) -> str:
    """`3 incidents and 1 planned maintenance, on 4 days`, and how many days had nothing to report."""
    counts = _counts(edition, _distinct(days))
    if not counts:
        return edition.wording.text("Nothing to report")
    eventful = sum(bool(notices) for notices in days.values())
    told = edition.wording.plural(
        "%(counts)s, on %(count)s day.", "%(counts)s, on %(count)s days.", eventful, counts=counts
    )
    quiet = len(days) - eventful
    if not quiet:
        return told
    rest = edition.wording.plural(
        "On the other day there was nothing to report.",
        "On the other %(count)s days there was nothing to report.",
        quiet,
    )
    return f"{told} {rest}"


def _counts(edition: Edition, notices: Iterable[Notice]) -> str:
    found = list(notices)
    counts = [(sum(isinstance(notice, kind) for notice in found), words) for kind, words in _KINDS.items()]
    return edition.wording.listing(edition.wording.plural(*words, count) for count, words in counts if count)


def _distinct(days: Mapping[date, Sequence[Notice]]) -> tuple[Notice, ...]:
    return tuple({notice.id: notice for notices in days.values() for notice in notices}.values())
