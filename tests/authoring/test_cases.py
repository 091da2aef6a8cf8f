"""Every file in `cases/` gets the advice its `.expected` file lists, where it is asked for; a build says none of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mkdocs_incidents.authoring.advice.advisor import advisor
from mkdocs_incidents.content.loader import load
from mkdocs_incidents.content.problems import ADVICE, Severity
from tests.content.folders import shown
from tests.makers import at

if TYPE_CHECKING:
    from tests.content.folders import Folder

CASES = sorted((Path(__file__).parent / "cases").glob("*.md"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_file_gets_exactly_the_expected_advice(case: Path, folder: Folder) -> None:
    folder.write("components.yml", (case.parent / "components.yml").read_bytes())
    folder.write(case.name, case.read_bytes())
    advised = load(folder.at, now=at("2026-04-10 12:00"), shown_as="incidents", advisor=advisor)
    assert "".join(shown(problem) for problem in advised.problems) == case.with_suffix(".expected").read_text()
    assert not advised.errors
    built = folder.load()
    assert [problem for problem in advised.problems if problem.severity is not Severity.ADVICE] == list(built.problems)
    assert not built.advice


def test_every_expected_file_belongs_to_a_case() -> None:
    assert {path.stem for path in CASES[0].parent.glob("*.expected")} == {case.stem for case in CASES}


def test_a_good_file_is_not_advised_on() -> None:
    good = [case for case in CASES if case.stem.startswith(("good", "accepted"))]
    assert len(good) >= 2
    assert all(not case.with_suffix(".expected").read_text() for case in good)


def test_contradictions_and_lines_that_are_not_read_are_advice() -> None:
    expected = "".join(case.with_suffix(".expected").read_text() for case in CASES)
    codes = {
        code
        for severity, code in re.findall(r"^\d+:\d+ (\w+) ([\w-]+):", expected, re.MULTILINE)
        if severity == "advice"
    }
    assert {"section-partly-read", "day-differs", "duration-differs", "percentage-differs"} <= codes & set(ADVICE)
