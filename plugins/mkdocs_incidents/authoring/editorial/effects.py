"""Whether a text states an effect on users.

No list has every verb of every trade: mail bounces, trams skip stops, tills print blank slips. What can be listed is
how a sentence says nothing: `says_nothing.toml`. Whatever is not one of these is taken for news; and so is whatever
denies that something happens.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from .prose import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_EFFECT = re.compile(
    r"\b(?:fail\w*|cannot|can't|can not|could not|couldn't|unable|slow\w*|late|later|delay\w*|missing|errors?|refus\w*"
    r"|reject\w*|declin\w+|down|unavailable|unreachable|offline|tim(?:e|es|ed|ing) ?out|timeouts?|wrong\w*|lost|losing"
    r"|stuck|wait\w*|hang\w*|blank|duplicate\w*|twice|stop\w*|broken|breaks?|crash\w*|interrupt\w*"
    r"|block\w*|disconnect\w*|drop\w*|empty|stale|incorrect\w*|too long|longer|seconds|minutes"
    r"|not (?:be |been |being )?\w+(?:ed|ing)"
    r"|(?:does|do|did|is|are|was|were|has|have|will|would)(?:n't| not) (?!know|yet|clear|affected|be|sure|have)\w+"
    r"|password|phishing|money|double|exposed|leak\w*|halt\w*|outage)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:nothing|none|neither)\b(?! (?:unusual|new|yet|known|to (?:report|add|say)|so far|further|more|else))"
    r"|\b(?:nobody|no one|not one|not a|nowhere|hardly|barely|won't|unless|without)\b"
    r"|\bno (?!(?:\w+ )?(?:causes?|reasons?|information|details?|news|estimates?|etas?|updates?|reports?|evidence"
    r"|signs?|indications?|ideas?|explanations?|answers?|further|more|new|other|need|action|change|doubt|longer|end)\b)\w+",
    re.IGNORECASE,
)
"""That something does not happen; that nothing is known does not count."""
_NO_EFFECT = re.compile(
    r"outages?|interrupt\w*|errors?|minutes|seconds|down|stop(?:ped|ping)?|longer|time ?out\w*", re.IGNORECASE
)
"""Parts of a clause that do not yet state an effect on users."""
_USERS_AFFECTED = re.compile(
    r"\b(?:unresponsive|inaccessible|no longer|could no \w+|degraded|stale|frozen?|lagg\w*|den(?:y|ied)|compromis\w*"
    r"|stolen|vulnerab\w*|attack\w*|instead of"
    r"|no (?:\w+ ){1,3}(?:could|can|worked|works|was|were|arrived|went|got|came)"
    r"|(?:users?|customers?|people|visitors|you|everyone|clients?|readers|shops) (?:\w+ ){0,3}"
    r"(?:saw|got|received|had to|found|met)"
    r"|\d+ (?:\w+ ){0,3}(?:users|customers|people|accounts|requests|payments|orders|transfers|messages|shops))\b",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"\b(?:every(?:one|body|thing)|all|half|most|nearly"
    r"|(?:one|two|three|\d+) (?:in|of|out of) (?:\w+ ){0,2}\w+)\b|\d ?%",
    re.IGNORECASE,
)

_CLAUSE_END = re.compile(
    r"[;—–()]|:(?!\d)|,? (?:but|because|although|which|while|where|so that) |, (?:and|so) "
    r"|, (?=investigating|looking|working)| (?<!aware )that ",
    re.IGNORECASE,
)


def states_effect(sentence: str) -> bool:
    """Whether a sentence states what users notice, or how many of them."""
    return bool(_SHARE.search(sentence)) or any(
        _hurts(clause) or not _is_empty(clause) for clause in _clauses(sentence)
    )


def states_effect_in_account(sentence: str) -> bool:
    """Whether a sentence of a postmortem states what users noticed, or how many of them."""
    if _DENIED.search(sentence) or _SHARE.search(sentence) or _USERS_AFFECTED.search(sentence):
        return True
    if any(not _NO_EFFECT.fullmatch(found[0]) for found in _EFFECT.finditer(sentence)):
        return True
    return not all(map(_is_empty, _clauses(sentence)))


def states_context(sentence: str) -> bool:
    """Whether a clause states something other than harm: what still works, or what had happened before."""
    return any(not _hurts(clause) and not _is_empty(clause) for clause in _clauses(sentence))


def _clauses(sentence: str) -> Iterator[str]:
    for clause in _CLAUSE_END.split(sentence):
        if words_of(clause):
            yield " ".join(clause.split()).strip(" ,.…!")


def _hurts(clause: str) -> bool:
    return bool(_EFFECT.search(clause) or _DENIED.search(clause))


def _is_empty(clause: str) -> bool:
    return any(pattern.fullmatch(clause) for pattern in _says_nothing())


@cache
def _says_nothing() -> tuple[re.Pattern[str], ...]:
    table = tomllib.loads(files(__package__ or "").joinpath("says_nothing.toml").read_text(encoding="utf-8"))
    words: dict[str, str] = {}
    for name, pattern in table["words"].items():
        words[name] = _filled(pattern, words)
    clauses = (pattern for patterns in table["clauses"].values() for pattern in patterns)
    return tuple(re.compile(f"{words['lead']}(?:{_filled(clause, words)})", re.IGNORECASE) for clause in clauses)


def _filled(pattern: str, words: Mapping[str, str]) -> str:
    """A pattern with the words in it that it names: `<us>`."""
    return re.sub(r"<(\w+)>", lambda found: words[found[1]], pattern)
