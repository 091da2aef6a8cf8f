"""Permanent ids and anchors: valid in every file system and every address."""

from __future__ import annotations

import re
import unicodedata

from .spelling import quoted
from .wrong import WrongValueError

LONGEST_ID = 120
_LONGEST_BYTES = 200  # file systems allow 255 bytes for a name; pages and their Markdown copies add an ending
_ID = re.compile(r"[^\W_](?:[\w.-]*[\w-])?")
_ANCHOR = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
# `index` is the page of the folder; the others are devices on Windows, whatever their ending.
_RESERVED = {"index", "con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
# /incidents/<id>.json and the like stand beside the folder /incidents/<id>/: an id may not look like one of them.
_ENDINGS = (".html", ".json", ".md", ".txt", ".xml", ".atom", ".rss", ".ics", ".svg", ".csv")


def read_id(text: str) -> str:
    """`text` as an id, in the Unicode normal form NFC.

    Raises:
        WrongValueError: `text` cannot be part of an address or a file name; the hint has the nearest valid id.
    """
    text = unicodedata.normalize("NFC", text)  # some disks take names apart: é becomes e and an accent
    if reason := _why_not(text):
        meant = suggested_id(text)
        raise WrongValueError(
            "bad-id",
            f"the id {quoted(text)} {reason}",
            f"write {meant}" if meant else "write an id of letters, digits and hyphens",
        )
    return text


def _why_not(text: str) -> str | None:  # noqa: PLR0911  one reason a line
    folded = text.casefold()
    if not text:
        return "is empty"
    if len(text) > LONGEST_ID or len(text.encode()) > _LONGEST_BYTES:
        return f"is too long: {len(text)} characters, {LONGEST_ID} are possible"
    if ".." in text or "/" in text or "\\" in text:
        return "would leave its folder"
    if not _ID.fullmatch(_without_marks(text)):
        if text[0] in ".-_":
            return f"begins with {text[0]}"
        if text[-1] == ".":
            return "ends with a full stop"
        bad = next((char for char in text if not re.match(r"[\w.-]", char)), text[0])
        return f"holds {'a space' if bad == ' ' else quoted(bad)}"
    if folded.split(".", 1)[0] in _RESERVED:
        return "is a name with a meaning of its own"
    if folded.endswith(_ENDINGS):
        return f"ends like a file, in {folded[folded.rindex('.') :]}"
    return None


def _without_marks(text: str) -> str:
    """`text` without the vowel signs and accents that some scripts write beside their letters."""
    return text if text.isascii() else "".join(char for char in text if unicodedata.category(char)[0] != "M")


def suggested_id(text: str) -> str | None:
    """The nearest id to `text`, or None where nothing of it can be one."""
    meant = re.sub(r"[^\w.-]+", "-", unicodedata.normalize("NFC", text))
    for ending in _ENDINGS:
        meant = meant.removesuffix(ending)
    meant = re.sub(r"-?\.{2,}-?|-{2,}", "-", meant).strip("-._")
    while len(meant) > LONGEST_ID or len(meant.encode()) > _LONGEST_BYTES:
        meant = meant[:-1]
    meant = meant.rstrip("-._")
    return meant if meant and _why_not(meant) is None else None


def check_anchor(text: str) -> None:
    """Check that `text` can be the target of a link.

    Raises:
        WrongValueError: it cannot.
    """
    if not _ANCHOR.fullmatch(text) or len(text) > LONGEST_ID:
        meant = re.sub(r"[^A-Za-z0-9_-]+", "-", text).strip("-")
        hint = f"write {meant}" if _ANCHOR.fullmatch(meant) else "write a word such as update-1"
        raise WrongValueError("bad-anchor", f"the id {quoted(text)} cannot be the target of a link", hint)
