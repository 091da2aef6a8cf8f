"""Links in text that another plugin has included, relative to where the file of a notice lies on disk.

Links on the page of a notice are relative to its path in docs_dir, `incidents/<file>`, where there is no file: it lies
beside docs_dir, and plugins that include files write links from there, such as `../docs/about.md`.
"""

from __future__ import annotations

import os
import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from mkdocs.structure.files import File, Files

_BEGIN = r"""(?P<begin>\]\(\s*<?|^[ ]{0,3}\[[^\]\n]+\]:\s*<?|\b(?:href|src)=["'])"""
_PATH = r"""(?P<path>[^\s)>"'#?]+)"""


def relative_to_docs(markdown: str, file: File, files: Files, docs: Path) -> str:
    """The Markdown of the page of `file` with the same links, relative to its path in docs_dir."""
    if file.abs_src_path is None:
        return markdown
    on_disk = Path(os.path.relpath(docs, Path(file.abs_src_path).parent)).as_posix()
    in_docs = posixpath.relpath(".", posixpath.dirname(file.src_uri) or ".")
    if on_disk == in_docs:
        return markdown

    def moved(found: re.Match[str]) -> str:
        is_there = files.get_file_from_path(unquote(found["path"]))
        return f"{found['begin']}{in_docs}/{found['path']}" if is_there else found[0]

    return re.sub(f"{_BEGIN}{re.escape(on_disk)}/{_PATH}", moved, markdown, flags=re.MULTILINE)
