"""Reading in several processes, where the system can fork one."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe, wait
from typing import TYPE_CHECKING, cast

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_AT_ONCE = 50
"""Files after which a worker sends what it has."""
_BATCH = msgspec.msgpack.Decoder(dict[str, bytes])


def available_processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def can_fork() -> bool:
    """Whether this process can be forked safely: another thread may hold a lock that the child waits for."""
    return hasattr(os, "fork") and threading.active_count() == 1


def read_by_workers(paths: Sequence[str], read: Callable[[str], bytes], workers: int) -> Iterator[tuple[str, bytes]]:
    """What `read` returns for each of `paths`, with the path, in any order.

    Paths are missing where a worker did not end as it should.
    """
    running: dict[Connection, int] = {}
    try:
        for number in range(workers):
            receiver, sender = Pipe(duplex=False)
            child = os.fork()
            if child == 0:
                _work(paths[number::workers], read, sender)
            sender.close()
            running[receiver] = child
        open_ones = list(running)
        while open_ones:
            for ready in wait(open_ones):
                connection = cast("Connection", ready)
                try:
                    batch = _BATCH.decode(connection.recv_bytes())
                except (EOFError, OSError, msgspec.DecodeError):
                    open_ones.remove(connection)
                    continue
                yield from batch.items()
    finally:
        for connection, child in running.items():
            connection.close()  # a worker that still writes ends then
            with suppress(ChildProcessError):
                os.waitpid(child, 0)


def _work(paths: Sequence[str], read: Callable[[str], bytes], sender: Connection) -> None:
    """What a worker does. Never returns: nothing of its parent may run twice, not even what runs at its end."""
    try:
        for first in range(0, len(paths), _AT_ONCE):
            sender.send_bytes(msgspec.msgpack.encode({path: read(path) for path in paths[first : first + _AT_ONCE]}))
        sender.close()
    finally:
        os._exit(0)
