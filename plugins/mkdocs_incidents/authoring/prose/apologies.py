"""The apology in a document, if there is one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...model import SectionKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .document import DocumentLine
    from .parts import DocumentParts

_SORRY = re.compile(
    r"\b(?:apolog(?:y|ies|i[sz]e[ds]?|i[sz]ing)\b|(?:we|i)(?:['’]re| are| am|['’]m)?\s+(?:(?:truly|deeply|so|very"
    r"|really|sincerely|extremely|terribly)\s+){0,2}sorry\b"
    r"|sorry (?:for|to|about|that)\b|(?:we|i)\s+(?:(?:sincerely|deeply|truly)\s+)?regret\b|regrets? (?:any|the)\b"
    r"|(?:beg|ask) your (?:pardon|forgiveness)\b|our sincere regrets?\b)",
    re.IGNORECASE,
)
_ABOUT_APOLOGIES = re.compile(
    r"\b(?:should|must|need to|need not|never|not|cannot|did not|didn['’]t|don['’]t|do not|no|without"
    r"|write an?|include an?|an? template|how to) (?:\w+ ){0,2}$",
    re.IGNORECASE,
)
_MESSAGE_OF_A_MACHINE = re.compile(r"[\"“'][^\"”]{0,80}$")


_REPORTED = re.compile(
    r"(?<!to )(?<!as )(?<!as we )(?<!as i )\b(?:says?|said|reads?|shows?|showed|displays?|displayed|posts?"
    r"|posted|tweets?"
    r"|tweeted|wrote|writes|repl(?:y|ies|ied)|answers?|answered|tells?|told|states?|stated|prints?|printed|returns?"
    r"|returned|claims?|claimed)\b(?: [\w'’-]+){0,5}(?::|,| that\b)[^.!?]*$"
    r"|\b(?:pages?|message|banner|log|error|reply|answer|screen|text|template|bot|program|script|support|vendor"
    r"|provider"
    r"|customers?|users?|tweet|e-?mails?|status)\b[^.!?:]{0,40}:[^.!?]*$",
    re.IGNORECASE,
)
"""What a page, a program or somebody else says, up to the words of apology."""
_OF_OTHERS = re.compile(
    r"\b(?:they|he|she|it|vendors?|providers?|suppliers?|hosts?|engineers?|support|customers?|users?|partners?"
    r"|banks?)"
    r"(?: (?!we\b|i\b|and\b|our\b)[\w'’-]+){0,3} $",
    re.IGNORECASE,
)
_END_OF_SENTENCE = re.compile(r"[.!?][\"”’)*_]*\s")
_LOOKED_BACK, _QUOTED = 200, 90


def apologies(parts: DocumentParts) -> Iterator[DocumentLine]:
    """The lines that apologise to those affected; none that a program shows, or that only talk about apologies."""
    for part in parts.all:
        above = ""
        for line in part.lines:
            if not (line.code or line.blank or line.quoted) and sorry_in(line.text, above) is not None:
                yield line
            if not line.blank:
                above = line.text
            elif not above.endswith(":"):
                above = ""


def sorry_in(text: str, above: str = "") -> int | None:
    """Where in a line an apology stands; None where none does. `above` is the line that it goes on from."""
    for found in _SORRY.finditer(text):
        before = text[max(0, found.start() - _LOOKED_BACK) : found.start()]
        if found.start() <= _LOOKED_BACK:
            before = f"{above[-_LOOKED_BACK:]} {before}"
        sentence = _END_OF_SENTENCE.split(before)[-1]
        machine = _MESSAGE_OF_A_MACHINE.search(before[-_QUOTED:].replace("'s ", " "))
        if machine or any(each.search(sentence) for each in (_ABOUT_APOLOGIES, _REPORTED, _OF_OTHERS)):
            continue
        return found.start()
    return None


def apology(parts: DocumentParts) -> DocumentLine | None:
    """The line of the first apology to those affected."""
    first = next(apologies(parts), None)
    announced = [
        part for part in parts.all if SectionKind.APOLOGY in part.kinds and any(line.text for line in part.lines)
    ]
    if announced and (first is None or announced[0].line < first.number):
        return next(line for line in announced[0].lines if line.text)
    return first
