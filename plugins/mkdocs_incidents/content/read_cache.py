"""The cache of incident files that were read.

It maps the path and the SHA-256 of a file to its record, for one catalogue, one language and one version of the code.
Only what is public is kept, and only for as long as the clock changes nothing of it (`records.Window`). As in the
index of git, size, times and inode of a file spare reading its bytes; a file that was changed shortly before it was
read is hashed each time, because its times may be those of the next change, too.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import sys
import tempfile
import weakref
import zlib
import zoneinfo
from contextlib import suppress
from functools import cache, partial
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from .folder import LARGEST
from .records import FileRecord, Stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

CACHE_FOLDER = Path(".cache/plugin/incidents")
"""Where a site keeps what spares work, below the folder of its `mkdocs.yml`. It can be deleted at any time."""
AVAILABLE = hasattr(os, "pread")
"""Whether the system has what the cache is read with; Windows has not."""
_NAME = "read-files"
_BEGIN = b"incidents cache 2\n"
_HEAD = len(_BEGIN) + 32 + 8 + 4
"""Bytes before the index: the begin, the key, and of the index its length and its CRC-32."""
_LEFT_OVER = 24 * 60 * 60 * 1_000_000_000
"""Nanoseconds after which a temporary file is taken to be of a process that was killed."""
_AHEAD = 300
"""Seconds by which the time of a build may be ahead of that of the file system."""
_COARSEST_CLOCK = 2_000_000_000
"""Nanoseconds within which two changes of a file may have one time (FAT has the coarsest clock)."""
_PACKAGES = ("Babel", "msgspec", "pydantic", "python-frontmatter", "PyYAML", "tzdata")
"""The packages that decide what is read from a file."""


class _Part(msgspec.Struct, frozen=True, array_like=True):
    """Bytes that stand apart from the index."""

    at: int
    """Where they begin, counted in bytes from the end of the index."""
    size: int
    checksum: int
    """CRC-32."""


class _Entry(msgspec.Struct, frozen=True, array_like=True):
    """A file in the cache. Its notice and the text of its postmortem stand apart."""

    record: FileRecord
    notice: _Part
    text: _Part


_INDEX = msgspec.msgpack.Decoder(dict[str, _Entry])


class DamagedCacheError(Exception):
    """The cache has not the bytes that were written."""


class _CacheFile:
    """The file of a cache, which is open while something in it may be read."""

    def __init__(self, descriptor: int = -1, index_end: int = 0) -> None:
        self._descriptor = descriptor
        self._index_end = index_end
        if descriptor >= 0:
            weakref.finalize(self, os.close, descriptor)

    def read(self, part: _Part) -> bytes:
        """The bytes of a part.

        Raises:
            DamagedCacheError: they are not those that were written.
        """
        found = b""
        with suppress(OSError):
            found = os.pread(self._descriptor, part.size, self._index_end + part.at) if part.size else b""
        if zlib.crc32(found) != part.checksum:
            raise DamagedCacheError
        return found


class ReadCache:
    """The records of the files of one folder."""

    def __init__(self, folder: Path, key: bytes, now: datetime) -> None:
        """Open the cache in `folder`, or begin one.

        `key` stands for everything but the file that decides what is read from it. What cannot be read or written is
        left out.
        """
        self._path = folder / _NAME
        self._key = key
        self._began = _file_system_clock(folder)
        # What is public in the future only is not kept; neither is anything where nothing can be written.
        self._writable = self._began is not None and now.timestamp() < self._began / 1e9 + _AHEAD
        self._file, self._entries = _opened(self._path, key)
        self._kept: dict[str, _Entry] = {}
        self._new: dict[str, FileRecord] = {}

    def unchanged(self, relative: str, path: str, now: datetime) -> FileRecord | None:
        """The record of the file at `path`, if that is as it was and reading it as of `now` has the same result."""
        entry = self._entries.get(relative)
        if entry is None or entry.record.window is None or not entry.record.window.contains(now):
            return None
        try:
            stamp = Stamp.of(os.stat(path))  # noqa: PTH116  a `Path` for each file costs as much as the rest
            if stamp != entry.record.stamp:
                if stamp.size > LARGEST or hashlib.sha256(Path(path).read_bytes()).digest() != entry.record.digest:
                    return None
                record = msgspec.structs.replace(entry.record, stamp=self._lasting(stamp))
                entry = msgspec.structs.replace(entry, record=record)
        except OSError:
            return None
        self._kept[relative] = entry
        return entry.record

    def add(self, relative: str, record: FileRecord) -> None:
        """Keep the record of a file, if it may be kept."""
        if record.window:
            self._new[relative] = msgspec.structs.replace(record, stamp=self._lasting(record.stamp))

    def _lasting(self, stamp: Stamp | None) -> Stamp | None:
        """A stamp, if the file was old enough when the reading began for each later change to have another one."""
        if stamp is None or self._began is None:
            return None
        return stamp if max(stamp.mtime_ns, stamp.ctime_ns) + _COARSEST_CLOCK < self._began else None

    def notice(self, relative: str) -> Callable[[], bytes]:
        """Reads the encoded notice of a file that is unchanged, or raises `DamagedCacheError`."""
        return partial(self._file.read, self._kept[relative].notice)

    def text(self, relative: str) -> Callable[[], bytes] | None:
        """Reads the encoded text of the postmortem, or raises `DamagedCacheError`; None without any."""
        part = self._kept[relative].text
        return partial(self._file.read, part) if part.size else None

    def save(self) -> None:
        """Write what was read, unless that is what the cache has already. Files that are gone are left out."""
        if self._writable and (self._new or self._kept != self._entries):
            with suppress(OSError, DamagedCacheError):
                self._write()

    def _write(self) -> None:
        new = {relative: _entry_of(record) for relative, record in self._new.items()}
        index = _placed(dict(sorted((self._kept | new).items())))
        encoded = msgspec.msgpack.encode(index)
        head = _BEGIN + self._key + len(encoded).to_bytes(8, "big") + zlib.crc32(encoded).to_bytes(4, "big")
        descriptor, name = tempfile.mkstemp(prefix=f"{_NAME}.", dir=self._path.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.writelines([head, encoded])
                # One at a time: together they are larger than anything else in a build.
                file.writelines(self._notice_bytes(relative) for relative in index)
                file.writelines(self._text_bytes(relative) for relative in index)
            Path(name).replace(self._path)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise
        self._remove_left_over()

    def _notice_bytes(self, relative: str) -> bytes:
        return self._new[relative].notice_bytes if relative in self._new else self.notice(relative)()

    def _text_bytes(self, relative: str) -> bytes:
        return self._new[relative].text_bytes if relative in self._new else self._file.read(self._kept[relative].text)

    def _remove_left_over(self) -> None:
        """Remove what processes that were killed while they wrote have left."""
        for path in self._path.parent.glob(f"{_NAME}.*"):
            with suppress(OSError):
                if self._began and path.stat().st_mtime_ns + _LEFT_OVER < self._began:
                    path.unlink()


def _entry_of(record: FileRecord) -> _Entry:
    """The entry of a file that was read; where its parts begin is not known yet."""
    notice, text = (_Part(0, len(part), zlib.crc32(part)) for part in (record.notice_bytes, record.text_bytes))
    return _Entry(record.alone(), notice, text)


def _placed(entries: Mapping[str, _Entry]) -> dict[str, _Entry]:
    """The same entries, in a file that has all notices first, then all texts: builds read most of the former."""
    notices = accumulate((entry.notice.size for entry in entries.values()), initial=0)
    begin = sum(entry.notice.size for entry in entries.values())
    texts = accumulate((entry.text.size for entry in entries.values()), initial=begin)
    return {
        relative: _Entry(
            entry.record,
            msgspec.structs.replace(entry.notice, at=notice_at),
            msgspec.structs.replace(entry.text, at=at),
        )
        for (relative, entry), notice_at, at in zip(entries.items(), notices, texts, strict=False)
    }


def _opened(path: Path, key: bytes) -> tuple[_CacheFile, dict[str, _Entry]]:
    """The file of the cache, and its entries; none where it is of no use."""
    nothing: tuple[_CacheFile, dict[str, _Entry]] = (_CacheFile(), {})
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except OSError:
        return nothing
    try:
        head = os.pread(descriptor, _HEAD, 0)
        size, checksum = int.from_bytes(head[-12:-4], "big"), int.from_bytes(head[-4:], "big")
        if len(head) == _HEAD and head.startswith(_BEGIN + key) and size <= os.fstat(descriptor).st_size:
            encoded = os.pread(descriptor, size, _HEAD)
            if zlib.crc32(encoded) == checksum:
                entries = _INDEX.decode(encoded)
                return _CacheFile(descriptor, _HEAD + size), entries
    except (OSError, msgspec.MsgspecError):
        pass
    os.close(descriptor)
    return nothing


def _file_system_clock(folder: Path) -> int | None:
    """The present time by the file system of `folder`, in nanoseconds; None where nothing can be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            return os.fstat(file.fileno()).st_mtime_ns
    except OSError:
        return None


def cache_key(*parts: bytes) -> bytes:
    """The key of what is read with `parts`, by this version of the code."""
    return hashlib.sha256(msgspec.msgpack.encode([*parts, _fingerprint()])).digest()


@cache
def _fingerprint() -> bytes:
    """A digest of the code that reads, of the packages that it uses, and of the time zones."""
    found = hashlib.sha256(f"{sys.version} {sys.implementation.cache_tag}".encode())
    root = Path(__file__).parent.parent
    for part in ("content", "model"):
        for path in sorted((root / part).rglob("*.*")):
            if path.suffix in {".py", ".toml"}:
                content = path.read_bytes()
                found.update(f"{path.relative_to(root).as_posix()} {len(content)}\n".encode() + content)
    for package in _PACKAGES:
        with suppress(importlib.metadata.PackageNotFoundError):
            found.update(f"{package} {importlib.metadata.version(package)}\n".encode())
    for folder in zoneinfo.TZPATH:
        with suppress(OSError):
            found.update(f"{folder} {Path(folder).stat().st_mtime_ns}\n".encode())
    return found.digest()
