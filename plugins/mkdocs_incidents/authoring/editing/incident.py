"""Edits of incidents, and of the updates of any notice: new, update, correct, resolve, retract."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mkdocs_incidents.content.format.instants import formatted, written
from mkdocs_incidents.content.format.values import read_id
from mkdocs_incidents.model import (
    TOLERANCE,
    Announcement,
    Incident,
    IncidentStatus,
    Maintenance,
    MaintenanceStatus,
    NoticeKind,
)

from .change import checked_change
from .errors import RefusedError
from .ids import notice_id, update_id
from .incident_text import new_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from mkdocs_incidents.model import ComponentStatus, Notice

    from ..yaml_text import Value
    from .change import Change
    from .incident_text import IncidentText
    from .workspace import IndexedFile, Workspace

_BEFORE_COMPONENTS = ("title", "timezone", "started", "scheduled", "resolved")
_BEHIND_MESSAGE = ("at", "status", "next_update", "message")


@dataclass(frozen=True, kw_only=True)
class UpdateFacts:
    """What an update states; instants are in UTC."""

    at: datetime
    message: str
    status: IncidentStatus | MaintenanceStatus | None = None
    """None for that of the update before it."""
    components: Mapping[str, ComponentStatus] = field(default_factory=dict)
    next_update_at: datetime | None = None
    until: datetime | None = None
    """The new planned end of planned work."""
    closes: bool = False
    """Whether an announcement ends with it: its status says nothing of that."""

    def values(self, status: str, zone: ZoneInfo, update_id: str) -> dict[str, Value]:
        """The keys and values of the update in a file whose times are read on the clocks of `zone`."""
        values: dict[str, Value] = {"at": written(self.at, zone), "status": status}
        if self.until:
            values["until"] = written(self.until, zone)
        if self.next_update_at:
            values["next_update"] = written(self.next_update_at, zone)
        values["message"] = self.message
        if self.components:
            values["components"] = {component: str(state) for component, state in self.components.items()}
        return values | {"id": update_id}


def new_incident(  # noqa: PLR0913  what a new incident consists of
    workspace: Workspace,
    *,
    title: str,
    started: datetime,
    components: Mapping[str, ComponentStatus],
    update: UpdateFacts | None,
    resolved: datetime | None = None,
    stated_id: str | None = None,
) -> Change:
    """A new incident; one with `resolved` is backfilled: subscribers are not told of it.

    Raises:
        RefusedError: its file would have errors, or an id that exists.
    """
    zone = workspace.zone
    facts: dict[str, Value] = {"title": title, "started": written(started, zone)}
    if resolved:
        facts |= {"resolved": written(resolved, zone), "backfilled": "true"}
    if components:
        facts["components"] = {component: str(state) for component, state in components.items()}
    status = IncidentStatus.RESOLVED if resolved else IncidentStatus.INVESTIGATING
    updates = [update.values(str(update.status or status), zone, update_id(update.at, ()))] if update else []
    return new_notice(workspace, title, started, facts, updates, stated_id=stated_id)


def new_notice(  # noqa: PLR0913  what a new file consists of
    workspace: Workspace,
    title: str,
    begins_at: datetime,
    facts: Mapping[str, Value],
    updates: list[Mapping[str, Value]] | list[dict[str, Value]],
    *,
    stated_id: str | None = None,
    word: str = "incident",
) -> Change:
    """A new file that is named by its day and title, or by `stated_id`; `word` stands for a title without letters.

    Raises:
        RefusedError: it would have errors, or an id that exists.
    """
    if not title.strip():
        raise RefusedError('the title is empty; write what users see, such as "Card payments fail"')
    name = (
        read_id(stated_id)
        if stated_id is not None
        else notice_id(title, begins_at.astimezone(workspace.zone).date(), word=word)
    )
    relative = f"{name}.md"
    text = new_text(f"{workspace.shown}/{relative}", facts, list(updates), "")
    return checked_change(workspace, relative, None, text)


def add_update(workspace: Workspace, indexed: IndexedFile, facts: UpdateFacts) -> Change:
    """One more update of a notice.

    Raises:
        RefusedError: the notice is over and the update does not say that it is not, the update would end it before
            what is published already or is to be published later, or the file would have errors.
    """
    before = workspace.text(indexed.relative)
    file, _ = workspace.read(indexed.relative, before)
    notice, text = file.notice, before
    if is_closed(notice):
        if facts.status is None or facts.status.closes or notice.retraction:
            raise RefusedError(_why_closed(indexed.id, notice))
        for key in ("resolved", "backfilled"):  # neither is true of what goes on
            text = text.without_key((), key) if key in text.document.facts.values else text
    elif isinstance(notice, Announcement) and facts.closes:
        text = _with_end(before, notice, facts.at)
    status = facts.status or last_status(notice, workspace.now)
    if facts.status is None and facts.until is None and goes_on_as_planned(notice, facts.at):
        facts = replace(facts, until=notice.schedule.end if notice.schedule else None)
    if status.closes:
        _require_latest(notice, facts.at, workspace.now)
        _require_none_to_come(notice, workspace.now)
    if facts.status is None and notice.schedule and status.closes:
        raise RefusedError(
            f"the planned time of {indexed.id} is over, and nothing says whether the work is; if it is, add -s "
            f'completed; if it goes on, type: incidents schedule {indexed.id} --extend TIME -m "…"'
        )
    taken = {update.published_id or update.id for update in notice.updates}
    values = facts.values(str(status), notice.timezone, update_id(facts.at, taken))
    in_order_of_time = list(file.order) == sorted(file.order)
    later = sum(update.at > facts.at for update in notice.updates) if in_order_of_time else 0
    return checked_change(workspace, indexed.relative, before, text.with_update(values, later=later))


def _require_latest(notice: Notice, at: datetime, now: datetime) -> None:
    """Check that a closing update of the instant `at` is the last one: after an older one all would go on.

    Raises:
        RefusedError: an update that is published by `now` is later, or the incident begins later.
    """
    latest = max((update.at for update in notice.updates if update.at <= now + TOLERANCE), default=None)
    if latest and at < latest:
        what = f"the last update of {notice.id} is of {formatted(latest, notice.timezone)}"
    elif isinstance(notice, Incident) and at < notice.started_at <= now:
        what = f"{notice.id} began at {formatted(notice.started_at, notice.timezone)}"
    else:
        return
    raise RefusedError(f"{what}, which is later than this update; leave out --at, or give a later time")


def _require_none_to_come(notice: Notice, now: datetime) -> None:
    """Check that no update published later says that it goes on: it would undo one that closes it now.

    Raises:
        RefusedError: there is one.
    """
    for update in notice.standing_updates:
        if update.at > now + TOLERANCE and not update.status.closes:
            raise RefusedError(
                f"{notice.id} has an update that is published later, at {formatted(update.at, notice.timezone)}, and "
                f"says that it is {update.status}; delete it in the file first"
            )


def _with_end(text: IncidentText, announcement: Announcement, at: datetime) -> IncidentText:
    """The text of an announcement that stays at the top until `at`.

    Raises:
        RefusedError: it is not at the top.
    """
    end = announcement.ended_at
    if not announcement.pinned:
        raise RefusedError(
            f"{announcement.id} is an announcement that does not stay at the top, so there is nothing to end; to add "
            f'to it, type: incidents update {announcement.id} -m "…"'
        )
    if end and end <= at:
        raise RefusedError(
            f"{announcement.id} is not at the top any more since {formatted(end, announcement.timezone)}; to add to "
            f'it, type: incidents update {announcement.id} -m "…"'
        )
    return text.with_value((), "resolved", written(at, announcement.timezone), behind=("title", "timezone", "started"))


def goes_on_as_planned(notice: Notice, at: datetime) -> bool:
    """Whether at `at` planned work goes on because its planned begin has passed, and no update says so.

    Its first update `in_progress` without `until` would be its begin: what pages have shown since the planned one was
    not true then.
    """
    if not isinstance(notice, Maintenance) or notice.phase(at) is not MaintenanceStatus.IN_PROGRESS:
        return False
    announced = {update.status for update in notice.standing_updates[-1:]} <= {MaintenanceStatus.SCHEDULED}
    return announced and at > notice.scheduled_from


def is_closed(notice: Notice) -> bool:
    """Whether the file says that the notice is over. Planned work whose time has passed may still get its last word."""
    if notice.retraction:
        return True
    if notice.kind is NoticeKind.ANNOUNCEMENT:
        return False
    closed = bool(notice.standing_updates) and notice.standing_updates[-1].status.closes
    return closed if notice.schedule else notice.ended_at is not None


def _why_closed(notice_id: str, notice: Notice) -> str:
    if notice.retraction:
        return f'{notice_id} is retracted; for an incident that is real, type: incidents new "TITLE" -c COMPONENT=STATE'
    if isinstance(notice, Maintenance) and notice.called_off:
        return (
            f'{notice_id} is called off; to plan it again, type: incidents schedule "TITLE" -c COMPONENT --from TIME '
            "--until TIME"
        )
    again = MaintenanceStatus.IN_PROGRESS if notice.schedule else IncidentStatus.INVESTIGATING
    over = "completed" if notice.schedule else "resolved"
    since = f" since {formatted(notice.ended_at, notice.timezone)}" if notice.ended_at else ""
    return f'{notice_id} is {over}{since}; to reopen it, type: incidents update {notice_id} -s {again} -m "…"'


def require_begun(notice: Notice, at: datetime) -> None:
    """Check that what an update of the instant `at` ends has begun by then.

    Raises:
        RefusedError: it is planned work that is still to come.
    """
    if isinstance(notice, Maintenance) and not is_closed(notice) and notice.phase(at) is MaintenanceStatus.SCHEDULED:
        raise RefusedError(
            f"{notice.id} has not begun, and work that has not begun is called off; to do so, type: incidents schedule "
            f'{notice.id} --cancel -m "…"; if it has begun, first type: incidents update {notice.id} -s in_progress '
            '-m "…"'
        )


def instant_of_update(notice: Notice, now: datetime) -> datetime:
    """The UTC instant of an update that is published now: a whole minute, but always later than the update before it.

    Updates of the same instant would have no order, and their states no duration.
    """
    minute = now.replace(second=0, microsecond=0)
    last = max((update.at for update in notice.updates if update.at <= now + TOLERANCE), default=None)
    if last is None or minute > last:
        return minute
    return max(now, last + timedelta(seconds=1))


def closing_status(notice: Notice) -> IncidentStatus | MaintenanceStatus:
    """The status of the update that ends a notice."""
    return MaintenanceStatus.COMPLETED if notice.schedule else IncidentStatus.RESOLVED


def correct_update(
    workspace: Workspace, indexed: IndexedFile, message: str, *, next_update_at: datetime | None = None
) -> Change:
    """Other words for the last update, marked as corrected now.

    Raises:
        RefusedError: there is no update, or it has these words already.
    """
    before = workspace.text(indexed.relative)
    file, _ = workspace.read(indexed.relative, before)
    standing = [number for number, update in enumerate(file.notice.updates) if update.retraction is None]
    if not standing:
        raise RefusedError(f"{indexed.id} has no update yet; to write the first, type: incidents update {indexed.id}")
    update, path = file.notice.updates[standing[-1]], ("updates", file.order[standing[-1]])
    if update.message.strip() == message.strip() and next_update_at in {None, update.next_update_at}:
        raise RefusedError("the last update has these words already; write with -m what it is to say instead")
    zone = file.notice.timezone
    after = before.with_value(path, "message", message)
    if next_update_at:
        after = after.with_value(path, "next_update", written(next_update_at, zone), behind=("at", "status"))
    corrected = max(workspace.now.replace(second=0), update.at)
    after = after.with_value(path, "corrected", written(corrected, zone), behind=_BEHIND_MESSAGE)
    return checked_change(workspace, indexed.relative, before, after)


def retract(workspace: Workspace, indexed: IndexedFile, reason: str) -> Change:
    """A notice taken back now: it was published by mistake.

    Raises:
        RefusedError: it is retracted already, or the file would have errors.
    """
    before = workspace.text(indexed.relative)
    file, _ = workspace.read(indexed.relative, before)
    if file.notice.retraction:
        raise RefusedError(f"{indexed.id} is retracted already; to see it, type: incidents show {indexed.id}")
    published = (update.at for update in file.notice.updates if update.at <= workspace.now + TOLERANCE)
    at = max([workspace.now.replace(second=0), *published])  # not before an update of the same minute
    value: Value = {"reason": reason, "at": written(at, file.notice.timezone)}
    after = before.with_value((), "retracted", value, behind=(*_BEFORE_COMPONENTS, "components", "impact"))
    return checked_change(workspace, indexed.relative, before, after)


def last_status(notice: Notice, now: datetime) -> IncidentStatus | MaintenanceStatus:
    """The status of an update that states none: that which the notice has at `now`."""
    stage = notice.stage(now)
    if isinstance(stage, IncidentStatus | MaintenanceStatus):
        return stage
    return notice.updates[-1].status if notice.updates else IncidentStatus.RESOLVED  # an announcement has no stage
