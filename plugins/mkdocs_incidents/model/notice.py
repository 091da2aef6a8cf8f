"""What every kind of notice has in common: one file, one permanent id, a story told in updates."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Self

from .interval import Interval
from .vocabulary import ComponentStatus, IncidentStatus, MaintenanceStatus

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


@dataclass(frozen=True, kw_only=True)
class Notice(ABC):
    """Something told to the public: an incident, a maintenance or an announcement."""

    id: str
    """Permanent: in URLs, feed ids and the API. Never used for anything else again."""
    title: str
    source: str
    """Path of the file below the content folder, with forward slashes."""
    timezone: ZoneInfo
    """The zone its times were written in, and are told in first."""
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

    def known_by(self, now: datetime) -> bool:
        """Whether the public may know of it at `now`."""
        return self.publish_at is None or self.publish_at <= now

    def as_of(self, now: datetime) -> Self:
        """The notice with only what had been said by `now`."""
        postmortem = self.postmortem
        if postmortem and postmortem.published_at and postmortem.published_at > now:
            postmortem = None
        return replace(self, updates=tuple(u for u in self.updates if u.at <= now), postmortem=postmortem)

    @property
    def postmortem_published_at(self) -> datetime | None:
        """UTC instant at which the postmortem was announced, if it was."""
        return self.postmortem.published_at if self.postmortem else None

    def changed_at(self, now: datetime) -> datetime | None:
        """UTC instant at which it last changed: a public word, its publication, its begin or its end.

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

        A component is in the state the updates said last, else in the state of `components`
        (product.md 1.3). A closing update that is taken back by a later one counts as operational in between;
        what the later one does not name is then as bad again as it has been at its worst.
        """
        if instant < self.begins_at or (self.ended_at is not None and self.ended_at <= instant):
            return _NO_COMPONENTS
        statuses = {}
        for component, changes in self._said.items():
            said = [status for at, status in changes if at <= instant]
            status = said[-1] if said else self.components.get(component, ComponentStatus.OPERATIONAL)
            if status is not ComponentStatus.OPERATIONAL:
                statuses[component] = status
        return statuses

    def impacts(self, now: datetime) -> tuple[ComponentImpact, ...]:
        """What each component went through until `now`: `statuses_at` as stretches of time, component by component."""
        span = self.interval(now)
        if span is None or not span.duration:
            return ()
        return tuple(impact for component in self._said for impact in self._impacts_on(component, span))

    @property
    def _closed_at(self) -> datetime | None:
        """The first of the closing updates at the end of the story; None while the last word is not one."""
        closed_at = None
        for update in reversed(self.updates):
            if not update.status.closes:
                break
            closed_at = update.at
        return closed_at

    def _impacts_on(self, component: str, span: Interval) -> Iterator[ComponentImpact]:
        status, since = self.components.get(component, ComponentStatus.OPERATIONAL), span.start
        for at, said in self._said[component]:
            at = min(max(at, span.start), span.end)  # noqa: PLW2901  what was said before the start holds from it
            if status is not ComponentStatus.OPERATIONAL and said is not status and at > since:
                yield ComponentImpact(component=component, status=status, interval=Interval(since, at))
            if said is not status:
                status, since = said, at
        if status is not ComponentStatus.OPERATIONAL and since < span.end:
            yield ComponentImpact(component=component, status=status, interval=Interval(since, span.end))

    @cached_property
    def _said(self) -> Mapping[str, list[tuple[datetime, ComponentStatus]]]:
        """Every component of the notice, with each change the updates announce for it, oldest first.

        A change is spoken, or implied by closing and reopening.
        """
        changes: Mapping[str, ComponentStatus]
        worst = dict(self.components)
        said: dict[str, list[tuple[datetime, ComponentStatus]]] = {component: [] for component in worst}
        for update in self.updates:
            said |= {component: [] for component in update.components if component not in said}
        last_open = next((n for n in reversed(range(len(self.updates))) if not self.updates[n].status.closes), -1)
        closed = False
        for n, update in enumerate(self.updates):
            closes = update.status.closes
            if closes and n < last_open:
                changes = {**dict.fromkeys(said, ComponentStatus.OPERATIONAL), **update.components}
            elif closed and not closes:
                changes = {**worst, **update.components}
            else:
                changes = update.components
            for component, status in changes.items():
                said[component].append((update.at, status))
                worst[component] = ComponentStatus.worst((worst.get(component, status), status))
            closed = closes
        return said
