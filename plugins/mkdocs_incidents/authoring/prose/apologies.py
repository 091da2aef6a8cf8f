"""The apology in a document, if there is one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...model import SectionKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .document import Line
    from .parts import Parts

_SORRY = re.compile(
    r"\b(?:apolog(?:y|ies|i[sz]e[ds]?|i[sz]ing)\b|(?:we|i)(?:['’]re| are| am|['’]m)?\s+(?:(?:truly|deeply|so|very"
    r"|really|sincerely|extremely|terribly)\s+){0,2}sorry\b"
    r"|sorry (?:for|to|about|that)\b|(?:we|i)\s+(?:(?:sincerely|deeply|truly)\s+)?regret\b|regrets? (?:any|the)\b"
    r"|(?:beg|ask) your (?:pardon|forgiveness)\b|our sincere regrets?\b)",
    re.IGNORECASE,
)
_ABOUT_APOLOGIES = re.compile(
    r"\b(?:should|must|need to|need not|never|cannot|did not|didn['’]t|don['’]t|do not|no|without"
    r"|write an?|include an?|an? template|how to) (?:\w+ ){0,2}$",
    re.IGNORECASE,
)
_SAID_BY_A_MACHINE = re.compile(r"[\"“'][^\"”]{0,80}$")


def apologies(parts: Parts) -> Iterator[Line]:
    """The lines that apologise to those affected; none that a program shows, or that only talk about apologies."""
    for part in parts.all:
        for line in part.lines:
            if not (line.code or line.blank) and sorry_in(line.text) is not None:
                yield line


def sorry_in(text: str) -> int | None:
    """Where in a line an apology stands; None where none does."""
    for found in _SORRY.finditer(text):
        before = text[max(0, found.start() - 90) : found.start()]
        if not _ABOUT_APOLOGIES.search(before) and not _SAID_BY_A_MACHINE.search(before.replace("'s ", " ")):
            return found.start()
    return None


def apology(parts: Parts) -> Line | None:
    """The line of the first apology to those affected."""
    first = next(apologies(parts), None)
    announced = [
        part for part in parts.all if SectionKind.APOLOGY in part.kinds and any(line.text for line in part.lines)
    ]
    if announced and (first is None or announced[0].line < first.number):
        return next(line for line in announced[0].lines if line.text)
    return first
