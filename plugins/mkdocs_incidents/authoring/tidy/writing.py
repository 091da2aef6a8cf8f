"""Writing a file anew, in one step and only if nobody changed it meanwhile."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from ..importers.files import UnreadableError, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK = b"\xef\xbb\xbf"


class NotWrittenError(Exception):
    """A file that could not be written, and is as it was; the message says why."""


def write_anew(path: Path, before: bytes, text: str) -> None:
    r"""Replace the file at `path`, which held `before`, by `text`, with the line ends and the mark that it has.

    The file is complete at every moment: the text goes into a new file beside it, which then takes its name.

    Raises:
        NotWrittenError: it changed meanwhile, or the folder cannot be written.
    """
    target = Path(os.path.realpath(path))
    try:
        _require(target, before)
        mode = target.stat().st_mode
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as new:
            try:
                new.write(_encoded(text, before))
                new.flush()
                os.fsync(new.fileno())
                Path(new.name).chmod(mode)
                _require(target, before)
                Path(new.name).replace(target)
            except BaseException:
                Path(new.name).unlink(missing_ok=True)
                raise
    except UnreadableError as error:
        raise NotWrittenError(f"{error}; nothing is written") from None
    except OSError as error:
        raise NotWrittenError(f"cannot be written: {error.strerror or error}") from None


def _require(target: Path, before: bytes) -> None:
    if read_bytes(target) != before:
        raise NotWrittenError("was changed meanwhile; nothing is written. Type the command again")


def _encoded(text: str, before: bytes) -> bytes:
    """`text` with the line ends and the byte-order mark of the file that held `before`."""
    if b"\r" in before:
        text = "".join(_with_ends(text, before))
    mark = _MARK if before.startswith(_MARK) else b""
    return mark + text.encode("utf-8")


def _with_ends(text: str, before: bytes) -> Iterator[str]:
    """Each line with the end it had; new lines have the end that most others have."""
    known: dict[str, str] = {}
    for line in before.decode("utf-8-sig").splitlines(keepends=True):
        plain = line.rstrip("\r\n")
        known.setdefault(plain, line[len(plain) :])
    usual = "\r\n" if before.count(b"\r\n") * 2 > before.count(b"\n") else "\n"
    *whole, last = text.split("\n")
    for line in whole:
        yield f"{line}{known.get(line) or usual}"
    yield last
