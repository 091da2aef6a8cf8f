"""A statement of the text that the facts contradict is reported; one that agrees is left alone."""

from __future__ import annotations

import pytest

from tests.content.folders import INCIDENT, Folder

CONTRADICTED = {
    # durations; it was 45 minutes
    "The outage lasted 90 minutes.": "duration-differs",
    "The outage lasted an hour and a half.": "duration-differs",
    "It lasted about three hours.": "duration-differs",
    "Duration: 2h": "duration-differs",
    "**Duration:** 1h30": "duration-differs",
    "Total downtime: 1h 30m": "duration-differs",
    "The whole service was down for 3 hours.": "duration-differs",
    "We were down 3 hours.": "duration-differs",
    "For two hours nobody could pay.": "duration-differs",
    "The 90-minute outage cost many of you a sale.": "duration-differs",
    "An outage of two hours.": "duration-differs",
    "It took 2 hours to restore it.": "duration-differs",
    "The outage lasted more than an hour and a half.": "duration-differs",
    "The outage lasted 1.5 hours.": "duration-differs",
    # beginning and end; it was 14:30 to 15:15
    "Cards could not be used from 2:00 PM to 3:15 PM.": "time-differs",
    "Between 14:30 and 16:15 cards were down.": "time-differs",
    "The outage began at 2:00 PM.": "time-differs",
    "The outage ended at 16:15.": "time-differs",
    "Start time: 2026-04-06 13:00": "time-differs",
    "The outage began at 12:30 UTC.": "time-differs",
    # days; it was Monday, 6 April 2026
    "The incident happened on 7 April 2026.": "day-differs",
    "The incident happened on 7 April.": "day-differs",
    "On 7 April 2026 cards could not be used.": "day-differs",
    "On Tuesday, 6 April 2026, cards failed.": "weekday-differs",
    # shares
    "The outage affected 80% of users. The outage affected 40% of customers.": "percentage-differs",
    "All users were affected. The outage affected 40% of users.": "percentage-differs",
    "Affected users: 80%\n\nThe outage hit 40% of users.": "percentage-differs",
}


@pytest.mark.parametrize(("text", "code"), CONTRADICTED.items())
def test_a_statement_that_the_facts_contradict_is_reported(folder: Folder, text: str, code: str) -> None:
    (problem, *others) = folder.problems("x.md", f"{INCIDENT}\n## Summary\n\n{text}\n")
    assert (problem.code, {other.code for other in others} - {code}) == (code, set())
    assert problem.line >= 10


HONEST = [
    "The outage lasted 45 minutes.",
    "The outage lasted three quarters of an hour, from 14:30 to 15:15.",
    "It lasted about an hour.",
    "The outage lasted more than 30 minutes.",
    "It took less than an hour to restore it.",
    "Cards could not be used from 2:30 PM to 3:15 PM.",
    "From 13:30 to 14:15 UTC cards were down.",
    "The previous incident lasted 4 hours.",
    "Cards were down for 3 hours.",
    "It took 3 hours to restore the second database.",
    "What was written meanwhile had to be replayed, which took 3 hours.",
    'A merchant wrote: "The outage lasted 3 hours."',
    "> The outage lasted 3 hours.",
    "April: downtime of 3 hours.",
    "In a normal year, the outage of our tax site lasts an hour.",
    "The incident before that occurred on 4 March 2025.",
    "A similar incident happened on 2 October 2025.",
    "The provider's outage lasted 26 hours.",
    "For users of the mobile app the outage lasted 2 hours.",
    "The outage had lasted 10 minutes when the pager rang.",
    "It lasted 10 minutes until the first retry.",
    "Duration: 15 minutes of full outage, 30 minutes of degraded service.",
    "Our status page was down; it lasted 5 minutes.",
    "An alarm rings if cards are down for 2 minutes.",
    "In Lagos 12% of users were affected. In Abuja 30% of users were affected.",
    "The outage affected 12% of users. At the worst moment it reached 80% of traffic.",
    "Free plan: 50% of users were affected. The outage affected 20% of users.",
    "On Monday, 6 April 2026, cards could not be used.",
    "The team met on Tuesday, 7 April 2026.",
    "The job ran from 1:00 to 2:00 and failed; a second one ran from 3:00 to 4:00.",
    "Since 1 March 2026 the outage alarm was off.",
]


@pytest.mark.parametrize("text", HONEST)
def test_an_honest_text_is_left_alone(folder: Folder, text: str) -> None:
    assert [p.code for p in folder.problems("x.md", f"{INCIDENT}\n## Summary\n\n{text}\n")] == []


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Cards failed on 7 April 2026", "day-differs"),
        ("2026-04-07 cards failed", "day-differs"),
        ("Cards failed (7 April)", "day-differs"),
        ("Cards failed on 6 April", None),
        ("Cards failed (since 1 March 2026 in tests)", None),
        ("Cards failed 2026-04-05 to 2026-04-06", None),
    ],
)
def test_a_day_in_the_title_is_that_of_the_incident(folder: Folder, title: str, code: str | None) -> None:
    text = INCIDENT.replace("Card payments failed", title)
    assert [p.code for p in folder.problems("x.md", text)] == ([code] if code else [])


def test_the_worst_may_be_over_before_all_is_well(folder: Folder) -> None:
    sentence = "Cards failed from 14:30 to 15:00."
    assert [p.code for p in folder.problems("x.md", f"{INCIDENT}\n{sentence}\n")] == ["time-differs"]
    body = f"{sentence}\n\n## Timeline\n\n- 15:00 — The rule is off: most cards work.\n"
    assert folder.problems("x.md", f"{INCIDENT}\n{body}") == []


TIMELINE = """
## Timeline

- 14:00 — A software update is pushed.
- 14:30 — The spike triggers the bug and the outage begins.
- 14:31 — The pager tells the team that a database does not respond.
- 14:50 — Escalated to a senior engineer.
- 15:04 — The update is rolled back.
- 15:15 — Authentication is fully functional.

## Root cause

"""


@pytest.mark.parametrize(
    "prose",
    [
        "The update was pushed at 2:30 PM.",
        "The pager went off at 14:45.",
        "We escalated at 15:10.",
        "We rolled the update back at 15:40.",
    ],
)
def test_a_turning_point_at_another_time_is_found_and_both_places_are_quoted(folder: Folder, prose: str) -> None:
    (problem,) = folder.problems("x.md", INCIDENT + TIMELINE + prose + "\n")
    assert problem.code == "prose-contradicts-timeline"
    assert prose in problem.message
    assert "of the timeline has" in problem.message


@pytest.mark.parametrize(
    "prose",
    [
        "The update was pushed at 2:00 PM.",
        "The update was pushed to staging at 11:00.",
        "The update should have been pushed at 16:00.",
        "The update was pushed again at 16:00.",
        "We did not escalate at 14:40.",
        "The pager went off.",
    ],
)
def test_prose_that_agrees_with_the_timeline_or_is_about_something_else_is_fine(folder: Folder, prose: str) -> None:
    assert folder.problems("x.md", INCIDENT + TIMELINE + prose + "\n") == []


def test_a_timeline_that_begins_or_ends_elsewhere_than_the_facts_is_reported(folder: Folder) -> None:
    text = f"{INCIDENT}\n## Timeline\n\n- 13:30 — Outage begins: cards fail\n- 14:40 — Resolved: cards work\n"
    found = folder.problems("x.md", text)
    assert [(p.code, p.line) for p in found] == [("timeline-differs", 10), ("timeline-differs", 11)]


def test_the_last_published_share_is_the_share_of_the_text(folder: Folder) -> None:
    update = "updates:\n  - {at: 2026-04-06 14:36, status: investigating, message: 20 % of users are affected.}\n"
    closing = "  - {at: 2026-04-06 15:15, status: resolved, message: Cards work again.}\n"
    text = INCIDENT.replace("title:", f"{update}{closing}title:")
    (problem,) = folder.problems("x.md", f"{text}\n## Summary\n\nThe outage affected 80% of users.\n")
    assert (problem.code, problem.line) == ("percentage-differs", 13)
    assert "in line 3" in problem.message


def test_a_second_code_is_added_to_the_list_of_accepted_ones(folder: Folder) -> None:
    text = (
        INCIDENT.replace("title:", "accepted: [late-first-word]\ntitle:")
        + "\n## Summary\n\nThe outage lasted 3 hours.\n"
    )
    assert folder.problem("x.md", text).hint.endswith("add duration-differs to the list accepted:")
    text = text.replace("accepted: [late-first-word]\n", "")
    assert folder.problem("x.md", text).hint.endswith("add accepted: [duration-differs]")
