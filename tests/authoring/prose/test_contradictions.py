"""An event of the timeline that another section puts at another time is found; what is vague is left alone."""

from __future__ import annotations

import pytest

from tests.content.folders import INCIDENT, Folder

STARTED = INCIDENT.replace("14:30", "14:00")


def test_the_seeds_contradiction_is_found_once(folder: Folder) -> None:
    text = (
        "\n## Timeline\n\n- 2:00 PM: Software update push\n- 2:15 PM: Unusual spike in traffic\n"
        "- 3:04 PM: Successful update rollback\n"
        "\n## Root cause\n\nAT 2:30 PM WAT, a software update was pushed after multiple testing. It\nhad a bug."
        "\n\nAT 3:04 PM, the successful update rollback began. From 2:30PM to 3:15PM a software update push failed.\n"
    )
    found = folder.problems("x.md", STARTED + text)
    (problem,) = [problem for problem in found if problem.code == "prose-contradicts-timeline"]
    assert problem.line == 16
    assert "14:30" in problem.message
    assert "14:00" in problem.message


@pytest.mark.parametrize(
    "prose",
    [
        "A software update was pushed at 2:00 PM.",
        "A software update was pushed at 13:00 UTC.",
        "A software update was pushed.",
        "The push of a software update began between 1:00 PM and 2:30 PM.",
        "A software update was pushed at 2:30 PM PST.",
        "```\nA software update was pushed at 2:30 PM.\n```",
    ],
)
def test_prose_that_agrees_or_is_vague_is_no_contradiction(folder: Folder, prose: str) -> None:
    timeline = "\n## Timeline\n\n- 2:00 PM: Software update push\n"
    assert folder.problems("x.md", f"{STARTED}{timeline}\n## Root cause\n\n{prose}\n") == []


def test_an_event_that_the_timeline_has_twice_is_no_contradiction(folder: Folder) -> None:
    twice = "\n## Timeline\n\n- 2:00 PM: Software update push\n- 2:10 PM: Second software update push\n"
    prose = "\n## Root cause\n\nA second software update was pushed at 2:30 PM.\n"
    assert folder.problems("x.md", STARTED + twice + prose) == []


def test_text_of_a_timeline_below_a_heading_of_its_own_is_not_compared_with_it(folder: Folder) -> None:
    timeline = "\n## Timeline\n\n- 2:00 PM: Software update push\n\n### Detection\n\nSoftware update push, 2:30 PM.\n"
    assert folder.problems("x.md", STARTED + timeline) == []


def test_a_file_in_another_language_is_left_alone(folder: Folder) -> None:
    timeline = "\n## Zeitachse\n\n- 14:00 — Update eingespielt und geprüft\n\n## Ursache\n\n"
    prose = "Das Update wurde um 16:00 Uhr erneut eingespielt und danach geprüft.\n"
    assert folder.problems("x.md", STARTED + timeline + prose) == []
    english = timeline.replace("Zeitachse", "Timeline").replace("Ursache", "X")
    assert folder.problems("x.md", STARTED + english + prose) == []
    assert folder.problems("x.md", f"{STARTED}{english}Um 16:00 the update was eingespielt und geprüft after all.\n")
