"""Many sentences about times, durations, shares and days: only those that contradict the facts are reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mkdocs_incidents.content.problems import ADVICE

from .notices import codes, file_with, lines

if TYPE_CHECKING:
    from tests.content.folders import Folder

CONTRADICTIONS = set(ADVICE) - {"editorial-language", "section-partly-read"}


@pytest.mark.parametrize(("where", "text"), lines("statements_about_times.txt"))
def test_an_honest_sentence_about_times_contradicts_nothing(where: str, text: str, folder: Folder) -> None:
    assert not CONTRADICTIONS.intersection(codes(folder, file_with(where, text)))


@pytest.mark.parametrize(("code", "where", "text"), lines("contradictions.txt"))
def test_a_sentence_that_contradicts_the_facts_is_reported(code: str, where: str, text: str, folder: Folder) -> None:
    assert code in codes(folder, file_with(where, text))


def test_the_lists_are_long_and_every_kind_of_contradiction_is_in_them() -> None:
    assert len(lines("statements_about_times.txt")) >= 80
    assert len(lines("contradictions.txt")) >= 30
    assert {code for code, *_ in lines("contradictions.txt")} == CONTRADICTIONS


def work(*messages: str) -> str:
    """Work planned for 3 December, with these announcements."""
    updates = "".join(
        f"  - {{at: 2026-04-0{number} 10:00, status: scheduled, message: {message}}}\n"
        for number, message in enumerate(messages, 1)
    )
    plan = "scheduled: {from: 2026-12-03 01:00, until: 2026-12-03 03:00}"
    return f"---\ntitle: Database move\n{plan}\ncomponents: [transfers]\nupdates:\n{updates}---\n"


def test_planned_work_takes_place_on_a_day_that_its_last_announcement_names(folder: Folder) -> None:
    assert "day-differs" in codes(folder, work("Transfers pause in the night of 26 November."))
    assert "day-differs" in codes(folder, work("It is on 3 December.", "It is on 4 December instead."))


@pytest.mark.parametrize("messages", [
    ("Transfers pause in the night of 3 December.",),
    ("It is on 26 November.", "It moves from 26 November to 3 December."),
    ("It is not on 26 November. It is on 3 December.",),
    ("Transfers pause for two hours at night.",),
    (),
])  # fmt: skip
def test_an_announcement_of_the_plan_or_of_no_day_contradicts_nothing(
    messages: tuple[str, ...], folder: Folder
) -> None:
    assert "day-differs" not in codes(folder, work(*messages) if messages else work().replace("updates:\n", ""))
