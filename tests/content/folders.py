"""Content folders for tests: a catalogue, and whatever a test writes into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_incidents.content.loader import Loaded, load
from tests.makers import at

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_incidents.content.problems import Problem
    from mkdocs_incidents.model import Notice

CATALOG = """\
timezone: Africa/Lagos
components:
  - {id: card-payments, name: Card payments}
  - {id: transfers, name: Transfers, aliases: [bank-transfers]}
"""
NOW = at("2026-04-10 12:00")
INCIDENT = """\
---
title: Card payments failed
started: 2026-04-06 14:30
resolved: 2026-04-06 15:15
components: {card-payments: major_outage}
---
"""

START = """\
---
title: X
timezone: {zone}
started: {started}
resolved: {started}
impact: none
components: {{card-payments: operational}}
---
"""


class Folder:
    """An `incidents/` folder. `at` is where it lies; problems call it `incidents`."""

    def __init__(self, at: Path) -> None:
        self.at = at
        self.write("components.yml", CATALOG)

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.at / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def load(self, now: str = "2026-04-10 12:00") -> Loaded:
        return load(self.at, now=at(now), shown_as="incidents")

    def problems(self, name: str, text: str | bytes) -> list[Problem]:
        """What is wrong when the folder holds this file, too."""
        self.write(name, text)
        return list(self.load().problems)

    def problem(self, name: str, text: str | bytes) -> Problem:
        """The one thing that is wrong with this file."""
        (problem,) = self.problems(name, text)
        return problem

    def notice(self, text: str | bytes, name: str = "x.md") -> Notice:
        """The notice a good file is read as; its warnings do not matter."""
        self.write(name, text)
        loaded = self.load()
        assert loaded.history, loaded.problems
        return next(notice for notice in loaded.history.notices if notice.source == name)


def place(problem: Problem) -> tuple[int, int, str]:
    return problem.line, problem.column, problem.code


def shown(problem: Problem) -> str:
    """As the files `*.expected` have it."""
    hint = "".join(f"    {line}\n" for line in problem.hint.splitlines())
    return f"{problem.line}:{problem.column} {problem.severity} {problem.code}: {problem.message}\n{hint}"


def codes(folder: Folder) -> list[str]:
    return [problem.code for problem in folder.load().problems]


def the_problem(folder: Folder, name: str | None = None) -> tuple[str, str]:
    """Path and code of the only problem, or of the only one of a file."""
    (problem,) = [p for p in folder.load().problems if name is None or p.path == f"incidents/{name}"]
    assert problem.hint
    return problem.path, problem.code


def entries(
    folder: Folder,
    timeline: str,
    *,
    heading: str = "Timeline",
    started: str = "2023-06-11 14:30",
    zone: str = "Africa/Lagos",
) -> list[tuple[str, str]]:
    """Each entry as its UTC time and its text."""
    notice = folder.notice(f"{START.format(zone=zone, started=started)}\n## {heading}\n\n{timeline}")
    assert notice.postmortem
    return [(f"{entry.at:%m-%d %H:%M:%S}".removesuffix(":00"), entry.text) for entry in notice.postmortem.timeline]
