"""Files that are not read because of their names, and the problems they have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.content.folders import CATALOG, INCIDENT, the_problem

if TYPE_CHECKING:
    from tests.content.folders import Folder


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("x.yml", "x.md"),
        ("2026/x.yaml", "2026/x.md"),
        ("x.markdown", "x.md"),
        ("x.txt", "x.md"),
        ("x.md.txt", "x.md"),
        ("x", "x.md"),
        ("2026-04-06-v1.2", "2026-04-06-v1.2.md"),
        ("x.rst", "x.rst.md"),
        ("card payments.yml", "card-payments.md"),
    ],
)
def test_an_incident_that_is_not_read_is_an_error_and_is_to_be_renamed(folder: Folder, name: str, right: str) -> None:
    folder.write(name, INCIDENT)
    (problem,) = folder.load().problems
    assert (problem.path, problem.code, problem.severity) == (f"incidents/{name}", "incident-not-read", "error")
    assert problem.hint == f"rename it to {right}"
    (folder.at / name).rename(folder.at / right)
    assert folder.load().history


@pytest.mark.parametrize(
    "text", [INCIDENT.replace("---\n", ""), INCIDENT.replace("\n", "\r\n"), "title: X\nupdates:\n"]
)
def test_an_incident_is_known_by_its_keys_with_or_without_fences(folder: Folder, text: str) -> None:
    folder.write("x.yml", text)
    assert the_problem(folder) == ("incidents/x.yml", "incident-not-read")


def test_no_hint_names_a_file_that_is_there(folder: Folder) -> None:
    folder.write("x.md", INCIDENT)
    folder.write("x.yml", INCIDENT)
    folder.write("2026.md/x.md", INCIDENT.replace("title:", "id: y\ntitle:"))
    (folder.at / "2026").mkdir()
    hints = {problem.code: problem.hint for problem in folder.load().problems}
    assert hints == {
        "incident-not-read": "x.md is there already: add to it what only this file says, then move this one elsewhere",
        "folder-named-md": "rename it so that its name does not end in .md",
    }


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("notes.txt", "if it is an incident, rename it to notes.md; else move it elsewhere"),
        ("labels.yml", "move it elsewhere"),
        ("components.yaml", "components.yml is there already: add to it what only this file says, "),
        ("2026/components.yml", "components.yml is there already: add to it what only this file says, "),
        ("editorial.yaml", "rename it to editorial.yml"),
        ("2026/editorial.yml", "move it to editorial.yml at the top of the folder"),
    ],
)
def test_another_file_with_such_an_ending_is_a_warning(folder: Folder, name: str, hint: str) -> None:
    folder.write(name, CATALOG)
    (problem,) = folder.load().problems
    assert (problem.code, problem.severity) == ("file-ignored", "warning")
    assert problem.hint.startswith(hint)


@pytest.mark.parametrize(
    "text", ["started: we do not know\n", "Title: X\nStarted: now\n", "title: a page\n", "\0title: x\nstarted:\n"]
)
def test_other_files_beside_the_incidents_are_left_alone(folder: Folder, text: str) -> None:
    folder.write("data.csv", text)
    assert folder.load().problems == ()


def test_a_catalogue_with_nearly_the_right_name_is_renamed_and_not_made_anew(folder: Folder) -> None:
    (folder.at / "components.yml").rename(folder.at / "components.yaml")
    hints = {problem.code: problem.hint for problem in folder.load().problems}
    assert hints == {"no-catalog": "rename components.yaml to it", "file-ignored": "rename it to components.yml"}


def test_folders_nested_too_deeply_are_no_links_and_not_to_be_deleted(folder: Folder) -> None:
    folder.write(f"{'a/' * 25}x.md", INCIDENT)
    problem = folder.load().problems[0]
    assert (problem.code, problem.hint) == ("folder-too-deep", "move the files in it to a folder further up")
