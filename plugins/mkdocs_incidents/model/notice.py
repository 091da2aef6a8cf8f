"""What all kinds of notices have in common: a file, a permanent id, updates."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping  # noqa: TC003  decoding resolves the types of fields
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Self
from zoneinfo import ZoneInfo  # noqa: TC003  decoding resolves the types of fields

from .interval import Interval
from .postmortem import Postmortem  # noqa: TC001  decoding resolves the types of fields
from .stated_instant import StatedInstant
from .vocabulary import ComponentStatus, Impact, NoticeKind, UpdateStatus, Withdrawal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .vocabulary import Stage

_REPEATED_WITHIN = timedelta(minutes=5)
"""Honest updates without news are further apart."""
_NO_COMPONENTS: Mapping[str, ComponentStatus] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """One public message at an instant."""

    id: str
    """Permanent name within its notice, used as the anchor: `update-20260406-1336`, the minute in UTC."""
    at: datetime
    """UTC."""
    status: UpdateStatus
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
    retraction: Retraction | None = None
    merged_from: str = ""
    """Id of the notice in which it was published, where that was merged into this one; empty otherwise."""
    published_id: str = ""
    """Its id in the notice `merged_from`; empty where that is `id`."""
    line: int = 1
    corrected_at: datetime | None = None
    """UTC instant from which its words are others than those published first, as the file states it."""

    def repeats(self, other: Update) -> bool:
        """Whether it has the status and the words of `other`, within minutes: two people published it, or a merge."""
        same = self.status is other.status and self.message.split() == other.message.split()
        return same and abs(self.at - other.at) <= _REPEATED_WITHIN

    @property
    def retracted_at(self) -> datetime | None:
        """UTC instant of the retraction, by default that of the update; None if it was not retracted."""
        return (self.retraction.at or self.at) if self.retraction else None

    def as_of(self, now: datetime) -> Update:
        """The update without a retraction or a correction later than `now`."""
        if not self.retraction and not self.corrected_at:
            return self
        retraction = self.retraction if self.retracted_at and self.retracted_at <= now else None
        corrected_at = self.corrected_at if self.corrected_at and self.corrected_at <= now else None
        return replace(self, retraction=retraction, corrected_at=corrected_at)

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
    """That a notice, such as a false alarm, or the words of an update were published by mistake."""

    reason: str
    """One line of plain text."""
    at: datetime | None = None
    """UTC; None where the file does not state it: see `retracted_at` of the notice or the update."""


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
    """The state of each component from the begin on, by id, in the order of the file; updates change it."""
    updates: tuple[Update, ...] = ()
    """Oldest first."""
    postmortem: Postmortem | None = None
    pinned: bool = False
    publish_at: datetime | None = None
    """UTC; it is not public before."""
    publish_on: date | None = None
    """The day of `publish_at`, where the file states no time."""
    backfilled: bool = False
    """Whether it was added to the history after it was over, so that subscribers are not told of it."""
    retraction: Retraction | None = None
    aliases: tuple[str, ...] = ()
    """Its former ids, the oldest first: their addresses lead to it."""
    merged: tuple[str, ...] = ()
    """Ids of notices that were merged into it: their addresses lead to it, too."""
    causes: tuple[str, ...] = ()
    """Tags for its causes, as the author wrote them."""
    upstream: Upstream | None = None

    @property
    @abstractmethod
    def begins_at(self) -> datetime:
        """UTC instant of its begin, for maintenance as planned or earlier."""

    @property
    def ended_at(self) -> datetime | None:
        """UTC instant of its end, at the latest that of its retraction; None while that is not known."""
        if self.retracted_at is None:
            return self._ended_at
        return min(self._ended_at or self.retracted_at, self.retracted_at)

    @property
    @abstractmethod
    def _ended_at(self) -> datetime | None:
        """The end, whether it was retracted or not."""

    @abstractmethod
    def interval(self, now: datetime) -> Interval | None:
        """From its begin to its end, but no later than `now`; None before it begins."""

    @abstractmethod
    def is_over(self, now: datetime) -> bool:
        """Whether it has ended by `now`."""

    @property
    def severity(self) -> ComponentStatus:
        """The worst state of the service because of it, whether it has ended or not; operational if retracted."""
        return ComponentStatus.OPERATIONAL if self.retraction else self._severity

    @property
    @abstractmethod
    def _severity(self) -> ComponentStatus:
        """The severity, whether it was retracted or not."""

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
    def identity(self) -> str:
        """The id in feeds, in calendars and in the Statuspage API: that under which it was published first."""
        return self.aliases[0] if self.aliases else self.id

    @property
    def former_ids(self) -> tuple[str, ...]:
        """Every other id whose addresses lead to it."""
        return (*self.aliases, *self.merged)

    @cached_property
    def standing_updates(self) -> tuple[Update, ...]:
        """The updates that were not retracted: these state what is true. Oldest first."""
        return tuple(update for update in self.updates if update.retraction is None)

    @property
    def named_components(self) -> tuple[str, ...]:
        """Every component that the file names, at the top or in an update, by id, in the order of the file."""
        named = (component for update in self.updates for component in update.components)
        return tuple(dict.fromkeys([*self.components, *named]))

    @property
    def touched_components(self) -> tuple[str, ...]:
        """The named components without those that only retracted updates name; none if it was retracted itself."""
        if self.retraction:
            return ()
        named = (component for update in self.standing_updates for component in update.components)
        return tuple(dict.fromkeys([*self.components, *named]))

    @property
    def worst_statuses(self) -> Mapping[str, ComponentStatus]:
        """The worst state that each component reached, at the begin or with an update; none if it was retracted."""
        stated = [self.components, *(update.components for update in self.standing_updates)]
        worst = {
            component: ComponentStatus.worst(states[component] for states in stated if component in states)
            for component in self.touched_components
        }
        return {
            component: status
            for component, status in worst.items()
            if component in self.components or status is not ComponentStatus.OPERATIONAL
        }

    @property
    def published_at(self) -> datetime:
        """UTC instant of its first publication, as far as the file states it.

        Of a backfilled notice it is that of its first update or its begin: its place in the history.
        """
        if self.updates:
            return self.update_published_at(self.updates[0])
        return max(self._embargoed_until or self.begins_at, self.begins_at)

    def update_published_at(self, update: Update) -> datetime:
        """UTC instant from which an update is public: its own, or that of the publication of the notice if later.

        Of a backfilled notice it is its own: when it became public is not known, and its place in history counts.
        """
        return max(update.at, self._embargoed_until or update.at)

    @property
    def _embargoed_until(self) -> datetime | None:
        return None if self.backfilled else self.publish_at

    @property
    def updated_in_public(self) -> bool:
        """Whether each update was public at its own time, as far as the file states it."""
        return not self.backfilled and all(self.update_published_at(update) == update.at for update in self.updates)

    def announces(self, at: datetime) -> bool:
        """Whether subscribers are told of what it publishes at `at`.

        Of a backfilled notice that is only what comes after its own publication, where the file states that.
        """
        return not self.backfilled or (self.publish_at is not None and self.publish_at < at)

    def affected_intervals(self, now: datetime) -> tuple[Interval, ...]:
        """The intervals until `now` during which users were affected, oldest first, without overlap."""
        whole = None if self.retraction else self.interval(now)
        return (whole,) if whole else ()

    @property
    def stated_at(self) -> tuple[datetime, ...]:
        """The UTC instants of what its author states to have happened; planned times are not among them."""
        return tuple(update.at for update in self.updates)

    def is_momentary(self, now: datetime) -> bool:
        """Whether it affected users, and until `now` without any duration: an incident that ended as it began."""
        del now
        return False

    @property
    def boundaries(self) -> tuple[datetime, ...]:
        """UTC instants at which it begins or no longer affects the service, as far as they are known or planned."""
        return tuple(filter(None, (self.begins_at, self.ended_at)))

    def _affects(self, instant: datetime) -> bool:
        """Whether it is in effect at `instant`, unless it was retracted."""
        return self.begins_at <= instant and (self.ended_at is None or instant < self.ended_at)

    def _effective_intervals(self, now: datetime) -> tuple[Interval, ...]:
        """The intervals until `now` during which it is in effect, unless it was retracted; oldest first."""
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
        """The notice with only what had been published by `now`; itself where that is everything."""
        postmortem = self.postmortem
        if postmortem and postmortem.published_at and postmortem.published_at > now:
            postmortem = None
        updates = tuple(update.as_of(now) for update in self.updates if update.at <= now)
        at, retraction = self.retracted_at, None
        if self.retraction and at and at <= now:
            retraction = Retraction(self.retraction.reason, at)
        if (updates, postmortem, retraction) == (self.updates, self.postmortem, self.retraction):
            return self
        return replace(self, updates=updates, postmortem=postmortem, retraction=retraction)

    @property
    def postmortem_published_at(self) -> datetime | None:
        """UTC instant from which the postmortem is announced; None if it is not. Never before the notice is public.

        Where only a day is stated, it is the last instant of that day at which the notice is known to have begun,
        changed or ended, else the first instant of the day: a postmortem comes after what it explains.
        """
        stated = self.postmortem.published_at if self.postmortem else None
        if stated is None or self.postmortem is None:
            return None
        unannounced = self.schedule is not None and not self.updates and self.publish_at is None
        known = (*(self.update_published_at(update) for update in self.updates), self.publish_at)
        if self.schedule is None:  # a plan may change
            known = (*known, self.begins_at, self.ended_at)
        day, zone = self.postmortem.published_on, self.timezone
        same_day = (at for at in known if at and at.astimezone(zone).date() == day)
        return max(stated, stated if unannounced else self.published_at, *same_day)

    @property
    def postmortem_published_on(self) -> date | None:
        """The day in its zone on which the postmortem was published, where no time of that day is known.

        None where the notice itself was published later than on the stated day.
        """
        at, day = self.postmortem_published_at, self.postmortem.published_on if self.postmortem else None
        return day if at and at.astimezone(self.timezone).date() == day else None

    @property
    def states_addition(self) -> bool:
        """Whether the file states when it became public: not if it is backfilled without `publish`."""
        return not self.backfilled or self.publish_at is not None

    def last_change(self, now: datetime) -> StatedInstant | None:
        """Its last change until `now`: an update, its publication, begin, end or retraction; None if there is none.

        It has a day only where something that is dated by its day came last.
        """
        altered = (update for update in self.updates if update.retraction or update.corrected_at)
        public_from = self._embargoed_until
        instants = [
            *(max(update.at, public_from or update.at) for update in self.updates),
            *(at for update in altered for at in (update.retracted_at, update.corrected_at)),
            self.retracted_at,
            *self.boundaries,
        ]
        last = max((at for at in instants if at and at <= now), default=None)
        changes = [StatedInstant(last)] if last else []
        dated = [(self.publish_at, self.publish_on)]
        if self.postmortem:
            dated.append((self.postmortem_published_at, self.postmortem_published_on))
        changes += [StatedInstant(at, day) for at, day in dated if at and at <= now]
        return max(changes, key=lambda change: (change.at, change.day is not None), default=None)

    def changed_at(self, now: datetime) -> datetime | None:
        """UTC instant of `last_change`; None if there is none."""
        change = self.last_change(now)
        return change.at if change else None

    def statuses_at(self, instant: datetime) -> Mapping[str, ComponentStatus]:
        """The state each component is in because of this notice at `instant`, by id; operational ones are left out.

        A component has the state of the last update that names it, else that of `components`. After a closing update
        it is operational; if a later update reopens the notice, a component that this does not name returns to the
        worst state it had before, and so it does where work that had begun is put off.
        """
        if self.retraction or not self._affects(instant):
            return _NO_COMPONENTS
        statuses = {}
        for component, changes in self._changes.items():
            past = [status for at, status in changes if at <= instant]
            status = past[-1] if past else self.components.get(component, ComponentStatus.OPERATIONAL)
            if status is not ComponentStatus.OPERATIONAL:
                statuses[component] = status
        return statuses

    def statuses_before(self, update: Update) -> Mapping[str, ComponentStatus]:
        """`statuses_at` just before an update; none before the first one, which is about all that is affected.

        Not those of the update before it: planned work begins and ends between updates, too.
        """
        place = self.updates.index(update)
        if not place:
            return _NO_COMPONENTS
        return self.statuses_at(max(self.updates[place - 1].at, update.at - timedelta.resolution))

    def impacts(self, now: datetime) -> tuple[ComponentImpact, ...]:
        """The state of each component until `now`: `statuses_at` as intervals, component by component.

        Of a momentary incident: an empty interval in the worst state that is stated of each.
        """
        whole = None if self.retraction else self.interval(now)
        if whole is None:
            return ()
        if not whole.duration and self.is_momentary(now):
            return tuple(self._momentary_impacts(whole))
        spans = [span for span in self._effective_intervals(now) if span.duration]
        return tuple(
            impact for component in self._changes for span in spans for impact in self._impacts_on(component, span)
        )

    @property
    def _closed_at(self) -> datetime | None:
        """The first of the closing updates at the end of the list; None while the last update is not one."""
        closed_at = None
        for update in reversed(self.standing_updates):
            if not update.status.closes:
                break
            closed_at = update.at
        return closed_at

    def _momentary_impacts(self, instant: Interval) -> Iterator[ComponentImpact]:
        for component, changes in self._changes.items():
            stated = [self.components.get(component, ComponentStatus.OPERATIONAL), *(status for _, status in changes)]
            worst = ComponentStatus.worst(stated)
            if worst is not ComponentStatus.OPERATIONAL:
                yield ComponentImpact(component=component, status=worst, interval=instant)

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
        updates = self.standing_updates
        last_open = next((n for n in reversed(range(len(updates))) if not updates[n].status.closes), -1)
        closed = False
        for n, update in enumerate(updates):
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
