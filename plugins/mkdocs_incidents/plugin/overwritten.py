"""Files of the status site that another plugin has overwritten with its own, which happens after a page is built."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from mkdocs.plugins import get_plugin_logger

from mkdocs_incidents.emit.text.plain import LLMS, with_sections_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

log = get_plugin_logger(__name__)


class WrittenFiles:
    """The files about the site as a whole: those with names that another plugin may use, too."""

    def __init__(self) -> None:
        self._digests: dict[str, bytes] = {}
        self._llms = ""

    def add(self, path: str, content: bytes) -> None:
        """Remember a file as it is published."""
        self._digests[path] = _digest(content)
        if path == LLMS:
            self._llms = content.decode()

    def check(self, site: Path) -> None:
        """Add our sections to the `llms.txt` of another plugin, and warn of every other file that is overwritten."""
        for path in self._overwritten(site):
            if path == LLMS:
                index = site / path
                index.write_text(with_sections_of(index.read_text("utf-8"), self._llms), "utf-8")
                log.info("%s is that of another plugin, with the sections of the status site behind its own", path)
            else:
                log.warning(
                    "another plugin has overwritten %s of the status site; let it write a file with another name", path
                )

    def _overwritten(self, site: Path) -> Iterator[str]:
        for path, digest in self._digests.items():
            file = site / path
            if file.is_file() and _digest(file.read_bytes()) != digest:
                yield path


def _digest(content: bytes) -> bytes:
    return blake2b(content).digest()
