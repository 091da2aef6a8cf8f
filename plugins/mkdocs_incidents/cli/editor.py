"""The editor of whoever types: it opens on a file of its own, and what it saves is never lost."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mkdocs_incidents.authoring.editing.errors import RefusedError
from mkdocs_incidents.authoring.files import UnreadableError, decoded

if TYPE_CHECKING:
    from collections.abc import Callable

_INSTEAD = "nothing is written. Set EDITOR to another one, such as EDITOR=vi, or type: -m TEXT"


def edited(text: str, keep: Callable[[str], None]) -> str:
    """What is saved in the editor that opens on `text`: VISUAL, else EDITOR, with its arguments.

    Raises:
        RefusedError: the editor does not start, fails, or leaves no text; `keep` was called with what it saved.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="incidents-", ignore_cleanup_errors=True) as folder:
            path = Path(folder) / "message.md"
            path.write_bytes(text.encode())
            failure = _failure(path)
            raw = path.read_bytes() if path.is_file() else b""
    except OSError as error:
        raise RefusedError(f"there is no place for the editor's file: {error.strerror}; type: -m TEXT") from None
    try:
        saved = decoded(raw)
    except UnreadableError as error:
        saved, failure = raw.decode("cp1252", "replace"), failure or f"what the editor saved {error}"
    if failure:
        keep(saved)
        raise RefusedError(f"{failure}; {_INSTEAD}")
    return saved


def _failure(path: Path) -> str:
    """Why the editor did not do its work on the file at `path`; empty where it did."""
    try:
        click.edit(filename=str(path))
    except ValueError:
        return "the command in VISUAL or EDITOR has a quotation mark that is never closed"
    except click.ClickException as error:
        return f"the editor failed: {error.message}"
    return ""
