"""Two folders exchange their names in one step of the file system."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_NOT_SUPPORTED = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}
_CURRENT_FOLDER = -100
"""AT_FDCWD of Linux: paths are relative to the current folder."""
_RENAME_EXCHANGE = 2
"""Of renameat2(2), Linux 3.15; ext4, XFS, Btrfs, tmpfs and most others have it, NFS and FAT do not."""
_RENAME_SWAP = 2
"""Of renamex_np(2), macOS 10.12, on APFS."""


class NotSupportedError(Exception):
    """This system, or the file system of these folders, cannot exchange two names."""


def exchange(first: Path, second: Path) -> None:
    """Let each of two folders have the name of the other. At no moment is there none, or a third.

    Raises:
        NotSupportedError: it cannot be done here; nothing has changed.
        OSError: the folders cannot be renamed; nothing has changed.
    """
    rename = _system_call()
    if rename is None:
        raise NotSupportedError
    if rename(os.fsencode(first), os.fsencode(second)) != 0:
        code = ctypes.get_errno()
        if code in _NOT_SUPPORTED:
            raise NotSupportedError
        raise OSError(code, os.strerror(code), str(second))


@cache
def _system_call() -> Callable[[bytes, bytes], int] | None:
    """The function of the C library; None where it has none."""
    if sys.platform == "win32":
        return None
    library = ctypes.CDLL(None, use_errno=True)
    function: Any
    if sys.platform == "darwin":
        function = getattr(library, "renamex_np", None)
        return function and (lambda first, second: function(first, second, _RENAME_SWAP))
    function = getattr(library, "renameat2", None)
    here = _CURRENT_FOLDER
    return function and (lambda first, second: function(here, first, here, second, _RENAME_EXCHANGE))
