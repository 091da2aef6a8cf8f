"""The page of one component: now, its ninety days, its months, its incidents."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mkdocs_incidents.model import ComponentStatus
from mkdocs_incidents.status import days

from .bars import DAYS, bars, table
from .subscribe_page import service_copies
from .uptime_page import MonthCell, last_months, month_cell
from .views import NO_DATA

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mkdocs_incidents.model import Component, Notice

    from .edition import Edition
    from .subscribe_page import Copy
    from .views import Bars, DayFact, Frame, NoticeRow

MONTHS = 12
AT_MOST = 50
"""Notices listed; history has the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentView:
    """The page of one component."""

    frame: Frame
    id: str
    name: str
    description: str
    group: str
    state: str
    """`no_data` for one that is not shown any more, or not yet."""
    state_word: str
    bars: Bars
    first_day: str
    last_day: str
    table: tuple[DayFact, ...]
    slo: str
    months: tuple[MonthCell, ...]
    """Newest first."""
    notices: tuple[NoticeRow, ...]
    """Newest first."""
    more: int
    """How many older ones there are."""
    copies: tuple[Copy, ...]
    """Its feeds and calendar."""

    @property
    def reload(self) -> bool:
        """Whether it is in trouble now, so that the page asks its reader to reload it for news."""
        return self.state not in {ComponentStatus.OPERATIONAL, NO_DATA}


Touched = dict[str, list["Notice"]]
"""The notices that touched each component, newest first."""


def notices_by_component(edition: Edition) -> Touched:
    """Sort the history by component, in one pass."""
    found: Touched = {component: [] for component in edition.snapshot.catalog.components}
    for notice in reversed(edition.snapshot.history.notices):
        for component in notice.touched_components:
            found[component].append(notice)
    return found


def component_view(
    edition: Edition, component: Component, group: str, touched: Mapping[str, Sequence[Notice]]
) -> ComponentView:
    """Everything about one component, as of the build."""
    text = edition.wording.text
    state = edition.component_statuses.get(component.id)
    word = text("No longer shown") if state is None else edition.wording.status(state)
    first = edition.today - timedelta(days=DAYS - 1)
    ninety = days(edition.snapshot, component.id, first, edition.today)
    mine = touched[component.id]
    frame = edition.frame("", f"{component.name}: {word}", f"{component.name}: {word}. {component.description}")
    return ComponentView(
        frame=replace(frame, icon=state or NO_DATA),
        id=component.id,
        name=component.name,
        description=component.description,
        group=group,
        state=state or NO_DATA,
        state_word=word if state is not ComponentStatus.OPERATIONAL else text("Operational"),
        bars=bars(edition, component.name, ninety),
        first_day=edition.wording.day_month(first),
        last_day=text("today"),
        table=tuple(table(edition, [(component.name, ninety)])),
        slo=edition.wording.percent(component.slo) if component.slo is not None else "",
        months=tuple(month_cell(edition, component, month) for month in last_months(edition, MONTHS)),
        notices=tuple(edition.row(notice, dated=True) for notice in mine[:AT_MOST]),
        more=max(0, len(mine) - AT_MOST),
        copies=service_copies(edition, component.id),
    )
