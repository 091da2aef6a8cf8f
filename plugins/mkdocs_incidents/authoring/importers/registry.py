"""Every importer, in the order in which `incidents import --from auto` asks them. A new one is one line here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .freeform.reader import FreeformImporter

if TYPE_CHECKING:
    from pathlib import Path

    from .protocol import Importer

IMPORTERS: tuple[Importer, ...] = (
    FreeformImporter(),  # the last: it takes every text
)


def importer_for(path: Path, name: str = "auto") -> Importer:
    """The importer called `name`; for `auto`, the first that recognizes what is at `path`."""
    chosen = (one for one in IMPORTERS if one.name == name or (name == "auto" and one.recognizes(path)))
    return next(chosen)
