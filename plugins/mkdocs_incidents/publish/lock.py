"""One process at a time changes the folder of versions."""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import TYPE_CHECKING

from .errors import NotPublishedError, not_published

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .store import Store

_PAUSE = 0.1
"""Seconds between two attempts."""


@contextmanager
def lock(store: Store, now: datetime, *, wait: bool, waiting: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock of a folder of versions, which the system takes back when the process ends.

    `now` is the instant, in UTC, at which this process began. While another process holds the lock: wait, after one
    call of `waiting` with a sentence, or refuse.

    Raises:
        NotPublishedError: another process publishes and `wait` is false, the lock cannot be made, or the live folder
            cannot be replaced: then nothing is written beside it.
    """
    store.check()
    try:
        store.folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(store.folder / "lock", os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise not_published(error, store.live) from None
    try:
        if not _taken(descriptor):
            other = f"{store.live} is being published by {_holder(descriptor, now)}"
            if not wait:
                raise NotPublishedError(f"{other}; type the command again when it is done")
            waiting(f"{other}; waiting for it")
            while not _taken(descriptor):
                time.sleep(_PAUSE)
        _sign(descriptor, now)
        yield
    finally:
        os.close(descriptor)


def _taken(descriptor: int) -> bool:
    if sys.platform == "win32":
        return True
    with suppress(BlockingIOError):
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


def _sign(descriptor: int, now: datetime) -> None:
    """Write who holds the lock and since when; for the sentence to the others, so that a full disk does not matter."""
    with suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)  # os.pwrite is not on Windows
        os.write(descriptor, json.dumps({"process": os.getpid(), "since": now.isoformat()}).encode())


def _holder(descriptor: int, now: datetime) -> str:
    try:
        known = json.loads(os.pread(descriptor, 200, 0))
        process, seconds = int(known["process"]), (now - datetime.fromisoformat(known["since"])).total_seconds()
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"
    if seconds < 0:  # the clock was set back meanwhile
        return f"process {process}"
    length = f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"  # noqa: PLR2004  two minutes
    return f"process {process}, which began {length} ago"
