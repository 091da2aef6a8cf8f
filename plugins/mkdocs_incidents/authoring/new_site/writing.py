"""Writes the files of a site: all of them, or none."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..files import NotWrittenError, write_anew

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFile:
    """A file that is to be written."""

    path: Path
    text: str
    before: bytes | None = None
    """What the file holds; None where there is none yet."""


def write_all(files: Iterable[PlannedFile]) -> None:
    """Write new files, then change those that exist. If one cannot be written, what was done is taken back.

    Raises:
        NotWrittenError: one could not be written; the message names it, and says why.
    """
    undo: list[PlannedFile | Path] = []
    try:
        for file in sorted(files, key=lambda file: file.before is not None):
            try:
                if file.before is None:
                    _create(file, undo)
                else:
                    write_anew(file.path, file.before, file.text)
                    undo.append(file)
            except FileExistsError:
                raise NotWrittenError(
                    f"{file.path.as_posix()} has appeared meanwhile; nothing is written. Type the command again"
                ) from None
            except NotWrittenError as error:
                raise NotWrittenError(f"{file.path.as_posix()} {error}") from None
            except OSError as error:
                reason = error.strerror or str(error)
                raise NotWrittenError(
                    f"{file.path.as_posix()} cannot be written: {reason}; nothing is written"
                ) from None
    except BaseException:
        _take_back(undo)
        raise


def _create(file: PlannedFile, undo: list[PlannedFile | Path]) -> None:
    """Write a file that does not exist, in folders that need not exist; `undo` has each that was made."""
    missing = [folder for folder in file.path.parents if not os.path.lexists(folder)]
    for folder in reversed(missing):
        folder.mkdir()
        undo.append(folder)
    with file.path.open("xb") as stream:
        undo.append(file)
        stream.write(file.text.encode("utf-8"))


def _take_back(done: Iterable[PlannedFile | Path]) -> None:
    """Restore what was there before, the last change first, as far as that is possible."""
    for change in reversed(list(done)):
        with suppress(OSError, NotWrittenError):
            if isinstance(change, Path):
                change.rmdir()
            elif change.before is None:
                change.path.unlink()
            else:
                written = change.path.read_bytes()
                write_anew(change.path, written, change.before.decode("utf-8-sig").replace("\r\n", "\n"))
