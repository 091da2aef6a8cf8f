"""Computations of (History, now), without side effects, the same for pages, feeds, API and badges.

Each takes the history as it was public at `now`. The past of components (bars, uptime) and the facts of notices come
from a `Snapshot`, taken once for each (history, now).
"""

from .calendar import months, notices_by_day
from .current import (
    Indicator,
    PageState,
    PageStatus,
    coming_maintenances,
    component_statuses,
    current_announcements,
    group_status,
    open_incidents,
    page_status,
    running_maintenances,
)
from .days import ComponentDay, days, group_days, service_days
from .facts import ImpactSpan, NoticeFacts
from .figures import Figure, Measure, Phase, begin_entry
from .local_time import Month, day_interval, day_of, day_start, month_interval
from .promises import Promise, PromiseState, PromiseSummary, promise_summary, state_of
from .series import StatusSeries, StatusSpan
from .snapshot import Snapshot
from .uptime import DEFAULT_WEIGHTS, Uptime, Weights, month_uptime, slo_breached, uptime

__all__ = [
    "DEFAULT_WEIGHTS",
    "ComponentDay",
    "Figure",
    "ImpactSpan",
    "Indicator",
    "Measure",
    "Month",
    "NoticeFacts",
    "PageState",
    "PageStatus",
    "Phase",
    "Promise",
    "PromiseState",
    "PromiseSummary",
    "Snapshot",
    "StatusSeries",
    "StatusSpan",
    "Uptime",
    "Weights",
    "begin_entry",
    "coming_maintenances",
    "component_statuses",
    "current_announcements",
    "day_interval",
    "day_of",
    "day_start",
    "days",
    "group_days",
    "group_status",
    "month_interval",
    "month_uptime",
    "months",
    "notices_by_day",
    "open_incidents",
    "page_status",
    "promise_summary",
    "running_maintenances",
    "service_days",
    "slo_breached",
    "state_of",
    "uptime",
]
