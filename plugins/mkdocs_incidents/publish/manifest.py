"""What a published folder consists of: each file with its size, the time of its last change and a checksum."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


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

    def to_json(self) -> str:
        """A JSON document."""
        values = asdict(self) | {"at": self.at.isoformat(), "carried": sorted(self.carried)}
        return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def manifest_of_json(text: str) -> Manifest:
    """The manifest that `to_json` wrote.

    Raises:
        ValueError: it is none: of another release, or damaged.
    """
    try:
        known: dict[str, Any] = json.loads(text)
        return Manifest(
            number=int(known["number"]),
            inode=int(known["inode"]),
            at=datetime.fromisoformat(known["at"]).astimezone(UTC),
            before=int(known["before"]),
            changes=str(known["changes"]),
            files={path: FileState(*state) for path, state in known["files"].items()},
            carried=frozenset(known["carried"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(str(error)) from error


def file_states(folder: Path, known: Mapping[str, FileState] | None = None) -> dict[str, FileState]:
    """Every file below `folder`. One of the size and time that `known` has for it is not read again."""
    states = {}
    for path, entry in _files(str(folder)):
        status = entry.stat()
        state = (known or {}).get(path)
        if state is None or (state.size, state.modified) != (status.st_size, status.st_mtime_ns):
            with open(entry.path, "rb") as file:  # noqa: PTH123  a site has 10,000 files: paths cost more than reading
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            state = FileState(status.st_size, status.st_mtime_ns, digest)
        states[path] = state
    return states


def _files(folder: str, prefix: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda each: each.name):
            path = f"{prefix}{entry.name}"
            if entry.is_dir(follow_symlinks=False):  # a link may lead to a folder above, and so without end
                yield from _files(entry.path, f"{path}/")
            elif entry.is_file():
                yield path, entry
