"""Apologies: one in its writers' own words becomes a section, with closing words behind it and nothing else."""

from __future__ import annotations

import time

import pytest

from mkdocs_incidents.authoring.tidy.apology import propose_apology
from mkdocs_incidents.authoring.tidy.proposals import EditedText
from tests.authoring.tidy.proposing import ProposalSureness, about, proposed


def report(text: str) -> str:
    """A report whose root cause holds these words."""
    return f"# Mail was late\n\n## Root cause\n\n{text}\n\n## Impact\n\nAll.\n"


@pytest.mark.parametrize(
    "text",
    [
        "The error page says: We apologize for the inconvenience.",
        "The error page says: We\napologize for the inconvenience.",
        "The screen showed:\n\nWe apologize for the inconvenience.",
        "The page said\n\n> We are sorry for the trouble.",
        "“We apologise for the trouble,” the screen said.",
        "AWS wrote: we are sorry for the trouble.",
        "Our bot replied, sorry for the inconvenience.",
        "Support posted that we are sorry for the trouble.",
        "The vendor apologised for the trouble.",
        "They were sorry for the trouble.",
        "We are not sorry to see it go.",
        "No apology was needed.",
    ],
)
def test_a_quotation_or_an_apology_of_others_is_no_apology(text: str) -> None:
    assert not about(proposed(report(text)), "apology")


@pytest.mark.parametrize(
    "text",
    [
        "A flag was wrong. We apologise for that. The flag tool had no check.",
        "A flag was wrong. We apologise for that.\n\nThe tool is old and will be replaced.",
        "We apologise for that. We had no check in the flag tool.",
        "We apologise for that.\n\nDuration: 30 minutes",
        "We are sorry to hear that.",
        "We apologise for the long report.",
        "We apologise to the database team for the page.",
        "The director asked if we apologize to users.",
        "An apology was sent to customers.",
    ],
)
def test_a_further_account_behind_it_and_other_regrets_are_not_sure(text: str) -> None:
    assert all(proposal.sureness is ProposalSureness.LIKELY for proposal in about(proposed(report(text)), "apology"))
    assert not about(proposed(report(text), everything=False), "apology")


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("It broke. We are sorry for that. We will do better.", "We are sorry for that. We will do better."),
        ("It broke. We know that you rely on us. We are sorry.", "We know that you rely on us. We are sorry."),
        ("It broke.\n\nWe are sorry for it.\n\nThank you.\n\nKind regards,\n\nThe team", "We are sorry for it."),
        ("We are sorry. This should not have happened.\n\nSincerely, the team", None),
        ("Our sincere apologies to everyone.\n\n— Web team", None),
        ("Sorry for the trouble!", None),
        ("If you have questions, write to us. We apologise for the disruption.", None),
        ("A flag. We apologise to all.\nIt was ours.\n\nSincerely,\n\nThe team", "We apologise to all."),
    ],
)
def test_an_apology_with_closing_words_behind_it_is_sure(text: str, begins: str | None) -> None:
    (found,) = about(proposed(report(text), everything=False), "apology")
    assert found.after[-1] == (begins or text.partition("\n")[0])


def test_an_apology_in_a_section_of_its_own_is_left_alone() -> None:
    body = "## Summary\n\nWe are sorry for that.\n\n## Apology\n\nWe are sorry. The tool had no check.\n"
    assert proposed(body).text == body


@pytest.mark.timed
@pytest.mark.parametrize(
    "unit", ["We are sorry for that.\n\n", "We are sorry for that. ", "We are sorry. It broke.\n\n"]
)
def test_many_apologies_take_time_in_proportion_to_their_length(unit: str) -> None:
    def seconds(length: int) -> float:
        text = EditedText.of(f"## Summary\n\n{unit * (length // len(unit))}", everything=True)
        began = time.process_time()
        propose_apology(text)
        return time.process_time() - began

    # The least of some runs: a machine that does other things, too, makes single ones several times as long.
    short, long = (min(seconds(length) for _ in range(3)) for length in (25_000, 200_000))
    assert long < max(16 * short, 1.0), f"{short:.2f} s, {long:.2f} s"
