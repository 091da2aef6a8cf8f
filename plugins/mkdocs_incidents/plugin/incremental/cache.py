"""The cache of pages: what is known of each, and its files by their checksums, hard links of those of the site.

It holds what is published and nothing else, and can be deleted at any time. It lies in `.cache/plugin/incidents/`
beside `mkdocs.yml`, where Material's plugins have theirs: workflows that restore that folder restore this cache.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import msgspec

from mkdocs_incidents.publish.manifest import FileState

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_FORMAT = 4
"""Raised whenever a record gets another meaning: those of another format are not read."""
_CHECKSUM_BYTES = 32


class LogMessage(msgspec.Struct, array_like=True, frozen=True):
    """What was logged while a page was built: it is logged again whenever the page is kept."""

    logger: str
    level: int
    message: str


class PageRecord(msgspec.Struct, array_like=True, frozen=True, kw_only=True):
    """What is known of a page that was built."""

    key: bytes
    """See `keys`. Empty for one that is built each time, of which only its links are kept."""
    files: dict[str, FileState]
    """Its files, by path in the folder of the site."""
    found: dict[str, str | None] = {}
    """The sources that its links were looked up with, and the path of the page or file found, None where none was."""
    there: dict[str, bool] = {}
    """Paths in the folder of the site that addresses of raw HTML were looked up with, and whether they are files."""
    attachments: dict[str, bool] = {}
    """Files in the content folder that it may link to, and whether they exist."""
    changed: str = ""
    """The day of the last change of its facts; empty where that is not known."""
    messages: list[LogMessage] = []
    search: list[dict[str, Any]] = []
    """Its entries in the search index of Material."""
    anchors: list[str] = []
    """The ids on the page that other pages can link to."""
    anchor_links: dict[str, dict[str, str]] = {}
    """Its links to anchors by the source of the page that they are on: the anchor, and the link as it was written."""
    event: bytes = b""
    """Its event in calendars, of a notice that is in them; else empty."""
    brief: bytes = b""
    """What `incidents.json` has of its notice; empty where that is not known."""
    promises: list[str] = []
    """The HTML of the action items of its postmortem, if that was published."""
    html: bytes = b""
    """The HTML of its Markdown, compressed, of a notice that is in feeds and other files with others; else empty."""


encoded = msgspec.msgpack.Encoder().encode
_DECODER = msgspec.msgpack.Decoder(PageRecord)


def decoded(record: bytes) -> PageRecord:
    """The record that `encoded` wrote."""
    return _DECODER.decode(record)


class _Content(msgspec.Struct, array_like=True):
    format: int
    frame: bytes
    pages: dict[str, PageRecord]


def _packed(frame: bytes, pages: Mapping[str, PageRecord]) -> Iterator[bytes]:
    """`_Content` as MessagePack, page by page: of ten thousand pages the whole takes much memory.

    An array of three begins with the byte 0x93, a map with 0xdf and its length in four bytes (msgpack specification,
    "Array format family", "Map format family").
    """
    yield b"\x93" + encoded(_FORMAT) + encoded(frame) + b"\xdf" + len(pages).to_bytes(4, "big")
    for path, record in pages.items():
        yield encoded(path) + encoded(record)


class PageCache:
    """The cache of one site, for one build at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = folder / "files"
        self._known = folder / "pages.msgpack"
        self._unfinished = folder / "unfinished"
        self._left_over = False
        self._lock = -1
        self.busy = False
        """Whether another build of the same site is at work now."""
        self.frame = b""
        """A digest of what was around all these pages."""
        self.pages: Mapping[str, PageRecord] = {}
        """By the path of the page in the folder of the site."""
        self._states: dict[str, FileState] = {}

    def open(self) -> bool:
        """Read what is known; whether the cache can be used: not while another build does, or in a read-only folder."""
        try:
            self._files.mkdir(parents=True, exist_ok=True)
            self._lock = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT, 0o666)
            if sys.platform != "win32":
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self.busy = isinstance(error, BlockingIOError)
            self.close()
            return False
        with suppress(OSError, msgspec.MsgspecError):
            read = memoryview(self._known.read_bytes())
            checksum, packed = read[:_CHECKSUM_BYTES], read[_CHECKSUM_BYTES:]
            if hashlib.sha256(packed).digest() == checksum:
                content = msgspec.msgpack.decode(packed, type=_Content)
                if content.format == _FORMAT:
                    self.frame, self.pages = content.frame, content.pages
        self._left_over = self._unfinished.exists() or not self.pages
        self._states = {state.sha256: state for page in self.pages.values() for state in page.files.values()}
        return True

    def close(self) -> None:
        """Let other builds use the cache."""
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def begin(self) -> bool:
        """Note that files will be added: if the build does not end with `save`, the next one removes what is left.

        Returns whether they can be.
        """
        with suppress(OSError):
            self._unfinished.touch()
            return True
        return False

    def add(self, path: str) -> FileState:
        """Keep a file of the site, and return its state. One with the same bytes that is kept already takes its place.

        Raises:
            OSError: it cannot be read.
        """
        sha256 = digest_of(path)
        kept = self._path(sha256)
        if (known := self._states.get(sha256)) and self._has(known):
            _link(kept, path)
            return known
        with suppress(OSError):
            os.makedirs(os.path.dirname(kept), exist_ok=True)
            _link(path, kept)
        status = os.stat(path)
        return FileState(status.st_size, status.st_mtime_ns, sha256)

    def put(self, state: FileState, path: str) -> bool:
        """Make a kept file a file of the site; whether it was there and unchanged."""
        if not self._has(state):
            return False
        os.makedirs(os.path.dirname(path), exist_ok=True)
        _link(self._path(state.sha256), path)
        return True

    def save(self, frame: bytes, pages: Mapping[str, PageRecord]) -> None:
        """Replace what is known, and remove the files of other pages."""
        new = self._known.with_suffix(".new")
        try:
            checksum = hashlib.sha256()
            with new.open("wb") as file:
                file.write(bytes(_CHECKSUM_BYTES))
                for part in _packed(frame, pages):
                    checksum.update(part)
                    file.write(part)
                file.seek(0)
                file.write(checksum.digest())
            os.replace(new, self._known)
            kept = {state.sha256 for page in pages.values() for state in page.files.values()}
            superfluous = self._all() if self._left_over else set(self._states)
            for sha256 in superfluous - kept:
                os.unlink(self._path(sha256))
            self._unfinished.unlink(missing_ok=True)
        except OSError:
            return

    def _all(self) -> set[str]:
        folders = [folder for folder in os.scandir(self._files) if folder.is_dir()]
        return {file.name for folder in folders for file in os.scandir(folder)}

    def _path(self, sha256: str) -> str:
        return f"{self._files}/{sha256[:2]}/{sha256}"

    def _has(self, state: FileState) -> bool:
        return is_unchanged(self._path(state.sha256), state)


def digest_of(path: str) -> str:
    """The SHA-256 of a file, in hexadecimal digits.

    Raises:
        OSError: it cannot be read.
    """
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_unchanged(path: str, state: FileState) -> bool:
    """Whether a file has the size and the time of a state."""
    try:
        status = os.stat(path, follow_symlinks=False)
    except OSError:
        return False
    return status.st_size == state.size and status.st_mtime_ns == state.modified


def _link(source: str, path: str) -> None:
    """Make `path` a hard link of `source`, a copy where there are no links; a file that is there is replaced.

    A file that has several names must not be written into, but replaced.
    """
    with suppress(FileNotFoundError):
        os.unlink(path)
    try:
        os.link(source, path)
    except OSError:  # another file system, or the most links that a file can have
        shutil.copy2(source, path)
