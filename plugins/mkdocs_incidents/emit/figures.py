"""The days of the bars and the uptime over them, as the status page shows them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from mkdocs_incidents.model import Interval
from mkdocs_incidents.present.bars import DAYS
from mkdocs_incidents.status import ComponentDay, Uptime, day_start, days, uptime

if TYPE_CHECKING:
    from datetime import date

    from mkdocs_incidents.present.edition import Edition


def first_day(edition: Edition) -> date:
    """The first of the days that are shown; the last is today."""
    return edition.today - timedelta(days=DAYS - 1)


def recent_days(edition: Edition, component_id: str) -> tuple[ComponentDay, ...]:
    """The bars of a component."""
    return days(edition.snapshot, component_id, first_day(edition), edition.today)


def recent_uptime(edition: Edition, component_id: str) -> Uptime:
    """How a component fared over those days until now."""
    span = Interval(day_start(first_day(edition), edition.zone), edition.now)
    return uptime(edition.snapshot, component_id, span, edition.weights)
