"""The Markdown copy of every page, for terminals and language models: `/history.md` of the page `/history/`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mkdocs_incidents.model import ComponentStatus
from mkdocs_incidents.present import urls as paths
from mkdocs_incidents.present.body import visible_sections
from mkdocs_incidents.present.outputs import PER_COMPONENT
from mkdocs_incidents.present.page_times import component_page, counted_until
from mkdocs_incidents.present.pages.rows import notice_row
from mkdocs_incidents.status import coming_maintenances, months, open_incidents, running_maintenances, uptime

from ..artifact import PlannedFile, iso
from ..context import component_states, notice_summary, public_components
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
    from decimal import Decimal

    from mkdocs_incidents.model import Component, Notice, Update
    from mkdocs_incidents.present.context import SiteContext
    from mkdocs_incidents.present.pages.measurements import MeasurementsView, MeasureView

    from ..context import EmitContext

MARKDOWN = "text/markdown"
_RECENT = 20
"""Notices on the page of a component."""


def planned_markdown_pages(site: SiteContext) -> Iterator[PlannedFile]:
    """A file for each page of the status site."""
    yield PlannedFile(paths.STATUS, MARKDOWN, _status)
    yield PlannedFile(paths.HISTORY, MARKDOWN, history_markdown)
    for month in months(site.snapshot.history, site.now):
        yield PlannedFile(paths.month_source(month.first), MARKDOWN, partial(month_markdown, month=month))
    yield PlannedFile(paths.MAINTENANCE, MARKDOWN, maintenance_markdown)
    yield PlannedFile(paths.POSTMORTEMS, MARKDOWN, postmortems_markdown)
    yield PlannedFile(paths.PROMISES, MARKDOWN, promises_markdown)
    yield PlannedFile(paths.UPTIME, MARKDOWN, uptime_markdown)
    yield PlannedFile(paths.SUBSCRIBE, MARKDOWN, subscribe_markdown)
    for notice in site.snapshot.history.notices:
        yield PlannedFile(f"incidents/{notice.id}.md", MARKDOWN, partial(_notice, notice=notice))
    if PER_COMPONENT in site.outputs.on:
        for component in public_components(site):
            yield PlannedFile(paths.component_source(component.id), MARKDOWN, partial(_component, component=component))


def _status(context: EmitContext) -> bytes:
    """The status page: the banner as front matter, open incidents, maintenance, components."""
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
        states = component_states(site, notice.statuses_at(site.now))
        parts.append(f"### {link(notice.title, site.urls.absolute(site.urls.notice(notice)))}")
        parts.append(escaped(states or notice_summary(site, notice)))
        parts += [_update(site, notice, update) for update in notice.updates[-1:]]
    return paragraphs(parts)


def _components(site: SiteContext) -> str:
    """The list of components: state and uptime."""
    rows = [f"## {escaped(site.formatter.text('Services'))}", ""]
    for group in site.snapshot.catalog.visible_groups(site.today):
        for component in group.components:
            name = f"{group.name}: {component.name}" if group.name else component.name
            state = site.formatter.status(site.component_statuses[component.id])
            address = site.urls.absolute(site.urls.component(component.id))
            percent = _percent(site, site.recent_uptime[component.id].percent)
            rows.append(f"- {link(name, address)}: {escaped(state)}, {escaped(percent)}")
    return "\n".join(rows)


def _notice(context: EmitContext, *, notice: Notice) -> bytes:
    """The page of a notice: facts, updates (newest first), measurements, the postmortem as written."""
    site = context.site
    span = notice_row(site, notice).facts if notice.impact is None else ()
    over = site.facts(notice).is_over
    head = front_matter(
        title=notice.title,
        id=notice.id,
        kind=notice.kind,
        url=site.urls.absolute(site.urls.notice(notice)),
        open=not over,
        status=site.facts(notice).stage,
        impact=notice.impact,
        began=iso(notice.begins_at),
        ended=iso(notice.ended_at) if notice.ended_at and over else None,
        components=list(notice.touched_components),
    )
    parts = [head, f"# {escaped(notice.title)}", escaped(", ".join(span) or notice_summary(site, notice))]
    parts += [_update(site, notice, update) for update in reversed(notice.updates)]
    if measurements := context.views.measurements(notice):
        parts.append(_measurements(site, measurements))
    for section in visible_sections(notice):
        parts += [f"## {escaped(section.heading)}" if section.heading else "", section.markdown]
    return paragraphs(parts).encode()


def _update(site: SiteContext, notice: Notice, update: Update) -> str:
    at = site.instant(update.at, notice.timezone)
    return f"**{escaped(site.formatter.stage(update.status))}**, {escaped(at.text)}\n\n{without_html(update.message)}"


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
    state = site.component_statuses.get(component.id)
    until = counted_until(site, component_page(site, component))
    head = front_matter(
        title=component.name, id=component.id, state=state, as_of=iso(until) if state else None,
    )  # fmt: skip
    percent = uptime(site.snapshot, component.id, site.bar_interval(until), site.weights).percent
    summary = f"{site.formatter.status(state)}, {_percent(site, percent)}" if state else ""
    recent = site.snapshot.notices_by_component[component.id][:_RECENT]
    rows = "\n".join(notice_item(site.urls, notice_row(site, notice)) for notice in recent)
    parts = [head, f"# {escaped(component.name)}", escaped(component.description), escaped(summary), rows]
    return paragraphs(parts).encode()


def _percent(site: SiteContext, percent: Decimal | None) -> str:
    return site.formatter.text("no data") if percent is None else site.formatter.percent(percent)
