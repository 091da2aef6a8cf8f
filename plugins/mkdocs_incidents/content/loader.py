"""The content folder → History and problems. The only module of this layer that reads the disk."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from ..model import History
from .accepted import without_accepted
from .catalog_file import CATALOG_NAME, EXAMPLE, CatalogFile, read_catalog
from .editorial.advisor import advice_on
from .editorial.own_rules import EDITORIAL_NAME, HouseRules, default_rules, read_editorial
from .incident_file import read_incident_file
from .problems import Problem, Severity
from .rules import check_file, check_together
from .source import START, Report, decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, datetime

    from ..model import Catalog
    from .incident_file import NoticeFile
    from .source import Source

LARGEST = 1024 * 1024
"""Bytes in a file that is read. The longest real postmortem known has 24 kB."""
_DEEPEST_FOLDER = 20
_MARKDOWN = ".md"
_OURS = {CATALOG_NAME, EDITORIAL_NAME}
_OF_EDITORS = ("~", "#", ".swp", ".swo", ".bak", ".orig", ".rej", ".tmp")
_MISNAMED = {".markdown", ".mdown", ".mkd", ".mkdn", ".mdx", ".txt", ".yml", ".yaml"}


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
    assets: tuple[str, ...] = ()
    """Paths, below the folder and with forward slashes, of images and other files that are no incidents."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop the build."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The problems the author is told."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.WARNING)

    @property
    def advice(self) -> tuple[Problem, ...]:
        """What could be said better; only where it was asked for."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ADVICE)


def load(
    folder: Path,
    *,
    now: datetime,
    shown_as: str | None = None,
    progress: Callable[[int, int], None] | None = None,
    editorial: bool = False,
) -> Loaded:
    """Read and check everything in `folder`.

    `now` is an aware instant in UTC; only rules about what is due by now depend on it. Problems name files below
    `shown_as`, by default `folder` as it is written. `progress` is told after each file how many of how many are
    read. With `editorial`, what the files tell the public is judged, too. Never raises for anything that may be wrong
    in the folder; that is what problems are for.
    """
    reader = _Folder(folder, (shown_as or folder.as_posix()).rstrip("/") or "/")
    if not reader.is_there():
        return Loaded(history=None, problems=tuple(reader.problems))
    paths = sorted(reader.walk(folder, ""))
    example = now.date()
    known = reader.catalog(example)
    house = reader.house_rules(known, example) if editorial else None
    incidents = [path for path in paths if path.casefold().endswith(_MARKDOWN)]
    files = []
    for count, relative in enumerate(incidents, 1):
        if file := reader.incident(relative, known, example, now):
            files.append(file)
            reader.problems.extend(advice_on(file, house.rules) if house else ())
        if progress:
            progress(count, len(incidents))
    reader.problems.extend(check_together(files))
    return reader.loaded(known, files, incidents, tuple(path for path in paths if path not in set(incidents)))


class _Folder:
    """One folder being read; collects what is wrong in it."""

    def __init__(self, folder: Path, shown: str) -> None:
        self._folder = folder
        self._shown = shown
        self.problems: list[Problem] = []

    def _report(self, relative: str) -> Report:
        return Report(path=f"{self._shown}/{relative}" if relative else self._shown)

    def _fault(self, relative: str, code: str, message: str, hint: str) -> None:
        report = self._report(relative)
        report.error(START, code, message, hint)
        self.problems.extend(report.problems)

    def is_there(self) -> bool:
        """Whether the folder is a folder; if it is not, that is the one problem."""
        try:
            kind = self._folder.stat().st_mode
        except FileNotFoundError:
            self._fault("", "no-folder", "there is no such folder", "create it with: incidents init")
        except OSError as error:
            self._fault("", "unreadable", f"the folder cannot be read: {_reason(error)}", "check who may read it")
        else:
            if stat.S_ISDIR(kind):
                return True
            self._fault("", "no-folder", "this is a file, not a folder", "name the folder with components.yml in it")
        return False

    def walk(self, folder: Path, below: str, seen: frozenset[tuple[int, int]] = frozenset()) -> Iterator[str]:
        """The paths of all files that count, below the folder; those of editors and hidden ones do not."""
        try:
            status = folder.stat()
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            self._fault(
                below.rstrip("/"), "unreadable", f"the folder cannot be read: {_reason(error)}", "check who may read it"
            )
            return
        here = (status.st_dev, status.st_ino)
        if here in seen or below.count("/") > _DEEPEST_FOLDER:
            self._fault(below.rstrip("/"), "link-loop", "this link leads back to a folder above it", "delete the link")
            return
        for entry in entries:
            if _ignored(entry.name):
                continue
            if not entry.name.isprintable():
                name = entry.name.encode("unicode_escape").decode()
                self._fault(
                    f"{below}{name}",
                    "bad-file-name",
                    "the name of this file has characters that no address can have",
                    "rename it with letters, digits and hyphens",
                )
                continue
            relative = f"{below}{entry.name}"
            if not _is_folder(entry):
                self._warn_of_wrong_name(relative)
                yield relative
                continue
            if relative.casefold().endswith(_MARKDOWN):
                self._fault(
                    relative,
                    "folder-named-md",
                    "this is a folder with the name of an incident file",
                    f"rename it to {relative[: -len(_MARKDOWN)]}",
                )
            yield from self.walk(folder / entry.name, f"{relative}/", seen | {here})

    def _warn_of_wrong_name(self, relative: str) -> None:
        path = PurePosixPath(relative)
        if relative in _OURS or path.suffix.casefold() not in _MISNAMED:
            return
        right = CATALOG_NAME if path.suffix in {".yml", ".yaml"} else path.with_suffix(_MARKDOWN).name
        report = self._report(relative)
        report.warning(
            START,
            "file-ignored",
            "this file is not read: incidents end in .md, and the catalogue is "
            f"{CATALOG_NAME} at the top of the folder",
            f"rename it to {right}, or move it elsewhere",
        )
        self.problems.extend(report.problems)

    def catalog(self, example: date) -> CatalogFile:
        """What is known of the components."""
        if not os.path.lexists(self._folder / CATALOG_NAME):
            self._fault(
                CATALOG_NAME,
                "no-catalog",
                f"{CATALOG_NAME} is missing, so no component has a name",
                f"create it with:\n{EXAMPLE.rstrip()}",
            )
            return CatalogFile()
        report = self._report(CATALOG_NAME)
        source = self._source(CATALOG_NAME, report)
        known = read_catalog(source, report, example=example) if source else CatalogFile()
        self.problems.extend(report.told())
        return known

    def house_rules(self, known: CatalogFile, example: date) -> HouseRules:
        """The editorial rules of this site."""
        if not os.path.lexists(self._folder / EDITORIAL_NAME):
            return default_rules()
        report = self._report(EDITORIAL_NAME)
        source = self._source(EDITORIAL_NAME, report)
        house = read_editorial(source, report, zone=known.timezone, example=example) if source else default_rules()
        self.problems.extend(report.told())
        return house

    def incident(self, relative: str, known: CatalogFile, example: date, now: datetime) -> NoticeFile | None:
        """One incident file, checked by itself; None where it has errors."""
        report = self._report(relative)
        file = None
        if source := self._source(relative, report):
            file = read_incident_file(source, relative, known, report, example=example)
        if file and not report.failed:
            report.problems.extend(check_file(file, known.catalog, now))
            report.problems[:] = without_accepted(file, report.problems)
        self.problems.extend(report.told())
        return file

    def _source(self, relative: str, report: Report) -> Source | None:
        """The text of a file. Its size is known before it is read, and no more than that is."""
        path = self._folder / relative
        try:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):
                report.error(START, "unreadable", "this is not a file that can be read", "delete or rename it")
                return None
            raw = b"" if status.st_size > LARGEST else _read(path)
            size = max(status.st_size, len(raw))
        except OSError as error:
            _report_unreadable(path, error, report)
            return None
        if size > LARGEST:
            report.error(
                START,
                "too-large",
                f"the file has {size / 1024 / 1024:.1f} MB; at most 1 MB is read",
                "move logs and attachments into files of their own and link to them",
            )
            return None
        return decode(raw, report)

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
            files_read=len(incidents),
            assets=tuple(path for path in others if path not in _OURS),
        )


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _report_unreadable(path: Path, error: OSError, report: Report) -> None:
    if path.is_symlink():
        report.error(
            START,
            "broken-link",
            f"this link leads to nothing that can be read: {_reason(error)}",
            "delete the link, or create the file it leads to",
        )
    else:
        report.error(START, "unreadable", f"the file cannot be read: {_reason(error)}", "check who may read it")


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself; reading it says so
        return False


def _ignored(name: str) -> bool:
    """Hidden files, those of editors, partials (`_notes.md`) and the README of the folder."""
    return name.startswith((".", "_", "#")) or name.endswith(_OF_EDITORS) or name.casefold() == "readme.md"
