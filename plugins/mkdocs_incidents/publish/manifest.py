"""What a published folder consists of: each file with its size, the time of its last change and a checksum."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    _Found = tuple[str, os.DirEntry[str]]

SECOND = 1_000_000_000
"""In nanoseconds."""
_name = attrgetter("name")


class FileState(NamedTuple):
    """A file as it was published."""

    size: int
    """In bytes."""
    modified: int
    """Nanoseconds since 1970."""
    sha256: str
    """In hexadecimal digits."""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """A version of the site: when it was published, and its files."""

    number: int
    """From 1, in the order of publication."""
    inode: int
    """Of its folder, which keeps it under every name that it gets."""
    at: datetime
    """UTC instant of its first publication."""
    before: int = 0
    """The number of the version that it replaced; 0 for the first."""
    changes: str = ""
    """What differed from the version before it, for people."""
    files: Mapping[str, FileState] = field(default_factory=dict)
    """By path below the folder, with forward slashes."""
    carried: frozenset[str] = frozenset()
    """Paths of the assets that only pages of the version before it need."""
    verified: str = ""
    """A JSON document on one line: how it was verified (`verification.record`); empty if it was not."""

    def to_json(self) -> str:
        """Three lines: a JSON document about the version, one with its files, and how it was verified.

        The first has the length of the second, so that a file that was cut off is recognised, and the number of files
        and the last of their times, so that the second need not be decoded to know them.
        """
        files = json.dumps(self._decoded, ensure_ascii=False, separators=(",", ":"))
        head = {
            "number": self.number,
            "inode": self.inode,
            "at": self.at.isoformat(),
            "before": self.before,
            "changes": self.changes,
            "carried": sorted(self.carried),
            "count": len(self.files),
            "latest": self.latest,
            "length": len(files),
        }
        return f"{json.dumps(head, ensure_ascii=False)}\n{files}\n{self.verified}\n"

    @property
    def latest(self) -> int:
        """The last of the times of its files, in nanoseconds since 1970; 0 if it has none."""
        if isinstance(self.files, _EncodedFiles):
            return self.files.latest
        return max((state.modified for state in self.files.values()), default=0)

    @property
    def _decoded(self) -> Mapping[str, FileState]:
        return self.files.decoded if isinstance(self.files, _EncodedFiles) else self.files


class _EncodedFiles(Mapping[str, FileState]):
    """The files of a version, decoded when one of them is asked for: of most versions none is."""

    def __init__(self, text: str, count: int, latest: int) -> None:
        self._text = text
        self._count = count
        self.latest = latest

    @cached_property
    def decoded(self) -> dict[str, FileState]:
        return {path: FileState(*state) for path, state in json.loads(self._text).items()}

    def __getitem__(self, path: str) -> FileState:
        return self.decoded[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self.decoded)

    def __len__(self) -> int:
        return self._count


def manifest_of_json(text: str) -> Manifest:
    """The manifest that `to_json` wrote.

    Raises:
        ValueError: it is none: of another release, or damaged.
    """
    try:
        head, files, verified, _ = text.split("\n")
        known: dict[str, Any] = json.loads(head)
        if len(files) != int(known["length"]):
            raise ValueError("it was cut off")
        return Manifest(
            number=int(known["number"]),
            inode=int(known["inode"]),
            at=datetime.fromisoformat(known["at"]).astimezone(UTC),
            before=int(known["before"]),
            changes=str(known["changes"]),
            files=_EncodedFiles(files, int(known["count"]), int(known["latest"])),
            carried=frozenset(known["carried"]),
            verified=verified,
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(str(error)) from error


def file_states(
    folder: Path, known: Mapping[str, FileState] | None = None, *, same: Path | None = None
) -> dict[str, FileState]:
    """Every file below `folder`, in the order of their paths.

    One that has the size and the time, to the nanosecond, that `known` has for its path has that checksum, too, and is
    not read. `same` is the folder that `known` was recorded of, if it is another one: there, a time of a whole second
    proves nothing, since tools set all files to such a time; the file has to be the same by its inode.
    """
    known = (known.decoded if isinstance(known, _EncodedFiles) else known) or {}
    states: dict[str, FileState] = {}
    for path, entry in _files(str(folder)):
        status = entry.stat()
        state = known.get(path)
        if state and (state[0] != status.st_size or state[1] != status.st_mtime_ns):
            state = None
        if state and same and not state[1] % SECOND and not _is_same_file(status, same / path):
            state = None
        states[path] = state or _read(entry.path, status)
    return states


def _read(path: str, status: os.stat_result) -> FileState:
    with open(path, "rb") as file:  # noqa: PTH123  a site has 10,000 files: paths cost more than reading
        return FileState(status.st_size, status.st_mtime_ns, hashlib.file_digest(file, "sha256").hexdigest())


def _is_same_file(status: os.stat_result, path: Path) -> bool:
    try:
        return os.path.samestat(status, path.stat())
    except OSError:
        return False


def paths_and_inodes(folder: Path) -> Iterator[tuple[str, int]]:
    """The path and the inode of every file below `folder`; none of them is asked for more, which would take longer."""
    return ((path, entry.inode()) for path, entry in _files(str(folder)))


def _files(folder: str, prefix: str = "", found: list[_Found] | None = None) -> list[_Found]:
    """Every file with its path below `folder`, by name; one list, since nested generators cost time for each file."""
    found = [] if found is None else found
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=_name):
            path = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):  # a link may lead to a folder above, and so without end
                _files(entry.path, f"{path}/", found)
            elif entry.is_file():
                found.append((path, entry))
    return found
