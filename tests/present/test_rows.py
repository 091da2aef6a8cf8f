"""Rows of notices in lists."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mkdocs_incidents.model import Retraction
from mkdocs_incidents.present.pages.rows import notice_row
from mkdocs_incidents.present.pages.status import open_notice
from tests.makers import at, maintenance, states, update
from tests.present.contexts import site


@pytest.mark.parametrize(
    ("now", "planned"),
    [
        ("2026-04-05 12:00", ("2026-04-06T10:00+00:00", "2026-04-06T11:00+00:00")),
        ("2026-04-06 10:30", ("2026-04-06T10:00+00:00", "2026-04-06T11:00+00:00")),
        ("2026-04-06 11:00", None),
    ],
)
def test_a_row_of_work_has_its_schedule_for_the_script_until_it_is_over(
    now: str, planned: tuple[str, str] | None
) -> None:
    work = maintenance("2026-04-06 10:00", "2026-04-06 11:00", components=states(web="under_maintenance"))
    assert notice_row(site(work, now=now), work).planned == planned


def test_a_row_of_work_that_only_an_update_completes_has_no_schedule_for_the_script() -> None:
    work = maintenance("2026-04-06 10:00", "2026-04-06 11:00", update("2026-04-06 10:00", "in_progress"))
    row = notice_row(site(work, now="2026-04-06 10:30"), work)
    assert row.planned is None
    assert row.facts == ("Monday 6 April 2026, 10:00 to 11:00 UTC",)


def test_a_row_of_work_says_when_it_went_on_and_how_much_longer_than_planned() -> None:
    done = maintenance("2026-04-06 10:00", "2026-04-06 11:00", update("2026-04-06 12:30", "completed"))
    row = notice_row(site(done), done)
    assert row.facts == ("Monday 6 April 2026, 10:00 to 12:30 UTC, 1 hr 30 min past its planned end",)


def test_a_row_of_work_that_was_called_off_says_so_and_for_when_it_was_planned() -> None:
    off = maintenance("2026-04-06 10:00", "2026-04-06 11:00", update("2026-04-05 12:30", "completed"))
    row = notice_row(site(off), off)
    assert (row.state_word, row.state, row.planned) == ("Maintenance, called off", "no_data", None)
    assert row.facts == ("planned for Monday 6 April 2026, 10:00 to 11:00 UTC",)


@pytest.mark.parametrize(
    ("begun", "now", "when", "after_end"),
    [
        ("2026-04-06 10:40", "2026-04-06 10:50", "Monday 6 April 2026, 10:40 to 11:00 UTC", False),
        ("2026-04-06 10:40", "2026-04-06 11:30", "since Monday 6 April 2026, 10:40 UTC", False),
        ("2026-04-06 11:20", "2026-04-06 11:30", "since Monday 6 April 2026, 11:20 UTC", True),
    ],
)
def test_a_row_of_work_in_progress_says_when_it_began_and_no_end_that_has_passed(
    begun: str, now: str, when: str, after_end: bool
) -> None:
    late = maintenance("2026-04-06 10:00", "2026-04-06 11:00", update(begun, "in_progress"))
    assert notice_row(site(late, now=now), late).facts == (when,)
    assert open_notice(site(late, now=now), late).begun_after_end is after_end


def test_work_that_was_announced_again_after_its_plan_is_not_said_to_go_on() -> None:
    late = maintenance("2026-04-06 10:00", "2026-04-06 11:00", update("2026-04-06 10:30", "scheduled"))
    row = notice_row(site(late, now="2026-04-06 11:30"), late)
    assert "since" not in " ".join(row.facts)


def test_a_row_of_work_that_was_retracted_says_for_when_it_was_planned() -> None:
    work = maintenance("2026-04-06 10:00", "2026-04-06 11:00", update("2026-04-05 12:30", "scheduled"))
    work = replace(work, retraction=Retraction("A mistake.", at("2026-04-05 13:00")))
    row = notice_row(site(work), work)
    assert (row.state_word, row.facts) == ("Retracted", ("planned for Monday 6 April 2026, 10:00 to 11:00 UTC",))


def test_a_row_of_work_that_was_put_off_says_so() -> None:
    announced, begun, again = (
        update("2026-04-05 10:00", "scheduled"),
        update("2026-04-06 10:00", "in_progress"),
        update("2026-04-06 10:20", "scheduled"),
    )
    planned = maintenance("2026-04-12 10:00", "2026-04-12 11:00", announced)
    put_off = maintenance("2026-04-12 10:00", "2026-04-12 11:00", announced, begun, again)
    labels = [notice_row(site(work, now="2026-04-07 10:00"), work).state_word for work in (planned, put_off)]
    assert labels == ["Scheduled", "Put off"]
