"""Work in forked processes: each has all that this process has in memory, and sends back its results."""

from __future__ import annotations

import os
import signal
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Item = TypeVar("Item")
Result = TypeVar("Result")

_MOST = 8
"""Processes, however many cores there are: each needs memory of its own."""
_work: Callable[[Any], Any]
"""In a worker: its work. Functions are sent to workers by name, and one that is made while running has none."""


def processes(items: int, *, per_process: int) -> int:
    """How many processes are worth it for so many items: one for each core, and each with at least `per_process`.

    It is 1 where processes cannot be forked, or not safely: a lock that another thread holds would stay locked in the
    worker for ever (POSIX, fork).
    """
    if not hasattr(os, "fork") or sys.platform == "darwin" or threading.active_count() > 1:
        return 1
    return max(1, min(len(os.sched_getaffinity(0)), _MOST, items // per_process))


def in_processes(work: Callable[[Item], Result], items: Sequence[Item], *, count: int) -> Iterator[Result]:
    """The result of `work` for each item, in their order, from so many forked processes; in this one if it is one.

    Results have to be picklable; `work` and the items need not be, as they are in the memory of the workers.

    Raises:
        BrokenProcessPool: a worker was killed.
        Exception: what `work` raised for an item.
    """
    if count == 1:
        yield from map(work, items)
        return
    context = get_context("fork")
    pool = ProcessPoolExecutor(count, context, _begin, (lambda place: work(items[place]),))
    try:
        yield from pool.map(_run, range(len(items)), chunksize=max(1, min(32, len(items) // (count * 4))))
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(work: Callable[[int], Any]) -> None:
    global _work  # noqa: PLW0603  each worker has one work for its whole life
    _work = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C goes to all; the parent ends its workers
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this worker when its parent was killed: it would wait for work for ever, as other workers keep the pipe."""
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _run(place: int) -> Any:
    return _work(place)
