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
