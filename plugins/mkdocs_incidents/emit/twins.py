"""The Markdown twin of every page of ours, for terminals and language models: its address with `.md` for the slash."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mkdocs_incidents.model import ComponentStatus, Incident
from mkdocs_incidents.present import urls as paths
from mkdocs_incidents.present.outputs import PER_COMPONENT
from mkdocs_incidents.present.page_source import told_sections
from mkdocs_incidents.status import coming_maintenances, months, open_incidents, running_maintenances

from .artifact import Planned, iso
from .figures import recent_uptime
from .markdown import front_matter, link, paragraphs, row, text, without_html
from .measured import measured_twin
from .twin_lists import (
    history_twin,
    maintenance_twin,
    month_twin,
    postmortems_twin,
    promises_twin,
    subscribe_twin,
    uptime_twin,
)
from .wire import facts, public_components, states

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs_incidents.model import Component, Notice, Update
    from mkdocs_incidents.present.edition import Edition

    from .wire import Wire

MARKDOWN = "text/markdown"
_RECENT = 20
"""Notices on the twin of a component's page."""


def planned_twins(edition: Edition) -> Iterator[Planned]:
    """Every page of the status site."""
    yield Planned(paths.STATUS, MARKDOWN, _status)
    yield Planned(paths.HISTORY, MARKDOWN, history_twin)
    for month in months(edition.snapshot.history, edition.now):
        yield Planned(paths.month_source(month.first), MARKDOWN, partial(month_twin, month=month))
    yield Planned(paths.MAINTENANCE, MARKDOWN, maintenance_twin)
    yield Planned(paths.POSTMORTEMS, MARKDOWN, postmortems_twin)
    yield Planned(paths.PROMISES, MARKDOWN, promises_twin)
    yield Planned(paths.UPTIME, MARKDOWN, uptime_twin)
    yield Planned(paths.SUBSCRIBE, MARKDOWN, subscribe_twin)
    for notice in edition.snapshot.history.notices:
        yield Planned(f"incidents/{notice.id}.md", MARKDOWN, partial(_notice, notice=notice))
    if PER_COMPONENT in edition.outputs.on:
        for component in public_components(edition):
            yield Planned(paths.component_source(component.id), MARKDOWN, partial(_component, component=component))


def _status(wire: Wire) -> bytes:
    """The state of everything, in facts and then in words."""
    edition, history, now = wire.edition, wire.edition.snapshot.history, wire.edition.now
    banner, states = edition.page_status, edition.component_statuses
    incidents, running = open_incidents(history, now), running_maintenances(history, now)
    head = front_matter(
        title=edition.site_name,
        state=banner.status,
        indicator=banner.indicator,
        description=banner.description,
        as_of=iso(now),
        open_incidents=len(incidents),
        running_maintenances=len(running),
        components=len(states),
        components_operational=sum(state is ComponentStatus.OPERATIONAL for state in states.values()),
    )
    told = edition.wording.text
    sections = (
        (told("Incidents"), incidents),
        (told("In progress"), running),
        (told("Coming"), coming_maintenances(history, now)),
    )
    stories = [_stories(wire, heading, notices) for heading, notices in sections if notices]
    quiet = [] if incidents or running else [told("We know of no problems")]
    return paragraphs([head, f"# {text(edition.site_name)}", *quiet, *stories, _services(edition)]).encode()


def _stories(wire: Wire, heading: str, notices: Sequence[Notice]) -> str:
    """Open notices, each with its latest word."""
    parts = [f"## {text(heading)}"]
    for notice in notices:
        parts.append(f"### {link(notice.title, wire.edition.urls.absolute(wire.edition.urls.notice(notice)))}")
        parts.append(text(states(wire.edition, notice.statuses_at(wire.edition.now)) or facts(wire.edition, notice)))
        parts += [_said(wire.edition, notice, update) for update in notice.updates[-1:]]
    return paragraphs(parts)


def _services(edition: Edition) -> str:
    rows = [f"## {text(edition.wording.text('Services'))}", ""]
    for group in edition.snapshot.catalog.visible_groups(edition.today):
        for component in group.components:
            name = f"{group.name}: {component.name}" if group.name else component.name
            state = edition.wording.status(edition.component_statuses[component.id])
            address = edition.urls.absolute(edition.urls.component(component.id))
            rows.append(f"- {link(name, address)}: {text(state)}, {text(_uptime(edition, component))}")
    return "\n".join(rows)


def _notice(wire: Wire, *, notice: Notice) -> bytes:
    """One story: facts, everything said with the newest first, then the postmortem as its author wrote it."""
    edition = wire.edition
    span = edition.row(notice).facts if notice.impact is None else ()
    over = edition.facts(notice).is_over
    head = front_matter(
        title=notice.title,
        id=notice.id,
        kind=notice.kind,
        url=edition.urls.absolute(edition.urls.notice(notice)),
        open=not over,
        status=edition.facts(notice).stage,
        impact=notice.impact,
        began=iso(notice.begins_at),
        ended=iso(notice.ended_at) if notice.ended_at and over else None,
        components=list(notice.touched_components),
    )
    parts = [head, f"# {text(notice.title)}", text(", ".join(span) or facts(edition, notice))]
    parts += [_said(edition, notice, update) for update in reversed(notice.updates)]
    if isinstance(notice, Incident):
        parts.append(measured_twin(edition, notice))
    for section in told_sections(notice):
        parts += [f"## {text(section.heading)}" if section.heading else "", section.markdown]
    return paragraphs(parts).encode()


def _said(edition: Edition, notice: Notice, update: Update) -> str:
    at = edition.instant(update.at, notice.timezone)
    return f"**{text(edition.wording.stage(update.status))}**, {text(at.text)}\n\n{without_html(update.message)}"


def _component(wire: Wire, *, component: Component) -> bytes:
    """One component now, its uptime, and its newest notices."""
    edition = wire.edition
    state = edition.component_statuses.get(component.id)
    head = front_matter(
        title=component.name, id=component.id, state=state, as_of=iso(edition.now) if state else None,
    )  # fmt: skip
    told = f"{edition.wording.status(state)}, {_uptime(edition, component)}" if state else ""
    rows = "\n".join(row(edition.urls, edition.row(one)) for one in wire.notices_of[component.id][:_RECENT])
    return paragraphs([head, f"# {text(component.name)}", text(component.description), text(told), rows]).encode()


def _uptime(edition: Edition, component: Component) -> str:
    percent = recent_uptime(edition, component.id).percent
    return edition.wording.text("no data") if percent is None else edition.wording.percent(percent)
