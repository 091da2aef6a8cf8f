"""Incidents and response times over months, quarters and years."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING

from .figures import Measure, figures
from .local_time import Month, day_of, month_interval

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from mkdocs_incidents.model import History, Impact, Incident

    from .snapshot import Snapshot

TIMED = (Measure.DETECT, Measure.FIRST_UPDATE, Measure.RESOLVE)
"""The measures whose medians are published."""
_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a year: `2023, 2` is April to June."""

    year: int
    number: int

    @classmethod
    def of(cls, month: Month) -> Quarter:
        """The quarter of `month`."""
        return cls(month.year, (month.month - 1) // 3 + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Median:
    """The median of the times measured in a quarter."""

    duration: timedelta
    count: int
    """Number of incidents."""


def incidents_by_month(history: History, now: datetime) -> Mapping[Month, Counter[Impact]]:
    """How many incidents began in each month, by their impact; months without any are left out."""
    return {month: Counter(i.impact for i in incidents) for month, incidents in _by_month(history.as_of(now))}


def incidents_by_year(history: History, now: datetime) -> Mapping[int, Counter[Impact]]:
    """How many incidents began in each year, by their impact, oldest first; years without any are left out."""
    found: dict[int, Counter[Impact]] = defaultdict(Counter)
    for month, counts in incidents_by_month(history, now).items():
        found[month.year] += counts
    return dict(found)


def medians_by_quarter(snapshot: Snapshot) -> Mapping[Quarter, Mapping[Measure, Median]]:
    """The median times of the incidents that began in each quarter, oldest first.

    Incidents for which a time was not measured do not count.
    """
    found: dict[Quarter, dict[Measure, list[timedelta]]] = defaultdict(lambda: defaultdict(list))
    for month, incidents in _by_month(snapshot.history):
        measured = found[Quarter.of(month)]
        for figure in (figure for incident in incidents for figure in figures(incident, TIMED)):
            measured[figure.measure].append(figure.duration)
    return {
        quarter: {measure: _median(times) for measure, times in measured.items()}
        for quarter, measured in found.items()
        if measured
    }


def repeated_causes(history: History, now: datetime) -> Mapping[str, Sequence[Incident]]:
    """The causes of more than one incident, the most frequent first; incidents newest first.

    Case and punctuation do not matter: `config change` and `Config-change` are the same cause. It has the spelling that
    is most frequent, of equally frequent ones the newest.
    """
    found: dict[str, dict[str, Incident]] = defaultdict(dict)
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for incident in reversed(history.as_of(now).incidents):
        for cause in incident.causes:
            key = _NOT_ALPHANUMERIC.sub(" ", cause.casefold()).strip() or cause
            found[key].setdefault(incident.id, incident)
            names[key][cause] += 1
    several = {key: list(incidents.values()) for key, incidents in found.items() if len(incidents) > 1}
    repeated = [(names[key].most_common(1)[0][0], incidents) for key, incidents in several.items()]
    return dict(sorted(repeated, key=lambda item: (-len(item[1]), item[0].casefold(), item[0])))


def _median(times: Sequence[timedelta]) -> Median:
    seconds = median(time.total_seconds() for time in times)
    return Median(duration=timedelta(seconds=seconds), count=len(times))


def _by_month(history: History) -> Iterator[tuple[Month, Sequence[Incident]]]:
    """The incidents that began in each month, oldest month first, without months in which none began."""
    incidents, zone, place = history.incidents, history.catalog.timezone, 0
    while place < len(incidents):  # they are in the order of their begin: a search for the end of each month is enough
        month = Month.of(day_of(incidents[place].started_at, zone))
        end = bisect_left(incidents, month_interval(month, zone).end, lo=place, key=lambda i: i.started_at)
        yield month, incidents[place:end]
        place = end
