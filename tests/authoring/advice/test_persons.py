"""Who is named as the one that did it; and whom the site knows by a name that people bear, too."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from mkdocs_incidents.authoring.advice.advisor import advisor
from mkdocs_incidents.authoring.advice.persons import NameSureness, names_in_sentence, vocabulary
from mkdocs_incidents.content.loader import load
from tests.makers import at

if TYPE_CHECKING:
    from tests.content.folders import Folder

FACTS = "title: '{title}'\nstarted: 2026-04-06 14:30\ncomponents: {{transfers: major_outage}}\n"


def persons(folder: Folder, text: str, *, title: str = "Cards failed", more: str = "") -> list[str]:
    """The words in which somebody is named in the root cause."""
    folder.write("x.md", f"---\n{FACTS.format(title=title)}{more}---\n\n## Root cause\n\n{text}\n")
    loaded = load(folder.at, now=at("2026-04-10 12:00"), shown_as="incidents", advisor=advisor)
    assert not loaded.errors, loaded.errors
    return [problem.message.split("'")[1] for problem in loaded.advice if problem.code == "person"]


def advice(folder: Folder) -> list[str]:
    """The rules that speak."""
    loaded = load(folder.at, now=at("2026-04-10 12:00"), shown_as="incidents", advisor=advisor)
    return [problem.code for problem in loaded.advice]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Temitope approved the change.", "Temitope approved"),
        ("It was approved by Wanjiru.", "Wanjiru"),
        ("Yesterday Rajesh deployed version 4.", "Rajesh deployed"),
        ("José was asleep.", "José was asleep"),
        ("Grace Okafor approved it.", "Grace Okafor approved"),
        ("Our engineer Chiwetalu ignored the alarm.", "Chiwetalu ignored the"),
        ("Emma, our new intern, dropped the table.", "Emma, our new intern, dropped"),
        ("Thomas in the night shift ignored the alarm.", "Thomas in the night shift ignored"),
        ("Ana and Peter pushed it.", "Ana and Peter pushed"),
        ("Had Jane checked it, it would stand.", "Jane checked"),
        ("Hassan (database) reverted it.", "Hassan (database) reverted"),
        ("This was due to Jeff.", "Jeff"),
        ("It was Ahmed who merged it.", "Ahmed who merged"),
        ("Charlotte misread the page.", "Charlotte misread"),
        ("@jsmith's commit broke it.", "@jsmith"),
    ],
)
def test_whoever_is_named_as_having_done_it_is_found(text: str, named: str, folder: Folder) -> None:
    assert persons(folder, text) == [named]


@pytest.mark.parametrize(
    "text",
    [
        "@fraud-team restarted it.",
        "@Payments deployed a fix.",
        "Charlotte restarted after two minutes.",
        "Approved by John",
        "Sincerely, John, for the team",
        "Thanks to John, who found it.",
        "John told us of it at once.",
        "We do not depend on John should this happen again.",
        "Storm John broke two masts.",
        "John Lewis changed its till.",
    ],
)
def test_whoever_signs_helps_or_is_no_person_is_left_alone(text: str, folder: Folder) -> None:
    assert persons(folder, text) == []


def test_a_name_that_the_site_gives_to_something_is_no_persons(folder: Folder) -> None:
    text = "Emma deleted the mails of Sunday."
    assert persons(folder, text)
    assert not persons(folder, text, more="upstream: {name: Emma}\n")
    folder.write("editorial.yml", "known: [Emma]\n")
    assert not persons(folder, text)
    folder.write("editorial.yml", "off: []\n")
    catalog = "timezone: Africa/Lagos\ncomponents:\n  - {id: transfers, name: Emma Mail}\n"
    folder.write("components.yml", catalog)
    assert not persons(folder, text)


def test_what_readers_know_by_name_is_no_word_of_the_trade(folder: Folder) -> None:
    folder.write("x.md", f"---\n{FACTS.format(title='Kafka topics were read-only')}---\n")
    assert advice(folder) == ["jargon"]
    folder.write("editorial.yml", "known: [Kafka]\n")
    assert advice(folder) == []


def test_in_an_announcement_people_may_be_introduced(folder: Folder) -> None:
    text = "updates:\n  - {at: 2026-04-06 14:36, status: resolved, message: Ana joined us.}\n"
    folder.write("x.md", f"---\ntitle: News\nstarted: 2026-04-06 14:30\nimpact: none\n{text}---\n")
    assert "person" not in advice(folder)


def test_a_name_is_in_one_of_the_lists_and_spelt_without_accents() -> None:
    known = vocabulary()
    assert not known.sure & known.likely
    assert all(name.isascii() and name[0].isupper() for name in known.sure | known.likely)
    assert {name.sureness for name in names_in_sentence("Zoé and Léa met Siân.", frozenset())} == {
        NameSureness.SURE,
        NameSureness.LIKELY,
    }


@pytest.mark.timed
@pytest.mark.parametrize("names", ["John ", "John and ", "by John ", "Aa ", "@a ", "A"])
def test_a_line_of_nothing_but_names_is_read_in_no_time(names: str, folder: Folder) -> None:
    began = time.process_time()
    persons(folder, names * (50_000 // len(names)))
    assert time.process_time() - began < 3
