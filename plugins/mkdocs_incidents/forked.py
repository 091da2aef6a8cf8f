"""Work in forked processes: each has all that this process has in memory, and sends back its results."""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe, wait
from typing import TYPE_CHECKING, TypeVar, cast

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Item = TypeVar("Item")

_MOST = 8
"""Processes, however many processors there are: each needs memory of its own."""
_AT_ONCE = 50
"""Results that a process sends together."""
_RESULTS = msgspec.msgpack.Decoder(dict[int, bytes])


def available_processes(items: int, *, per_process: int) -> int:
    """How many processes are worth it for so many items: one for each processor, each with at least `per_process`.

    It is 1 where processes cannot be forked, or not safely: a lock that another thread holds would stay locked in the
    new process for ever (POSIX, fork), and libraries of macOS do not expect it.
    """
    if not hasattr(os, "fork") or sys.platform == "darwin" or threading.active_count() > 1:
        return 1
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(processors, _MOST, items // per_process))


def in_processes(work: Callable[[Item], bytes], items: Sequence[Item], *, count: int) -> Iterator[tuple[Item, bytes]]:
    """Each item with the result of `work`, in any order, from so many forked processes; from this one if it is one.

    What they do not finish, because of an error or because one was killed, is done in this process.

    Raises:
        Exception: what `work` raises for an item in this process.
    """
    left = dict(enumerate(items))
    for number, result in _results(work, items, count) if count > 1 else ():
        yield left.pop(number), result
    for item in left.values():
        yield item, work(item)


def _results(work: Callable[[Item], bytes], items: Sequence[Item], count: int) -> Iterator[tuple[int, bytes]]:
    running: dict[Connection, int] = {}
    parent_lives, lives = os.pipe()
    try:
        for first in range(count):
            receiver, sender = Pipe(duplex=False)
            child = os.fork()
            if child == 0:  # pragma: no cover  coverage loses what a forked process did, as it ends at once
                os.close(lives)
                _end_with_parent(parent_lives)
                _send(work, items, range(first, len(items), count), sender)
            sender.close()
            running[receiver] = child
        open_connections = list(running)
        while open_connections:
            for ready in wait(open_connections):
                connection = cast("Connection", ready)
                try:
                    results = _RESULTS.decode(connection.recv_bytes())
                except (EOFError, OSError, msgspec.DecodeError):
                    open_connections.remove(connection)
                    continue
                yield from results.items()
    finally:
        os.close(lives)  # those that still work end then
        os.close(parent_lives)
        for connection, child in running.items():
            connection.close()
            with suppress(ChildProcessError):
                os.waitpid(child, 0)


def _end_with_parent(parent_lives: int) -> None:  # pragma: no cover  likewise
    """End this process as soon as its parent has closed the other end of a pipe, be it because it was killed.

    Ctrl+C reaches all processes of a terminal, and is for the parent to handle.
    """

    def wait_for_end() -> None:
        os.read(parent_lives, 1)
        os._exit(1)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=wait_for_end, daemon=True).start()


def _send(  # pragma: no cover  likewise
    work: Callable[[Item], bytes], items: Sequence[Item], numbers: range, sender: Connection
) -> None:
    """What a forked process does. Never returns: nothing of its parent may run twice, not even what runs at its end."""
    try:
        for begin in range(0, len(numbers), _AT_ONCE):
            results = {number: work(items[number]) for number in numbers[begin : begin + _AT_ONCE]}
            sender.send_bytes(msgspec.msgpack.encode(results))
        sender.close()
    finally:
        os._exit(0)
