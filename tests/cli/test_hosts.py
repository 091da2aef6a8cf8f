"""A site is built and shown by MkDocs, or by ProperDocs where only that reads its configuration."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from mkdocs_incidents.plugin import hosts
from mkdocs_incidents.plugin.hosts import BuildFailedError, use_host_of
from tests.sites.building import Site, front

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOTICE = "reaches end of life"
"""Of Material, when `mkdocs` is typed."""
COMMAND = [sys.executable, "-m", "mkdocs_incidents.cli"]
NAMES = {"mkdocs.yml": "mkdocs-1.", "properdocs.yml": "mkdocs-ProperDocs 1."}
"""Of configurations, and what the theme then says of the program that built a page."""


@pytest.fixture(params=NAMES)
def config(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The configuration of a site of one incident, whose settings have a tag of MkDocs."""
    site = Site(tmp_path)
    site.write("incidents/2026-05-04-first.md", front())
    written = site.configured()
    written.write_text(written.read_text("utf-8") + "copyright: !ENV [OWNER, ours]\n", "utf-8")
    return written.rename(written.with_name(request.param))


def type_in(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1781524800"}  # 2026-06-15 12:00 UTC
    environment.pop("NO_MKDOCS_2_WARNING", None)
    return subprocess.run(
        [*COMMAND, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_a_site_is_published_by_what_reads_its_configuration_and_shows_its_warnings(config: Path) -> None:
    (config.parent / "docs/about.md").write_text("[no](such-page.md)\n", "utf-8")
    assert type_in(config.parent, "build", "--strict", "--allow-dead-links").returncode == 1
    done = type_in(config.parent, "build", "--allow-dead-links")
    assert done.returncode == 0, done.stderr
    assert "such-page.md" in done.stderr
    page = (config.parent / "site/incidents/2026-05-04-first/index.html").read_text("utf-8")
    assert f'content="{NAMES[config.name]}' in page
    assert (config.parent / "site/feed.xml").is_file()
    assert NOTICE not in done.stdout + done.stderr


def test_commands_that_write_find_the_site_of_either(config: Path) -> None:
    done = type_in(config.parent, "list", "--all")
    assert done.returncode == 0, done.stderr
    assert "2026-05-04-first" in done.stdout


@pytest.fixture
def address() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{free.getsockname()[1]}"


@pytest.fixture
def served(config: Path, address: str) -> Iterator[subprocess.Popen[str]]:
    environment = {name: value for name, value in os.environ.items() if name != "NO_MKDOCS_2_WARNING"}
    process = subprocess.Popen(
        [*COMMAND, "serve", "--dev-addr", address],
        cwd=config.parent / "incidents", env=environment, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    yield process
    process.kill()
    process.communicate()


def test_a_site_is_shown_without_a_notice_of_the_theme(
    served: subprocess.Popen[str], address: str, config: Path
) -> None:
    page = fetched(f"http://{address}/incidents/2026-05-04-first/")
    assert f'content="{NAMES[config.name]}' in page
    served.send_signal(signal.SIGINT)
    _, logged = served.communicate(timeout=20)
    assert "Serving on" in logged
    assert NOTICE not in logged
    assert served.returncode == 0


def fetched(address: str) -> str:
    end = time.monotonic() + 60
    while True:
        try:
            with urlopen(address) as answer:  # noqa: S310  its own address
                return str(answer.read().decode())
        except URLError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def test_without_properdocs_its_configuration_is_refused_with_what_to_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name=name)

    monkeypatch.setattr(hosts, "import_module", missing)
    use_host_of(tmp_path / "mkdocs.yml")
    with pytest.raises(BuildFailedError, match="type: pip install properdocs"):
        use_host_of(tmp_path / "properdocs.yml")
