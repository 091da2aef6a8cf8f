"""`incidents verify` says whether what is published is what the files say, and nothing unknown is fresh."""

from __future__ import annotations

import gzip
import json
import shutil
import threading
import time
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from mkdocs_incidents.cli import incidents
from mkdocs_incidents.present.site_address import site_address
from tests.browser.serving import QuietServer
from tests.makers import at
from tests.sites.building import Site, front, update_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUILT = "2026-06-15 12:00"
NOW = "2026-06-15 12:20"
WORK = front(
    title="Move",
    started=None,
    scheduled={"from": "2026-06-15 14:00", "until": "2026-06-15 15:00"},
    updates=None,
    components=["api"],
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site with its published folder, built by MkDocs."""
    site = Site(tmp_path_factory.mktemp("verify"))
    updates = [update_at("2026-06-15 11:50", "investigating")]
    site.write("incidents/2026-06-15-down.md", front(title="It is down", started="2026-06-15 11:45", updates=updates))
    site.write("incidents/2026-06-15-move.md", WORK)
    site.build(BUILT)
    return site.folder


@pytest.fixture
def site(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A copy of it, to change."""
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return Site(tmp_path)


def verify(*arguments: str, now: str = NOW) -> Result:
    environment = {"SOURCE_DATE_EPOCH": str(int(at(now).timestamp())), "NO_COLOR": "1", "no_proxy": "*"}
    return CliRunner().invoke(incidents, ["verify", *arguments], env=environment)


def test_a_site_is_compared_from_anywhere_by_its_configuration(
    site: Site, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = site.folder / "mkdocs.yml"
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert verify("-f", str(config), str(site.folder / "site")).exit_code == 0
    updates = [update_at("2026-06-15 11:50", "investigating"), update_at("2026-06-15 12:10", "resolved")]
    site.write("incidents/2026-06-15-down.md", front(title="It is down", started="2026-06-15 11:45", updates=updates))
    result = verify("-f", str(config), str(site.folder / "site"))
    assert result.exit_code == 1
    assert f"mkdocs.yml --to {site.folder / 'site'}\n" in result.stdout


class _Handler(SimpleHTTPRequestHandler):
    """Files of a folder below /status/, with what a test adds."""

    answers: dict[str, tuple[int, dict[str, str], bytes]]
    asked: list[str]
    pause = 0.0

    def do_GET(self) -> None:
        self.asked.append(self.path)
        name = self.path.removeprefix("/status/")
        time.sleep(self.pause)
        if name not in self.answers:
            self.path = self.path.removeprefix("/status")
            super().do_GET()
            return
        code, headers, content = self.answers[name]
        self.send_response(code)
        for key, value in ({"Content-Length": str(len(content))} | headers).items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def served(folder: Path, **attributes: Any) -> Iterator[tuple[str, list[str]]]:
    """The address of a folder on a server, and what it is asked for."""
    asked: list[str] = []
    handler = type("Handler", (_Handler,), {"answers": {}, "asked": asked} | attributes)
    with QuietServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/status/", asked
        finally:
            server.shutdown()


def error_of(result: Result) -> str:
    assert result.exit_code == 1, result.output
    return result.stderr.removeprefix("Error: ").strip()


def error_served(site: Site, now_json: tuple[int, dict[str, str], bytes], *options: str, pause: float = 0) -> str:
    with served(site.folder / "site", answers={"now.json": now_json}, pause=pause) as (address, asked):
        error = error_of(verify(address, *options))
    assert len(asked) < 8, "no storm of requests"
    return error.replace(address, "ADDRESS/")


def test_a_site_that_is_as_the_files_say_is_fresh(site: Site) -> None:
    with served(site.folder / "site") as (address, asked):
        result = verify(f"{address}index.html")
    assert result.exit_code == 0, result.output
    assert asked == ["/status/now.json", "/status/api/v2/summary.json", "/status/feed.json"]
    assert result.stdout == (
        f"{address} is what the files say: Partial System Outage, 1 open incident, newest feed entry "
        f"'Investigating: It is down'; built 20 minutes ago\n"
    )


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("place", ["site", "site/", "site/index.html"])
def test_a_folder_is_read_as_a_server_is_and_quiet_is_quiet(place: str) -> None:
    assert (verify(place, "--quiet").output, verify(place, "--quiet").exit_code) == ("", 0)


def test_an_update_that_is_not_published_is_found(site: Site) -> None:
    updates = [update_at("2026-06-15 11:50", "investigating"), update_at("2026-06-15 12:10", "resolved")]
    site.write("incidents/2026-06-15-down.md", front(title="It is down", started="2026-06-15 11:45", updates=updates))
    result = verify("site", "--quiet")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    step = "; type: incidents build --to site"
    assert lines[0].startswith("time: the files say an update of 'It is down' is published (2026-06-15 12:10 UTC); ")
    assert lines[1] == (
        f"banner: the files say 'All Systems Operational' (none); published is 'Partial System Outage' (major){step}"
    )
    assert lines[2] == (
        "incident 'It is down': the files say no open incident; published is investigating, impact critical, "
        f"updated 2026-06-15 11:50 UTC{step}"
    )
    assert lines[3].startswith("newest feed entry: the files say 'Resolved: It is down' of 2026-06-15 12:10 UTC; ")
    assert lines[4] == "4 differences at site, built 20 minutes ago"
    assert verify("site", "--grace", "18m").exit_code == 0, "ten minutes are within the time of grace"
    document = json.loads(verify("site", "--json").stdout)
    assert (document["fresh"], len(document["differences"]), document["age_seconds"]) == (False, 4, 1200)


def test_files_that_are_older_than_the_site_are_to_be_pulled(site: Site) -> None:
    (site.folder / "incidents" / "2026-06-15-down.md").unlink()
    assert "; the site has news that these files lack, type: git pull\n" in verify("site").stdout


def test_planned_work_that_was_moved_is_found(site: Site) -> None:
    site.write("incidents/2026-06-15-move.md", WORK.replace("15:00", "16:00"))
    result = verify("site")
    assert result.stdout.startswith(
        "maintenance 'Move': the files say scheduled, from 2026-06-15 14:00 UTC to 2026-06-15 16:00"
    )


@pytest.mark.usefixtures("site")
def test_time_alone_makes_a_site_out_of_date() -> None:
    assert "'Move' is planned to begin" in verify("site", now="2026-06-15 14:05").stdout
    assert verify("site", "--grace", "30m", now="2026-06-15 14:05").exit_code == 0
    assert (
        "(2026-06-15 14:00 UTC) and 2 more; published is a build of 12 hours ago"
        in verify("site", now="2026-06-16 00:00").stdout
    )
    assert verify("site", "--max-age", "10m").stdout.startswith("age: the files say at most 10 minutes")


@pytest.mark.usefixtures("site")
def test_a_build_of_the_future_is_not_believed() -> None:
    assert "which is still to come" in error_of(verify("site", now="2026-06-15 11:00"))


def test_a_site_without_json_feeds_is_compared_by_another_feed(site: Site) -> None:
    for off in ({"json_feed": False}, {"json_feed": False, "atom": False}):
        site.option("outputs", off)
        site.configured()
        assert verify("site").exit_code == 0, off
        assert "Investigating: It is down" in verify("site").stdout


def test_without_the_api_nothing_is_called_fresh(site: Site) -> None:
    site.option("outputs", {"statuspage_api": False})
    site.configured()
    assert "the output statuspage_api is switched off" in error_of(verify("site"))


def test_another_site_is_recognised(site: Site) -> None:
    site.settings["site_url"] = "https://other.example.org/"
    site.configured()
    assert error_of(verify("site")).startswith(
        "site is another site: it says that its address is https://status.example"
    )


def test_files_with_errors_are_not_compared(site: Site) -> None:
    site.write("incidents/x.md", "---\ntitle: [\n---\n")
    assert error_of(verify("site")).endswith("have errors; to see them, type: incidents check")


@pytest.mark.parametrize(
    ("answer", "begin"),
    [
        ((404, {}, b""), "ADDRESS/now.json does not exist (404)"),
        ((403, {}, b""), "ADDRESS/now.json may not be read (403)"),
        ((503, {}, b""), "ADDRESS/now.json failed: the server answers 503 Service Unavailable"),
        ((200, {}, b"<!DOCTYPE html><p>Sign in"), "ADDRESS/now.json holds an HTML page"),
        ((200, {}, b""), "ADDRESS/now.json is empty"),
        ((200, {}, b'{"built_'), "ADDRESS/now.json is damaged or cut off"),
        ((200, {}, b'{"x": 1}'), "ADDRESS/now.json has no built_at"),
        ((200, {}, b'{"built_at": "2026-06-15T12:00:00"}'), "ADDRESS/now.json has no built_at"),
        ((200, {"Content-Length": "90"}, b"{}"), "127.0.0.1 ended the connection before"),
        ((200, {"Content-Encoding": "br"}, b"x"), "ADDRESS/now.json is compressed (br)"),
        ((200, {"Content-Encoding": "gzip"}, b"x"), "127.0.0.1 ended the connection before"),
        ((302, {"Location": "now.json"}, b""), "ADDRESS/now.json redirects again and again (302)"),
        ((302, {"Location": "ftp://x/"}, b""), "ADDRESS/now.json was not read: it redirects to ftp://x/"),
        (
            (200, {"Content-Encoding": "gzip"}, gzip.compress(b" " * 40_000_000)),
            "ADDRESS/now.json is larger than 32 MiB",
        ),
    ],
)
def test_what_cannot_be_read_is_one_sentence(site: Site, answer: tuple[int, dict[str, str], bytes], begin: str) -> None:
    error = error_served(site, answer)
    assert error.startswith(begin)
    assert "\n" not in error


def test_a_server_that_does_not_answer_is_not_waited_for(site: Site) -> None:
    assert "did not come within 0.1 s" in error_served(site, (200, {}, b"{}"), "--timeout", "0.1", pause=0.5)


@pytest.mark.usefixtures("site")
def test_hosts_that_are_not_there_are_named() -> None:
    assert error_of(verify("http://127.0.0.1:1/")).startswith("127.0.0.1 refuses connections at port 1")
    assert error_of(verify("http://no-such-host.invalid/")).startswith("the name no-such-host.invalid was not found")
    failed = verify("http://127.0.0.1:1/", "--json")
    assert (failed.exit_code, json.loads(failed.stdout)["fresh"]) == (1, False)


def test_a_server_without_tls_is_recognised(site: Site) -> None:
    with served(site.folder / "site") as (address, _):
        assert "no encrypted connection to 127.0.0.1" in error_of(verify(address.replace("http:", "https:")))


def test_a_cache_that_answers_is_named(site: Site) -> None:
    old = (200, {"Age": "720"}, (site.folder / "site" / "now.json").read_bytes())
    (site.folder / "incidents" / "2026-06-15-down.md").unlink()
    with served(site.folder / "site", answers={"now.json": old}) as (address, _):
        result = verify(address)
    assert "A cache answered with what it got 12 minutes ago" in result.stdout


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    "arguments",
    [
        ["ftp://x/"],
        ["http://"],
        ["http://u:p@x/"],
        ["http://x:y/"],
        ["nowhere"],
        ["mkdocs.yml"],
        ["site", "--grace", "x"],
    ],
)
def test_wrong_usage_is_2(arguments: list[str]) -> None:
    assert verify(*arguments).exit_code == 2


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://status.example.com", "https://status.example.com/"),
        ("https://example.com/status", "https://example.com/status/"),
        ("https://example.com/status/index.html?x#y", "https://example.com/status/"),
        ("http://bücher.example:8080/ä/", "http://xn--bcher-kva.example:8080/%C3%A4/"),
        ("https://straße.example", "https://xn--strae-oqa.example/"),
        ("http://under_score.localhost", "http://under_score.localhost/"),
        ("http://[::1]:80/", "http://[::1]:80/"),
    ],
)
def test_the_address_of_a_site_ends_with_a_slash(typed: str, address: str) -> None:
    assert site_address(typed) == address
