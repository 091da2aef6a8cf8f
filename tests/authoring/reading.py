"""Content folders of which only the contradictions between texts and facts are told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mkdocs_incidents.authoring.advice import advisor
from mkdocs_incidents.authoring.prose.shares import told_shares
from mkdocs_incidents.content.codes import ADVICE
from mkdocs_incidents.content.loader import load
from tests.content.folders import Folder
from tests.makers import at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mkdocs_incidents.authoring.prose.shares import StatedShare
    from mkdocs_incidents.content.catalog_file import CatalogFile
    from mkdocs_incidents.content.folder import Folder as ContentFolder
    from mkdocs_incidents.content.incident_file import NoticeFile
    from mkdocs_incidents.content.loader import Advice, Loaded
    from mkdocs_incidents.content.problems import Problem

CONTRADICTIONS = set(ADVICE) - {"editorial-language", "section-partly-read"}


class ProseFolder(Folder):
    """A folder whose only problems are errors and contradictions."""

    def load(self, now: str = "2026-04-10 12:00") -> Loaded:
        return self._load(now)[0]

    def shares(self, text: str) -> tuple[StatedShare, ...]:
        """How many were affected, as the text of a good file says it."""
        self.write("x.md", text)
        loaded, files = self._load("2026-04-10 12:00")
        assert loaded.history, loaded.problems
        (file,) = files
        return told_shares(file.body)

    def _load(self, now: str) -> tuple[Loaded, list[NoticeFile]]:
        files: list[NoticeFile] = []

        def contradictions_only(folder: ContentFolder, known: CatalogFile, example: date) -> Advice:
            everything = advisor(folder, known, example)

            def advice(file: NoticeFile) -> Iterator[Problem]:
                files.append(file)
                yield from (problem for problem in everything(file) if problem.code in CONTRADICTIONS)

            return advice

        loaded = load(self.at, now=at(now), shown_as="incidents", advisor=contradictions_only)
        told = [problem for problem in loaded.problems if problem in loaded.errors or problem.code in CONTRADICTIONS]
        return replace(loaded, problems=tuple(told)), files
