"""Planned work."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from .interval import Interval
from .notice import Notice
from .vocabulary import MaintenanceStatus

if TYPE_CHECKING:
    from datetime import datetime

_RUNNING = {MaintenanceStatus.IN_PROGRESS, MaintenanceStatus.VERIFYING}


@dataclass(frozen=True, kw_only=True)
class Maintenance(Notice):
    """Planned work, announced before it begins. Its phase follows from its times and from what was said."""

    scheduled_from: datetime
    """UTC."""
    scheduled_until: datetime
    """UTC; the end as first planned. An update may move it: see `expected_until`."""

    @property
    def expected_until(self) -> datetime:
        """The planned end as last announced."""
        moved = [update.until for update in self.updates if update.until]
        return moved[-1] if moved else self.scheduled_until

    @property
    def begins_at(self) -> datetime:
        """As planned, or earlier if an update says that the work has begun."""
        begun = [update.at for update in self.updates if update.status in _RUNNING]
        return min([self.scheduled_from, *begun])

    @property
    def completed_at(self) -> datetime | None:
        """The instant the completing update gives, before the planned begin if the work was called off.

        None while none has been said, or a later update takes it back.
        """
        return self._closed_at

    @property
    def ended_at(self) -> datetime | None:
        """When the work ended or is planned to end; None while updates say it goes on past any plan."""
        if self.completed_at:
            return max(self.completed_at, self.begins_at)
        return None if self._running_by_word else self.expected_until

    @property
    def _running_by_word(self) -> bool:
        return bool(self.updates) and self.updates[-1].status in _RUNNING

    def phase(self, now: datetime) -> MaintenanceStatus:
        """Where the work stands at `now`. Said to be in progress, it is not over until an update says so."""
        if self.completed_at and self.completed_at <= now:
            return MaintenanceStatus.COMPLETED
        if self._running_by_word:
            return MaintenanceStatus(self.updates[-1].status)
        if now < self.scheduled_from:
            return MaintenanceStatus.SCHEDULED
        return MaintenanceStatus.IN_PROGRESS if now < self.expected_until else MaintenanceStatus.COMPLETED

    def known_by(self, now: datetime) -> bool:
        """From its first announcement on, and in any case once it has begun."""
        announced_at = min([self.begins_at, *(update.at for update in self.updates[:1])])
        return super().known_by(now) and (not self.updates or announced_at <= now)

    def as_of(self, now: datetime) -> Self:
        """As for any notice; work whose announcement had not been made is known from its begin, and remembers that."""
        known = super().as_of(now)
        if self.updates and not known.updates:
            known = replace(known, publish_at=max(filter(None, [self.publish_at, self.scheduled_from])))
        return known

    def interval(self, now: datetime) -> Interval | None:
        if self.begins_at > now:
            return None
        end = min(self.ended_at or now, now)
        return Interval(min(self.begins_at, end), end)
