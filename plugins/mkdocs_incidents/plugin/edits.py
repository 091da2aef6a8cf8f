"""The public edit history of incident files, where git knows it.

A commit that only adds lines tells more; one that takes a line away or changes it has edited what was published.
That is what readers are told. Where the history is cut off (a shallow clone) or there is none, nothing is claimed.
"""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mkdocs_incidents.present.edition import Edits

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_COMMIT = "\x01"
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
    return {
        path: Edits(count=len(instants), last_at=instants[0] if instants else None) for path, instants in found.items()
    }


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
