"""The uptime of every component by month, compared with its SLO."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from mkdocs_incidents.status import Month, month_uptime, slo_breached

from ..page_times import page_of_now
from ..views import Link, PageMetadata
from .observed import uptime_label
from .shared import page_metadata
from .status import method

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mkdocs_incidents.model import Component

    from ..context import SiteContext

MONTHS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCell:
    """A component in a month."""

    month: Link
    """The month, with a link to its page if there is one."""
    uptime: str
    """`99.97%`, `not enough data yet` or `no data`."""
    lost: str
    """The weighted downtime; empty for none."""
    breached: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UptimeRow:
    """A component in all months."""

    service: Link
    slo: str
    cells: tuple[MonthCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UptimeView:
    """The uptime page."""

    frame: PageMetadata
    title: str
    months: tuple[Link, ...]
    rows: tuple[UptimeRow, ...]
    breached: int
    """Number of missed SLOs in the months shown."""
    method: str
    csv: Link


def uptime_view(site: SiteContext) -> UptimeView:
    """The uptime page, with the last months, the current one included."""
    text = site.formatter.text
    months = list(last_months(site, MONTHS))
    components = [c for c in site.snapshot.catalog.components.values() if c.id in site.component_statuses]
    rows = tuple(_row(site, component, months) for component in components)
    return UptimeView(
        frame=page_metadata(
            site, "uptime", text("Uptime"), text("Uptime of every service by month."), page_of_now(site)
        ),
        title=text("Uptime"),
        months=tuple(month_link(site, month) for month in months),
        rows=rows,
        breached=sum(cell.breached for row in rows for cell in row.cells),
        method=method(site),
        csv=Link(label=text("The same as CSV, with every month"), address="uptime.csv"),
    )


def last_months(site: SiteContext, count: int) -> Iterator[Month]:
    """The last `count` months, the current one first."""
    month = Month.of(site.today)
    for _ in range(count):
        yield month
        month = Month.of(month.first - timedelta(days=1))


def month_link(site: SiteContext, month: Month) -> Link:
    """The name of a month; without an address where it is older than the history."""
    address = site.urls.month(month.first) if month >= site.first_month else ""
    return Link(label=site.formatter.month(month.first), address=address)


def month_cell(site: SiteContext, component: Component, month: Month, until: datetime) -> MonthCell:
    """The uptime of a component in a month, as far as that is before `until`."""
    measured = month_uptime(site.snapshot, component.id, month, site.weights, until)
    counted = timedelta(seconds=float(measured.counted))
    return MonthCell(
        month=month_link(site, month),
        uptime=uptime_label(site, measured),
        lost=site.formatter.duration(counted) if counted else "",
        breached=bool(slo_breached(site.snapshot, component.id, month, site.weights)),
    )


def _row(site: SiteContext, component: Component, months: list[Month]) -> UptimeRow:
    return UptimeRow(
        service=Link(label=site.component_name(component.id), address=site.urls.component(component.id)),
        slo=site.formatter.percent(component.slo) if component.slo is not None else "",
        cells=tuple(month_cell(site, component, month, site.now) for month in months),
    )
