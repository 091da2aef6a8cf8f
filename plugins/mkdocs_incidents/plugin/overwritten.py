"""Files of the status site that another plugin has overwritten with its own, which happens after a page is built."""

from __future__ import annotations

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
        self._contents: dict[str, bytes] = {}

    def add(self, path: str, content: bytes) -> None:
        """Remember a file as it is published; the list of files of MkDocs has the same object."""
        self._contents[path] = content

    def check(self, site: Path) -> None:
        """Mend what can be mended without a loss to anybody, and warn of every other file that is overwritten."""
        for path, file in self._overwritten(site):
            ours = self._contents[path]
            if path == LLMS:
                file.write_text(with_sections_of(file.read_text("utf-8"), ours.decode()), "utf-8")
                log.info("%s is that of another plugin, with the sections of the status site behind its own", path)
            elif file.suffix == ".md":  # no other plugin knows what templates put on the pages
                file.write_bytes(ours)
                log.info("%s is our Markdown copy of the page, and not that of another plugin", path)
            else:
                log.warning(
                    "another plugin has overwritten %s of the status site; let it write a file with another name", path
                )

    def _overwritten(self, site: Path) -> Iterator[tuple[str, Path]]:
        for path, content in self._contents.items():
            file = site / path
            if file.is_file() and file.read_bytes() != content:
                yield path, file
