"""The rules know English; whatever is in another language, wherever it stands, draws nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from mkdocs_incidents.authoring.prose.language import Language, language_of
from mkdocs_incidents.cli.check import check

from .notices import SUMMARY, codes, file_with, lines, opening_with

if TYPE_CHECKING:
    from tests.content.folders import Folder

FOREIGN = [text for _, text in lines("foreign.txt")]
ENGLISH = [
    text.replace("\\n", "\n") for *_, text in lines("honest.txt") + lines("first_updates.txt") + lines("bad.txt")
]
STATUSES = ("investigating", "identified", "monitoring", "resolved")
SECTIONS = ("summary", "impact", "root_cause", "resolution", "lessons", "apology", "other")
WITHOUT_NEXT = ("\n    next_update: 15:00", "")


@pytest.mark.parametrize("text", FOREIGN)
def test_an_update_in_another_language_gets_no_advice(text: str, folder: Folder) -> None:
    assert codes(folder, *(opening_with(status, text).replace(*WITHOUT_NEXT) for status in STATUSES)) == []


@pytest.mark.parametrize("text", FOREIGN)
def test_a_body_in_another_language_gets_no_advice(text: str, folder: Folder) -> None:
    assert codes(folder, *(file_with(where, text).replace(SUMMARY, "") for where in SECTIONS)) == []


@pytest.mark.parametrize("text", FOREIGN)
def test_a_title_in_another_language_gets_no_advice(text: str, folder: Folder) -> None:
    title = text.replace("'", "''")
    assert codes(folder, file_with("summary", text).replace("Card payments failed", f"'{title}'")) == []


@pytest.mark.parametrize("text", ENGLISH)
def test_no_english_sentence_is_taken_for_one_of_another_language(text: str) -> None:
    assert language_of(text) is not Language.OTHER


def test_hardly_a_text_in_another_language_is_taken_for_english() -> None:
    assert [text for text in FOREIGN if language_of(text) is Language.ENGLISH] == []


def test_of_an_update_in_two_languages_only_the_english_words_are_judged(folder: Folder) -> None:
    both = "A glitch stopped the trams. Un glitch a arrêté les trams, merci de votre patience."
    assert codes(folder, file_with("resolved", both)) == ["belittling"]


def test_missing_facts_are_not_reported_of_an_update_that_is_half_in_another_language(folder: Folder) -> None:
    english = "We are investigating an issue with the trams."
    assert "who-and-how" in codes(folder, opening_with("investigating", english))
    french = f"{english} Les trams sont en retard depuis neuf heures."
    assert codes(folder, opening_with("investigating", french)) == []


def test_a_few_words_that_may_be_in_any_language_are_taken_for_that_of_the_text_around_them(folder: Folder) -> None:
    assert language_of("Server-Downtime") is Language.UNKNOWN
    german = file_with("summary", "Die Karten gehen wieder.\n\n## Impact\n\nHiccup! Failover!!")
    german = german.replace("Card payments failed", "Karten gehen nicht").replace("by: Maria", "")
    assert codes(folder, german) == []
    assert "belittling" in codes(folder, file_with("impact", "Hiccup! Failover!!"))


def test_the_command_says_which_language_it_knows() -> None:
    assert "It knows English" in " ".join(CliRunner().invoke(check, ["--help"]).output.split())
