"""The Markdown twin of every page of ours, for terminals and language models: its address with `.md` for the slash."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mkdocs_incidents.model import ComponentStatus, Incident
from mkdocs_incidents.present import urls as paths
from mkdocs_incidents.present.body import visible_sections
from mkdocs_incidents.present.outputs import PER_COMPONENT
from mkdocs_incidents.present.pages.rows import notice_row
from mkdocs_incidents.status import coming_maintenances, months, open_incidents, running_maintenances

from ..artifact import Planned, iso
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
from .markdown import front_matter, link, paragraphs, row, text, without_html
from .measurements import measurements_markdown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs_incidents.model import Component, Notice, Update
    from mkdocs_incidents.present.context import SiteContext

    from ..context import EmitContext

MARKDOWN = "text/markdown"
_RECENT = 20
"""Notices on the twin of a component's page."""


def planned_markdown_pages(site: SiteContext) -> Iterator[Planned]:
    """Every page of the status site."""
    yield Planned(paths.STATUS, MARKDOWN, _status)
    yield Planned(paths.HISTORY, MARKDOWN, history_markdown)
    for month in months(site.snapshot.history, site.now):
        yield Planned(paths.month_source(month.first), MARKDOWN, partial(month_markdown, month=month))
    yield Planned(paths.MAINTENANCE, MARKDOWN, maintenance_markdown)
    yield Planned(paths.POSTMORTEMS, MARKDOWN, postmortems_markdown)
    yield Planned(paths.PROMISES, MARKDOWN, promises_markdown)
    yield Planned(paths.UPTIME, MARKDOWN, uptime_markdown)
    yield Planned(paths.SUBSCRIBE, MARKDOWN, subscribe_markdown)
    for notice in site.snapshot.history.notices:
        yield Planned(f"incidents/{notice.id}.md", MARKDOWN, partial(_notice, notice=notice))
    if PER_COMPONENT in site.outputs.on:
        for component in public_components(site):
            yield Planned(paths.component_source(component.id), MARKDOWN, partial(_component, component=component))


def _status(context: EmitContext) -> bytes:
    """The state of everything, in facts and then in words."""
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
    told = site.formatter.text
    sections = (
        (told("Incidents"), incidents),
        (told("In progress"), running),
        (told("Coming"), coming_maintenances(history, now)),
    )
    stories = [_open_notices(context, heading, notices) for heading, notices in sections if notices]
    quiet = [] if incidents or running else [told("We know of no problems")]
    return paragraphs([head, f"# {text(site.site_name)}", *quiet, *stories, _services(site)]).encode()


def _open_notices(context: EmitContext, heading: str, notices: Sequence[Notice]) -> str:
    """Open notices, each with its latest word."""
    parts = [f"## {text(heading)}"]
    for notice in notices:
        parts.append(f"### {link(notice.title, context.site.urls.absolute(context.site.urls.notice(notice)))}")
        parts.append(
            text(
                component_states(context.site, notice.statuses_at(context.site.now))
                or notice_summary(context.site, notice)
            )
        )
        parts += [_update(context.site, notice, update) for update in notice.updates[-1:]]
    return paragraphs(parts)


def _services(site: SiteContext) -> str:
    rows = [f"## {text(site.formatter.text('Services'))}", ""]
    for group in site.snapshot.catalog.visible_groups(site.today):
        for component in group.components:
            name = f"{group.name}: {component.name}" if group.name else component.name
            state = site.formatter.status(site.component_statuses[component.id])
            address = site.urls.absolute(site.urls.component(component.id))
            rows.append(f"- {link(name, address)}: {text(state)}, {text(_uptime(site, component))}")
    return "\n".join(rows)


def _notice(context: EmitContext, *, notice: Notice) -> bytes:
    """One story: facts, everything said with the newest first, then the postmortem as its author wrote it."""
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
    parts = [head, f"# {text(notice.title)}", text(", ".join(span) or notice_summary(site, notice))]
    parts += [_update(site, notice, update) for update in reversed(notice.updates)]
    if isinstance(notice, Incident):
        parts.append(measurements_markdown(site, notice))
    for section in visible_sections(notice):
        parts += [f"## {text(section.heading)}" if section.heading else "", section.markdown]
    return paragraphs(parts).encode()


def _update(site: SiteContext, notice: Notice, update: Update) -> str:
    at = site.instant(update.at, notice.timezone)
    return f"**{text(site.formatter.stage(update.status))}**, {text(at.text)}\n\n{without_html(update.message)}"


def _component(context: EmitContext, *, component: Component) -> bytes:
    """One component now, its uptime, and its newest notices."""
    site = context.site
    state = site.component_statuses.get(component.id)
    head = front_matter(
        title=component.name, id=component.id, state=state, as_of=iso(site.now) if state else None,
    )  # fmt: skip
    told = f"{site.formatter.status(state)}, {_uptime(site, component)}" if state else ""
    rows = "\n".join(
        row(site.urls, notice_row(site, one)) for one in site.snapshot.notices_by_component[component.id][:_RECENT]
    )
    return paragraphs([head, f"# {text(component.name)}", text(component.description), text(told), rows]).encode()


def _uptime(site: SiteContext, component: Component) -> str:
    percent = site.recent_uptime[component.id].percent
    return site.formatter.text("no data") if percent is None else site.formatter.percent(percent)
