"""The Markdown copy of every page, for terminals and language models: `/history.md` of the page `/history/`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mkdocs_incidents.model import ComponentStatus, NoticeKind
from mkdocs_incidents.present import urls as paths
from mkdocs_incidents.present.body import visible_sections
from mkdocs_incidents.present.language.formatter import date_on_clock
from mkdocs_incidents.present.outputs import PER_COMPONENT
from mkdocs_incidents.present.page_times import component_page, counted_until
from mkdocs_incidents.present.pages.observed import observed_label, uptime_label
from mkdocs_incidents.present.pages.plan import plan_sentences
from mkdocs_incidents.present.pages.rows import duration_label, notice_row, publication_note
from mkdocs_incidents.status import (
    coming_maintenances,
    current_announcements,
    open_incidents,
    running_maintenances,
    uptime,
)

from ..artifact import PlannedFile, iso
from ..context import component_states, notice_summary
from .lists import (
    history_markdown,
    maintenance_markdown,
    month_markdown,
    postmortems_markdown,
    promises_markdown,
    subscribe_markdown,
    uptime_markdown,
)
from .markdown import escaped, front_matter, link, notice_item, paragraphs, without_html

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs_incidents.model import Component, Notice, Update
    from mkdocs_incidents.present.context import SiteContext
    from mkdocs_incidents.present.pages.measurements import MeasurementsView, MeasureView
    from mkdocs_incidents.status import Month, Uptime

    from ..context import EmitContext

MARKDOWN = "text/markdown"
_RECENT = 20
"""Notices on the page of a component."""


def planned_markdown_pages(_: SiteContext) -> Iterator[PlannedFile]:
    """A file for each page that is not about a single month, notice or component."""
    yield PlannedFile(paths.STATUS, MARKDOWN, _status)
    yield PlannedFile(paths.HISTORY, MARKDOWN, history_markdown)
    yield PlannedFile(paths.MAINTENANCE, MARKDOWN, maintenance_markdown)
    yield PlannedFile(paths.POSTMORTEMS, MARKDOWN, postmortems_markdown)
    yield PlannedFile(paths.PROMISES, MARKDOWN, promises_markdown)
    yield PlannedFile(paths.UPTIME, MARKDOWN, uptime_markdown)
    yield PlannedFile(paths.SUBSCRIBE, MARKDOWN, subscribe_markdown)


def planned_month_markdown(_: SiteContext, month: Month) -> Iterator[PlannedFile]:
    """The file for the page of a month."""
    yield PlannedFile(paths.month_source(month.first), MARKDOWN, partial(month_markdown, month=month))


def planned_component_markdown(site: SiteContext, component: Component) -> Iterator[PlannedFile]:
    """The file for the page of a component."""
    if PER_COMPONENT in site.outputs.on:
        yield PlannedFile(paths.component_source(component.id), MARKDOWN, partial(_component, component=component))


def planned_notice_markdown(_: SiteContext, notice: Notice) -> Iterator[PlannedFile]:
    """The file for the page of a notice, at its address and at its former ones."""
    for notice_id in (notice.id, *notice.former_ids):
        yield PlannedFile(paths.notice_source(notice_id), MARKDOWN, partial(_notice, notice=notice))


def _status(context: EmitContext) -> bytes:
    """The status page: the banner as front matter, announcements, open incidents, maintenance, components."""
    site, history, now = context.site, context.site.snapshot.history, context.site.now
    banner, states = site.page_status, site.component_statuses
    incidents, running = open_incidents(history, now), running_maintenances(history, now)
    head = front_matter(
        title=site.site_name,
        state=banner.status,
        indicator=banner.indicator,
        description=banner.description,
        as_of=iso(now),
        open_incidents=len(incidents),
        running_maintenances=len(running),
        components=len(states),
        components_operational=sum(state is ComponentStatus.OPERATIONAL for state in states.values()),
    )
    text = site.formatter.text
    sections = (
        (text("Notices"), current_announcements(history, now)),
        (text("Incidents"), incidents),
        (text("In progress"), running),
        (text("Coming"), coming_maintenances(history, now)),
    )
    current = [_open_notices(site, heading, notices) for heading, notices in sections if notices]
    no_problems = [] if incidents or running else [text("We know of no problems")]
    return paragraphs([head, f"# {escaped(site.site_name)}", *no_problems, *current, _components(site)]).encode()


def _open_notices(site: SiteContext, heading: str, notices: Sequence[Notice]) -> str:
    """Open notices, each with its latest update."""
    parts = [f"## {escaped(heading)}"]
    for notice in notices:
        parts.append(f"### {link(notice.title, site.urls.absolute(site.urls.notice(notice)))}")
        parts.append(escaped(_summary(site, notice)))
        parts += [_update(site, notice, update) for update in notice.standing_updates[-1:]]
    return paragraphs(parts)


def _summary(site: SiteContext, notice: Notice) -> str:
    """The states of components because of it now; that it is open where there are none; else `notice_summary`."""
    facts = site.facts(notice)
    if states := component_states(site, facts.statuses):
        return states
    is_open = notice.kind is NoticeKind.INCIDENT and not facts.is_over
    return duration_label(site, notice) if is_open and notice.touched_components else notice_summary(site, notice)


def _components(site: SiteContext) -> str:
    """The list of components: state and uptime."""
    rows = [f"## {escaped(site.formatter.text('Services'))}", ""]
    for group in site.visible_groups:
        for component in group.components:
            name = f"{group.name}: {component.name}" if group.name else component.name
            state = site.formatter.status(site.component_statuses[component.id])
            address = site.urls.absolute(site.urls.component(component.id))
            measured = _uptime(site, component, site.recent_uptime[component.id])
            rows.append(f"- {link(name, address)}: {escaped(state)}, {escaped(measured)}")
    return "\n".join(rows)


def _notice(context: EmitContext, *, notice: Notice) -> bytes:
    """The page of a notice: facts, updates (newest first), measurements, the postmortem as written."""
    site = context.site
    span = notice_row(site, notice).facts if notice.impact is None else ()
    over, schedule = site.facts(notice).is_over, notice.schedule
    head = front_matter(
        title=notice.title,
        id=notice.id,
        kind=notice.kind,
        url=site.urls.absolute(site.urls.notice(notice)),
        open=not over,
        status=site.facts(notice).stage,
        impact=notice.impact,
        scheduled_from=iso(schedule.start) if schedule else None,
        scheduled_until=iso(schedule.end) if schedule else None,
        began=None if notice.called_off or notice.begins_at > site.now else iso(notice.begins_at),
        ended=iso(notice.ended_at) if notice.ended_at and over else None,
        components=list(notice.touched_components),
        retracted=iso(notice.retracted_at) if notice.retracted_at else None,
    )
    summary = notice.retraction.reason if notice.retraction else ", ".join(span) or _summary(site, notice)
    parts = [head, f"# {escaped(site.formatter.notice_title(notice))}", escaped(summary)]
    parts += [escaped(" ".join(plan_sentences(site, notice))), escaped(publication_note(site, notice))]
    parts += [_update(site, notice, update) for update in reversed(notice.updates)]
    if measurements := context.views.measurements(notice):
        parts.append(_measurements(site, measurements))
    for section in visible_sections(notice):
        parts += [f"## {escaped(section.heading)}" if section.heading else "", section.markdown]
    return paragraphs(parts).encode()


def _update(site: SiteContext, notice: Notice, update: Update) -> str:
    at, message = site.instant(update.at, notice.timezone), without_html(update.message)
    head = f"**{escaped(site.formatter.stage(notice.stage_of(update)))}**, {escaped(at.text)}"
    if update.corrected_at:
        when = site.instant(update.corrected_at, notice.timezone, date_on_clock(update.at, notice.timezone)).text
        head += f" ({escaped(site.formatter.text('Corrected %(when)s', when=when))})"
    if update.retraction:
        quoted = "\n".join(f"> {line}".rstrip() for line in message.splitlines())
        message = f"**{escaped(site.formatter.retracted(update.retraction.reason))}**\n\n{quoted}"
    return f"{head}\n\n{message}"


def _measurements(site: SiteContext, view: MeasurementsView) -> str:
    """The figures of the page as a list, each with its source."""
    text = site.formatter.text
    rows = [_figure(figure) for figure in (*view.figures, *filter(None, [view.affected]))]
    for component in view.downtime:
        for state, time in zip(view.states, component.times, strict=True):
            if time:
                line = text(
                    "%(service)s, %(state)s: %(time)s", service=component.service, state=state, time=" ".join(time)
                )
                rows.append(f"- {escaped(line)}")
    begin = text("Counted from %(begin)s, when it began.", begin=view.begin)
    return paragraphs([f"## {escaped(text('Measured'))}", escaped(begin), "\n".join(rows)])


def _figure(figure: MeasureView) -> str:
    source = ", ".join(part for part in (figure.when, figure.source.label if figure.source else "") if part)
    in_brackets = f" ({escaped(source)})" if source else ""
    return f"- {escaped(figure.name)}: {escaped(' '.join(figure.value))}{in_brackets}"


def _component(context: EmitContext, *, component: Component) -> bytes:
    """The page of a component: its state, its uptime, its newest notices."""
    site = context.site
    name, state = site.component_name(component.id), site.component_statuses.get(component.id)
    until = counted_until(site, component_page(site, component))
    head = front_matter(
        title=name, id=component.id, state=state, as_of=iso(until) if state else None,
    )  # fmt: skip
    measured = uptime(site.snapshot, component.id, site.bar_interval(until), site.weights)
    summary = f"{site.formatter.status(state)}, {_uptime(site, component, measured)}" if state else ""
    recent = site.snapshot.notices_by_component[component.id][:_RECENT]
    rows = "\n".join(notice_item(site.urls, notice_row(site, notice)) for notice in recent)
    parts = [head, f"# {escaped(name)}", escaped(component.description), escaped(summary), rows]
    return paragraphs(parts).encode()


def _uptime(site: SiteContext, component: Component, measured: Uptime) -> str:
    """`99.97% over 90 days`, `99.97% since 27 November 2026`; `not enough data yet`."""
    label = uptime_label(site, measured)
    return label if measured.percent is None else f"{label} {observed_label(site, component.id)}"
