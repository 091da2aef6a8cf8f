"""Everything that is computed of a history as of `now`: the facts of each notice, the status of each component."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Self

from mkdocs_incidents.model import ComponentStatus, Interval

from .calendar import months, notices_by_day
from .facts import NoticeFacts
from .local_time import Month, day_of, day_start
from .series import StatedStatus, StatusSeries, union

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from mkdocs_incidents.model import Catalog, Component, History, Notice

    from .promises import Promise

_BEGINNING_OF_TIME = datetime.min.replace(tzinfo=UTC)
_END_OF_TIME = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """A history as of `now`, and what is computed of it. Take one for each (history, now) and reuse it."""

    history: History
    """As of `now`."""
    now: datetime
    facts: Mapping[str, NoticeFacts]
    """By the id of the notice."""
    _stated: Mapping[str, tuple[StatedStatus, ...]]
    _series: Mapping[str, StatusSeries]

    @classmethod
    def take(cls, history: History, now: datetime) -> Self:
        """Collect the impacts of all notices on all components, in one pass."""
        known = history.as_of(now)
        zone, past = known.catalog.timezone, Interval(_BEGINNING_OF_TIME, now)
        begun = _first_day(known, now)
        shown_until = _shown_until(known, now)
        claims = {
            c.id: _claim(c, zone, begun, shown_until.get(c.id)).overlap(past) for c in known.catalog.components.values()
        }
        facts = {notice.id: NoticeFacts(notice, now) for notice in known.notices}
        stated = _stated(known, claims, facts)
        series = {
            component_id: StatusSeries.of((claimed,) if claimed else (), stated[component_id])
            for component_id, claimed in claims.items()
        }
        return cls(history=known, now=now, facts=facts, _stated=stated, _series=series)

    @property
    def catalog(self) -> Catalog:
        """The components of the site."""
        return self.history.catalog

    @property
    def zone(self) -> ZoneInfo:
        """The catalogue's zone, in which days begin."""
        return self.history.catalog.timezone

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """The position of every notice in the history by its id, to sort ids oldest first."""
        return {notice.id: position for position, notice in enumerate(self.history.notices)}

    @cached_property
    def today(self) -> date:
        """The day of `now` in the catalogue's zone."""
        return day_of(self.now, self.zone)

    @cached_property
    def notices_by_component(self) -> Mapping[str, Sequence[Notice]]:
        """The notices that name each component, by id, newest first."""
        found: dict[str, list[Notice]] = {component: [] for component in self.catalog.components}
        for notice in reversed(self.history.notices):
            for component in notice.named_components:
                found[component].append(notice)
        return found

    @cached_property
    def months(self) -> tuple[Month, ...]:
        """Every month that has a page, oldest first: from that of the first notice to that of today."""
        return months(self.history, self.now)

    @cached_property
    def notices_by_month(self) -> Mapping[Month, Mapping[date, Sequence[Notice]]]:
        """The notices of each day of each month, oldest month first, from the first notice to today."""
        found: dict[Month, dict[date, Sequence[Notice]]] = {month: {} for month in self.months}
        first = self.months[0].first
        for day, notices in notices_by_day(self.history, first, self.today, self.now).items():
            found[Month.of(day)][day] = notices
        return found

    def notices_on(self, day: date) -> Sequence[Notice]:
        """The notices of a day, worst first (`notices_by_day`); none of a day before the first notice."""
        return self.notices_by_month.get(Month.of(day), {}).get(day, ())

    @cached_property
    def explained(self) -> tuple[Notice, ...]:
        """The notices with a published postmortem, newest postmortem first, without those that were retracted."""
        published = [n for n in self.history.notices if n.postmortem_published_at and n.retraction is None]
        return tuple(sorted(published, key=lambda n: (n.postmortem_published_at, n.id), reverse=True))

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        """Every promise of every published postmortem, newest postmortem first, in the author's order within it."""
        return tuple(promise for notice in self.explained for promise in self.facts[notice.id].promises)

    def service_series(self, during: Interval) -> StatusSeries:
        """The merged status of all components, and of the notices that name none: at each instant the worst counts.

        It is complete for `during`, and may lack what lies outside.
        """
        first = bisect_left(self._latest_ends, during.start)
        last = bisect_right(self._stated_of_service, during.end, key=lambda item: item.interval.start)
        return StatusSeries.of(self._claimed, self._stated_of_service[first:last])

    @cached_property
    def _claimed(self) -> tuple[Interval, ...]:
        """The intervals in which there are data of any component."""
        return union(claim for series in self._series.values() for claim in series.claimed)

    @cached_property
    def _stated_of_service(self) -> Sequence[StatedStatus]:
        """What is stated of any component, and by the notices that name none, by begin, oldest first."""
        stated = [item for component in self.catalog.components for item in self._stated[component]]
        stated += [
            StatedStatus(span.interval, position, notice.id, span.status)
            for position, notice in enumerate(self.history.notices)
            if not notice.touched_components
            for span in self.facts[notice.id].impact_spans
            if span.status is not ComponentStatus.OPERATIONAL
        ]
        return sorted(stated, key=lambda item: item.interval.start)

    @cached_property
    def _latest_ends(self) -> Sequence[datetime]:
        """The latest end of each of `_stated_of_service` and of all before it, which never decreases."""
        return list(accumulate((item.interval.end for item in self._stated_of_service), max))

    def series(self, component_id: str) -> StatusSeries:
        """The status of one component over time.

        Raises:
            KeyError: the catalogue has no such component.
        """
        return self._series[component_id]

    def merged_series(self, component_ids: Iterable[str], since: datetime = _BEGINNING_OF_TIME) -> StatusSeries:
        """The merged status of several components: at each instant the worst counts.

        It is complete from `since` on, and may lack what ended before.
        """
        members = tuple(dict.fromkeys(component_ids))
        if len(members) == 1:
            return self._series[members[0]]
        stated = (item for member in members for item in self._stated[member] if item.interval.end >= since)
        claimed = union(interval for member in members for interval in self._series[member].claimed)
        return StatusSeries.of(claimed, stated)

    def remaining(self, component_id: str, interval: Interval) -> timedelta:
        """How much of `interval` lies after now and before the component is retired."""
        claim = _claim(self.catalog.components[component_id], self.zone, self.now)
        future = claim.overlap(Interval(self.now, max(self.now, interval.end)))
        overlap = future.overlap(interval) if future else None
        return overlap.duration if overlap else timedelta()


def _first_day(known: History, now: datetime) -> datetime:
    """The first instant of the day on which the first notice began: components without `since` have data from it on."""
    zone = known.catalog.timezone
    standing = (notice for notice in known.notices if notice.retraction is None)
    begun = min((span.start for notice in standing if (span := notice.interval(now))), default=now)
    return day_start(day_of(begun, zone), zone) if begun < now else now


def _claim(component: Component, zone: ZoneInfo, begun: datetime, shown_until: datetime | None = None) -> Interval:
    """The interval for which there is uptime, past and future; from `begun` without `since`.

    It ends with `retired`, or at `shown_until` if a notice was still open then.
    """
    start = day_start(component.since, zone) if component.since else begun
    end = shown_until or (day_start(component.retired, zone) if component.retired else _END_OF_TIME)
    return Interval(start, max(start, end))


def _shown_until(known: History, now: datetime) -> Mapping[str, datetime]:
    """The instant until which each retired component is shown: its last day, or the end of what was open on it."""
    catalog = known.catalog
    found = {c.id: day_start(c.retired, catalog.timezone) for c in catalog.components.values() if c.retired}
    for notice in known.notices if found else ():
        interval = notice.interval(now)
        for component_id in notice.touched_components:
            if interval and component_id in found and interval.start < found[component_id]:
                end = interval.end if notice.is_over(now) else _END_OF_TIME
                found[component_id] = max(found[component_id], end)
    return found


def _stated(
    known: History, claims: Mapping[str, Interval | None], facts: Mapping[str, NoticeFacts]
) -> Mapping[str, tuple[StatedStatus, ...]]:
    """The impacts of all notices by component, cut to the intervals with data."""
    stated: dict[str, list[StatedStatus]] = defaultdict(list)
    for position, notice in enumerate(known.notices):
        for impact in facts[notice.id].impacts:
            claimed = claims.get(impact.component)
            observed = _cut(impact.interval, claimed) if claimed else None
            if observed:
                stated[impact.component].append(StatedStatus(observed, position, notice.id, impact.status))
    return {component_id: tuple(stated[component_id]) for component_id in claims}


def _cut(interval: Interval, claimed: Interval) -> Interval | None:
    """The part of `interval` in `claimed`; the same object where that is all of it, which is usual."""
    if claimed.start <= interval.start and interval.end <= claimed.end:
        return interval
    return interval.overlap(claimed)
