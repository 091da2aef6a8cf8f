from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mkdocs_incidents.present.pages.timeline import entry_anchors, timeline_view
from tests.makers import incident, update
from tests.present.contexts import site
from tests.present.timelines import entries, with_timeline

if TYPE_CHECKING:
    from mkdocs_incidents.model import Notice
    from mkdocs_incidents.present.pages.timeline import TimelineView


def listed(notice: Notice) -> TimelineView:
    view = timeline_view(site(notice, now="2026-08-01 00:00"), notice)
    assert view
    return view


def test_each_day_is_once_above_its_entries() -> None:
    view = listed(
        with_timeline(
            "2026-06-28 09:00 A change.",
            "2026-07-01 20:00 Traffic rises.",
            "2026-07-01 22:00 Outage begins.",
            started="2026-07-01 21:00",
            resolved="2026-07-02 21:30",
            zone="Africa/Lagos",
        )
    )
    assert [(day.label, [row.at.text for row in day.rows]) for day in view.days] == [
        ("Sunday 28 June 2026", ["09:00 WAT"]),
        ("Wednesday 1 July 2026", ["20:00 WAT", "22:00 WAT"]),
    ]


@pytest.mark.parametrize(("when", "offset"), [
    ("14:00", "−30 min"), ("14:30", "start"), ("14:31", "+1 min"), ("2026-04-08 02:00", "+1 day 11 hr 30 min"),
])  # fmt: skip
def test_an_entry_has_its_offset_from_the_start(when: str, offset: str) -> None:
    (day,) = listed(with_timeline(f"{when} We look.", resolved="2026-04-09 10:00")).days
    assert [row.offset for row in day.rows] == [offset]


def test_an_update_is_listed_with_its_first_sentence_and_a_link() -> None:
    published = update("2026-04-06 14:36", "investigating", message="Nobody can pay. We look into it.")
    (day,) = listed(with_timeline("14:30 Outage begins.", "14:40 We look.", updates=(published,))).days
    row = day.rows[1]
    assert (row.text, row.publication and row.publication.address) == ("Nobody can pay.", f"#{published.id}")


def test_every_turning_point_has_its_label_once() -> None:
    (day,) = listed(
        with_timeline(
            "14:30 Outage begins: cards fail.",
            "14:31 The pager rings. {kind: detected}",
            "14:50 Escalated to the database team. {kind: escalated}",
        )
    ).days
    assert [(row.turning, row.kind, row.text) for row in day.rows] == [
        (True, "Outage begins", "cards fail."),
        (True, "Detected", "The pager rings."),
        (True, "", "Escalated to the database team."),
    ]


def test_an_entry_keeps_its_address_when_others_are_added() -> None:
    before = entries("14:31 Detected.", "14:31 We look.")
    after = entries("14:20 An early sign.", "14:31 Detected.", "14:31 We look.")
    assert list(entry_anchors(before).values()) == ["entry-20260406-1431", "entry-20260406-1431-2"]
    assert list(entry_anchors(after).values())[1:] == list(entry_anchors(before).values())


def test_a_notice_without_entries_has_no_timeline() -> None:
    silent = incident("2026-04-06 14:30", update("2026-04-06 14:36", "investigating"))
    assert timeline_view(site(silent), silent) is None
