from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mkdocs_incidents.present.pages.measurements import measurements_view
from mkdocs_incidents.present.pages.rows import duration_label
from tests.makers import incident, states, update
from tests.present.contexts import site
from tests.present.timelines import with_timeline

if TYPE_CHECKING:
    from mkdocs_incidents.model import Incident
    from mkdocs_incidents.present.pages.measurements import MeasurementsView, MeasureView


def measured(notice: Incident) -> MeasurementsView:
    view = measurements_view(site(notice), notice)
    assert view
    return view


def figure(view: MeasurementsView, name: str) -> MeasureView:
    (found,) = (figure for figure in view.figures if figure.name == name)
    return found


def test_a_figure_quotes_its_source_and_links_to_it() -> None:
    view = measured(with_timeline("14:30 Outage begins: cards fail.", "14:31 Detected: the pager rings."))
    noticed = figure(view, "To notice")
    assert (noticed.value, noticed.when) == (("1 min",), "14:31")
    assert noticed.source
    assert (noticed.source.label, noticed.source.address) == ("“Detected: the pager rings.”", "#entry-20260406-1431")
    assert view.begin == "Monday 6 April 2026, 14:30 UTC"
    assert view.begin_source
    assert view.begin_source.address == "#entry-20260406-1430"


def test_a_figure_at_another_day_has_the_day() -> None:
    view = measured(with_timeline("2026-04-07 09:00 Cause found: a lock.", resolved="2026-04-07 14:00"))
    assert figure(view, "To find the cause").when == "7 April, 09:00"
    assert figure(view, "Duration").when == "14:30 to 7 April, 14:00"


def test_figures_from_updates_need_no_postmortem() -> None:
    updates = (
        update("2026-04-06 14:36", "investigating", message="Nobody can pay."),
        update("2026-04-06 15:15", "resolved"),
    )
    view = measured(incident("2026-04-06 14:30", *updates, components=states(web="major_outage")))
    first = figure(view, "To first update")
    assert first.source
    assert (first.value, first.source.label, first.source.address) == (
        ("6 min",), "said in public: “Nobody can pay.”", "#update-20260406-1436",
    )  # fmt: skip


def test_a_figure_below_a_minute_is_not_zero() -> None:
    assert figure(measured(with_timeline("14:30 The alarm fires. {kind: detected}")), "To notice").value == (
        "under 1 min",
    )


def test_an_incident_that_came_back_has_the_number_of_its_intervals() -> None:
    statuses = [("14:40", "investigating"), ("14:50", "resolved"), ("18:10", "investigating"), ("18:30", "resolved")]
    twice = incident(
        "2026-04-06 14:30", *(update(f"2026-04-06 {when}", status) for when, status in statuses),
        components=states(web="major_outage"),
    )  # fmt: skip
    duration = figure(measured(twice), "Duration")
    assert duration.value == ("40 min",)
    assert duration.when == "in 2 spells: 14:30 to 14:50 and 18:10 to 18:30"
    assert duration_label(site(twice), twice) == "40 min in 2 spells"


def test_each_service_has_its_downtime_by_state() -> None:
    better = update("2026-04-06 15:00", "monitoring", components=states(web="degraded_performance"))
    view = measured(with_timeline(updates=(better,), components=states(web="major_outage", api="degraded_performance")))
    assert view.states == ("Major outage", "Degraded performance")
    assert [(row.service, row.times) for row in view.downtime] == [
        ("Web", (("30 min",), ("15 min",))),
        ("Api", ((), ("45 min",))),
    ]


def test_a_stated_share_is_shown_as_the_file_states_it() -> None:
    notice = incident("2026-04-06 14:30", resolved="2026-04-06 15:15", affected_percent=Decimal("2.5"))
    shown = measured(notice).affected
    assert shown
    assert (shown.name, shown.value) == ("Affected, as stated", ("2.5%",))
    assert measured(with_timeline("14:31 Detected: the pager rings.")).affected is None


def test_an_incident_with_only_its_duration_known_has_no_figures() -> None:
    notice = incident("2026-04-06 14:30", resolved="2026-04-06 15:15")
    assert measurements_view(site(notice), notice) is None


def test_the_span_of_the_duration_has_both_zones_where_the_clocks_change() -> None:
    notice = incident(
        "2026-10-25 01:30",
        update("2026-10-24 23:40", "investigating"),
        resolved="2026-10-25 03:10",
        zone="Europe/Paris",
        components=states(web="major_outage"),
    )
    found = measurements_view(site(notice, now="2026-11-01 00:00"), notice)
    assert found
    assert [figure.when for figure in found.figures] == ["01:30 CEST to 03:10 CET", "01:40", "03:10 CET"]
