"""Many sentences of many trades: honest ones get no advice, bad ones that of their rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mkdocs_incidents.authoring.advice.rules import built_in_rules

from .notices import codes, file_with, lines, opening_with, promising

if TYPE_CHECKING:
    from tests.content.folders import Folder

FIRST_UPDATES = [(status, text) for statuses, text in lines("first_updates.txt") for status in statuses.split()]


@pytest.mark.parametrize(("status", "text"), FIRST_UPDATES)
def test_an_honest_first_update_gets_no_advice(status: str, text: str, folder: Folder) -> None:
    assert codes(folder, opening_with(status, text)) == []


@pytest.mark.parametrize(("code", "where", "text"), lines("bad.txt"))
def test_a_bad_sentence_is_reported_under_its_rule(code: str, where: str, text: str, folder: Folder) -> None:
    if where.startswith("first "):
        file = opening_with(where.removeprefix("first "), text)
    else:
        file = promising(text) if where == "draft" else file_with(where, text)
    assert code in codes(folder, file)


def test_the_lists_are_long_and_bad_sentences_are_there_for_every_rule() -> None:
    assert len(lines("honest.txt")) + len(FIRST_UPDATES) >= 350
    assert len(lines("bad.txt")) >= 130
    assert {code for code, *_ in lines("bad.txt")} == {rule.code for rule in built_in_rules()}
