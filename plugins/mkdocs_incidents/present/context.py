"""What all outputs of one site in one language share: the snapshot, the addresses, the formatter, the options."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from mkdocs_incidents.model import Interval
from mkdocs_incidents.status import (
    DEFAULT_WEIGHTS,
    Month,
    PageStatus,
    Snapshot,
    Weights,
    component_statuses,
    day_start,
    days,
    open_incidents,
    page_status,
    uptime,
)

from .language.formatter import date_on_clock
from .outputs import Outputs
from .page_times import PageTimes
from .views import FormattedInstant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from mkdocs_incidents.model import (
        Component,
        ComponentGroup,
        ComponentStatus,
        Notice,
        RevisionSummary,
        StatedInstant,
    )
    from mkdocs_incidents.status import ComponentDay, NoticeFacts, Uptime

    from .language.formatter import Formatter
    from .urls import Urls

BAR_DAYS = 90
"""Days that a row of bars shows, today included."""
_FOLLOWED = timedelta(days=90)
"""For how long a notice that is over keeps its own feeds after its last change."""


@dataclass(frozen=True, kw_only=True)
class SiteContext:
    """Everything that the pages and files of one site are made from, in one language."""

    snapshot: Snapshot
    urls: Urls
    formatter: Formatter
    site_name: str
    weights: Weights = field(default_factory=lambda: DEFAULT_WEIGHTS)
    outputs: Outputs = field(default_factory=Outputs)
    contact_url: str = ""
    """Where readers report a problem that the status page does not know; empty for nowhere."""
    subscribe_url: str = ""
    """Where readers subscribe to e-mail of the site's owner; empty for nowhere."""
    edits: Mapping[str, RevisionSummary] = field(default_factory=dict)
    """By the path of the file below the content folder; without files that have no known history."""
    built_at: datetime | None = None
    """UTC instant of the build; None for `now`."""
    page_times: PageTimes = field(default_factory=PageTimes, compare=False)
    live: bool = True
    """False where `now` is the instant of the option `as_of` instead of the time of the build."""

    @property
    def now(self) -> datetime:
        return self.snapshot.now

    @property
    def clock(self) -> datetime:
        """What the clock of the build shows: `now`, or up to five minutes earlier (`History.published_by`)."""
        return self.built_at or self.now

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
    def observed_since(self) -> Mapping[str, date]:
        """The first day of those that bars show with data, by id; components without data are left out."""
        found = {id_: next((day.date for day in days if day.observed), None) for id_, days in self.recent_days.items()}
        return {component: day for component, day in found.items() if day}

    @cached_property
    def first_month(self) -> Month:
        """The oldest month that has a page."""
        return self.snapshot.months[0]

    @cached_property
    def page_status(self) -> PageStatus:
        return page_status(self.snapshot.history, self.now)

    @cached_property
    def component_statuses(self) -> Mapping[str, ComponentStatus]:
        return component_statuses(self.snapshot.history, self.now)

    @cached_property
    def visible_groups(self) -> tuple[ComponentGroup, ...]:
        """The groups as the status page shows them: with the components of `component_statuses`, none of them empty."""
        return self.snapshot.catalog.groups_of(self.component_statuses)

    @cached_property
    def public_components(self) -> tuple[Component, ...]:
        """The components that have a page and files of their own: all that were ever shown, retired ones included."""
        visible, today = self.component_statuses, self.today
        components = self.snapshot.catalog.components.values()
        return tuple(c for c in components if c.since is None or c.since <= today or c.id in visible)

    @property
    def day_of_page(self) -> date:
        """The day that pages of the present state with "as of": that of now on the clocks of the catalogue's zone."""
        return date_on_clock(self.now, self.zone)

    def stated(self, stated: StatedInstant, zone: ZoneInfo) -> FormattedInstant:
        """As `instant`; where only the day is stated, that day without a clock: `Sunday 11 June 2023`."""
        if stated.day is None:
            return self.instant(stated.at, zone)
        return FormattedInstant(iso=stated.day.isoformat(), text=self.formatter.long_day(stated.day), utc="")

    def instant(self, at: datetime, zone: ZoneInfo, day: date | None = None) -> FormattedInstant:
        """`Sunday 11 June 2023, 14:30 WAT`, in `zone`; without the day where the clocks show the date `day`."""
        local = at.astimezone(zone)  # once: a local time is converted to its own zone at no cost
        text = self.formatter.instant(local, zone, day)
        return FormattedInstant(iso=iso_in_zone(local, zone), text=text, utc=self.formatter.utc(at, zone))

    def component_name(self, component_id: str) -> str:
        """The name of a component, with its group where another component has the same name: `Europe, API`.

        Where its group stands above it, `Component.name` is enough.
        """
        return self.snapshot.catalog.full_names[component_id]

    def instants(
        self, zone: ZoneInfo, instants: Iterable[datetime], day: date | None = None
    ) -> Iterator[FormattedInstant]:
        """Instants that readers meet one after the other, each with its day unless it is that of the one before.

        `day` is what they have met before the first: `day_of_page`, or None for nothing.
        """
        for at in instants:
            yield self.instant(at, zone, day)
            day = date_on_clock(at, zone)

    def component_names(self, component_ids: Iterable[str]) -> tuple[str, ...]:
        """The name of each component, as `component_name` gives it."""
        return tuple(map(self.component_name, component_ids))

    def facts(self, notice: Notice) -> NoticeFacts:
        """The computed facts of a notice as of now."""
        return self.snapshot.facts[notice.id]

    def is_followed(self, notice: Notice) -> bool:
        """Whether a notice has feeds and a calendar of its own: until 90 days after its end and its last change.

        A postmortem that is published later brings them back.
        """
        return self.is_recent(notice, _FOLLOWED)

    def is_recent(self, notice: Notice, period: timedelta) -> bool:
        """Whether a notice is not over, or changed within a period of whole days until today."""
        facts = self.facts(notice)
        if not facts.is_over or facts.last_change is None:
            return not facts.is_over
        return self.today - date_on_clock(facts.last_change.at, self.zone) <= period

    @cached_property
    def open_incident_ids(self) -> frozenset[str]:
        """The incidents that are not resolved."""
        return frozenset(incident.id for incident in open_incidents(self.snapshot.history, self.now))


def iso_in_zone(at: datetime, zone: ZoneInfo) -> str:
    """ISO 8601 in `zone`: `2023-06-11T14:30+01:00`; with seconds where they are not zero."""
    return at.astimezone(zone).isoformat(timespec="seconds" if at.second else "minutes")
