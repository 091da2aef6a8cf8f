"""Lists of times that no heading calls a timeline, and lines below "Action items" that promise nothing."""

from __future__ import annotations

import pytest

from tests.authoring.tidy.proposing import ProposalSureness, about, promises, proposed


def summary(text: str) -> str:
    """A report with these words in its summary."""
    return f"# Mail was late\n\n## Summary\n\n{text}\n\n## Impact\n\nAll.\n"


NO_ACCOUNTS = [
    "Office hours:\n\n- 08:00 open\n- 12:00 lunch\n- 13:00 open\n- 18:00 closed",
    "Agenda\n\n- 09:00 Welcome\n- 10:00 The outage of May\n- 11:00 Alerts and errors\n- 12:00 Questions",
    "- 08:00 Bus departs\n- 09:00 Bus arrives\n- 10:00 Bus departs\n- 11:00 Bus arrives",
    "Maintenance\n\n- 22:00 Switch the database\n- 22:30 Restart\n- 23:00 Check alerts\n- 23:30 Deploy",
    "Backups run at these hours:\n\n- 02:00 database\n- 03:00 mail\n- 04:00 files\n- 05:00 logs",
    "It said:\n\n- 14:05:01 ERROR no connection\n- 14:05:02 WARN retry\n- 14:05:03 ERROR failed\n- 14:05:04 INFO up",
    "| What | When |\n|---|---|\n| Start | 14:05 |\n| End | 16:40 |\n| Duration | 2:35 |",
    "| What | When |\n|---|---|\n| Outage start | 14:05 |\n| Detected | 14:12 |\n| Outage end | 16:40 |",
    "| Part | Start | End |\n|---|---|---|\n| Mail | 14:05 | 15:00 |\n| Web | 14:06 | 15:00 |\n| Pay | 14:10 | 15:10 |",
]


@pytest.mark.parametrize("text", NO_ACCOUNTS)
def test_schedules_logs_and_facts_are_no_timeline(text: str) -> None:
    assert proposed(summary(text)).text == summary(text)


@pytest.mark.parametrize(
    "text",
    [
        "- 14:30 Sign-in fails\n- 14:35 Paged\n- 14:41 The cause is found\n- 15:10 It works",
        "- 14:30 Deploy\n- 14:35 Alarm\n- 14:40 Rollback\n- 15:40 Done",
        "This happened:\n\n- 14:30 Errors begin\n- 14:35 Pager rings\n- 14:40 Rolled back\n- 15:10 All good",
    ],
)
def test_a_list_of_the_events_of_an_outage_is_surely_a_timeline(text: str) -> None:
    assert "### Timeline" in proposed(summary(text), everything=False).lines


@pytest.mark.parametrize(
    "text",
    [
        "- 14:30 Sign-in fails\n- 14:35 Anna\n- 14:41 Boris\n- 15:10 Chloe",
        "- 14:30 Sign-in fails\n- 16:35 Paged\n- 14:41 The cause is found\n- 15:10 It works",
        "- 14:30 Sign-in fails\n- 14:35 Paged\n- 14:41 The cause is found",
    ],
)
def test_a_list_that_may_be_something_else_is_likely_a_timeline(text: str) -> None:
    (found,) = about(proposed(summary(text)), "section")
    assert found.sureness is ProposalSureness.LIKELY


def read_below_action_items(lines: str) -> list[str]:
    """The action items that are read once these lines are tidied."""
    return [text for text, *_ in promises(proposed(f"## Action items\n\n{lines}\n").text)]


@pytest.mark.parametrize(
    "lines",
    [
        "This will take long, because the deploy tool is old.",
        "Thank you for your patience.",
        "We will write again.",
        "Thank you for your patience.\nWe will write again.",
        "The deploy tool is old.\nIt is slow.",
        "Write to us if you have questions.",
        "Test results are below.",
        "Work on this continues.",
        "Note: the tool is old",
    ],
)
def test_prose_below_action_items_promises_nothing(lines: str) -> None:
    assert read_below_action_items(lines) == []


def test_orders_beside_prose_become_items_without_it() -> None:
    lines = (
        "This will take long.\n\nAdd an alarm\nSplit the queue\n\nThank you for your patience.\n\nWe will write again."
    )
    assert read_below_action_items(lines) == ["Add an alarm", "Split the queue"]


def test_orders_that_prose_follows_at_once_stay_for_a_person() -> None:
    assert read_below_action_items("Add an alarm.\nSplit the queue.\nThank you for your patience.") == []
