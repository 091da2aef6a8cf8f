"""Files of the author: read at a sensible size and in a known encoding, and replaced in one step."""

from __future__ import annotations

import errno
import os
import re
import stat
from contextlib import contextmanager
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_incidents.content.folder import LARGEST, folder_lock

if TYPE_CHECKING:
    from collections.abc import Iterator

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_CONTROL = bytes(code for code in range(32) if code not in b"\t\n\r\f\v\x1b")


class UnreadableError(Exception):
    """A file that cannot be imported; the message says why, and what to do."""


def read_text(path: Path) -> str:
    """The text of the file at `path`.

    Raises:
        UnreadableError: it is missing, not a file, too large, binary, or in an encoding nobody can be sure of.
    """
    return decoded(read_bytes(path))


def read_bytes(path: Path | str) -> bytes:
    """The bytes of the file at `path`.

    Raises:
        UnreadableError: it is missing, not a file, or too large.
    """
    try:
        status = os.stat(path)  # noqa: PTH116  a command reads 1,000 files: half of the time went into paths
        if stat.S_ISDIR(status.st_mode):
            raise UnreadableError("is a folder; name the files in it")
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError("is a device or a pipe; name a file")
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123  likewise
            raw = b"" if status.st_size > LARGEST else file.read()
    except FileNotFoundError:
        raise UnreadableError("does not exist") from None
    except (OSError, ValueError, RuntimeError) as error:  # RuntimeError: a link that leads to itself
        raise UnreadableError(f"cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if max(status.st_size, len(raw)) > LARGEST:
        raise UnreadableError(
            f"is larger than {LARGEST // 1024:,} KiB, which is no text written by a person; cut out the report"
        )
    return raw


def decoded(raw: bytes) -> str:
    """The text of these bytes.

    Raises:
        UnreadableError: they are no text, or in an encoding nobody can be sure of.
    """
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


_MARK = b"\xef\xbb\xbf"
_ANY_WRITER = 0o222
_NEW_FILE = 0o666
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
_REASONS = {
    errno.EACCES: "cannot be written: the folder is read-only for you; ask who owns it, or type chmod u+w",
    errno.EROFS: "cannot be written: the disk is read-only",
    errno.ENOSPC: "cannot be written: the disk is full; free some space and type the command again",
    errno.EDQUOT: "cannot be written: your quota on this disk is used up; free some space and type the command again",
}


class NotWrittenError(Exception):
    """A file that could not be written, and is as it was; the message says why."""


def write_anew(path: Path, before: bytes, text: str) -> None:
    """Replace the file at `path`, which held `before`, by `text`, with the line ends and the mark that it has.

    Raises:
        NotWrittenError: as `replace_file`.
    """
    replace_file(path, before, _encoded(text, before))


def replace_file(path: Path, before: bytes, after: bytes) -> None:
    """Replace the file at `path`, which held `before`, by `after`.

    The file is complete at every moment: the bytes go into a new file beside it, which then takes its name.

    Raises:
        NotWrittenError: it changed meanwhile, or the folder cannot be written.
    """
    target = Path(os.path.realpath(path))
    try:
        _require(target, before)
        mode = target.stat().st_mode
        if not mode & _ANY_WRITER:
            raise NotWrittenError("is write-protected; nothing is written")
        with _new_file_beside(target, after) as new:
            new.chmod(mode)
            with folder_lock(target.parent, exclusive=True):
                _require(target, before)
                new.replace(target)
    except UnreadableError as error:
        raise NotWrittenError(f"{error}; nothing is written") from None
    except OSError as error:
        raise _not_written(error) from None


def create_file(path: Path, content: bytes) -> None:
    """Make a new file with this content, complete from its first moment.

    Raises:
        NotWrittenError: there is one, or the folder cannot be written.
    """
    try:
        with _new_file_beside(path, content) as new:
            new.chmod(_NEW_FILE & ~_umask())
            _give_free_name(new, path)
    except FileExistsError:
        raise NotWrittenError("is there already; nothing is written") from None
    except OSError as error:
        raise _not_written(error) from None


def _give_free_name(new: Path, path: Path) -> None:
    """Rename `new` to `path`, which must not exist."""
    try:
        os.link(new, path)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        with folder_lock(
            path.parent, exclusive=True
        ):  # a file system without links, such as FAT: its names are free or not
            if os.path.lexists(path):
                raise FileExistsError from None
            new.rename(path)


@contextmanager
def _new_file_beside(target: Path, content: bytes) -> Iterator[Path]:
    """A file with this content in the folder of `target`; removed afterwards if it is still there."""
    import tempfile  # noqa: PLC0415  slow to import, and only needed to write

    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".incidents-", delete=False) as new:
        path = Path(new.name)
        try:
            new.write(content)
            new.flush()
            os.fsync(new.fileno())
            new.close()  # Windows renames no file that is open
            yield path
        finally:
            path.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _not_written(error: OSError) -> NotWrittenError:
    reason = _REASONS.get(error.errno or 0) or f"cannot be written: {error.strerror or error}"
    return NotWrittenError(f"{reason}; nothing is written")


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
    old = re.split(r"(\r\n|\r|\n)", before.decode("utf-8-sig"))
    lines, ends = old[::2], old[1::2]
    usual = max(sorted(set(ends)), key=ends.count)
    *whole, last = text.split("\n")
    if len(set(ends)) == 1:
        yield from (f"{line}{usual}" for line in whole)
    else:
        matcher = SequenceMatcher(None, lines, [*whole, last], autojunk=False)
        found = [usual] * len(whole)
        for first, place, size in matcher.get_matching_blocks():
            for number in range(size):
                if place + number < len(whole) and first + number < len(ends):
                    found[place + number] = ends[first + number]
        yield from (f"{line}{end}" for line, end in zip(whole, found, strict=True))
    yield last
