from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mkdocs_incidents.present.pages.measurements import measurements_view
from mkdocs_incidents.present.pages.rows import duration_label
from tests.makers import incident, states, update
from tests.present.contexts import site
from tests.present.stories import story

if TYPE_CHECKING:
    from mkdocs_incidents.model import Incident
    from mkdocs_incidents.present.pages.measurements import MeasurementsView, MeasureView


def measured(told: Incident) -> MeasurementsView:
    view = measurements_view(site(told), told)
    assert view
    return view


def figure(view: MeasurementsView, name: str) -> MeasureView:
    (found,) = (one for one in view.figures if one.name == name)
    return found


def test_a_figure_quotes_the_words_it_comes_from_and_leads_to_them() -> None:
    told = measured(story("14:30 Outage begins: cards fail.", "14:31 Detected: the pager rings."))
    noticed = figure(told, "To notice")
    assert (noticed.value, noticed.when) == (("1 min",), "14:31")
    assert noticed.source
    assert (noticed.source.label, noticed.source.address) == ("“Detected: the pager rings.”", "#entry-20260406-1431")
    assert told.begin == "Monday 6 April 2026, 14:30 UTC"
    assert told.begin_source
    assert told.begin_source.address == "#entry-20260406-1430"


def test_a_figure_of_another_day_names_it() -> None:
    told = measured(story("2026-04-07 09:00 Cause found: a lock.", resolved="2026-04-07 14:00"))
    assert figure(told, "To find the cause").when == "7 April, 09:00"
    assert figure(told, "Duration").when == "14:30 to 7 April, 14:00"


def test_what_public_words_tell_is_measured_without_any_postmortem() -> None:
    said = (
        update("2026-04-06 14:36", "investigating", message="Nobody can pay."),
        update("2026-04-06 15:15", "resolved"),
    )
    told = measured(incident("2026-04-06 14:30", *said, components=states(web="major_outage")))
    first = figure(told, "To first public word")
    assert first.source
    assert (first.value, first.source.label, first.source.address) == (
        ("6 min",), "said in public: “Nobody can pay.”", "#update-20260406-1436",
    )  # fmt: skip


def test_what_happened_in_the_same_minute_is_not_told_as_nothing() -> None:
    assert figure(measured(story("14:30 The alarm fires. {kind: detected}")), "To notice").value == ("under 1 min",)


def test_an_incident_that_came_back_says_in_how_many_spells() -> None:
    said = [("14:40", "investigating"), ("14:50", "resolved"), ("18:10", "investigating"), ("18:30", "resolved")]
    twice = incident(
        "2026-04-06 14:30", *(update(f"2026-04-06 {when}", status) for when, status in said),
        components=states(web="major_outage"),
    )  # fmt: skip
    told = figure(measured(twice), "Duration")
    assert told.value == ("40 min",)
    assert told.when == "in 2 spells: 14:30 to 14:50 and 18:10 to 18:30"
    assert duration_label(site(twice), twice) == "40 min in 2 spells"


def test_each_service_has_its_downtime_by_state() -> None:
    better = update("2026-04-06 15:00", "monitoring", components=states(web="degraded_performance"))
    told = measured(story(updates=(better,), components=states(web="major_outage", api="degraded_performance")))
    assert told.states == ("Major outage", "Degraded performance")
    assert [(row.service, row.times) for row in told.downtime] == [
        ("Web", (("30 min",), ("15 min",))),
        ("Api", ((), ("45 min",))),
    ]


def test_a_stated_share_is_shown_as_the_file_states_it() -> None:
    told = incident("2026-04-06 14:30", resolved="2026-04-06 15:15", affected_percent=Decimal("2.5"))
    shown = measured(told).affected
    assert shown
    assert (shown.name, shown.value) == ("Affected, as stated", ("2.5%",))
    assert measured(story("14:31 Detected: the pager rings.")).affected is None


def test_of_an_incident_whose_ends_alone_are_known_the_head_says_it_all() -> None:
    told = incident("2026-04-06 14:30", resolved="2026-04-06 15:15")
    assert measurements_view(site(told), told) is None
