"""What was imported as files of ours: facts in the front matter, the author's text below, and nothing made up."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from mkdocs_incidents.content.format.instants import with_offset, written
from mkdocs_incidents.model import ComponentStatus, comparable_name

from ..yaml_text import indented, key_lines, scalar
from .protocol import ImportedAnnouncement, ImportedIncident, ImportedMaintenance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from ..prose.zones import WrittenZone
    from .protocol import ImportedCatalog, ImportedComponent, ImportedNotice, ImportedUpdate


def incident_file(notice: ImportedNotice) -> str:
    """The text of the incident file of a notice; facts that are missing are named in comments."""
    lines = ["---", *_facts(notice), *_updates(notice), *_hints(notice), *_front_matter(notice), "---"]
    body = notice.body
    if not body:
        return "\n".join(lines) + "\n"
    return "\n".join(lines) + ("\n" if body.startswith("\n") else "\n\n") + body + ("" if body.endswith("\n") else "\n")


def catalog_file(catalog: ImportedCatalog) -> str:
    """The text of `components.yml`, with groups in the order of their first components."""
    lines = [f"timezone: {catalog.timezone.key}"]
    groups: dict[str, list[ImportedComponent]] = {}
    names: dict[str, str] = {}
    for component in catalog.components:
        name = names.setdefault(comparable_name(component.group), component.group)
        groups.setdefault(name, []).append(component)
    ungrouped = groups.pop("", [])
    if groups:
        lines.append("groups:")
    for name, components in groups.items():
        lines += [f"  - name: {scalar(name)}", "    components:", *indented(_components(components), 4)]
    if ungrouped:
        lines += ["components:", *_components(ungrouped)]
    return "\n".join(lines) + "\n"


def _components(components: Iterable[ImportedComponent]) -> Iterator[str]:
    for component in components:
        yield f"  - id: {scalar(component.id)}"
        yield f"    name: {scalar(component.name)}"
        if component.description:
            yield from indented(key_lines("description", component.description), 4)


def _facts(notice: ImportedNotice) -> Iterator[str]:
    yield f"title: {scalar(notice.title)}" if notice.title else "# title: what users noticed, in a few words"
    if isinstance(notice, ImportedMaintenance):
        yield from _zone(notice)
        yield "scheduled:"
        yield f"  from: {_instant(notice.scheduled_from, notice.zone)}"
        yield f"  until: {_instant(notice.scheduled_until, notice.zone)}"
    elif isinstance(notice, ImportedAnnouncement):
        yield from _zone(notice)
        yield f"started: {_instant(notice.published, notice.zone)}"
        yield "impact: none"
    elif isinstance(notice, ImportedIncident):
        yield from _front_matter_lines(notice)
    yield from _states(notice.components)


def _front_matter_lines(incident: ImportedIncident) -> Iterator[str]:
    if incident.zone or not incident.updates:
        yield from _zone(incident)
    yield _edge("started", incident.started, incident.started_clock, incident.zone)
    if incident.resolved or not incident.closed:
        yield _edge("resolved", incident.resolved, incident.resolved_clock, incident.zone)
    if incident.impact is not None:
        yield f"impact: {incident.impact}"
    if incident.affected_percent is not None:
        yield f"affected_percent: {incident.affected_percent:g}  # the text says {_comment(incident.affected_quote)}"
    if not incident.closed:
        yield "draft: true  # without resolved: it would stand on the page as an outage of today"


def _zone(notice: ImportedNotice) -> Iterator[str]:
    """The zone as a place, with what the source calls it; a comment where it names none."""
    zone = notice.zone
    if zone and zone.key and not _is_offset(zone):
        yield f"timezone: {zone.key}" + (
            f"  # the text says {_comment(zone.written)}" if zone.written != zone.key else ""
        )
    elif zone:
        yield f"# timezone: the text says {_comment(zone.written)}; name a place, such as Africa/Lagos"
    elif isinstance(notice, ImportedIncident):
        yield "# timezone: the text names none; without it, times are read in the zone of components.yml"


def _is_offset(zone: WrittenZone) -> bool:
    """Whether a zone is written as an offset such as UTC+1, which names no place for `timezone:`."""
    return zone.key is not None and zone.key.startswith("Etc/")


def _states(components: Mapping[str, ComponentStatus]) -> Iterator[str]:
    if components:
        yield "components:"
        yield from (f"  {scalar(name)}: {status}" for name, status in components.items())


def _updates(notice: ImportedNotice) -> Iterator[str]:
    """The updates, oldest first."""
    if notice.updates:
        yield "updates:"
    for update in sorted(notice.updates, key=lambda update: update.at):
        first, *others = _update(update, notice.zone)
        yield f"  - {first}"
        yield from indented(others, 4)


def _update(update: ImportedUpdate, zone: WrittenZone | None) -> Iterator[str]:
    yield f"at: {_instant(update.at, zone)}"
    yield f"status: {update.status}"
    yield from key_lines("message", update.message)
    states, left = dict(update.components), {}
    if update.status.closes:  # every component is operational from then on: another state would be an error
        left = {name: status for name, status in states.items() if status is not ComponentStatus.OPERATIONAL}
        states = {name: status for name, status in states.items() if name not in left}
    yield from _states(states)
    yield from (f"# the source has {_comment(name)} in {status}" for name, status in left.items())
    if update.id:
        yield f"id: {scalar(update.id)}"


def _hints(notice: ImportedNotice) -> Iterator[str]:
    if isinstance(notice, ImportedIncident):
        if not notice.components:
            yield "# components: which failed, and how badly, by their ids in components.yml; no text knows them"
            yield "#   some-component: major_outage"
        if notice.body:
            yield "# postmortem:"
            yield "#   published: YYYY-MM-DD  # announces the text below"
    yield f"# imported from {_comment(notice.source)}"


def _front_matter(notice: ImportedNotice) -> list[str]:
    """The front matter of the source, as comments: its keys are not ours, its words are the author's."""
    if not notice.front_matter.strip():
        return []
    return [
        "# its own front matter was:",
        *(f"#   {_comment(line)}".rstrip() for line in notice.front_matter.rstrip("\n").split("\n")),
    ]


def _edge(name: str, at: datetime | None, clock: str, zone: WrittenZone | None) -> str:
    """The beginning or the end; as a comment with what is known of it, where that is no instant."""
    if at is None:
        known = f"YYYY-MM-DD {clock}  # the text has no day" if clock else "YYYY-MM-DD HH:MM  # the text does not say"
        return f"# {name}: {known}"
    return f"{name}: {_instant(at, zone)}"


def _instant(at: datetime, zone: WrittenZone | None) -> str:
    """An instant on the clocks of `zone`, with its offset where the zone alone does not say which instant is meant."""
    clocks = zone.clocks() if zone else None
    if zone is None or clocks is None:
        return with_offset(at.astimezone(UTC)) if at.tzinfo else written(at.replace(tzinfo=UTC), UTC)
    local = at.astimezone(clocks) if at.tzinfo else at.replace(tzinfo=clocks)
    return with_offset(local) if zone.key is None or _is_offset(zone) else written(local, clocks)


def _comment(text: str) -> str:
    """`text` as it may stand in a comment: on one line, without what YAML forbids."""
    return "".join(char if char.isprintable() else " " for char in text)
