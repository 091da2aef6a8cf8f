"""The status page: open notices first, then services, recent days and postmortems."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from mkdocs_incidents.model import ComponentStatus, NoticeKind
from mkdocs_incidents.status import (
    Month,
    coming_maintenances,
    current_announcements,
    group_days,
    group_status,
    open_incidents,
    running_maintenances,
)

from ..drawings.bars import bars, table
from ..drawings.calendar import legend
from ..language.labels import BANNER
from ..page_times import page_of_now
from ..previews import STATUS, Preview, shared_preview
from ..views import DayFact, DayMark, DayRow, GroupRow, Link, NoticeRow, OpenNotice, PageMetadata, ServiceRow
from .observed import observed_sentence, uptime_label
from .rows import notice_row, scope, stage_label, update_view
from .shared import page_metadata

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from mkdocs_incidents.model import Component, ComponentGroup, Incident, Notice

    from ..context import SiteContext

RECENT_DAYS = 14
RECENT_POSTMORTEMS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class LastIncident:
    """The last resolved incident."""

    address: str
    title: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusView:
    """The status page."""

    frame: PageMetadata
    state: str
    state_word: str
    aside: str
    """Beside the state if exactly one notice is open: since when it is open, or that work is in progress."""
    heading: str
    """The heading where there is no `main`: the number of open incidents, or that there is none."""
    details: str
    """Label of the link to the updates of the only open notice; empty with none or several."""
    total: int
    """Number of services on the page."""
    affected: int
    """Number of services that open incidents affect now; maintenance does not count."""
    incidents: tuple[OpenNotice, ...]
    """Open incidents, worst first."""
    running: tuple[OpenNotice, ...]
    """Maintenance in progress."""
    coming: tuple[NoticeRow, ...]
    announcements: tuple[OpenNotice, ...]
    last: LastIncident | None
    groups: tuple[GroupRow, ...]
    observed: str
    """What the percentages are measured over, in one sentence; empty without any."""
    legend: tuple[DayMark, ...]
    """The marks of days with their meaning, the least severe first."""
    table: tuple[DayFact, ...]
    days: tuple[DayRow, ...]
    postmortems: tuple[NoticeRow, ...]
    month: Link
    history: Link
    method: str
    """How uptime is measured, in one sentence."""

    @property
    def ongoing(self) -> bool:
        """Whether an incident or a maintenance is open."""
        return bool(self.open_notices)

    @property
    def open_notices(self) -> tuple[OpenNotice, ...]:
        """Open incidents, worst first, then maintenance in progress."""
        return self.incidents + self.running

    @property
    def main(self) -> OpenNotice | None:
        """The notice whose title is the heading: the only open incident, or the first maintenance in progress."""
        if self.incidents:
            return self.incidents[0] if len(self.incidents) == 1 else None
        return self.running[0] if self.running else None

    @property
    def beside(self) -> tuple[OpenNotice, ...]:
        """Maintenance in progress that is not `main`."""
        return self.running if self.incidents else self.running[1:]

    @property
    def well(self) -> bool:
        """Whether no notice is open and every service is operational."""
        return not self.ongoing and self.state == "operational"


def status_view(site: SiteContext) -> StatusView:
    """The status page as of now."""
    history, now = site.snapshot.history, site.now
    incidents = open_incidents(history, now)
    running = running_maintenances(history, now)
    coming = coming_maintenances(history, now)
    state = site.page_status.status
    headline = [notice.title for notice in incidents or running] or [site.formatter.text("We know of no problems")]
    state_word = _state_label(site, incidents)
    month = Month.of(site.today)
    affected = len({component for incident in incidents for component in site.facts(incident).statuses})
    open_incident_views = tuple(open_notice(site, incident) for incident in incidents)
    running_views = tuple(open_notice(site, maintenance) for maintenance in running)
    only = (open_incident_views or running_views)[0] if len(open_incident_views or running_views) == 1 else None
    frame = page_metadata(
        site,
        "status",
        _title(site, headline, incidents),
        f"{state_word}. {site.formatter.listing(headline)}.",
        page_of_now(site),
        open_from=now if incidents or running else next((work.scheduled_from for work in coming), None),
        preview=shared_preview(STATUS),
    )
    return StatusView(
        frame=replace(frame, icon=state),
        state=state,
        state_word=state_word,
        aside=_aside(site, only, open_incident_views),
        heading=_heading(site, len(incidents), affected, state),
        details=(only.updates or site.formatter.text("Details")) if only else "",
        total=len(site.component_statuses),
        affected=affected,
        incidents=open_incident_views,
        running=running_views,
        coming=tuple(notice_row(site, maintenance) for maintenance in coming),
        announcements=tuple(open_notice(site, notice) for notice in current_announcements(history, now)),
        last=_last_incident(site),
        groups=tuple(_groups(site)),
        observed=observed_sentence(site),
        legend=legend(site),
        table=tuple(table(site, [(site.component_name(c), recent) for c, recent in site.recent_days.items()])),
        days=_recent_days(site),
        postmortems=_recent_postmortems(site),
        month=Link(
            label=site.formatter.text("All of %(month)s", month=site.formatter.month(month.first)),
            address=site.urls.month(month.first),
        ),
        history=Link(label=site.formatter.text("Every month"), address=site.urls.history),
        method=method(site),
    )


def status_preview(site: SiteContext, view: StatusView) -> Preview:
    """The image of the status page, with its time: whoever sees it later knows of when it is."""
    as_of = view.frame.as_of
    return Preview(
        title=view.main.title if view.main else view.heading,
        state=view.state,
        label=view.state_word,
        time=site.formatter.text("As of %(when)s.", when=as_of.text) if as_of else "",
    )


def not_found_view(view: StatusView, site: SiteContext) -> StatusView:
    """The page "not found", which shows the state of the services, too."""
    text = site.formatter.text
    frame = page_metadata(site, "", text("There is no page here"), text("Not found."), page_of_now(site))
    return replace(view, frame=replace(frame, icon=view.state))


def _title(site: SiteContext, headline: Sequence[str], incidents: Sequence[Incident]) -> str:
    subject = headline[0]
    if len(incidents) > 1:
        subject = site.formatter.plural("%(count)s incident", "%(count)s incidents", len(incidents))
    return f"{_state_label(site, incidents)}: {subject}"


def _state_label(site: SiteContext, incidents: Sequence[Incident]) -> str:
    if incidents and not any(incident.components for incident in incidents):
        return site.formatter.text("Incident")
    return site.formatter.text(BANNER[site.page_status.state])


def _aside(site: SiteContext, only: OpenNotice | None, incidents: Sequence[OpenNotice]) -> str:
    if only is None or site.page_status.status is ComponentStatus.OPERATIONAL:
        return ""
    text = site.formatter.text
    return text("open since %(when)s", when=only.since.text) if incidents else text("in progress")


def _heading(site: SiteContext, incidents: int, affected: int, state: ComponentStatus) -> str:
    text = site.formatter.text
    if not incidents:
        operational = state is ComponentStatus.OPERATIONAL
        return text("We know of no problems") if operational else text("Some services do not work as they should")
    counted = site.formatter.plural("%(count)s incident", "%(count)s incidents", incidents)
    if not affected:
        return counted
    total = len(site.component_statuses)
    services = text("%(affected)s of %(total)s services affected", affected=affected, total=total)
    return f"{counted}, {services}"


def method(site: SiteContext) -> str:
    """How uptime is measured, in one sentence, with the weights of the site."""
    full = [s for s, weight in site.weights.items() if weight == 1]
    part = [(s, weight) for s, weight in site.weights.items() if 0 < weight < 1]
    none = [s for s, weight in site.weights.items() if weight == 0]
    text, listing = site.formatter.text, site.formatter.listing
    parts = []
    if full:
        parts.append(text("%(states)s in full", states=listing(site.formatter.status(s).lower() for s in full)))
    parts += [
        text("%(state)s at %(share)s", state=site.formatter.status(s).lower(), share=site.formatter.share(weight))
        for s, weight in part
    ]
    if none:
        parts.append(text("%(states)s not at all", states=listing(site.formatter.status(s).lower() for s in none)))
    return text("Uptime counts %(weights)s; figures are rounded down.", weights=", ".join(parts))


def open_notice(site: SiteContext, notice: Notice) -> OpenNotice:
    """An open notice in the banner."""
    state, schedule, zone = notice.current_severity(site.now), notice.schedule, notice.timezone
    count, last = len(notice.updates), notice.standing_updates[-1:]
    begin = site.facts(notice).open_since
    since, *until = site.instants(zone, [begin, *([schedule.end] if schedule else [])], site.day_of_page)
    latest = update_view(site, notice, last[0], day=site.day_of_page, beside_next_update=True) if last else None
    return OpenNotice(
        address=site.urls.notice(notice),
        title=notice.title,
        state=state,
        state_word=site.formatter.status(state),
        phase=stage_label(site, notice) if notice.kind is NoticeKind.INCIDENT else "",
        scope=scope(site, notice, site.day_of_page),
        since=since,
        until=until[0] if until else None,
        late=schedule is not None and schedule.end <= site.now,
        begun_after_end=schedule is not None and schedule.end <= begin,
        latest=latest,
        updates=site.formatter.plural("%(count)s update so far", "%(count)s updates so far", count) if count else "",
    )


def _last_incident(site: SiteContext) -> LastIncident | None:
    ended = [(i.resolved_at, i.id, i) for i in site.snapshot.history.incidents if i.resolved_at]
    if not ended:
        return None
    at, _, incident = max(ended, key=lambda found: found[:2])
    when = site.formatter.instant(at, incident.timezone)
    return LastIncident(address=site.urls.notice(incident), title=incident.title, at=when)


def _groups(site: SiteContext) -> Iterator[GroupRow]:
    formatter = site.formatter
    for group in site.visible_groups:
        state = group_status(group, site.component_statuses)
        yield GroupRow(
            name=group.name or "",
            description=group.description,
            state=state,
            state_word=_group_label(site, group, state),
            size=formatter.plural("%(count)s service", "%(count)s services", len(group.components)),
            bars=bars(site, group.name or "", group_days(site.snapshot, group, site.first_bar_day, site.today)),
            services=tuple(_service(site, component) for component in group.components),
        )


def _group_label(site: SiteContext, group: ComponentGroup, state: ComponentStatus) -> str:
    if state is ComponentStatus.OPERATIONAL:
        return ""
    return site.formatter.text(
        "%(state)s: %(affected)s of %(total)s",
        state=site.formatter.status(state),
        affected=sum(site.component_statuses[c.id] is state for c in group.components),
        total=len(group.components),
    )


def _service(site: SiteContext, component: Component) -> ServiceRow:
    state = site.component_statuses[component.id]
    return ServiceRow(
        address=site.urls.component(component.id),
        name=component.name,
        description=component.description,
        state=state,
        state_word=site.formatter.status(state),
        uptime=uptime_label(site, site.recent_uptime[component.id]),
        bars=bars(site, site.component_name(component.id), site.recent_days[component.id]),
    )


def _recent_days(site: SiteContext) -> tuple[DayRow, ...]:
    days = (site.today - timedelta(days=age) for age in range(RECENT_DAYS))
    return day_rows(site, {day: site.snapshot.notices_on(day) for day in days})


def day_rows(site: SiteContext, found: Mapping[date, Sequence[Notice]]) -> tuple[DayRow, ...]:
    """Days, newest first; consecutive days with the same notices, or without any, are one row.

    A notice that is listed again, on days before, is only named there.
    """
    newest_first = sorted(found.items(), reverse=True, key=lambda item: item[0])
    runs = groupby(newest_first, key=lambda item: [notice.id for notice in item[1]])
    rows: list[DayRow] = []
    described: set[str] = set()
    for _, run in runs:
        row = _day_row(site, [day for day, _ in run], found)
        notices = (replace(n, facts=()) if n.address in described else n for n in row.notices)
        rows.append(replace(row, notices=tuple(notices)))
        described |= {notice.address for notice in row.notices}
    return tuple(rows)


def _day_row(site: SiteContext, days: Sequence[date], found: Mapping[date, Sequence[Notice]]) -> DayRow:
    """A row of `days`, newest first, which have the same notices."""
    last, first = days[0], days[-1]
    notices = found[first]
    only = first if first == last else None
    return DayRow(
        anchors=tuple(f"day-{day.isoformat()}" for day in days) if notices else (),
        label=site.formatter.weekday_day(only) if only and notices else site.formatter.days_span(first, last),
        notices=tuple(notice_row(site, notice, only) for notice in notices),
    )


def _recent_postmortems(site: SiteContext) -> tuple[NoticeRow, ...]:
    return tuple(notice_row(site, notice, dated=True) for notice in site.snapshot.explained[:RECENT_POSTMORTEMS])
