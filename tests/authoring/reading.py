"""Content folders whose bodies are read as prose, as the authoring commands read them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from mkdocs_incidents.authoring.advice import advisor
from mkdocs_incidents.authoring.prose.action_items import read_action_items
from mkdocs_incidents.authoring.prose.postmortem_file import Body, read_postmortem
from mkdocs_incidents.authoring.prose.shares import told_shares
from mkdocs_incidents.authoring.prose.timeline import TimelineReader
from mkdocs_incidents.content.codes import ADVICE
from mkdocs_incidents.content.loader import load
from mkdocs_incidents.content.source import Report
from mkdocs_incidents.model import SectionKind
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
    from mkdocs_incidents.model import Notice, Postmortem

CONTRADICTIONS = set(ADVICE) - {"editorial-language", "section-partly-read"}


class ProseFolder(Folder):
    """A folder whose bodies are read as prose by the tolerant readers, not by the grammar of a build.

    Its only problems are what these readers do not understand, contradictions between a text and its facts, and errors.
    """

    def load(self, now: str = "2026-04-10 12:00") -> Loaded:
        return self._load(now)[0]

    def notice(self, text: str | bytes, name: str = "x.md") -> Notice:
        file = self.file(text, name)
        postmortem = _read(file)[0]
        return replace(file.notice, postmortem=postmortem)

    def file(self, text: str | bytes, name: str = "x.md") -> NoticeFile:
        """A good file, read."""
        self.write(name, text)
        loaded, files = self._load("2026-04-10 12:00")
        assert loaded.history, loaded.problems
        return next(file for file in files if file.notice.source == name)

    def shares(self, text: str) -> tuple[StatedShare, ...]:
        """How many were affected, as the text says it."""
        file = self.file(text)
        return told_shares(_body(file))

    def besides(self, text: str) -> list[str | None]:
        """What each section of a timeline says besides the entries that are read from it."""
        file = self.file(text)
        body = _body(file)
        reader = TimelineReader(file.notice.begins_at, None, file.notice.timezone)
        return [
            reader.read(part, above.heading, body.heading_line(part), partial(body.line, part)).besides
            for part, above in body.belonging_to(SectionKind.TIMELINE)
        ]

    def besides_promises(self, text: str) -> str | None:
        """What the one section of action items says besides the promises that are read from it."""
        body = _body(self.file(text))
        ((part, _),) = body.belonging_to(SectionKind.ACTION_ITEMS)
        return read_action_items(part, partial(body.line, part), [])[1]

    def _load(self, now: str) -> tuple[Loaded, list[NoticeFile]]:
        files: list[NoticeFile] = []
        found: list[Problem] = []

        def prose_advisor(folder: ContentFolder, known: CatalogFile, example: date) -> Advice:
            contradictions = advisor(folder, known, example)

            def advice(file: NoticeFile) -> Iterator[Problem]:
                files.append(file)
                found.extend(_read(file)[1].problems)
                found.extend(problem for problem in contradictions(file) if problem.code in CONTRADICTIONS)
                yield from found

            return advice

        loaded = load(self.at, now=at(now), shown_as="incidents", advisor=prose_advisor)
        problems = tuple(one for one in loaded.problems if one in loaded.errors or any(one is other for other in found))
        return replace(loaded, problems=problems), files


def _body(file: NoticeFile) -> Body:
    return Body(file.document, Report(path=file.document.source.path))


def _read(file: NoticeFile) -> tuple[Postmortem, Report]:
    report = Report(path=file.document.source.path)
    ends_at = getattr(file.notice, "stated_resolved_at", None)
    body = Body(file.document, report)
    postmortem = read_postmortem(body, file.notice.begins_at, file.notice.timezone, report, ends_at=ends_at)
    return postmortem, report
