"""Maintenance."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, Self

from .interval import Interval
from .notice import Notice, Schedule
from .vocabulary import ComponentStatus, MaintenanceStatus, NoticeKind

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Maintenance(Notice):
    """Planned work, announced before it begins. Its phase follows from its times and from its updates."""

    kind: ClassVar[NoticeKind] = NoticeKind.MAINTENANCE
    scheduled_from: datetime
    """UTC."""
    scheduled_until: datetime
    """UTC; the end as planned first. An update may move it: see `expected_until`."""

    @property
    def expected_until(self) -> datetime:
        """The planned end as last announced."""
        moved = [update.until for update in self.standing_updates if update.until]
        return moved[-1] if moved else self.scheduled_until

    @property
    def schedule(self) -> Schedule:
        return Schedule(self.scheduled_from, self.expected_until)

    @property
    def begins_at(self) -> datetime:
        """As planned, or earlier if an update states that the work has begun."""
        return min([self.scheduled_from, *self._begun_at])

    @property
    def _begun_at(self) -> list[datetime]:
        """Instants of the updates with a status in progress or verifying."""
        return [update.at for update in self.standing_updates if MaintenanceStatus(update.status).running]

    @property
    def _severity(self) -> ComponentStatus:
        return ComponentStatus.UNDER_MAINTENANCE

    @property
    def called_off(self) -> bool:
        return self.completed_at is not None and self.completed_at <= self.scheduled_from and not self._begun_at

    @property
    def published_at(self) -> datetime:
        """From its begin where neither an update nor `publish` states when it was announced."""
        return super().published_at if self.updates else self._embargoed_until or self.begins_at

    @property
    def completed_at(self) -> datetime | None:
        """The instant of the completing update, before the planned begin if the work was called off.

        None without such an update, or if a later one reopens the work.
        """
        return self._closed_at

    @property
    def _ended_at(self) -> datetime | None:
        """When the work ended or is planned to end; None while the last update states that it is in progress."""
        if self.completed_at:
            return max(self.completed_at, self.begins_at)
        return None if self._stated_to_run else self.expected_until

    @property
    def _stated_to_run(self) -> bool:
        return bool(self.standing_updates) and MaintenanceStatus(self.standing_updates[-1].status).running

    def phase(self, now: datetime) -> MaintenanceStatus:
        """The status at `now`. If the last update states that it is in progress, only an update completes it.

        What was retracted is completed.
        """
        if self.retraction:
            return MaintenanceStatus.COMPLETED
        if self.completed_at and self.completed_at <= now:
            return MaintenanceStatus.COMPLETED
        if self._stated_to_run:
            return MaintenanceStatus(self.standing_updates[-1].status)
        if now < self.scheduled_from:
            return MaintenanceStatus.SCHEDULED
        return MaintenanceStatus.IN_PROGRESS if now < self.expected_until else MaintenanceStatus.COMPLETED

    def _stage(self, now: datetime) -> MaintenanceStatus:
        return self.phase(now)

    def is_over(self, now: datetime) -> bool:
        return self.phase(now) is MaintenanceStatus.COMPLETED

    def known_by(self, now: datetime) -> bool:
        """From its first update on, and in any case once it has begun."""
        announced_at = min([self.begins_at, *(update.at for update in self.updates[:1])])
        return super().known_by(now) and (not self.updates or announced_at <= now)

    def as_of(self, now: datetime) -> Self:
        """As for any notice; if no update had been published by then, it counts as published at its begin."""
        known = super().as_of(now)
        if self.updates and not known.updates:
            begun_later = self.publish_at is None or self.publish_at < self.scheduled_from
            known = replace(known, publish_at=self.scheduled_from, publish_on=None) if begun_later else known
        return known

    def interval(self, now: datetime) -> Interval | None:
        if self.begins_at > now:
            return None
        end = min(self.ended_at or now, now)
        return Interval(min(self.begins_at, end), end)
