"""Rules about facts that a file states twice: its name, its title and its text agree with its times."""

from __future__ import annotations

from datetime import UTC, timedelta
from itertools import pairwise
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ..model import Incident
from .instants import told
from .source import START, Place
from .spelling import quoted
from .stated_facts import day_in_name, day_in_title, stated_days, stated_lengths, stated_shares

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from .incident_file import NoticeFile
    from .problems import Problem
    from .stated_facts import Share

_WHAT_TO_DO = "correct what is wrong; if both are right, say in the text why they differ"


def days_agree(file: NoticeFile, _: datetime) -> Iterator[Problem]:
    """The day in the file's name, in the title and in the text is one on which the incident went on."""
    notice = file.notice
    if not isinstance(notice, Incident):
        return
    ended = notice.ended_at
    first = min(notice.begins_at.astimezone(zone).date() for zone in (notice.timezone, UTC))
    last = max(ended.astimezone(zone).date() for zone in (notice.timezone, UTC)) if ended else None
    line = file.place("started").line
    start = f"line {line} says that it started at {told(notice.begins_at, notice.timezone)}"

    def differs(day: date | None) -> bool:
        return day is not None and (day < first or (last is not None and day > last))

    name = day_in_name(PurePosixPath(notice.source).stem)
    if differs(name):
        yield file.warning(
            START,
            "day-differs",
            f"the name of the file says {name}, but {start}",
            "correct started:; or rename the file, unless it was published: its name is its address",
        )
    if differs(titled := day_in_title(notice.title)):
        yield file.warning(
            file.place("title"), "day-differs", f"the title says {titled}, but {start}", "correct the title or started:"
        )
    for stated in stated_days(file.body):
        if differs(stated.day):
            yield file.warning(
                Place(stated.line, 1),
                "day-differs",
                f"the text says {quoted(stated.quote)}, but {start}",
                "correct the text or started:",
            )


def lengths_agree(file: NoticeFile, _: datetime) -> Iterator[Problem]:
    """What the text says of how long it lasted is what lies between start and end."""
    notice = file.notice
    if not isinstance(notice, Incident) or notice.ended_at is None:
        return
    if any(one.status.closes and not other.status.closes for one, other in pairwise(notice.updates)):
        return  # it was reopened: which of its parts is meant?
    real = notice.ended_at - notice.begins_at
    span = f"{told(notice.begins_at, notice.timezone)} to {told(notice.ended_at, notice.timezone)}"
    for stated in stated_lengths(file.body):
        if abs(stated.time - real) > stated.open:
            yield file.warning(
                Place(stated.line, 1),
                "duration-differs",
                f"the text says {quoted(stated.quote)}, but from start (line {file.place('started').line}) to end, "
                f"{span}, it is {real // timedelta(minutes=1)} minutes",
                _WHAT_TO_DO,
            )


def shares_agree(file: NoticeFile, _: datetime) -> Iterator[Problem]:
    """The text gives one share of users or of traffic as affected, not two."""
    first: dict[str, Share] = {}
    for share in stated_shares(file.body):
        before = first.setdefault(share.whom, share)
        if before.percent != share.percent:
            yield file.warning(
                Place(share.line, 1),
                "percentage-differs",
                f"here the text says {quoted(share.quote)}, in line {before.line} {quoted(before.quote)}",
                _WHAT_TO_DO,
            )


RULES = (days_agree, lengths_agree, shares_agree)
