"""`mkdocs serve`: an author at work."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.request import ProxyHandler, build_opener

import pytest

from tests.makers import at
from tests.sites.building import NOON, front

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.sites.building import Site

PATIENCE = 60
"""Seconds after which something that should have happened has not."""
INCIDENT = "incidents/2026-05-04-x.md"
PAGE = "incidents/2026-05-04-x/"


@dataclass
class Served:
    """A running `mkdocs serve`."""

    address: str
    log: Path

    def shows(self, text: str, path: str = "") -> bool:
        try:
            with build_opener(ProxyHandler({})).open(self.address + path, timeout=2) as page:
                return text in page.read().decode()
        except OSError:
            return False

    def logs(self, text: str) -> bool:
        return text in self.log.read_text(encoding="utf-8")


def wait_for(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


@contextmanager
def serving(site: Site, *options: str) -> Iterator[Served]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    site.configured()
    log = site.folder / "serve.log"
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(int(at(NOON).timestamp()))}
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}", *options],
            cwd=site.folder, env=environment, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            yield Served(f"http://127.0.0.1:{port}/", log)
        finally:
            server.terminate()
            server.wait(PATIENCE)


@pytest.fixture
def served(site: Site) -> Iterator[Served]:
    """A site with one incident, being served."""
    site.write(INCIDENT, front(title="First"))
    site.option("locale_dir", "locale")
    site.write("locale/README", "Translations of this site.")
    with serving(site) as server:
        yield server


def test_serving_goes_on_through_mistakes_and_notices_new_incidents(site: Site, served: Served) -> None:
    wait_for(lambda: served.shows("First", PAGE))

    site.write(INCIDENT, front(titel="typo"))
    wait_for(lambda: served.shows(f"{INCIDENT}:", PAGE) and served.shows("&#39;titel&#39; is not a key"))
    assert served.logs("'titel' is not a key")

    site.write(INCIDENT, front(title="Mended"))
    wait_for(lambda: served.shows("Mended", PAGE))

    site.write("incidents/2026/2026-05-06-new.md", front(title="Brand new"))
    wait_for(lambda: served.shows("Brand new", "incidents/2026-05-06-new/"))

    site.write("incidents/components.yml", "timezone: Mars/Olympus\ncomponents: []\n")
    wait_for(lambda: served.shows("incidents/components.yml:1:"))
    site.write("incidents/components.yml", "timezone: UTC\ncomponents: [{id: web, name: Renamed}]\n")
    wait_for(lambda: served.shows("Renamed"))

    site.write("locale/en/incidents.po", 'msgid "History"\nmsgstr "All that happened"\n')
    wait_for(lambda: served.shows("All that happened"))

    (site.folder / INCIDENT).unlink()
    wait_for(lambda: not served.shows("Mended", PAGE) and not served.shows("Mended", "history/2026/05/"))
    assert not served.logs("Traceback")


def test_serving_goes_on_through_mistakes_in_the_settings(site: Site, served: Served) -> None:
    wait_for(lambda: served.shows("First", PAGE))
    settings = site.folder / "mkdocs.yml"
    right = settings.read_text(encoding="utf-8")

    settings.write_text(right + "nonsense: [\n", encoding="utf-8")
    wait_for(lambda: served.shows("The site cannot be built"))

    settings.write_text(right, encoding="utf-8")
    wait_for(lambda: served.shows("First", PAGE))


def test_serving_begins_with_a_file_that_is_wrong_and_shows_what_is_wrong_with_it(site: Site) -> None:
    site.write(INCIDENT, front(titel="typo"))
    with serving(site, "--strict") as served:
        wait_for(lambda: served.shows("&#39;titel&#39; is not a key", PAGE))

        site.write(INCIDENT, front(status="resolved"))
        wait_for(lambda: served.shows("&#39;status&#39; is not a key"))

        site.write(INCIDENT, front(title="Mended"))
        wait_for(lambda: served.shows("Mended", PAGE))

        site.write(INCIDENT, front(titel="typo"))
        wait_for(lambda: served.shows("&#39;titel&#39; is not a key", PAGE))
    assert not served.logs("Traceback")
