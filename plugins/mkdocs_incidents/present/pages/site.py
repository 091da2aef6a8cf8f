"""The views of the pages of a site, each made once for the page and for its Markdown copy."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from mkdocs_incidents.model import Incident

from .component import component_view
from .history import history_view, month_view
from .lists import maintenance_view, postmortems_view
from .measurements import measurements_view
from .notice import notice_view
from .promises import promises_view
from .shared import site_view
from .status import status_view
from .subscribe import subscribe_view
from .uptime import uptime_view

if TYPE_CHECKING:
    from mkdocs_incidents.model import Component, Notice
    from mkdocs_incidents.status import Month

    from ..context import SiteContext
    from ..views import SiteView
    from .component import ComponentView
    from .history import HistoryView, MonthView
    from .lists import ListView
    from .measurements import MeasurementsView
    from .notice import NoticeView
    from .promises import PromisesView
    from .status import StatusView
    from .subscribe import SubscribeView
    from .uptime import UptimeView


class SiteViews:
    """Cached views. Those of notices are not cached: they are many, and each is used once."""

    def __init__(self, site: SiteContext) -> None:
        self.site = site
        self._months: dict[Month, MonthView] = {}
        self._components: dict[str, ComponentView] = {}
        self._measurements: dict[str, MeasurementsView | None] = {}

    @cached_property
    def shared(self) -> SiteView:
        """What all pages show."""
        return site_view(self.site)

    @cached_property
    def status(self) -> StatusView:
        return status_view(self.site)

    @cached_property
    def history(self) -> HistoryView:
        return history_view(self.site)

    @cached_property
    def maintenance(self) -> ListView:
        return maintenance_view(self.site)

    @cached_property
    def postmortems(self) -> ListView:
        return postmortems_view(self.site)

    @cached_property
    def promises(self) -> PromisesView:
        return promises_view(self.site)

    @cached_property
    def uptime(self) -> UptimeView:
        return uptime_view(self.site)

    @cached_property
    def subscribe(self) -> SubscribeView:
        return subscribe_view(self.site)

    def measurements(self, notice: Notice) -> MeasurementsView | None:
        """What was measured of an incident that is over; None where there is nothing but its duration."""
        if notice.id not in self._measurements:
            measured = self.site.facts(notice).is_over and not notice.retraction
            view = measurements_view(self.site, notice) if isinstance(notice, Incident) and measured else None
            self._measurements[notice.id] = view
        return self._measurements[notice.id]

    def notice(self, notice: Notice, neighbours: tuple[Notice | None, Notice | None]) -> NoticeView:
        """The page of one notice, which is not kept; `neighbours` are those before and after it in the history."""
        return notice_view(self.site, notice, self.measurements(notice), neighbours)

    def month(self, month: Month) -> MonthView:
        """The page of a month."""
        if month not in self._months:
            self._months[month] = month_view(self.site, month)
        return self._months[month]

    def component(self, component: Component, group: str) -> ComponentView:
        """The page of a component; `group` is the name of its group, empty for none."""
        if component.id not in self._components:
            self._components[component.id] = component_view(self.site, component, group)
        return self._components[component.id]
