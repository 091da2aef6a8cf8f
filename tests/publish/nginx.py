"""nginx on this machine, with the recipe of the guide, a folder of its own and a free port."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "hosts.md"

# One process in the foreground, which ends with the test; everything that it writes is in its own folder.
MAIN = """\
daemon off;
worker_processes {workers};
pid {folder}/pid;
error_log {folder}/error.log warn;
{user}
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/status.conf;
}}
"""


@dataclass(frozen=True)
class Answer:
    """What the server sent."""

    status: int
    headers: dict[str, str]
    """By name in small letters."""
    body: bytes


@dataclass(frozen=True)
class Server:
    """A running nginx."""

    port: int
    log: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask once, by a connection of its own; `If_None_Match="…"` adds a header."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, headers={name.replace("_", "-"): text for name, text in headers.items()})
            answer = connection.getresponse()
            known = {name.lower(): text for name, text in answer.getheaders()}
            return Answer(answer.status, known, answer.read())
        finally:
            connection.close()


def recipe(root: Path, port: int) -> str:
    """The recipe of the guide, for another folder and another port."""
    found = re.search(r"```nginx[^\n]*\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    text = found[1]
    for line, ours in (("listen 80;", f"listen 127.0.0.1:{port};"), ("root /srv/status/site;", f"root {root};")):
        assert text.count(line) == 1
        text = text.replace(line, ours)
    return text


@contextmanager
def serving(root: Path, folder: Path, *, workers: int = 1) -> Iterator[Server]:
    """Serve the folder `root` while the context lasts; nginx writes its own files into `folder`."""
    program = finding.nginx()
    folder.mkdir(parents=True)
    port = _free_port()
    (folder / "status.conf").write_text(recipe(root, port), encoding="utf-8")
    user = "user root;" if os.geteuid() == 0 else ""  # a test folder is closed to others
    (folder / "main.conf").write_text(MAIN.format(folder=folder, workers=workers, user=user), encoding="utf-8")
    started = subprocess.Popen([program, "-p", folder, "-c", folder / "main.conf", "-e", folder / "error.log"])
    try:
        _wait_for(port, started, folder / "error.log")
        yield Server(port, folder / "error.log")
    finally:
        started.terminate()
        started.wait(timeout=10)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _wait_for(port: int, started: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(200):
        assert started.poll() is None, log.read_text(encoding="utf-8")
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError(log.read_text(encoding="utf-8"))
