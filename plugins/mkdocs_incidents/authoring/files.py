"""Reading files of authors: text of at most `LARGEST` bytes, or an error in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..content.folder import LARGEST

if TYPE_CHECKING:
    from pathlib import Path

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_CONTROL = bytes(code for code in range(32) if code not in b"\t\n\r\f\v\x1b")


class UnreadableError(Exception):
    """A file that cannot be imported; the message says why, and what to do."""


def read_text(path: Path) -> str:
    """The text of the file at `path`.

    Raises:
        UnreadableError: it is missing, not a file, too large, binary, or in an encoding nobody can be sure of.
    """
    return _decoded(read_bytes(path))


def read_bytes(path: Path) -> bytes:
    """The bytes of the file at `path`.

    Raises:
        UnreadableError: it is missing, not a file, or too large.
    """
    try:
        if path.is_dir():
            raise UnreadableError("is a folder; name the files in it")
        if path.exists() and not path.is_file():
            raise UnreadableError("is a device or a pipe; name a file")
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise UnreadableError("does not exist") from None
    except (OSError, ValueError, RuntimeError) as error:  # RuntimeError: a link that leads to itself
        raise UnreadableError(f"cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if len(raw) > LARGEST:
        raise UnreadableError(
            f"is larger than {LARGEST // 1024:,} KiB, which is no text written by a person; cut out the report"
        )
    return raw


def _decoded(raw: bytes) -> str:
    encoding = "utf-16" if raw.startswith(_UTF16_MARKS) else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        if len(raw.translate(None, _CONTROL)) != len(raw):
            raise UnreadableError(
                "is not text (a picture, a PDF or a program?); save the report as text or Markdown"
            ) from None
        raise UnreadableError("is not UTF-8; save it again with the encoding UTF-8") from None
    if "\0" in text:
        raise UnreadableError("is not text (a picture, a PDF or a program?); save the report as text or Markdown")
    return text
