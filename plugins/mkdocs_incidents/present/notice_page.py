"""The page of one incident, maintenance or announcement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mkdocs_incidents.model import ComponentStatus, Impact, Incident, Maintenance, NoticeKind

from .measured import MeasuredView, measured_view
from .promises_page import PromiseRow, promise_rows
from .sections import SectionView, section_views
from .strip import Strips, strips
from .timeline import TimelineView, timeline_view
from .views import NO_DATA, Frame, Link, Moment, Scope, UpdateView, is_long_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mkdocs_incidents.model import Notice

    from .edition import Edition


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactRow:
    """One service in one state for a while."""

    service: str
    state: str
    state_word: str
    start: Moment
    end: Moment | None
    length: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    """The page of one incident, maintenance or announcement."""

    frame: Frame
    kind: str
    """`incident`, `maintenance` or `announcement`."""
    title: str
    state: str
    """Of the banner: what users feel, or felt nothing any more (`operational`)."""
    state_word: str
    aside: str
    open: bool
    scope: Scope
    span: str
    """`Sunday 11 June 2023, 14:30 to 15:15 WAT`."""
    span_utc: str
    since: Moment
    until: Moment | None
    next_update: Moment | None
    overdue: bool
    updates: tuple[UpdateView, ...]
    """Newest first."""
    impacts: tuple[ImpactRow, ...]
    strips: Strips | None
    timeline: TimelineView | None
    measured: MeasuredView | None
    promises: tuple[PromiseRow, ...]
    sections: tuple[SectionView, ...]
    published: str
    """When and by whom the postmortem was published; empty where it is not."""
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
        """Whether it is an incident that goes on, so that the head names who is affected and not a span of time."""
        return self.open and self.kind == "incident"

    @property
    def shows_updates(self) -> bool:
        """Whether the page has a part for updates: without any, only while somebody may wait for the first."""
        return bool(self.updates) or (self.open and self.kind != "announcement" and not self.published)

    @property
    def measured_last(self) -> bool:
        """Whether the figures stand behind the sections, for want of a timeline that they would stand before."""
        return self.measured is not None and self.timeline is None


def notice_view(edition: Edition, notice: Notice, previous: Notice | None, following: Notice | None) -> NoticeView:
    """Everything the page of a notice tells. Of one that is over, nothing depends on the time of the build."""
    now, zone = edition.now, notice.timezone
    facts = edition.facts(notice)
    over, schedule = facts.is_over, notice.schedule
    state, state_word = _state(edition, notice, over=over)
    updates = tuple(_updates(edition, notice, over=over))
    last = notice.updates[-1] if notice.updates else None
    promised = last.next_update_at if last and not over else None
    promises = tuple(row for _, row in promise_rows(edition, notice))
    return NoticeView(
        frame=_frame(edition, notice, state, state_word, promises),
        kind=notice.kind,
        title=notice.title,
        state=state,
        state_word=state_word,
        aside=_aside(edition, notice, over=over),
        open=not over,
        scope=edition.scope(notice),
        span=_span(edition, notice),
        span_utc=_span_utc(edition, notice),
        since=edition.instant(notice.begins_at, zone),
        until=edition.clock(schedule.end, zone) if schedule else None,
        next_update=edition.clock(promised, zone) if promised else None,
        overdue=promised is not None and promised <= now,
        updates=updates,
        impacts=tuple(_impact_rows(edition, notice)) if facts.interval else (),
        strips=strips(edition, notice),
        timeline=timeline_view(edition, notice),
        measured=measured_view(edition, notice) if isinstance(notice, Incident) and over else None,
        promises=promises,
        sections=tuple(section_views(edition, notice)),
        published=_published(edition, notice),
        record=tuple(_record(edition, notice)),
        upstream=Link(label=notice.upstream.name, address=notice.upstream.link or "") if notice.upstream else None,
        previous=_neighbour(edition, previous),
        next=_neighbour(edition, following),
    )


def _frame(edition: Edition, notice: Notice, state: str, state_word: str, promises: Iterable[PromiseRow]) -> Frame:
    """With the script also when it is over: that tells times on the reader's clock, and what has fallen due."""
    over = edition.facts(notice).is_over
    frame = edition.frame(
        "",
        _title(notice, state_word),
        _description(edition, notice),
        notice.changed_at(edition.now) if over else None,
        waited_for=not over,
    )
    told = (
        notice.updates or (notice.postmortem and notice.postmortem.timeline) or any(row.late_from for row in promises)
    )
    icon = state if frame.present else ""
    return replace(frame, scripted=frame.scripted or (edition.live and bool(told)), icon=icon)


def _state(edition: Edition, notice: Notice, *, over: bool) -> tuple[str, str]:
    """The banner's icon and word: of what is over, that it is; of what goes on, how bad it is."""
    stage, state = edition.facts(notice).stage, notice.current_severity(edition.now)
    if stage is None:
        return NO_DATA, edition.wording.text("Notice")
    planned = notice.impact is None
    if over:
        label = edition.wording.stage(stage) if planned else edition.wording.text("Resolved")
        return ComponentStatus.OPERATIONAL, label
    if planned:
        return state, edition.wording.text("Planned maintenance")
    if notice.impact is Impact.NONE or not notice.components:
        return state, edition.wording.text("Incident")
    return state, edition.wording.status(state)


def _aside(edition: Edition, notice: Notice, *, over: bool) -> str:
    stage, planned = edition.facts(notice).stage, notice.impact is None
    if stage is None:
        return ""
    if over and not planned:
        worst = edition.state_word(notice).lower()
        return edition.wording.text("%(state)s, %(duration)s", state=worst, duration=edition.length(notice))
    if over:
        return edition.length(notice)
    if planned:
        return edition.wording.stage(stage).lower()
    return edition.wording.text("open since %(when)s", when=edition.clock(notice.begins_at, notice.timezone).text)


def _title(notice: Notice, state_word: str) -> str:
    return notice.title if notice.kind is NoticeKind.ANNOUNCEMENT else f"{state_word}: {notice.title}"


def _description(edition: Edition, notice: Notice) -> str:
    facts = (edition.state_word(notice), *edition.names(notice.components), _span(edition, notice))
    return f"{notice.title}. {', '.join(fact for fact in facts if fact)}."


def _span(edition: Edition, notice: Notice) -> str:
    zone, end = notice.timezone, notice.ended_at
    if notice.schedule:
        end = max(end or notice.schedule.end, notice.begins_at)
    if notice.kind is NoticeKind.ANNOUNCEMENT or end is None:
        return edition.wording.instant(notice.begins_at, zone)
    return edition.wording.span(notice.begins_at, end, zone)


def _span_utc(edition: Edition, notice: Notice) -> str:
    start = edition.wording.utc(notice.begins_at, notice.timezone)
    end = notice.ended_at
    if not start or end is None or notice.kind is NoticeKind.ANNOUNCEMENT:
        return start
    finish = edition.wording.utc(end, notice.timezone)
    return edition.wording.text("%(start)s to %(end)s", start=start.removesuffix(" UTC"), end=finish)


def _updates(edition: Edition, notice: Notice, *, over: bool) -> Iterator[UpdateView]:
    """Newest first; each with the states that changed with it."""
    newest = None if over or not notice.updates else notice.updates[-1]  # the page says when the next one comes
    told: list[UpdateView] = []
    before: Mapping[str, ComponentStatus] = {}
    for update in notice.updates:
        after = notice.statuses_at(update.at)
        told.append(
            edition.update(notice, update, tuple(_changes(edition, before, after)), beside_next_update=update is newest)
        )
        before = after
    return reversed(told)


def _changes(
    edition: Edition, before: Mapping[str, ComponentStatus], after: Mapping[str, ComponentStatus]
) -> Iterator[str]:
    for component_id in dict.fromkeys([*before, *after]):
        old = before.get(component_id, ComponentStatus.OPERATIONAL)
        new = after.get(component_id, ComponentStatus.OPERATIONAL)
        if old is not new:
            name = edition.snapshot.catalog.components[component_id].name
            yield f"{name}: {edition.wording.status(old).lower()} → {edition.wording.status(new).lower()}"


def _impact_rows(edition: Edition, notice: Notice) -> Iterator[ImpactRow]:
    components = edition.snapshot.catalog.components
    facts = edition.facts(notice)
    for impact in facts.impacts:
        span = impact.interval
        goes_on = span.end == edition.now and not facts.is_over
        yield ImpactRow(
            service=components[impact.component].name,
            state=impact.status,
            state_word=edition.wording.status(impact.status),
            start=edition.bare_clock(span.start, notice.timezone, notice.begins_at),
            end=None if goes_on else edition.bare_clock(span.end, notice.timezone, notice.begins_at),
            length=edition.wording.duration(span.duration),
        )


def _published(edition: Edition, notice: Notice) -> str:
    published = notice.postmortem_published_at
    if not published or not notice.postmortem:
        return ""
    day = edition.wording.full_date(published.astimezone(notice.timezone).date())
    if notice.postmortem.by:
        return edition.wording.text("Postmortem published %(day)s by %(by)s.", day=day, by=notice.postmortem.by)
    return edition.wording.text("Postmortem published %(day)s.", day=day)


def _record(edition: Edition, notice: Notice) -> Iterator[str]:
    text = edition.wording.text
    if notice.updates:
        first = notice.updates[0].at
        when = edition.instant(first, notice.timezone).text
        after = first - notice.begins_at
        if notice.kind is NoticeKind.INCIDENT and after.total_seconds() > 0:
            lag = edition.wording.duration(after)
            yield text("First said in public %(when)s, %(lag)s after it began.", when=when, lag=lag)
        else:
            yield text("First said in public %(when)s.", when=when)
    elif notice.kind is NoticeKind.INCIDENT and notice.postmortem_published_at:
        yield text("No public update is on record.")
    if isinstance(notice, Maintenance) and notice.expected_until != notice.scheduled_until:
        planned = edition.bare_clock(notice.scheduled_until, notice.timezone, notice.begins_at).text
        moved = edition.bare_clock(notice.expected_until, notice.timezone, notice.begins_at).text
        yield text("Planned to end %(planned)s, moved to %(moved)s.", planned=planned, moved=moved)
    edits = edition.edits.get(notice.source)
    if edits and edits.last_at:
        day = edition.wording.full_date(edits.last_at.astimezone(notice.timezone).date())
        yield edition.wording.plural(
            "Edited once since, on %(day)s.", "Edited %(count)s times since, last on %(day)s.", edits.count, day=day
        )
    elif edits:
        yield text("Not edited since.")


def _neighbour(edition: Edition, notice: Notice | None) -> Link | None:
    if notice is None:
        return None
    day = edition.wording.full_date(notice.begins_at.astimezone(notice.timezone).date())
    return Link(label=f"{notice.title}, {day}", address=edition.urls.notice(notice))
