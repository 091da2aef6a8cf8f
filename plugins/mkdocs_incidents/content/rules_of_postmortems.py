"""Rules about the explanation that is given afterwards."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from ..model import Impact, Incident
from .contradictions import contradictions
from .instants import told
from .source import Place
from .spelling import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from .incident_file import NoticeFile
    from .problems import Problem

_SORRY = re.compile(r"(?i:\bapolog(?:y|ies|i[sz]e)|\bsorry\b)")
_SERIOUS = {Impact.MAJOR, Impact.CRITICAL}


def serious_incidents_are_apologised_for(file: NoticeFile, _: datetime) -> Iterator[Problem]:
    """A published postmortem of a major or critical incident has an apology."""
    notice = file.notice
    postmortem = notice.postmortem
    if not isinstance(notice, Incident) or notice.impact not in _SERIOUS or not postmortem:
        return
    if postmortem.published_at is None or file.body.empty or (postmortem.apology or "").strip():
        return
    elsewhere = any(_SORRY.search(part.markdown) for part in file.body.parts)
    yield file.warning(
        file.key_place("postmortem"),
        "no-apology",
        "the apology has no heading of its own"
        if elsewhere
        else f"nobody apologises for this {notice.impact} incident",
        "put it below a heading ## Apology" if elsewhere else "add a heading ## Apology and what you tell your users",
    )


def timelines_go_forward(file: NoticeFile, _: datetime) -> Iterator[Problem]:
    """The entries of a timeline stand in the order of their times."""
    postmortem = file.notice.postmortem
    for before, entry in pairwise(postmortem.timeline if postmortem else ()):
        if entry.at < before.at:
            zone = file.notice.timezone
            yield file.warning(
                Place(entry.line, 1),
                "timeline-out-of-order",
                f"{told(entry.at, zone)} comes after {told(before.at, zone)} in the timeline",
                "put the entries in order, or correct the time",
            )


def postmortems_come_afterwards(file: NoticeFile, now: datetime) -> Iterator[Problem]:
    """A postmortem is not published before the incident is over, and it has a text."""
    notice = file.notice
    stated = file.keys.postmortem.published if file.keys.postmortem else None
    if stated is None:
        return
    place = file.place("postmortem", "published")
    if file.body.empty:
        yield file.warning(
            place,
            "postmortem-empty",
            "a postmortem is announced, but nothing is written below the facts",
            "write it below the second ---; until then, put # before the line published:",
        )
    ended = notice.ended_at
    if ended is None:
        early = stated.at <= now
    else:
        # A day without a time is the whole day: the day of the end is early enough.
        early = stated.day < ended.astimezone(notice.timezone).date() if stated.day else stated.at < ended
    if early:
        end = "is still going on" if ended is None else f"ended at {told(ended, notice.timezone)}"
        say = file.reminder if ended is None else file.warning  # announced for a day by which it should be over
        yield say(
            place,
            "postmortem-before-end",
            f"the postmortem is published before the end: this {end}",
            "correct published:, or resolve it first" if ended is None else "correct published: or resolved:",
        )


def prose_agrees_with_the_timeline(file: NoticeFile, _: datetime) -> Iterator[Problem]:
    """What the text says of an event of the timeline has the same time there."""
    for found in contradictions(file.body, file.notice):
        yield file.warning(
            Place(found.line, 1),
            "prose-contradicts-timeline",
            f"{quoted(found.sentence)} says {found.time_in_prose}, but line {found.entry_line} of the timeline has "
            f"{found.time_in_timeline} for {quoted(found.said)}",
            "correct the time that is wrong",
        )


RULES = (
    serious_incidents_are_apologised_for,
    timelines_go_forward,
    postmortems_come_afterwards,
    prose_agrees_with_the_timeline,
)
