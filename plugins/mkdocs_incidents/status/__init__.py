"""What is true at an instant: pure computations of (History, now), the same for pages, feeds, API and badges.

A computation first takes the history as it was known at `now`. What is asked of the past of many components
(bars, uptime) is asked of a `Record`, made once for each (history, now).
"""

from .current import (
    Indicator,
    PageStatus,
    coming_maintenances,
    component_statuses,
    current_announcements,
    group_status,
    open_incidents,
    page_status,
    running_maintenances,
)
from .days import Day, days, group_days, months, notices_by_day
from .local_time import Month, day_interval, day_of, day_start, month_interval
from .metrics import (
    Figure,
    Measure,
    Phase,
    begin_entry,
    downtime,
    felt,
    figure,
    figures,
    phases,
    spells,
)
from .promises import Kept, Promise, PromiseState, kept, promises, promises_of
from .record import Record, Stretch, Track
from .uptime import DEFAULT_WEIGHTS, Uptime, Weights, month_uptime, slo_breached, uptime

__all__ = [
    "DEFAULT_WEIGHTS",
    "Day",
    "Figure",
    "Indicator",
    "Kept",
    "Measure",
    "Month",
    "PageStatus",
    "Phase",
    "Promise",
    "PromiseState",
    "Record",
    "Stretch",
    "Track",
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
    "downtime",
    "felt",
    "figure",
    "figures",
    "group_days",
    "group_status",
    "kept",
    "month_interval",
    "month_uptime",
    "months",
    "notices_by_day",
    "open_incidents",
    "page_status",
    "phases",
    "promises",
    "promises_of",
    "running_maintenances",
    "slo_breached",
    "spells",
    "uptime",
]
