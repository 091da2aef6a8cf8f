"""Edits of planned work: planned once or many times, extended, called off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_incidents.content.format.instants import formatted, written
from mkdocs_incidents.model import Interval, Maintenance, MaintenanceStatus

from .errors import RefusedError
from .ids import update_id
from .incident import add_update, is_closed, last_status, new_notice

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from mkdocs_incidents.model import ComponentStatus, Notice

    from ..yaml_text import Value
    from .change import Change
    from .incident import UpdateFacts
    from .workspace import IndexedFile, Workspace


def new_maintenance(  # noqa: PLR0913  what planned work consists of
    workspace: Workspace,
    *,
    title: str,
    planned: Interval,
    components: Mapping[str, ComponentStatus],
    update: UpdateFacts,
    stated_id: str | None = None,
) -> Change:
    """Planned work that `update` announces.

    Raises:
        RefusedError: its file would have errors.
        WrongValueError: another notice has its id.
    """
    zone = workspace.zone
    facts: dict[str, Value] = {
        "title": title,
        "scheduled": {"from": written(planned.start, zone), "until": written(planned.end, zone)},
        "components": {component: str(state) for component, state in components.items()},
    }
    announced = update.values(str(MaintenanceStatus.SCHEDULED), zone, update_id(update.at, ()))
    return new_notice(
        workspace, title, planned.start, facts, [announced], stated_id=stated_id, word="planned-maintenance"
    )


def planned_work(workspace: Workspace, indexed: IndexedFile) -> Maintenance:
    """The planned work in a file, which is not closed.

    Raises:
        RefusedError: it is something else, or no update can change it any more.
    """
    notice = workspace.read(indexed.relative)[0].notice
    if not isinstance(notice, Maintenance):
        raise RefusedError(f'{indexed.id} is no planned work; to add to it, type: incidents update {indexed.id} -m "…"')
    if is_closed(notice):
        how = "retracted" if notice.retraction else "called off" if notice.called_off else "completed"
        raise RefusedError(
            f'{indexed.id} is {how} already; to plan other work, type: incidents schedule "TITLE" -c COMPONENT '
            "--from TIME --until TIME"
        )
    return notice


def status_of_extension(work: Maintenance, now: datetime) -> MaintenanceStatus:
    """The status of an update that moves the end: work that was to be over and is not goes on."""
    status = last_status(work, now)
    return MaintenanceStatus.IN_PROGRESS if status.closes else MaintenanceStatus(status)


def require_not_begun(work: Maintenance, now: datetime) -> None:
    """Check that planned work can be called off.

    Raises:
        RefusedError: it has begun.
    """
    if work.phase(now) is not MaintenanceStatus.SCHEDULED:
        begun = formatted(work.begins_at, work.timezone)
        raise RefusedError(
            f"{work.id} has begun, at {begun}, and work that has begun is not called off; to end it, type: "
            f'incidents resolve {work.id} -m "…"'
        )


def extend(workspace: Workspace, indexed: IndexedFile, facts: UpdateFacts) -> Change:
    """Planned work with another end: that of `facts`.

    Raises:
        RefusedError: it is no planned work or closed, or the file would have errors.
    """
    planned_work(workspace, indexed)
    return add_update(workspace, indexed, facts)


def call_off(workspace: Workspace, indexed: IndexedFile, facts: UpdateFacts) -> Change:
    """Planned work that is called off before it begins.

    Raises:
        RefusedError: it is no planned work, closed, or has begun; or the file would have errors.
    """
    require_not_begun(planned_work(workspace, indexed), workspace.now)
    return add_update(workspace, indexed, facts)


def overlapping(workspace: Workspace, planned: Interval, components: Collection[str]) -> list[tuple[Notice, str]]:
    """Other planned work within `planned` on one of the components, each with the id of that component."""
    found = []
    for _, file in workspace.open_files:
        schedule = file.notice.schedule
        if schedule is None or schedule.start >= planned.end or max(schedule.end, workspace.now) <= planned.start:
            continue
        found += [(file.notice, component) for component in file.notice.components if component in components][:1]
    return found
