"""One build as it is told: what was known, at what instant, at which addresses, in which words."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from mkdocs_incidents.model import Impact, MaintenanceStatus, NoticeKind, Schedule
from mkdocs_incidents.status import (
    DEFAULT_WEIGHTS,
    Month,
    PageStatus,
    Snapshot,
    Weights,
    component_statuses,
    day_of,
    months,
    open_incidents,
    page_status,
)

from .outputs import Outputs
from .site import site_view
from .views import NO_DATA, Frame, Moment, NoticeRow, Scope, SiteView, UpdateView

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from mkdocs_incidents.model import ComponentStatus, Notice, Update
    from mkdocs_incidents.status import NoticeFacts

    from .urls import Urls
    from .wording import Wording


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
class Edition:
    """Everything that pages and feeds of one build are told from."""

    snapshot: Snapshot
    urls: Urls
    wording: Wording
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

    @cached_property
    def today(self) -> date:
        return day_of(self.now, self.zone)

    @cached_property
    def first_month(self) -> Month:
        """The oldest month that has a page."""
        return months(self.snapshot.history, self.now)[0]

    @cached_property
    def page_status(self) -> PageStatus:
        return page_status(self.snapshot.history, self.now)

    @cached_property
    def component_statuses(self) -> Mapping[str, ComponentStatus]:
        return component_statuses(self.snapshot.history, self.now)

    @cached_property
    def site(self) -> SiteView:
        """What every page shares."""
        return site_view(self)

    def frame(
        self, page: str, title: str, description: str, settled_at: datetime | None = None, *, waited_for: bool = False
    ) -> Frame:
        """What a page tells about itself; `settled_at` makes it a page of the past, without the time of the build."""
        at = settled_at or self.now
        return Frame(
            page=page,
            head_title=f"{title} – {self.site_name}",
            description=description,
            as_of=self.instant(at, self.zone),
            present=settled_at is None,
            open=waited_for,
            live=self.live and settled_at is None,
            scripted=self.live and settled_at is None,
            zone=self.wording.zone_in_words(at, self.zone),
        )

    # -- instants ---------------------------------------------------------------------------------

    def clock(self, at: datetime, zone: ZoneInfo) -> Moment:
        """`14:30 WAT`; with its day where that is not today."""
        if day_of(at, zone) != day_of(self.now, zone):
            return self.instant(at, zone)
        return self._moment(at, zone, self.wording.clock(at, zone))

    def instant(self, at: datetime, zone: ZoneInfo) -> Moment:
        """`Sunday 11 June 2023, 14:30 WAT`."""
        return self._moment(at, zone, self.wording.instant(at, zone))

    def bare_clock(self, at: datetime, zone: ZoneInfo, beside: datetime) -> Moment:
        """`14:30 WAT` beside another instant; with its day where that is another day than that one's."""
        text = self.wording.clock if day_of(at, zone) == day_of(beside, zone) else self.wording.instant
        return self._moment(at, zone, text(at, zone))

    def _moment(self, at: datetime, zone: ZoneInfo, text: str) -> Moment:
        return Moment(iso=self._iso(at, zone), text=text, utc=self.wording.utc(at, zone))

    @staticmethod
    def _iso(at: datetime, zone: ZoneInfo) -> str:
        return at.astimezone(zone).isoformat(timespec="seconds" if at.second else "minutes")

    def _schedule(self, schedule: Schedule, zone: ZoneInfo) -> tuple[str, str]:
        return self._iso(schedule.start, zone), self._iso(schedule.end, zone)

    # -- notices ----------------------------------------------------------------------------------

    def names(self, component_ids: Iterable[str]) -> tuple[str, ...]:
        """What users call these components."""
        return tuple(self.snapshot.catalog.components[component_id].name for component_id in component_ids)

    def facts(self, notice: Notice) -> NoticeFacts:
        """What is computed of a notice as of now."""
        return self.snapshot.facts[notice.id]

    def scope(self, notice: Notice) -> Scope:
        """The visible services a notice touches now, or touched while it lasted."""
        facts = self.facts(notice)
        open_incident = notice.kind is NoticeKind.INCIDENT and not facts.is_over
        return Scope(
            services=self.names(facts.statuses if open_incident else facts.statuses or notice.components),
            total=len(self.component_statuses),
            others_well=self._open_incidents <= {notice.id},
        )

    @cached_property
    def _open_incidents(self) -> frozenset[str]:
        return frozenset(incident.id for incident in open_incidents(self.snapshot.history, self.now))

    def state_word(self, notice: Notice) -> str:
        """The state of a notice in a list: what it was, and for planned work where it stands."""
        stage = self.facts(notice).stage
        if stage is None:
            return self.wording.text("Notice")
        if notice.impact is None:
            label = self.wording.stage(stage)
            if stage is MaintenanceStatus.SCHEDULED:
                return label
            return self.wording.text("Maintenance, %(phase)s", phase=label.lower())
        if not notice.components:
            return self.wording.text("Incident") if notice.impact is Impact.NONE else self.wording.impact(notice.impact)
        return self.wording.status(notice.severity)

    def kind(self, notice: Notice) -> str:
        """The key in `wording.KINDS` of the lists it stands in."""
        if notice.kind is not NoticeKind.INCIDENT:
            return notice.kind
        return "outage" if notice.severity.impact.rank >= Impact.MAJOR.rank else "degraded"

    def length(self, notice: Notice) -> str:
        """How long it lasted, or has lasted by the time of the build; empty for announcements and coming work."""
        facts = self.facts(notice)
        if not facts.affected_intervals:
            return ""
        duration, count = self.wording.duration(facts.affected_duration), len(facts.affected_intervals)
        if count > 1:
            duration = self.wording.plural(
                "%(time)s in %(count)s spell", "%(time)s in %(count)s spells", count, time=duration
            )
        if facts.is_over:
            return duration
        by = self.wording.bare_clock(self.now, self.zone)
        return self.wording.text("open, %(duration)s by %(clock)s", duration=duration, clock=by)

    def row(self, notice: Notice, *, dated: bool = False) -> NoticeRow:
        """A notice as one line of a list; `dated` where no heading says the day."""
        over, schedule, zone = self.facts(notice).is_over, notice.schedule, notice.timezone
        when = self.wording.span(*schedule, zone) if schedule else self.length(notice)
        if dated and not schedule:
            when = ", ".join(filter(None, [self.wording.full_date(day_of(notice.begins_at, zone)), when]))
        facts = [when, self.wording.listing(self.names(notice.components))]
        if notice.postmortem_published_at and not schedule:
            facts.append(self.wording.text("postmortem"))
        open_incident = notice.kind is NoticeKind.INCIDENT and not over
        return NoticeRow(
            kind=self.kind(notice),
            since=self._iso(notice.begins_at, zone) if open_incident else "",
            planned=self._schedule(schedule, zone) if schedule and not over else None,
            address=self.urls.notice(notice),
            title=notice.title,
            state=notice.severity if notice.kind is not NoticeKind.ANNOUNCEMENT else NO_DATA,
            state_word=self.state_word(notice),
            facts=tuple(fact for fact in facts if fact),
        )

    def update(
        self, notice: Notice, update: Update, changes: tuple[str, ...] = (), *, beside_next_update: bool = False
    ) -> UpdateView:
        """One public word, with the changes of state it brought.

        With `beside_next_update` it stands beside a line that says when the next one comes, and does not say it again.
        """
        promised = update.next_update_at
        return UpdateView(
            id=update.id,
            address=self.urls.update(notice, update),
            stage=self.wording.stage(update.status),
            at=self.bare_clock(update.at, notice.timezone, notice.begins_at),
            message=update.message_alone if beside_next_update else update.message,
            changes=changes,
            next_update=self.clock(promised, notice.timezone) if promised else None,
            overdue=promised is not None and promised <= self.now,
        )
