from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_incidents.present.pages.trends import trends_view
from tests.makers import incident, update
from tests.present.contexts import site

if TYPE_CHECKING:
    from mkdocs_incidents.model import Incident
    from mkdocs_incidents.present.pages.trends import TrendsView


def one(day: str, impact: str = "minor", minutes: int = 5, number: int = 0) -> Incident:
    said = update(f"{day} 10:{minutes:02}", "investigating")
    return incident(f"{day} 10:00", said, id=f"{day}-{number}", resolved=f"{day} 11:00", impact=impact)


def trends(*incidents: Incident) -> TrendsView:
    view = trends_view(site(*incidents))
    assert view
    return view


def test_the_newest_twelve_months_are_drawn_with_numbers_and_names() -> None:
    told = trends(one("2026-01-05"), one("2026-01-06", "critical"), one("2026-04-06", "major"))
    assert [column.name for column in told.columns] == [
        "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May",
    ]  # fmt: skip
    assert [column.total for column in told.columns][7:] == ["2", "", "", "1", ""]
    assert [column.year for column in told.columns if column.year] == ["2025", "2026"]


def test_the_drawing_reads_as_a_sentence() -> None:
    told = trends(one("2026-01-05"), one("2026-01-06", "critical"))
    assert told.description == "January 2026: 1 critical impact, 1 minor impact; other months: none"


def test_an_impact_is_told_by_width_too_and_the_gravest_stands_lowest() -> None:
    (column,) = (c for c in trends(one("2026-01-05"), one("2026-01-06", "critical")).columns if c.total)
    grave, slight = column.blocks
    assert (grave.shape, slight.shape) == ("mj", "dg")
    assert float(grave.width[:-1]) > float(slight.width[:-1])
    assert float(grave.y[:-2]) > float(slight.y[:-2])


def test_only_impacts_that_occurred_have_a_column() -> None:
    told = trends(one("2026-01-05"), one("2024-01-05", "major"))
    assert [key.word for key in told.impacts] == ["Major impact", "Minor impact"]
    assert [(year.label, year.counts) for year in told.years] == [("2026", ("", "1")), ("2024", ("1", ""))]


def test_many_incidents_of_a_month_stay_within_the_drawing() -> None:
    told = trends(*(one("2026-04-06", number=n) for n in range(90)))
    (column,) = (c for c in told.columns if c.total)
    assert len(column.blocks) == 1
    assert all(float(block.y[:-2]) >= 0 for block in column.blocks)


def test_a_median_is_rounded_and_its_bar_is_as_long_as_it_is_of_the_longest() -> None:
    told = trends(one("2026-04-06"), one("2026-04-07", minutes=10), one("2026-01-05", minutes=15))
    newest, oldest = told.quarters
    assert (newest.label, oldest.label) == ("Q2 2026", "Q1 2026")
    assert (newest.medians[1].value, newest.medians[1].count, newest.medians[1].width) == (("8 min",), "of 2", "50.0%")
    assert newest.medians[0].value == (), "nobody says when it was noticed"
    assert oldest.medians[1].width == "100.0%"


def test_without_any_incident_there_is_no_trend() -> None:
    assert trends_view(site()) is None
