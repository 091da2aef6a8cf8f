"""A hint is safe to obey to the letter: it overwrites nothing, loses nothing, and invents no time."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mkdocs_incidents.content.postmortem.language_tables import languages, section_title
from mkdocs_incidents.content.postmortem.sections import kind_of
from mkdocs_incidents.model import SectionKind
from tests.content.folders import INCIDENT, codes

if TYPE_CHECKING:
    from tests.content.folders import Folder

UPDATE = "  - at: 2026-04-06 15:15\n    status: resolved\n    message: It works again.\n"
EXPECTED = sorted((Path(__file__).parent / "cases").glob("*.expected"))


def with_facts(facts: str) -> str:
    return INCIDENT.removesuffix("---\n") + facts + "---\n"


def test_an_id_that_is_to_be_added_is_free(folder: Folder) -> None:
    folder.write("a/x.md", INCIDENT)
    folder.write("x-2.md", INCIDENT)
    problem = folder.problem("b/x.md", INCIDENT)
    assert problem.hint.startswith("add a line id: x-3;")
    folder.write("b/x.md", with_facts("id: x-3\n"))
    assert codes(folder) == []


def test_an_id_that_is_there_is_changed_and_not_written_twice(folder: Folder) -> None:
    folder.write("a.md", with_facts("id: x\n"))
    assert folder.problem("b.md", with_facts("id: x\n")).hint.startswith("write x-2;")


def test_a_file_with_a_bad_name_is_not_to_be_renamed_over_another(folder: Folder) -> None:
    folder.write("card-payments.md", INCIDENT)
    problem = folder.problem("card payments.md", INCIDENT)
    assert (problem.code, problem.hint) == ("bad-id", "add a line id: card-payments")


def test_updates_that_stand_below_two_keys_are_brought_together(folder: Folder) -> None:
    problem = folder.problem("x.md", with_facts(f"updates:\n{UPDATE}updates:\n{UPDATE.replace('15:15', '15:20')}"))
    assert problem.code == "duplicate-key"
    assert problem.hint == "move what stands below line 10 to what stands below line 6, then delete line 10"


@pytest.mark.parametrize(
    ("facts", "hint"),
    [
        (
            "end: 2026-04-06 15:20\n",
            "resolved: stands on line 4 already: write there what is true, and delete this line",
        ),
        (f"updates:\n{UPDATE}update:\n{UPDATE}", "move what stands below it to updates:, on line 6"),
        ("publis: 2026-04-07\n", "write publish"),
    ],
)
def test_a_key_is_not_to_be_called_like_one_that_is_there(facts: str, hint: str, folder: Folder) -> None:
    problem = folder.problem("x.md", with_facts(facts))
    assert (problem.code, problem.hint) == ("unknown-key", hint)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (INCIDENT.removeprefix("---\n"), "put a line --- above the first key"),
        (INCIDENT.replace("---\n", ""), "put a line --- above the first key, and another below the last one"),
        ("# Card payments failed\n", "begin the file with ---, title: …, started: YYYY-MM-DD HH:MM and another ---"),
    ],
)
def test_facts_without_fences_are_not_to_be_written_again(text: str, hint: str, folder: Folder) -> None:
    problem = folder.problem("x.md", text)
    assert (problem.code, problem.hint) == ("no-front-matter", hint)


def test_a_hint_about_an_alias_is_about_its_value(folder: Folder) -> None:
    catalog = "timezone: UTC\ncomponents: [{id: web, name: Web, aliases: [a b]}]\n"
    assert folder.problem("components.yml", catalog).hint == "write a-b"


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: path.stem)
def test_no_hint_asks_to_add_a_time_or_a_day_that_nobody_stated(expected: Path) -> None:
    hints = re.findall(r"^ {4}.*$", expected.read_text(), re.MULTILINE)
    assert [hint for hint in hints if re.search(r"\badd\b.*\d\d:\d\d|\badd\b.*\d{4}-\d\d-\d\d", hint)] == []


@pytest.mark.parametrize(
    ("facts", "code", "hint"),
    [
        ("updates:\n" + UPDATE + "    id: all well\n", "bad-anchor", "write all-well"),
        ("updates:\n" + UPDATE + "    id: 1\n", "bad-anchor", "write a word such as update-1"),
        ("affected_percent: 1.2.3\n", "not-a-percentage", "write"),
        ("postmortem: {published: 2026-02-30}\n", "not-a-day", "write"),
    ],
)
def test_a_value_that_cannot_be_gets_the_nearest_that_can(facts: str, code: str, hint: str, folder: Folder) -> None:
    problem = folder.problem("x.md", with_facts(facts))
    assert problem.code == code
    assert problem.hint.startswith(hint)


def test_planned_work_lists_names_of_components_only(folder: Folder) -> None:
    hours = "scheduled: {from: 2026-05-02 22:00, until: 2026-05-02 23:30}"
    planned = f"---\ntitle: X\n{hours}\ncomponents: [{{transfers: x}}]\n---\n"
    problem = next(problem for problem in folder.problems("x.md", planned) if problem.code == "wrong-shape")
    assert problem.message == "a list of components holds their names only"


PROMISES = "postmortem: {published: 2026-04-08}\n---\n\n## Notes\n\n- [ ] The queue is bounded\n"


@pytest.mark.parametrize(
    ("heading", "title"),
    [("Summary", "Action items"), ("Zusammenfassung", "Maßnahmen"), ("概要", "アクションアイテム")],
)
def test_boxes_below_an_unknown_heading_are_reported_in_the_language_of_the_file(
    heading: str, title: str, folder: Folder
) -> None:
    text = INCIDENT.removesuffix("---\n") + PROMISES.replace("## Notes", f"## {heading}\n\nx\n\n## Notes")
    problem = next(problem for problem in folder.problems("x.md", text) if problem.code == "boxes-not-read")
    assert (problem.line, problem.timed) == (15, True)
    assert problem.hint.startswith(f"if they are, write ## {title} above them")


@pytest.mark.parametrize("heading", ["## Action items", "## Notes\n\n```\n- [ ] x\n```\n\n## Action items"])
def test_boxes_in_a_list_of_action_items_and_in_code_are_not_reported(heading: str, folder: Folder) -> None:
    text = INCIDENT.removesuffix("---\n") + PROMISES.replace("## Notes", heading)
    assert "boxes-not-read" not in [problem.code for problem in folder.problems("x.md", text)]


@pytest.mark.parametrize("language", languages())
def test_every_language_of_bodies_has_names_to_propose(language: str) -> None:
    for kind in (SectionKind.TIMELINE, SectionKind.ACTION_ITEMS, SectionKind.APOLOGY):
        assert kind_of(section_title(kind, language)) is kind
    assert section_title(SectionKind.APOLOGY, "pt_BR") == "Pedido de desculpas"
    assert section_title(SectionKind.APOLOGY, "ko") == "Apology"


def test_a_due_day_in_another_form_is_named(folder: Folder) -> None:
    text = INCIDENT.removesuffix("---\n") + PROMISES.replace("Notes", "Action items").replace(
        "bounded", "bounded (@Platform, due 24.12.2026)"
    )
    problem = next(problem for problem in folder.problems("x.md", text) if problem.code == "action-item-open-ended")
    assert problem.message.endswith("has no due date: '24.12.2026' is not written as year-month-day")
    assert problem.hint == "write 2026-12-24"
