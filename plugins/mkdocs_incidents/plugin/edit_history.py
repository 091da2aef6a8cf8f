"""The edit history of incident files, from git.

A commit that deletes or changes a line of a file counts as an edit; one that only adds lines does not. Without a
repository, and in a shallow clone, whose history is incomplete, there is no edit history.
"""

from __future__ import annotations

import re
import subprocess
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mkdocs_incidents.present.context import RevisionSummary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_COMMIT = "\x01"
_COMMIT_LINE = re.compile(r"[0-9a-f]{40,64} \d+ \d+")
_MOST_FILES = 100
"""Number of files, those edited last, for which edits are located by `git blame`: it takes some milliseconds each."""
_TIMEOUT = 30
"""Seconds; after this time the build continues without the edit history."""


def edits_by_file(folder: Path) -> Mapping[str, RevisionSummary]:
    """The edits of each file after its first commit, by its path below `folder`; empty where git has none."""
    if _git(folder, "rev-parse", "--is-shallow-repository") != "false":
        return {}
    log = _git(
        folder,
        "-c",
        "core.quotePath=false",
        "log",
        f"--format={_COMMIT}%cI",
        "--numstat",
        "--no-renames",
        "--relative",
        ".",
    )
    found: dict[str, list[datetime]] = {}
    for commit in (log or "").split(_COMMIT)[1:]:  # newest first
        stamp, *files = commit.strip().splitlines()
        for line in filter(None, files):
            _, deleted, path = line.split("\t", 2)
            instants = found.setdefault(path, [])
            if deleted not in {"0", "-"}:
                instants.append(datetime.fromisoformat(stamp).astimezone(UTC))
    newest = sorted((path for path in found if found[path]), key=lambda path: (found[path][0], path), reverse=True)
    by_place = {path: _edits_by_place(folder, path) for path in newest[:_MOST_FILES]}
    return {
        path: RevisionSummary(
            count=len(instants), last_at=instants[0] if instants else None, by_place=by_place.get(path, {})
        )
        for path, instants in found.items()
    }


def _edits_by_place(folder: Path, path: str) -> Mapping[int, datetime]:
    """UTC of the last edit of each list item, by its first line, and of the body, at `Edits.BODY`.

    An item was edited if one of its lines has a later commit than its first line, the body if one of its lines has a
    later commit than the line `published:`. Uncommitted lines are ignored.
    """
    lines = [("", None), *_blame(folder, path)]  # counted from 1
    fences = [n for n, (text, _) in enumerate(lines) if text.rstrip() == "---"][:2]
    front_matter_end = fences[-1] if len(fences) > 1 else len(lines)
    found: dict[int, datetime] = {}
    for place, (text, at) in enumerate(lines[:front_matter_end]):
        if text.lstrip().startswith("- "):
            last = _end_of_item([text for text, _ in lines[:front_matter_end]], place)
        elif text.lstrip().startswith("published:"):
            place, last = RevisionSummary.BODY, len(lines)  # noqa: PLW2901  the body has no line of its own
        else:
            continue
        first = front_matter_end + 1 if place == RevisionSummary.BODY else place
        newest = max((when for _, when in lines[first:last] if when), default=None)
        if newest and at and newest > at:
            found[place] = newest
    return found


def _end_of_item(lines: list[str], place: int) -> int:
    """The index of the first line after `place` that is not indented more than the item that begins there."""
    indent = len(lines[place]) - len(lines[place].lstrip())
    for n in range(place + 1, len(lines)):
        if lines[n].strip() and len(lines[n]) - len(lines[n].lstrip()) <= indent:
            return n
    return len(lines)


def _blame(folder: Path, path: str) -> Iterator[tuple[str, datetime | None]]:
    """Each line of a file with the UTC instant of its commit; None for uncommitted lines."""
    times: dict[str, datetime | None] = {}
    commit = ""
    for line in (_git(folder, "blame", "--porcelain", "--", path) or "").split("\n"):
        if line.startswith("\t"):
            yield line[1:], times.get(commit)
        elif line.startswith("committer-time "):
            known = commit.strip("0")
            times[commit] = datetime.fromtimestamp(int(line.split()[1]), UTC) if known else None
        elif _COMMIT_LINE.match(line):
            commit = line.split()[0]


def _git(folder: Path, *arguments: str) -> str | None:
    """The output of a git command without surrounding blanks; None where it fails, or where there is no git."""
    try:
        result = subprocess.run(  # noqa: S603  fixed arguments and a folder of the site
            ["git", "-C", str(folder), *arguments],  # noqa: S607  the git on the PATH
            capture_output=True,
            timeout=_TIMEOUT,
            check=True,
            encoding="utf-8",
            errors="replace",
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return result.stdout.strip()
