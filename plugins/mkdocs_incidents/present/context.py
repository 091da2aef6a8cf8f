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
class RevisionSummary:
    """How often a file was edited after it was published. Adding lines to it is no edit."""

    count: int
    last_at: datetime | None
    """UTC; None if it never was edited."""
    by_place: Mapping[int, datetime] = field(default_factory=dict)
    """UTC of the last edit by the first line of an item (see `Update.line`); at `BODY` that of the body of the file."""

    BODY: ClassVar[int] = 0


@dataclass(frozen=True, kw_only=True)
class SiteContext:
    """Everything that the pages and files of one site are made from, in one language."""

    snapshot: Snapshot
    urls: Urls
    formatter: Formatter
    site_name: str
    weights: Weights = field(default_factory=lambda: DEFAULT_WEIGHTS)
    outputs: Outputs = field(default_factory=Outputs)
    edits: Mapping[str, RevisionSummary] = field(default_factory=dict)
    """By the path of the file below the content folder; without files that have no known history."""
    live: bool = True
    """False where `now` is the instant of the option `as_of` instead of the time of the build."""

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
        """The first day that bars show; the last is today."""
        return self.today - timedelta(days=BAR_DAYS - 1)

    @cached_property
    def recent_days(self) -> Mapping[str, tuple[ComponentDay, ...]]:
        """The days that bars show, of each component that is shown, by id."""
        return {
            component: days(self.snapshot, component, self.first_bar_day, self.today)
            for component in self.component_statuses
        }

    @cached_property
    def recent_uptime(self) -> Mapping[str, Uptime]:
        """The uptime of each component that is shown, from the start of `first_bar_day` until now, by id."""
        span = self.bar_interval(self.now)
        return {
            component: uptime(self.snapshot, component, span, self.weights) for component in self.component_statuses
        }

    def bar_interval(self, until: datetime) -> Interval:
        """From the start of `first_bar_day` until an instant of today."""
        return Interval(day_start(self.first_bar_day, self.zone), until)

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
        """`14:30 WAT` in `zone`; with the day where that is not today."""
        if day_of(at, zone) != day_of(self.now, zone):
            return self.instant(at, zone)
        return self._formatted(at, zone, self.formatter.clock(at, zone))

    def instant(self, at: datetime, zone: ZoneInfo) -> FormattedInstant:
        """`Sunday 11 June 2023, 14:30 WAT`, in `zone`."""
        return self._formatted(at, zone, self.formatter.instant(at, zone))

    def clock_on_day_of(self, at: datetime, zone: ZoneInfo, reference: datetime) -> FormattedInstant:
        """`14:30 WAT` in `zone`; with the day where that is another day than that of `reference`."""
        same_day = day_of(at, zone) == day_of(reference, zone)
        return self._formatted(at, zone, (self.formatter.clock if same_day else self.formatter.instant)(at, zone))

    def _formatted(self, at: datetime, zone: ZoneInfo, text: str) -> FormattedInstant:
        return FormattedInstant(iso=iso_in_zone(at, zone), text=text, utc=self.formatter.utc(at, zone))

    def component_names(self, component_ids: Iterable[str]) -> tuple[str, ...]:
        """The names of components."""
        return tuple(self.snapshot.catalog.components[component_id].name for component_id in component_ids)

    def facts(self, notice: Notice) -> NoticeFacts:
        """The computed facts of a notice as of now."""
        return self.snapshot.facts[notice.id]

    @cached_property
    def open_incident_ids(self) -> frozenset[str]:
        """The incidents that are not resolved."""
        return frozenset(incident.id for incident in open_incidents(self.snapshot.history, self.now))


def iso_in_zone(at: datetime, zone: ZoneInfo) -> str:
    """ISO 8601 in `zone`: `2023-06-11T14:30+01:00`; with seconds where they are not zero."""
    return at.astimezone(zone).isoformat(timespec="seconds" if at.second else "minutes")
