"""Which pages state the time of the build, and when the facts on the others last changed: one function for each kind.

A page that states the time of the build is another file after each build. All others state when their own facts last
changed, so that their bytes stay the same until then, and that of a component changes once a day besides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mkdocs_incidents.model import StatedInstant
from mkdocs_incidents.status import Month, day_start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date, datetime

    from mkdocs_incidents.model import Component, Incident, Notice

    from .context import SiteContext


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTime:
    """When the facts on a page last changed, and whether it states the build instead."""

    changed: StatedInstant | None
    """None where no fact on the page has a date."""
    built_at: datetime | None = None
    """UTC; only for a page that states the time of the build."""
    current: bool = False
    """Whether the page shows a state of now, so that its reader waits for news."""
    dated: bool = True
    """Whether the page states `changed`; not where something was added to it at an unknown time."""

    @property
    def as_of(self) -> StatedInstant | None:
        """What the page states: the build, else the last change; None if it states neither."""
        if self.built_at:
            return StatedInstant(self.built_at)
        return self.changed if self.dated else None

    @property
    def at(self) -> datetime | None:
        """UTC instant of `as_of`."""
        return self.as_of.at if self.as_of else None

    @property
    def changed_on(self) -> date | None:
        """The day of the last change: as stated, else in UTC, as MkDocs has the day of a build."""
        return (self.changed.day or self.changed.at.date()) if self.changed else None


class PageTimes:
    """The times of pages that are about many notices, each found once."""

    def __init__(self) -> None:
        self._found: dict[str, PageTime] = {}

    def once(self, page: str, find: Callable[[], PageTime]) -> PageTime:
        """What `find` returned for a page, which has a name of its own, when it was asked for first."""
        if page not in self._found:
            self._found[page] = find()
        return self._found[page]


def page_of_now(site: SiteContext) -> PageTime:
    """Of the pages about the present: status, uptime, promises, "not found"."""
    return site.page_times.once("", lambda: _page_of_now(site))


def _page_of_now(site: SiteContext) -> PageTime:
    return _page(site, site.snapshot.history.notices, _component_days(site), built_at=site.now, current=True)


def notice_page(site: SiteContext, notice: Notice) -> PageTime:
    """Of a notice: the build until it is over. An edit of its file is a change, too."""
    edits = site.edits.get(notice.source)
    edited_at = [edits.last_at] if edits else []
    if site.facts(notice).is_over:
        return _page(site, [notice], edited_at)
    return _page(site, [notice], edited_at, built_at=site.now, current=True)


def component_page(site: SiteContext, component: Component) -> PageTime:
    """Of a component: the build while a notice about it is going on."""
    return site.page_times.once(component.id, lambda: _component_page(site, component))


def _component_page(site: SiteContext, component: Component) -> PageTime:
    notices = site.snapshot.notices_by_component[component.id]
    open_now = any(notice.begins_at <= site.now and not site.facts(notice).is_over for notice in notices)
    days = (day_start(day, site.zone) for day in (component.since, component.retired) if day)
    claimed = (interval.start for interval in site.snapshot.series(component.id).claimed)
    return _page(site, notices, [*days, *claimed], built_at=site.now if open_now else None, current=True)


def counted_until(site: SiteContext, time: PageTime) -> datetime:
    """The end of the interval for which figures of a component are counted on its page.

    On a page that does not state the build, that is when the current day began, or the last change if that was later:
    with each build the observed time is longer, and so the uptime is another.
    """
    today = day_start(site.today, site.zone)
    return time.built_at or max(today, time.changed.at if time.changed else today)


def month_page(site: SiteContext, month: Month) -> PageTime:
    """Of a month: its end at the earliest, or its begin for the current one."""
    over = month < Month.of(site.today)
    begin_or_end = day_start(month.next.first if over else month.first, site.zone)
    days = site.snapshot.notices_by_month[month].values()
    return _page(site, {notice.id: notice for notices in days for notice in notices}.values(), [begin_or_end])


def history_page(site: SiteContext) -> PageTime:
    """Of the history: when a notice last changed or the last month began."""
    notices = site.snapshot.history.notices
    return site.page_times.once(
        "/history", lambda: _page(site, notices, [_current_month(site), *_component_days(site)])
    )


def maintenance_page(site: SiteContext) -> PageTime:
    """Of the list of planned work."""
    return _page(site, site.snapshot.history.maintenances, current=True)


def postmortems_page(site: SiteContext) -> PageTime:
    """Of the list of postmortems, with its trends of all incidents by month."""
    return site.page_times.once("/postmortems", lambda: _postmortems_page(site))


def _postmortems_page(site: SiteContext) -> PageTime:
    history = site.snapshot.history
    published = (notice.postmortem_published_at for notice in history.notices)
    by_month = [_current_month(site)] if history.incidents else []
    counted = (at for incident in history.incidents for at in _counted_at(incident))
    explained = [incident for incident in history.incidents if incident.postmortem_published_at]
    dated = all(incident.states_addition for incident in history.incidents)
    return replace(_page(site, explained, [*published, *counted, *by_month]), dated=dated)


def _counted_at(incident: Incident) -> Iterator[datetime | None]:
    """The UTC instants at which the impact of an incident changed, or its times that trends are made of.

    An update without news for them changes no page but those about the incident.
    """
    yield from (incident.published_at, incident.ended_at)
    closed = True
    for update in incident.updates:
        if closed or update.components or update.status.closes or update.retraction:
            yield incident.update_published_at(update)
            yield update.retracted_at
        closed = update.status.closes


def subscribe_page(site: SiteContext) -> PageTime:
    """Of the ways to subscribe, with those of each component."""
    return _page(site, [], _component_days(site))


def _page(
    site: SiteContext,
    notices: Iterable[Notice],
    instants: Iterable[datetime | None] = (),
    *,
    built_at: datetime | None = None,
    current: bool = False,
) -> PageTime:
    """Of a page about `notices`, which also changes at `instants`; what is in the future is no change yet."""
    notices = list(notices)
    changes = [site.facts(notice).last_change for notice in notices]
    changes += [StatedInstant(at) for at in instants if at and at <= site.now]
    changed = max(filter(None, changes), key=lambda change: (change.at, change.day is not None), default=None)
    dated = all(notice.states_addition for notice in notices)
    return PageTime(changed=changed, built_at=built_at, current=current, dated=dated)


def _current_month(site: SiteContext) -> datetime:
    return day_start(Month.of(site.today).first, site.zone)


def _component_days(site: SiteContext) -> Iterable[datetime]:
    components = site.snapshot.catalog.components.values()
    return (day_start(day, site.zone) for c in components for day in (c.since, c.retired) if day)
