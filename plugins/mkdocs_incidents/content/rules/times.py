"""Rules about the order of times: start, updates, end, now."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from mkdocs_incidents.model import TOLERANCE, MaintenanceStatus, NoticeKind

from ..format.instants import formatted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mkdocs_incidents.model import Announcement, Incident, Maintenance, Notice

    from ..incident_file import NoticeFile
    from ..problems import Problem


def planned_work_ends_after_it_begins(file: NoticeFile, work: Maintenance, _: datetime) -> Iterator[Problem]:
    """Planned work does not end before it begins."""
    begin = formatted(work.scheduled_from, work.timezone)
    ends = [(work.scheduled_until, file.place("scheduled", "until"))]
    moving = work.moving_updates
    ends += [(u.until, file.update_place(n, "until")) for n, u in enumerate(work.updates) if u in moving and u.until]
    for end, place in ends:
        if end <= work.scheduled_from:
            yield file.error(
                place,
                "ends-before-start",
                f"the work ends before it begins, at {begin}",
                f"write a time after {begin}",
            )
            return  # the beginning may be what is wrong


def work_that_is_announced_lies_ahead(file: NoticeFile, work: Maintenance, _: datetime) -> Iterator[Problem]:
    """Work whose last update announces it had not begun by its plan then."""
    last = work.updates[-1] if work.updates else None
    if last is None or last.status is not MaintenanceStatus.SCHEDULED or last.at <= work.scheduled_from:
        return
    begin = formatted(work.scheduled_from, work.timezone)
    place = file.update_place(len(work.updates) - 1, "status")
    if work.overtaken:
        yield file.error(
            place,
            "plan-not-moved",
            f"this update puts the work off, but scheduled: still has the begin before it, {begin}",
            "write the new plan behind scheduled:, from: and until:; write completed here if there is none",
        )
    elif last.until is None:
        yield file.warning(
            place,
            "announced-after-begin",
            f"this update says that the work is to begin, but by scheduled: it began at {begin}",
            "write the new plan behind scheduled: if the work was put off; write in_progress here if it has begun",
        )


def nothing_is_resolved_before_it_starts(
    file: NoticeFile, notice: Incident | Announcement, _: datetime
) -> Iterator[Problem]:
    """An incident is not resolved, nor an announcement ended, before it started."""
    stated = notice.stated_resolved_at
    if stated and stated < notice.begins_at:
        start = formatted(notice.begins_at, notice.timezone)
        yield file.error(
            file.place("resolved"),
            "ends-before-start",
            f"it is resolved before it started, at {start}",
            f"write a time after {start}, or correct started:",
        )


def an_incident_lasts_some_time(file: NoticeFile, incident: Incident, _: datetime) -> Iterator[Problem]:
    """An incident is not resolved at the very time at which it started."""
    if incident.resolved_at != incident.started_at:
        return
    start = incident.started_at
    closing = [n for n, update in enumerate(incident.updates) if update.status.closes and update.at == start]
    if incident.stated_resolved_at:
        place, key = file.place("resolved"), "resolved:"
    elif closing:
        place, key = file.update_place(closing[0], "at"), "at:"
    else:
        return  # the closing update is older than the start, which is reported
    yield file.warning(
        place,
        "resolved-at-start",
        f"it is resolved at the time at which it started, {formatted(start, incident.timezone)}",
        f"correct {key} or started:; if it lasted less than a minute, add a line accepted: [resolved-at-start]",
    )


def what_is_resolved_is_not_reopened(file: NoticeFile, incident: Incident, _: datetime) -> Iterator[Problem]:
    """After the end that a file states no update takes a closing one back."""
    stated = incident.stated_resolved_at
    closed = False
    for number, update in enumerate(incident.updates):
        if update.retraction:
            continue
        closed = closed or update.status.closes
        if stated and stated < update.at and closed and not update.status.closes:
            yield file.error(
                file.update_place(number, "status"),
                "update-after-end",
                f"'{update.status}' opens the incident again, but resolved: says it ended at "
                f"{formatted(stated, incident.timezone)}",
                "write behind resolved: when it ended for good; if it has not, delete that line",
            )


def updates_stand_in_order(file: NoticeFile, notice: Notice, _: datetime) -> Iterator[Problem]:
    """Updates stand in the file in the order of their times, oldest first."""
    written = {number: notice.updates[position].at for position, number in enumerate(file.order)}
    for before, number in pairwise(sorted(written)):
        if written[number] < written[before]:
            before_at = formatted(written[before], notice.timezone)
            yield file.warning(
                file.place("updates", number, "at"),
                "updates-out-of-order",
                f"this update is older than the one above it, of {before_at}",
                "put the oldest first; the pages show them in order of time",
            )
            return


def updates_follow_the_start(file: NoticeFile, incident: Incident, _: datetime) -> Iterator[Problem]:
    """No update is older than the incident."""
    for number, update in enumerate(incident.updates):
        if update.at < incident.started_at:
            start = formatted(incident.started_at, incident.timezone)
            yield file.warning(
                file.update_place(number, "at"),
                "update-before-start",
                f"this update is older than the incident, which started at {start}",
                "correct at: or started:",
            )


def incidents_are_not_dated_in_the_future(file: NoticeFile, incident: Incident, now: datetime) -> Iterator[Problem]:
    """The start and the end of an incident are not later than now."""
    zone = incident.timezone
    latest = now + TOLERANCE
    if incident.started_at > latest:
        yield file.warning(
            file.place("started"),
            "in-the-future",
            f"the incident starts later than now; it is held back until {formatted(incident.started_at, zone)}",
            "correct started:, or write scheduled: with from: and until: if it is planned work",
        )
    elif incident.stated_resolved_at and incident.stated_resolved_at > latest:
        end = formatted(incident.stated_resolved_at, zone)
        yield file.warning(
            file.place("resolved"),
            "in-the-future",
            f"the incident is resolved later than now; it is shown as open until {end}",
            "correct resolved:, or delete the line until it is over",
        )


def updates_are_not_dated_in_the_future(file: NoticeFile, notice: Notice, now: datetime) -> Iterator[Problem]:
    """Updates are not later than now; of an incident that starts later its start is reported."""
    if notice.kind is NoticeKind.INCIDENT and notice.begins_at > now + TOLERANCE:
        return
    for number, update in enumerate(notice.updates):
        if update.at > now + TOLERANCE:
            yield file.warning(
                file.update_place(number, "at"),
                "in-the-future",
                f"this update is dated later than now; it is held back until {formatted(update.at, notice.timezone)}",
                "correct at: if it is to be shown now",
            )
        elif update.corrected_at and update.corrected_at > now + TOLERANCE:
            yield file.warning(
                file.update_place(number, "corrected"),
                "in-the-future",
                f"it was corrected at {formatted(update.corrected_at, notice.timezone)}, which is still to come",
                "correct the time",
            )


def what_is_backfilled_is_over(file: NoticeFile, notice: Notice, now: datetime) -> Iterator[Problem]:
    """A backfilled notice has ended: of one that has not subscribers have to be told.

    Of an incident that is dated in the future its start or its end is reported.
    """
    to_come = notice.begins_at > now and notice.kind is not NoticeKind.INCIDENT
    if notice.backfilled and (to_come or not notice.is_over(now)):
        yield file.error(
            file.key_place("backfilled"),
            "backfilled-open",
            "this is marked as backfilled, but it is not over: subscribers would never be told of it",
            "delete the line; it is for what was over before it was added",
        )


def what_is_backfilled_is_public(file: NoticeFile, notice: Notice, now: datetime) -> Iterator[Problem]:
    """A backfilled notice is not published later than now."""
    if notice.backfilled and notice.publish_at and notice.publish_at > now:
        yield file.warning(
            file.place("publish"),
            "backfilled-later",
            f"this is not shown before {formatted(notice.publish_at, notice.timezone)}, and as it is marked as "
            "backfilled, subscribers will not be told of it then",
            "delete the line backfilled: true if they are to be told, or the line publish: to show it now",
        )


def what_is_backfilled_was_over_when_it_was_added(file: NoticeFile, notice: Notice, _: datetime) -> Iterator[Problem]:
    """A backfilled notice was published after its end, or on the day of that."""
    ended_at, publish_at = notice.ended_at or notice.begins_at, notice.publish_at
    if not notice.backfilled or publish_at is None or publish_at >= ended_at:
        return
    if notice.publish_on != ended_at.astimezone(notice.timezone).date():
        yield file.warning(
            file.place("publish"),
            "backfilled-early",
            f"this says that it was added before it was over, at {formatted(ended_at, notice.timezone)}",
            "write when it was added to the history, or delete the line",
        )


NOTICE_RULES = (
    updates_stand_in_order,
    updates_are_not_dated_in_the_future,
    what_is_backfilled_is_over,
    what_is_backfilled_is_public,
    what_is_backfilled_was_over_when_it_was_added,
)
INCIDENT_RULES = (
    nothing_is_resolved_before_it_starts,
    an_incident_lasts_some_time,
    what_is_resolved_is_not_reopened,
    updates_follow_the_start,
    incidents_are_not_dated_in_the_future,
)
MAINTENANCE_RULES = (planned_work_ends_after_it_begins, work_that_is_announced_lies_ahead)
ANNOUNCEMENT_RULES = (nothing_is_resolved_before_it_starts,)
