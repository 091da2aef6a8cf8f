"""Incidents."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime  # noqa: TC003  decoding resolves the types of fields
from decimal import Decimal  # noqa: TC003  decoding resolves the types of fields
from functools import cached_property
from typing import ClassVar, Self

from .interval import Interval
from .notice import Notice
from .vocabulary import ComponentStatus, Impact, IncidentStatus, NoticeKind


@dataclass(frozen=True, kw_only=True)
class Incident(Notice):
    """An unplanned event that affects users."""

    kind: ClassVar[NoticeKind] = NoticeKind.INCIDENT
    started_at: datetime
    """UTC instant from which users were affected."""
    stated_resolved_at: datetime | None = None
    """UTC instant from which users were no longer affected, as the file states it."""
    stated_impact: Impact | None = None
    affected_percent: Decimal | None = None
    """Share of users or traffic affected, in percent, as the file states it."""

    @property
    def begins_at(self) -> datetime:
        return self.started_at

    @property
    def resolved_at(self) -> datetime | None:
        """As stated, else the first of the closing updates at the end of the list, in UTC; None while it is open.

        At the latest the instant of its retraction.
        """
        return self.ended_at

    @cached_property
    def ended_at(self) -> datetime | None:
        ended = super().ended_at
        return max(ended, self.started_at) if ended else None

    @property
    def _ended_at(self) -> datetime | None:
        return self.stated_resolved_at or self._closed_at

    @property
    def ongoing(self) -> bool:
        """Whether users are still affected, as far as has been published."""
        return self.resolved_at is None

    @property
    def stated_at(self) -> tuple[datetime, ...]:
        ends = (self.stated_resolved_at,) if self.stated_resolved_at else ()
        return (self.started_at, *ends, *super().stated_at)

    def is_over(self, now: datetime) -> bool:
        del now  # what is known at `now` is `as_of`
        return not self.ongoing

    def _stage(self, now: datetime) -> IncidentStatus:
        del now
        return self.status

    @property
    def _severity(self) -> ComponentStatus:
        return ComponentStatus.worst([*self.components.values(), self.impact.component_status])

    @cached_property
    def impact(self) -> Impact:
        """As stated, else that of the worst state of any component; none if it was retracted."""
        if self.retraction:
            return Impact.NONE
        if self.stated_impact is not None:
            return self.stated_impact
        return self._worst_declared.impact

    @property
    def _worst_declared(self) -> ComponentStatus:
        """The worst state of any component, in the facts of the file or in an update."""
        stated = (status for update in self.standing_updates for status in update.components.values())
        declared = [*self.components.values(), *stated]
        return ComponentStatus.worst(declared)

    @property
    def status(self) -> IncidentStatus:
        """The status of the response after all updates."""
        if self.resolved_at is not None:
            explained = self.postmortem_published_at and not self.retraction
            return IncidentStatus.POSTMORTEM if explained else IncidentStatus.RESOLVED
        last = self.standing_updates[-1].status if self.standing_updates else IncidentStatus.INVESTIGATING
        return IncidentStatus(last)

    def interval(self, now: datetime) -> Interval | None:
        if self.started_at > now:
            return None
        return Interval(self.started_at, min(self.resolved_at or now, now))

    def affected_intervals(self, now: datetime) -> tuple[Interval, ...]:
        """One interval, or more where it was closed and reopened."""
        whole = None if self.retraction else self.interval(now)
        if whole is None:
            return ()
        found: list[Interval] = []
        since: datetime | None = whole.start
        for update in self.standing_updates:
            at = min(max(update.at, whole.start), whole.end)
            if update.status.closes and since is not None:
                found.append(Interval(since, at))
                since = None
            elif not update.status.closes and since is None:
                since = at
        last = since if since is not None else found.pop().start  # its end is that of the incident
        found.append(Interval(last, whole.end))
        return tuple(interval for interval in found if interval.duration) or (whole,)

    def is_momentary(self, now: datetime) -> bool:
        whole = self.interval(now)
        if whole is None or whole.duration:
            return False
        # A closing update before the begin is a slip: what it closed has not affected anybody.
        return bool(self.stated_resolved_at) or self._closed_at is None or self._closed_at == self.started_at

    def known_by(self, now: datetime) -> bool:
        """From its start on, even without an update: an incident is never hidden because nobody wrote a message."""
        return super().known_by(now) and self.started_at <= now

    def as_of(self, now: datetime) -> Self:
        """As for any notice; the stated end is known once it has passed and the closing update is published."""
        known = super().as_of(now)
        if self.stated_resolved_at and max(self.stated_resolved_at, self._closed_at or self.started_at) > now:
            known = replace(known, stated_resolved_at=None)
        return known

    def current_severity(self, now: datetime) -> ComponentStatus:
        """The worst state of the service because of it at `now`; operational once it is resolved.

        An open incident counts as degraded at least, unless its impact is stated as none. While no update has
        improved its worst component, its stated impact counts too.
        """
        if not self.ongoing or self.started_at > now or self.stated_impact is Impact.NONE:
            return ComponentStatus.OPERATIONAL
        worst = ComponentStatus.worst(self.statuses_at(now).values())
        if worst.rank >= self._worst_declared.rank:
            worst = ComponentStatus.worst([worst, self.impact.component_status])
        return ComponentStatus.worst([worst, ComponentStatus.DEGRADED_PERFORMANCE])
