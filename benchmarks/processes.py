"""Commands as users start them, with the time that they take and the memory that they need."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MKDOCS = (sys.executable, "-m", "mkdocs")
INCIDENTS = (str(Path(sys.executable).with_name("incidents")),)

MIB = 2**20


@dataclass(frozen=True)
class Run:
    """What one process took, with all the processes that it started."""

    seconds: float
    """Wall time."""
    peak_mib: float
    """The most memory in use at a time, as far as that was sampled; at least that of the largest process."""


def environment(bytecode: Path) -> dict[str, str]:
    """The environment of all that is measured: the clock is real, and modules are compiled once, into `bytecode`."""
    ours = {"NO_MKDOCS_2_WARNING": "1", "PYTHONPYCACHEPREFIX": str(bytecode)}
    without = {"SOURCE_DATE_EPOCH", "INCIDENTS_AS_OF", "PYTHONDONTWRITEBYTECODE"}
    return {name: value for name, value in os.environ.items() if name not in without} | ours


def run(command: Sequence[str], folder: Path, env: dict[str, str], *, sampled_every: float | None = None) -> Run:
    """Run a command in `folder` until it ends; with what it printed if it fails.

    Everything written before is brought to the disk first, so that no command waits for the files of another one.
    With `sampled_every` (seconds), its memory is measured: the proportional set sizes of all its processes are
    summed up that often. The result is never below the largest resident set size of one of them.
    """
    os.sync()
    with tempfile.TemporaryFile("w+") as printed:
        began = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=env, stdout=printed, stderr=printed)
        ended, peaks = Event(), [0.0]
        sampler = Thread(target=_sample, args=(process.pid, sampled_every, ended, peaks))
        if sampled_every is not None:
            sampler.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        ended.set()
        if sampled_every is not None:
            sampler.join()
        if process.returncode:
            printed.seek(0)
            sys.exit(f"{' '.join(command)} failed in {folder}:\n{printed.read()[-2000:]}")
    unit = 1 if platform.system() == "Darwin" else 1024
    peak = max(*peaks, usage.ru_maxrss * unit / MIB)
    return Run(seconds, peak)


def _sample(pid: int, interval: float | None, ended: Event, peaks: list[float]) -> None:
    """Append the memory of a process and its descendants, in MiB, until it has ended."""
    while not ended.wait(interval):
        peaks.append(sum(_proportional_set_size(each) for each in _with_descendants([pid])) / MIB)


def _with_descendants(pids: Iterable[int]) -> Iterable[int]:
    for pid in pids:
        yield pid
        try:
            threads = list(Path(f"/proc/{pid}/task").iterdir())
            children = [int(child) for thread in threads for child in (thread / "children").read_text().split()]
        except OSError:  # it has ended, or the system has no such files
            continue
        yield from _with_descendants(children)


def _proportional_set_size(pid: int) -> int:
    """In bytes: memory that several processes share counts once, divided among them. 0 if it cannot be known."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return sum(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))
