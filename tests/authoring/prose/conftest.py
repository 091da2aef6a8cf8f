from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mkdocs_incidents.authoring.advice.advisor import advisor
from mkdocs_incidents.content.loader import load
from mkdocs_incidents.content.problems import ADVICE
from tests.content.folders import Folder
from tests.makers import at

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_incidents.content.loader import Loaded

CONTRADICTIONS = set(ADVICE) - {"editorial-language", "section-partly-read"}


class AdvisedFolder(Folder):
    """A folder whose only problems are errors and contradictions between its texts and its facts."""

    def load(self, now: str = "2026-04-10 12:00") -> Loaded:
        loaded = load(self.at, now=at(now), shown_as="incidents", advisor=advisor)
        problems = [
            problem for problem in loaded.problems if problem in loaded.errors or problem.code in CONTRADICTIONS
        ]
        return replace(loaded, problems=tuple(problems))


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return AdvisedFolder(tmp_path / "incidents")
