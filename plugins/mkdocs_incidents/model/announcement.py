"""Announcements."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime  # noqa: TC003  decoding resolves the types of fields
from typing import ClassVar, Self

from .interval import Interval
from .notice import Notice
from .vocabulary import ComponentStatus, NoticeKind


@dataclass(frozen=True, kw_only=True)
class Announcement(Notice):
    """A notice that affects no component: it has no influence on banner, bars or uptime."""

    kind: ClassVar[NoticeKind] = NoticeKind.ANNOUNCEMENT
    started_at: datetime
    """UTC instant from which it is shown."""
    stated_resolved_at: datetime | None = None
    """UTC instant from which a pinned announcement is no longer shown at the top."""

    @property
    def begins_at(self) -> datetime:
        return self.started_at

    @property
    def ended_at(self) -> datetime | None:
        ended = super().ended_at
        return max(ended, self.started_at) if ended else None

    @property
    def _ended_at(self) -> datetime | None:
        return self.stated_resolved_at

    @property
    def _severity(self) -> ComponentStatus:
        return ComponentStatus.OPERATIONAL

    @property
    def stated_at(self) -> tuple[datetime, ...]:
        ends = (self.stated_resolved_at,) if self.stated_resolved_at else ()
        return (self.started_at, *ends, *super().stated_at)

    def is_over(self, now: datetime) -> bool:
        """True unless it is pinned and has not ended: only pinned announcements stay at the top."""
        return not self.pinned or (self.ended_at is not None and self.ended_at <= now)

    def affected_intervals(self, now: datetime) -> tuple[Interval, ...]:
        """Always empty."""
        del now
        return ()

    def interval(self, now: datetime) -> Interval | None:
        if self.started_at > now:
            return None
        return Interval(self.started_at, min(self.ended_at or now, now))

    def known_by(self, now: datetime) -> bool:
        return super().known_by(now) and self.started_at <= now

    def as_of(self, now: datetime) -> Self:
        known = super().as_of(now)
        if known.stated_resolved_at and known.stated_resolved_at > now:
            known = replace(known, stated_resolved_at=None)
        return known
