"""The page of a component: its state, recent days, months and notices."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mkdocs_incidents.model import ComponentStatus
from mkdocs_incidents.status import days

from ..drawings.bars import bars, table
from ..drawings.marks import NO_DATA
from ..page_times import component_page, counted_until
from .rows import notice_row
from .shared import page_metadata
from .subscribe import component_addresses
from .uptime import MonthCell, last_months, month_cell

if TYPE_CHECKING:
    from mkdocs_incidents.model import Component

    from ..context import SiteContext
    from ..views import Bars, DayFact, FormattedInstant, NoticeRow, PageMetadata
    from .subscribe import CopyText

MONTHS = 12
AT_MOST = 50
"""Notices in the list; the history has the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentView:
    """The page of one component."""

    frame: PageMetadata
    id: str
    name: str
    description: str
    group: str
    state: str
    """A component status; `no_data` for a component that is not shown any more, or not yet."""
    state_word: str
    bars: Bars
    first_day: str
    first_of_60_days: str
    """The first day that is shown where there is room for 60 days only."""
    first_of_30_days: str
    last_day: str
    """The day of the build."""
    table: tuple[DayFact, ...]
    slo: str
    counted_until: FormattedInstant
    """The end of the interval for which the current month is counted."""
    months: tuple[MonthCell, ...]
    """Newest first."""
    notices: tuple[NoticeRow, ...]
    """Newest first."""
    more: int
    """Number of older notices."""
    copies: tuple[CopyText, ...]
    """Addresses of its feeds and calendar."""

    @property
    def reload(self) -> bool:
        """Whether the component has a problem now; the page then asks its reader to reload it."""
        return self.state not in {ComponentStatus.OPERATIONAL, NO_DATA}


def component_view(site: SiteContext, component: Component, group: str) -> ComponentView:
    """The page of a component, as of now; `group` is the name of its group, empty for none."""
    text = site.formatter.text
    name, state = site.component_name(component.id), site.component_statuses.get(component.id)
    label = text("No longer shown") if state is None else site.formatter.status(state)
    first = site.first_bar_day
    recent = site.recent_days.get(component.id) or days(site.snapshot, component.id, first, site.today)
    notices = site.snapshot.notices_by_component[component.id]
    time = component_page(site, component)
    until = counted_until(site, time)
    description = f"{name}: {label}. {component.description}"
    frame = page_metadata(site, "", f"{name}: {label}", description, time, open_from=time.built_at)
    return ComponentView(
        frame=replace(frame, icon=state or NO_DATA),
        id=component.id,
        name=component.name,
        description=component.description,
        group=group,
        state=state or NO_DATA,
        state_word=label,
        bars=bars(site, name, recent),
        first_day=site.formatter.day_month(first),
        first_of_60_days=site.formatter.day_month(site.today - timedelta(days=59)),
        first_of_30_days=site.formatter.day_month(site.today - timedelta(days=29)),
        last_day=site.formatter.day_month(site.today),
        table=tuple(table(site, [(name, recent)])),
        slo=site.formatter.percent(component.slo) if component.slo is not None else "",
        counted_until=site.instant(until, site.zone),
        months=tuple(month_cell(site, component, month, until) for month in last_months(site, MONTHS)),
        notices=tuple(notice_row(site, notice, dated=True) for notice in notices[:AT_MOST]),
        more=max(0, len(notices) - AT_MOST),
        copies=component_addresses(site, component.id),
    )
