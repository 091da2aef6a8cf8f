"""The public edit history of incident files, where git knows it.

A commit that only adds lines tells more; one that takes a line away or changes it has edited what was published.
That is what readers are told. Where the history is cut off (a shallow clone) or there is none, nothing is claimed.
"""

from __future__ import annotations

import re
import subprocess
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mkdocs_incidents.present.context import Edits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_COMMIT = "\x01"
_COMMIT_LINE = re.compile(r"[0-9a-f]{40,64} \d+ \d+")
_LOOKED_INTO = 100
"""Files, those edited last, of which is found out what in them was edited: each costs some milliseconds."""
_PATIENCE = 30
"""Seconds until a build goes on without the history of a huge repository."""


def edits_by_file(folder: Path) -> Mapping[str, Edits]:
    """How often each file below `folder` was edited after its first commit, by its path below `folder`."""
    if _git(folder, "rev-parse", "--is-shallow-repository") != "false":
        return {}
    told = _git(
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
    for commit in (told or "").split(_COMMIT)[1:]:  # newest first
        stamp, *files = commit.strip().splitlines()
        for line in filter(None, files):
            _, deleted, path = line.split("\t", 2)
            instants = found.setdefault(path, [])
            if deleted not in {"0", "-"}:
                instants.append(datetime.fromisoformat(stamp).astimezone(UTC))
    newest = sorted((path for path in found if found[path]), key=lambda path: (found[path][0], path), reverse=True)
    by_place = {path: _edits_by_place(folder, path) for path in newest[:_LOOKED_INTO]}
    return {
        path: Edits(count=len(instants), last_at=instants[0] if instants else None, by_place=by_place.get(path, {}))
        for path, instants in found.items()
    }


def _edits_by_place(folder: Path, path: str) -> Mapping[int, datetime]:
    """When the items of a file's lists, and its body, were edited after they had been published.

    An item was edited when one of its lines is younger than its first, the body when one of its lines is younger than
    the line that published it. Lines that are in no commit yet say nothing.
    """
    lines = [("", None), *_blamed(folder, path)]  # counted from 1
    fences = [n for n, (text, _) in enumerate(lines) if text.rstrip() == "---"][:2]
    end_of_facts = fences[-1] if len(fences) > 1 else len(lines)
    found: dict[int, datetime] = {}
    for place, (text, at) in enumerate(lines[:end_of_facts]):
        if text.lstrip().startswith("- "):
            last = _end_of_item([text for text, _ in lines[:end_of_facts]], place)
        elif text.lstrip().startswith("published:"):
            place, last = Edits.BODY, len(lines)  # noqa: PLW2901  the body has no line of its own
        else:
            continue
        first = end_of_facts + 1 if place == Edits.BODY else place
        newest = max((when for _, when in lines[first:last] if when), default=None)
        if newest and at and newest > at:
            found[place] = newest
    return found


def _end_of_item(lines: list[str], place: int) -> int:
    """The first line after `place` that is not indented more than the item that begins there."""
    indent = len(lines[place]) - len(lines[place].lstrip())
    for n in range(place + 1, len(lines)):
        if lines[n].strip() and len(lines[n]) - len(lines[n].lstrip()) <= indent:
            return n
    return len(lines)


def _blamed(folder: Path, path: str) -> Iterator[tuple[str, datetime | None]]:
    """Each line of a file with the instant of the commit it comes from; None where it is in none yet."""
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


def _git(folder: Path, *words: str) -> str | None:
    """What git says, or None where it cannot say it."""
    try:
        done = subprocess.run(  # noqa: S603  fixed words and a folder of the site's own
            ["git", "-C", str(folder), *words],  # noqa: S607  the git that the user has
            capture_output=True,
            timeout=_PATIENCE,
            check=True,
            encoding="utf-8",
            errors="replace",
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()
