"""A naive second implementation of bars and uptime: it replays the updates of every notice for every minute.

Nothing here calls the code under test.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from mkdocs_incidents.model import ComponentStatus, Incident, Maintenance, MaintenanceStatus, Notice, Update

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from mkdocs_incidents.model import Component
    from tests.status.scenes import Scene

SEVERITY = list(ComponentStatus)
OPERATIONAL = ComponentStatus.OPERATIONAL
RUNNING = {MaintenanceStatus.IN_PROGRESS, MaintenanceStatus.VERIFYING}
WEIGHTS = {
    ComponentStatus.OPERATIONAL: Fraction(0),
    ComponentStatus.UNDER_MAINTENANCE: Fraction(0),
    ComponentStatus.DEGRADED_PERFORMANCE: Fraction(0),
    ComponentStatus.PARTIAL_OUTAGE: Fraction(3, 10),
    ComponentStatus.MAJOR_OUTAGE: Fraction(1),
}


@dataclass
class Tally:
    """The counts of a day, in minutes."""

    observed: int = 0
    downtime: Fraction = Fraction(0)
    minutes_in: Counter[ComponentStatus] = field(default_factory=Counter)
    notices: set[str] = field(default_factory=set)


def tally(scene: Scene, component_ids: Iterable[str], minutes: Iterable[datetime]) -> dict[date, Tally]:
    """Count `minutes` by local day; of several components the worst counts at each minute."""
    components = [scene.history.catalog.components[component_id] for component_id in component_ids]
    notices = [_PublishedNotice(notice, scene.now) for notice in scene.history.notices if _is_public(notice, scene.now)]
    days: dict[date, Tally] = defaultdict(Tally)
    local_day = scene.minutes
    shown = {component.id: _minutes_shown(scene, component, notices) for component in components}
    for minute in minutes:
        day = local_day[minute]
        claimed = [c.id for c in components if minute < scene.now and minute in shown[c.id]]
        if not claimed:
            continue
        states = [(notice.state(component, minute), notice.notice.id) for notice in notices for component in claimed]
        worst = max((state for state, _ in states), key=SEVERITY.index, default=OPERATIONAL)
        days[day].observed += 1
        days[day].downtime += max((WEIGHTS[state] for state, _ in states), default=Fraction(0))
        days[day].notices |= {notice for state, notice in states if state is not OPERATIONAL}
        if worst is not OPERATIONAL:
            days[day].minutes_in[worst] += 1
    return days


def _minutes_shown(scene: Scene, component: Component, notices: list[_PublishedNotice]) -> set[datetime]:
    """The minutes for which there is data: in service, and on from the minute before by a notice that is still open."""
    shown: set[datetime] = set()
    before = False
    for minute, day in scene.minutes.items():
        held = before and any(n.names(component.id) and n.holds(minute) for n in notices)
        before = component.visible_on(day) or held
        if before:
            shown.add(minute)
    return shown


def _is_public(notice: Notice, now: datetime) -> bool:
    if notice.publish_at and notice.publish_at > now:
        return False
    return isinstance(notice, Maintenance) or (isinstance(notice, Incident) and notice.started_at <= now)


class _PublishedNotice:
    """A notice with what was published by `now`."""

    def __init__(self, notice: Notice, now: datetime) -> None:
        self.notice = notice
        self.updates = [update for update in notice.updates if update.at <= now]
        self.spans = [self._incident(notice, now)] if isinstance(notice, Incident) else self._work(notice)
        self.over = notice.as_of(now).is_over(now)
        self._cache: dict[tuple[str, int], ComponentStatus] = {}

    def names(self, component: str) -> bool:
        """Whether it names a component anywhere."""
        return component in self.notice.components or any(component in update.components for update in self.updates)

    def state(self, component: str, minute: datetime) -> ComponentStatus:
        """The state of a component during a minute because of the notice."""
        if not self._lasts(minute):
            return OPERATIONAL
        count = sum(update.at <= minute for update in self.updates)
        if (component, count) not in self._cache:
            self._cache[component, count] = self._replay(component, self.updates[:count])
        return self._cache[component, count]

    def holds(self, minute: datetime) -> bool:
        """Whether it has begun before a minute and is not over by then; what is open at `now` is not."""
        begun = any(begin < minute for begin, _ in self.spans)
        return begun and (not self.over or any(end is None or minute < end for _, end in self.spans))

    def _lasts(self, minute: datetime) -> bool:
        return any(begin <= minute and (end is None or minute < end) for begin, end in self.spans)

    def _replay(self, component: str, past: list[Update]) -> ComponentStatus:
        """The state after the last update: as stated, operational after closing, the worst so far after reopening."""
        state = worst = self.notice.components.get(component, OPERATIONAL)
        closed = False
        for update in past:
            reopened = any(not later.status.closes for later in self.updates if later.at > update.at)
            announced = update.status is MaintenanceStatus.SCHEDULED and not self._lasts(update.at)
            put_off = announced and any(end == update.at for _, end in self.spans)
            stated = update.components.get(component)
            if stated and not (announced and stated is OPERATIONAL):
                state = stated
            elif put_off:
                state = worst
            elif update.status.closes and reopened:
                state = OPERATIONAL
            elif closed and not update.status.closes:
                state = worst
            worst = max(worst, state, key=SEVERITY.index)
            closed = update.status.closes
        return state

    def _incident(self, incident: Incident, now: datetime) -> tuple[datetime, datetime | None]:
        stated, closed = incident.stated_resolved_at, _closed(self.updates)
        closed_at_last = _closed(list(incident.updates))
        if stated and stated <= now and (closed_at_last is None or closed_at_last <= now):
            return incident.started_at, stated
        return incident.started_at, closed or now

    def _work(self, work: Notice) -> list[tuple[datetime, datetime | None]]:
        """The times at which the work goes on or is planned to, without an end where the last update says it runs."""
        assert isinstance(work, Maintenance)
        found: list[tuple[datetime, datetime | None]] = []
        begin, begun, open_still, until = work.scheduled_from, False, True, work.scheduled_until
        planned = True
        for update in self.updates:
            late_begin = update.status is MaintenanceStatus.IN_PROGRESS and not update.until
            if planned and begin < update.at and update.status is not MaintenanceStatus.SCHEDULED and not late_begin:
                begun, planned = True, False
            if update.status in RUNNING:
                begin = begin if begun else update.at
                begun, planned, open_still = True, False, True
            elif update.status.closes or begun or not open_still:
                found += [(begin, update.at)] if begun else []
                open_still = not update.status.closes
                begun, begin = False, work.scheduled_from
                planned = open_still and update.at <= begin
                until = until if update.status.closes else work.scheduled_until
            until = update.until or until
        if begun:
            return [*found, (begin, None)]
        return [*found, (begin, until)] if planned else found


def _closed(updates: list[Update]) -> datetime | None:
    """The first of the closing updates at the end of the list."""
    closed = None
    for update in updates:
        if not update.status.closes:
            closed = None
        elif closed is None:
            closed = update.at
    return closed
