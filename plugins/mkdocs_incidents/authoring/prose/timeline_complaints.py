"""What is told the author of a timeline that cannot be read as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from ...content.instants import told
from ...content.spelling import one_of, quoted
from ...model import EntryKind

if TYPE_CHECKING:
    from datetime import datetime, time
    from zoneinfo import ZoneInfo

    from .timeline_entries import NotUnderstood


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """Something in the body that its author should look at."""

    code: str
    line: int
    """Of the file."""
    message: str
    hint: str


def other_zone(line: int, name: str, zone: ZoneInfo) -> Complaint:
    """The times below a heading are in a zone in which they cannot be read."""
    return Complaint(
        code="timeline-zone",
        line=line,
        message=f"the times here are in {name}, but the file is in {zone.key}",
        hint="write them in UTC or in the zone of the file",
    )


def not_understood(entry: NotUnderstood, line: int, zone: ZoneInfo) -> Complaint:
    """An entry that cannot be placed in time."""
    message, hint = f"no time is understood in {quoted(entry.text)}", "write HH:MM in the column of times"
    if entry.zone:
        message = f"{quoted(entry.text)} is in {entry.zone}, but the file is in {zone.key}"
        hint = "write the time in UTC" if zone.key == "UTC" else f"write the time in UTC or in {zone.key}"
    elif not entry.in_table:
        hint = "begin the entry with its time: - HH:MM — what happened"
    if not entry.in_table:
        message += ", so it is not part of the timeline"
    return Complaint(code="timeline-entry", line=line, message=message, hint=hint)


def nothing_said(clock: time, line: int) -> Complaint:
    """An entry that is only a time."""
    return Complaint(
        code="timeline-entry",
        line=line,
        message=f"nothing is said of {clock:%H:%M}, so it is not part of the timeline",
        hint=f"write what happened behind the time: - {clock:%H:%M} — what happened",
    )


def nothing_understood(text: str, line: int) -> Complaint:
    """A timeline without any entry that could be read."""
    return Complaint(
        code="timeline-empty",
        line=line,
        message=f"nothing in this timeline begins with a time, such as {quoted(text)}",
        hint="make a list of it, with a time before each entry: - HH:MM — what happened",
    )


def not_announced(text: str, line: int) -> Complaint:
    """Timed lines that stand below no heading of a timeline."""
    return Complaint(
        code="timeline-unannounced",
        line=line,
        message=f"these lines look like a timeline, but no heading says that they are one: {quoted(text)}",
        hint="write ## Timeline above them",
    )


def unknown_kind(name: str, line: int) -> Complaint:
    """`{kind: …}` with a word that is no kind."""
    return Complaint(
        code="timeline-kind", line=line, message=f"{quoted(name)} is no kind of entry", hint=one_of(EntryKind)
    )


def clocks_change(message: str, line: int) -> Complaint:
    """A time that clocks skip or show twice."""
    hint = "write the time in UTC: - HH:MM UTC — …"
    return Complaint(code="timeline-clock-change", line=line, message=message, hint=hint)


def neither_half(clock: time, line: int) -> Complaint:
    """A time that is read as one of 12 hours, though its author wrote neither AM nor PM."""
    shown = f"{clock:%I:%M %p}".lstrip("0")
    return Complaint(
        code="time-without-half",
        line=line,
        message=f"{shown[:-3]} is written without AM or PM; as the times around it stand, it is read as {shown}",
        hint=f"write {shown}",
    )


def far_behind_the_end(at: datetime, ends_at: datetime, line: int, zone: ZoneInfo) -> Complaint:
    """A time that went back, and was therefore read as one of the next day, long after the end."""
    clock = at.astimezone(zone)
    hours = round((at - ends_at) / timedelta(hours=1))
    return Complaint(
        code="timeline-day",
        line=line,
        message=f"{clock:%H:%M} is earlier than the entry before it, so it is read as {told(at, zone)}, {hours} hours "
        f"after the end ({told(ends_at, zone)})",
        hint=f"correct the time; or, if it was that day, write the date: - {clock:%Y-%m-%d %H:%M} — …",
    )
