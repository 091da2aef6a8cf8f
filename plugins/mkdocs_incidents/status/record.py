"""What every component went through until `now`: all notices merged, computed once and asked often."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Self

from mkdocs_incidents.model import Interval

from .facts import NoticeFacts
from .local_time import day_of, day_start

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from mkdocs_incidents.model import Catalog, Component, ComponentStatus, History

_BEGINNING_OF_TIME = datetime.min.replace(tzinfo=UTC)
_END_OF_TIME = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A span of trouble during which the same notices said the same things."""

    interval: Interval
    statuses: tuple[ComponentStatus, ...]
    """Every state said to hold, worst first; never operational."""
    notices: tuple[str, ...]
    """Ids of the notices behind it, oldest first."""

    @property
    def status(self) -> ComponentStatus:
        """The worst of its states: the one that counts."""
        return self.statuses[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """What one component, or several taken together, went through: one row of bars."""

    claimed: tuple[Interval, ...]
    """The spans for which anything is claimed: from `since` to `retired`, and not after now."""
    stretches: tuple[Stretch, ...]
    """Oldest first, without overlap, all within `claimed`; between them everything was operational."""

    def observed(self, span: Interval) -> timedelta:
        """How much of `span` anything is claimed for."""
        observed = timedelta()
        for claimed in self.claimed:
            start, end = max(claimed.start, span.start), min(claimed.end, span.end)
            if start < end:
                observed += end - start
        return observed

    def within(self, span: Interval) -> Iterator[tuple[Stretch, timedelta]]:
        """The stretches that reach into `span`, oldest first, each with the time it spends there."""
        for index in range(self.first_after(span.start), len(self.stretches)):
            overlap = self.stretches[index].interval.overlap(span)
            if overlap is None:
                break
            yield self.stretches[index], overlap.duration

    def first_after(self, instant: datetime) -> int:
        """Index of the first stretch that ends after `instant`."""
        return bisect_right(self.stretches, instant, key=lambda stretch: stretch.interval.end)


class _Spell(NamedTuple):
    """One component's state in one notice for a while, before merging."""

    interval: Interval
    place: int
    """Of the notice in the history."""
    notice: str
    status: ComponentStatus


@dataclass(frozen=True, kw_only=True)
class Record:
    """The past of all components as known at `now`. Make one for each (history, now) and ask it often."""

    history: History
    """As known at `now`."""
    now: datetime
    facts: Mapping[str, NoticeFacts]
    """By the id of the notice."""
    _spells: Mapping[str, tuple[_Spell, ...]]
    _tracks: Mapping[str, Track]

    @classmethod
    def of(cls, history: History, now: datetime) -> Self:
        """Gather what all notices say of all components, in one pass."""
        known = history.as_of(now)
        zone, past = known.catalog.timezone, Interval(_BEGINNING_OF_TIME, now)
        begun = _first_day(known, now)
        claims = {c.id: _claim(c, zone, begun).overlap(past) for c in known.catalog.components.values()}
        facts = {notice.id: NoticeFacts(notice, now) for notice in known.notices}
        spells = _spells(known, claims, facts)
        tracks = {
            component_id: Track(claimed=(claimed,) if claimed else (), stretches=_merged(spells[component_id]))
            for component_id, claimed in claims.items()
        }
        return cls(history=known, now=now, facts=facts, _spells=spells, _tracks=tracks)

    @property
    def catalog(self) -> Catalog:
        """The components it tells of."""
        return self.history.catalog

    @property
    def zone(self) -> ZoneInfo:
        """The catalogue's zone, in which days are cut."""
        return self.history.catalog.timezone

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Every notice's place in the history by its id, to sort ids oldest first."""
        return {notice.id: place for place, notice in enumerate(self.history.notices)}

    def track(self, component_id: str) -> Track:
        """What one component went through.

        Raises:
            KeyError: the catalogue has no such component.
        """
        return self._tracks[component_id]

    def merged_track(self, component_ids: Iterable[str]) -> Track:
        """What several components went through as one: at each instant the worst of them counts."""
        members = tuple(dict.fromkeys(component_ids))
        if len(members) == 1:
            return self._tracks[members[0]]
        spells = [spell for member in members for spell in self._spells[member]]
        claimed = _union(interval for member in members for interval in self._tracks[member].claimed)
        return Track(claimed=claimed, stretches=_merged(spells))

    def remaining(self, component_id: str, span: Interval) -> timedelta:
        """How much of `span` is still to come, before the component is retired."""
        claim = _claim(self.catalog.components[component_id], self.zone, self.now)
        to_come = claim.overlap(Interval(self.now, max(self.now, span.end)))
        overlap = to_come.overlap(span) if to_come else None
        return overlap.duration if overlap else timedelta()


def _first_day(known: History, now: datetime) -> datetime:
    """The first instant of the day on which the first notice began: a site that tells of a day knows of that day.

    Of components without `since` nothing is claimed before it: nobody has said that anyone was looking.
    """
    zone = known.catalog.timezone
    begun = min((notice.begins_at for notice in known.notices), default=now)
    return day_start(day_of(begun, zone), zone) if begun < now else now


def _claim(component: Component, zone: ZoneInfo, begun: datetime) -> Interval:
    """The span for which uptime is claimed, past and to come; without `since` from `begun`."""
    start = day_start(component.since, zone) if component.since else begun
    end = day_start(component.retired, zone) if component.retired else _END_OF_TIME
    return Interval(start, max(start, end))


def _spells(
    known: History, claims: Mapping[str, Interval | None], facts: Mapping[str, NoticeFacts]
) -> Mapping[str, tuple[_Spell, ...]]:
    """Every impact of every notice by component, cut to what is claimed."""
    spells: dict[str, list[_Spell]] = defaultdict(list)
    for place, notice in enumerate(known.notices):
        for impact in facts[notice.id].impacts:
            claimed = claims.get(impact.component)
            observed = _cut(impact.interval, claimed) if claimed else None
            if observed:
                spells[impact.component].append(_Spell(observed, place, notice.id, impact.status))
    return {component_id: tuple(spells[component_id]) for component_id in claims}


def _cut(interval: Interval, claimed: Interval) -> Interval | None:
    """The claimed part of `interval`: as a rule all of it, and then no new value is made."""
    if claimed.start <= interval.start and interval.end <= claimed.end:
        return interval
    return interval.overlap(claimed)


def _merged(spells: Sequence[_Spell]) -> tuple[Stretch, ...]:
    """Spells that may overlap as stretches that do not."""
    stretches: list[Stretch] = []
    cluster: list[_Spell] = []
    cluster_end = _BEGINNING_OF_TIME
    for spell in sorted(spells, key=lambda spell: spell.interval.start):
        if cluster and cluster_end <= spell.interval.start:
            _sweep(cluster, stretches)
            cluster = []
        cluster.append(spell)
        cluster_end = max(cluster_end, spell.interval.end)
    _sweep(cluster, stretches)
    return tuple(stretches)


def _sweep(cluster: Sequence[_Spell], stretches: list[Stretch]) -> None:
    """Cut spells that overlap at each of their ends, and add what holds in between."""
    if len(cluster) == 1:
        interval, _, notice, status = cluster[0]
        stretches.append(Stretch(interval=interval, statuses=(status,), notices=(notice,)))
        return
    starting: dict[datetime, set[int]] = defaultdict(set)
    ending: dict[datetime, set[int]] = defaultdict(set)
    for index, spell in enumerate(cluster):
        starting[spell.interval.start].add(index)
        ending[spell.interval.end].add(index)
    active: set[int] = set()
    for start, end in pairwise(sorted(starting.keys() | ending.keys())):
        active = active - ending[start] | starting[start]
        statuses = {cluster[index].status for index in active}
        notices = {(cluster[index].place, cluster[index].notice) for index in active}
        stretch = Stretch(
            interval=Interval(start, end),
            statuses=tuple(sorted(statuses, key=lambda status: -status.rank)),
            notices=tuple(notice for _, notice in sorted(notices)),
        )
        stretches.append(stretch)


def _union(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """The same instants as disjoint intervals, oldest first."""
    union: list[Interval] = []
    for interval in sorted(intervals, key=lambda interval: interval.start):
        if union and interval.start <= union[-1].end:
            union[-1] = Interval(union[-1].start, max(union[-1].end, interval.end))
        else:
            union.append(interval)
    return tuple(union)
