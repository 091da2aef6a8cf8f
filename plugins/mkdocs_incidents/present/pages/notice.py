"""The page of an incident, a maintenance or an announcement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mkdocs_incidents.model import (
    ComponentStatus,
    Impact,
    Maintenance,
    MaintenanceStatus,
    NoticeKind,
    StatedInstant,
    Withdrawal,
)

from ..drawings.marks import NO_DATA
from ..drawings.strips import Strips, strips
from ..language.formatter import date_on_clock
from ..language.labels import NOTICE_KINDS, _
from ..page_times import notice_page
from ..previews import Preview, has_own_preview, notice_preview_path, shared_preview
from ..urls import notice_calendar, notice_feed
from ..views import FeedLink, FollowWay, FormattedInstant, Link, PageMetadata, Scope, UpdateView, is_long_title
from .plan import plan_sentences, runs_past_its_end
from .promises import PromiseRow, promise_rows
from .rows import duration_label, publication_note, scope, state_label, update_view
from .sections import SectionView, section_views
from .shared import feed_links, page_metadata
from .timeline import TimelineView, timeline_view

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from mkdocs_incidents.model import Notice

    from ..context import SiteContext
    from .measurements import MeasurementsView


_ALONE = {
    NoticeKind.INCIDENT: _("This incident only"),
    NoticeKind.MAINTENANCE: _("This work only"),
    NoticeKind.ANNOUNCEMENT: _("This notice only"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactRow:
    """An interval of a service in one state."""

    service: str
    state: str
    state_word: str
    start: FormattedInstant
    end: FormattedInstant | None
    length: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RetractionView:
    """That the notice was retracted."""

    reason: str
    published: FormattedInstant
    at: FormattedInstant


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    """The page of an incident, a maintenance or an announcement."""

    frame: PageMetadata
    kind: str
    """`incident`, `maintenance` or `announcement`."""
    title: str
    state: str
    """Of the banner: the severity for users; `operational` once the notice is over."""
    state_word: str
    aside: str
    open: bool
    scope: Scope
    span: str
    """`Sunday 11 June 2023, 14:30 to 15:15 WAT`; the plan of work called off, the begin of work past its end."""
    span_utc: str
    plan: tuple[str, ...]
    """What became of the plan of maintenance, in sentences."""
    since: FormattedInstant
    until: FormattedInstant | None
    retraction: RetractionView | None
    next_update: FormattedInstant | None
    overdue: bool
    updates: tuple[UpdateView, ...]
    """Newest first."""
    publication: str
    """When the notice became public, where that was after its updates; else empty."""
    impacts: tuple[ImpactRow, ...]
    strips: Strips | None
    timeline: TimelineView | None
    measured: MeasurementsView | None
    promises: tuple[PromiseRow, ...]
    sections: tuple[SectionView, ...]
    published: str
    """When and by whom the postmortem was published; empty if it is not."""
    record: tuple[str, ...]
    upstream: Link | None
    follow: FollowWay | None
    """The feeds and the calendar of this notice alone, as long as it has them."""
    previous: Link | None
    next: Link | None

    @property
    def long_title(self) -> bool:
        """Whether the title is set in smaller letters."""
        return is_long_title(self.title)

    @property
    def open_incident(self) -> bool:
        """Whether the notice is an open incident; its head has the affected services instead of a span of time."""
        return self.open and self.kind == "incident"

    @property
    def affects(self) -> bool:
        """Whether a service is affected now."""
        return any(impact.end is None for impact in self.impacts)

    @property
    def shows_updates(self) -> bool:
        """Whether the page has a section of updates; without any update only while the first may still come."""
        return bool(self.updates) or (self.open and self.kind != "announcement" and not self.published)

    @property
    def measured_last(self) -> bool:
        """Whether the figures are after the sections: there is no timeline that they would precede."""
        return self.measured is not None and self.timeline is None


def notice_view(
    site: SiteContext,
    notice: Notice,
    measured: MeasurementsView | None,
    neighbours: tuple[Notice | None, Notice | None],
) -> NoticeView:
    """The page of a notice. That of one that is over does not depend on the time of the build.

    `neighbours` are the notices before and after it in the history.
    """
    now, zone = site.now, notice.timezone
    facts = site.facts(notice)
    over, schedule = facts.is_over, notice.schedule
    state, state_word = _state(site, notice, over=over)
    updates = tuple(_updates(site, notice, over=over))
    last = notice.standing_updates[-1] if notice.standing_updates else None
    promised = last.next_update_at if last and not over else None
    affected = scope(site, notice)
    since, *later = site.instants(zone, [facts.open_since, *([schedule.end] if schedule else [])])
    numbered_promises = tuple(promise_rows(site, notice))
    promises = tuple(row for _, row in numbered_promises)
    return NoticeView(
        frame=_page_metadata(site, notice, state, state_word, promises),
        kind=notice.kind,
        title=site.formatter.notice_title(notice),
        state=state,
        state_word=state_word,
        aside=_aside(site, notice, over=over),
        open=not over,
        scope=affected,
        span=_span(site, notice),
        span_utc=_span_utc(site, notice),
        plan=tuple(plan_sentences(site, notice)),
        since=since,
        until=later[0] if later else None,
        retraction=_retraction(site, notice),
        next_update=site.instant(promised, zone, (affected.since or since).day) if promised else None,
        overdue=promised is not None and promised <= now,
        updates=updates,
        publication="" if notice.backfilled else publication_note(site, notice),
        impacts=tuple(_impact_rows(site, notice)) if facts.interval else (),
        strips=strips(site, notice),
        timeline=timeline_view(site, notice),
        measured=measured,
        promises=promises,
        sections=tuple(section_views(site, notice, numbered_promises)),
        published=_published(site, notice),
        record=tuple(_record(site, notice)),
        upstream=Link(label=notice.upstream.name, address=notice.upstream.link or "") if notice.upstream else None,
        follow=_follow(site, notice),
        previous=_neighbour(site, neighbours[0]),
        next=_neighbour(site, neighbours[1]),
    )


def _page_metadata(
    site: SiteContext, notice: Notice, state: str, state_word: str, promises: Iterable[PromiseRow]
) -> PageMetadata:
    """The metadata of the page. A closed notice needs the script only for clock times and promises that fall due."""
    frame = page_metadata(
        site,
        "",
        _title(site, notice, state_word),
        _description(site, notice),
        notice_page(site, notice),
        open_from=_open_from(site, notice),
        scripted=bool(
            notice.updates
            or (notice.postmortem and notice.postmortem.timeline)
            or any(row.late_from for row in promises)
        ),
        preview=notice_preview_path(notice.id) if has_own_preview(site, notice) else shared_preview(notice.kind),
    )
    return replace(frame, icon=state if frame.present else "")


def notice_preview(site: SiteContext, notice: Notice) -> Preview:
    """The image of a notice, which does not depend on the time of the build."""
    over = site.facts(notice).is_over
    state, label = _state(site, notice, over=over)
    going_on = not over and notice.kind is NoticeKind.INCIDENT
    since = site.formatter.instant(site.facts(notice).open_since, notice.timezone)
    return Preview(
        title=site.formatter.notice_title(notice),
        state=state,
        label=label,
        time=site.formatter.text("open since %(when)s", when=since) if going_on else _span(site, notice),
    )


def _open_from(site: SiteContext, notice: Notice) -> datetime | None:
    """From when on the page is out of date without a build every few minutes; None if it is not.

    Nothing changes on the page of planned work before its begin, or on that of an announcement, but by a new build.
    """
    facts = site.facts(notice)
    if facts.is_over or notice.kind is NoticeKind.ANNOUNCEMENT:
        return None
    if notice.schedule and facts.stage is MaintenanceStatus.SCHEDULED:
        return notice.schedule.start
    return site.now


def _state(site: SiteContext, notice: Notice, *, over: bool) -> tuple[str, str]:
    """State and label of the banner: the severity of an open notice, the stage of a closed one."""
    stage, state = site.facts(notice).stage, notice.current_severity(site.now)
    if stage is None:
        return NO_DATA, site.formatter.text("Notice")
    if notice.withdrawal:
        retracted = stage is Withdrawal.RETRACTED  # its title says so
        return NO_DATA, site.formatter.text(NOTICE_KINDS[notice.kind]) if retracted else site.formatter.stage(stage)
    planned = notice.impact is None
    if over:
        label = site.formatter.stage(stage) if planned else site.formatter.text("Resolved")
        return ComponentStatus.OPERATIONAL, label
    if planned:
        return state, site.formatter.text("Planned maintenance")
    if notice.impact is Impact.NONE or not notice.components:
        return state, site.formatter.text("Incident")
    return state, site.formatter.status(state)


def _aside(site: SiteContext, notice: Notice, *, over: bool) -> str:
    stage, planned = site.facts(notice).stage, notice.impact is None
    if stage is None or notice.withdrawal:
        return ""
    if over and not planned:
        worst = state_label(site, notice).lower()
        return site.formatter.text("%(state)s, %(duration)s", state=worst, duration=duration_label(site, notice))
    if over:
        return duration_label(site, notice)
    if planned:
        return site.formatter.stage(stage).lower()
    since = site.formatter.instant(site.facts(notice).open_since, notice.timezone, site.day_of_page)
    return site.formatter.text("open since %(when)s", when=since)


def _title(site: SiteContext, notice: Notice, state_word: str) -> str:
    if notice.retraction or notice.kind is NoticeKind.ANNOUNCEMENT:
        return site.formatter.notice_title(notice)
    return f"{state_word}: {notice.title}"


def _retraction(site: SiteContext, notice: Notice) -> RetractionView | None:
    if notice.retraction is None or notice.retracted_at is None:
        return None
    published, zone = min(notice.published_at, notice.retracted_at), notice.timezone
    first, second = site.instants(zone, [published, notice.retracted_at])
    return RetractionView(reason=notice.retraction.reason, published=first, at=second)


def _description(site: SiteContext, notice: Notice) -> str:
    if notice.retraction:
        return f"{site.formatter.notice_title(notice)}. {notice.retraction.reason}"
    facts = (state_label(site, notice), *site.component_names(notice.worst_statuses), _span(site, notice))
    return f"{notice.title}. {', '.join(fact for fact in facts if fact)}."


def _span(site: SiteContext, notice: Notice) -> str:
    begin, end = _begin_and_end(notice)
    if end is None:
        return site.formatter.instant(begin, notice.timezone)
    if runs_past_its_end(site, notice):
        return site.formatter.text("since %(when)s", when=site.formatter.instant(begin, notice.timezone))
    span = site.formatter.span(begin, end, notice.timezone)
    return site.formatter.text("planned for %(when)s", when=span) if notice.called_off else span


def _span_utc(site: SiteContext, notice: Notice) -> str:
    begin, end = _begin_and_end(notice)
    if end is None or runs_past_its_end(site, notice):
        return site.formatter.utc(begin, notice.timezone)
    return site.formatter.utc_span(begin, end, notice.timezone)


def _begin_and_end(notice: Notice) -> tuple[datetime, datetime | None]:
    """When it began and ended, or is planned to; the end is None where it is not known or does not matter."""
    schedule = notice.schedule
    if schedule and notice.called_off:
        return schedule
    end = None if notice.kind is NoticeKind.ANNOUNCEMENT else notice.ended_at or (schedule and schedule.end)
    return notice.begins_at, end if end and end >= notice.begins_at else None


def _updates(site: SiteContext, notice: Notice, *, over: bool) -> Iterator[UpdateView]:
    """Newest first, each with the changes of state that it publishes, and its day where that is another one."""
    day = None if over else site.day_of_page
    last = notice.standing_updates[-1:]
    newest = last[0] if last and not over else None  # its head has the time of the next update
    for update in reversed(notice.updates):
        changes = tuple(_changes(site, notice.statuses_before(update), notice.statuses_at(update.at)))
        yield update_view(site, notice, update, changes, day=day, beside_next_update=update is newest)
        day = date_on_clock(update.at, notice.timezone)


def _changes(
    site: SiteContext, before: Mapping[str, ComponentStatus], after: Mapping[str, ComponentStatus]
) -> Iterator[str]:
    for component_id in dict.fromkeys([*before, *after]):
        old = before.get(component_id, ComponentStatus.OPERATIONAL)
        new = after.get(component_id, ComponentStatus.OPERATIONAL)
        if old is not new:
            name = site.component_name(component_id)
            yield f"{name}: {site.formatter.status(old).lower()} → {site.formatter.status(new).lower()}"


def _impact_rows(site: SiteContext, notice: Notice) -> Iterator[ImpactRow]:
    facts = site.facts(notice)
    for impact in facts.impacts:
        ongoing = impact.interval.end == site.now and impact.component in facts.statuses
        start, end = site.instants(notice.timezone, (impact.interval.start, impact.interval.end))
        yield ImpactRow(
            service=site.component_name(impact.component),
            state=impact.status,
            state_word=site.formatter.status(impact.status),
            start=start,
            end=None if ongoing else end,
            length=site.formatter.duration(impact.interval.duration),
        )


def _published(site: SiteContext, notice: Notice) -> str:
    published = notice.postmortem_published_at
    if not published or not notice.postmortem:
        return ""
    day = site.formatter.full_date(published.astimezone(notice.timezone).date())
    if notice.postmortem.by:
        return site.formatter.text("Postmortem published %(day)s by %(by)s.", day=day, by=notice.postmortem.by)
    return site.formatter.text("Postmortem published %(day)s.", day=day)


def _record(site: SiteContext, notice: Notice) -> Iterator[str]:
    text = site.formatter.text
    if notice.backfilled:
        yield publication_note(site, notice)
    elif notice.updates:
        first = notice.published_at
        only_day = notice.publish_on if first == notice.publish_at else None
        when = site.stated(StatedInstant(first, only_day), notice.timezone).text
        after = first - notice.begins_at
        counted = only_day is None and not notice.retraction
        if notice.kind is NoticeKind.INCIDENT and after.total_seconds() > 0 and counted:
            lag = site.formatter.duration(after)
            yield text("First said in public %(when)s, %(lag)s after it began.", when=when, lag=lag)
        else:
            yield text("First said in public %(when)s.", when=when)
    elif notice.kind is NoticeKind.INCIDENT and notice.postmortem_published_at:
        yield text("No public update is on record.")
    if isinstance(notice, Maintenance) and notice.expected_until != notice.scheduled_until:
        planned, moved = site.instants(notice.timezone, (notice.scheduled_until, notice.expected_until))
        yield text("Planned to end %(planned)s, moved to %(moved)s.", planned=planned.text, moved=moved.text)
    edits = site.edits.get(notice.source)
    if edits and edits.last_at:
        day = site.formatter.full_date(edits.last_at.astimezone(notice.timezone).date())
        yield site.formatter.plural(
            "Edited once since, on %(day)s.", "Edited %(count)s times since, last on %(day)s.", edits.count, day=day
        )
    elif edits:
        yield text("Not edited since.")


def notice_feeds(site: SiteContext, notice: Notice) -> tuple[FeedLink, ...]:
    """The feeds of a notice alone, as far as they are switched on; empty once it is no longer followed."""
    if not site.is_followed(notice):
        return ()
    return feed_links(site, site.formatter.text(_ALONE[notice.kind]), notice_feed(notice.id))


def _follow(site: SiteContext, notice: Notice) -> FollowWay | None:
    text = site.formatter.text
    links = [Link(label=feed.name, address=feed.address) for feed in notice_feeds(site, notice)]
    if "calendar" in site.outputs.on and site.is_followed(notice) and notice.kind is not NoticeKind.ANNOUNCEMENT:
        links.append(Link(label=text("Calendar"), address=site.urls.file(notice_calendar(notice.id))))
    return FollowWay(heading=text(_ALONE[notice.kind]), links=tuple(links)) if links else None


def _neighbour(site: SiteContext, notice: Notice | None) -> Link | None:
    if notice is None:
        return None
    day = site.formatter.full_date(notice.begins_at.astimezone(notice.timezone).date())
    return Link(label=f"{site.formatter.notice_title(notice)}, {day}", address=site.urls.notice(notice))
