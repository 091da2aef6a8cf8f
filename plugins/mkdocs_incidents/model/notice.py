"""What all kinds of notices have in common: a file, a permanent id, updates."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Self

from .interval import Interval
from .vocabulary import ComponentStatus, Impact, IncidentStatus, MaintenanceStatus, NoticeKind, Withdrawal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from .postmortem import Postmortem
    from .vocabulary import Stage

_NO_COMPONENTS: Mapping[str, ComponentStatus] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """One public message at an instant."""

    id: str
    """Permanent name within its notice, used as the anchor: `update-20260406-1336`, the minute in UTC."""
    at: datetime
    """UTC."""
    status: IncidentStatus | MaintenanceStatus
    message: str
    """Markdown, without internal notes."""
    components: Mapping[str, ComponentStatus] = field(default_factory=lambda: _NO_COMPONENTS)
    """The states of components from this update on, by id; others stay as they were."""
    next_update_at: datetime | None = None
    """UTC instant by which the next update is promised."""
    next_update_sentence: str = ""
    """The end of the message, where that states the next update in a sentence."""
    until: datetime | None = None
    """UTC; the new planned end, when this update of a maintenance moves it."""
    line: int = 1

    @property
    def message_alone(self) -> str:
        """The message without `next_update_sentence`, for where the next update is shown separately."""
        return self.message.removesuffix(self.next_update_sentence).rstrip()


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentImpact:
    """The state of one component during an interval because of one notice: the basis of bars and uptime."""

    component: str
    status: ComponentStatus
    interval: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Upstream:
    """The third party that caused a notice, with its own page about it where there is one."""

    name: str
    link: str | None = None


class Retraction(NamedTuple):
    """That a notice was published by mistake, such as a false alarm."""

    reason: str
    """One line of plain text."""
    at: datetime | None = None
    """UTC; None where the file does not state it: see `Notice.retracted_at`."""


class Schedule(NamedTuple):
    """When planned work is to begin and to end, as last announced; both in UTC."""

    start: datetime
    end: datetime


@dataclass(frozen=True, kw_only=True)
class Notice(ABC):
    """Something published about the service: an incident, a maintenance or an announcement.

    What differs between the kinds is a property or method here, so that other packages need not ask for the type.
    """

    kind: ClassVar[NoticeKind]
    id: str
    """Permanent and never reused: it is part of URLs, feed ids and the API."""
    title: str
    source: str
    """Path of the file below the content folder, with forward slashes."""
    timezone: ZoneInfo
    """The zone in which its times were written and are shown."""
    components: Mapping[str, ComponentStatus] = field(default_factory=lambda: _NO_COMPONENTS)
    """The worst state each component reached, by id, in the order of the file."""
    updates: tuple[Update, ...] = ()
    """Oldest first."""
    postmortem: Postmortem | None = None
    pinned: bool = False
    publish_at: datetime | None = None
    """UTC; it is not public before."""
    retraction: Retraction | None = None
    aliases: tuple[str, ...] = ()
    """Former ids: their addresses lead to this notice."""
    causes: tuple[str, ...] = ()
    """Tags for its causes, as the author wrote them."""
    upstream: Upstream | None = None

    @property
    @abstractmethod
    def begins_at(self) -> datetime:
        """UTC instant of its begin, for maintenance as planned or earlier."""

    @property
    @abstractmethod
    def ended_at(self) -> datetime | None:
        """UTC instant of its end; None while that is not known."""

    @abstractmethod
    def interval(self, now: datetime) -> Interval | None:
        """From its begin to its end, but no later than `now`; None before it begins."""

    @abstractmethod
    def is_over(self, now: datetime) -> bool:
        """Whether it has ended by `now`."""

    @property
    @abstractmethod
    def severity(self) -> ComponentStatus:
        """The worst state of the service because of it, whether it has ended or not."""

    def current_severity(self, now: datetime) -> ComponentStatus:
        """The worst state of the service because of it at `now`; for maintenance and announcements as `severity`."""
        del now
        return self.severity

    @property
    def impact(self) -> Impact | None:
        """How badly users are affected; None unless it is an incident."""
        return None

    @property
    def schedule(self) -> Schedule | None:
        """When it is planned, as last announced; None unless it is maintenance."""
        return None

    @property
    def called_off(self) -> bool:
        """Whether it is maintenance that was completed before it began."""
        return False

    @property
    def withdrawal(self) -> Withdrawal | None:
        """How it was withdrawn, as far as has been published; None if it was not."""
        if self.retraction:
            return Withdrawal.RETRACTED
        return Withdrawal.CALLED_OFF if self.called_off else None

    @property
    def retracted_at(self) -> datetime | None:
        """UTC instant of the retraction, by default that of the last update; None if it was not retracted."""
        if self.retraction is None:
            return None
        return self.retraction.at or (self.updates[-1].at if self.updates else self.published_at)

    def stage(self, now: datetime) -> Stage | None:
        """How it was withdrawn, else the status of the response or of the work; None for an announcement."""
        return self.withdrawal or self._stage(now)

    def _stage(self, now: datetime) -> Stage | None:
        del now
        return None

    def stage_of(self, update: Update) -> Stage:
        """What one of its updates says of the response or of the work: its status, or that the work was called off."""
        return update.status

    @property
    def touched_components(self) -> tuple[str, ...]:
        """Every component that the file names, at the top or in an update, by id, in the order of the file."""
        named = (component for update in self.updates for component in update.components)
        return tuple(dict.fromkeys([*self.components, *named]))

    @property
    def published_at(self) -> datetime:
        """UTC instant of its first publication, as far as the file states it."""
        if self.updates:
            return self.updates[0].at
        return max(self.publish_at or self.begins_at, self.begins_at)

    def affected_intervals(self, now: datetime) -> tuple[Interval, ...]:
        """The intervals until `now` during which users were affected, oldest first, without overlap."""
        whole = self.interval(now)
        return (whole,) if whole else ()

    @property
    def boundaries(self) -> tuple[datetime, ...]:
        """UTC instants at which it begins or no longer affects the service, as far as they are known or planned."""
        return tuple(filter(None, (self.begins_at, self.ended_at)))

    def _affects(self, instant: datetime) -> bool:
        """Whether it is in effect at `instant`."""
        return self.begins_at <= instant and (self.ended_at is None or instant < self.ended_at)

    def _effective_intervals(self, now: datetime) -> tuple[Interval, ...]:
        """The intervals until `now` during which it is in effect, oldest first."""
        whole = self.interval(now)
        return (whole,) if whole else ()

    def _stated_by(self, update: Update) -> Mapping[str, ComponentStatus]:
        """The states that hold from an update on because it states them."""
        return update.components

    def _puts_off(self, update: Update) -> bool:
        """Whether an update interrupts work to go on with it at another time."""
        del update
        return False

    def known_by(self, now: datetime) -> bool:
        """Whether it is public at `now`."""
        return self.publish_at is None or self.publish_at <= now

    def as_of(self, now: datetime) -> Self:
        """The notice with only what had been published by `now`."""
        postmortem = self.postmortem
        if postmortem and postmortem.published_at and postmortem.published_at > now:
            postmortem = None
        return replace(self, updates=tuple(u for u in self.updates if u.at <= now), postmortem=postmortem)

    @property
    def postmortem_published_at(self) -> datetime | None:
        """UTC instant from which the postmortem is announced; None if it is not."""
        return self.postmortem.published_at if self.postmortem else None

    def changed_at(self, now: datetime) -> datetime | None:
        """UTC instant of its last change until `now`: an update, its publication, its begin or its end.

        None if there is none.
        """
        instants = (
            *(update.at for update in self.updates),
            self.postmortem_published_at,
            self.publish_at,
            *self.boundaries,
        )
        return max((at for at in instants if at and at <= now), default=None)

    def statuses_at(self, instant: datetime) -> Mapping[str, ComponentStatus]:
        """The state each component is in because of this notice at `instant`, by id; operational ones are left out.

        A component has the state of the last update that names it, else that of `components`. After a closing update
        it is operational; if a later update reopens the notice, a component that this does not name returns to the
        worst state it had before, and so it does where work that had begun is put off.
        """
        if not self._affects(instant):
            return _NO_COMPONENTS
        statuses = {}
        for component, changes in self._changes.items():
            past = [status for at, status in changes if at <= instant]
            status = past[-1] if past else self.components.get(component, ComponentStatus.OPERATIONAL)
            if status is not ComponentStatus.OPERATIONAL:
                statuses[component] = status
        return statuses

    def impacts(self, now: datetime) -> tuple[ComponentImpact, ...]:
        """The state of each component until `now`: `statuses_at` as intervals, component by component."""
        spans = [span for span in self._effective_intervals(now) if span.duration]
        return tuple(
            impact for component in self._changes for span in spans for impact in self._impacts_on(component, span)
        )

    @property
    def _closed_at(self) -> datetime | None:
        """The first of the closing updates at the end of the list; None while the last update is not one."""
        closed_at = None
        for update in reversed(self.updates):
            if not update.status.closes:
                break
            closed_at = update.at
        return closed_at

    def _impacts_on(self, component: str, span: Interval) -> Iterator[ComponentImpact]:
        status, since = self.components.get(component, ComponentStatus.OPERATIONAL), span.start
        for at, changed in self._changes[component]:
            at = min(max(at, span.start), span.end)  # noqa: PLW2901  an update before the start counts from the start
            if status is not ComponentStatus.OPERATIONAL and changed is not status and at > since:
                yield ComponentImpact(component=component, status=status, interval=Interval(since, at))
            if changed is not status:
                status, since = changed, at
        if status is not ComponentStatus.OPERATIONAL and since < span.end:
            yield ComponentImpact(component=component, status=status, interval=Interval(since, span.end))

    @cached_property
    def _changes(self) -> Mapping[str, list[tuple[datetime, ComponentStatus]]]:
        """Every component of the notice, with each change of its state that the updates publish, oldest first.

        A change is stated, or follows from closing and reopening, or from putting off.
        """
        changes: Mapping[str, ComponentStatus]
        worst = dict(self.components)
        found: dict[str, list[tuple[datetime, ComponentStatus]]] = {
            component: [] for component in self.touched_components
        }
        last_open = next((n for n in reversed(range(len(self.updates))) if not self.updates[n].status.closes), -1)
        closed = False
        for n, update in enumerate(self.updates):
            closes = update.status.closes
            if closes and n < last_open:
                changes = {**dict.fromkeys(found, ComponentStatus.OPERATIONAL), **update.components}
            elif self._puts_off(update) or (closed and not closes):
                changes = {**worst, **self._stated_by(update)}
            else:
                changes = self._stated_by(update)
            for component, status in changes.items():
                found[component].append((update.at, status))
                worst[component] = ComponentStatus.worst((worst.get(component, status), status))
            closed = closes
        return found
