"""Apologies: sentences that apologise to those affected, closing words, signatures, and where a document has them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_incidents.model import SectionKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .document import DocumentLine
    from .document_parts import DocumentParts

_ADVERBS = (
    r"(?:truly|deeply|so|very|really|sincerely|extremely|terribly|also|again|once more|once again|all|both|therefore"
    r"|fully|humbly|want|would|like|wish|to)"
)
_PLAIN = re.compile(
    rf"\b(?:we|i)(?: are| am|['’]re|['’]m|['’]d)?(?: {_ADVERBS}){{0,5}} "
    r"(?:sorry\b(?! to (?:say|hear|see|report|tell|inform|announce|lose)\b)|apologi[sz]e\b"
    r"|regret (?:any|the|this|all)\b.{0,40}\b(?:inconvenience|trouble|disruption|impact|outage|problems?|harm"
    r"|delays?))"
    r"|\b(?:we|i)\b[^.!?:;\"“]{0,60}\b(?:and|to|again) (?:again |also |sincerely |deeply )?apologi[sz]e\b"
    r"|\b(?:our|my|please accept our|please accept my) (?:\w+ ){0,3}apolog(?:y|ies)\b"
    r"|^[*_]*(?:\w+ ){0,2}apologies (?:for|to)\b"
    r"|^[*_]*(?:so |very |truly )?sorry (?:for|about)\b",
    re.IGNORECASE,
)
_NOT_FOR_IT = re.compile(
    r"\b(?:sorry|apologi[sz]e|apologies)\b.{0,30}?\b(?:long (?:read|text|post|report)|length of"
    r"|late (?:report|reply|post)|lateness of|brevity|typos?|wording|noise|spam|jargon|this (?:report|document"
    r"|text|post)|formatting|my english)\b",
    re.IGNORECASE,
)
_TO_OTHERS = re.compile(
    r"\b(?:sorry|apologi[sz]e|apologies)\b.{0,30}?\bto (?:the|our|each|his|her|their) ?(?:\w+ )?"
    r"(?:vendor|provider|supplier|team|engineers?|colleagues?|on-?call|bank|partner|press)\b",
    re.IGNORECASE,
)
_DOUBTED = re.compile(
    r"[\"“”`:]|\b(?:if|whether|when|unless|should|must|never|not|without|why|how|nobody|no one|refuse\w*|asked"
    r"|told|said"
    r"|says|wrote|writes|read|reads|show\w*|posted|posts|tweeted|replied|yesterday|later)\b",
    re.IGNORECASE,
)
"""In front of an apology: it is asked for, reported or denied."""
_CLOSING = re.compile(
    r"[*_>]*(?:and |but |so )?(?:again,? |once (?:again|more),? |finally,? |in closing,? |as always,? )?(?:"
    # thanks and understanding
    r"(?:many )?thanks?\b|thank you\b|(?:we|i) (?:\w+ )?(?:thank|appreciate)\b|(?:we|i) are (?:\w+ )?grateful"
    r"|(?:we|i) (?:fully |deeply |truly )?(?:know|understand|recogni[sz]e|reali[sz]e)\b.*\b(?:you|your|users?"
    r"|trust)\b"
    r"|(?:we|i) (?:value|treasure|care about|take) .*\b(?:you|your|this|trust|seriously|reliability)\b"
    # promises in general
    r"|(?:we|i)(?: will|['’]ll| shall| can| must)? (?:always |also |now |continue to |keep |do |work |strive "
    r"|try )*(?:better|working|work|improv\w+|learn\w*|do (?:better|all|everything|our best)|prevent\w*|never"
    r"|make sure|ensure|keep you|earn|regain|rebuild|strive|promise)\b(?!.*\b(?:tools?|servers?|releases?"
    r"|versions?|flags?"
    r"|databases?|configs?|deploy\w*)\b)"
    r"|.{0,60}\b(?:is|are|am|remain) (?:\w+ )?committed to\b"
    r"|(?:it|this|that|something like this) (?:should|must|will|shall) (?:never|not) (?:have )?happen(?:ed)?\b"
    r"|(?:it|this|that) was (?:ours|our (?:fault|mistake|failure|responsibility))\b|the fault (?:is|was) ours"
    r"|you (?:deserve|expect|rely|trust|depend|should expect|can expect)\b"
    r"|(?:we|i) (?:enjoin|invite|encourage|ask|urge) (?:you|everyone|all|our)\b"
    # where to turn to, and asides
    r"|(?:please|if you|should you|for (?:any )?(?:questions|help)|feel free|do not hesitate|don['’]t hesitate)\b"
    r"|(?:yes|of course|p\. ?s\.?),? "
    # an apology once more
    r"|(?:we|i)(?: are| am)? (?:\w+ ){0,3}(?:sorry|apologi[sz]e)\b(?! to (?:hear|see|say))|sorry\b"
    r"|(?:our |my )?(?:\w+ )?apologies\b)",
    re.IGNORECASE,
)
REGARDS = re.compile(
    r"[*_]*(?:yours\s+)?(?:sincerely|faithfully|truly|(?:best|kind|warm)?\s*regards|respectfully|signed)\b[\s,.:*_]*",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"[*_\s]*(?:[—–]|--)\s*\S.{0,80}$")
_FIRST_PERSON = re.compile(r"\b(?:we|i|you|our|your|my)\b", re.IGNORECASE)


def apologises_plainly(sentence: str) -> bool:
    """Whether a sentence is nothing but an apology by its authors to those affected."""
    plain = " ".join(sentence.split())
    found = _PLAIN.search(plain)
    if found is None or _NOT_FOR_IT.search(plain) or _TO_OTHERS.search(plain):
        return False
    return "?" not in plain and not _DOUBTED.search(plain[: found.start()])


def is_closing(sentence: str) -> bool:
    """Whether a sentence can only stand at the end of a letter: thanks, a promise to do better, where to turn to."""
    return not any(map(str.isalnum, sentence)) or _CLOSING.match(" ".join(sentence.split())) is not None


def is_signature(line: str, *, below_regards: bool) -> bool:
    """Whether a line is who signs: behind a dash, or short below `Kind regards,`."""
    if _SIGNATURE.match(line):
        return _FIRST_PERSON.search(line) is None
    return below_regards and len(line) <= 120 and _FIRST_PERSON.search(line) is None  # noqa: PLR2004


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


def apology_lines(parts: DocumentParts) -> Iterator[DocumentLine]:
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
    first = next(apology_lines(parts), None)
    announced = [
        part for part in parts.all if SectionKind.APOLOGY in part.kinds and any(line.text for line in part.lines)
    ]
    if announced and (first is None or announced[0].line < first.number):
        return next(line for line in announced[0].lines if line.text)
    return first
