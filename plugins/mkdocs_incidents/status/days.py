"""The bars of a component: its status on each day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_incidents.model import ComponentStatus, Interval

from .local_time import dates, day_interval, day_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from mkdocs_incidents.model import ComponentGroup

    from .series import StatedStatus, StatusSeries, StatusSpan
    from .snapshot import Snapshot

_ONE_DAY = timedelta(days=1)
_NOTHING: Mapping[ComponentStatus, timedelta] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentDay:
    """One bar: the states of a component, or of a group, on one day of the catalogue's zone."""

    date: date
    interval: Interval
    """In UTC; a day can have 23, 24 or 25 hours."""
    observed: timedelta
    """The part of the day for which there is data: between `since` and `retired`, and before now."""
    status: ComponentStatus | None
    """The worst state of the day; None without data."""
    time_in: Mapping[ComponentStatus, timedelta] = field(default_factory=lambda: _NOTHING)
    """Time in each state that is not operational, by the worst state at each instant; other states are left out.

    It is zero for the state of a notice that ended as it began.
    """
    notices: tuple[str, ...] = ()
    """Ids of the notices that caused these states, oldest first."""


def days(snapshot: Snapshot, component_id: str, first: date, last: date) -> tuple[ComponentDay, ...]:
    """The bars of a component from `first` to `last`, both included."""
    return tuple(_days(snapshot, snapshot.series(component_id), first, last))


def group_days(snapshot: Snapshot, group: ComponentGroup, first: date, last: date) -> tuple[ComponentDay, ...]:
    """The bars of a group from `first` to `last`, both included: at each instant the worst of its members counts."""
    since = day_interval(first, snapshot.zone).start
    series = snapshot.merged_series((component.id for component in group.components), since)
    return tuple(_days(snapshot, series, first, last))


def service_days(snapshot: Snapshot, first: date, last: date) -> tuple[ComponentDay, ...]:
    """The days of the whole service from `first` to `last`, both included; notices without components count, too."""
    during = Interval(day_interval(first, snapshot.zone).start, day_interval(last, snapshot.zone).end)
    return tuple(_days(snapshot, snapshot.service_series(during), first, last))


def _days(snapshot: Snapshot, series: StatusSeries, first: date, last: date) -> Iterator[ComponentDay]:
    """One pass over days and spans together, since both are in order."""
    spans, zone = series.spans, snapshot.zone
    momentary: dict[date, list[StatedStatus]] = defaultdict(list)
    for item in series.momentary:
        momentary[day_of(item.interval.start, zone)].append(item)
    index = series.first_after(day_interval(first, zone).start)
    for day in dates(first, last):
        interval = day_interval(day, zone)
        first_index = index
        while index < len(spans) and spans[index].interval.end <= interval.end:
            index += 1
        continues = index < len(spans) and spans[index].interval.start < interval.end
        yield _day(snapshot, series, day, spans[first_index : index + continues], momentary.get(day, ()))


def _day(
    snapshot: Snapshot,
    series: StatusSeries,
    day: date,
    spans: Sequence[StatusSpan],
    momentary: Sequence[StatedStatus],
) -> ComponentDay:
    interval = day_interval(day, snapshot.zone)
    observed = series.observed(interval)
    if not (spans or momentary):
        status = ComponentStatus.OPERATIONAL if observed else None
        return ComponentDay(date=day, interval=interval, observed=observed, status=status)
    time_in: dict[ComponentStatus, timedelta] = defaultdict(timedelta)
    for span in spans:
        overlap = span.interval.overlap(interval)
        time_in[span.status] += overlap.duration if overlap else timedelta()
    for item in momentary:
        time_in[item.status] += timedelta()
    notices = {notice for span in spans for notice in span.notices} | {item.notice for item in momentary}
    return ComponentDay(
        date=day,
        interval=interval,
        observed=observed,
        status=ComponentStatus.worst(time_in),
        time_in=dict(time_in),
        notices=tuple(sorted(notices, key=snapshot.positions.__getitem__)),
    )
