from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_incidents.present.pages.trends import trends_view
from tests.makers import incident, update
from tests.present.contexts import site

if TYPE_CHECKING:
    from mkdocs_incidents.model import Incident
    from mkdocs_incidents.present.pages.trends import TrendsView


def resolved_incident(day: str, impact: str = "minor", minutes: int = 5, number: int = 0) -> Incident:
    published = update(f"{day} 10:{minutes:02}", "investigating")
    return incident(f"{day} 10:00", published, id=f"{day}-{number}", resolved=f"{day} 11:00", impact=impact)


def trends(*incidents: Incident) -> TrendsView:
    view = trends_view(site(*incidents))
    assert view
    return view


def test_the_newest_twelve_months_are_drawn_with_numbers_and_names() -> None:
    view = trends(
        resolved_incident("2026-01-05"),
        resolved_incident("2026-01-06", "critical"),
        resolved_incident("2026-04-06", "major"),
    )
    assert [column.name for column in view.columns] == [
        "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May",
    ]  # fmt: skip
    assert [column.total for column in view.columns][7:] == ["2", "", "", "1", ""]
    assert [column.year for column in view.columns if column.year] == ["2025", "2026"]


def test_the_drawing_has_a_text_alternative() -> None:
    view = trends(resolved_incident("2026-01-05"), resolved_incident("2026-01-06", "critical"))
    assert view.description == "January 2026: 1 critical impact, 1 minor impact; other months: none"


def test_blocks_differ_in_width_too_and_the_most_severe_is_lowest() -> None:
    (column,) = (
        c
        for c in trends(resolved_incident("2026-01-05"), resolved_incident("2026-01-06", "critical")).columns
        if c.total
    )
    severe, minor = column.blocks
    assert (severe.shape, minor.shape) == ("mj", "dg")
    assert float(severe.width[:-1]) > float(minor.width[:-1])
    assert float(severe.y[:-2]) > float(minor.y[:-2])


def test_only_impacts_that_occurred_have_a_column() -> None:
    view = trends(resolved_incident("2026-01-05"), resolved_incident("2024-01-05", "major"))
    assert [key.word for key in view.impacts] == ["Major impact", "Minor impact"]
    assert [(year.label, year.counts) for year in view.years] == [("2026", ("", "1")), ("2024", ("1", ""))]


def test_many_incidents_of_a_month_stay_within_the_drawing() -> None:
    view = trends(*(resolved_incident("2026-04-06", number=n) for n in range(90)))
    (column,) = (c for c in view.columns if c.total)
    assert len(column.blocks) == 1
    assert all(float(block.y[:-2]) >= 0 for block in column.blocks)


def test_a_median_has_whole_minutes_and_its_bar_is_as_long_as_it_is_of_the_longest() -> None:
    view = trends(
        resolved_incident("2026-04-06"),
        resolved_incident("2026-04-07", minutes=10),
        resolved_incident("2026-01-05", minutes=15),
    )
    newest, oldest = view.quarters
    assert (newest.label, oldest.label) == ("Q2 2026", "Q1 2026")
    assert (newest.medians[1].value, newest.medians[1].count, newest.medians[1].width) == (("7 min",), "of 2", "50.0%")
    assert newest.medians[0].value == (), "nobody says when it was noticed"
    assert oldest.medians[1].width == "100.0%"


def test_without_any_incident_there_is_no_trend() -> None:
    assert trends_view(site()) is None
