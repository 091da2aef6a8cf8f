"""`mkdocs serve` while the site cannot be built: the browser shows what is wrong, until it is mended.

MkDocs itself lets each request wait until a build succeeds, and ends where the first one does not.
"""

from __future__ import annotations

import time
from contextlib import contextmanager, suppress
from itertools import chain
from socket import AF_INET6
from socketserver import ThreadingMixIn
from threading import Thread
from typing import TYPE_CHECKING, cast
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from mkdocs.exceptions import Abort, BuildError
from mkdocs.plugins import get_plugin_logger

from mkdocs_incidents.render.problem_page import problem_page

from .build import FaultyFilesError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from mkdocs.livereload import LiveReloadServer

    from .build import Build

log = get_plugin_logger(__name__)

_LIVE_RELOAD = "/livereload/"
"""Where the pages of MkDocs ask whether they have changed; the answer is no page."""
_SECONDS_BETWEEN_LOOKS = 0.5
_SECONDS_UNTIL_ANOTHER_BUILD = 10
"""Some changes are not seen in the folders: in a folder that is linked to, or of what is due by now."""


class ProblemsInBrowser:
    """Puts a page of problems in the place of every page, from a build that fails to the next that succeeds."""

    def __init__(self) -> None:
        self.attached = False
        """Whether there is a server: the first build has succeeded."""
        self._page: str | None = None

    def attach(self, server: LiveReloadServer) -> None:
        """Let a server of MkDocs build and answer through this object."""
        build, application = server.builder, cast("WSGIApplication", server.get_app())
        self.attached = True
        server.builder = lambda: self._build(build)
        server.set_app(lambda environ, start_response: self._answer(application, environ, start_response))

    def _build(self, build: Callable[[], None]) -> None:
        """Build; to MkDocs a build that fails has succeeded, or else it would answer no request."""
        try:
            build()
        except Abort as aborted:  # MkDocs has logged the error that it was handling, if there was one
            self._show(aborted.__context__ or aborted)
        except Exception as unexpected:
            self._show(unexpected)
            log.exception("The site could not be built")
        else:
            self._page = None

    def _show(self, error: BaseException) -> None:
        self._page = problem_page(_text(error), error.problems if isinstance(error, FaultyFilesError) else ())
        log.info("The browser shows what is wrong until it is mended")

    def _answer(
        self, application: WSGIApplication, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        if environ["PATH_INFO"].startswith(_LIVE_RELOAD):
            return application(environ, start_response)
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start_later(status: str, headers: list[tuple[str, str]], *_: object) -> Callable[[bytes], object]:
            started.append((status, headers))
            return lambda _: None  # nothing of MkDocs writes so (PEP 3333, "The write() Callable")

        body = application(environ, start_later)  # waits for a build that is under way
        if self._page is None:
            start_response(*started[-1])
            return body
        if close := getattr(body, "close", None):
            close()
        return _page_sent(self._page, start_response)


def _text(error: BaseException) -> str:
    """What an error says; that about a wrong `mkdocs.yml` says no more than how many there are."""
    return str(error) if isinstance(error, BuildError) else f"{error}\n\nThe terminal has more about it."


def _page_sent(page: str, start_response: StartResponse) -> list[bytes]:
    """The answer 200 is for the log: the page asks each second, and MkDocs warns of each answer that is another one."""
    content = page.encode()
    headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(content)))]
    start_response("200 OK", [*headers, ("Cache-Control", "no-store")])
    return [content]


def until_mended(
    build: Callable[[], Build], faulty: FaultyFilesError, folders: Sequence[Path], host: str, port: int
) -> Build:
    """What `build` returns once the files in the folders are right; until then their problems are served.

    For the first build of `mkdocs serve`: MkDocs begins to serve after it, at the same address.

    Raises:
        FaultyFilesError: the one given, where nothing can be served at this address.
        SystemExit: Ctrl+C was typed; MkDocs takes it for the end of `serve` after the first build only.
    """
    try:
        server = _Waiting((host, port), _SilentHandler)
    except OSError as taken:
        log.info("The browser cannot show what is wrong: http://%s:%d/ is not free (%s)", host, port, taken.strerror)
        raise faulty from None
    server.show(faulty)
    with _served(server):
        log.info("The browser shows what is wrong at http://%s:%d/ until it is mended", host, port)
        try:
            return _first_success(build, folders, server)
        except KeyboardInterrupt:
            log.info("Shutting down...")
            raise SystemExit(0) from None


def _first_success(build: Callable[[], Build], folders: Sequence[Path], server: _Waiting) -> Build:
    """What `build` returns once it does; it is called again whenever files in the folders have changed."""
    seen, looked_at = None, 0.0
    while True:
        state = _state(folders)  # before the build, which may read a file just before it changes
        if state != seen or time.monotonic() > looked_at + _SECONDS_UNTIL_ANOTHER_BUILD:
            seen, looked_at = state, time.monotonic()
            try:
                return build()
            except FaultyFilesError as still_faulty:
                server.show(still_faulty)
        time.sleep(_SECONDS_BETWEEN_LOOKS)


class _Waiting(ThreadingMixIn, WSGIServer):
    """Answers each request with one page."""

    daemon_threads = True
    _message = _page = ""

    def __init__(self, address: tuple[str, int], handler: type[WSGIRequestHandler]) -> None:
        if ":" in address[0]:
            self.address_family = AF_INET6
        super().__init__(address, handler)
        self.set_app(lambda _, start_response: _page_sent(self._page, start_response))

    def show(self, faulty: FaultyFilesError) -> None:
        """Show the problems in the browser, and new ones in the terminal, too."""
        message = str(faulty)
        if message != self._message:
            log.info("%s", message)  # an error, or a warning, would end a strict build after it was mended
            self._message, self._page = message, problem_page(message, faulty.problems)


class _SilentHandler(WSGIRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  the name is of the standard library
        """Log nothing: the page asks each second."""


@contextmanager
def _served(server: WSGIServer) -> Iterator[None]:
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _state(folders: Sequence[Path]) -> set[tuple[str, int, int]]:
    """What changes whenever a file in the folders does."""
    found = set()
    for path in chain.from_iterable(folder.rglob("*") for folder in folders):
        with suppress(OSError):  # it was removed meanwhile, or is a link to nothing
            status = path.stat()
            found.add((str(path), status.st_mtime_ns, status.st_size))
    return found
