"""Unplanned trouble, and announcements, which are notices without trouble."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from .interval import Interval
from .notice import Notice
from .vocabulary import ComponentStatus, Impact, IncidentStatus

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class Incident(Notice):
    """An unplanned event told to the public."""

    started_at: datetime
    """UTC instant at which users began to feel it."""
    stated_resolved_at: datetime | None = None
    """UTC instant at which users stopped feeling it, as the file states it."""
    stated_impact: Impact | None = None
    affected_percent: Decimal | None = None
    """Share of users or traffic affected, in percent, as the file states it."""

    @property
    def begins_at(self) -> datetime:
        return self.started_at

    @property
    def resolved_at(self) -> datetime | None:
        """As stated, else the first of the closing updates at the end of the story; None while it is open."""
        if self.stated_resolved_at:
            return self.stated_resolved_at
        return max(self._closed_at, self.started_at) if self._closed_at else None

    @property
    def ended_at(self) -> datetime | None:
        return self.resolved_at

    @property
    def ongoing(self) -> bool:
        """Whether users still feel it, as far as has been said."""
        return self.resolved_at is None

    @property
    def impact(self) -> Impact:
        """As stated, else as felt by the worst component at its worst."""
        if self.stated_impact is not None:
            return self.stated_impact
        return self._worst_declared.impact

    @property
    def _worst_declared(self) -> ComponentStatus:
        """The worst state of any component, in the file's facts or in what was said."""
        declared = [*self.components.values(), *(s for update in self.updates for s in update.components.values())]
        return ComponentStatus.worst(declared)

    @property
    def status(self) -> IncidentStatus:
        """Where the response stands by all that has been said."""
        if self.resolved_at is not None:
            return IncidentStatus.POSTMORTEM if self.postmortem_published_at else IncidentStatus.RESOLVED
        last = self.updates[-1].status if self.updates else IncidentStatus.INVESTIGATING
        return IncidentStatus(last)

    def interval(self, now: datetime) -> Interval | None:
        if self.started_at > now:
            return None
        return Interval(self.started_at, min(self.resolved_at or now, now))

    def known_by(self, now: datetime) -> bool:
        """From its start on, said or not: what users feel is never hidden for want of words."""
        return super().known_by(now) and self.started_at <= now

    def as_of(self, now: datetime) -> Self:
        """Its stated end is known once it has passed and, where an update says so, once that has been said."""
        known = super().as_of(now)
        if self.stated_resolved_at and max(self.stated_resolved_at, self._closed_at or self.started_at) > now:
            known = replace(known, stated_resolved_at=None)
        return known

    def current_status(self, now: datetime) -> ComponentStatus:
        """The worst state users feel from it at `now`; operational once it is resolved.

        An open incident is never better than degraded, unless its impact is stated as none: it
        is open because not everything is known to be well. While no update has said that its worst
        component is better, its stated impact counts too.
        """
        if not self.ongoing or self.started_at > now or self.stated_impact is Impact.NONE:
            return ComponentStatus.OPERATIONAL
        felt = ComponentStatus.worst(self.statuses_at(now).values())
        if felt.rank >= self._worst_declared.rank:
            felt = ComponentStatus.worst([felt, self.impact.component_status])
        return ComponentStatus.worst([felt, ComponentStatus.DEGRADED_PERFORMANCE])


@dataclass(frozen=True, kw_only=True)
class Announcement(Notice):
    """A notice without trouble: impact none and no components. It never touches banner, bars or uptime."""

    started_at: datetime
    """UTC instant from which it is shown."""
    stated_resolved_at: datetime | None = None
    """UTC instant from which a pinned one is no longer kept up."""

    @property
    def begins_at(self) -> datetime:
        return self.started_at

    @property
    def ended_at(self) -> datetime | None:
        return self.stated_resolved_at

    @property
    def impact(self) -> Impact:
        """Always none; that is what makes it an announcement."""
        return Impact.NONE

    def interval(self, now: datetime) -> Interval | None:
        if self.started_at > now:
            return None
        return Interval(self.started_at, min(self.stated_resolved_at or now, now))

    def known_by(self, now: datetime) -> bool:
        return super().known_by(now) and self.started_at <= now

    def as_of(self, now: datetime) -> Self:
        known = super().as_of(now)
        if known.stated_resolved_at and known.stated_resolved_at > now:
            known = replace(known, stated_resolved_at=None)
        return known
