"""The past, month by month."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from mkdocs_incidents.model import Announcement, Incident, Maintenance
from mkdocs_incidents.status import Month, day_start, months, notices_by_day

from .status_page import day_rows
from .views import HistoryView, Link, MonthRow, MonthView, YearRows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from mkdocs_incidents.model import Notice

    from .edition import Edition

Calendar = dict[Month, dict["date", tuple["Notice", ...]]]
"""Every day from the first month to today with what happened on it, by month, oldest first."""


def calendar(edition: Edition) -> Calendar:
    """Sort the whole history into days and months, in one pass."""
    told = months(edition.record.history, edition.now)
    by_day = notices_by_day(edition.record.history, told[0].first, edition.today, edition.now)
    found: Calendar = {month: {} for month in told}
    for day, notices in by_day.items():
        found[Month.of(day)][day] = notices
    return found


def month_view(edition: Edition, month: Month, days: Calendar) -> MonthView:
    """One month. Of a month that is over, nothing depends on the time of the build."""
    told = list(days)
    place = told.index(month)
    notices = _distinct(days[month])
    over = place < len(told) - 1
    settled = max((n.changed_at for n in notices), default=day_start(month.next.first, edition.zone))
    title = edition.wording.month(month.first)
    summary = _summary(edition, days[month])
    return MonthView(
        page="history",
        head_title=f"{title} – {edition.site_name}",
        description=f"{title}: {summary}",
        title=title,
        summary=summary,
        as_of=edition.instant(
            max(settled, day_start(month.next.first, edition.zone)) if over else edition.now, edition.zone
        ),
        days=day_rows(edition, days[month]),
        previous=_month_link(edition, told[place - 1]) if place else None,
        next=_month_link(edition, told[place + 1]) if over else None,
        history=Link(label=edition.wording.text("Every month"), address=edition.urls.history),
    )


def history_view(edition: Edition, days: Calendar) -> HistoryView:
    """Every month, newest first, with what it counted."""
    title = edition.wording.text("History")
    years = tuple(
        YearRows(label=str(year), months=tuple(_month_row(edition, month, days[month]) for month in of_year))
        for year, of_year in groupby(reversed(list(days)), key=lambda month: month.year)
    )
    return HistoryView(
        page="history",
        head_title=f"{title} – {edition.site_name}",
        description=edition.wording.text("Every incident and maintenance by month."),
        title=title,
        as_of=edition.instant(edition.now, edition.zone),
        years=years,
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
    kinds = (
        (Incident, "%(count)s incident", "%(count)s incidents"),
        (Maintenance, "%(count)s planned maintenance", "%(count)s planned maintenances"),
        (Announcement, "%(count)s notice", "%(count)s notices"),
    )
    found = list(notices)
    counts = [(sum(isinstance(n, kind) for n in found), one, many) for kind, one, many in kinds]
    return edition.wording.listing(edition.wording.plural(one, many, count) for count, one, many in counts if count)


def _distinct(days: Mapping[date, Sequence[Notice]]) -> tuple[Notice, ...]:
    return tuple({notice.id: notice for notices in days.values() for notice in notices}.values())
