"""The notices of each day, and the months of a history."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from mkdocs_incidents.model import NoticeKind

from .local_time import Month, dates, day_interval, day_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from mkdocs_incidents.model import History, Interval, Notice


def notices_by_day(history: History, first: date, last: date, now: datetime) -> Mapping[date, tuple[Notice, ...]]:
    """The notices of each day from `first` to `last`, both included, worst first; days without any are empty.

    An incident is listed on every day on which it was open, maintenance on every day on which it went on, an
    announcement on its first day. What has not begun at `now` is not listed.
    """
    known = history.as_of(now)
    found: dict[date, list[Notice]] = defaultdict(list)
    for notice in sorted(known.notices, key=_worst_first):
        for day in _listed_days(notice, known.catalog.timezone, now, first, last):
            found[day].append(notice)
    return {day: tuple(found[day]) for day in dates(first, last)}


def months(history: History, now: datetime) -> tuple[Month, ...]:
    """Every month from that of the first notice to that of `now`, oldest first.

    Without notices, from the earliest `since`.
    """
    known = history.as_of(now)
    today = day_of(now, known.catalog.timezone)
    begun = min((span.start for notice in known.notices if (span := notice.interval(now))), default=None)
    claimed = (component.since for component in known.catalog.components.values() if component.since)
    first = day_of(begun, known.catalog.timezone) if begun else min(claimed, default=today)
    return tuple(Month.of(min(first, today)).until(Month.of(today)))


def _listed_days(notice: Notice, zone: ZoneInfo, now: datetime, first: date, last: date) -> Iterator[date]:
    """The days from `first` to `last` on which `notice` is listed."""
    in_parts = notice.kind is not NoticeKind.ANNOUNCEMENT and not notice.retraction
    spans = notice.affected_intervals(now) if in_parts else (notice.interval(now),)
    found = [_first_and_last(span, notice, zone, now) for span in spans if span]
    yield from sorted({day for begun, ended in found for day in dates(max(begun, first), min(ended, last))})


def _first_and_last(span: Interval, notice: Notice, zone: ZoneInfo, now: datetime) -> tuple[date, date]:
    """The first and the last day on which `notice` is listed because of `span`."""
    begun = day_of(span.start, zone)
    if notice.kind is NoticeKind.ANNOUNCEMENT:
        ended = begun
    elif notice.ended_at is None and span.end == now:
        ended = day_of(now, zone)
    elif span.end <= day_interval(begun, zone).end:
        ended = begun
    else:
        ended = day_of(span.end - timedelta.resolution, zone)
    return begun, ended


def _worst_first(notice: Notice) -> tuple[int, datetime, str]:
    """A sort key, total: incidents by impact, then maintenance, then announcements."""
    impact = notice.impact
    severity = notice.severity if impact is None else impact.component_status
    return -severity.rank, notice.begins_at, notice.id
