"""The folder of the next version is completed with the files that are as in the live one, as further names of these.

To give 30,000 files another name takes as long as to build a small site, and so does it to remove these names. So the
folder of a version that is kept no longer is used again: most of its files are those of the live version already.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from .carry_over import link_or_copy
from .manifest import paths_and_inodes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet
    from pathlib import Path


def complete(building: Path, live: Path, paths: AbstractSet[str], spare: Path) -> None:
    """Let `building` have the files of `live` with these paths; it has none of them.

    `spare` is a folder of no more use, which becomes `building`, or does not exist. A process that is killed in this
    function leaves two folders that can be removed, or in the case of `spare` be used again.

    Raises:
        OSError: a file of `live` is gone, or the file system refuses.
    """
    if not spare.is_dir():
        _link(live, building, paths)
        return
    inodes = {path: inode for path, inode in paths_and_inodes(live) if path in paths}
    there: set[str] = set()
    _clear(str(spare), "", inodes, there)
    _link(live, spare, paths - there)
    for path, _ in paths_and_inodes(building):
        target = _made_room(spare, path)
        (building / path).replace(target)
    shutil.rmtree(building)
    spare.rename(building)


def _link(source: Path, target: Path, paths: AbstractSet[str]) -> None:
    begin, end, folders = f"{source}/", f"{target}/", set()
    for path in sorted(paths):
        folder = path.rpartition("/")[0]
        if folder not in folders:
            os.makedirs(end + folder, exist_ok=True)  # noqa: PTH103  a site has 30,000 files: paths cost more than this
            folders.add(folder)
        try:
            os.link(begin + path, end + path)
        except OSError:  # there are no links, or there is a folder of an older version that has become a file
            link_or_copy(source / path, _made_room(target, path))


def _made_room(folder: Path, path: str) -> Path:
    """The path below `folder`, with the folders above it."""
    target = folder / path
    if target.is_dir() and not target.is_symlink():  # a folder of an older version that has become a file
        shutil.rmtree(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    return target


def _clear(folder: str, prefix: str, inodes: Mapping[str, int], there: set[str]) -> bool:
    """Remove all but the files with these inodes, which are added to `there`; whether the folder is empty now."""
    kept = False
    with os.scandir(folder) as entries:
        for entry in list(entries):
            path = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                if _clear(entry.path, f"{path}/", inodes, there):
                    os.rmdir(entry.path)  # noqa: PTH106  a site has 10,000 folders: paths cost more than this
                else:
                    kept = True
            elif inodes.get(path) == entry.inode():
                there.add(path)
                kept = True
            else:
                os.unlink(entry.path)  # noqa: PTH108  likewise
    return not kept
