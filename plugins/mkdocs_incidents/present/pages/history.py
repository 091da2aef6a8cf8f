"""The pages of the months, and the list of months."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from mkdocs_incidents.model import NoticeKind

from ..drawings.calendar import CalendarDay, weeks
from ..language.labels import KINDS, n_
from ..page_times import history_page, month_page
from ..views import DayRow, Link, PageMetadata
from .rows import list_kind
from .shared import page_metadata
from .status import day_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from mkdocs_incidents.model import Notice
    from mkdocs_incidents.status import Month

    from ..context import SiteContext

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
    """The list of months."""

    frame: PageMetadata
    title: str
    years: tuple[YearRows, ...]
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
    """The list of months, newest first, with the numbers of their notices."""
    title = site.formatter.text("History")
    newest_first = reversed(list(site.snapshot.notices_by_month.items()))
    years = tuple(
        YearRows(label=str(year), months=tuple(_month_row(site, month, days) for month, days in months_of_year))
        for year, months_of_year in groupby(newest_first, key=lambda item: item[0].year)
    )
    return HistoryView(
        frame=page_metadata(
            site,
            "history",
            title,
            site.formatter.text("Every incident and maintenance by month."),
            history_page(site),
        ),
        title=title,
        years=years,
        services=tuple(
            Link(label=site.component_name(component.id), address=site.urls.component(component.id))
            for component in site.public_components
        ),
    )


def _filters(site: SiteContext, days: Mapping[date, Sequence[Notice]]) -> tuple[Filter, ...]:
    """The filters of a list of days, with counts; none where all notices are of one kind."""
    found = Counter(list_kind(notice) for notice in _distinct(days))
    if len(found) < 2:  # noqa: PLR2004  one kind needs no filter
        return ()
    return tuple(
        Filter(key=key, label=site.formatter.text(label), count=found[key])
        for key, label in KINDS.items()
        if found[key]
    )


def _month_row(site: SiteContext, month: Month, days: Mapping[date, Sequence[Notice]]) -> MonthRow:
    return MonthRow(
        label=site.formatter.month(month.first),
        address=site.urls.month(month.first),
        summary=_counts(site, _distinct(days)) or site.formatter.text("Nothing to report"),
    )


def _month_link(site: SiteContext, month: Month) -> Link:
    return Link(label=site.formatter.month(month.first), address=site.urls.month(month.first))


def _summary(site: SiteContext, days: Mapping[date, Sequence[Notice]]) -> str:
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


def _distinct(days: Mapping[date, Sequence[Notice]]) -> tuple[Notice, ...]:
    return tuple({notice.id: notice for notices in days.values() for notice in notices}.values())
