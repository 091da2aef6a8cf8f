"""The apology in a document, if there is one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...model import SectionKind

if TYPE_CHECKING:
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
    r"\b(?:should|must|need to|don['’]t|do not|no|without|write an?|include an?|an? template"
    r"|how to) (?:\w+ ){0,2}$",
    re.IGNORECASE,
)
_SAID_BY_A_MACHINE = re.compile(r"[\"“'][^\"”]{0,80}$")


def apology(parts: Parts) -> Line | None:
    """The line of the first apology to those affected; not one that a program shows, or that is only talked about."""
    for part in parts.all:
        for line in part.lines:
            if line.code or line.blank:
                continue
            for found in _SORRY.finditer(line.text):
                before = line.text[max(0, found.start() - 90) : found.start()]
                if not _ABOUT_APOLOGIES.search(before) and not _SAID_BY_A_MACHINE.search(before.replace("'s ", " ")):
                    return line
        if SectionKind.APOLOGY in part.kinds and any(line.text for line in part.lines):
            return next(line for line in part.lines if line.text)
    return None
