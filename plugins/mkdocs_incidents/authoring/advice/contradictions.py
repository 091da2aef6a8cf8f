"""Advice about facts that a file states twice: its name, its title and its text agree with its times."""

from __future__ import annotations

import re
from datetime import UTC, timedelta
from itertools import pairwise
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from mkdocs_incidents.content.format.instants import formatted
from mkdocs_incidents.content.source import START, Place
from mkdocs_incidents.content.suggestions import quoted
from mkdocs_incidents.model import MaintenanceStatus, TurningPoint

from ..prose.durations import duration_of_all
from ..prose.sentences import sentences_in
from ..prose.shares import shares_of_all
from ..prose.stated_facts import day_in_name, days_in_title, stated_days, stated_edges, wrong_weekdays
from ..prose.zones import clocks_meant

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from mkdocs_incidents.content.incident_file import NoticeFile
    from mkdocs_incidents.content.problems import Problem
    from mkdocs_incidents.model import Incident, Notice

    from ..prose.shares import StatedShare
    from ..prose.stated_facts import PlacedSentence, StatedEdge

_WHAT_TO_DO = "correct what is wrong; if both are right, say in the text why they differ, and add {accepted}"
_SLACK = 2
"""Minutes by which a sentence may differ: it rounds."""
_FAR = timedelta(minutes=5)
_ITS_BEGINNING = re.compile(r"\b(?:outage|incident|impact|downtime|disruption)\b", re.IGNORECASE)
"""An entry that names the outage is about all of it; others may be about a part that failed earlier or later."""


def _what_to_do(file: NoticeFile, code: str) -> str:
    accepted = f"{code} to the list accepted:" if file.keys.accepted else f"accepted: [{code}]"
    return _WHAT_TO_DO.format(accepted=accepted)


def days_agree(file: NoticeFile, notice: Incident, account: Sequence[PlacedSentence]) -> Iterator[Problem]:
    """The day in the file's name, in the title and in the text is one on which the incident went on."""
    ended = notice.ended_at
    first = min(notice.begins_at.astimezone(zone).date() for zone in (notice.timezone, UTC))
    last = max(ended.astimezone(zone).date() for zone in (notice.timezone, UTC)) if ended else None
    line = file.place("started").line
    start = f"line {line} says that it started at {formatted(notice.begins_at, notice.timezone)}"

    def differs(day: date | None) -> bool:
        return day is not None and (day < first or (last is not None and day > last))

    name = day_in_name(PurePosixPath(notice.source).stem)
    if differs(name):
        yield file.advice(
            START,
            "day-differs",
            f"the name of the file says {name}, but {start}",
            "correct started:; or rename the file, unless it was published: its name is its address",
        )
    titled = [*days_in_title(notice.title, first)]
    if titled and all(map(differs, titled)):
        yield file.advice(
            file.place("title"),
            "day-differs",
            f"the title says {titled[0]}, but {start}",
            "correct the title or started:",
        )
    for stated in stated_days(file.body, account, first):
        if differs(stated.day):
            yield file.advice(
                Place(stated.line, 1),
                "day-differs",
                f"the text says {quoted(stated.quote)}, but {start}",
                "correct the text or started:",
            )


def the_plan_is_the_announced_one(file: NoticeFile, account: Sequence[PlacedSentence]) -> Iterator[Problem]:
    """Of the days that the last announcement of planned work names, one is a day of the plan."""
    del account  # only announcements bind
    notice = file.notice
    last = [(n, update) for n, update in enumerate(notice.updates) if update.status is MaintenanceStatus.SCHEDULED][-1:]
    if not last or notice.schedule is None or notice.withdrawal:
        return
    zones = (notice.timezone, UTC)
    first = min(notice.schedule.start.astimezone(zone).date() for zone in zones)
    final = max(notice.schedule.end.astimezone(zone).date() for zone in zones)
    ((number, update),) = last
    named = [*days_in_title(" ".join(update.message.split()), first)]
    if named and not any(first <= day <= final for day in named):
        planned = f"the plan begins at {formatted(notice.schedule.start, notice.timezone)}"
        yield file.advice(
            file.update_place(number, "message"),
            "day-differs",
            f"the last announcement says {named[0]}, but {planned}",
            "if it was moved, add an update with status: scheduled that says so; else correct scheduled:",
        )


def weekdays_are_right(file: NoticeFile, account: Sequence[PlacedSentence]) -> Iterator[Problem]:
    """A day of the calendar is the day of the week it is called."""
    passages = [(file.place("title"), file.notice.title)]
    passages += [(Place(line, 1), sentence) for line, sentence in account]
    passages += [(file.update_place(n, "message"), update.message) for n, update in enumerate(file.notice.updates)]
    for place, text in passages:
        for quote, right in wrong_weekdays(" ".join(text.split())):
            yield file.advice(
                place, "weekday-differs", f"{quoted(quote)} is a {right}", "correct the weekday, or the day"
            )


def edges_agree(file: NoticeFile, notice: Incident, account: Sequence[PlacedSentence]) -> Iterator[Problem]:
    """The text gives the beginning and the end of the facts."""
    if _reopened(notice):
        return
    edges = list(stated_edges(account))
    of_a_part = all(_lies_between(edge, notice) for edge in edges if edge.of_span)
    for stated in edges:
        at = notice.begins_at if stated.begins else notice.ended_at
        if at is None or not _differs(stated, at, notice.timezone):
            continue
        if not stated.begins and _is_a_turn(stated, notice):
            continue  # the worst may be over before all is well
        if stated.of_span and of_a_part:
            continue
        key = "started" if stated.begins or notice.stated_resolved_at is None else "resolved"
        word = "started" if stated.begins else "ended"
        yield file.advice(
            Place(stated.line, 1),
            "time-differs",
            f"the text says {quoted(stated.quote)}, but line {file.place(key).line} says that it {word} at "
            f"{formatted(at, notice.timezone)}",
            f"correct the text or {key}:",
        )


def _differs(stated: StatedEdge, at: datetime, zone: ZoneInfo) -> bool:
    """Whether a stated time of day is surely another than that of the instant `at`."""
    mention = stated.mention
    clock = mention.clock
    where = clocks_meant(mention.zone, zone, at.year) if mention.zone else zone
    if clock is None or where is None:
        return False
    shown = at.astimezone(where)
    return clock.apart(shown.hour * 60 + shown.minute) > _SLACK


def _lies_between(stated: StatedEdge, notice: Incident) -> bool:
    """Whether a stated time of day is surely none of the two ends, but lies between them."""
    clock, end, zone = stated.mention.clock, notice.ended_at, notice.timezone
    where = clocks_meant(stated.mention.zone, zone, notice.begins_at.year) if stated.mention.zone else zone
    if clock is None or where is None or end is None or clock.either_half:
        return False
    start = notice.begins_at.astimezone(where)
    since = timedelta(minutes=(clock.minutes - start.hour * 60 - start.minute) % (24 * 60))
    slack = timedelta(minutes=_SLACK)
    return slack < since < end - notice.begins_at - slack


def _is_a_turn(stated: StatedEdge, notice: Incident) -> bool:
    """Whether an update or an entry stands at the end that a sentence gives, before the end of the facts."""
    end = notice.ended_at
    turns = [update.at for update in notice.updates if update.components or update.status.closes]
    turns += [entry.at for entry in notice.postmortem.timeline] if notice.postmortem else []
    return any(at < end and not _differs(stated, at, notice.timezone) for at in turns) if end else False


def turning_points_agree(file: NoticeFile, notice: Incident, _: Sequence[PlacedSentence]) -> Iterator[Problem]:
    """In the timeline the impact begins at `started`, and does not end before `resolved`."""
    if not notice.postmortem or _reopened(notice):
        return
    entry_at_start = any(abs(entry.at - notice.begins_at) <= _FAR for entry in notice.postmortem.timeline)
    for entry in notice.postmortem.timeline:
        ended = notice.ended_at
        begins = entry.kind is TurningPoint.IMPACT_BEGINS and _ITS_BEGINNING.search(entry.text) and not entry_at_start
        if begins and abs(entry.at - notice.begins_at) > _FAR:
            key, at, word = "started", notice.begins_at, "started"
        elif entry.kind is TurningPoint.RESOLVED and ended and ended - entry.at > _FAR:
            key, at, word = ("resolved" if notice.stated_resolved_at else "started"), ended, "ended"
        else:
            continue
        yield file.advice(
            Place(entry.line, 1),
            "timeline-differs",
            f"the timeline has {quoted(entry.text)} at {formatted(entry.at, notice.timezone)}, but by line "
            f"{file.place(key).line} it {word} at {formatted(at, notice.timezone)}",
            "correct the time that is wrong; or, if the entry tells something else, write {kind: none} behind it",
        )


def _reopened(notice: Notice) -> bool:
    """Whether it was closed and opened again, so that a sentence may describe one of its parts."""
    return any(before.status.closes and not after.status.closes for before, after in pairwise(notice.updates))


def lengths_agree(file: NoticeFile, notice: Incident, account: Sequence[PlacedSentence]) -> Iterator[Problem]:
    """The duration in the text is the time between start and end."""
    if notice.ended_at is None or _reopened(notice):
        return
    real = notice.ended_at - notice.begins_at
    span = f"{formatted(notice.begins_at, notice.timezone)} to {formatted(notice.ended_at, notice.timezone)}"
    for line, sentence in account:
        stated = duration_of_all(sentence)
        if stated and not stated.shortest <= real <= stated.longest:
            yield file.advice(
                Place(line, 1),
                "duration-differs",
                f"the text says {quoted(stated.quote)}, but from start (line {file.place('started').line}) to end, "
                f"{span}, it is {real // timedelta(minutes=1)} minutes",
                _what_to_do(file, "duration-differs"),
            )


def shares_agree(file: NoticeFile, account: Sequence[PlacedSentence]) -> Iterator[Problem]:
    """The text gives one share of users or of traffic as affected, not two; it is the one of the last update."""
    public = {share.whom: share for share in _shares_in_public(file)}
    first: dict[str, StatedShare] = {}
    for share in shares_of_all(account):
        published = public.get(share.whom)
        before = first.setdefault(share.whom, share)
        if before is share and published and abs(published.percent - share.percent) > share.percent / 4:
            before = published
        if before.percent != share.percent:
            yield file.advice(
                Place(share.line, 1),
                "percentage-differs",
                f"here the text says {quoted(share.quote)}, in line {before.line} {quoted(before.quote)}",
                _what_to_do(file, "percentage-differs"),
            )


def _shares_in_public(file: NoticeFile) -> Iterator[StatedShare]:
    """The shares that the updates give as affected, in their order."""
    for number, update in enumerate(file.notice.updates):
        line = file.update_place(number, "message").line
        yield from shares_of_all([(line, sentence) for _, sentence in sentences_in(update.message)])


RULES = (weekdays_are_right, the_plan_is_the_announced_one, shares_agree)
INCIDENT_RULES = (days_agree, edges_agree, turning_points_agree, lengths_agree)
