"""When a site that is built now will be out of date, because time alone changes what it publishes.

Ages and figures that grow with every second (how long an incident has lasted, the uptime so far, the days for which a
promise is open) are not considered: pages state the instant of which they are true. All of them follow at midnight.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from mkdocs_incidents.model import Announcement, History, Incident, Maintenance

from .local_time import day_of, day_start
from .promises import promises_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_incidents.model import Catalog, Notice, Update

_NO_TOLERANCE = timedelta()
_ONE_DAY = timedelta(days=1)


class ChangeReason(StrEnum):
    """What time changes on a site, the most telling first: of several at one instant the first is given."""

    PUBLICATION = "publication"
    """The embargo of a notice ends."""
    RETRACTION = "retraction"
    """A notice or an update is retracted."""
    BEGIN = "begin"
    """An incident or an announcement begins."""
    UPDATE = "update"
    """An update has the date of this instant."""
    CORRECTION = "correction"
    """An update has other words from this instant on."""
    END = "end"
    """An incident or an announcement ends."""
    MAINTENANCE_BEGIN = "maintenance_begin"
    MAINTENANCE_END = "maintenance_end"
    """Its planned end: it is completed, or overdue where an update states that it goes on."""
    UPDATE_OVERDUE = "update_overdue"
    """The next update was promised by this instant."""
    POSTMORTEM = "postmortem"
    """The postmortem is published."""
    PROMISE = "promise"
    """An action item is overdue, or kept, from this day on; days begin in the zone of the notice."""
    MIDNIGHT = "midnight"
    """A day begins in the zone of the catalogue: bars, uptime, months, components that come or go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageChange:
    """An instant from which a site that was built before is out of date."""

    at: datetime
    """UTC."""
    reason: ChangeReason
    notice: Notice | None = None
    """The notice that changes; None at midnight."""


def page_changes(history: History, now: datetime) -> tuple[PageChange, ...]:
    """The changes later than `now`, soonest first; of midnights only the next one, so that there is always one.

    `history` is what was loaded, with what has an embargo. Each change is that of a build at its instant: one that runs
    less than `model.TOLERANCE` earlier may have it already (`History.published_by`).
    """
    zone = history.catalog.timezone
    midnight = day_start(day_of(now, zone) + _ONE_DAY, zone)
    found = [change for notice in history.notices for change in _changes_of(notice, history.catalog, now)]
    found.append(PageChange(at=midnight, reason=ChangeReason.MIDNIGHT))
    order = list(ChangeReason)
    return tuple(sorted(found, key=lambda c: (c.at, order.index(c.reason), c.notice.id if c.notice else "")))


def _changes_of(notice: Notice, catalog: Catalog, now: datetime) -> Iterator[PageChange]:
    """The instants after `now` at which what is public of a notice becomes something else."""
    stated: dict[datetime, ChangeReason] = {}
    order = list(ChangeReason)
    for at, reason in _stated_instants(notice):
        if at > now:
            stated[at] = min(reason, stated.get(at, reason), key=order.index)
    for at, reason in stated.items():
        before = at - timedelta.resolution
        if _public_facts(notice, catalog, before) != _public_facts(notice, catalog, at):
            yield PageChange(at=at, reason=reason, notice=notice)


def _public_facts(notice: Notice, catalog: Catalog, now: datetime) -> tuple[object, ...]:
    """What a build at `now` publishes of a notice, without ages; empty while it is not public.

    States of components, publications and dates of changes follow from what is here.
    """
    public = History(catalog=catalog, notices=(notice,)).published_by(now, _NO_TOLERANCE).notices
    if not public:
        return ()
    (known,) = public
    over, last = known.is_over(now), known.standing_updates[-1:]
    promised = last[0].next_update_at if last and not over else None
    return (
        known,
        known.stage(now),
        over,
        known.interval(now) is not None,
        known.begins_at <= now and not over,
        known.schedule is not None and not over and known.schedule.end <= now,
        promised is not None and promised <= now,
        [promise.state for promise in promises_of(known, now)],
    )


def _stated_instants(notice: Notice) -> Iterator[tuple[datetime, ChangeReason]]:
    """Every instant at which anything of a notice may change. All others are computed of these."""
    if notice.publish_at:
        yield notice.publish_at, ChangeReason.PUBLICATION
    if notice.retracted_at:
        yield notice.retracted_at, ChangeReason.RETRACTION
    if isinstance(notice, Maintenance):
        yield notice.scheduled_from, ChangeReason.MAINTENANCE_BEGIN
        yield notice.scheduled_until, ChangeReason.MAINTENANCE_END
    if isinstance(notice, Incident | Announcement):
        yield notice.started_at, ChangeReason.BEGIN
        if notice.stated_resolved_at:
            yield notice.stated_resolved_at, ChangeReason.END
    for update in notice.updates:
        yield from _instants_of_update(update)
    yield from _instants_of_postmortem(notice)


def _instants_of_update(update: Update) -> Iterator[tuple[datetime, ChangeReason]]:
    yield update.at, ChangeReason.UPDATE
    if update.retracted_at:
        yield update.retracted_at, ChangeReason.RETRACTION
    if update.corrected_at:
        yield update.corrected_at, ChangeReason.CORRECTION
    if update.until:
        yield update.until, ChangeReason.MAINTENANCE_END
    if update.next_update_at:
        yield update.next_update_at, ChangeReason.UPDATE_OVERDUE


def _instants_of_postmortem(notice: Notice) -> Iterator[tuple[datetime, ChangeReason]]:
    if notice.postmortem is None:
        return
    if notice.postmortem_published_at:
        yield notice.postmortem_published_at, ChangeReason.POSTMORTEM
    for item in notice.postmortem.action_items:
        overdue_on = item.due + _ONE_DAY if item.due else None
        for day in (overdue_on, item.done_at):
            if day:
                yield day_start(day, notice.timezone), ChangeReason.PROMISE
