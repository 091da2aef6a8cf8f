"""Where the files of a published site are read: from a folder, or from a server by HTTP."""

from __future__ import annotations

import http.client
import time
import zlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol, TypeVar
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from mkdocs_incidents import __version__
from mkdocs_incidents.present.site_address import SCHEMES

from .http_reasons import ANOTHER_PLACE, reason
from .published import (
    BUILD_TIME,
    SUMMARY,
    Statement,
    UnreadableError,
    feed_path,
    read_build_time,
    read_newest_entry,
    read_summary,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from email.message import Message
    from pathlib import Path
    from typing import IO

    from mkdocs_incidents.present.outputs import FeedFormat

_T = TypeVar("_T")
_MOST_BYTES = 32 * 1024 * 1024
"""A summary of 50 long incidents has less than 4 MiB."""
_CHUNK = 64 * 1024


class NotReadError(Exception):
    """A file could not be read; the message is a sentence, with what to do next."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The content of a file."""

    content: bytes
    age: timedelta = timedelta()
    """For how long a cache has had it (the field `Age`, RFC 9111, 5.1)."""


class Place(Protocol):
    """Where a site is published."""

    def read(self, path: str) -> Answer:
        """The file at `path`, below the root of the site.

        Raises:
            NotReadError: it is not there, or could not be read in full.
        """

    def shown(self, path: str) -> str:
        """The address of a file, as a person writes it."""


@dataclass(frozen=True, slots=True)
class PublishedFolder:
    """A folder with a built site."""

    folder: Path

    def __str__(self) -> str:
        return self.folder.as_posix()

    def shown(self, path: str) -> str:
        return (self.folder / path).as_posix()

    def read(self, path: str) -> Answer:
        try:
            return Answer((self.folder / path).read_bytes())
        except (FileNotFoundError, NotADirectoryError):
            raise NotReadError(f"{self.shown(path)} does not exist; {ANOTHER_PLACE}, or build the site anew") from None
        except OSError as error:
            raise NotReadError(f"{self.shown(path)} cannot be read: {error.strerror or error}") from None


@dataclass(frozen=True, slots=True)
class PublishedSite:
    """A site on a server."""

    address: str
    """Absolute, with a slash at the end."""
    timeout: float = 10
    """In seconds, for each file."""

    def __str__(self) -> str:
        return self.address

    def shown(self, path: str) -> str:
        return self.address + path

    def read(self, path: str) -> Answer:
        address = self.shown(path)
        request = Request(address, headers={"User-Agent": f"mkdocs-incidents/{__version__}", "Accept": "*/*"})  # noqa: S310  `site_address` takes http and https only
        try:
            with _opener().open(request, timeout=self.timeout) as response:
                content = _content(response, address, time.monotonic() + self.timeout)
                return Answer(content, _age(response.headers))
        except HTTPError as error:
            error.close()
            raise NotReadError(reason(error, address, self.timeout)) from None
        except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
            raise NotReadError(reason(error, address, self.timeout)) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What is published, and when it was built."""

    statement: Statement
    built_at: datetime
    """UTC."""
    cached: timedelta
    """For how long a cache has had the oldest of the files that were read."""


def read_published(place: Place, site_url: str, form: FeedFormat | None) -> Published:
    """What is published at a place, from three files, each read once.

    `form` is the format of the feed to read; None for no feed.

    Raises:
        NotReadError: one of them cannot be read, or it is another site than that of `site_url`.
    """
    clock, state = place.read(BUILD_TIME), place.read(SUMMARY)
    built_at = _understood(place, BUILD_TIME, lambda: read_build_time(clock.content))
    summary = _understood(place, SUMMARY, lambda: read_summary(state.content))
    if summary.address.rstrip("/") != site_url.rstrip("/"):
        raise NotReadError(
            f"{place} is another site: it says that its address is {summary.address}, but site_url in mkdocs.yml is "
            f"{site_url}; name the address or the folder of this one"
        )
    newest, age = None, max(clock.age, state.age)
    if form:
        feed = place.read(feed_path(form))
        newest = _understood(place, feed_path(form), lambda: read_newest_entry(feed.content, form))
        age = max(age, feed.age)
    return Published(statement=Statement(summary=summary, newest=newest), built_at=built_at, cached=age)


def _understood(place: Place, path: str, read: Callable[[], _T]) -> _T:
    try:
        return read()
    except UnreadableError as error:
        raise NotReadError(f"{place.shown(path)} {error}; look at it, or publish the site anew") from None


class _Redirects(HTTPRedirectHandler):
    """Follows redirects to http and https, but none from https to http: what comes then could be anybody's."""

    max_redirections = 5

    def redirect_request(  # noqa: PLR0913, PLR0917  as the library calls it
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: http.client.HTTPMessage, newurl: str
    ) -> Request | None:
        scheme = urlsplit(newurl).scheme
        if scheme not in SCHEMES or (req.type == "https" and scheme == "http"):
            fp.close()
            raise URLError(f"it redirects to {newurl}, which is not encrypted")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener() -> OpenerDirector:
    """One that knows http and https only: neither files nor FTP, wherever a redirect leads."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler(),
        HTTPHandler(),
        HTTPSHandler(),
        HTTPDefaultErrorHandler(),
        _Redirects(),
        HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener


def _content(response: http.client.HTTPResponse, address: str, deadline: float) -> bytes:
    """The whole answer, uncompressed.

    Raises:
        NotReadError: it is too large, or comes too slowly.
    """
    compressed = (response.headers.get("Content-Encoding") or "identity").strip().lower()
    if compressed not in {"identity", "gzip"}:
        raise NotReadError(f"{address} is compressed ({compressed}), though that was not asked for; correct the server")
    unpack = zlib.decompressobj(wbits=31) if compressed == "gzip" else None
    parts: list[bytes] = []
    size = 0
    while part := response.read1(_CHUNK):
        unpacked = unpack.decompress(part, _MOST_BYTES) if unpack else part
        parts.append(unpacked)
        size += len(unpacked)
        if size >= _MOST_BYTES:
            raise NotReadError(
                f"{address} is larger than {_MOST_BYTES >> 20} MiB, which no status site is; {ANOTHER_PLACE}"
            )
        if time.monotonic() > deadline:
            raise TimeoutError
    if response.length or (unpack and not unpack.eof):
        raise http.client.IncompleteRead(b"")
    return b"".join(parts)


def _age(headers: Message) -> timedelta:
    text = (headers.get("Age") or "").strip()
    return timedelta(seconds=int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else timedelta()  # noqa: PLR2004  30 years
