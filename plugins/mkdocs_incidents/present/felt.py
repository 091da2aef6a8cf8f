"""What users felt of a notice at each time: the worst of all components, as a run of stretches."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from mkdocs_incidents.model import Announcement, ComponentStatus, Impact, Incident, Interval
from mkdocs_incidents.status import spells

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs_incidents.model import ComponentImpact, Notice

    from .edition import Edition


@dataclass(frozen=True, slots=True, kw_only=True)
class Felt:
    """One state for a while."""

    status: ComponentStatus
    """Operational where it was open still, and no component was known to be affected."""
    interval: Interval


def felt_stretches(edition: Edition, notice: Notice) -> tuple[Felt, ...]:
    """The worst state at each time until `now`, oldest first; nothing where users felt nothing."""
    if isinstance(notice, Announcement):
        return ()
    whole = notice.interval(edition.now)
    spans = spells(notice, edition.now) if isinstance(notice, Incident) else (whole,) if whole else ()
    impacts = edition.impacts(notice)
    found: list[Felt] = []
    for span in spans:
        for stretch in _stretches(span, impacts, _without_components(notice)):
            if found and found[-1].status is stretch.status and found[-1].interval.end == stretch.interval.start:
                found[-1] = replace(found[-1], interval=Interval(found[-1].interval.start, stretch.interval.end))
            else:
                found.append(stretch)
    return tuple(found)


def _stretches(span: Interval, impacts: Sequence[ComponentImpact], otherwise: ComponentStatus) -> Iterator[Felt]:
    edges = {edge for impact in impacts for edge in (impact.interval.start, impact.interval.end)}
    edges = {edge for edge in edges if span.contains(edge)} | {span.start, span.end}
    for start, end in pairwise(sorted(edges)):
        states = [impact.status for impact in impacts if impact.interval.contains(start)]
        worst = ComponentStatus.worst(states) if impacts else otherwise
        yield Felt(status=worst, interval=Interval(start, end))


def _without_components(notice: Notice) -> ComponentStatus:
    """What a notice that names no component meant for users."""
    if not isinstance(notice, Incident):
        return ComponentStatus.UNDER_MAINTENANCE
    return ComponentStatus.OPERATIONAL if notice.impact is Impact.NONE else notice.impact.component_status
