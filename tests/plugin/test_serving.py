"""What `mkdocs serve` answers while the site cannot be built."""

from __future__ import annotations

import io
import logging
import socket
from contextlib import closing
from typing import TYPE_CHECKING, Any, cast
from urllib.request import ProxyHandler, build_opener

import pytest
from mkdocs.exceptions import Abort, BuildError

from mkdocs_incidents.content.problems import Problem, Severity
from mkdocs_incidents.plugin.build import FaultyFilesError
from mkdocs_incidents.plugin.serving import ProblemsInBrowser, until_mended

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from mkdocs.livereload import LiveReloadServer

    from mkdocs_incidents.plugin.build import Build

BUILT = cast("Build", object())


def faulty(message: str = "it is wrong") -> FaultyFilesError:
    problem = Problem(path="a.md", line=1, column=2, severity=Severity.ERROR, code="x", message=message)
    return FaultyFilesError(f"1 problem: {problem}", [problem])


class Server:
    """The part of the server of MkDocs that is used."""

    def __init__(self) -> None:
        self.error: BaseException | None = None
        self.sent = io.BytesIO(b"The site")
        self._application: WSGIApplication = self._site

    def builder(self) -> None:
        if isinstance(self.error, BuildError):  # as `mkdocs.commands.build.build` does
            try:
                raise self.error
            except BuildError:
                raise Abort("Aborted with a BuildError!")  # noqa: B904
        if self.error:
            raise self.error

    def get_app(self) -> WSGIApplication:
        return self._application

    def set_app(self, application: WSGIApplication) -> None:
        self._application = application

    def _site(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        start_response("404 Not Found" if "missing" in environ["PATH_INFO"] else "200 OK", [])
        return self.sent

    def answer(self, path: str = "/") -> tuple[str, str]:
        """Status and body."""
        statuses = []
        self.sent = io.BytesIO(b"The site")
        body = self._application({"PATH_INFO": path}, cast("Any", lambda status, _: statuses.append(status)))
        return statuses[0], b"".join(body).decode()


@pytest.fixture
def server() -> Server:
    made = Server()
    ProblemsInBrowser().attach(cast("LiveReloadServer", made))
    return made


def test_a_build_that_fails_is_a_page_of_problems_until_one_succeeds(server: Server) -> None:
    server.error = faulty()
    server.builder()
    for path in ("/", "/missing/", "/feed.xml"):
        status, body = server.answer(path)
        assert status == "200 OK", "MkDocs warns of each other answer, and the page asks each second"
        assert "<code>a.md:1:2</code>" in body
        assert server.sent.closed, "a file of the site was opened in vain"
    server.error = None
    server.builder()
    assert server.answer() == ("200 OK", "The site")
    assert server.answer("/missing/")[0] == "404 Not Found"


def test_pages_that_are_open_may_ask_meanwhile_whether_they_have_changed(server: Server) -> None:
    server.error = faulty()
    server.builder()
    assert server.answer("/livereload/1/2") == ("200 OK", "The site")


def test_wrong_settings_are_said_to_be_in_the_terminal(server: Server) -> None:
    server.error = Abort("Aborted with 1 configuration errors!")
    server.builder()
    assert "Aborted with 1 configuration errors!\n\nThe terminal has more about it." in server.answer()[1]


def test_what_nobody_expected_is_logged_with_its_place(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    server.error = RuntimeError("a plugin failed")
    server.builder()
    assert "a plugin failed" in server.answer()[1]
    (record,) = (record for record in caplog.records if record.levelno == logging.ERROR)
    assert record.exc_info


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as found:
        port: int = found.getsockname()[1]
        return port


def shown(port: int) -> str:
    with build_opener(ProxyHandler({})).open(f"http://127.0.0.1:{port}/any/", timeout=5) as page:
        text: str = page.read().decode()
        return text


def after(*attempts: Callable[[], Build]) -> Callable[[], Build]:
    left = iter(attempts)

    def build() -> Build:
        attempt = next(left)
        return attempt()

    return build


def fails(error: FaultyFilesError) -> Build:
    raise error


def test_the_first_build_waits_until_the_files_are_right(tmp_path: Path) -> None:
    port, file = free_port(), tmp_path / "incident.md"
    pages = []

    def wrong_again() -> Build:
        pages.append(shown(port))
        file.write_text("changed", encoding="utf-8")
        raise faulty("it is still wrong")

    def right() -> Build:
        pages.append(shown(port))
        return BUILT

    assert until_mended(after(wrong_again, right), faulty(), [tmp_path], "127.0.0.1", port) is BUILT
    assert "it is wrong" in pages[0]
    assert "it is still wrong" in pages[1]
    with pytest.raises(OSError, match="refused"):
        shown(port)


def test_ctrl_c_ends_the_wait_as_it_ends_what_is_served(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    def interrupted() -> Build:
        raise KeyboardInterrupt

    with caplog.at_level(logging.INFO), pytest.raises(SystemExit) as ended:
        until_mended(interrupted, faulty(), [tmp_path], "127.0.0.1", free_port())
    assert ended.value.code == 0
    assert caplog.messages[-1].endswith("Shutting down...")


def test_nothing_is_logged_that_would_end_a_strict_build(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        until_mended(lambda: BUILT, faulty(), [tmp_path], "127.0.0.1", free_port())
    assert "it is wrong" in caplog.text
    assert {record.levelno for record in caplog.records} == {logging.INFO}


def test_a_change_that_cannot_be_seen_is_noticed_after_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mkdocs_incidents.plugin.serving._SECONDS_UNTIL_ANOTHER_BUILD", 0)
    monkeypatch.setattr("mkdocs_incidents.plugin.serving._SECONDS_BETWEEN_LOOKS", 0.01)
    build = after(lambda: fails(faulty()), lambda: BUILT)
    assert until_mended(build, faulty(), [tmp_path], "127.0.0.1", free_port()) is BUILT


def test_where_the_address_is_taken_the_first_error_ends_it(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    error = faulty()
    with (
        closing(socket.create_server(("127.0.0.1", 0))) as other,
        caplog.at_level(logging.INFO),
        pytest.raises(FaultyFilesError) as raised,
    ):
        until_mended(lambda: BUILT, error, [tmp_path], "127.0.0.1", other.getsockname()[1])
    assert raised.value is error
    assert "is not free" in caplog.text
