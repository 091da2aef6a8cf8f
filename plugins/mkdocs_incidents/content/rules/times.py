"""Rules about the order of times: start, updates, end, now."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from mkdocs_incidents.model import Announcement, Incident, Maintenance

from ..format.instants import formatted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ..incident_file import NoticeFile
    from ..problems import Problem


def nothing_ends_before_it_starts(file: NoticeFile, _: datetime) -> Iterator[Problem]:
    """An incident is not resolved before it started, planned work does not end before it begins."""
    notice = file.notice
    if isinstance(notice, Maintenance):
        begin = formatted(notice.scheduled_from, notice.timezone)
        ends = [(notice.scheduled_until, file.place("scheduled", "until"))]
        ends += [(u.until, file.update_place(n, "until")) for n, u in enumerate(notice.updates) if u.until]
        for end, place in ends:
            if end <= notice.scheduled_from:
                yield file.error(
                    place,
                    "ends-before-start",
                    f"the work ends before it begins, at {begin}",
                    f"write a time after {begin}",
                )
        return
    stated = notice.stated_resolved_at if isinstance(notice, (Incident, Announcement)) else None
    if stated and stated < notice.begins_at:
        start = formatted(notice.begins_at, notice.timezone)
        yield file.error(
            file.place("resolved"),
            "ends-before-start",
            f"it is resolved before it started, at {start}",
            f"write a time after {start}, or correct started:",
        )


def what_is_resolved_is_not_reopened(file: NoticeFile, _: datetime) -> Iterator[Problem]:
    """After the end that a file states no update takes a closing one back."""
    notice = file.notice
    stated = notice.stated_resolved_at if isinstance(notice, Incident) else None
    closed = False
    for number, update in enumerate(notice.updates):
        closed = closed or update.status.closes
        if stated and stated < update.at and closed and not update.status.closes:
            yield file.error(
                file.update_place(number, "status"),
                "update-after-end",
                f"'{update.status}' opens the incident again, but resolved: says it ended at "
                f"{formatted(stated, notice.timezone)}",
                "write behind resolved: when it ended for good; if it has not, delete that line",
            )


def updates_stand_in_order(file: NoticeFile, _: datetime) -> Iterator[Problem]:
    """Updates stand in the file in the order of their times, oldest first."""
    written = {number: file.notice.updates[position].at for position, number in enumerate(file.order)}
    for before, number in pairwise(sorted(written)):
        if written[number] < written[before]:
            before_at = formatted(written[before], file.notice.timezone)
            yield file.warning(
                file.place("updates", number, "at"),
                "updates-out-of-order",
                f"this update is older than the one above it, of {before_at}",
                "put the oldest first; the pages show them in order of time",
            )
            return


def updates_follow_the_start(file: NoticeFile, _: datetime) -> Iterator[Problem]:
    """No update is older than the incident."""
    notice = file.notice
    if not isinstance(notice, Incident):
        return
    start = formatted(notice.started_at, notice.timezone)
    for number, update in enumerate(notice.updates):
        if update.at < notice.started_at:
            yield file.warning(
                file.update_place(number, "at"),
                "update-before-start",
                f"this update is older than the incident, which started at {start}",
                "correct at: or started:",
            )


def nothing_is_dated_in_the_future(file: NoticeFile, now: datetime) -> Iterator[Problem]:
    """Incidents, their updates and their end are not later than now."""
    notice = file.notice
    if isinstance(notice, Incident) and notice.started_at > now:
        yield file.warning(
            file.place("started"),
            "in-the-future",
            f"the incident starts at {formatted(notice.started_at, notice.timezone)}; it will not be shown before then",
            "correct started:, or write scheduled: with from: and until: if it is planned work",
        )
        return  # its updates are later still
    for number, update in enumerate(notice.updates):
        if update.at > now:
            yield file.warning(
                file.update_place(number, "at"),
                "in-the-future",
                f"this update is of {formatted(update.at, notice.timezone)}; it will not be shown before then",
                "correct at: if it is to be shown now",
            )
    if isinstance(notice, Incident) and notice.stated_resolved_at and notice.stated_resolved_at > now:
        end = formatted(notice.stated_resolved_at, notice.timezone)
        yield file.warning(
            file.place("resolved"),
            "in-the-future",
            f"the incident is resolved at {end}; it goes on till then",
            "correct resolved:, or delete the line until it is over",
        )


TIME_RULES = (
    nothing_ends_before_it_starts,
    what_is_resolved_is_not_reopened,
    updates_stand_in_order,
    updates_follow_the_start,
    nothing_is_dated_in_the_future,
)
