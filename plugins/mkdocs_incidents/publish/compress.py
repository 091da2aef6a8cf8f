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

from .errors import NotPublishedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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


def compress(folder: Path, kinds: frozenset[str], *, live: Path | None = None, before: Manifest | None = None) -> int:
    """Write a copy of each kind beside the text files in `folder` of which it is smaller. Returns how many there are.

    A copy has the time of its file, and the same bytes wherever the same zlib or Brotli makes it. A file that is in
    the version `before`, too, gets its copies from the folder `live`. One that the site brought along stays as it is.

    Raises:
        NotPublishedError: Brotli is asked for and not installed.
        OSError: a copy cannot be written.
    """
    functions = {kind: _brotli() if kind == "br" else _gzip for kind in sorted(kinds)}
    write = partial(_write_copies, functions, folder, live, before)
    with ThreadPoolExecutor(os.cpu_count()) as threads:  # both libraries compute without the interpreter's lock
        return sum(threads.map(write, list(_text_files(folder))))


def _text_files(folder: Path) -> Iterator[Path]:
    for parent, _, names in os.walk(folder):
        for name in names:
            path = Path(parent, name)
            if (path.suffix.lower() in _TEXT_SUFFIXES or name in _TEXT_NAMES) and path.stat().st_size >= _SMALLEST:
                yield path


def _write_copies(
    functions: dict[str, Callable[[bytes], bytes]], folder: Path, live: Path | None, before: Manifest | None, path: Path
) -> int:
    """Write the copies of one file; returns how many."""
    written = 0
    missing = [kind for kind in functions if not os.path.lexists(f"{path}.{kind}")]
    if not missing:
        return written
    status, content = path.stat(), path.read_bytes()
    relative = path.relative_to(folder).as_posix()
    unchanged = before is not None and _is_in(before, relative, content)
    for kind in missing:
        copy = _of_live(live, before, f"{relative}.{kind}") if live and before and unchanged else None
        copy = copy or functions[kind](content)
        if len(copy) < len(content):
            target = Path(f"{path}.{kind}")
            target.write_bytes(copy)
            os.utime(target, ns=(status.st_mtime_ns, status.st_mtime_ns))
            written += 1
    return written


def _is_in(manifest: Manifest, path: str, content: bytes) -> bool:
    known = manifest.files.get(path)
    return known is not None and known.sha256 == hashlib.sha256(content).hexdigest()


def _of_live(live: Path, before: Manifest, path: str) -> bytes | None:
    """The copy that the live version has, if it is as it was published."""
    try:
        content = (live / path).read_bytes()
    except OSError:
        return None
    return content if _is_in(before, path, content) else None


def _gzip(content: bytes) -> bytes:
    compressor = zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, _GZIP_FORMAT)
    copy = compressor.compress(content) + compressor.flush()
    return copy[:_SYSTEM_BYTE] + _UNKNOWN_SYSTEM + copy[_SYSTEM_BYTE + 1 :]


def _brotli() -> Callable[[bytes], bytes]:
    try:
        import brotli  # noqa: PLC0415  an extra, which few need
    except ImportError:
        raise NotPublishedError(
            "Brotli is not installed; type pip install 'mkdocs-incidents[brotli]', or leave it out: --compress gz"
        ) from None
    return partial(brotli.compress, quality=_BROTLI_QUALITY)
