"""A site that is published again and again while clients ask for it.

By hand, for longer, with wrk (Debian: `apt install wrk`) beside the clients that look at each answer:

    python -m tests.publish.load [--publishes 100] [--pages 100] [--load 60]
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from mkdocs_incidents.publish.compress import compress
from mkdocs_incidents.publish.store import Store
from tests.publish.nginx import serving

if TYPE_CHECKING:
    from tests.publish.nginx import Server

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
ASSET = re.compile(r"/assets/main\.[0-9a-f]{8}\.css")
LINES = 2000
"""Of a page: long enough to be sent in several pieces."""
PAUSE = 0.05
"""Seconds between two publications."""
WRK = """\
local turn = 0
request = function()
    turn = turn + 1
    local paths = {"/", "/feed.json", "/incidents/0/", "/incidents/" .. turn % 3 .. "/index.html"}
    local headers = turn % 2 == 0 and {["Accept-Encoding"] = "gzip"} or {}
    return wrk.format("GET", paths[turn % 4 + 1], headers)
end
done = function(summary)
    local errors = summary.errors
    print(string.format("wrk: %d requests in %d s; status over 399: %d; connect %d, read %d, write %d, timeout %d",
        summary.requests, summary.duration / 1e6, errors.status, errors.connect, errors.read, errors.write,
        errors.timeout))
end
"""


@dataclass
class Progress:
    """How far the publications are."""

    begun: int = 0
    """The newest version that may be live."""
    live: int = 0
    """The newest version that is live for certain."""


@dataclass
class Seen:
    """What clients saw."""

    answers: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    report: str = ""


def write_version(folder: Path, number: int, pages: int) -> None:
    """A site of which every line states its version, and whose pages name an asset of that version only."""
    style = f"/* {number} */\n" * LINES
    asset = f"/assets/main.{sha256(style.encode()).hexdigest()[:8]}.css"
    page = f"<!doctype html>\n{asset}\n" + f"version {number}\n" * LINES + "</html>\n"
    files = {asset: style, "/feed.json": json.dumps({"items": [{"id": number}] * LINES})}
    files |= {f"/{name}": page for name in ("index.html", "404.html")}
    files |= {f"/incidents/{each}/index.html": page for each in range(pages)}
    for path, text in files.items():
        target = folder / path[1:]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


def publish(store: Store, progress: Progress, pages: int) -> None:
    """Publish the next version, with compressed copies."""
    number = progress.live + 1
    store.prepare()
    write_version(store.building, number, pages)
    built = store.built(store.live_files(at=NOW))
    built.files.update(compress(store.building, frozenset({"gz"}), built.files, live=store.live, before=built.before))
    progress.begun = number
    new = store.publish(built, at=NOW, describe=lambda _before, _files: "")
    store.remove_old(3, new)
    progress.live = number


def version_of(path: str, text: str) -> int:
    """The one version that a whole file is of; 0 if it is truncated or mixed."""
    if path.endswith(".json"):
        items = json.loads(text)["items"]
        numbers, whole = {int(item["id"]) for item in items}, len(items) == LINES
    else:
        found = re.findall(r"(?:version |/\* )(\d+)", text)
        numbers, whole = set(map(int, found)), len(found) == LINES and text.endswith(("</html>\n", "*/\n"))
    return numbers.pop() if whole and len(numbers) == 1 else 0


@dataclass
class Client:
    """Asks for one file after the other, as a browser that keeps what it was sent, and looks at every answer."""

    server: Server
    progress: Progress
    seen: Seen
    encoding: str
    stop: Event
    newest: int = 0
    """The newest version it has seen: from then on no older one may be sent."""
    kept: dict[str, tuple[str, int, str]] = field(default_factory=dict)
    """By path: entity tag, version and text."""

    def run(self, pages: int) -> None:
        turn = 0
        while not self.stop.is_set():
            turn += 1
            path = ("/", f"/incidents/{turn % pages}/", "/feed.json")[turn % 3]
            version, text = self.ask(path)
            if version < self.newest:
                self.seen.faults[f"version {version} after a newer one"] += 1
            self.newest = max(self.newest, version)
            if version and (asset := ASSET.search(text)):
                self.ask_for_asset(asset[0], version, late=turn % 31 == 0)

    def ask_for_asset(self, path: str, version: int, *, late: bool) -> None:
        """Ask for what a page names; `late` only after the next version is live."""
        while late and self.progress.live == version and not self.stop.is_set():
            time.sleep(0.002)
        later = self.progress.live > version
        self.kept.pop(path, None)
        faults = self.seen.faults.copy()
        found, _ = self.ask(path)
        if found == version:
            self.seen.answers["assets one version later"] += later
        elif self.progress.begun > version + 1:  # it may be gone by now
            self.seen.answers["assets asked for too late"] += 1
            self.seen.faults = faults
        else:
            self.seen.faults["no asset of the page just read"] += 1

    def ask(self, path: str) -> tuple[int, str]:
        """The version and the text of a file; version 0 after a fault, which is counted."""
        self.seen.answers["all"] += 1
        tag, version, text = self.kept.get(path, ('"none"', 0, ""))
        try:
            answer = self.server.ask(path, Accept_Encoding=self.encoding, If_None_Match=tag)
            if answer.status == HTTPStatus.NOT_MODIFIED:
                self.seen.answers["not modified"] += 1
                return version, text
            if answer.status != HTTPStatus.OK:
                return self.fault(f"status {answer.status}")
            packed = answer.headers.get("content-encoding") == "gzip"
            text = (gzip.decompress(answer.body) if packed else answer.body).decode()
            version = version_of(path, text)
        except (OSError, ValueError, EOFError, HTTPException) as error:
            return self.fault(f"failed: {error!r}")
        if not version:
            return self.fault("mixed or truncated")
        self.kept[path] = answer.headers["etag"], version, text
        return version, text

    def fault(self, what: str) -> tuple[int, str]:
        self.seen.faults[what] += 1
        return 0, ""


def run(base: Path, *, publishes: int, pages: int, load: int = 0) -> Seen:
    """Publish, while clients look at every answer and, for `load` seconds, wrk asks as fast as it can."""
    store, progress, stop = Store(base / "site"), Progress(), Event()
    publish(store, progress, pages)
    with serving(store.live, base / "nginx") as server:
        clients = [Client(server, progress, Seen(), encoding, stop) for encoding in ("identity", "gzip") * 2]
        threads = [Thread(target=client.run, args=(pages,)) for client in clients]
        for thread in threads:
            thread.start()
        wrk = _wrk(server, load, base) if load else None
        began = time.monotonic()
        for _ in range(publishes):
            publish(store, progress, pages)
            time.sleep(PAUSE)
        took = time.monotonic() - began
        report = wrk.communicate()[0].decode() if wrk else ""
        stop.set()
        for thread in threads:
            thread.join()
    seen = Seen(report=f"{publishes} versions of {pages} pages in {took:.0f} s\n{report}")
    for client in clients:
        seen.answers += client.seen.answers
        seen.faults += client.seen.faults
    return seen


def _wrk(server: Server, seconds: int, base: Path) -> subprocess.Popen[bytes]:
    """Ask for several pages, with and without gzip, and count what is no success."""
    script = base / "ask.lua"
    script.write_text(WRK, encoding="utf-8")
    program = shutil.which("wrk") or sys.exit("wrk was not found; type apt install wrk")
    command = [program, "-t1", "-c16", f"-d{seconds}s", "-s", str(script), server.address]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


def main() -> None:
    """Run it for long and print the counts."""
    parser = argparse.ArgumentParser(description="Publish a site again and again while clients ask for it.")
    parser.add_argument("--publishes", type=int, default=100)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--load", type=int, default=60, help="for how many seconds wrk asks")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as base:
        seen = run(Path(base), publishes=options.publishes, pages=options.pages, load=options.load)
    sys.stdout.write(f"{seen.report}\nanswers: {dict(seen.answers)}\nfaults: {dict(seen.faults)}\n")
    sys.exit(1 if seen.faults else 0)


if __name__ == "__main__":
    main()
