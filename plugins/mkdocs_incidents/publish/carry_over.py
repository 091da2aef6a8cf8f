"""What the next version takes over from the live one: its age for unchanged files, old assets, and hidden files."""

from __future__ import annotations

import os
import re
import shutil
from typing import TYPE_CHECKING

from .manifest import SECOND

if TYPE_CHECKING:
    from collections.abc import Collection, Container
    from pathlib import Path

    from .manifest import FileState, Manifest

_HASHED_ASSET = re.compile(r"\A(?:[^/]+/)*assets/.*\.[0-9a-f]{8,}\.(?:[\w-]+\.)*\w+\Z")
"""Its name changes with its content: `assets/stylesheets/main.484c7ddc.min.css`."""


def carry_over_assets(live: Path, before: Manifest, building: Path, files: Container[str]) -> frozenset[str]:
    """Take over the assets that only pages of the version `before` need: a browser may be about to ask for them.

    `files` are the paths in `building`. Returns the paths of the assets. Those that this version had carried over
    itself are left out: they stay for one version.
    """
    missing = (path for path in before.files if path not in files and path not in before.carried)
    carried = frozenset(path for path in missing if _HASHED_ASSET.match(path))
    for path in carried:
        (building / path).parent.mkdir(parents=True, exist_ok=True)
        link_or_copy(live / path, building / path)
    return carried


def link_or_copy(source: Path, target: Path) -> None:
    """Make `target` another name of a file, or where the file system has no such, a copy with the same time."""
    try:
        os.link(source, target)
    except OSError:  # FAT has no links, and some systems refuse those to files of somebody else
        shutil.copy2(source, target)


def remove_strange_assets(folder: Path, manifest: Manifest) -> None:
    """Remove the assets that an interrupted roll-back has copied: they may be truncated."""
    for asset in list((folder / "assets").rglob("*")):
        path = asset.relative_to(folder).as_posix()
        if path not in manifest.files and _HASHED_ASSET.match(path) and asset.is_file():
            asset.unlink()


def carry_over_hidden_files(live: Path, building: Path) -> frozenset[str]:
    """Copy what begins with a dot at the top, such as `.well-known`: `mkdocs build` leaves it alone, too.

    Returns the names. They are copies, not links: others than this program write in them.
    """
    copied = set()
    for entry in sorted(live.iterdir()):
        copy = building / entry.name
        if not entry.name.startswith(".") or copy.exists():
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.copytree(entry, copy, symlinks=True)
        else:
            shutil.copy2(entry, copy, follow_symlinks=False)
        copied.add(entry.name)
    return frozenset(copied)


def carry_over_times(
    before: Manifest, building: Path, states: dict[str, FileState], versions: Collection[Manifest]
) -> dict[str, FileState]:
    """Give unchanged files the time they had, and changed ones a later second. Returns the states with these times.

    Servers make `ETag` and `Last-Modified` (RFC 9110, 8.8) of the time in seconds and the size: what is unchanged must
    stay valid in caches, and two versions of one size must not look alike. `versions` are all that are known: after a
    roll-back, caches have newer ones than `before`.
    """
    dated = {}
    known = before.files
    latest = max((version.latest for version in versions), default=0)
    for path, state in states.items():
        old = known.get(path)
        modified = state.modified
        if old and old.sha256 == state.sha256:
            modified = old.modified
        elif modified // SECOND <= latest // SECOND:  # else it is later than each file of each version
            newest = max((version.files[path].modified for version in versions if path in version.files), default=0)
            if modified // SECOND <= newest // SECOND:
                modified = (newest // SECOND + 1) * SECOND
        if modified != state.modified:
            os.utime(building / path, ns=(modified, modified))
        dated[path] = state if modified == state.modified else state._replace(modified=modified)
    return dated
