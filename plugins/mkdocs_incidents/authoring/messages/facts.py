"""What is known of an update before it is written: the facts that templates are filled from."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_incidents.model import (
    ComponentStatus,
    IncidentStatus,
    Interval,
    MaintenanceStatus,
    NoticeKind,
    Schedule,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta
    from zoneinfo import ZoneInfo

    from mkdocs_incidents.model import Catalog, Notice, Update, Upstream


class Phase(StrEnum):
    """What an update is about; the sections of a template are named after these."""

    INVESTIGATING = "investigating"
    STILL_INVESTIGATING = "still_investigating"
    """Another update while the cause is unknown."""
    IDENTIFIED = "identified"
    STILL_IDENTIFIED = "still_identified"
    """Another update while the repair goes on."""
    MONITORING = "monitoring"
    RESOLVED = "resolved"
    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    EXTENDED = "extended"
    """Planned work takes longer than announced."""
    VERIFYING = "verifying"
    COMPLETED = "completed"
    CALLED_OFF = "called_off"
    """Planned work is completed before it began."""


_STILL = {
    IncidentStatus.INVESTIGATING: Phase.STILL_INVESTIGATING,
    IncidentStatus.IDENTIFIED: Phase.STILL_IDENTIFIED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUpdate:
    """An update as the command line states it; its message is still to be written."""

    at: datetime
    """UTC."""
    status: IncidentStatus | MaintenanceStatus | None = None
    """None for an update of an announcement."""
    components: Mapping[str, ComponentStatus] = field(default_factory=lambda: MappingProxyType({}))
    """The states that it sets, by the id of the component."""
    next_update_at: datetime | None = None
    until: datetime | None = None
    """UTC; the new planned end of maintenance."""
    resolved_at: datetime | None = None
    """UTC; when users were no longer affected, where that was before the update."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageFacts:
    """What is known of a notice and of the update that is about to be written."""

    kind: NoticeKind
    title: str
    timezone: ZoneInfo
    """On whose clocks times are shown."""
    update: NewUpdate
    components: Mapping[str, ComponentStatus]
    """By full name: the affected ones as they are with this update, or, at the end, as they were at worst."""
    period: Interval | None
    """From begin to end, or until the update; of maintenance as planned. None if it would end before it begins."""
    schedule: Schedule | None = None
    """The plan of maintenance before this update."""
    begun: bool = True
    """Whether maintenance has begun by then."""
    upstream: Upstream | None = None
    previous: Update | None = None
    """The last update before it."""
    address: str = ""
    """Of the page of the notice; empty where it is not known."""

    @property
    def first(self) -> bool:
        """Whether nothing has been published before it."""
        return self.previous is None

    @property
    def closing(self) -> bool:
        """Whether the update ends the incident or the work."""
        return self.update.status is not None and self.update.status.closes

    @property
    def awaits_next_update(self) -> bool:
        """Whether readers wait for another update: the incident is open."""
        return self.kind is NoticeKind.INCIDENT and not self.closing

    @property
    def duration(self) -> timedelta | None:
        """From begin to end, or until the update."""
        return self.period.duration if self.period else None

    @property
    def phases(self) -> tuple[Phase, ...]:
        """What the update is about, the most specific first; empty where no template has a text of its own for it."""
        status = self.update.status
        if status is None or status is IncidentStatus.POSTMORTEM:
            return ()
        general = Phase(status)
        if status.closes and not self.begun:
            return (Phase.CALLED_OFF,)
        if self.update.until and self.schedule and self.update.until > self.schedule.end:
            return Phase.EXTENDED, general
        if self.previous and self.previous.status is status and isinstance(status, IncidentStatus):
            still = _STILL.get(status)
            return (still, general) if still else (general,)
        return (general,)


def facts_of(notice: Notice, catalog: Catalog, update: NewUpdate, *, address: str = "") -> MessageFacts:
    """The facts of an update that is to be added to `notice`, which need not have been written yet either."""
    schedule = notice.schedule
    standing = [known for known in notice.standing_updates if known.at <= update.at]
    return MessageFacts(
        kind=notice.kind,
        title=notice.title,
        timezone=notice.timezone,
        update=update,
        components=_by_full_name(_affected(notice, update), catalog),
        period=_period(notice, update),
        schedule=schedule,
        begun=schedule is None or notice.begins_at < update.at,
        upstream=notice.upstream,
        previous=standing[-1] if standing else None,
        address=address,
    )


def _affected(notice: Notice, update: NewUpdate) -> Mapping[str, ComponentStatus]:
    """The components that the update is about, by id, each in the state that it is about."""
    worst = dict.fromkeys(notice.touched_components, ComponentStatus.OPERATIONAL)
    worst |= notice.worst_statuses
    for known in notice.standing_updates:
        for component, status in known.components.items():
            worst[component] = ComponentStatus.worst([worst[component], status])
    worst |= {component: status for component, status in update.components.items() if component not in worst}
    if (update.status and update.status.closes) or notice.kind is not NoticeKind.INCIDENT:
        return worst
    now = {**notice.statuses_at(update.at), **update.components}
    affected = {c: status for c, status in now.items() if status is not ComponentStatus.OPERATIONAL}
    return affected or worst  # all work again: they are what is being watched


def _by_full_name(statuses: Mapping[str, ComponentStatus], catalog: Catalog) -> Mapping[str, ComponentStatus]:
    names = {component: catalog.full_names.get(component, component) for component in statuses}
    return {names[component]: status for component, status in statuses.items()}


def _period(notice: Notice, update: NewUpdate) -> Interval | None:
    if notice.schedule and not (update.status and update.status.closes and notice.begins_at < update.at):
        start, end = notice.schedule.start, update.until or notice.schedule.end
    else:
        start, end = notice.begins_at, update.resolved_at or update.at
    return Interval(start, end) if start <= end else None
