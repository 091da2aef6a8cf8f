"""Why something was not published, in one sentence."""

from __future__ import annotations

import errno
import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_REASONS = {
    errno.EACCES: "may not be written by you; ask who owns it, or name another folder with --to",
    errno.EPERM: "may not be written by you; ask who owns it, or name another folder with --to",
    errno.EROFS: "is on a disk that is read-only; name another folder with --to",
    errno.ENOSPC: "is on a disk that is full; free some space, or keep fewer versions: --keep 1",
    errno.EDQUOT: "is on a disk on which your quota is used up; free some space, or keep fewer versions: --keep 1",
    errno.EXDEV: "is on another disk than the folder that it lies in; name a folder in it: --to {inside}",
    errno.EBUSY: "is a mount point or is being used as one; name a folder in it: --to {inside}",
    errno.ENOTDIR: "is in a file, not in a folder; name another folder with --to",
    errno.ENAMETOOLONG: "has a name that is too long; name another folder with --to",
}
_OF_THE_DISK = {errno.EROFS, errno.ENOSPC, errno.EDQUOT}
"""What writing fails with; the error names no file then."""


class NotPublishedError(Exception):
    """Nothing was published, and the live folder is as it was; the message says why and what to type."""


def not_published(error: OSError, live: Path) -> NotPublishedError:
    """The sentence for what the system refused."""
    reason = _REASONS.get(error.errno or 0) or "cannot be replaced: {error}; name another folder with --to"
    values = {"inside": shlex.quote(str(live / "site")), "error": error.strerror or error}
    return NotPublishedError(f"{live} {reason.format(**values)}")


def is_of_folder(error: OSError, folder: Path) -> bool:
    """Whether the system refused to write below `folder`, rather than something else that a plugin asked for."""
    return error.errno in _OF_THE_DISK or str(error.filename or "").startswith(str(folder))
