"""Compressed copies beside text files, which a server sends as they are: `index.html.gz`, `index.html.br`.

nginx has `gzip_static` and `brotli_static` for them, Caddy `file_server { precompressed br gzip }`.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from .carry_over import link_or_copy
from .errors import NotPublishedError
from .manifest import FileState

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .manifest import Manifest

KINDS = ("gz", "br")
"""The suffixes of copies: gzip (RFC 1952) and Brotli (RFC 7932)."""

_TEXT_SUFFIXES = (
    *(".atom", ".css", ".csv", ".htm", ".html", ".ics", ".js", ".json", ".map", ".md", ".mjs", ".rss", ".svg", ".tsv"),
    *(".txt", ".webmanifest", ".xml", ".xsl", ".yaml", ".yml"),
)
_TEXT_NAMES = ("metrics",)
"""Text files without a suffix."""
_SMALLEST = 1024
"""In bytes. What is smaller fits in one packet of the network anyway."""
_GZIP_LEVEL = 9
_BROTLI_QUALITY = 5
"""Of 11. The highest saves another tenth and takes twenty times as long: minutes for 1,000 incidents."""
_GZIP_FORMAT = 31
"""`wbits` of zlib: the largest window, with a gzip header, in which zlib leaves the time 0 and states no name."""
_SYSTEM_BYTE, _UNKNOWN_SYSTEM = 9, b"\xff"
"""Where the header has the operating system, in which zlib writes its own, and "unknown" (RFC 1952, 2.3.1)."""


def kinds_of(text: str) -> frozenset[str]:
    """The kinds of copies that a comma-separated list such as `gz,br` names.

    Raises:
        ValueError: one of them is unknown; the message says what can be typed.
    """
    kinds = frozenset(part.strip().lower() for part in text.split(",") if part.strip())
    unknown = sorted(kinds.difference(KINDS))
    if unknown or not kinds:
        raise ValueError(f"{', '.join(unknown) or 'nothing'} is no kind of compression; type gz, br or gz,br")
    return kinds


def compress(
    folder: Path,
    kinds: frozenset[str],
    files: Mapping[str, FileState],
    *,
    live: Path | None = None,
    before: Manifest | None = None,
) -> dict[str, FileState]:
    """Write a copy of each kind beside the text files in `folder` of which it is smaller. Returns the copies by path.

    `files` are those in `folder`. A copy has the time of its file, and the same bytes wherever the same zlib or Brotli
    makes it. A file that is in the version `before`, too, gets its copies from the folder `live`, as further names of
    the same files. One that the site brought along stays as it is.

    Raises:
        NotPublishedError: Brotli is asked for and not installed.
        OSError: a copy cannot be written.
    """
    functions = {kind: _brotli() if kind == "br" else _gzip for kind in sorted(kinds)}
    copies: dict[str, FileState] = {}
    missing: list[tuple[str, str]] = []
    for path in filter(_is_text, files):
        for kind in functions if files[path].size >= _SMALLEST else ():
            if f"{path}.{kind}" in files:
                continue
            known = _known_copy(path, kind, files[path], before, live)
            if live and known:
                link_or_copy(live / f"{path}.{kind}", folder / f"{path}.{kind}")
                copies[f"{path}.{kind}"] = known
            else:
                missing.append((path, kind))

    def write(wanted: tuple[str, str]) -> tuple[str, FileState | None]:
        path, kind = wanted
        return f"{path}.{kind}", _written(folder / path, kind, functions[kind])

    with ThreadPoolExecutor(os.cpu_count()) as threads:  # both libraries compute without the interpreter's lock
        return copies | {path: state for path, state in threads.map(write, missing) if state}


def _is_text(path: str) -> bool:
    stem, dot, suffix = path.rpartition("/")[2].rpartition(".")
    return f".{suffix.lower()}" in _TEXT_SUFFIXES if dot and stem else suffix in _TEXT_NAMES


def _known_copy(path: str, kind: str, state: FileState, before: Manifest | None, live: Path | None) -> FileState | None:
    """The copy that the live version has of an unchanged file, if it is as `compress` made it; else None."""
    if before is None or live is None:
        return None
    old, copy = before.files.get(path), before.files.get(f"{path}.{kind}")
    if old is None or copy is None or old.sha256 != state.sha256 or old.modified != copy.modified:
        return None
    try:
        status = (live / f"{path}.{kind}").stat()
    except OSError:
        return None
    return copy if (copy.size, copy.modified) == (status.st_size, status.st_mtime_ns) else None


def _written(path: Path, kind: str, function: Callable[[bytes], bytes]) -> FileState | None:
    """Write the copy of one file; None if it would not be smaller."""
    content = path.read_bytes()
    copy = function(content)
    if len(copy) >= len(content):
        return None
    target, modified = Path(f"{path}.{kind}"), path.stat().st_mtime_ns
    target.write_bytes(copy)
    os.utime(target, ns=(modified, modified))
    return FileState(len(copy), modified, hashlib.sha256(copy).hexdigest())


def _gzip(content: bytes) -> bytes:
    compressor = zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, _GZIP_FORMAT)
    copy = compressor.compress(content) + compressor.flush()
    return copy[:_SYSTEM_BYTE] + _UNKNOWN_SYSTEM + copy[_SYSTEM_BYTE + 1 :]


def _brotli() -> Callable[[bytes], bytes]:
    try:
        import brotli  # noqa: PLC0415  an extra, which few need
    except ImportError:
        raise NotPublishedError(
            "Brotli is not installed; type pip install brotli, or leave it out: --compress gz"
        ) from None
    return partial(brotli.compress, quality=_BROTLI_QUALITY)
