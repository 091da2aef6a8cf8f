"""Rules about what was retracted: when, and what still follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_incidents.model import TOLERANCE

from ..format.instants import formatted
from ..suggestions import nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mkdocs_incidents.model import Notice, Retraction

    from ..incident_file import NoticeFile
    from ..problems import Problem


def nothing_is_retracted_before_it_is_published(file: NoticeFile, notice: Notice, _: datetime) -> Iterator[Problem]:
    """A notice is retracted after its first publication, an update after its own."""
    if _is_too_early(notice):
        yield _too_early(file, notice, notice.published_at, ("retracted", "at"))
    for number, update in enumerate(notice.updates):
        if update.retraction and update.retraction.at and update.retraction.at < update.at:
            yield _too_early(file, notice, update.at, ("updates", file.order[number], "retracted", "at"))


def nothing_follows_a_retraction(file: NoticeFile, notice: Notice, _: datetime) -> Iterator[Problem]:
    """No update is later than the retraction of its notice."""
    retracted_at = notice.retracted_at
    if retracted_at is None or _is_too_early(notice):
        return
    for number, update in enumerate(notice.updates):
        if update.at > retracted_at:
            yield file.error(
                file.update_place(number, "at"),
                "update-after-retraction",
                f"this update is later than the retraction, of {formatted(retracted_at, notice.timezone)}",
                "write below retracted: at: with a time after this update; or delete the update if it is not published",
            )


def retractions_state_their_time(file: NoticeFile, notice: Notice, _: datetime) -> Iterator[Problem]:
    """A retraction states its time, unless an update states it."""
    if notice.retraction and notice.retraction.at is None and not (notice.updates and notice.updates[-1].status.closes):
        yield _undated(file, ("retracted",), "the last update" if notice.updates else "the beginning")
    for number, update in enumerate(notice.updates):
        if update.retraction and update.retraction.at is None:
            yield _undated(file, ("updates", file.order[number], "retracted"), "the update itself")


def retractions_are_not_dated_in_the_future(file: NoticeFile, notice: Notice, now: datetime) -> Iterator[Problem]:
    """Nothing is retracted later than now: until then it would count."""
    if notice.retraction:
        yield from _in_the_future(file, notice, notice.retraction, ("retracted", "at"), now)
    for number, update in enumerate(notice.updates):
        if update.retraction:
            path = ("updates", file.order[number], "retracted", "at")
            yield from _in_the_future(file, notice, update.retraction, path, now)


def updates_come_from_merged_notices(file: NoticeFile, notice: Notice, _: datetime) -> Iterator[Problem]:
    """An update that was published elsewhere names one of the notices that were merged into this one."""
    for number, update in enumerate(notice.updates):
        if update.merged_from and update.merged_from not in notice.merged:
            near = nearest(update.merged_from, notice.merged)
            listed = ", ".join([*notice.merged, update.merged_from])
            yield file.error(
                file.update_place(number, "merged_from"),
                "not-merged",
                f"{quoted(update.merged_from)} is not in merged:",
                f"write {near}" if near else f"add at the top of the file the line merged: [{listed}]",
            )


def _is_too_early(notice: Notice) -> bool:
    """Whether it is retracted before its publication, if the file states that: planned work need not."""
    if notice.schedule and not notice.updates and notice.publish_at is None:
        return False
    at = notice.retraction.at if notice.retraction else None
    return at is not None and at < notice.published_at


def _too_early(file: NoticeFile, notice: Notice, first: datetime, path: tuple[int | str, ...]) -> Problem:
    published = formatted(first, notice.timezone)
    return file.error(
        file.place(*path),
        "retracted-too-early",
        f"this is retracted before it was published, at {published}",
        f"write a time after {published}",
    )


def _in_the_future(
    file: NoticeFile, notice: Notice, retraction: Retraction, path: tuple[int | str, ...], now: datetime
) -> Iterator[Problem]:
    if retraction.at and retraction.at > now + TOLERANCE:
        yield file.warning(
            file.place(*path),
            "in-the-future",
            f"this is retracted later than now; it counts until {formatted(retraction.at, notice.timezone)}",
            "correct at: if it is to be retracted now",
        )


def _undated(file: NoticeFile, path: tuple[int | str, ...], shown_as_of: str) -> Problem:
    return file.reminder(
        file.place(*path),
        "retraction-undated",
        f"nothing says when this was retracted, so it is shown as of {shown_as_of}",
        "write it as retracted: {reason: …, at: YYYY-MM-DD HH:MM}",
    )


NOTICE_RULES = (
    nothing_is_retracted_before_it_is_published,
    nothing_follows_a_retraction,
    retractions_state_their_time,
    retractions_are_not_dated_in_the_future,
    updates_come_from_merged_notices,
)
