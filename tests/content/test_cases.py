"""Every file in `cases/` and `catalogs/` has the problems its `.expected` file lists, and no others."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mkdocs_incidents.content.problems import ADVICE, CODES, ERRORS, RETIRED, WARNINGS
from tests.content.folders import shown

if TYPE_CHECKING:
    from tests.content.folders import Folder

HERE = Path(__file__).parent
CASES = sorted((HERE / "cases").glob("*.md"))
CATALOGS = sorted((HERE / "catalogs").glob("*.yml"))
PACKAGE = Path(__file__).parents[2] / "plugins/mkdocs_incidents"
ADVISED = Path(__file__).parents[1] / "authoring/cases"
SOURCES = [*(PACKAGE / "content").rglob("*.py"), *(PACKAGE / "authoring").rglob("*.py")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_file_has_exactly_the_expected_problems(case: Path, folder: Folder) -> None:
    folder.write("components.yml", (HERE / "cases/components.yml").read_bytes())
    folder.write(case.name, case.read_bytes())
    loaded = folder.load()
    assert "".join(shown(problem) for problem in loaded.problems) == case.with_suffix(".expected").read_text()
    assert {problem.path for problem in loaded.problems} <= {f"incidents/{case.name}"}
    assert (loaded.history is None) is bool(loaded.errors)


@pytest.mark.parametrize("case", CATALOGS, ids=lambda case: case.stem)
def test_a_catalogue_has_exactly_the_expected_problems(case: Path, folder: Folder) -> None:
    problems = folder.problems("components.yml", case.read_bytes())
    assert "".join(shown(problem) for problem in problems) == case.with_suffix(".expected").read_text()


def test_every_expected_file_belongs_to_a_case() -> None:
    expected = {path.stem for path in (HERE / "cases").glob("*.expected")}
    assert expected == {case.stem for case in CASES}
    assert len(CASES) >= 40


def test_no_good_case_has_an_error() -> None:
    good = [case for case in CASES if case.stem.startswith("good")]
    assert len(good) >= 5
    assert all(not case.with_suffix(".expected").read_text() for case in good)


def test_every_code_that_is_used_is_documented_and_every_documented_one_is_used() -> None:
    used = {
        literal
        for path in SOURCES
        for literal in re.findall(r'"([a-z0-9]+(?:-[a-z0-9]+)*)"', path.read_text())
        if path.name != "problems.py"
    }
    assert set(CODES) <= used
    shown_in_cases = {
        code
        for folder in (HERE / "cases", HERE / "catalogs", ADVISED)
        for path in folder.glob("*.expected")
        for code in re.findall(r"^\d+:\d+ \w+ ([\w-]+):", path.read_text(), re.MULTILINE)
    }
    assert shown_in_cases <= set(CODES)


def test_every_warning_and_advice_of_a_body_has_a_case() -> None:
    of_bodies = {
        code for code in [*WARNINGS, *ADVICE] if code.startswith(("timeline-", "turning-", "section-", "action-"))
    }
    cases = [*(HERE / "cases").glob("*.expected"), *ADVISED.glob("*.expected")]
    text = "".join(path.read_text() for path in cases)
    assert {code for code in of_bodies if f" {code}: " not in text} == set()


def test_a_warning_of_former_versions_is_none_now() -> None:
    assert not RETIRED & {*ERRORS, *WARNINGS}
    for path in [*(HERE / "cases").glob("*.expected"), *(HERE / "catalogs").glob("*.expected")]:
        assert not RETIRED & set(re.findall(r"^\d+:\d+ \w+ ([\w-]+):", path.read_text(), re.MULTILINE)), path.name


def test_a_code_is_an_error_or_a_warning_never_both() -> None:
    assert not set(ERRORS) & set(WARNINGS)
    for path in [*(HERE / "cases").glob("*.expected"), *(HERE / "catalogs").glob("*.expected")]:
        for severity, code in re.findall(r"^\d+:\d+ (\w+) ([\w-]+):", path.read_text(), re.MULTILINE):
            assert code in (ERRORS if severity == "error" else WARNINGS), (path.name, code)
