"""The versions of the files of a folder, from git.

The history is that of the branch itself, its first parents: a merge is one version, as it was published. Uncommitted
changes are no version. Git is called a fixed number of times, however many files there are.
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_COMMIT = "\x01"
_ABSENT = re.compile("0+")
"""The name of a blob on the side of a difference where there is no file."""
_DELETED = "D"
_TIMEOUT = 30
"""Seconds; after this time the site is built as if there were no repository."""


class FileVersion(NamedTuple):
    """A file as a commit has it."""

    at: datetime
    """UTC instant of the commit."""
    commit: str
    blob: str
    """The name of its contents in git; empty where the commit deletes the file."""
    order: int
    """The number of the commit among those of the folder; times may be equal, or run backwards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderHistory:
    """The versions of the files of a folder. Paths are relative to it, with forward slashes."""

    complete: bool
    """False in a shallow clone, where older versions are missing."""
    versions: Mapping[str, tuple[FileVersion, ...]]
    """Oldest first, of every file that was ever there."""
    contents: Mapping[str, bytes] = field(default_factory=dict)
    """By blob. Left out are files that have one version only, which is also the one on the disk."""
    last_commit: str = ""
    """The newest one with a change of the folder."""


def folder_history(folder: Path, suffix: str = ".md") -> FolderHistory | None:
    """The history of the files of `folder` whose names end in `suffix`; None without git or a repository."""
    shallow = _git(folder, "rev-parse", "--is-shallow-repository")
    log = _git(folder, "log", f"--format={_COMMIT}%H %ct", "--first-parent", "-m", *_RAW, "--", ".")
    changed = _git(folder, "diff", *_RAW, "HEAD", "--", ".")
    if shallow is None or log is None or changed is None:
        return None
    versions = _versions(log.decode("utf-8", "replace"), suffix)
    uncommitted = frozenset(path for _, _, path in _changes(changed.decode("utf-8", "replace"), suffix))
    newest = log[1:].split(b" ", 1)[0].decode()
    contents = _contents(folder, _wanted(versions, uncommitted))
    return FolderHistory(
        complete=shallow.strip() == b"false" and contents is not None,
        versions=versions,
        contents=contents or {},
        last_commit=newest,
    )


_SETTINGS = (
    "core.quotePath=false",
    "color.ui=false",
    "log.showRoot=true",
    "log.showSignature=false",
    "protocol.allow=never",
)
"""Whatever the user's own settings are. The last one keeps a partial clone from fetching what it has left out."""
_OPTIONS = ("--no-optional-locks", *(part for setting in _SETTINGS for part in ("-c", setting)))
_RAW = ("--raw", "--no-abbrev", "--no-renames", "--relative")


def _versions(log: str, suffix: str) -> dict[str, tuple[FileVersion, ...]]:
    found: dict[str, list[FileVersion]] = {}
    for order, entry in enumerate(reversed(log.split(_COMMIT)[1:])):  # git lists the newest first
        head, _, changes = entry.partition("\n")
        commit, seconds = head.split()
        at = datetime.fromtimestamp(int(seconds), UTC)
        for status, blob, path in _changes(changes, suffix):
            found.setdefault(path, []).append(FileVersion(at, commit, "" if status == _DELETED else blob, order))
    return {path: tuple(versions) for path, versions in found.items()}


def _changes(raw: str, suffix: str) -> Iterable[tuple[str, str, str]]:
    """Status, new blob and path of each line such as `:100644 100644 OLD NEW M<TAB>path`."""
    for line in raw.split("\n"):
        facts, tab, path = line.partition("\t")
        if line.startswith(":") and tab and path.casefold().endswith(suffix):
            _, _, _, blob, status = facts.split(" ")
            yield status, blob, path


def _wanted(versions: Mapping[str, tuple[FileVersion, ...]], uncommitted: frozenset[str]) -> list[str]:
    """The blobs to read: those of files with several versions, and of files that may be another one renamed."""
    deleting = {version.commit for found in versions.values() for version in found if not version.blob}
    return sorted(
        {
            version.blob
            for path, found in versions.items()
            if len(found) > 1 or path in uncommitted or found[0].commit in deleting
            for version in found
            if version.blob and not _ABSENT.fullmatch(version.blob)
        }
    )


def _contents(folder: Path, blobs: list[str]) -> dict[str, bytes] | None:
    """Blobs by name; None where one cannot be read, as in a partial clone."""
    if not blobs:
        return {}
    output = _git(folder, "cat-file", "--batch", send="".join(f"{blob}\n" for blob in blobs).encode())
    found = {}
    at = 0
    for blob in blobs:
        end = (output or b"").find(b"\n", at)
        head = (output or b"")[at:end].split(b" ")
        if end < 0 or not output or head[1] != b"blob":
            return None
        size = int(head[2])
        found[blob] = output[end + 1 : end + 1 + size]
        at = end + 1 + size + 1
    return found


def _git(folder: Path, command: str, *arguments: str, send: bytes = b"") -> bytes | None:
    """The output of a git command; None where it fails, or where there is no git."""
    try:
        return subprocess.run(  # noqa: S603  fixed arguments and a folder of the site
            ["git", "-C", str(folder), *_OPTIONS, command, *arguments],  # noqa: S607  the git on the PATH
            input=send,
            capture_output=True,
            timeout=_TIMEOUT,
            check=True,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
