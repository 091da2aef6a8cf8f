"""The page of a notice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from mkdocs_incidents.model import Postmortem, TimelineEntry
from mkdocs_incidents.present.pages.history import month_view
from mkdocs_incidents.present.pages.site import SiteViews
from mkdocs_incidents.present.pages.status import status_view
from mkdocs_incidents.status import Month
from tests.makers import at, incident, maintenance, states, update
from tests.present.contexts import site

if TYPE_CHECKING:
    from mkdocs_incidents.model import Incident, Update
    from mkdocs_incidents.present.pages.notice import NoticeView

SENTENCE = "Next update by 10:30."
UPDATE = update(
    "2026-04-06 10:05",
    "investigating",
    message=f"We look into it. {SENTENCE}",
    next_update_at=at("2026-04-06 10:30"),
    next_update_sentence=SENTENCE,
)

OUTAGE = incident(
    "2026-04-06 10:00",
    update("2026-04-06 10:05", "investigating"),
    update("2026-04-06 11:00", "resolved"),
    impact="major",
)
WEEKDAYS = {6: "Monday", 8: "Wednesday"}


def page(notice: Incident) -> NoticeView:
    return SiteViews(site(notice)).notice(notice, (None, None))


def test_the_head_of_an_open_notice_states_the_next_update_instead_of_its_last_message() -> None:
    down = incident("2026-04-06 10:00", UPDATE, impact="major")
    view = SiteViews(site(down)).notice(down, (None, None))
    assert view.next_update
    assert [found.message for found in view.updates] == ["We look into it."]


def test_the_last_message_of_a_closed_notice_keeps_the_sentence_about_the_next_update() -> None:
    down = incident("2026-04-06 10:00", UPDATE, resolved="2026-04-06 11:00", impact="major")
    view = SiteViews(site(down)).notice(down, (None, None))
    assert view.next_update is None
    assert [found.message for found in view.updates] == [f"We look into it. {SENTENCE}"]


def test_the_page_of_an_embargoed_notice_says_once_when_it_became_public() -> None:
    view = page(replace(OUTAGE, publish_at=at("2026-04-10 09:00")))
    assert view.publication == "Published Friday 10 April 2026, 09:00 UTC."
    assert [found.at.text for found in view.updates] == ["Monday 6 April 2026, 11:00 UTC", "10:05 UTC"]
    assert view.record[0] == "First said in public Friday 10 April 2026, 09:00 UTC, 3 days 23 hr after it began."
    assert view.measured
    assert [(f.name, f.value, f.source and f.source.label) for f in view.measured.figures][1] == (
        "To first update",
        ("3 days", "23 hr"),
        "update: “It is investigating.”",
    )
    assert view.frame.as_of
    assert view.frame.as_of.text == "Friday 10 April 2026, 09:00 UTC"


def test_the_page_of_a_notice_that_was_public_at_once_has_the_times_of_its_updates_only() -> None:
    view = page(OUTAGE)
    assert view.publication == ""
    assert view.record[0] == "First said in public Monday 6 April 2026, 10:05 UTC, 5 min after it began."
    assert page(replace(OUTAGE, publish_at=at("2026-04-06 10:03"))).record == view.record


def test_a_page_shows_a_day_of_publication_without_a_clock() -> None:
    view = page(replace(OUTAGE, publish_at=at("2026-04-10 00:00"), publish_on=date(2026, 4, 10)))
    assert view.publication == "Published Friday 10 April 2026."
    assert view.record[0] == "First said in public Friday 10 April 2026."


@pytest.mark.parametrize("day", [6, 8])
def test_a_page_last_changed_by_a_postmortem_of_a_day_shows_that_day_without_a_clock(day: int) -> None:
    body = Postmortem(published_at=at(f"2026-04-0{day} 00:00"), published_on=date(2026, 4, day))
    shown = page(replace(OUTAGE, postmortem=body)).frame.as_of
    assert shown
    assert (shown.text, shown.iso, shown.utc) == (f"{WEEKDAYS[day]} {day} April 2026", f"2026-04-0{day}", "")


def test_the_page_of_a_backfilled_notice_says_so_once_and_not_when_it_was_first_public() -> None:
    view = page(replace(OUTAGE, backfilled=True))
    assert view.record == ("Added to the history afterwards.",)
    assert view.publication == ""
    assert view.measured is None
    dated = page(replace(OUTAGE, backfilled=True, publish_at=at("2026-04-10 09:00")))
    assert dated.record == ("Added to the history afterwards, Friday 10 April 2026, 09:00 UTC.",)


@pytest.mark.parametrize(("fields", "label"), [
    ({}, "said in public"), ({"backfilled": True}, "update"), ({"publish_at": at("2026-04-10 09:00")}, "update"),
])  # fmt: skip
def test_a_timeline_says_of_an_update_that_it_was_public_only_if_it_was(fields: Any, label: str) -> None:
    entry = TimelineEntry(at=at("2026-04-06 10:02"), text="The alarm rings.", line=1)
    view = page(replace(OUTAGE, postmortem=Postmortem(timeline=(entry,)), **fields))
    assert view.timeline
    assert [key.word for key in view.timeline.drawing.legend if key.mark == "say"] == [label]
    assert [row.in_public for day in view.timeline.days for row in day.rows if row.publication] == [not fields] * 2
    assert ("Said in public" in view.timeline.drawing.description) is (not fields)


@pytest.mark.parametrize(("fields", "dated"), [
    ({}, True), ({"backfilled": True}, False), ({"backfilled": True, "publish_at": at("2026-04-10 09:00")}, True),
])  # fmt: skip
def test_pages_do_not_claim_when_they_last_changed_where_nobody_knows_when_something_was_added(
    fields: Any, dated: bool
) -> None:
    notice = replace(OUTAGE, **fields)
    assert (page(notice).frame.as_of is not None) is dated
    assert (month_view(site(notice), Month(2026, 4)).frame.as_of is not None) is dated


def work(*updates: Update, now: str = "2026-05-01 00:00") -> NoticeView:
    """The page of work that was planned from 10:00 to 11:00."""
    planned = maintenance("2026-04-06 10:00", "2026-04-06 11:00", *updates, components=states(web="under_maintenance"))
    return SiteViews(site(planned, now=now)).notice(planned.as_of(at(now)), (None, None))


@pytest.mark.parametrize(
    ("begun", "ended", "plan"),
    [
        ("10:00", "11:00", []),
        ("10:00", "13:00", ["Planned until 11:00 UTC; took 2 hr longer."]),
        ("10:00", "10:45", ["Planned until 11:00 UTC; ended 15 min earlier."]),
        ("10:40", "11:00", ["Planned from 10:00 UTC; began 40 min later."]),
        (
            "10:40",
            "11:40",
            ["Planned from 10:00 UTC; began 40 min later.", "Planned until 11:00 UTC; ended 40 min later."],
        ),
        (
            "09:30",
            "10:50",
            ["Planned from 10:00 UTC; began 30 min earlier.", "Planned until 11:00 UTC; ended 10 min earlier."],
        ),
    ],
)
def test_the_page_of_work_says_what_became_of_its_plan(begun: str, ended: str, plan: list[str]) -> None:
    view = work(update(f"2026-04-06 {begun}", "in_progress"), update(f"2026-04-06 {ended}", "completed"))
    assert list(view.plan) == plan
    assert view.span == f"Monday 6 April 2026, {begun} to {ended} UTC"


def test_the_plan_is_the_first_one_where_an_update_moved_the_end() -> None:
    begun = update("2026-04-06 10:00", "in_progress")
    moved = update("2026-04-06 10:50", "in_progress", until=at("2026-04-06 12:00"))
    done = update("2026-04-06 12:30", "completed")
    assert work(begun, moved, now="2026-04-06 11:30").plan == ()
    late = work(begun, moved, now="2026-04-06 12:10")
    assert late.plan == ("It was to end by 12:00 UTC and is still going on.",)
    assert late.span == "since Monday 6 April 2026, 10:00 UTC"
    assert work(begun, moved, done).plan == ("Planned until 11:00 UTC; took 1 hr 30 min longer.",)


def test_the_page_of_work_that_was_put_off_has_its_new_plan_and_when_it_had_begun() -> None:
    updates = (update("2026-04-05 10:00", "in_progress"), update("2026-04-05 10:20", "scheduled"))
    view = work(*updates, now="2026-04-05 12:00")
    assert (view.state_word, view.aside, view.open) == ("Planned maintenance", "put off", True)
    assert view.span == "Monday 6 April 2026, 10:00 to 11:00 UTC"
    assert view.plan == ("It began earlier and was then put off: Sunday 5 April 2026, 10:00 to 10:20 UTC.",)
    assert not view.affects
    assert [found.changes for found in view.updates] == [
        ("Web: under maintenance → operational",),
        ("Web: operational → under maintenance",),
    ]


@pytest.mark.parametrize(("now", "under_way", "opens"), [
    ("2026-04-06 09:59", False, "2026-04-06T10:00+00:00"),
    ("2026-04-06 10:00", True, "2026-04-06T10:00+00:00"),
    ("2026-04-06 10:20", True, "2026-04-06T10:20+00:00"),
    ("2026-04-06 12:00", False, None),
])  # fmt: skip
def test_a_page_of_work_changes_within_minutes_only_while_it_is_under_way(
    now: str, opens: str | None, *, under_way: bool
) -> None:
    planned = maintenance("2026-04-06 10:00", "2026-04-06 11:00")
    context = site(planned, now=now)
    for frame in (SiteViews(context).notice(planned, (None, None)).frame, status_view(context).frame):
        assert (frame.open, frame.opens and frame.opens.iso) == (under_way, opens)


def test_an_incident_beside_planned_work_makes_the_status_page_open() -> None:
    planned, down = maintenance("2026-04-06 10:00", "2026-04-06 11:00"), incident("2026-04-06 08:00")
    frame = status_view(site(planned, down, now="2026-04-06 09:00")).frame
    assert frame.opens
    assert (frame.open, frame.opens.iso) == (True, "2026-04-06T09:00+00:00")


def test_an_update_has_the_change_that_it_publishes_and_not_that_of_the_plan_before_it() -> None:
    announced = update("2026-04-01 10:00", "scheduled")
    worse = update(
        "2026-04-06 10:20", "in_progress", until=at("2026-04-06 11:00"), components=states(web="major_outage")
    )
    done = update("2026-04-06 11:30", "completed")
    newest, middle, first = work(announced, worse, done).updates
    assert newest.changes == ("Web: major outage → operational",)
    assert middle.changes == ("Web: under maintenance → major outage",)
    assert not first.changes
    (newest, _) = work(announced, done).updates
    assert newest.changes == ("Web: under maintenance → operational",)
    (newest, _) = work(announced, update("2026-04-06 10:20", "in_progress", until=at("2026-04-06 11:00"))).updates
    assert newest.changes == ()


def test_the_page_of_work_that_was_called_off_has_no_duration() -> None:
    for now in ("2026-04-05 13:00", "2026-04-06 10:30", "2026-05-01 00:00"):
        view = work(update("2026-04-05 12:00", "completed"), now=now)
        assert view.frame.head_title.startswith("Called off: It broke")
        assert (view.state, view.aside) == ("no_data", "")
        assert view.span == "planned for Monday 6 April 2026, 10:00 to 11:00 UTC"
        assert (view.plan, view.impacts, view.strips, view.open) == ((), (), None, False)
        assert [found.stage for found in view.updates] == ["Called off"]
