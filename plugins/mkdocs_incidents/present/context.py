"""What all outputs of one site in one language share: the snapshot, the addresses, the formatter, the options."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from mkdocs_incidents.model import Interval
from mkdocs_incidents.status import (
    DEFAULT_WEIGHTS,
    Month,
    PageStatus,
    Snapshot,
    Weights,
    component_statuses,
    day_of,
    day_start,
    days,
    open_incidents,
    page_status,
    uptime,
)

from .outputs import Outputs
from .views import FormattedInstant

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from mkdocs_incidents.model import ComponentStatus, Notice
    from mkdocs_incidents.status import ComponentDay, NoticeFacts, Uptime

    from .language.formatter import Formatter
    from .urls import Urls

BAR_DAYS = 90
"""Days that a row of bars shows, today included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edits:
    """How often a published file was changed afterwards, other than by adding to it."""

    count: int
    last_at: datetime | None
    """UTC; None when it never was."""
    by_place: Mapping[int, datetime] = field(default_factory=dict)
    """When what begins on a line (an update, as `Update.line` has it) was edited last; at `BODY` the text below."""

    BODY: ClassVar[int] = 0


@dataclass(frozen=True, kw_only=True)
class SiteContext:
    """Everything that the pages and files of one site are made from. A site in several languages has one for each."""

    snapshot: Snapshot
    urls: Urls
    formatter: Formatter
    site_name: str
    weights: Weights = field(default_factory=lambda: DEFAULT_WEIGHTS)
    outputs: Outputs = field(default_factory=Outputs)
    edits: Mapping[str, Edits] = field(default_factory=dict)
    """By the path of the file below the content folder; files of which nothing is known are missing."""
    live: bool = True
    """False where `now` is not the time of the build but an instant that somebody asked to see."""

    @property
    def now(self) -> datetime:
        return self.snapshot.now

    @property
    def zone(self) -> ZoneInfo:
        return self.snapshot.zone

    @property
    def today(self) -> date:
        return self.snapshot.today

    @property
    def first_bar_day(self) -> date:
        """The first of the days that bars show; the last is today."""
        return self.today - timedelta(days=BAR_DAYS - 1)

    @cached_property
    def recent_days(self) -> Mapping[str, tuple[ComponentDay, ...]]:
        """The bars of each component that the page shows, by id."""
        return {
            component: days(self.snapshot, component, self.first_bar_day, self.today)
            for component in self.component_statuses
        }

    @cached_property
    def recent_uptime(self) -> Mapping[str, Uptime]:
        """The uptime of each of these components from the first of these days until now, by id."""
        span = Interval(day_start(self.first_bar_day, self.zone), self.now)
        return {
            component: uptime(self.snapshot, component, span, self.weights) for component in self.component_statuses
        }

    @cached_property
    def first_month(self) -> Month:
        """The oldest month that has a page."""
        return next(iter(self.snapshot.notices_by_month))

    @cached_property
    def page_status(self) -> PageStatus:
        return page_status(self.snapshot.history, self.now)

    @cached_property
    def component_statuses(self) -> Mapping[str, ComponentStatus]:
        return component_statuses(self.snapshot.history, self.now)

    def clock(self, at: datetime, zone: ZoneInfo) -> FormattedInstant:
        """`14:30 WAT`; with its day where that is not today."""
        if day_of(at, zone) != day_of(self.now, zone):
            return self.instant(at, zone)
        return self._moment(at, zone, self.formatter.clock(at, zone))

    def instant(self, at: datetime, zone: ZoneInfo) -> FormattedInstant:
        """`Sunday 11 June 2023, 14:30 WAT`."""
        return self._moment(at, zone, self.formatter.instant(at, zone))

    def bare_clock(self, at: datetime, zone: ZoneInfo, beside: datetime) -> FormattedInstant:
        """`14:30 WAT` beside another instant; with its day where that is another day than that one's."""
        text = self.formatter.clock if day_of(at, zone) == day_of(beside, zone) else self.formatter.instant
        return self._moment(at, zone, text(at, zone))

    def _moment(self, at: datetime, zone: ZoneInfo, text: str) -> FormattedInstant:
        return FormattedInstant(iso=iso_in_zone(at, zone), text=text, utc=self.formatter.utc(at, zone))

    def names(self, component_ids: Iterable[str]) -> tuple[str, ...]:
        """What users call these components."""
        return tuple(self.snapshot.catalog.components[component_id].name for component_id in component_ids)

    def facts(self, notice: Notice) -> NoticeFacts:
        """What is computed of a notice as of now."""
        return self.snapshot.facts[notice.id]

    @cached_property
    def open_incident_ids(self) -> frozenset[str]:
        """The incidents that are not resolved."""
        return frozenset(incident.id for incident in open_incidents(self.snapshot.history, self.now))


def iso_in_zone(at: datetime, zone: ZoneInfo) -> str:
    """`2023-06-11T14:30+01:00`; with seconds where there are any."""
    return at.astimezone(zone).isoformat(timespec="seconds" if at.second else "minutes")
