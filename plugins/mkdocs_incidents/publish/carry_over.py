"""What the next version takes over from the live one: its age for unchanged files, old assets, and hidden files."""

from __future__ import annotations

import os
import re
import shutil
from typing import TYPE_CHECKING

from .manifest import FileState

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from .manifest import Manifest

_HASHED_ASSET = re.compile(r"\A(?:[^/]+/)*assets/.*\.[0-9a-f]{8,}\.(?:[\w-]+\.)*\w+\Z")
"""Its name changes with its content: `assets/stylesheets/main.484c7ddc.min.css`."""
_SECOND = 1_000_000_000
"""In nanoseconds."""


def carry_over_assets(live: Path, before: Manifest, building: Path) -> frozenset[str]:
    """Copy the assets that only pages of the version `before` need: a browser may be about to ask for them.

    Returns their paths. Assets that this version had carried over itself are left out: they stay for one version.
    """
    carried = set()
    for path in before.files:
        if path not in before.carried and _HASHED_ASSET.match(path) and not (building / path).exists():
            (building / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(live / path, building / path)
            carried.add(path)
    return frozenset(carried)


def remove_strange_assets(folder: Path, manifest: Manifest) -> None:
    """Remove the assets that an interrupted roll-back has copied: they may be truncated."""
    for asset in list((folder / "assets").rglob("*")):
        path = asset.relative_to(folder).as_posix()
        if path not in manifest.files and _HASHED_ASSET.match(path) and asset.is_file():
            asset.unlink()


def carry_over_hidden_files(live: Path, building: Path) -> None:
    """Copy what begins with a dot at the top, such as `.well-known`: `mkdocs build` leaves it alone, too."""
    for entry in sorted(live.iterdir()):
        copy = building / entry.name
        if not entry.name.startswith(".") or copy.exists():
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.copytree(entry, copy, symlinks=True)
        else:
            shutil.copy2(entry, copy, follow_symlinks=False)


def carry_over_times(
    before: Manifest, building: Path, states: dict[str, FileState], versions: Collection[Manifest]
) -> dict[str, FileState]:
    """Give unchanged files the time they had, and changed ones a later second. Returns the states with these times.

    Servers make `ETag` and `Last-Modified` (RFC 9110, 8.8) of the time in seconds and the size: what is unchanged must
    stay valid in caches, and two versions of one size must not look alike. `versions` are all that are known: after a
    roll-back, caches have newer ones than `before`.
    """
    dated = {}
    for path, state in states.items():
        old = before.files.get(path)
        modified = state.modified
        if old and old.sha256 == state.sha256:
            modified = old.modified
        else:
            newest = max((version.files[path].modified for version in versions if path in version.files), default=0)
            if modified // _SECOND <= newest // _SECOND:
                modified = (newest // _SECOND + 1) * _SECOND
        if modified != state.modified:
            os.utime(building / path, ns=(modified, modified))
        dated[path] = FileState(state.size, modified, state.sha256)
    return dated
