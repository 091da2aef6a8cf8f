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
        """Mend what can be mended without a loss to anybody, and warn of every other file that is overwritten.

        That is said once, even though a site in several languages is built for each of them.
        """
        for path, file in list(self._overwritten(site)):
            if warning := _mend(path, file, self._contents[path]):
                log.warning("%s", warning)
                del self._contents[path]

    def _overwritten(self, site: Path) -> Iterator[tuple[str, Path]]:
        """The files that have lost what was written; what others add to a file of ours is meant to be there."""
        for path, content in self._contents.items():
            file = site / path
            if file.is_file() and content.strip() not in file.read_bytes():
                yield path, file


def _mend(path: str, file: Path, ours: bytes) -> str:
    """Put back what was in an overwritten file; why that is not possible, or empty."""
    if path == LLMS:
        return _add_sections(file, ours.decode())
    if file.suffix == ".md":  # no other plugin knows what templates put on the pages
        file.write_bytes(ours)
        log.info("%s is our Markdown copy of the page, and not that of another plugin", path)
        return ""
    return f"another plugin has overwritten {path} of the status site; let it write a file with another name"


def _add_sections(file: Path, ours: str) -> str:
    """Add the sections of the status site to the `llms.txt` of another plugin; why that is not possible, or empty."""
    try:
        other = file.read_bytes().decode()
    except UnicodeDecodeError:
        return (
            f"another plugin has overwritten {LLMS}, to which the sections of the status site cannot be added, as it "
            "is not in UTF-8; let the plugin write it in UTF-8"
        )
    complete = with_sections_of(other, ours)
    if complete != other:
        file.write_bytes(complete.encode())
        log.info("%s is that of another plugin, with the sections of the status site behind its own", LLMS)
    return ""
