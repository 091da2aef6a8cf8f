"""Writes the files of a site: all of them, or none."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..files import NotWrittenError, create_file, read_bytes, replace_file, write_anew

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    Undo = list[Callable[[], None]]


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
    undo: Undo = []
    try:
        for file in sorted(files, key=lambda file: file.before is not None):
            try:
                _write(file, undo)
            except NotWrittenError as error:
                raise NotWrittenError(f"{file.path.as_posix()} {error}") from None
            except OSError as error:
                reason = error.strerror or str(error)
                raise NotWrittenError(
                    f"{file.path.as_posix()} cannot be written: {reason}; nothing is written"
                ) from None
    except BaseException:
        for take_back in reversed(undo):
            with suppress(OSError, NotWrittenError):
                take_back()
        raise


def _write(file: PlannedFile, undo: Undo) -> None:
    """Write one file, with the folders that it needs; `undo` gets what takes each step back."""
    path, before = file.path, file.before
    if before is not None:
        write_anew(path, before, file.text)
        after = read_bytes(path)
        undo.append(lambda: replace_file(path, after, before))
        return
    for folder in reversed([folder for folder in path.parents if not os.path.lexists(folder)]):
        folder.mkdir()
        undo.append(folder.rmdir)
    create_file(path, file.text.encode("utf-8"))
    undo.append(path.unlink)
