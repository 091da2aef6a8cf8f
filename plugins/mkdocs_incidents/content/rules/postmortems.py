"""Rules about postmortems: apology, date of publication, turning points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_incidents.model import Impact, SectionKind, TurningPoint

from ..format.instants import formatted
from ..postmortem.language_tables import section_title
from ..source import Place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mkdocs_incidents.model import Incident, Notice

    from ..incident_file import NoticeFile
    from ..problems import Problem

_ALSO_BEFORE = {TurningPoint.CAUSE, TurningPoint.IMPACT_BEGINS}
"""Turning points that may lie before the incident, and of which nothing is measured."""
_SERIOUS = {Impact.MAJOR, Impact.CRITICAL}


def serious_incidents_are_apologised_for(file: NoticeFile, incident: Incident, _: datetime) -> Iterator[Problem]:
    """A published postmortem of a major or critical incident has an apology."""
    postmortem = incident.postmortem
    if incident.impact not in _SERIOUS or not postmortem:
        return
    if postmortem.published_at is None or file.body.empty or (postmortem.apology or "").strip():
        return
    yield file.warning(
        file.key_place("postmortem"),
        "no-apology",
        f"no section of this {incident.impact} incident's postmortem is an apology",
        f"write what you tell your users below a heading ## {section_title(SectionKind.APOLOGY, file.language)}",
    )


def postmortems_come_afterwards(file: NoticeFile, notice: Notice, now: datetime) -> Iterator[Problem]:
    """A postmortem is not published before the incident is over, and it has a text."""
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
        end = "is still going on" if ended is None else f"ended at {formatted(ended, notice.timezone)}"
        problem = file.reminder if ended is None else file.warning  # announced for a day by which it should be over
        yield problem(
            place,
            "postmortem-before-end",
            f"the postmortem is published before the end: this {end}",
            "correct published:, or resolve it first" if ended is None else "correct published: or resolved:",
        )


def turning_points_lie_within_the_incident(file: NoticeFile, incident: Incident, _: datetime) -> Iterator[Problem]:
    """Turning points of the timeline lie between start and end; others give no figure."""
    zone, ended = incident.timezone, incident.resolved_at
    for entry in incident.postmortem.timeline if incident.postmortem else ():
        if entry.kind is None or entry.kind in _ALSO_BEFORE:
            continue
        if entry.at < incident.started_at:
            outside = f"before the incident started at {formatted(incident.started_at, zone)}"
        elif ended and entry.at > ended:
            outside = f"after the incident ended at {formatted(ended, zone)}"
        else:
            continue
        yield file.warning(
            Place(entry.line, 1),
            "turning-point-outside",
            f"'{entry.kind}' at {formatted(entry.at, zone)} lies {outside}, so it gives no figure",
            "correct the time that is wrong; or write {kind: none} behind the entry if it tells of something else",
        )


NOTICE_RULES = (postmortems_come_afterwards,)
INCIDENT_RULES = (serious_incidents_are_apologised_for, turning_points_lie_within_the_incident)
