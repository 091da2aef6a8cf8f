"""The folder of the site between two builds: MkDocs empties it, and what does not change comes back.

Before MkDocs empties the folder, everything in it goes into a folder in it whose name begins with a dot, which is left
alone. The files of pages that are kept come back as they are; at the end of the build every other file whose bytes are
the same as before does, too, so that only what changed has another time. Nothing of it stays.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from filecmp import cmp
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_incidents.publish.manifest import FileState

_ASIDE = ".incidents-previous"


class OutputFolder:
    """The folder that a site is built into, with what the build before has left in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._aside = folder / _ASIDE
        self._is_aside = False
        self._kept: Mapping[str, FileState] = {}
        self._missing: set[str] = set()

    def set_aside(self) -> None:
        """Move everything aside; what a build that was killed had moved aside comes back first."""
        self.restore()
        with suppress(OSError):  # no folder yet, or one that only its files can be replaced in
            entries = [entry for entry in self._folder.iterdir() if not _is_left_alone(entry)]
            self._aside.mkdir()
            self._is_aside = True
            for entry in entries:
                entry.rename(self._aside / entry.name)

    def take_back(self, kept: Mapping[str, FileState]) -> set[str]:
        """Bring back these files, by path; returns those that are missing or not as they were left."""
        self._kept = kept
        self._missing = set(kept)
        for name in {path.partition("/")[0] for path in kept}:
            old, new = self._aside / name, self._folder / name
            if not old.is_dir() or old.is_symlink() or new.exists():
                continue
            with suppress(OSError):
                old.rename(new)
                if not self._keep_only(str(new), name):
                    new.rmdir()
        return set(self._missing)

    def _keep_only(self, folder: str, below: str) -> bool:
        """Move aside again what is not kept in a folder that was brought back; what is kept is not missing.

        Returns whether anything is left in it.
        """
        found = False
        for entry in os.scandir(folder):
            path = f"{below}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                if self._keep_only(f"{folder}/{entry.name}", path):
                    found = True
                else:
                    os.rmdir(entry)
                continue
            state, status = self._kept.get(path), entry.stat(follow_symlinks=False)
            if state and status.st_size == state.size and status.st_mtime_ns == state.modified:
                self._missing.discard(path)
                found = True
                continue
            (self._aside / below).mkdir(parents=True, exist_ok=True)
            os.rename(entry, self._aside / path)
        return found

    def finish(self) -> None:
        """Bring back the files that were built again with the same bytes, and remove the others."""
        if not self._is_aside:
            return
        for path in _files(self._aside, self._aside):
            old, new = self._aside / path, self._folder / path
            with suppress(OSError):
                if path not in self._kept and new.is_file() and cmp(old, new, shallow=False):
                    old.replace(new)
        self._is_aside = False
        shutil.rmtree(self._aside, ignore_errors=True)

    def undo(self) -> None:
        """After a build that failed: remove what it wrote, and bring back what was there before."""
        if not self._is_aside:
            return
        brought_back = self._kept.keys() - self._missing
        built = [entry for entry in self._folder.iterdir() if not _is_left_alone(entry)]
        for path in (path for entry in built for path in _files(entry, self._folder)):
            if path not in brought_back:
                with suppress(OSError):
                    (self._folder / path).unlink()
        for parent in (parent for entry in built for parent, _, _ in os.walk(entry, topdown=False)):
            with suppress(OSError):  # it is not empty
                os.rmdir(parent)
        self.restore()

    def restore(self) -> None:
        """Bring back everything that was moved aside."""
        for path in _files(self._aside, self._aside):
            with suppress(OSError):
                (self._folder / path).parent.mkdir(parents=True, exist_ok=True)
                (self._aside / path).replace(self._folder / path)
        self._is_aside = False
        shutil.rmtree(self._aside, ignore_errors=True)


def _is_left_alone(entry: Path) -> bool:
    """Whether MkDocs does not remove it from the folder of a site: hidden files, and links to folders."""
    return entry.name.startswith(".") or (entry.is_symlink() and entry.is_dir())


def _files(entry: Path, folder: Path) -> list[str]:
    """The paths below a folder of all files, and links, as they are now: of those in `entry`, or of this one."""
    found = [entry.relative_to(folder).as_posix()] if os.path.lexists(entry) and not entry.is_dir() else []
    for parent, folders, names in os.walk(entry):
        links = [name for name in folders if os.path.islink(f"{parent}/{name}")]
        found += [Path(parent, name).relative_to(folder).as_posix() for name in (*names, *links)]
    return found
