from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from mkdocs_incidents.present.pages.timeline import timeline_view
from tests.makers import announcement, at, states, update
from tests.present.contexts import site
from tests.present.timelines import entries, with_timeline

if TYPE_CHECKING:
    from mkdocs_incidents.model import Notice
    from mkdocs_incidents.present.drawings.timeline import Drawing

FULL = (
    "14:00 A change goes live. {kind: cause}",
    "14:30 Outage begins: cards fail.",
    "14:31 Detected: the pager rings.",
    "14:55 Cause found: a lock.",
    "15:04 Mitigated: by a rollback.",
    "15:15 Resolved: cards work.",
)


def drawn(notice: Notice, now: str = "2026-05-01 00:00") -> Drawing:
    view = timeline_view(site(notice, now=now), notice)
    assert view
    return view.drawing


def em(length: str) -> float:
    return float(length.removesuffix("em"))


def labels(drawing: Drawing, *marks: str) -> list[str]:
    return [f"{row.clock} {row.label}".strip() for row in drawing.rows if row.mark in marks]


def test_phases_are_between_the_turning_points_that_bound_them() -> None:
    assert labels(drawn(with_timeline(*FULL)), "key", "phase") == [
        "14:00 Cause",
        "14:30 Outage begins",
        "1 min unnoticed",
        "14:31 Detected",
        "24 min to find the cause",
        "14:55 Cause found",
        "9 min to mitigate",
        "15:04 Mitigated",
        "11 min to resolve",
        "15:15 Resolved",
    ]


def test_phases_are_drawn_in_the_order_in_which_they_came() -> None:
    notice = with_timeline("14:35 Detected: x.", "14:40 Mitigated: x.", "15:00 Cause found: a lock.")
    assert labels(drawn(notice), "phase") == [
        "5 min unnoticed", "5 min to mitigate", "20 min to find the cause", "15 min to resolve",
    ]  # fmt: skip


def test_the_axis_shows_the_worst_state_at_each_time() -> None:
    better = update("2026-04-06 15:00", "monitoring", components=states(web="degraded_performance"))
    spans = drawn(with_timeline(*FULL, updates=(better,))).spans
    assert [span.shape for span in spans] == ["mj", "dg"]
    assert em(spans[0].height) == pytest.approx(2 * em(spans[1].height), abs=0.02)
    assert em(spans[0].width) > em(spans[1].width)


def test_an_incident_without_components_is_drawn_by_its_impact() -> None:
    assert [span.shape for span in drawn(with_timeline(*FULL, components={}, impact="major")).spans] == ["pt"]
    assert [span.shape for span in drawn(with_timeline(*FULL, components={}, impact="none")).spans] == ["nd"]


def test_an_incident_that_came_back_is_two_bars_with_nothing_between() -> None:
    statuses = [("14:40", "resolved"), ("15:00", "investigating"), ("15:10", "resolved")]
    twice = with_timeline(
        *FULL[:3], resolved=None, updates=tuple(update(f"2026-04-06 {when}", s) for when, s in statuses)
    )
    first, second = drawn(twice).spans
    assert em(first.y) + em(first.height) < em(second.y) - 1


def test_the_begin_and_the_end_have_rows_without_any_entry() -> None:
    assert labels(drawn(with_timeline("14:40 We look.")), "key") == ["14:30 Impact begins", "15:15 Resolved"]


def test_rows_neither_touch_nor_leave_the_drawing() -> None:
    drawing = drawn(with_timeline(*FULL, *(f"14:3{n} Step {n} of the work." for n in range(9))))
    places = [em(row.y) for row in drawing.rows]
    assert all(after - before >= 1.6 - 0.011 for before, after in pairwise(places))
    assert em(drawing.top) <= places[0] <= places[-1] <= em(drawing.bottom)


def test_over_several_days_the_days_stand_on_the_axis_and_above_their_rows() -> None:
    drawing = drawn(
        with_timeline(
            "14:30 Outage begins: cards fail.",
            "2026-04-08 09:00 Mitigated: by a rollback.",
            resolved="2026-04-08 12:00",
        )
    )
    assert labels(drawing, "day") == ["Monday 6 April", "Wednesday 8 April"]
    assert [clock for _, clock in drawing.ticks] == ["7 Apr", "12:00", "8 Apr", "12:00"]
    assert "Monday 6 April 2026, 14:30 UTC to Wednesday 8 April 2026, 12:00 UTC" in drawing.title
    assert "Major outage from 6 April, 14:30 to 8 April, 12:00." in drawing.description


def test_the_drawing_has_a_text_alternative() -> None:
    published = update("2026-04-06 14:36", "investigating")
    drawing = drawn(with_timeline(*FULL, updates=(published,)))
    assert drawing.title == "Timeline drawn to scale, Monday 6 April 2026, 14:00 to 15:15 UTC"
    assert drawing.description == (
        "Major outage from 14:30 to 15:15. "
        "1 min unnoticed, 24 min to find the cause, 9 min to mitigate and 11 min to resolve. "
        "Said in public: 14:36 “Investigating”."
    )


def test_the_legend_explains_what_is_drawn_and_nothing_else() -> None:
    assert [key.word for key in drawn(with_timeline("14:30 Outage begins: cards fail.", "14:40 We look.")).legend] == [
        "major outage", "entry", "turning point",
    ]  # fmt: skip
    assert "not to scale" in [
        key.word for key in drawn(with_timeline("2026-03-01 10:00 A change goes live. {kind: cause}")).legend
    ]


def test_of_many_entries_the_turning_points_are_drawn_and_the_others_are_counted() -> None:
    steps = [f"14:{minute} Step." for minute in range(32, 52)]
    published = update("2026-04-06 14:58", "monitoring")
    drawing = drawn(with_timeline(*FULL[1:5], *steps, "16:30 We watch on.", updates=(published,)))
    assert {"14:31 Detected", "15:04 Mitigated"} <= set(labels(drawing, "key"))
    assert labels(drawing, "say") == ["14:58 “Monitoring”"]
    facts = len(labels(drawing, "dot", "key", "say")) - 1  # the end, which has no entry
    assert drawing.more == f"and {26 - facts} more in the list"
    assert drawing.title.endswith("14:30 to 16:30 UTC"), "the axis reaches the last of all entries"


def test_the_row_of_an_announcement_does_not_change_with_the_build() -> None:
    postmortem = with_timeline("14:30 We tell.").postmortem
    notice = announcement("2026-04-06 14:30", pinned=True, postmortem=postmortem)
    assert drawn(notice) == drawn(notice, now="2026-06-01 00:00")


def test_a_label_leaves_room_for_its_clock_at_320_pixels() -> None:
    drawing = drawn(with_timeline("14:30 We look for a fault in the hardware of the database server."))
    assert all(len(label) <= 24 for label in labels(drawing, "dot", "key"))


def test_times_of_another_day_have_the_day_above_them() -> None:
    facts = entries("2026-04-05 09:00 A change goes live. {kind: cause}", "14:30 Outage begins: cards fail.")
    assert facts[1].at - facts[0].at > timedelta(days=1)
    drawing = drawn(
        with_timeline("2026-04-05 09:00 A change goes live. {kind: cause}", "14:30 Outage begins: cards fail.")
    )
    assert [row.mark for row in drawing.rows[:4]] == ["day", "key", "day", "key"]
    assert at("2026-04-06 14:30") == facts[1].at
