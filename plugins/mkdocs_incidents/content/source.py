"""Bytes → text with places: what an editor shows, and where in it something stands."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from .problems import Problem, Severity

# Tab, line feed and carriage return are text; every other control character breaks XML feeds and YAML alike.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_C0 = bytes(byte for byte in range(32) if byte not in b"\t\n\r") + b"\x7f"
# Overrides of the writing direction reverse whatever follows them, on the page as in feeds, and no language needs them;
# other marks of direction stay, because Arabic and Hebrew need them.
OVERRIDES = "\u202d\u202e"
"""Characters that override the direction of writing; reading drops them."""
_OVERRIDES = re.compile(f"[{OVERRIDES}]")
_CONFLICT = re.compile(r"^<{7} ", re.MULTILINE)
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A character in a file; both numbers count from 1, the column in characters."""

    line: int
    column: int


START = Place(1, 1)
CATALOG_NAME = "components.yml"
"""The name of the catalogue in the folder of incident files."""
MOST_LISTED = 100
"""Problems of one file that are listed one by one; the others are only counted."""


@dataclass(frozen=True, kw_only=True)
class Source:
    r"""The text of one file, with `\n` for every line end and no byte-order mark."""

    path: str
    """As the user would type it."""
    text: str = ""

    @cached_property
    def _line_starts(self) -> list[int]:
        lengths = (len(line) + 1 for line in self.text.split("\n"))
        return [0, *accumulate(lengths)][:-1]

    def place(self, index: int) -> Place:
        """Where the character at `index` of the text stands."""
        line = bisect_right(self._line_starts, index)
        return Place(line, index - self._line_starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its end; empty past the last one."""
        if not 0 < number <= len(self._line_starts):
            return ""
        start = self._line_starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start:] if end < 0 else self.text[start:end]


def problem_at(  # noqa: PLR0913, PLR0917  that is what a problem consists of
    path: str, severity: Severity, place: Place, code: str, message: str, hint: str = ""
) -> Problem:
    """A problem at a place of the file `path`."""
    return Problem(
        path=path, line=place.line, column=place.column, severity=severity, code=code, message=message, hint=hint
    )


@dataclass(slots=True)
class Report:
    """The problems found so far in one file."""

    path: str
    problems: list[Problem] = field(default_factory=list)
    unlisted: int = 0
    """How many more problems were found and not kept."""

    def error(self, place: Place, code: str, message: str, hint: str = "") -> None:
        """Something that stops the build."""
        self.problems.append(problem_at(self.path, Severity.ERROR, place, code, message, hint))

    def warning(self, place: Place, code: str, message: str, hint: str = "") -> None:
        """Something that stops only a strict build."""
        self.problems.append(problem_at(self.path, Severity.WARNING, place, code, message, hint))

    def advice(self, place: Place, code: str, message: str, hint: str = "") -> None:
        """A suggestion for the text, for those who ask for it."""
        self.problems.append(problem_at(self.path, Severity.ADVICE, place, code, message, hint))

    def for_reader(self) -> list[Problem]:
        """The problems by place: at most `MOST_LISTED`, and one more that counts those left out."""
        ordered = sorted(self.problems, key=lambda problem: problem.sort_key)
        shown, left_out = ordered[:MOST_LISTED], ordered[MOST_LISTED:]
        if left_out:
            count = len(left_out) + self.unlisted
            place = Place(left_out[0].line, left_out[0].column)
            severity = max((problem.severity for problem in left_out), key=lambda severity: severity.rank)
            message = f"from here on there are {count:,} more problems in this file"
            shown.append(problem_at(self.path, severity, place, "more-problems", message, "correct those above first"))
        return shown

    @property
    def failed(self) -> bool:
        """Whether any of them is an error."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def decode(raw: bytes, report: Report) -> Source | None:
    """The text of a file, or None after reporting why it cannot be read.

    A byte-order mark and overrides of the writing direction are dropped and CRLF becomes LF, all in silence: none of
    them is the author's doing.
    """
    if raw.startswith(_UTF16_MARKS):
        report.error(START, "not-utf-8", "the file is saved as UTF-16", "save it again with the encoding UTF-8")
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _report_bad_byte(raw, error, report)
        return None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = without_overrides(text)
    source = Source(path=report.path, text=text)
    if not text.isascii() or len(raw.translate(None, _C0)) != len(raw):  # quick where there is nothing to find
        _report_control_characters(source, report)
    if "<<<<<<< " in text and (conflict := _CONFLICT.search(text)):
        report.error(
            source.place(conflict.start()),
            "merge-conflict",
            "an unfinished merge was left in the file",
            "make one of the two versions, with all updates of both; delete the lines <<<<<<<, ======= and >>>>>>>",
        )
    return None if report.failed else source


def _report_bad_byte(raw: bytes, error: UnicodeDecodeError, report: Report) -> None:
    # Counted in the decoder's own bytes: "utf-8-sig" drops the mark before it counts.
    raw = error.object
    line_start = raw.rfind(b"\n", 0, error.start) + 1
    column = len(raw[line_start : error.start].decode("utf-8", "replace")) + 1
    place = Place(raw.count(b"\n", 0, error.start) + 1, column)
    byte = raw[error.start : error.start + 1]
    likely = byte.decode("cp1252", "replace")
    meant = f"; it looks like {likely!r} saved as Windows-1252" if likely.isprintable() and likely != "\ufffd" else ""
    report.error(
        place,
        "not-utf-8",
        f"the byte 0x{byte.hex().upper()} is not UTF-8{meant}",
        "save the file again with the encoding UTF-8",
    )


def _report_control_characters(source: Source, report: Report) -> None:
    found = _CONTROL.search(source.text)
    if found is None:
        return
    count = len(_CONTROL.findall(source.text))
    name = {"\0": "NUL", "\x1b": "escape", "\x08": "backspace", "\x0c": "form feed"}.get(found[0], "control")
    more = f" (and {count - 1} more)" if count > 1 else ""
    report.error(
        source.place(found.start()),
        "control-character",
        f"an invisible {name} character (U+{ord(found[0]):04X}) is in the text{more}",
        "delete it; if you do not see it, type the line anew",
    )


def without_overrides(text: str) -> str:
    """`text` in the direction of its own letters."""
    return text if text.isascii() else _OVERRIDES.sub("", text)


def composed(text: str) -> str:
    """`text` as a file system or a reader compares it: without case, in the Unicode normal form NFC."""
    return unicodedata.normalize("NFC", text).casefold()
