"""Former ids of renamed and merged notices: each leads to one notice only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.content.folders import INCIDENT, codes, the_problem

if TYPE_CHECKING:
    from tests.content.folders import Folder


def formerly(*ids: str, key: str = "aliases") -> str:
    return INCIDENT.replace("title:", f"{key}: [{', '.join(ids)}]\ntitle:")


@pytest.mark.parametrize("key", ["aliases", "merged"])
def test_a_former_id_is_not_the_id_of_another_notice(folder: Folder, key: str) -> None:
    folder.write("a.md", formerly("B", key=key))
    folder.write("b.md", INCIDENT)
    assert the_problem(folder) == ("incidents/a.md", "former-id-taken")


def test_a_former_id_is_not_the_id_of_the_notice_itself(folder: Folder) -> None:
    folder.write("a.md", formerly("a"))
    assert the_problem(folder) == ("incidents/a.md", "former-id-taken")


def test_a_former_id_is_listed_once(folder: Folder) -> None:
    folder.write("a.md", formerly("x"))
    folder.write("b.md", formerly("y", "x", key="merged"))
    assert the_problem(folder) == ("incidents/b.md", "former-id-taken")


@pytest.mark.parametrize("reserved", ["index", "outage.json", "a/b", "con"])
def test_a_former_id_can_be_part_of_an_address(folder: Folder, reserved: str) -> None:
    folder.write("a.md", formerly(reserved))
    assert the_problem(folder) == ("incidents/a.md", "bad-id")


def test_former_ids_that_are_free_are_no_problem(folder: Folder) -> None:
    folder.write("a.md", formerly("x", "y").replace("title:", "id: imported\ntitle:", 1))
    folder.write("b.md", formerly("z", key="merged"))
    assert codes(folder) == []
    loaded = folder.load()
    assert loaded.history
    assert loaded.history.by_id["imported"].identity == "x"
    assert loaded.history.by_id["b"].identity == "b"


def test_a_link_to_the_former_name_of_a_file_is_a_warning_with_the_present_one(folder: Folder) -> None:
    folder.write("2026/new.md", formerly("old"))
    folder.write(
        "b.md", f"{INCIDENT}\nAs [before](2026/old.md#cause), not as [now](2026/new.md) or [there](x/other.md).\n"
    )
    (problem,) = folder.load().problems
    assert (problem.path, problem.code, problem.hint) == ("incidents/b.md", "link-to-former-name", "write new.md")
    assert (problem.line, problem.column) == (8, 18)
