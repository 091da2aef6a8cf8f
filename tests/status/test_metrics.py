from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from mkdocs_incidents.model import EntryKind, Impact, Incident, Postmortem, TimelineEntry
from mkdocs_incidents.status import Measure, figure, figures
from mkdocs_incidents.status.trends import Quarter, incidents_by_month, medians_by_quarter, repeated_causes
from tests.makers import at, catalog, history, incident, states, update

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_incidents.model import Update

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def entry(clock: str, kind: EntryKind) -> TimelineEntry:
    return TimelineEntry(at=at(f"2026-04-06 {clock}"), text=kind, line=1, kind=kind)


def told(*entries: TimelineEntry, updates: Sequence[Update] = (), **fields: Any) -> Incident:
    fields.setdefault("resolved", "2026-04-06 15:15")
    return incident("2026-04-06 14:30", *updates, postmortem=Postmortem(timeline=entries), **fields)


def minutes(found: Incident) -> dict[Measure, float]:
    return {f.measure: f.duration / timedelta(minutes=1) for f in figures(found)}


def test_every_time_is_measured_from_the_begin_of_the_incident() -> None:
    found = told(
        entry("14:31", EntryKind.DETECTED),
        entry("14:55", EntryKind.IDENTIFIED),
        entry("15:04", EntryKind.MITIGATED),
        updates=[update("2026-04-06 14:36", "investigating")],
    )
    assert minutes(found) == {
        Measure.DETECT: 1,
        Measure.FIRST_WORD: 6,
        Measure.IDENTIFY: 25,
        Measure.MITIGATE: 34,
        Measure.RESOLVE: 45,
    }


def test_a_figure_that_cannot_be_computed_is_absent_and_never_zero() -> None:
    assert minutes(told()) == {Measure.RESOLVE: 45}
    assert minutes(incident("2026-04-06 14:30")) == {}


def test_what_lies_before_the_begin_is_no_figure() -> None:
    assert Measure.DETECT not in minutes(told(entry("14:20", EntryKind.DETECTED)))


def test_where_the_timeline_is_silent_the_public_words_tell() -> None:
    said = [update("2026-04-06 14:57", "identified"), update("2026-04-06 15:04", "monitoring")]
    found = told(updates=said)
    assert minutes(found)[Measure.IDENTIFY] == 27
    assert minutes(found)[Measure.MITIGATE] == 34
    identified = figure(found, Measure.IDENTIFY)
    assert identified is not None
    assert identified.update == said[0]


def test_incidents_are_counted_in_the_month_of_the_catalogue_in_which_they_began() -> None:
    of = catalog("web", zone="Africa/Lagos")
    late = incident("2026-03-31 23:30", id="late", resolved="2026-04-01 10:00", components=states(web="major_outage"))
    counted = incidents_by_month(history(late, of=of), NOW)
    assert {str(month): dict(counts) for month, counts in counted.items()} == {"2026-04": {Impact.CRITICAL: 1}}


def test_the_median_of_a_quarter_leaves_out_what_was_not_measured() -> None:
    quick = told(entry("14:32", EntryKind.DETECTED), id="quick")
    slow = told(entry("14:40", EntryKind.DETECTED), id="slow")
    silent = told(id="silent", resolved="2026-04-06 14:40")
    medians = medians_by_quarter(history(quick, slow, silent, of=catalog("web")), NOW)[Quarter(2026, 2)]
    assert (medians[Measure.DETECT].duration, medians[Measure.DETECT].count) == (timedelta(minutes=6), 2)
    assert (medians[Measure.RESOLVE].duration, medians[Measure.RESOLVE].count) == (timedelta(minutes=45), 3)


@pytest.mark.parametrize(("month", "quarter"), [(1, 1), (3, 1), (4, 2), (12, 4)])
def test_a_year_has_four_quarters(month: int, quarter: int) -> None:
    begun = told(id="x")
    moved = incident(f"2025-{month:02}-15 10:00", id="x", resolved=f"2025-{month:02}-15 11:00")
    assert begun.id == moved.id
    assert list(medians_by_quarter(history(moved, of=catalog("web")), NOW)) == [Quarter(2025, quarter)]


def test_a_cause_comes_back_when_two_incidents_share_it() -> None:
    first, second = told(id="a", causes=("deploy", "disk")), told(id="b", causes=("deploy",))
    causes = repeated_causes(history(first, second, of=catalog("web")), NOW)
    assert {cause: [incident.id for incident in found] for cause, found in causes.items()} == {"deploy": ["b", "a"]}
