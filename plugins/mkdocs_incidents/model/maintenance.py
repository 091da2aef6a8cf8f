"""Maintenance."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime  # noqa: TC003  decoding resolves the types of fields
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Self

from .interval import Interval
from .notice import Notice, Schedule
from .vocabulary import ComponentStatus, MaintenanceStatus, NoticeKind, Withdrawal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import timedelta

    from .notice import Update
    from .vocabulary import Stage


class _Run(NamedTuple):
    """A time during which the work goes on, or is planned to; half-open, both ends in UTC."""

    start: datetime
    end: datetime | None
    """None while the last update states that it is in progress."""

    def contains(self, instant: datetime) -> bool:
        return self.start <= instant and (self.end is None or instant < self.end)


@dataclass(slots=True)
class _Course:
    """What the updates say of the work, read from the oldest to the newest."""

    scheduled_from: datetime
    runs: list[_Run] = field(default_factory=list)
    """Those that have ended, oldest first."""
    earlier: int = 0
    """How many of `runs` lie before the last update that announces the work again."""
    since: datetime | None = None
    """The begin of the run that the last update states to go on."""
    planned: datetime | None = None
    """The begin as planned, as long as no update says that the work has begun or does not begin."""
    moved: list[Update] = field(default_factory=list)
    """The updates that move the end of the present plan."""
    closed: bool = False
    puts_off: set[datetime] = field(default_factory=set)
    """The instants of the updates that put off work which had begun."""
    called_off: set[str] = field(default_factory=set)
    """Ids of the updates that complete the work without its having begun."""
    _never_begun: bool = False
    """Whether it was closed before it began."""

    def read(self, update: Update) -> None:
        """Take in the next update."""
        status = MaintenanceStatus(update.status)
        if self._begun_as_planned_by(update):
            self.since = self.planned
        if status is MaintenanceStatus.SCHEDULED:
            self._announce(update)
        elif status.closes:
            self._close(update)
        else:
            self.since = self.since or update.at
            self.planned, self.closed = None, False
        if update.until:
            self.moved.append(update)

    def _begun_as_planned_by(self, update: Update) -> bool:
        """Whether an update after the planned begin tells of work that began as planned.

        The first update `in_progress` is the begin, even a late one. If it moves the end, work goes on that has begun.
        """
        if self.planned is None or update.at <= self.planned or update.status is MaintenanceStatus.SCHEDULED:
            return False
        return update.status is not MaintenanceStatus.IN_PROGRESS or update.until is not None

    def _announce(self, update: Update) -> None:
        """After the begin or the end, an update `scheduled` announces the work again: the plan before that is void."""
        if self.since is not None:
            self.runs.append(_Run(self.since, update.at))
            self.puts_off.add(update.at)
        elif not self.closed:
            return
        self.since, self.closed, self.earlier = None, False, len(self.runs)
        self.moved.clear()
        self.planned = self.scheduled_from if update.at <= self.scheduled_from else None

    def _close(self, update: Update) -> None:
        if self.since is not None:
            self.runs.append(_Run(self.since, update.at))
        if not self.closed:
            self._never_begun = self.since is None
        if self._never_begun:
            self.called_off.add(update.id)
        self.since, self.planned, self.closed = None, None, True


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
        moved = self.moving_updates[-1:]
        return moved[0].until or self.scheduled_until if moved else self.scheduled_until

    @property
    def moving_updates(self) -> tuple[Update, ...]:
        """The updates that move the end of the present plan, not of one that was put off since."""
        return tuple(self._course.moved)

    @property
    def schedule(self) -> Schedule:
        return Schedule(self.scheduled_from, self.expected_until)

    @property
    def begins_at(self) -> datetime:
        """When the work began, or is planned to begin. Where it was put off after it had begun: when it began again."""
        current = self._runs[self._course.earlier :]
        return current[0].start if current else self.scheduled_from

    @property
    def _severity(self) -> ComponentStatus:
        return ComponentStatus.UNDER_MAINTENANCE

    @property
    def called_off(self) -> bool:
        standing = self.standing_updates[-1:]
        return bool(standing) and standing[0].id in self._course.called_off

    @property
    def put_off(self) -> tuple[Interval, ...]:
        """When it went on until an update `scheduled` put it off to another time, oldest first."""
        put_off_at = self._course.puts_off
        return tuple(Interval(run.start, run.end) for run in self._runs if run.end and run.end in put_off_at)

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
        """When the work ended, is planned to end, or was called off.

        None while the last update states that it is in progress, or puts it off without a new plan.
        """
        return self.completed_at or (self.expected_until if self._course.planned else None)

    @property
    def begun_late(self) -> timedelta:
        """How much later than planned it began; negative where it was earlier."""
        return self.begins_at - self.scheduled_from

    @property
    def ended_late(self) -> timedelta | None:
        """How much later than first planned it ended or is expected to end, negative where it is earlier.

        None if it was called off, or while the end is not known.
        """
        return None if self.called_off or self.ended_at is None else self.ended_at - self.scheduled_until

    @property
    def overtaken(self) -> bool:
        """Whether the last update announces the work again, and the plan had passed by then: no new one is known."""
        return not (self.completed_at or self._course.planned or self._course.since)

    @property
    def boundaries(self) -> tuple[datetime, ...]:
        return () if self.retraction else tuple(at for run in self._runs for at in run if at)

    def phase(self, now: datetime) -> MaintenanceStatus:
        """The status at `now`. If the last update states that it is in progress, only an update completes it.

        What was retracted is completed.
        """
        if self.retraction:
            return MaintenanceStatus.COMPLETED
        if self.completed_at and self.completed_at <= now:
            return MaintenanceStatus.COMPLETED
        if self._course.since:
            return MaintenanceStatus(self.standing_updates[-1].status)
        if now < self.scheduled_from or not self._course.planned:
            return MaintenanceStatus.SCHEDULED
        return MaintenanceStatus.IN_PROGRESS if now < self.expected_until else MaintenanceStatus.COMPLETED

    def _stage(self, now: datetime) -> MaintenanceStatus:
        return self.phase(now)

    def stage_of(self, update: Update) -> Stage:
        """The status of the update, or that it calls off the work: it completes what has not begun."""
        return Withdrawal.CALLED_OFF if update.id in self._course.called_off else update.status

    def is_over(self, now: datetime) -> bool:
        return self.phase(now) is MaintenanceStatus.COMPLETED

    def known_by(self, now: datetime) -> bool:
        """From its first update on, and in any case once it was planned to begin."""
        announced_at = min([self.scheduled_from, *(update.at for update in self.updates[:1])])
        return super().known_by(now) and (not self.updates or announced_at <= now)

    def as_of(self, now: datetime) -> Self:
        """As for any notice; if no update had been published by then, it counts as published at its begin."""
        known = super().as_of(now)
        if self.updates and not known.updates:
            begun_later = self.publish_at is None or self.publish_at < self.scheduled_from
            known = replace(known, publish_at=self.scheduled_from, publish_on=None) if begun_later else known
        return known

    def interval(self, now: datetime) -> Interval | None:
        intervals = self._effective_intervals(now)
        if not intervals:
            return None
        start, end = intervals[0].start, intervals[-1].end
        return Interval(start, max(min(end, self.retracted_at or end), start))

    def affected_intervals(self, now: datetime) -> tuple[Interval, ...]:
        """When the work went on until `now`; several where it was put off, or completed and taken up again."""
        return () if self.retraction else self._effective_intervals(now)

    def _effective_intervals(self, now: datetime) -> tuple[Interval, ...]:
        begun = (run for run in self._runs if run.start <= now)
        return tuple(Interval(run.start, min(run.end or now, now)) for run in begun)

    def _affects(self, instant: datetime) -> bool:
        return any(run.contains(instant) for run in self._runs)

    def _stated_by(self, update: Update) -> Mapping[str, ComponentStatus]:
        """Without what an announcement says of the time before the work: that nothing is affected yet."""
        if update.status is not MaintenanceStatus.SCHEDULED or self._affects(update.at):
            return update.components
        return {c: status for c, status in update.components.items() if status is not ComponentStatus.OPERATIONAL}

    def _puts_off(self, update: Update) -> bool:
        return update.status is MaintenanceStatus.SCHEDULED and update.at in self._course.puts_off

    @cached_property
    def _runs(self) -> tuple[_Run, ...]:
        """All times during which the work goes on or is planned to, oldest first."""
        return tuple(self._all_runs())

    def _all_runs(self) -> Iterator[_Run]:
        yield from self._course.runs
        if self._course.since:
            yield _Run(self._course.since, None)
        elif self._course.planned:
            yield _Run(self._course.planned, self.expected_until)

    @cached_property
    def _course(self) -> _Course:
        course = _Course(self.scheduled_from, planned=self.scheduled_from)
        for update in self.standing_updates:
            course.read(update)
        return course
