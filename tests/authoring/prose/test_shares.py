"""How many were affected is shown as its author wrote it, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.content.folders import INCIDENT

if TYPE_CHECKING:
    from mkdocs_incidents.authoring.prose.shares import StatedShare
    from tests.authoring.reading import ProseFolder


def shares(folder: ProseFolder, body: str) -> tuple[StatedShare, ...]:
    return folder.shares(f"{INCIDENT}\n{body}")


@pytest.mark.parametrize(("sentence", "percent", "quote"), [
    ("The outage reached 100 % of traffic.", 100, "100 %"),
    ("37 % of all transfers, 12,400 in all, arrived late.", 37, "37 %"),
    ("From 11:20 to 12:09 we refused 94% of\nall card payments.", 94, "94%"),
    ("Up to 2.5 per cent of our users could not sign in.", 2.5, "Up to 2.5 per cent"),
])  # fmt: skip
def test_a_share_that_the_text_states_is_read_with_its_sentence(
    folder: ProseFolder, sentence: str, percent: float, quote: str
) -> None:
    (share,) = shares(folder, f"## Impact\n\nIt hurt.\n\n{sentence}\n")
    assert (share.percent, share.quote, share.line) == (percent, quote, 12)
    assert share.sentence == " ".join(sentence.split())


@pytest.mark.parametrize("sentence", [
    "99.9 % of requests were served as normal.",
    "Of the payments that failed, 94 % of them recovered by themselves.",
    "Payments failed at first for 5 % of users, later for 40 %.",
    "We lost sight of 90 % of memory.",
    "It reached 110 % of traffic.",
    "10–20 % of users were affected.",
    "| Users affected | 40 % of users |",
    "Half of all users were affected.",
])  # fmt: skip
def test_what_is_no_share_of_those_affected_is_not_shown_as_one(folder: ProseFolder, sentence: str) -> None:
    assert shares(folder, f"## Impact\n\n{sentence}\n") == ()


def test_the_impact_is_more_exact_than_the_summary(folder: ProseFolder) -> None:
    told = "## Summary\n\nIt affected about 40 % of users.\n\n## Impact\n\nIt affected 38 % of users.\n"
    assert [share.quote for share in shares(folder, told.replace("40", "38"))] == ["38 %"]
    assert [share.quote for share in shares(folder, told.partition("## Impact")[0])] == ["about 40 %"]


def test_of_two_shares_that_deny_each_other_neither_is_shown(folder: ProseFolder) -> None:
    body = "## Summary\n\nIt affected 40 % of users.\n\n## Impact\n\nIt affected 60 % of users.\n"
    assert shares(folder, body) == ()


def test_what_a_promise_or_a_lesson_says_is_no_impact(folder: ProseFolder) -> None:
    assert shares(folder, "## Lessons\n\nA fault must never reach 10 % of users.\n") == ()
