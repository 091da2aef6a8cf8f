"""Folders in a git repository, and the same history without one."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from mkdocs_incidents.git_history import FileVersion, FolderHistory
from tests.makers import at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


class Repository:
    """A git repository at `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def write(self, path: str, text: str) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())

    def commit(self, when: str, files: Mapping[str, str] | None = None) -> None:
        """Commit everything at an instant in UTC, with `files` written before."""
        for path, text in (files or {}).items():
            self.write(path, text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "x", when=when)

    def git(self, *arguments: str, when: str = "2026-04-06 14:30") -> str:
        environment = {
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "HOME": str(self.folder),
            "GIT_COMMITTER_DATE": f"{when}:00+00:00",
            "GIT_AUTHOR_DATE": f"{when}:00+00:00",
        }
        who = ("-c", "user.name=Comms", "-c", "user.email=comms@harmattan.example")
        command = ["git", "-C", str(self.folder), *who, *arguments]
        return subprocess.run(command, check=True, env=environment, capture_output=True, text=True).stdout


def in_memory(files: Mapping[str, Sequence[tuple[str, str | None]]], *, complete: bool = True) -> FolderHistory:
    """The history of files, each with its versions, oldest first: the UTC instant and the text, None where deleted."""
    order = {
        when: number for number, when in enumerate(sorted({when for found in files.values() for when, _ in found}))
    }
    versions = {
        path: tuple(
            FileVersion(at(when), f"commit {when}", "" if text is None else text, order[when]) for when, text in found
        )
        for path, found in files.items()
    }
    texts = {version.blob for found in versions.values() for version in found}
    newest = max((version for found in versions.values() for version in found), key=lambda version: version.at)
    contents = {text: text.encode() for text in texts}
    return FolderHistory(complete=complete, versions=versions, contents=contents, last_commit=newest.commit)
