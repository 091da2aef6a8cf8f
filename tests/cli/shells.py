"""A real shell in a terminal, with the script of `incidents completion`."""

from __future__ import annotations

import os
import pty
import select
import shutil
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_incidents.cli.completion import completion

ROOT = Path(__file__).parents[2]
COMMAND = """\
#!/bin/sh
exec '{python}' -m mkdocs_incidents.cli "$@"
"""
ONLY_COMPLETES = """\
#!/bin/sh
if [ -n "$_INCIDENTS_COMPLETE" ]; then exec '{python}' -m mkdocs_incidents.cli; fi
printf '<'; printf '%s|' "$@"; printf '>\\n'
"""
START = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], ". ./script"),
    "zsh": (["zsh", "-f", "-i"], "autoload -Uz compinit; compinit -u -D; . ./script"),
    "fish": (["fish", "--no-config", "-i"], "source ./script"),
}
SECONDS = 60
"""Until the shell is taken for stuck."""


def install(site: Path, command: str = ONLY_COMPLETES) -> None:
    """The command `incidents` below `site`; `ONLY_COMPLETES` prints what it is given."""
    (site / "bin").mkdir()
    (site / "bin/incidents").write_text(command.format(python=sys.executable))
    (site / "bin/incidents").chmod(0o755)


def typed(shell: str, site: Path, *lines: str, path: str = "") -> str:
    """What the terminal shows after the lines are typed in a shell that has the script; `path` is its PATH."""
    program = shutil.which(shell)
    if not program:
        pytest.skip(f"there is no {shell}")
    command, start = START[shell]
    (site / "script").write_bytes(script(shell))
    environment = {
        "HOME": str(site),
        "PATH": path or f"{site / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "plugins"),
        "SOURCE_DATE_EPOCH": "1775822400",
        "TERM": "xterm",
        "LC_ALL": "C.UTF-8",
    }
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(site)
        os.execve(program, command, environment)  # noqa: S606  the shell itself is tested
    for line in (start, *lines, "exit"):
        os.write(terminal, f"{line}\r".encode())
    return _shown(terminal, child)


def _shown(terminal: int, child: int) -> str:
    shown, end = b"", time.monotonic() + SECONDS
    while time.monotonic() < end and select.select([terminal], [], [], SECONDS)[0]:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # Linux, once the shell has ended
            break
        if not part:
            break
        shown += part
    os.close(terminal)
    os.waitpid(child, 0)
    return shown.decode("utf-8", "replace")


def script(shell: str) -> bytes:
    return CliRunner().invoke(completion, [shell]).stdout_bytes
