"""Uptime of every component by month, against what was promised, with the method in words and as CSV."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from mkdocs_incidents.status import Month, month_uptime, slo_breached

from .status_page import method
from .views import Frame, Link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_incidents.model import Component

    from .edition import Edition

MONTHS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCell:
    """One component in one month."""

    month: Link
    """Leads to the page of the month; without an address where there is none."""
    uptime: str
    """`99.97%`, or `no data`."""
    lost: str
    """The downtime that was counted, with its weights; empty where there was none."""
    breached: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UptimeRow:
    """One component in all months."""

    service: Link
    slo: str
    cells: tuple[MonthCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UptimeView:
    """The uptime page."""

    frame: Frame
    title: str
    months: tuple[Link, ...]
    rows: tuple[UptimeRow, ...]
    breached: int
    """How many targets were missed in the months shown."""
    method: str
    csv: Link


def uptime_view(edition: Edition) -> UptimeView:
    """The newest months, this one included as far as it goes."""
    text = edition.wording.text
    months = list(last_months(edition, MONTHS))
    components = [c for c in edition.snapshot.catalog.components.values() if c.id in edition.component_statuses]
    rows = tuple(_row(edition, component, months) for component in components)
    return UptimeView(
        frame=edition.frame("uptime", text("Uptime"), text("Uptime of every service by month.")),
        title=text("Uptime"),
        months=tuple(month_link(edition, month) for month in months),
        rows=rows,
        breached=sum(cell.breached for row in rows for cell in row.cells),
        method=method(edition),
        csv=Link(label=text("The same as CSV, with every month"), address="uptime.csv"),
    )


def last_months(edition: Edition, count: int) -> Iterator[Month]:
    """The newest `count` months, the newest first."""
    month = Month.of(edition.today)
    for _ in range(count):
        yield month
        month = Month.of(month.first - timedelta(days=1))


def month_link(edition: Edition, month: Month) -> Link:
    """A month by name; without an address where it is older than the history."""
    address = edition.urls.month(month.first) if month >= edition.first_month else ""
    return Link(label=edition.wording.month(month.first), address=address)


def month_cell(edition: Edition, component: Component, month: Month) -> MonthCell:
    """How a component fared in a month."""
    told = month_uptime(edition.snapshot, component.id, month, edition.weights)
    counted = timedelta(seconds=float(told.counted))
    return MonthCell(
        month=month_link(edition, month),
        uptime=edition.wording.text("no data") if told.percent is None else edition.wording.percent(told.percent),
        lost=edition.wording.duration(counted) if counted else "",
        breached=bool(slo_breached(edition.snapshot, component.id, month, edition.weights)),
    )


def _row(edition: Edition, component: Component, months: list[Month]) -> UptimeRow:
    return UptimeRow(
        service=Link(label=component.name, address=edition.urls.component(component.id)),
        slo=edition.wording.percent(component.slo) if component.slo is not None else "",
        cells=tuple(month_cell(edition, component, month) for month in months),
    )
