"""The content folder → History and problems."""

from __future__ import annotations

import gc
import os
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mkdocs_incidents.model import History

from .catalog_file import CATALOG_NAME, EXAMPLE, CatalogFile, read_catalog
from .folder import MARKDOWN, OURS, Folder, is_ignored
from .incident_file import read_incident_file
from .problems import Problem, Severity
from .revisions import VersionReader
from .rules.registry import check_file, check_together, unknown_codes, without_accepted
from .rules.revisions import check_deleted, check_revisions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from mkdocs_incidents.git_history import FolderHistory
    from mkdocs_incidents.model import Catalog, RevisionSummary

    from .incident_file import NoticeFile

    Advice = Callable[[NoticeFile], Iterable[Problem]]
    """Gives advice on the texts of a file."""
    Advisor = Callable[[Folder, CatalogFile, date], Advice]
    """Prepares `Advice` for a site from its folder, its catalogue and the day that hints use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What is in a content folder."""

    history: History | None
    """None when any error was found: better the previous site than half of this one."""
    problems: tuple[Problem, ...]
    """By place."""
    catalog: Catalog | None = None
    """None where the catalogue itself has errors."""
    notices_read: int = 0
    """Incident files understood, drafts included."""
    drafts: int = 0
    files_read: int = 0
    """Incident files found, understood or not."""
    partly_read: int = 0
    """Timelines and lists of action items with lines that do not fit their grammar, of notices that are no drafts."""
    edits: Mapping[str, RevisionSummary] = field(default_factory=dict)
    """By the path of the file; without files whose history is not known."""
    assets: tuple[str, ...] = ()
    """Paths, below the folder and with forward slashes, of images and other files that are no incidents."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop the build."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The problems that stop only a strict build."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.WARNING)

    @property
    def advice(self) -> tuple[Problem, ...]:
        """The advice on texts; empty unless `load` was given an advisor."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ADVICE)


def load(  # noqa: PLR0913  each is one thing that a caller may add
    folder: Path,
    *,
    now: datetime,
    shown_as: str | None = None,
    language: str = "en",
    progress: Callable[[int, int], None] | None = None,
    advisor: Advisor | None = None,
    history: FolderHistory | None = None,
    select: Callable[[str], bool] | None = None,
) -> Loaded:
    """Read and check everything in `folder`.

    `now` is an aware instant in UTC; only rules about what is due by now depend on it. Problems name files below
    `shown_as`, by default `folder` as it is written; hints name sections in the language of a file, else in `language`.
    `progress` is called after each file with the number of files read
    and the number of all files. An `advisor` adds its advice on each file that has no errors. With the
    `history` of the folder files are compared with their former versions, too. `select` leaves out the files for whose
    text it is false, as if they were not there. Never raises for anything that may be wrong in the folder; that is what
    problems are for.
    """
    with _garbage_left_alone():
        reader = _Reader(folder, (shown_as or folder.as_posix()).rstrip("/") or "/")
        if not reader.is_there():
            return Loaded(history=None, problems=tuple(reader.problems))
        paths = sorted(reader.walk(folder, ""))
        example = now.date()
        known = reader.catalog(example)
        advice = advisor(reader, known, example) if advisor else None
        incidents = [path for path in paths if path.casefold().endswith(MARKDOWN)]
        files = []
        for count, relative in enumerate(incidents, 1):
            if file := reader.incident(relative, known, language, now, select):
                files.append(file)
                reader.problems.extend(without_accepted(file, advice(file)) if advice else ())
            if progress:
                progress(count, len(incidents))
        reader.problems.extend(check_together(files))
        edits = reader.compare(files, history, set(incidents), known, now) if history else {}
        loaded = reader.loaded(known, files, incidents, tuple(path for path in paths if path not in set(incidents)))
        return replace(loaded, edits=edits)


@contextmanager
def _garbage_left_alone() -> Iterator[None]:
    """Put the garbage collector off: what is read stays, and would be looked at again and again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class _Reader(Folder):
    """A folder being read; collects what is wrong in it."""

    def catalog(self, example: date) -> CatalogFile:
        """What is known of the components."""
        if not os.path.lexists(self.path / CATALOG_NAME):
            self.fault(
                CATALOG_NAME,
                "no-catalog",
                f"{CATALOG_NAME} is missing, so no component has a name",
                f"rename {misnamed} to it"
                if (misnamed := self.misnamed_catalog())
                else f"create it with:\n{EXAMPLE.rstrip()}",
            )
            return CatalogFile()
        report = self.report(CATALOG_NAME)
        source = self.source(CATALOG_NAME, report)
        known = read_catalog(source, report, example=example) if source else CatalogFile()
        self.problems.extend(report.for_reader())
        return known

    def incident(
        self,
        relative: str,
        known: CatalogFile,
        language: str,
        now: datetime,
        select: Callable[[str], bool] | None = None,
    ) -> NoticeFile | None:
        """One incident file, checked by itself; None where it has errors or is not selected by its text."""
        report = self.report(relative)
        file = None
        source = self.source(relative, report)
        if source and select and not select(source.text):
            return None
        if source:
            file = read_incident_file(source, relative, known, report, example=now.date(), language=language)
        if file and known.catalog and not report.failed:
            report.problems.extend(check_file(file, known.catalog, now))
            report.problems[:] = [*without_accepted(file, report.problems), *unknown_codes(file)]
        if report.failed:  # a warning may be of what an error has made of the file
            report.problems[:] = [problem for problem in report.problems if problem.severity is Severity.ERROR]
        self.problems.extend(report.for_reader())
        return file

    def compare(
        self, files: Sequence[NoticeFile], history: FolderHistory, there: set[str], known: CatalogFile, now: datetime
    ) -> Mapping[str, RevisionSummary]:
        """The edits of each file. What breaks with former versions is added to the problems.

        `there` are the paths of the files that are in the folder now.
        """
        deleted = (path for path in history.versions if path not in there and not any(map(is_ignored, path.split("/"))))
        reader = VersionReader(history, files, deleted, known, now)
        edits = {}
        broken = {problem.path for problem in self.problems if problem.severity is Severity.ERROR}
        for file in files:
            if file.document.source.path in broken:  # what it changed may be what an error has made of it
                continue
            versions = reader.versions_of(file)
            self.problems.extend(without_accepted(file, check_revisions(file, versions, reader, now)))
            if summary := reader.summary_of(file, versions):
                edits[file.notice.source] = summary
        for path, last in reader.removed():
            self.problems.append(check_deleted(self.report(path).path, last))
        return edits

    def loaded(
        self, known: CatalogFile, files: list[NoticeFile], incidents: list[str], others: tuple[str, ...]
    ) -> Loaded:
        """Everything that was read, and the history if nothing is wrong with any of it."""
        problems = tuple(sorted(self.problems, key=lambda problem: problem.sort_key))
        failed = any(problem.severity is Severity.ERROR for problem in problems)
        history = None
        if not failed and known.catalog:
            history = History(catalog=known.catalog, notices=tuple(file.notice for file in files if not file.draft))
        return Loaded(
            history=history,
            problems=problems,
            catalog=known.catalog,
            notices_read=len(files),
            drafts=sum(file.draft for file in files),
            partly_read=sum(len(file.unread) for file in files if not file.draft),
            files_read=len(incidents),
            assets=tuple(path for path in others if path not in OURS),
        )
