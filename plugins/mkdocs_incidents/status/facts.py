"""What is computed of one notice as of `now`, once for all outputs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from mkdocs_incidents.model import ComponentStatus, Incident, Interval

from .figures import affected_duration, downtime, figures, phases
from .promises import promises_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime, timedelta

    from mkdocs_incidents.model import ComponentImpact, Notice, Stage, StatedInstant

    from .figures import Figure, Phase
    from .promises import Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactSpan:
    """The worst state of all components during an interval of one notice."""

    status: ComponentStatus
    """Operational where an incident was open and none of its components was affected."""
    interval: Interval


@dataclass(frozen=True)
class NoticeFacts:
    """The facts of one notice as of `now`, each computed on first use and cached."""

    notice: Notice
    now: datetime

    @cached_property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.notice.is_over(self.now)

    @cached_property
    def stage(self) -> Stage | None:
        """The status of the response or of the work, or how it was withdrawn; None for an announcement."""
        return self.notice.stage(self.now)

    @cached_property
    def statuses(self) -> Mapping[str, ComponentStatus]:
        """The state of each component because of it now, by id; operational ones are left out."""
        return self.notice.statuses_at(self.now)

    @cached_property
    def interval(self) -> Interval | None:
        """From its begin to its end, but no later than now; None before it begins."""
        return self.notice.interval(self.now)

    @cached_property
    def last_change(self) -> StatedInstant | None:
        """Its last change until now (`Notice.last_change`); None if there is none."""
        return self.notice.last_change(self.now)

    @cached_property
    def affected_intervals(self) -> tuple[Interval, ...]:
        """The intervals during which users were affected, oldest first; several where it was closed and reopened."""
        return self.notice.affected_intervals(self.now)

    @cached_property
    def affected_duration(self) -> timedelta:
        """The sum of `affected_intervals`."""
        return affected_duration(self.affected_intervals)

    @cached_property
    def open_since(self) -> datetime:
        """The begin of the last of `affected_intervals`: since when an open notice is open without interruption."""
        return self.affected_intervals[-1].start if self.affected_intervals else self.notice.begins_at

    @cached_property
    def affected_since(self) -> Mapping[str, datetime]:
        """The instant since which each component in `statuses` is not operational without interruption, by id."""
        since: dict[str, datetime] = {}
        for impact in sorted(self.impacts, key=lambda impact: impact.interval.end, reverse=True):
            if impact.component in self.statuses and impact.interval.end == since.get(impact.component, self.now):
                since[impact.component] = impact.interval.start
        return since

    @cached_property
    def impacts(self) -> tuple[ComponentImpact, ...]:
        """The state of each component over time."""
        return self.notice.impacts(self.now)

    @cached_property
    def impact_spans(self) -> tuple[ImpactSpan, ...]:
        """The worst state over time, oldest first, without overlap; adjacent spans have different states."""
        found: list[ImpactSpan] = []
        for span in (part for interval in self.affected_intervals for part in self._split(interval)):
            if found and found[-1].status is span.status and found[-1].interval.end == span.interval.start:
                found[-1] = replace(found[-1], interval=Interval(found[-1].interval.start, span.interval.end))
            else:
                found.append(span)
        return tuple(found)

    @cached_property
    def downtime(self) -> Mapping[str, Mapping[ComponentStatus, timedelta]]:
        """How long each component was in each state because of it, by id; states worst first."""
        return downtime(self.impacts)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The response times that can be measured; empty unless it is an incident that was not retracted."""
        return figures(self.notice) if isinstance(self.notice, Incident) and not self.notice.retraction else ()

    @cached_property
    def phases(self) -> tuple[Phase, ...]:
        """The parts of its duration, from turning point to turning point."""
        return phases(self.figures)

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        """Its action items with their states, in the order of the file."""
        return promises_of(self.notice, self.now)

    def _split(self, interval: Interval) -> Iterator[ImpactSpan]:
        """The worst states during an interval, cut wherever the state of a component changes."""
        if not interval.duration and self.notice.is_momentary(self.now):
            worst = ComponentStatus.worst(impact.status for impact in self.impacts)
            yield ImpactSpan(status=worst if self.impacts else self._without_components, interval=interval)
        edges = {edge for impact in self.impacts for edge in (impact.interval.start, impact.interval.end)}
        edges = {edge for edge in edges if interval.contains(edge)} | {interval.start, interval.end}
        for start, end in pairwise(sorted(edges)):
            states = [impact.status for impact in self.impacts if impact.interval.contains(start)]
            worst = ComponentStatus.worst(states) if self.impacts else self._without_components
            yield ImpactSpan(status=worst, interval=Interval(start, end))

    @property
    def _without_components(self) -> ComponentStatus:
        """The state of the service because of a notice that names no component."""
        impact = self.notice.impact
        return self.notice.severity if impact is None else impact.component_status
