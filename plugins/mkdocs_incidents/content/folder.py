"""The content folder on the disk: which files count, and their text; everything that disks do to them is told."""

from __future__ import annotations

import os
import stat
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from .catalog_file import CATALOG_NAME
from .source import START, Report, decode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .problems import Problem
    from .source import Source

LARGEST = 1024 * 1024
"""Bytes in a file that is read. The longest real postmortem known has 24 kB."""
EDITORIAL_NAME = "editorial.yml"
"""What `incidents check --editorial` is told about a site; a build does not read it."""
MARKDOWN = ".md"
OURS = {CATALOG_NAME, EDITORIAL_NAME}
_DEEPEST_FOLDER = 20
_OF_EDITORS = ("~", "#", ".swp", ".swo", ".bak", ".orig", ".rej", ".tmp")
_MISNAMED = {".markdown", ".mdown", ".mkd", ".mkdn", ".mdx", ".txt", ".yml", ".yaml"}


class Folder:
    """A folder on the disk; collects what is wrong with its files as such."""

    def __init__(self, folder: Path, shown: str) -> None:
        self.path = folder
        self._shown = shown
        self.problems: list[Problem] = []

    def report(self, relative: str) -> Report:
        return Report(path=f"{self._shown}/{relative}" if relative else self._shown)

    def fault(self, relative: str, code: str, message: str, hint: str) -> None:
        report = self.report(relative)
        report.error(START, code, message, hint)
        self.problems.extend(report.problems)

    def is_there(self) -> bool:
        """Whether the folder is a folder; if it is not, that is the one problem."""
        try:
            kind = self.path.stat().st_mode
        except FileNotFoundError:
            self.fault("", "no-folder", "there is no such folder", "create it, or name another")
        except OSError as error:
            self.fault("", "unreadable", f"the folder cannot be read: {_reason(error)}", "check who may read it")
        else:
            if stat.S_ISDIR(kind):
                return True
            self.fault("", "no-folder", "this is a file, not a folder", "name the folder with components.yml in it")
        return False

    def walk(self, folder: Path, below: str, seen: frozenset[tuple[int, int]] = frozenset()) -> Iterator[str]:
        """The paths of all files that count, below the folder; those of editors and hidden ones do not."""
        try:
            status = folder.stat()
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            self.fault(
                below.rstrip("/"), "unreadable", f"the folder cannot be read: {_reason(error)}", "check who may read it"
            )
            return
        here = (status.st_dev, status.st_ino)
        if here in seen or below.count("/") > _DEEPEST_FOLDER:
            self.fault(below.rstrip("/"), "link-loop", "this link leads back to a folder above it", "delete the link")
            return
        for entry in entries:
            if _ignored(entry.name):
                continue
            if not entry.name.isprintable():
                name = entry.name.encode("unicode_escape").decode()
                self.fault(
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
            if relative.casefold().endswith(MARKDOWN):
                self.fault(
                    relative,
                    "folder-named-md",
                    "this is a folder with the name of an incident file",
                    f"rename it to {relative[: -len(MARKDOWN)]}",
                )
            yield from self.walk(folder / entry.name, f"{relative}/", seen | {here})

    def _warn_of_wrong_name(self, relative: str) -> None:
        path = PurePosixPath(relative)
        if relative in OURS or path.suffix.casefold() not in _MISNAMED:
            return
        right = CATALOG_NAME if path.suffix in {".yml", ".yaml"} else path.with_suffix(MARKDOWN).name
        report = self.report(relative)
        report.warning(
            START,
            "file-ignored",
            "this file is not read: incidents end in .md, and the catalogue is "
            f"{CATALOG_NAME} at the top of the folder",
            f"rename it to {right}, or move it elsewhere",
        )
        self.problems.extend(report.problems)

    def source(self, relative: str, report: Report) -> Source | None:
        """The text of a file. Its size is known before it is read, and no more than that is."""
        path = self.path / relative
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
