"""The pages of the months, and the history: each year as a calendar, with the titles of its notices."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, TypeAlias

from mkdocs_incidents.model import NoticeKind

from ..drawings.calendar import CalendarDay, MonthMarks, legend, month_marks, weeks
from ..language.labels import KINDS, n_
from ..page_times import history_page, month_page
from ..views import DayMark, DayRow, Link, NoticeRow, PageMetadata
from .rows import list_kind, notice_row
from .shared import page_metadata
from .status import day_rows

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from mkdocs_incidents.model import Notice
    from mkdocs_incidents.status import Month

    from ..context import SiteContext

    _Days: TypeAlias = Mapping[date, Sequence[Notice]]

_MOST_TITLES = 300
"""In the history. What is older has its own page for each month, so that the history of a large site stays light."""
_COUNTED_KINDS = {
    NoticeKind.INCIDENT: n_("%(count)s incident", "%(count)s incidents"),
    NoticeKind.MAINTENANCE: n_("%(count)s planned maintenance", "%(count)s planned maintenances"),
    NoticeKind.ANNOUNCEMENT: n_("%(count)s notice", "%(count)s notices"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A kind of notices by which a list can be filtered."""

    key: str
    label: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthView:
    """The page of a month."""

    frame: PageMetadata
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
    """A month with its notices, or consecutive months without any."""

    label: str
    address: str
    """Empty for consecutive months without notices."""
    summary: str
    """The numbers of its notices that were not retracted; `Nothing to report` without any."""
    notices: tuple[NoticeRow, ...]
    """Worst first within a day, newest day first, each with its day and duration only; none where there are newer ones
    enough, and the page of the month has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearView:
    """A year: its months as a calendar, and their notices."""

    label: str
    summary: str
    calendar: tuple[MonthMarks, ...]
    """January first."""
    months: tuple[MonthRow, ...]
    """Newest first; none in a year without notices."""

    @property
    def anchor(self) -> str:
        return f"year-{self.label}"


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryView:
    """All years, newest first."""

    frame: PageMetadata
    title: str
    legend: tuple[DayMark, ...]
    years: tuple[YearView, ...]
    contents: tuple[Link, ...]
    """Links to the years; none to a single one."""
    services: tuple[Link, ...]


def month_view(site: SiteContext, month: Month) -> MonthView:
    """The page of a month. It does not depend on the time of the build."""
    months, days = site.snapshot.months, site.snapshot.notices_by_month[month]
    place = months.index(month)
    over = place < len(months) - 1
    title = site.formatter.month(month.first)
    summary = _summary(site, days)
    rows = day_rows(site, days)
    return MonthView(
        frame=page_metadata(
            site,
            "history",
            title,
            f"{title}: {summary}",
            month_page(site, month),
            scripted=not over or any(notice.since for row in rows for notice in row.notices),
        ),
        title=title,
        summary=summary,
        weeks=weeks(site, month, days),
        weekdays=site.formatter.weekdays(),
        days=rows,
        filters=_filters(site, days),
        previous=_month_link(site, months[place - 1]) if place else None,
        next=_month_link(site, months[place + 1]) if over else None,
        history=Link(label=site.formatter.text("Every month"), address=site.urls.history),
    )


def history_view(site: SiteContext) -> HistoryView:
    """Every year as a calendar, with the titles of its notices by month."""
    title = site.formatter.text("History")
    newest_first = list(site.snapshot.notices_by_month.items())[::-1]
    titled = _titled(newest_first)
    by_year = groupby(newest_first, key=lambda item: item[0].year)
    years = tuple(_year(site, year, list(months), titled) for year, months in by_year)
    return HistoryView(
        frame=page_metadata(
            site,
            "history",
            title,
            site.formatter.text("Every incident and maintenance by month."),
            history_page(site),
        ),
        title=title,
        legend=legend(site),
        years=years,
        contents=tuple(Link(label=year.label, address=f"#{year.anchor}") for year in years) if len(years) > 1 else (),
        services=tuple(
            Link(label=site.component_name(component.id), address=site.urls.component(component.id))
            for component in site.public_components
        ),
    )


def _titled(newest_first: Sequence[tuple[Month, _Days]]) -> frozenset[Month]:
    """The months whose titles are listed: the newest one, and others while there are not too many titles."""
    counts = accumulate(len(_distinct(days)) for _, days in newest_first)
    months = [month for month, _ in newest_first]
    return frozenset(
        month
        for number, (month, count) in enumerate(zip(months, counts, strict=True))
        if count <= _MOST_TITLES or not number
    )


def _year(site: SiteContext, year: int, months: Sequence[tuple[Month, _Days]], titled: Container[Month]) -> YearView:
    """A year; `months` are those of it, newest first."""
    notices = {notice.id: notice for _, days in months for notice in _distinct(days)}
    return YearView(
        label=str(year),
        summary=_counts_or_nothing(site, notices.values()),
        calendar=tuple(
            month_marks(site, month, max(days), _counts_or_nothing(site, _distinct(days)))
            for month, days in reversed(months)
        ),
        months=tuple(_month_rows(site, months, titled)) if notices else (),
    )


def _month_rows(
    site: SiteContext, months: Iterable[tuple[Month, _Days]], titled: Container[Month]
) -> Iterator[MonthRow]:
    """The months of a year, newest first; consecutive ones without notices are one row."""
    for quiet, run in groupby(months, key=lambda item: not any(item[1].values())):
        found = list(run)
        if quiet:
            label = site.formatter.months_span(found[-1][0].first, found[0][0].first)
            yield MonthRow(label=label, address="", summary=_counts_or_nothing(site, ()), notices=())
        else:
            yield from (_month_row(site, month, days, is_titled=month in titled) for month, days in found)


def _month_row(site: SiteContext, month: Month, days: _Days, *, is_titled: bool) -> MonthRow:
    notices = _distinct(dict(sorted(days.items(), reverse=True)))
    rows = (notice_row(site, notice, dated=True) for notice in notices) if is_titled else ()
    return MonthRow(
        label=site.formatter.month(month.first),
        address=site.urls.month(month.first),
        summary=_counts_or_nothing(site, notices),
        notices=tuple(replace(row, facts=row.facts[:1]) for row in rows),
    )


def _filters(site: SiteContext, days: _Days) -> tuple[Filter, ...]:
    """The filters of a list of days, with counts; none where all notices are of one kind."""
    found = Counter(list_kind(notice) for notice in _distinct(days))
    if len(found) < 2:  # noqa: PLR2004  one kind needs no filter
        return ()
    return tuple(
        Filter(key=key, label=site.formatter.text(label), count=found[key])
        for key, label in KINDS.items()
        if found[key]
    )


def _month_link(site: SiteContext, month: Month) -> Link:
    return Link(label=site.formatter.month(month.first), address=site.urls.month(month.first))


def _summary(site: SiteContext, days: _Days) -> str:
    """`3 incidents and 1 planned maintenance, on 4 days.`, and the number of days without any."""
    counts = _counts(site, _distinct(days))
    if not counts:
        return site.formatter.text("Nothing to report")
    eventful = sum(any(notice.retraction is None for notice in notices) for notices in days.values())
    summary = site.formatter.plural(
        "%(counts)s, on %(count)s day.", "%(counts)s, on %(count)s days.", eventful, counts=counts
    )
    quiet = len(days) - eventful
    if not quiet:
        return summary
    remainder = site.formatter.plural(
        "On the other day there was nothing to report.",
        "On the other %(count)s days there was nothing to report.",
        quiet,
    )
    return f"{summary} {remainder}"


def _counts(site: SiteContext, notices: Iterable[Notice]) -> str:
    found = [notice for notice in notices if notice.retraction is None]
    counts = [(sum(notice.kind is kind for notice in found), forms) for kind, forms in _COUNTED_KINDS.items()]
    return site.formatter.listing(site.formatter.plural(*forms, count) for count, forms in counts if count)


def _counts_or_nothing(site: SiteContext, notices: Iterable[Notice]) -> str:
    return _counts(site, notices) or site.formatter.text("Nothing to report")


def _distinct(days: _Days) -> tuple[Notice, ...]:
    return tuple({notice.id: notice for notices in days.values() for notice in notices}.values())
