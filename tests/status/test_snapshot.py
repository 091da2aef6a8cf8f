"""The past of components, merged from all notices."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given, settings

from mkdocs_incidents.model import ComponentStatus
from mkdocs_incidents.status import Snapshot
from tests.makers import at, catalog, component, history, incident, maintenance, span, states, update
from tests.status.scenes import IDS, Scene, scenes


def test_overlapping_incidents_are_cut_where_anything_changes() -> None:
    first = incident("2026-04-06 10:00", id="one", resolved="2026-04-06 12:00", components=states(web="partial_outage"))
    second = incident("2026-04-06 11:00", id="two", resolved="2026-04-06 13:00", components=states(web="major_outage"))
    spans = Snapshot.take(history(second, first), at("2026-04-10 12:00")).series("web").spans
    partial, major = ComponentStatus.PARTIAL_OUTAGE, ComponentStatus.MAJOR_OUTAGE
    assert [(s.interval, s.status, s.statuses, s.notices) for s in spans] == [
        (span("2026-04-06 10:00", "2026-04-06 11:00"), partial, (partial,), ("one",)),
        (span("2026-04-06 11:00", "2026-04-06 12:00"), major, (major, partial), ("one", "two")),
        (span("2026-04-06 12:00", "2026-04-06 13:00"), major, (major,), ("two",)),
    ]


def test_what_lies_outside_of_the_claimed_time_is_cut_off() -> None:
    of = catalog(component("web", since=date(2026, 4, 6), retired=date(2026, 4, 7)))
    early = incident("2026-04-01 10:00", id="early", resolved="2026-04-06 10:00", components=states(web="major_outage"))
    late = incident("2026-04-08 10:00", id="late", components=states(web="major_outage"))
    (only_span,) = Snapshot.take(history(early, late, of=of), at("2026-04-10 12:00")).series("web").spans
    assert only_span.interval == span("2026-04-06 00:00", "2026-04-06 10:00")


def test_a_retired_component_has_data_while_work_on_it_is_put_off() -> None:
    of = catalog(component("web", since=date(2026, 4, 1), retired=date(2026, 4, 7)))
    begun = update("2026-04-06 10:00", "in_progress")
    put_off = update("2026-04-06 11:00", "scheduled")
    moved = maintenance(
        "2026-04-10 10:00", "2026-04-10 12:00", begun, put_off, components=states(web="under_maintenance")
    )
    (claimed,) = Snapshot.take(history(moved, of=of), at("2026-04-08 00:00")).series("web").claimed
    assert claimed.end == at("2026-04-08 00:00")


def test_a_retired_component_has_data_as_long_as_a_notice_that_names_it_goes_on() -> None:
    of = catalog(component("web", since=date(2026, 4, 1), retired=date(2026, 4, 7)))
    first = incident("2026-04-06 10:00", resolved="2026-04-08 10:00", components=states(web="major_outage"), id="first")
    next_ = incident(
        "2026-04-08 09:00", resolved="2026-04-09 10:00", components=states(web="partial_outage"), id="next"
    )
    series = Snapshot.take(history(first, next_, of=of), at("2026-04-10 12:00")).series("web")
    assert series.claimed == (span("2026-04-01 00:00", "2026-04-09 10:00"),)
    assert series.spans[-1].interval == span("2026-04-08 10:00", "2026-04-09 10:00")


def test_components_together_have_data_while_any_of_them_has() -> None:
    of = catalog(
        component("web", since=date(2026, 4, 1), retired=date(2026, 4, 9)),
        component("api", since=date(2026, 4, 3), retired=date(2026, 4, 5)),
    )
    series = Snapshot.take(history(of=of), at("2026-04-10 12:00")).service_series(
        span("2026-04-01 00:00", "2026-04-10 00:00")
    )
    assert series.claimed == (span("2026-04-01 00:00", "2026-04-09 00:00"),)


def test_a_component_that_no_catalogue_knows_is_left_out() -> None:
    stray = history(incident("2026-04-01 10:00", components=states(wbe="major_outage")), of=catalog("web"))
    assert not Snapshot.take(stray, at("2026-04-10 12:00")).series("web").spans


@settings(max_examples=40, deadline=None)
@given(scenes())
def test_spans_follow_each_other_within_the_claimed_time(scene: Scene) -> None:
    snapshot = Snapshot.take(scene.history, scene.now)
    for series in [*map(snapshot.series, IDS), snapshot.merged_series(IDS)]:
        for earlier, later in pairwise(series.spans):
            assert earlier.interval.end <= later.interval.start
        for status_span in series.spans:
            assert (
                series.observed(status_span.interval)
                == status_span.interval.duration
                > status_span.interval.duration * 0
            )
