"""What every kind of notice has in common: one file, one permanent id, updates in order of time."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Self

from .interval import Interval
from .vocabulary import ComponentStatus, Impact, IncidentStatus, MaintenanceStatus, NoticeKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from .postmortem import Postmortem

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
    """What this update says about components, by id; what it leaves out stays as it was."""
    next_update_at: datetime | None = None
    """UTC instant by which the next word was promised."""
    next_update_sentence: str = ""
    """The end of the message, where that states the next update in words."""
    until: datetime | None = None
    """UTC; the new planned end, when this update of a maintenance moves it."""
    line: int = 1

    @property
    def message_alone(self) -> str:
        """The message without the sentence that states the next update, for where that is shown beside it."""
        return self.message.removesuffix(self.next_update_sentence).rstrip()


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentImpact:
    """One component's state during an interval of one notice: the basis of bars and uptime."""

    component: str
    status: ComponentStatus
    interval: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Upstream:
    """The third party that caused a notice, with its own page about it where there is one."""

    name: str
    link: str | None = None


class Schedule(NamedTuple):
    """When planned work is to begin and to end, as last announced; both in UTC."""

    start: datetime
    end: datetime


@dataclass(frozen=True, kw_only=True)
class Notice(ABC):
    """Something published about the service: an incident, a maintenance or an announcement.

    What differs between the kinds is answered here, so that nothing above the model asks for the type.
    """

    kind: ClassVar[NoticeKind]
    id: str
    """Permanent: in URLs, feed ids and the API. Never used for anything else again."""
    title: str
    source: str
    """Path of the file below the content folder, with forward slashes."""
    timezone: ZoneInfo
    """The zone its times were written in, and are shown in first."""
    components: Mapping[str, ComponentStatus] = field(default_factory=lambda: _NO_COMPONENTS)
    """The worst state each component reached, by id, in the order of the file."""
    updates: tuple[Update, ...] = ()
    """Oldest first."""
    postmortem: Postmortem | None = None
    pinned: bool = False
    publish_at: datetime | None = None
    """UTC; not shown before."""
    causes: tuple[str, ...] = ()
    """The author's own tags for what caused it."""
    upstream: Upstream | None = None

    @property
    @abstractmethod
    def begins_at(self) -> datetime:
        """UTC instant from which it concerns users."""

    @property
    @abstractmethod
    def ended_at(self) -> datetime | None:
        """UTC instant from which it no longer does; None while that is not known."""

    @abstractmethod
    def interval(self, now: datetime) -> Interval | None:
        """The span during which users were concerned, as far as it lies before `now`; None before it begins."""

    @abstractmethod
    def is_over(self, now: datetime) -> bool:
        """Whether it no longer concerns users at `now`."""

    @property
    @abstractmethod
    def severity(self) -> ComponentStatus:
        """The worst state that it means for users at its worst, whether it goes on or not."""

    def current_severity(self, now: datetime) -> ComponentStatus:
        """The worst state that it means for users at `now`; for planned work and announcements as `severity`."""
        del now
        return self.severity

    @property
    def impact(self) -> Impact | None:
        """How badly users are affected; None for what is not an incident."""
        return None

    @property
    def schedule(self) -> Schedule | None:
        """When it is planned, as last announced; None for what is not planned work."""
        return None

    @property
    def called_off(self) -> bool:
        """Whether planned work was declared over before it began."""
        return False

    def stage(self, now: datetime) -> IncidentStatus | MaintenanceStatus | None:
        """Where the response or the work stands at `now`; None for an announcement."""
        del now
        return None

    @property
    def touched_components(self) -> tuple[str, ...]:
        """Every component that the file names, at the top or in an update, by id, in the order of the file."""
        named = (component for update in self.updates for component in update.components)
        return tuple(dict.fromkeys([*self.components, *named]))

    @property
    def published_at(self) -> datetime:
        """UTC instant from which the public could know of it, as far as the file states it."""
        if self.updates:
            return self.updates[0].at
        return max(self.publish_at or self.begins_at, self.begins_at)

    def affected_intervals(self, now: datetime) -> tuple[Interval, ...]:
        """The spans until `now` during which users were concerned, oldest first, without overlap."""
        whole = self.interval(now)
        return (whole,) if whole else ()

    def known_by(self, now: datetime) -> bool:
        """Whether the public may know of it at `now`."""
        return self.publish_at is None or self.publish_at <= now

    def as_of(self, now: datetime) -> Self:
        """The notice with only what had been published by `now`."""
        postmortem = self.postmortem
        if postmortem and postmortem.published_at and postmortem.published_at > now:
            postmortem = None
        return replace(self, updates=tuple(u for u in self.updates if u.at <= now), postmortem=postmortem)

    @property
    def postmortem_published_at(self) -> datetime | None:
        """UTC instant at which the postmortem was announced, if it was."""
        return self.postmortem.published_at if self.postmortem else None

    def changed_at(self, now: datetime) -> datetime | None:
        """UTC instant at which it last changed: an update, its publication, its begin or its end.

        What is planned has not changed anything yet: only instants until `now` count, and None says that there is none.
        """
        instants = (
            *(update.at for update in self.updates),
            self.postmortem_published_at,
            self.publish_at,
            self.begins_at,
            self.ended_at,
        )
        return max((at for at in instants if at and at <= now), default=None)

    def statuses_at(self, instant: datetime) -> Mapping[str, ComponentStatus]:
        """The state each component is in because of this notice at `instant`, by id; operational ones are left out.

        A component is in the state that the updates gave last, else in the state of `components`. A closing update
        that is followed by one that does not close counts as operational in between; what the later one does not name
        is then as bad again as it has been at its worst.
        """
        if instant < self.begins_at or (self.ended_at is not None and self.ended_at <= instant):
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
        span = self.interval(now)
        if span is None or not span.duration:
            return ()
        return tuple(impact for component in self._changes for impact in self._impacts_on(component, span))

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
            at = min(max(at, span.start), span.end)  # noqa: PLW2901  an update from before the start holds from it
            if status is not ComponentStatus.OPERATIONAL and changed is not status and at > since:
                yield ComponentImpact(component=component, status=status, interval=Interval(since, at))
            if changed is not status:
                status, since = changed, at
        if status is not ComponentStatus.OPERATIONAL and since < span.end:
            yield ComponentImpact(component=component, status=status, interval=Interval(since, span.end))

    @cached_property
    def _changes(self) -> Mapping[str, list[tuple[datetime, ComponentStatus]]]:
        """Every component of the notice, with each change of its state that the updates publish, oldest first.

        A change is stated, or implied by closing and reopening.
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
            elif closed and not closes:
                changes = {**worst, **update.components}
            else:
                changes = update.components
            for component, status in changes.items():
                found[component].append((update.at, status))
                worst[component] = ComponentStatus.worst((worst.get(component, status), status))
            closed = closes
        return found
