"""The page of a notice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from mkdocs_incidents.model import Postmortem, TimelineEntry
from mkdocs_incidents.present.pages.history import month_view
from mkdocs_incidents.present.pages.site import SiteViews
from mkdocs_incidents.status import Month
from tests.makers import at, incident, update
from tests.present.contexts import site

if TYPE_CHECKING:
    from mkdocs_incidents.model import Incident
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
    assert [found.at.text for found in view.updates] == ["11:00 UTC", "10:05 UTC"]
    assert view.record[0] == "First said in public Friday 10 April 2026, 09:00 UTC, 3 days 23 hr after it began."
    assert view.measured
    assert [(f.name, f.value, f.source and f.source.label) for f in view.measured.figures][1] == (
        "To first update",
        ("3 days", "23 hr"),
        "update: “It is investigating.”",
    )
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
    assert page(notice).frame.dated is dated
    assert month_view(site(notice), Month(2026, 4)).frame.dated is dated
