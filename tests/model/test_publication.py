"""When something became public, which is not always when it happened or was written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mkdocs_incidents.model import Incident, Postmortem, StatedInstant
from tests.makers import announcement, at, incident, maintenance, update

NOW = at("2026-05-01 00:00")
ZONE = "Africa/Lagos"  # UTC+1
FIRST, LAST = update("2026-04-06 14:36", "investigating", ZONE), update("2026-04-06 15:15", "resolved", ZONE)
OUTAGE = incident("2026-04-06 14:30", FIRST, LAST, zone=ZONE)


def on(day: date, notice: Incident = OUTAGE) -> Incident:
    """The notice with a postmortem published on a day, as the loader reads it."""
    return replace(notice, postmortem=Postmortem(published_at=at(f"{day} 00:00", ZONE), published_on=day))


def test_an_update_under_an_embargo_is_public_when_the_embargo_ends() -> None:
    held = replace(OUTAGE, publish_at=at("2026-04-09 09:00"))
    assert [held.update_published_at(found) for found in held.updates] == [at("2026-04-09 09:00")] * 2
    assert held.published_at == at("2026-04-09 09:00")
    assert not held.updated_in_public


def test_an_update_after_the_embargo_or_without_one_is_public_at_its_own_time() -> None:
    held = replace(OUTAGE, publish_at=at("2026-04-06 15:00", ZONE))
    assert [held.update_published_at(found) for found in held.updates] == [at("2026-04-06 15:00", ZONE), LAST.at]
    assert OUTAGE.published_at == FIRST.at
    assert OUTAGE.updated_in_public


def test_planned_work_under_an_embargo_was_not_announced_before_its_end() -> None:
    work = maintenance("2026-04-20 01:00", "2026-04-20 02:00", update("2026-04-06 09:00", "scheduled"))
    assert replace(work, publish_at=at("2026-04-10 09:00")).published_at == at("2026-04-10 09:00")


def test_a_postmortem_is_never_public_before_its_notice() -> None:
    early = replace(
        OUTAGE, publish_at=at("2026-04-09 09:00"), postmortem=Postmortem(published_at=at("2026-04-08 09:00"))
    )
    assert early.postmortem_published_at == at("2026-04-09 09:00")


def test_a_postmortem_with_a_time_has_that_time() -> None:
    later = replace(OUTAGE, postmortem=Postmortem(published_at=at("2026-04-06 15:00", ZONE)))
    assert later.postmortem_published_at == at("2026-04-06 15:00", ZONE)


def test_a_postmortem_of_the_day_of_the_end_comes_after_the_closing_update() -> None:
    assert on(date(2026, 4, 6)).postmortem_published_at == LAST.at


def test_a_postmortem_of_the_day_of_the_end_comes_after_the_end_that_the_file_states() -> None:
    later = replace(OUTAGE, stated_resolved_at=at("2026-04-06 16:00", ZONE))
    assert on(date(2026, 4, 6), later).postmortem_published_at == at("2026-04-06 16:00", ZONE)


def test_a_postmortem_of_the_day_on_which_the_embargo_ends_comes_after_that() -> None:
    held = replace(OUTAGE, publish_at=at("2026-04-09 09:00", ZONE))
    assert on(date(2026, 4, 9), held).postmortem_published_at == at("2026-04-09 09:00", ZONE)


def test_a_postmortem_of_a_later_day_has_the_first_instant_of_that_day() -> None:
    assert on(date(2026, 4, 8)).postmortem_published_at == at("2026-04-08 00:00", ZONE)


def test_an_update_of_a_later_day_does_not_move_a_postmortem() -> None:
    more = replace(OUTAGE, updates=(FIRST, LAST, update("2026-04-09 10:00", "resolved", ZONE)))
    assert on(date(2026, 4, 8), more).postmortem_published_at == at("2026-04-08 00:00", ZONE)


def test_the_day_is_that_of_the_file_and_not_of_utc() -> None:
    late = incident("2026-04-06 23:10", update("2026-04-06 23:20", "resolved", ZONE), zone=ZONE)
    early = incident("2026-04-07 00:10", update("2026-04-07 00:20", "resolved", ZONE), zone=ZONE)
    assert on(date(2026, 4, 7), late).postmortem_published_at == at("2026-04-07 00:00", ZONE)
    assert on(date(2026, 4, 7), early).postmortem_published_at == at("2026-04-07 00:20", ZONE)


def test_the_postmortem_of_planned_work_does_not_wait_for_its_planned_end() -> None:
    work = maintenance("2026-04-06 10:00", "2026-04-06 12:00", update("2026-04-05 10:00", "scheduled"))
    body = Postmortem(published_at=at("2026-04-06 00:00"), published_on=date(2026, 4, 6))
    assert replace(work, postmortem=body).postmortem_published_at == at("2026-04-06 00:00")


def test_what_is_dated_by_its_day_changed_on_a_day_and_not_at_midnight() -> None:
    assert on(date(2026, 4, 6)).last_change(NOW) == StatedInstant(LAST.at, date(2026, 4, 6))
    assert on(date(2026, 4, 8)).last_change(NOW) == StatedInstant(at("2026-04-08 00:00", ZONE), date(2026, 4, 8))
    held = replace(OUTAGE, publish_at=at("2026-04-09 00:00", ZONE), publish_on=date(2026, 4, 9))
    assert held.last_change(NOW) == StatedInstant(at("2026-04-09 00:00", ZONE), date(2026, 4, 9))


def test_what_is_dated_by_its_time_changed_at_that_time() -> None:
    assert OUTAGE.last_change(NOW) == StatedInstant(LAST.at)
    more = replace(OUTAGE, updates=(FIRST, LAST, update("2026-04-09 10:00", "resolved", ZONE)))
    assert on(date(2026, 4, 8), more).last_change(NOW) == StatedInstant(at("2026-04-09 10:00", ZONE))


def test_subscribers_are_told_of_every_notice_that_is_not_backfilled() -> None:
    assert OUTAGE.announces(FIRST.at)
    assert not replace(OUTAGE, backfilled=True).announces(NOW)


def test_subscribers_are_told_of_what_a_backfilled_notice_adds_after_its_publication() -> None:
    added = replace(OUTAGE, backfilled=True, publish_at=at("2026-04-20 09:00"))
    assert not added.announces(LAST.at)
    assert not added.announces(at("2026-04-20 09:00"))
    assert added.announces(at("2026-04-20 09:01"))


@pytest.mark.parametrize("publish_at", [None, at("2026-04-20 09:00")])
def test_a_backfilled_notice_keeps_its_place_in_the_history(publish_at: object) -> None:
    added = replace(OUTAGE, backfilled=True, publish_at=publish_at)  # type: ignore[arg-type]
    assert added.published_at == FIRST.at
    assert not added.updated_in_public
    news = announcement("2026-04-06 10:00", backfilled=True, publish_at=publish_at)
    assert news.published_at == at("2026-04-06 10:00")
    work = maintenance("2026-04-06 10:00", "2026-04-06 12:00", backfilled=True, publish_at=publish_at)
    assert work.published_at == at("2026-04-06 10:00")


def test_work_that_was_to_be_announced_later_counts_as_published_at_its_begin() -> None:
    work = maintenance(
        "2026-04-06 10:00", "2026-04-06 12:00", update("2026-04-06 11:00", "in_progress"),
        publish_at=at("2026-04-05 00:00"), publish_on=date(2026, 4, 5),
    )  # fmt: skip
    known = work.as_of(at("2026-04-06 10:30"))
    assert (known.publish_at, known.publish_on) == (at("2026-04-06 10:00"), None)


def test_a_postmortem_of_a_day_before_the_notice_was_published_has_that_time_and_no_day() -> None:
    held = replace(on(date(2026, 4, 7)), publish_at=at("2026-04-09 15:00"))
    assert held.postmortem_published_at == at("2026-04-09 15:00")
    assert held.postmortem_published_on is None
    assert held.last_change(NOW) == StatedInstant(at("2026-04-09 15:00"))
    assert on(date(2026, 4, 7)).postmortem_published_on == date(2026, 4, 7)
