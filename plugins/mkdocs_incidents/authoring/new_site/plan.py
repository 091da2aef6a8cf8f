"""What becomes of each file of a site: what is there stays, what is missing is written."""

from __future__ import annotations

import os
from dataclasses import dataclass
from difflib import unified_diff
from enum import StrEnum
from typing import TYPE_CHECKING

from ..files import UnreadableError, read_bytes
from .texts import how_to_add_extras, names_the_plugin, requirements
from .writing import PlannedFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from .requirement import Requirement
    from .texts import SiteFile

_PUBLISHED_BY = (
    ".github/workflows/*.yml",
    ".github/workflows/*.yaml",
    ".gitlab-ci.yml",
    ".readthedocs.y*ml",
    ".circleci/config.yml",
    ".forgejo/workflows/*",
    ".gitea/workflows/*",
    "azure-pipelines.yml",
    "bitbucket-pipelines.yml",
    "netlify.toml",
    "vercel.json",
    "wrangler.toml",
    "Jenkinsfile",
)
"""Files that show that something builds or publishes the folder already."""


class FileState(StrEnum):
    """What becomes of a file."""

    WRITTEN = "written"
    CHANGED = "changed"
    KEPT = "kept"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePlan:
    """What becomes of one file."""

    path: Path
    state: FileState
    note: str
    """What the file is for, or why it is kept or left out."""
    text: str = ""
    """What is written; empty where nothing is."""
    before: bytes | None = None
    """What a file holds that is changed."""

    @property
    def planned(self) -> PlannedFile | None:
        """What is to be written; None where nothing is."""
        if self.state not in {FileState.WRITTEN, FileState.CHANGED}:
            return None
        return PlannedFile(path=self.path, text=self.text, before=self.before)

    @property
    def difference(self) -> tuple[str, ...]:
        """The change of a file that exists, as lines of a unified difference."""
        if self.before is None:
            return ()
        before = self.before.decode("utf-8-sig").splitlines()
        name = self.path.as_posix()
        return tuple(unified_diff(before, self.text.splitlines(), name, name, lineterm="", n=2))


def new_or_kept(folder: Path, file: SiteFile) -> FilePlan:
    """Write a file, unless something of its name is there."""
    path = folder / file.path
    if os.path.lexists(path):
        return FilePlan(path=path, state=FileState.KEPT, note="is there already")
    return FilePlan(path=path, state=FileState.WRITTEN, note=file.purpose, text=file.text)


def requirements_plan(folder: Path, required: Requirement) -> FilePlan:
    """What becomes of `requirements.txt`, which needs the plugin; a list with hashes is made by a tool."""
    line = required.line
    new = new_or_kept(folder, requirements(line))
    if new.state is not FileState.KEPT:
        return new
    try:
        before = read_bytes(new.path)
        text = before.decode("utf-8-sig").replace("\r\n", "\n")
    except (UnreadableError, UnicodeDecodeError):
        return FilePlan(path=new.path, state=FileState.KEPT, note=f"cannot be read; add {line} to it")
    if names_the_plugin(text):
        note = how_to_add_extras(text, required.extras) or "has all that is needed"
        return FilePlan(path=new.path, state=FileState.KEPT, note=note)
    if "--hash" in text:
        return FilePlan(path=new.path, state=FileState.KEPT, note=f"add {line} with the tool that makes it")
    end = "" if text.endswith("\n") or not text else "\n"
    added = f"{text}{end}{line}\n"
    return FilePlan(path=new.path, state=FileState.CHANGED, note="the plugin is added", text=added, before=before)


def repository_files(folder: Path, commit_check: SiteFile, workflows: Iterable[SiteFile]) -> Iterator[FilePlan]:
    """What only works in the root of a repository: the check before a commit, and the workflows of GitHub."""
    root = next((above for above in (folder, *_above(folder)) if os.path.lexists(above / ".git")), folder)
    elsewhere = "belongs in the root of the repository, above this folder" if root != folder else ""
    published = next((found for sign in _PUBLISHED_BY for found in sorted(folder.glob(sign))), None)
    reason = elsewhere or (f"{published.relative_to(folder).as_posix()} is there already" if published else "")
    yield _unless(elsewhere, new_or_kept(folder, commit_check))
    for workflow in workflows:
        yield _unless(reason, new_or_kept(folder, workflow))


def _unless(reason: str, plan: FilePlan) -> FilePlan:
    if not reason or plan.state is FileState.KEPT:
        return plan
    return FilePlan(path=plan.path, state=FileState.LEFT_OUT, note=reason)


def _above(folder: Path) -> Iterator[Path]:
    yield from folder.absolute().parents
