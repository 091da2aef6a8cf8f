"""Internal notes: what stands between `<!-- internal -->` and `<!-- /internal -->` never reaches a reader.

The markers hold everywhere, code included, and whatever is unclear about one is an error: a note that leaks
cannot be taken back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_MARKER = re.compile(r"<!--[ \t]*(?P<close>/?)[ \t]*internal[ \t]*-->", re.IGNORECASE)
_ALIKE = re.compile(r"<!--\s*(?:/|end\b|close\b)?\s*(?P<word>[A-Za-z]+)", re.IGNORECASE)
_SAME_WORD = 0.8
_HINT = "write <!-- internal --> before the note and <!-- /internal --> behind it"


@dataclass(frozen=True, slots=True)
class MarkerFault:
    """A marker that does not delimit a note as it should."""

    index: int
    """Of the marker in the text that was given."""
    message: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicText:
    """A text without its internal notes."""

    text: str
    pieces: tuple[tuple[int, int], ...] = ((0, 0),)
    """Where its parts come from: (index here, index in the text that was given), ascending."""
    faults: tuple[MarkerFault, ...] = ()

    def origin(self, index: int) -> int:
        """The index in the text that was given of the character at `index` here."""
        here, there = next(piece for piece in reversed(self.pieces) if piece[0] <= index)
        return there + index - here


def without_internal_notes(text: str) -> PublicText:
    """`text` without its internal notes; a line that held nothing else goes with them.

    Everything behind a marker that is never closed counts as internal.
    """
    if "<!--" not in text:
        return PublicText(text=text)
    faults = [*_faults_of_pairs(text), *_unknown_markers(text)]
    kept: list[str] = []
    pieces: list[tuple[int, int]] = []
    length = start = depth = 0
    for marker in [*_MARKER.finditer(text), None]:
        begin, end = marker.span() if marker else (len(text), len(text))
        if depth == 0:
            pieces.append((length, start))
            kept.append(text[start:begin])
            length += begin - start
        if marker:
            depth = max(0, depth - 1) if marker["close"] else depth + 1
            start = _end_of_note(text, end, kept, at_line_start=_at_line_start(kept)) if depth == 0 else end
    public = "".join(kept)
    if not faults and (again := _MARKER.search(public)):
        faults.append(MarkerFault(0, f"removing the notes leaves another marker: {again[0]}", _HINT))
    return PublicText(text=public, pieces=tuple(pieces), faults=tuple(sorted(faults, key=lambda fault: fault.index)))


def _at_line_start(kept: list[str]) -> bool:
    before = "".join(kept)
    return not before.rpartition("\n")[2].strip()


def _end_of_note(text: str, end: int, kept: list[str], *, at_line_start: bool) -> int:
    """Where the public text goes on: a note alone on its lines takes the last line end with it."""
    if at_line_start and (line_end := re.compile(r"[ \t]*\n").match(text, end)):
        # What indented the marker would now indent the next line.
        kept[-1] = kept[-1].rstrip(" \t") if kept else ""
        return line_end.end()
    return end + 1 if text[end : end + 1] == " " and (not kept or kept[-1][-1:] in {" ", "\n", ""}) else end


def _faults_of_pairs(text: str) -> list[MarkerFault]:
    faults = []
    opened: list[int] = []
    for marker in _MARKER.finditer(text):
        if not marker["close"]:
            opened.append(marker.start())
        elif opened:
            opened.pop()
        else:
            faults.append(MarkerFault(marker.start(), "this ends an internal note that was never begun", _HINT))
    if opened:
        message = "this internal note never ends; everything behind it is kept from readers"
        faults.append(MarkerFault(opened[0], message, "write <!-- /internal --> behind the note"))
    return faults


def _unknown_markers(text: str) -> list[MarkerFault]:
    faults = []
    for comment in _ALIKE.finditer(text):
        if _MARKER.match(text, comment.start()) or not _means_internal(comment["word"]):
            continue
        shown = " ".join(text[comment.start() : comment.start() + 40].split("-->", 1)[0].split())
        faults.append(
            MarkerFault(comment.start(), f"'{shown}' looks like the marker of an internal note but is none", _HINT)
        )
    return faults


def _means_internal(word: str) -> bool:
    word = word.casefold()
    return word in {"intern", "private", "confidential"} or (
        abs(len(word) - 8) <= 2 and SequenceMatcher(None, word, "internal").ratio() >= _SAME_WORD  # noqa: PLR2004
    )
