"""Whole notices, honest and stiff: the first get no advice, the second that of their rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .notices import advice_on, file_with, lines

if TYPE_CHECKING:
    from tests.content.folders import Folder


def advised(folder: Folder, where: str, text: str) -> dict[str, str]:
    """The advice on a notice: hints by rule."""
    return {problem.code: problem.hint for problem in advice_on(folder, file_with(where, text))}


@pytest.mark.parametrize(("where", "text"), lines("honest.txt"))
def test_an_honest_notice_gets_no_advice(where: str, text: str, folder: Folder) -> None:
    assert advised(folder, where, text) == {}


@pytest.mark.parametrize(("codes", "where", "text"), lines("stiff.txt"))
def test_a_stiff_notice_is_reported_under_its_rules(codes: str, where: str, text: str, folder: Folder) -> None:
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
def test_the_writers_own_wording_is_offered_in_a_better_order(
    text: str, code: str, better: str, folder: Folder
) -> None:
    assert advised(folder, "resolved", text)[code] == better


@pytest.mark.parametrize(
    "text",
    ["Peter pushed his change.", "Ana and Peter pushed it.", "It was pushed by John.", "Sarah must be more careful."],
)
def test_where_that_is_not_safe_the_advice_is_general(text: str, folder: Folder) -> None:
    assert advised(folder, "resolved", text)["person"].startswith("say it without the name")
