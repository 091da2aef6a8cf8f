"""Sentences addressed to those affected: apologies in plain words, closing words and signatures."""

from __future__ import annotations

import re

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
