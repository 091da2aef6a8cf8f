"""An id is permanent, unique and an address; the problem of a file name that cannot be an id offers one that can."""

from __future__ import annotations

import pytest

from tests.content.folders import INCIDENT, Folder, place, the_problem

BOM = b"\xef\xbb\xbf"


def test_two_files_with_one_id_name_each_other(folder: Folder) -> None:
    folder.write("a/x.md", INCIDENT)
    folder.write("b/x.md", INCIDENT)
    (problem,) = folder.load().problems
    assert (problem.path, *place(problem)) == ("incidents/b/x.md", 1, 1, "duplicate-id")
    assert "incidents/a/x.md" in problem.message


def test_ids_that_differ_only_in_case_are_one(folder: Folder) -> None:
    folder.write("a.md", INCIDENT.replace("title:", "id: Cards\ntitle:"))
    folder.write("cards.md", INCIDENT)
    assert the_problem(folder) == ("incidents/cards.md", "duplicate-id")


def test_ids_that_differ_only_in_unicode_spelling_are_one(folder: Folder) -> None:
    folder.write("a.md", INCIDENT.replace("title:", "id: caf\u00e9\ntitle:"))
    folder.write("b.md", INCIDENT.replace("title:", "id: cafe\u0301\ntitle:"))
    assert the_problem(folder) == ("incidents/b.md", "duplicate-id")


@pytest.mark.parametrize(
    "name", ["a b.md", "index.md", "con.md", "x..md", "a:b.md", "x.json.md", "a" * 130 + ".md", "-x.md"]
)
def test_a_file_name_that_can_be_no_address_is_reported_with_a_better_one(folder: Folder, name: str) -> None:
    folder.write(name, INCIDENT)
    (problem,) = folder.load().problems
    assert place(problem) == (1, 1, "bad-id")
    assert "add a line id:" in problem.hint


@pytest.mark.parametrize("name", ["\u0938\u0902\u0926\u0947\u0936", "\u65e5\u672c\u8a9e", "caf\u00e9", "A_b-c.2"])
def test_an_id_may_be_of_any_script(folder: Folder, name: str) -> None:
    assert folder.notice(INCIDENT, f"{name}.md").id == name


def test_an_id_of_its_own_makes_any_file_name_good(folder: Folder) -> None:
    assert folder.notice(INCIDENT.replace("title:", "id: fine\ntitle:"), "a b.md").id == "fine"
