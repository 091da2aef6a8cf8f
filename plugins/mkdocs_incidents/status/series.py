"""The status of a component over time: the impacts of all notices, merged into spans that do not overlap."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Self

from mkdocs_incidents.model import Interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from mkdocs_incidents.model import ComponentStatus


class StatedStatus(NamedTuple):
    """The status of one component that one notice states for an interval, before merging."""

    interval: Interval
    position: int
    """Of the notice in the history."""
    notice: str
    status: ComponentStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusSpan:
    """An interval during which a component is not operational, and the same notices state the same."""

    interval: Interval
    statuses: tuple[ComponentStatus, ...]
    """Every stated status, worst first; never operational."""
    notices: tuple[str, ...]
    """Ids of the notices that state it, oldest first."""

    @property
    def status(self) -> ComponentStatus:
        """The worst of `statuses`: the one that counts."""
        return self.statuses[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusSeries:
    """The status of one component, or of several taken together, over time: one row of bars."""

    claimed: tuple[Interval, ...]
    """The intervals with data: before now, from `since` to `retired` or to the end of a notice that was open then."""
    spans: tuple[StatusSpan, ...]
    """Oldest first, without overlap, all within `claimed`; between them everything was operational."""
    momentary: tuple[StatedStatus, ...] = ()
    """What notices state that ended as they began, so that no time can be measured: without any duration."""

    @classmethod
    def of(cls, claimed: tuple[Interval, ...], stated: Iterable[StatedStatus]) -> Self:
        """The series of what notices state, each within `claimed`."""
        lasting: list[StatedStatus] = []
        momentary: list[StatedStatus] = []
        for item in stated:
            (lasting if item.interval.duration else momentary).append(item)
        return cls(claimed=claimed, spans=merge(lasting), momentary=tuple(momentary))

    def observed(self, interval: Interval) -> timedelta:
        """How much of `interval` there is data for."""
        observed = timedelta()
        for claimed in self.claimed:
            start, end = max(claimed.start, interval.start), min(claimed.end, interval.end)
            if start < end:
                observed += end - start
        return observed

    def within(self, interval: Interval) -> Iterator[tuple[StatusSpan, timedelta]]:
        """The spans that overlap `interval`, oldest first, each with the duration of the overlap."""
        for index in range(self.first_after(interval.start), len(self.spans)):
            overlap = self.spans[index].interval.overlap(interval)
            if overlap is None:
                break
            yield self.spans[index], overlap.duration

    def first_after(self, instant: datetime) -> int:
        """Index of the first span that ends after `instant`."""
        return bisect_right(self.spans, instant, key=lambda span: span.interval.end)


def merge(stated: Iterable[StatedStatus]) -> tuple[StatusSpan, ...]:
    """The statements of several notices, whose intervals may overlap, as spans that do not."""
    spans: list[StatusSpan] = []
    cluster: list[StatedStatus] = []
    cluster_end: datetime | None = None
    for item in sorted(stated, key=lambda item: item.interval.start):
        if cluster_end is not None and cluster_end <= item.interval.start:
            _sweep(cluster, spans)
            cluster, cluster_end = [], None
        cluster.append(item)
        cluster_end = max(cluster_end or item.interval.end, item.interval.end)
    _sweep(cluster, spans)
    return tuple(spans)


def _sweep(cluster: Sequence[StatedStatus], spans: list[StatusSpan]) -> None:
    """Cut overlapping intervals at each of their ends, and append a span for each part to `spans`."""
    if len(cluster) == 1:
        interval, _, notice, status = cluster[0]
        spans.append(StatusSpan(interval=interval, statuses=(status,), notices=(notice,)))
        return
    starting: dict[datetime, set[int]] = defaultdict(set)
    ending: dict[datetime, set[int]] = defaultdict(set)
    for index, item in enumerate(cluster):
        starting[item.interval.start].add(index)
        ending[item.interval.end].add(index)
    active: set[int] = set()
    for start, end in pairwise(sorted(starting.keys() | ending.keys())):
        active = active - ending[start] | starting[start]
        statuses = {cluster[index].status for index in active}
        notices = {(cluster[index].position, cluster[index].notice) for index in active}
        span = StatusSpan(
            interval=Interval(start, end),
            statuses=tuple(sorted(statuses, key=lambda status: -status.rank)),
            notices=tuple(notice for _, notice in sorted(notices)),
        )
        spans.append(span)


def union(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """The union as disjoint intervals, oldest first."""
    found: list[Interval] = []
    for interval in sorted(intervals, key=lambda interval: interval.start):
        if found and interval.start <= found[-1].end:
            found[-1] = Interval(found[-1].start, max(found[-1].end, interval.end))
        else:
            found.append(interval)
    return tuple(found)
