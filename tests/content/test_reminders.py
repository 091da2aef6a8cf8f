"""A strict build does not fail because a day went by: `incidents check` reports what time alone brings about."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from mkdocs_incidents.content.loader import Loaded
    from tests.content.folders import Folder

HERE = Path(__file__).parent
CASES = sorted((HERE / "cases").glob("*.md"))
OVERDUE = """\
---
title: Cards
started: 2026-04-06 14:30
resolved: 2026-04-06 14:50
components: {transfers: degraded_performance}
postmortem: {published: 2026-04-07}
---

## Action items

- [ ] The alarm rings (@Ops, due 2026-04-09)
- [ ] The alarm rings early (@Ops, due 2026-04-10)
- [x] The alarm exists (@Ops, due 2026-04-08, done 2026-04-07)
- [x] The alarm is loud (@Ops, due 2026-04-08, done 2026-04-30)
- [-] The alarm sings (due 2026-04-08, dropped 2026-04-08: nobody liked it)
"""


def lasting(loaded: Loaded) -> set[tuple[str, int, int]]:
    return {(problem.code, problem.line, problem.column) for problem in loaded.problems if not problem.timed}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_time_alone_never_brings_about_what_a_build_would_fail_for(case: Path, folder: Folder) -> None:
    folder.write("components.yml", (HERE / "cases/components.yml").read_bytes())
    folder.write(case.name, case.read_bytes())
    before = lasting(folder.load("2026-04-10 12:00"))
    for later in ("2026-04-11 12:00", "2026-05-20 12:00", "2028-01-01 12:00"):
        after = lasting(folder.load(later))
        # A time in the future has a warning; once it has come, a warning that follows from it may take its place.
        assert after <= before or any(code == "in-the-future" for code, *_ in before)


def test_a_promise_that_is_due_and_neither_kept_nor_dropped_is_reported(folder: Folder) -> None:
    folder.write("x.md", OVERDUE)
    reported = [problem for problem in folder.load().warnings if problem.code != "in-the-future"]
    assert [(problem.line, problem.code, problem.timed) for problem in reported] == [
        (11, "promise-overdue", True),
        (14, "promise-overdue", True),
    ]
    assert reported[0].message == "'The alarm rings' was due 2026-04-09"
    assert "done YYYY-MM-DD" in reported[0].hint
    assert len(folder.load("2026-05-01 12:00").warnings) == 2
    assert {problem.code for problem in folder.load("2026-04-08 12:00").warnings} == {"in-the-future"}


def test_a_promise_counts_once_its_postmortem_is_public(folder: Folder) -> None:
    folder.write("x.md", OVERDUE.replace("2026-04-07}", "2026-06-01}"))
    assert not [problem for problem in folder.load().warnings if problem.code == "promise-overdue"]


def test_whether_a_problem_is_timed_makes_no_difference_to_what_is_printed(folder: Folder) -> None:
    folder.write("x.md", OVERDUE)
    problem = folder.load().warnings[0]
    assert replace(problem, timed=False).as_dict() == problem.as_dict()
    assert set(problem.as_dict()) == {"path", "line", "column", "severity", "code", "message", "hint"}
