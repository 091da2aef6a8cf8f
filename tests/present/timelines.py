"""Small incidents with a timeline, for tests of pages and drawings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs_incidents.content.postmortem.turning_points import label_of, mark_at_end
from mkdocs_incidents.model import Incident, Postmortem, TimelineEntry
from tests.makers import at, incident, states

if TYPE_CHECKING:
    from mkdocs_incidents.model import Update

DAY = "2026-04-06"


def entries(*lines: str, zone: str = "UTC") -> tuple[TimelineEntry, ...]:
    """Entries such as `14:30 Outage begins.` or `2026-04-05 09:00 We deploy.`.

    They have the kind that a label or a mark states.
    """
    found = []
    for number, line in enumerate(lines, 1):
        when, _, text = line.partition(" ")
        if "-" in when:
            clock, _, text = text.partition(" ")
            when = f"{when} {clock}"
        else:
            when = f"{DAY} {when}"
        mark, label = mark_at_end(text), label_of(text)
        kind = mark.kind if mark else label.kind if label else None
        text = mark.removed_from(text) if mark else text
        found.append(TimelineEntry(at=at(when, zone), text=text, line=number, kind=kind))
    return tuple(found)


def with_timeline(
    *lines: str,
    started: str = f"{DAY} 14:30",
    updates: tuple[Update, ...] = (),
    zone: str = "UTC",
    **fields: Any,
) -> Incident:
    """A major outage from 14:30 to 15:15, unless `fields` has other values."""
    fields = {"resolved": f"{DAY} 15:15", "components": states(web="major_outage")} | fields
    if fields["resolved"] is None:
        fields.pop("resolved")
    postmortem = Postmortem(timeline=entries(*lines, zone=zone))
    return incident(started, *updates, zone=zone, postmortem=postmortem, **fields)
