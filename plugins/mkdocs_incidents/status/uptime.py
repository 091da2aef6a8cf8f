"""Uptime as an exact fraction: one minus the weighted downtime divided by the observed time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_incidents.model import ComponentStatus, Interval

from .local_time import month_interval

if TYPE_CHECKING:
    from datetime import datetime

    from .local_time import Month
    from .snapshot import Snapshot

Weights = Mapping[ComponentStatus, Fraction]

DEFAULT_WEIGHTS: Weights = MappingProxyType(
    {
        ComponentStatus.MAJOR_OUTAGE: Fraction(1),
        ComponentStatus.PARTIAL_OUTAGE: Fraction(3, 10),
        ComponentStatus.DEGRADED_PERFORMANCE: Fraction(0),
        ComponentStatus.UNDER_MAINTENANCE: Fraction(0),
    }
)
"""The share of the time in each state that counts as downtime."""

ENOUGH = timedelta(days=1)
"""The shortest observed time of which a percentage is given: one bad hour of ten would say nothing about a service."""
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Uptime:
    """The uptime of a component in an interval."""

    observed: timedelta
    """The part of the interval with data."""
    counted: Fraction
    """Weighted downtime in seconds."""
    time_in: Mapping[ComponentStatus, timedelta]
    """Time in each state that is not operational, by the worst state at each instant; other states are left out."""

    @property
    def ratio(self) -> Fraction | None:
        """From 0 to 1; None without observed time."""
        return 1 - self.counted / _seconds(self.observed) if self.observed else None

    @property
    def percent(self) -> Decimal | None:
        """In percent, rounded down to two decimals: 100.00 only without downtime. None below `ENOUGH` observed time."""
        ratio = self.ratio if self.observed >= ENOUGH else None
        return None if ratio is None else Decimal(ratio * 10_000 // 1).scaleb(-2)


def uptime(snapshot: Snapshot, component_id: str, span: Interval, weights: Weights = DEFAULT_WEIGHTS) -> Uptime:
    """The uptime of a component in `span`, as far as that lies between `since` and `retired`, and before now.

    Where notices overlap, the highest weight counts.
    """
    series = snapshot.series(component_id)
    spent: dict[tuple[ComponentStatus, ...], timedelta] = defaultdict(timedelta)
    for status_span, duration in series.within(span):
        spent[status_span.statuses] += duration
    counted = Fraction()
    time_in: dict[ComponentStatus, timedelta] = defaultdict(timedelta)
    for statuses, duration in spent.items():
        if weight := max(weights[status] for status in statuses):
            counted += weight * _seconds(duration)
        time_in[statuses[0]] += duration
    return Uptime(observed=series.observed(span), counted=counted, time_in=dict(time_in))


def month_uptime(
    snapshot: Snapshot,
    component_id: str,
    month: Month,
    weights: Weights = DEFAULT_WEIGHTS,
    until: datetime | None = None,
) -> Uptime:
    """The uptime of a component in a calendar month of the catalogue's zone, before `until` or else before now."""
    whole = month_interval(month, snapshot.zone)
    end = max(whole.start, min(whole.end, until)) if until else whole.end
    return uptime(snapshot, component_id, Interval(whole.start, end), weights)


def slo_breached(
    snapshot: Snapshot, component_id: str, month: Month, weights: Weights = DEFAULT_WEIGHTS
) -> bool | None:
    """Whether a component missed its target in a month; None without a target or without data.

    In the current month it is missed once the downtime so far exceeds what the target allows for the whole month.
    """
    slo = snapshot.catalog.components[component_id].slo
    so_far = month_uptime(snapshot, component_id, month, weights) if slo is not None else None
    if slo is None or so_far is None or not so_far.observed:
        return None
    remaining = snapshot.remaining(component_id, month_interval(month, snapshot.zone))
    allowed = (1 - Fraction(slo) / 100) * _seconds(so_far.observed + remaining)
    return so_far.counted > allowed


def _seconds(duration: timedelta) -> Fraction:
    return Fraction(duration // _MICROSECOND, 1_000_000)
