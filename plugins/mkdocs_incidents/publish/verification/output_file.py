"""A file of a built site, read once for all checks."""

from __future__ import annotations

import gzip
import json
import os
import zlib
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_XML = {".xml", ".atom", ".rss", ".svg"}


class DamagedError(Exception):
    """The content of a file is not of the format that its name states; the message says why."""


class OutputFile:
    """A file of a built site, with what its format makes of it."""

    def __init__(self, folder: Path, path: str) -> None:
        self.path = path
        """Below `folder`, with forward slashes."""
        self._file = folder / path

    @cached_property
    def suffix(self) -> str:
        """Of the name, in lower case: `.json`. That of a compressed file is the one before `.gz`."""
        return PurePosixPath(self.path.lower().removesuffix(".gz")).suffix

    @cached_property
    def content(self) -> bytes:
        """Its bytes, decompressed.

        Raises:
            DamagedError: a `.gz` file cannot be decompressed.
        """
        raw = self._file.read_bytes()
        if not self.path.lower().endswith(".gz"):
            return raw
        try:
            return gzip.decompress(raw)
        except (OSError, EOFError, zlib.error) as error:
            raise DamagedError(f"it cannot be decompressed ({error})") from None

    @cached_property
    def html(self) -> Any:
        """The root element of a page as a browser reads it; None for other files.

        Raises:
            DamagedError: it is empty.
        """
        if self.suffix not in {".html", ".htm"}:
            return None
        if not self.content.strip():
            raise DamagedError("it is empty")
        root = _root(self.content, etree.HTMLParser(encoding="utf-8", huge_tree=True))
        return etree.Element("html") if root is None else root  # of a file that is nothing but a comment

    @cached_property
    def xml(self) -> Any:
        """The root element of a feed, sitemap or picture; None for other files. External entities are not read.

        Raises:
            DamagedError: it is not well-formed.
        """
        if self.suffix not in _XML:
            return None
        return _root(self.content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))

    @cached_property
    def json(self) -> Any:
        """The value of a JSON document; None for other files.

        Raises:
            DamagedError: it is not JSON (RFC 8259).
        """
        if self.suffix != ".json":
            return None
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError) as error:
            raise DamagedError(f"it is not valid JSON ({error})") from None


def _root(content: bytes, parser: Any) -> Any:
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedError(f"it cannot be read ({error})") from None


def output_paths(folder: Path) -> Iterator[str]:
    """The paths of all files below `folder`, with forward slashes, in the order of their names."""
    for parent, folders, names in os.walk(folder):
        folders.sort()
        below = os.path.relpath(parent, folder).replace(os.sep, "/")
        prefix = "" if below == "." else f"{below}/"
        yield from (f"{prefix}{name}" for name in sorted(names))
