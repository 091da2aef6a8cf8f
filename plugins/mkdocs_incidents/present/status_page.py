"""The status page: what a locked-out visitor needs first, then everything else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from mkdocs_incidents.model import ComponentStatus
from mkdocs_incidents.status import (
    Month,
    coming_maintenances,
    current_announcements,
    day_interval,
    days,
    group_days,
    group_status,
    notices_by_day,
    open_incidents,
    running_maintenances,
    uptime,
)

from .bars import DAYS, bars, table
from .views import DayFact, DayMark, DayRow, Frame, GroupRow, Link, NoticeRow, ServiceRow, Story
from .vocabulary_words import PAGE_STATE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from mkdocs_incidents.model import Component, ComponentGroup, Incident, Interval, Notice
    from mkdocs_incidents.status import ComponentDay

    from .edition import Edition

RECENT_DAYS = 14
RECENT_POSTMORTEMS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The last incident that is over."""

    address: str
    title: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusView:
    """The status page."""

    frame: Frame
    state: str
    state_word: str
    aside: str
    """Beside the state, where one notice alone is open: since when, or that work is in progress."""
    heading: str
    """Where that is not the title of `main`: how many incidents are open, or that none is."""
    details: str
    """Label of the link to the updates of the only open notice; empty where there is none, or several."""
    total: int
    """How many services the page shows."""
    affected: int
    """Services that open incidents touch now; planned work is told apart from them."""
    incidents: tuple[Story, ...]
    """Open ones, worst first."""
    running: tuple[Story, ...]
    """Maintenance in progress."""
    coming: tuple[NoticeRow, ...]
    announcements: tuple[Story, ...]
    last: Ended | None
    groups: tuple[GroupRow, ...]
    legend: tuple[DayMark, ...]
    """What the marks of days mean, the least bad first."""
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
        return bool(self.incidents or self.running)

    @property
    def main(self) -> Story | None:
        """The notice whose title is the heading: the only open incident, or the first of the work in progress."""
        if self.incidents:
            return self.incidents[0] if len(self.incidents) == 1 else None
        return self.running[0] if self.running else None

    @property
    def beside(self) -> tuple[Story, ...]:
        """Maintenance in progress that is not `main`."""
        return self.running if self.incidents else self.running[1:]

    @property
    def well(self) -> bool:
        """Whether nothing is open and every service works."""
        return not self.ongoing and self.state == "operational"


def status_view(edition: Edition) -> StatusView:
    """Everything the status page tells, as of the build."""
    history, now = edition.snapshot.history, edition.now
    first = edition.today - timedelta(days=DAYS - 1)
    ninety = {c: days(edition.snapshot, c, first, edition.today) for c in edition.component_statuses}
    incidents = open_incidents(history, now)
    running = running_maintenances(history, now)
    state = edition.page_status.status
    headline = [notice.title for notice in incidents or running] or [edition.wording.text("We know of no problems")]
    state_word = _state_word(edition, incidents)
    month = Month.of(edition.today)
    affected = len({component for incident in incidents for component in _felt_now(edition, incident)})
    stories = tuple(story(edition, incident) for incident in incidents)
    work = tuple(story(edition, maintenance) for maintenance in running)
    only = (stories or work)[0] if len(stories or work) == 1 else None
    frame = edition.frame(
        "status",
        _title(edition, headline, incidents),
        f"{state_word}. {edition.wording.listing(headline)}.",
        waited_for=bool(incidents or running),
    )
    return StatusView(
        frame=replace(frame, icon=state),
        state=state,
        state_word=state_word,
        aside=_aside(edition, only, stories),
        heading=_heading(edition, len(incidents), affected, state),
        details=(only.updates or edition.wording.text("Details")) if only else "",
        total=len(edition.component_statuses),
        affected=affected,
        incidents=stories,
        running=work,
        coming=tuple(edition.row(maintenance) for maintenance in coming_maintenances(history, now)),
        announcements=tuple(story(edition, notice) for notice in current_announcements(history, now)),
        last=_last_ended(edition),
        groups=tuple(_groups(edition, ninety, first)),
        legend=_legend(edition),
        table=tuple(table(edition, [(edition.names([c])[0], ninety[c]) for c in ninety])),
        days=_recent_days(edition),
        postmortems=_recent_postmortems(edition),
        month=Link(
            label=edition.wording.text("All of %(month)s", month=edition.wording.month(month.first)),
            address=edition.urls.month(month.first),
        ),
        history=Link(label=edition.wording.text("Every month"), address=edition.urls.history),
        method=method(edition),
    )


def not_found_view(edition: Edition) -> StatusView:
    """The facts of the status page for the page that is shown where there is none."""
    view, text = status_view(edition), edition.wording.text
    frame = edition.frame("", text("There is no page here"), text("Not found."))
    return replace(view, frame=replace(frame, icon=view.state))


def _title(edition: Edition, headline: Sequence[str], incidents: Sequence[Incident]) -> str:
    told = headline[0]
    if len(incidents) > 1:
        told = edition.wording.plural("%(count)s incident", "%(count)s incidents", len(incidents))
    return f"{_state_word(edition, incidents)}: {told}"


def _state_word(edition: Edition, incidents: Sequence[Incident]) -> str:
    if incidents and not any(incident.components for incident in incidents):
        return edition.wording.text("Incident")
    return edition.wording.text(PAGE_STATE[edition.page_status.status])


def _aside(edition: Edition, only: Story | None, incidents: Sequence[Story]) -> str:
    if only is None:
        return ""
    text = edition.wording.text
    return text("since %(when)s", when=only.since.text) if incidents else text("in progress")


def _heading(edition: Edition, incidents: int, affected: int, state: ComponentStatus) -> str:
    text = edition.wording.text
    if not incidents:
        operational = state is ComponentStatus.OPERATIONAL
        return text("We know of no problems") if operational else text("Some services do not work as they should")
    counted = edition.wording.plural("%(count)s incident", "%(count)s incidents", incidents)
    if not affected:
        return counted
    total = len(edition.component_statuses)
    services = text("%(affected)s of %(total)s services affected", affected=affected, total=total)
    return f"{counted}, {services}"


def _legend(edition: Edition) -> tuple[DayMark, ...]:
    text = edition.wording.text
    return (
        DayMark(shape="nd", y="25", height="3", label=text("no data yet")),
        DayMark(shape="op", y="23", height="5", label=text("nothing to report")),
        DayMark(shape="mt", y="15.7", height="12.3", label=text("maintenance")),
        DayMark(shape="dg", y="15", height="13", label=text("degraded")),
        DayMark(shape="pt", y="8", height="20", label=text("partial outage")),
        DayMark(shape="mj", y="0", height="28", label=text("major outage")),
    )


def method(edition: Edition) -> str:
    """How uptime is measured, in one sentence, with the weights of this site."""
    full = [s for s, weight in edition.weights.items() if weight == 1]
    part = [(s, weight) for s, weight in edition.weights.items() if 0 < weight < 1]
    none = [s for s, weight in edition.weights.items() if weight == 0]
    text, listing = edition.wording.text, edition.wording.listing
    said = []
    if full:
        said.append(text("%(states)s in full", states=listing(edition.wording.status(s).lower() for s in full)))
    said += [
        text("%(state)s at %(share)s", state=edition.wording.status(s).lower(), share=edition.wording.share(weight))
        for s, weight in part
    ]
    if none:
        said.append(text("%(states)s not at all", states=listing(edition.wording.status(s).lower() for s in none)))
    return text("Uptime counts %(weights)s; figures are rounded down.", weights=", ".join(said))


def story(edition: Edition, notice: Notice) -> Story:
    """An open notice as the banner tells it."""
    state, schedule = notice.current_severity(edition.now), notice.schedule
    said = len(notice.updates)
    return Story(
        address=edition.urls.notice(notice),
        title=notice.title,
        state=state,
        state_word=edition.wording.status(state),
        scope=edition.scope(notice),
        since=edition.clock(notice.begins_at, notice.timezone),
        until=edition.clock(schedule.end, notice.timezone) if schedule else None,
        late=schedule is not None and schedule.end <= edition.now,
        latest=edition.update(notice, notice.updates[-1], beside_next_update=True) if notice.updates else None,
        updates=edition.wording.plural("%(count)s update so far", "%(count)s updates so far", said) if said else "",
    )


def _felt_now(edition: Edition, incident: Incident) -> list[str]:
    """The visible services in trouble because of an incident."""
    return [component for component in edition.facts(incident).statuses if component in edition.component_statuses]


def _last_ended(edition: Edition) -> Ended | None:
    ended = [(i.resolved_at, i.id, i) for i in edition.snapshot.history.incidents if i.resolved_at]
    if not ended:
        return None
    at, _, incident = max(ended, key=lambda found: found[:2])
    when = edition.wording.instant(at, incident.timezone)
    return Ended(address=edition.urls.notice(incident), title=incident.title, at=when)


def _groups(edition: Edition, ninety: Mapping[str, Sequence[ComponentDay]], first: date) -> Iterator[GroupRow]:
    wording = edition.wording
    span = day_interval(first, edition.zone)
    since = type(span)(span.start, edition.now)
    for group in edition.snapshot.catalog.visible_groups(edition.today):
        state = group_status(group, edition.component_statuses)
        yield GroupRow(
            name=group.name or "",
            description=group.description,
            state=state,
            state_word=_group_word(edition, group, state),
            size=wording.plural("%(count)s service", "%(count)s services", len(group.components)),
            bars=bars(edition, group.name or "", group_days(edition.snapshot, group, first, edition.today)),
            services=tuple(_service(edition, component, ninety[component.id], since) for component in group.components),
        )


def _group_word(edition: Edition, group: ComponentGroup, state: ComponentStatus) -> str:
    if state is ComponentStatus.OPERATIONAL:
        return ""
    return edition.wording.text(
        "%(state)s: %(affected)s of %(total)s",
        state=edition.wording.status(state),
        affected=sum(edition.component_statuses[c.id] is state for c in group.components),
        total=len(group.components),
    )


def _service(edition: Edition, component: Component, ninety: Sequence[ComponentDay], span: Interval) -> ServiceRow:
    state = edition.component_statuses[component.id]
    percent = uptime(edition.snapshot, component.id, span, edition.weights).percent
    return ServiceRow(
        address=edition.urls.component(component.id),
        name=component.name,
        description=component.description,
        state=state,
        state_word=edition.wording.status(state),
        uptime=edition.wording.text("no data") if percent is None else edition.wording.percent(percent),
        bars=bars(edition, component.name, ninety),
    )


def _recent_days(edition: Edition) -> tuple[DayRow, ...]:
    first = edition.today - timedelta(days=RECENT_DAYS - 1)
    found = notices_by_day(edition.snapshot.history, first, edition.today, edition.now)
    return day_rows(edition, found)


def day_rows(edition: Edition, found: Mapping[date, Sequence[Notice]]) -> tuple[DayRow, ...]:
    """Days newest first; runs of days without anything to report are one row."""
    rows: list[DayRow] = []
    newest_first = sorted(found.items(), reverse=True)
    for quiet, run in groupby(newest_first, key=lambda item: not item[1]):
        told = list(run)
        if quiet:
            label = edition.wording.days_span(told[-1][0], told[0][0])
            rows.append(DayRow(anchor="", label=label, notices=()))
        else:
            rows += [
                DayRow(
                    anchor=f"day-{day.isoformat()}",
                    label=edition.wording.weekday_day(day),
                    notices=tuple(edition.row(notice) for notice in notices),
                )
                for day, notices in told
            ]
    return tuple(rows)


def _recent_postmortems(edition: Edition) -> tuple[NoticeRow, ...]:
    published = [n for n in edition.snapshot.history.notices if n.postmortem_published_at]
    published.sort(key=lambda n: (n.postmortem_published_at, n.id), reverse=True)
    return tuple(edition.row(notice, dated=True) for notice in published[:RECENT_POSTMORTEMS])
