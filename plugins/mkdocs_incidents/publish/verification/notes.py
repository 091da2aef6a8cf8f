"""Whether the mark of an internal note is left in a page: what stands behind it was to be removed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .fault import Fault

if TYPE_CHECKING:
    from .output_file import OutputFile

_MARK = re.compile(rb"<!--[ \t]*/?[ \t]*internal[ \t]*-->", re.IGNORECASE)


def mark_of_internal_note(output: OutputFile) -> Fault | None:
    """A fault if a page has such a mark; in code that explains it, HTML has `&lt;` instead."""
    if output.suffix != ".html" or not _MARK.search(output.content):
        return None
    return Fault(
        path=output.path,
        message="this page has the mark of an internal note",
        hint="look for what writes it: a file in overrides/, or a plugin that includes files",
    )
