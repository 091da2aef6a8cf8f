"""Rules about the order of times: start, updates, end, now."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from mkdocs_incidents.model import NoticeKind

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
    ends += [(u.until, file.update_place(n, "until")) for n, u in enumerate(work.updates) if u.until]
    for end, place in ends:
        if end <= work.scheduled_from:
            yield file.error(
                place,
                "ends-before-start",
                f"the work ends before it begins, at {begin}",
                f"write a time after {begin}",
            )
            return  # the beginning may be what is wrong


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


def what_is_resolved_is_not_reopened(file: NoticeFile, incident: Incident, _: datetime) -> Iterator[Problem]:
    """After the end that a file states no update takes a closing one back."""
    stated = incident.stated_resolved_at
    closed = False
    for number, update in enumerate(incident.updates):
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
    start = formatted(incident.started_at, incident.timezone)
    for number, update in enumerate(incident.updates):
        if update.at < incident.started_at:
            yield file.warning(
                file.update_place(number, "at"),
                "update-before-start",
                f"this update is older than the incident, which started at {start}",
                "correct at: or started:",
            )


def incidents_are_not_dated_in_the_future(file: NoticeFile, incident: Incident, now: datetime) -> Iterator[Problem]:
    """The start and the end of an incident are not later than now."""
    zone = incident.timezone
    if incident.started_at > now:
        yield file.warning(
            file.place("started"),
            "in-the-future",
            f"the incident starts at {formatted(incident.started_at, zone)}; it will not be shown before then",
            "correct started:, or write scheduled: with from: and until: if it is planned work",
        )
    elif incident.stated_resolved_at and incident.stated_resolved_at > now:
        end = formatted(incident.stated_resolved_at, zone)
        yield file.warning(
            file.place("resolved"),
            "in-the-future",
            f"the incident is resolved at {end}; it goes on till then",
            "correct resolved:, or delete the line until it is over",
        )


def updates_are_not_dated_in_the_future(file: NoticeFile, notice: Notice, now: datetime) -> Iterator[Problem]:
    """Updates are not later than now; of an incident that starts later its start is reported."""
    if notice.kind is NoticeKind.INCIDENT and notice.begins_at > now:
        return
    for number, update in enumerate(notice.updates):
        if update.at > now:
            yield file.warning(
                file.update_place(number, "at"),
                "in-the-future",
                f"this update is of {formatted(update.at, notice.timezone)}; it will not be shown before then",
                "correct at: if it is to be shown now",
            )


NOTICE_RULES = (updates_stand_in_order, updates_are_not_dated_in_the_future)
INCIDENT_RULES = (
    nothing_is_resolved_before_it_starts,
    what_is_resolved_is_not_reopened,
    updates_follow_the_start,
    incidents_are_not_dated_in_the_future,
)
MAINTENANCE_RULES = (planned_work_ends_after_it_begins,)
ANNOUNCEMENT_RULES = (nothing_is_resolved_before_it_starts,)
