"""The page of an incident, a maintenance or an announcement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mkdocs_incidents.model import ComponentStatus, Impact, Maintenance, NoticeKind

from ..drawings.marks import NO_DATA
from ..drawings.strips import Strips, strips
from ..page_times import notice_page
from ..views import FormattedInstant, Link, PageMetadata, Scope, UpdateView, is_long_title
from .promises import PromiseRow, promise_rows
from .rows import duration_label, scope, state_label, update_view
from .sections import SectionView, section_views
from .shared import page_metadata
from .timeline import TimelineView, timeline_view

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mkdocs_incidents.model import Notice

    from ..context import SiteContext
    from .measurements import MeasurementsView


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
    """`Sunday 11 June 2023, 14:30 to 15:15 WAT`."""
    span_utc: str
    since: FormattedInstant
    until: FormattedInstant | None
    next_update: FormattedInstant | None
    overdue: bool
    updates: tuple[UpdateView, ...]
    """Newest first."""
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
    last = notice.updates[-1] if notice.updates else None
    promised = last.next_update_at if last and not over else None
    promises = tuple(row for _, row in promise_rows(site, notice))
    return NoticeView(
        frame=_page_metadata(site, notice, state, state_word, promises),
        kind=notice.kind,
        title=notice.title,
        state=state,
        state_word=state_word,
        aside=_aside(site, notice, over=over),
        open=not over,
        scope=scope(site, notice),
        span=_span(site, notice),
        span_utc=_span_utc(site, notice),
        since=site.instant(notice.begins_at, zone),
        until=site.clock(schedule.end, zone) if schedule else None,
        next_update=site.clock(promised, zone) if promised else None,
        overdue=promised is not None and promised <= now,
        updates=updates,
        impacts=tuple(_impact_rows(site, notice)) if facts.interval else (),
        strips=strips(site, notice),
        timeline=timeline_view(site, notice),
        measured=measured,
        promises=promises,
        sections=tuple(section_views(site, notice)),
        published=_published(site, notice),
        record=tuple(_record(site, notice)),
        upstream=Link(label=notice.upstream.name, address=notice.upstream.link or "") if notice.upstream else None,
        previous=_neighbour(site, neighbours[0]),
        next=_neighbour(site, neighbours[1]),
    )


def _page_metadata(
    site: SiteContext, notice: Notice, state: str, state_word: str, promises: Iterable[PromiseRow]
) -> PageMetadata:
    """The metadata of the page. A closed notice needs the script only for clock times and promises that fall due."""
    over = site.facts(notice).is_over
    frame = page_metadata(
        site,
        "",
        _title(notice, state_word),
        _description(site, notice),
        notice_page(site, notice),
        is_open=not over,
        scripted=bool(
            notice.updates
            or (notice.postmortem and notice.postmortem.timeline)
            or any(row.late_from for row in promises)
        ),
    )
    return replace(frame, icon=state if frame.present else "")


def _state(site: SiteContext, notice: Notice, *, over: bool) -> tuple[str, str]:
    """State and label of the banner: the severity of an open notice, the stage of a closed one."""
    stage, state = site.facts(notice).stage, notice.current_severity(site.now)
    if stage is None:
        return NO_DATA, site.formatter.text("Notice")
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
    if stage is None:
        return ""
    if over and not planned:
        worst = state_label(site, notice).lower()
        return site.formatter.text("%(state)s, %(duration)s", state=worst, duration=duration_label(site, notice))
    if over:
        return duration_label(site, notice)
    if planned:
        return site.formatter.stage(stage).lower()
    return site.formatter.text("open since %(when)s", when=site.clock(notice.begins_at, notice.timezone).text)


def _title(notice: Notice, state_word: str) -> str:
    return notice.title if notice.kind is NoticeKind.ANNOUNCEMENT else f"{state_word}: {notice.title}"


def _description(site: SiteContext, notice: Notice) -> str:
    facts = (state_label(site, notice), *site.component_names(notice.components), _span(site, notice))
    return f"{notice.title}. {', '.join(fact for fact in facts if fact)}."


def _span(site: SiteContext, notice: Notice) -> str:
    zone, end = notice.timezone, notice.ended_at
    if notice.schedule:
        end = max(end or notice.schedule.end, notice.begins_at)
    if notice.kind is NoticeKind.ANNOUNCEMENT or end is None:
        return site.formatter.instant(notice.begins_at, zone)
    return site.formatter.span(notice.begins_at, end, zone)


def _span_utc(site: SiteContext, notice: Notice) -> str:
    start = site.formatter.utc(notice.begins_at, notice.timezone)
    end = notice.ended_at
    if not start or end is None or notice.kind is NoticeKind.ANNOUNCEMENT:
        return start
    finish = site.formatter.utc(end, notice.timezone)
    return site.formatter.text("%(start)s to %(end)s", start=start.removesuffix(" UTC"), end=finish)


def _updates(site: SiteContext, notice: Notice, *, over: bool) -> Iterator[UpdateView]:
    """Newest first, each with the changes of state since the update before."""
    newest = None if over or not notice.updates else notice.updates[-1]  # its head has the time of the next update
    views: list[UpdateView] = []
    before: Mapping[str, ComponentStatus] = {}
    for update in notice.updates:
        after = notice.statuses_at(update.at)
        views.append(
            update_view(site, notice, update, tuple(_changes(site, before, after)), beside_next_update=update is newest)
        )
        before = after
    return reversed(views)


def _changes(
    site: SiteContext, before: Mapping[str, ComponentStatus], after: Mapping[str, ComponentStatus]
) -> Iterator[str]:
    for component_id in dict.fromkeys([*before, *after]):
        old = before.get(component_id, ComponentStatus.OPERATIONAL)
        new = after.get(component_id, ComponentStatus.OPERATIONAL)
        if old is not new:
            name = site.snapshot.catalog.components[component_id].name
            yield f"{name}: {site.formatter.status(old).lower()} → {site.formatter.status(new).lower()}"


def _impact_rows(site: SiteContext, notice: Notice) -> Iterator[ImpactRow]:
    components = site.snapshot.catalog.components
    facts = site.facts(notice)
    for impact in facts.impacts:
        span = impact.interval
        ongoing = span.end == site.now and not facts.is_over
        yield ImpactRow(
            service=components[impact.component].name,
            state=impact.status,
            state_word=site.formatter.status(impact.status),
            start=site.clock_on_day_of(span.start, notice.timezone, notice.begins_at),
            end=None if ongoing else site.clock_on_day_of(span.end, notice.timezone, notice.begins_at),
            length=site.formatter.duration(span.duration),
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
    if notice.updates:
        first = notice.updates[0].at
        when = site.instant(first, notice.timezone).text
        after = first - notice.begins_at
        if notice.kind is NoticeKind.INCIDENT and after.total_seconds() > 0:
            lag = site.formatter.duration(after)
            yield text("First said in public %(when)s, %(lag)s after it began.", when=when, lag=lag)
        else:
            yield text("First said in public %(when)s.", when=when)
    elif notice.kind is NoticeKind.INCIDENT and notice.postmortem_published_at:
        yield text("No public update is on record.")
    if isinstance(notice, Maintenance) and notice.expected_until != notice.scheduled_until:
        planned = site.clock_on_day_of(notice.scheduled_until, notice.timezone, notice.begins_at).text
        moved = site.clock_on_day_of(notice.expected_until, notice.timezone, notice.begins_at).text
        yield text("Planned to end %(planned)s, moved to %(moved)s.", planned=planned, moved=moved)
    edits = site.edits.get(notice.source)
    if edits and edits.last_at:
        day = site.formatter.full_date(edits.last_at.astimezone(notice.timezone).date())
        yield site.formatter.plural(
            "Edited once since, on %(day)s.", "Edited %(count)s times since, last on %(day)s.", edits.count, day=day
        )
    elif edits:
        yield text("Not edited since.")


def _neighbour(site: SiteContext, notice: Notice | None) -> Link | None:
    if notice is None:
        return None
    day = site.formatter.full_date(notice.begins_at.astimezone(notice.timezone).date())
    return Link(label=f"{notice.title}, {day}", address=site.urls.notice(notice))
