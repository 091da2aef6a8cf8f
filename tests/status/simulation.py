"""What product.md 1.3 and 4 say, acted out minute by minute, as naively as they can be read.

Nothing here calls the code under test: it replays the words of every notice for every minute.
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
    """What was counted, in minutes."""

    observed: int = 0
    downtime: Fraction = Fraction(0)
    minutes_in: Counter[ComponentStatus] = field(default_factory=Counter)
    notices: set[str] = field(default_factory=set)


def tally(scene: Scene, component_ids: Iterable[str], minutes: Iterable[datetime]) -> dict[date, Tally]:
    """Count `minutes` by local day; of several components the worst counts at each minute."""
    components = [scene.history.catalog.components[component_id] for component_id in component_ids]
    stories = [_Story(notice, scene.now) for notice in scene.history.notices if _is_public(notice, scene.now)]
    days: dict[date, Tally] = defaultdict(Tally)
    local_day = scene.minutes
    for minute in minutes:
        day = local_day[minute]
        claimed = [c.id for c in components if minute < scene.now and c.visible_on(day)]
        if not claimed:
            continue
        felt = [(story.state(component, minute), story.notice.id) for story in stories for component in claimed]
        worst = max((state for state, _ in felt), key=SEVERITY.index, default=OPERATIONAL)
        days[day].observed += 1
        days[day].downtime += max((WEIGHTS[state] for state, _ in felt), default=Fraction(0))
        days[day].notices |= {notice for state, notice in felt if state is not OPERATIONAL}
        if worst is not OPERATIONAL:
            days[day].minutes_in[worst] += 1
    return days


def _is_public(notice: Notice, now: datetime) -> bool:
    if notice.publish_at and notice.publish_at > now:
        return False
    return isinstance(notice, Maintenance) or (isinstance(notice, Incident) and notice.started_at <= now)


class _Story:
    """A notice as it had been told by `now`."""

    def __init__(self, notice: Notice, now: datetime) -> None:
        self.notice = notice
        self.said = [update for update in notice.updates if update.at <= now]
        self.begin, self.end = self._incident(notice, now) if isinstance(notice, Incident) else self._work(notice, now)
        self._cache: dict[tuple[str, int], ComponentStatus] = {}

    def state(self, component: str, minute: datetime) -> ComponentStatus:
        """The state that the notice puts a component in during a minute."""
        if not self.begin <= minute < self.end:
            return OPERATIONAL
        heard = sum(update.at <= minute for update in self.said)
        if (component, heard) not in self._cache:
            self._cache[component, heard] = self._replay(component, self.said[:heard])
        return self._cache[component, heard]

    def _replay(self, component: str, heard: list[Update]) -> ComponentStatus:
        """The last word on a component; none at first, then its worst state. Over is over until taken back."""
        state = worst = self.notice.components.get(component, OPERATIONAL)
        closed = False
        for update in heard:
            taken_back = any(not later.status.closes for later in self.said if later.at > update.at)
            if component in update.components:
                state = update.components[component]
            elif update.status.closes and taken_back:
                state = OPERATIONAL
            elif closed and not update.status.closes:
                state = worst
            worst = max(worst, state, key=SEVERITY.index)
            closed = update.status.closes
        return state

    def _incident(self, incident: Incident, now: datetime) -> tuple[datetime, datetime]:
        stated, closed = incident.stated_resolved_at, _closed(self.said)
        closed_at_last = _closed(list(incident.updates))
        if stated and stated <= now and (closed_at_last is None or closed_at_last <= now):
            return incident.started_at, stated
        return incident.started_at, closed or now

    def _work(self, work: Notice, now: datetime) -> tuple[datetime, datetime]:
        assert isinstance(work, Maintenance)
        begin = min([work.scheduled_from, *(update.at for update in self.said if update.status in RUNNING)])
        if closed := _closed(self.said):
            return begin, closed
        if self.said and self.said[-1].status in RUNNING:
            return begin, now
        moved = [update.until for update in self.said if update.until]
        return begin, moved[-1] if moved else work.scheduled_until


def _closed(said: list[Update]) -> datetime | None:
    """The first of the closing words with which a story ends."""
    closed = None
    for update in said:
        if not update.status.closes:
            closed = None
        elif closed is None:
            closed = update.at
    return closed
