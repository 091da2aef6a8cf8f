"""Days: the bars of a component, and what happened on each day and in each month."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_incidents.model import ComponentStatus, NoticeKind

from .local_time import Month, day_interval, day_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from mkdocs_incidents.model import ComponentGroup, History, Interval, Notice

    from .series import StatusSeries, StatusSpan
    from .snapshot import Snapshot

_ONE_DAY = timedelta(days=1)
_NOTHING: Mapping[ComponentStatus, timedelta] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentDay:
    """One bar: what a component, or a group, went through on one day of the catalogue's zone."""

    date: date
    interval: Interval
    """Its instants: a day can have 23, 24 or 25 hours."""
    observed: timedelta
    """How much of it is claimed; less than the day where `since`, `retired` or now cut it."""
    status: ComponentStatus | None
    """The worst state met; None for a day without data."""
    time_in: Mapping[ComponentStatus, timedelta] = field(default_factory=lambda: _NOTHING)
    """Time spent in each state that is not operational, the worst at each instant; states not met are left out."""
    notices: tuple[str, ...] = ()
    """Ids of the notices behind it, oldest first."""


def days(snapshot: Snapshot, component_id: str, first: date, last: date) -> tuple[ComponentDay, ...]:
    """The bars of a component from `first` to `last`, both included."""
    return tuple(_days(snapshot, snapshot.series(component_id), first, last))


def group_days(snapshot: Snapshot, group: ComponentGroup, first: date, last: date) -> tuple[ComponentDay, ...]:
    """The bars of a group: at each instant the worst of its members counts."""
    series = snapshot.merged_series(component.id for component in group.components)
    return tuple(_days(snapshot, series, first, last))


def notices_by_day(history: History, first: date, last: date, now: datetime) -> Mapping[date, tuple[Notice, ...]]:
    """What happened on each day from `first` to `last`, worst first; quiet days are there and empty.

    An incident stands on every day on which it affected users, a maintenance on every day on which it went on,
    an announcement on its first day. What has not begun at `now` stands nowhere yet.
    """
    known = history.as_of(now)
    found: dict[date, list[Notice]] = defaultdict(list)
    for notice in sorted(known.notices, key=_worst_first):
        for day in _days_touched(notice, known.catalog.timezone, now, first, last):
            found[day].append(notice)
    return {day: tuple(found[day]) for day in _dates(first, last)}


def months(history: History, now: datetime) -> tuple[Month, ...]:
    """Every month from that of the first notice to that of `now`, oldest first.

    Where nothing has happened yet, from the earliest `since`.
    """
    known = history.as_of(now)
    today = day_of(now, known.catalog.timezone)
    begun = [day_of(notice.begins_at, known.catalog.timezone) for notice in known.notices if notice.begins_at <= now]
    claimed = [component.since for component in known.catalog.components.values() if component.since]
    first = min(begun or claimed or [today])
    return tuple(Month.of(min(first, today)).until(Month.of(today)))


def _days(snapshot: Snapshot, series: StatusSeries, first: date, last: date) -> Iterator[ComponentDay]:
    """One walk over the days and the spans together, since both are in order."""
    spans, zone = series.spans, snapshot.zone
    index = series.first_after(day_interval(first, zone).start)
    for day in _dates(first, last):
        interval = day_interval(day, zone)
        first_index = index
        while index < len(spans) and spans[index].interval.end <= interval.end:
            index += 1
        reaches_on = index < len(spans) and spans[index].interval.start < interval.end
        observed = series.observed(interval)
        if observed and (reaches_on or first_index < index):
            yield _troubled_day(snapshot, day, interval, observed, spans[first_index : index + reaches_on])
        else:
            status = ComponentStatus.OPERATIONAL if observed else None
            yield ComponentDay(date=day, interval=interval, observed=observed, status=status, time_in=_NOTHING)


def _troubled_day(
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
        notices=tuple(sorted(notices, key=snapshot.places.__getitem__)),
    )


def _days_touched(notice: Notice, zone: ZoneInfo, now: datetime, first: date, last: date) -> Iterator[date]:
    """The days from `first` to `last` on which `notice` concerned users."""
    span = notice.interval(now)
    if span is None:
        return
    begun = day_of(span.start, zone)
    if notice.kind is NoticeKind.ANNOUNCEMENT:
        ended = begun
    elif notice.ended_at is None:
        ended = day_of(now, zone)
    else:
        ended = max(begun, day_of(span.end - timedelta.resolution, zone))
    yield from _dates(max(begun, first), min(ended, last))


def _worst_first(notice: Notice) -> tuple[int, datetime, str]:
    """Incidents by their impact, then planned work, then announcements; a total order."""
    severity = notice.severity if notice.impact is None else notice.impact.component_status
    return -severity.rank, notice.begins_at, notice.id


def _dates(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + number * _ONE_DAY
