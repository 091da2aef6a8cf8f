from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mkdocs_incidents.model import Impact, Incident, Postmortem, TimelineEntry, TurningPoint
from mkdocs_incidents.status import Measure, Snapshot
from mkdocs_incidents.status.trends import (
    TIMED,
    Quarter,
    incidents_by_month,
    incidents_by_year,
    medians_by_quarter,
    repeated_causes,
)
from tests.makers import at, catalog, history, incident, states, update

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def outage(*detected: str, **fields: Any) -> Incident:
    """An incident of 45 minutes, noticed at these times."""
    timeline = tuple(
        TimelineEntry(at=at(f"2026-04-06 {clock}"), text="x", line=1, kind=TurningPoint.DETECTED) for clock in detected
    )
    fields.setdefault("resolved", "2026-04-06 15:15")
    return incident("2026-04-06 14:30", postmortem=Postmortem(timeline=timeline), **fields)


def test_incidents_are_counted_in_the_month_of_the_catalogue_in_which_they_began() -> None:
    of = catalog("web", zone="Africa/Lagos")
    late = incident("2026-03-31 23:30", id="late", resolved="2026-04-01 10:00", components=states(web="major_outage"))
    counted = incidents_by_month(history(late, of=of), NOW)
    assert {str(month): dict(counts) for month, counts in counted.items()} == {"2026-04": {Impact.CRITICAL: 1}}


def test_the_median_of_a_quarter_leaves_out_what_was_not_measured() -> None:
    quick = outage("14:32", id="quick")
    slow = outage("14:40", id="slow")
    silent = outage(id="silent", resolved="2026-04-06 14:40")
    medians = medians_by_quarter(Snapshot.take(history(quick, slow, silent, of=catalog("web")), NOW))[Quarter(2026, 2)]
    assert (medians[Measure.DETECT].duration, medians[Measure.DETECT].count) == (timedelta(minutes=6), 2)
    assert (medians[Measure.RESOLVE].duration, medians[Measure.RESOLVE].count) == (timedelta(minutes=45), 3)


def test_only_the_published_measures_have_medians() -> None:
    identified = TimelineEntry(at=at("2026-04-06 14:50"), text="x", line=1, kind=TurningPoint.IDENTIFIED)
    known = incident("2026-04-06 14:30", id="known", postmortem=Postmortem(timeline=(identified,)))
    assert Measure.IDENTIFY not in TIMED
    assert medians_by_quarter(Snapshot.take(history(known, of=catalog("web")), NOW)) == {}


@pytest.mark.parametrize(("month", "quarter"), [(1, 1), (3, 1), (4, 2), (12, 4)])
def test_a_year_has_four_quarters(month: int, quarter: int) -> None:
    begun = outage(id="x")
    moved = incident(f"2025-{month:02}-15 10:00", id="x", resolved=f"2025-{month:02}-15 11:00")
    assert begun.id == moved.id
    assert list(medians_by_quarter(Snapshot.take(history(moved, of=catalog("web")), NOW))) == [Quarter(2025, quarter)]


def test_a_cause_comes_back_when_two_incidents_share_it() -> None:
    first, second = outage(id="a", causes=("deploy", "disk")), outage(id="b", causes=("deploy",))
    causes = repeated_causes(history(first, second, of=catalog("web")), NOW)
    assert {cause: [incident.id for incident in found] for cause, found in causes.items()} == {"deploy": ["b", "a"]}


def test_a_median_counts_only_the_time_that_users_were_affected() -> None:
    updates = (update("2026-04-06 10:20", "resolved"), update("2026-04-06 20:10", "investigating"))
    twice = incident("2026-04-06 10:00", *updates, update("2026-04-06 20:30", "resolved"))
    medians = medians_by_quarter(Snapshot.take(history(twice, of=catalog("web")), NOW))[Quarter(2026, 2)]
    assert medians[Measure.RESOLVE].duration == timedelta(minutes=40)


def test_a_year_counts_all_its_months() -> None:
    days = ("2024-01-05", "2024-12-05", "2026-04-05")
    found = [incident(f"{day} 10:00", id=day, resolved=f"{day} 11:00", impact="minor") for day in days]
    counted = incidents_by_year(history(*found, of=catalog("web")), NOW)
    assert {year: counts.total() for year, counts in counted.items()} == {2024: 2, 2026: 1}


def test_a_cause_is_the_same_however_it_is_spelled() -> None:
    variants = (("config change",), ("Config-Change",), ("config-change",), ("config-change",))
    known = history(*(outage(id=str(n), causes=causes) for n, causes in enumerate(variants)), of=catalog("web"))
    assert {cause: len(found) for cause, found in repeated_causes(known, NOW).items()} == {"config-change": 4}


def test_a_cause_named_twice_in_one_file_did_not_come_back() -> None:
    assert repeated_causes(history(outage(causes=("Deploy", "deploy")), of=catalog("web")), NOW) == {}
