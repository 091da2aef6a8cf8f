"""The bars of a component: its status on each day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_incidents.model import ComponentStatus

from .local_time import dates, day_interval

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from mkdocs_incidents.model import ComponentGroup, Interval

    from .series import StatusSeries, StatusSpan
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
    """Time in each state that is not operational, by the worst state at each instant; other states are left out."""
    notices: tuple[str, ...] = ()
    """Ids of the notices that caused these states, oldest first."""


def days(snapshot: Snapshot, component_id: str, first: date, last: date) -> tuple[ComponentDay, ...]:
    """The bars of a component from `first` to `last`, both included."""
    return tuple(_days(snapshot, snapshot.series(component_id), first, last))


def group_days(snapshot: Snapshot, group: ComponentGroup, first: date, last: date) -> tuple[ComponentDay, ...]:
    """The bars of a group from `first` to `last`, both included: at each instant the worst of its members counts."""
    series = snapshot.merged_series(component.id for component in group.components)
    return tuple(_days(snapshot, series, first, last))


def _days(snapshot: Snapshot, series: StatusSeries, first: date, last: date) -> Iterator[ComponentDay]:
    """One pass over days and spans together, since both are in order."""
    spans, zone = series.spans, snapshot.zone
    index = series.first_after(day_interval(first, zone).start)
    for day in dates(first, last):
        interval = day_interval(day, zone)
        first_index = index
        while index < len(spans) and spans[index].interval.end <= interval.end:
            index += 1
        continues = index < len(spans) and spans[index].interval.start < interval.end
        observed = series.observed(interval)
        if observed and (continues or first_index < index):
            yield _affected_day(snapshot, day, interval, observed, spans[first_index : index + continues])
        else:
            status = ComponentStatus.OPERATIONAL if observed else None
            yield ComponentDay(date=day, interval=interval, observed=observed, status=status, time_in=_NOTHING)


def _affected_day(
    snapshot: Snapshot, day: date, interval: Interval, observed: timedelta, spans: Sequence[StatusSpan]
) -> ComponentDay:
    time_in: dict[ComponentStatus, timedelta] = defaultdict(timedelta)
    for span in spans:
        overlap = span.interval.overlap(interval)
        time_in[span.status] += overlap.duration if overlap else timedelta()
    notices = {notice for span in spans for notice in span.notices}
    return ComponentDay(
        date=day,
        interval=interval,
        observed=observed,
        status=ComponentStatus.worst(time_in),
        time_in=dict(time_in),
        notices=tuple(sorted(notices, key=snapshot.positions.__getitem__)),
    )
