"""Whole notices, honest and stiff: the first are left alone, of the second what is wrong with them is said."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mkdocs_incidents.authoring.advice import advisor
from mkdocs_incidents.authoring.editorial.passages import SECTIONS, TIMELINE
from mkdocs_incidents.content.loader import load
from mkdocs_incidents.model import IncidentStatus
from tests.makers import at

if TYPE_CHECKING:
    from tests.content.folders import Folder

HERE = Path(__file__).parent
HEADINGS = {where: where.replace("_", " ").capitalize() for where in (*SECTIONS, TIMELINE)} | {
    "promise": "Action items"
}
FIRST_WORD = "Card payments fail for everyone. Transfers work. We do not know the cause yet. Next update by 14:40."
FACTS = "title: Card payments failed\nstarted: 2026-04-06 14:30\ncomponents: {transfers: major_outage}\n"
SUMMARY = "## Summary\n\nFrom 14:30 to 15:15 nobody could pay by card, because a rule had no unit.\n\n"


def lines(name: str) -> list[list[str]]:
    """What stands on each line of a list of notices, between its bars."""
    texts = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [text.split(" | ") for text in texts if text and not text.startswith("#")]


def file_with(where: str, text: str) -> str:
    """An incident file that says `text` in an update of the status `where`, or in that part of its postmortem."""
    text = text.replace("\\n", "\n")
    if where in set(IncidentStatus):
        words = [(where, text)] if where == "investigating" else [("investigating", FIRST_WORD), (where, text)]
        updates = "".join(
            f"  - at: 2026-04-06 14:3{5 + number}\n    status: {status}\n    message: |-\n      {said}\n"
            for number, (status, said) in enumerate(words)
        )
        closing = "" if where == "resolved" else "  - {at: 2026-04-06 15:15, status: resolved, message: ¤}\n"
        return f"---\n{FACTS}updates:\n{updates}{closing}---\n"
    promise = f"- [ ] {text} (@Platform team, due 2026-12-04)" if where == "promise" else text
    summary = "" if where == "summary" else SUMMARY
    facts = f"{FACTS}resolved: 2026-04-06 15:15\npostmortem: {{published: 2026-04-08, by: Maria}}\n"
    return f"---\n{facts}---\n\n{summary}## {HEADINGS[where]}\n\n{promise}\n"


def advised(folder: Folder, where: str, text: str) -> dict[str, str]:
    """What is said of a notice: rules, each with its hint."""
    folder.write("2026-04-06-x.md", file_with(where, text))
    loaded = load(folder.at, now=at("2026-04-10 12:00"), shown_as="incidents", advisor=advisor)
    assert not loaded.errors, loaded.errors
    return {problem.code: problem.hint for problem in loaded.advice}


@pytest.mark.parametrize(("where", "text"), lines("honest.txt"))
def test_of_an_honest_notice_nothing_is_said(where: str, text: str, folder: Folder) -> None:
    assert advised(folder, where, text) == {}


@pytest.mark.parametrize(("codes", "where", "text"), lines("stiff.txt"))
def test_of_a_stiff_notice_is_said_what_is_wrong_with_it(codes: str, where: str, text: str, folder: Folder) -> None:
    assert set(codes.split()) <= set(advised(folder, where, text))


@pytest.mark.parametrize(
    ("text", "code", "better"),
    [
        ("Service was fully restored at 10:45.", "passive", "write We restored service"),
        ("A patch has been deployed.", "passive", "write We have put out a patch"),
        ("Cards work, and the change was rolled back.", "passive", "write we took back the change"),
        ("A fix is being implemented.", "passive", "write We are putting in a fix"),
        ("The cause was determined to be a full disk.", "passive", "write The cause was"),
        ("It was noticed that a disk was full.", "passive", "write We noticed that"),
        ("It has come to our attention that cards fail.", "passive", "write Cards fail"),
        ("Our engineers are looking into it.", "we", "write We are looking"),
        ("Rest assured that your money is safe.", "empty-words", "write Your money is safe"),
        ("John pushed the change without review, alas.", "person", "write We pushed the change without review"),
        ("When Ana restarted the server, it broke.", "person", "write we restarted the server"),
    ],
)
def test_the_writers_own_words_are_offered_in_a_better_order(text: str, code: str, better: str, folder: Folder) -> None:
    assert advised(folder, "resolved", text)[code] == better


@pytest.mark.parametrize(
    "text",
    ["Peter pushed his change.", "Ana and Peter pushed it.", "It was pushed by John.", "Sarah must be more careful."],
)
def test_where_that_is_not_safe_the_advice_is_general(text: str, folder: Folder) -> None:
    assert advised(folder, "resolved", text)["person"].startswith("say it without the name")
