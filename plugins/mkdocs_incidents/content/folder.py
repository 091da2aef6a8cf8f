"""The content folder on the disk: which files are read, and their text. A file that cannot be read is a problem."""

from __future__ import annotations

import os
import re
import stat
import sys
from contextlib import contextmanager, suppress
from errno import ELOOP, ENOENT, ENOTDIR
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from .format.values import suggested_id
from .source import CATALOG_NAME, START, Report, decode

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .problems import Problem
    from .source import Source

LARGEST = 1024 * 1024
"""Bytes in a file that is read. The longest real postmortem known has 24 kB."""
EDITORIAL_NAME = "editorial.yml"
"""The settings of `incidents check --editorial`; a build does not read them."""
MARKDOWN = ".md"
OURS = {CATALOG_NAME, EDITORIAL_NAME}
_DEEPEST_FOLDER = 20
_OF_EDITORS = ("~", "#", ".swp", ".swo", ".bak", ".orig", ".rej", ".tmp")
_MISNAMED = {".markdown", ".mdown", ".mkd", ".mkdn", ".mdx", ".txt", ".yml", ".yaml"}
_BEGINNING = 64 * 1024
"""Bytes of a file that is not read in which the keys of an incident are looked for."""
_KEY = re.compile(r"^([a-z]+)[ \t]*:(?:[ \t]|$)", re.MULTILINE)


@contextmanager
def folder_lock(folder: Path, *, exclusive: bool = False) -> Iterator[None]:
    """Hold an advisory lock of a folder: many may list it, but only one replaces a file in it, and nobody lists then.

    While a file is replaced by another of its name, a listing may have neither (POSIX, readdir): an open incident would
    be missing. Where the file system has no locks, there is none.

    Raises:
        OSError: there is no such folder, or it may not be read.
    """
    if sys.platform == "win32":
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH)
        yield
    finally:
        os.close(descriptor)


class RawFile(NamedTuple):
    """A file as it is on the disk."""

    content: bytes
    status: os.stat_result
    """As it was before the file was read."""


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
            with folder_lock(folder):
                entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            self.fault(
                below.rstrip("/"), "unreadable", f"the folder cannot be read: {_reason(error)}", "check who may read it"
            )
            return
        here = (status.st_dev, status.st_ino)
        if here in seen or below.count("/") > _DEEPEST_FOLDER:
            self._fault_of_loop(below.rstrip("/"), is_loop=here in seen)
            return
        for entry in entries:
            if is_ignored(entry.name):
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
                self._check_name(relative)
                yield relative
                continue
            if relative.casefold().endswith(MARKDOWN):
                self.fault(
                    relative,
                    "folder-named-md",
                    "this is a folder with the name of an incident file",
                    self._free_name(relative, PurePosixPath(entry.name).stem)
                    or f"rename it so that its name does not end in {MARKDOWN}",
                )
            yield from self.walk(folder / entry.name, f"{relative}/", seen | {here})

    def _fault_of_loop(self, relative: str, *, is_loop: bool) -> None:
        if is_loop:
            hint = "delete the link, not the folder it leads to"
            self.fault(relative, "link-loop", "this link leads back to a folder above it", hint)
        else:
            message = f"folders are nested more than {_DEEPEST_FOLDER} levels deep; what is in this one is not read"
            self.fault(relative, "folder-too-deep", message, "move the files in it to a folder further up")

    def _check_name(self, relative: str) -> None:
        """Report a file that is not read, though it holds an incident or its name says that it may."""
        path = PurePosixPath(relative)
        if relative in OURS or relative.casefold().endswith(MARKDOWN):
            return
        report = self.report(relative)
        if self._holds_incident(relative):
            report.error(
                START,
                "incident-not-read",
                f"this file has the keys of an incident, but it is not read: its name does not end in {MARKDOWN}",
                self._as_incident(path),
            )
        elif path.suffix.casefold() in _MISNAMED:
            report.warning(
                START,
                "file-ignored",
                f"this file is not read: incidents end in {MARKDOWN}, and the catalogue is "
                f"{CATALOG_NAME} at the top of the folder",
                self._where_to(path),
            )
        self.problems.extend(report.problems)

    def _holds_incident(self, relative: str) -> bool:
        """Whether a file begins like an incident: with two keys at least, one of which no catalogue has."""
        try:
            raw = _read(self.path / relative, _BEGINNING) if (self.path / relative).is_file() else b""
        except OSError:
            return False
        keys = set() if b"\0" in raw else set(_KEY.findall(raw.decode("utf-8-sig", "replace").replace("\r", "\n")))
        from .format.schema import CatalogKeys, IncidentKeys  # noqa: PLC0415  slow to import, and seldom needed

        known = set(IncidentKeys.model_fields)
        return len(keys & known) > 1 and not keys.isdisjoint(known - set(CatalogKeys.model_fields))

    def _as_incident(self, path: PurePosixPath) -> str:
        """How a file becomes an incident file, without writing over one that is there."""
        stem = path.stem if path.suffix.casefold() in _MISNAMED else path.name
        stem = stem[: -len(MARKDOWN)] if stem.casefold().endswith(MARKDOWN) else stem
        name = f"{suggested_id(stem) or stem}{MARKDOWN}"
        return self._free_name(str(path), name) or (
            f"{path.with_name(name)} is there already: add to it what only this file says, then move this one elsewhere"
        )

    def _where_to(self, path: PurePosixPath) -> str:
        if path.suffix.casefold() not in {".yml", ".yaml"}:
            return f"if it is an incident, {self._as_incident(path)}; else move it elsewhere"
        right = next((name for name in OURS if PurePosixPath(name).stem == path.stem.casefold()), None)
        if right is None:
            return "move it elsewhere"
        if os.path.lexists(self.path / right):
            return f"{right} is there already: add to it what only this file says, then move this one elsewhere"
        return f"rename it to {right}" if len(path.parts) == 1 else f"move it to {right} at the top of the folder"

    def misnamed_catalog(self) -> str | None:
        """A file that has nearly the name of the catalogue."""
        alike = {"components.yaml", CATALOG_NAME}
        return next((path.name for path in sorted(self.path.iterdir()) if path.name.casefold() in alike), None)

    def _free_name(self, relative: str, name: str) -> str | None:
        """The hint to give a file another name; None where something has that name."""
        taken = os.path.lexists((self.path / relative).with_name(name))
        return None if taken else f"rename it to {PurePosixPath(relative).with_name(name)}"

    def source(self, relative: str, report: Report) -> Source | None:
        """The text of a file; None after reporting why it cannot be read."""
        raw = self.raw(relative, report)
        return None if raw is None else decode(raw.content, report)

    def raw(self, relative: str, report: Report) -> RawFile | None:
        """The bytes of a file. Its size is known before it is read, and no more than that is."""
        path = self.path / relative
        try:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):
                report.error(START, "unreadable", "this is not a file that can be read", "move it elsewhere")
                return None
            raw = b"" if status.st_size > LARGEST else _read(path, LARGEST + 1)
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
        return RawFile(raw, status)


def _read(path: Path, most: int) -> bytes:
    """The first bytes of a file, at most so many: memory for all of these is taken only where there are so many."""
    with path.open("rb") as file:
        expected = os.fstat(file.fileno()).st_size
        begin = file.read(min(expected + 1, most))
        return begin if len(begin) <= expected else begin + file.read(most - len(begin))


def _report_unreadable(path: Path, error: OSError, report: Report) -> None:
    if path.is_symlink() and error.errno in {ENOENT, ENOTDIR, ELOOP}:
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


def is_ignored(name: str) -> bool:
    """Hidden files, those of editors, partials (`_notes.md`) and the README of the folder."""
    return name.startswith((".", "_", "#")) or name.endswith(_OF_EDITORS) or name.casefold() == "readme.md"
