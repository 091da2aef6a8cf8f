"""Checks and rewrites: functions that editorial rules name where a regular expression is not enough."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_incidents.model import SectionKind

from .passages import prose_of, words_of
from .persons import names_no_person
from .rules import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from .passages import Passage

    Check = Callable[[Passage], Iterator[Finding]]

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


_LONG = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Readability:
    """What was counted in a text."""

    sentences: int
    words: int
    long_words: int

    @property
    def words_a_sentence(self) -> float:
        return self.words / self.sentences

    @property
    def share_of_long_words(self) -> float:
        """In percent."""
        return 100 * self.long_words / self.words

    @property
    def lix(self) -> int:
        """The higher, the harder."""
        return round(self.words_a_sentence + self.share_of_long_words)

    def __str__(self) -> str:
        """The figure and what it is made of."""
        return (
            f"LIX {self.lix}: {self.words_a_sentence:.0f} words a sentence, "
            f"{self.share_of_long_words:.0f} % of them longer than {_LONG} letters"
        )


def readability(sentences: Iterable[str]) -> Readability:
    """Names count as everybody's words do; a sentence without a word does not count."""
    worded = [words for words in map(words_of, sentences) if words]
    flat = [word for words in worded for word in words]
    # A word of several parts is as long as its longest: nobody stumbles over "two-factor".
    long_words = sum(max(len(part) for part in word.replace("'", "").split("-")) > _LONG for word in flat)
    return Readability(sentences=len(worded), words=len(flat), long_words=long_words)


_CAUSE = re.compile(
    r"\b(?:because|caus\w+|due to|owing|as a result|result\w* (?:in|of|from)|led to|lead(?:s|ing)? to|reasons?|why"
    r"|since|trigger\w*|stem\w*|bugs?|faults?|faulty|defect\w*|mis(?:take|config|match)\w*|typos?|expir\w*|ran out|full"
    r"|overload\w*|exhaust\w*|leak\w*|crash\w*|broke\w*|cut|attack\w*|surge|flood|fire|storm|went wrong|wrong\w*"
    r"|incorrect\w*|incompatib\w*|changed?|changes|updated?|updates|upgrad\w*|released?|deploy\w*|migrat\w*|version"
    r"|configur\w+|rules?|settings?|script|certificates?|servers?|databases?|disks?|memory|cables?|switch\w*|power"
    r"|network|code|software|queues?|limits?|quer(?:y|ies)|took (?:\w+ ){0,3}back|undid|reverted|replac\w+|repair\w+"
    r"|renew\w*|third.party|provider|supplier|vendor)\b",
    re.IGNORECASE,
)
"""Whatever may be, or belong to, a cause: where there is not even such a word, none is named."""
_LIMIT = re.compile(
    r"\b(?:(?:do|does|did) ?(?:not|n't) (?:yet )?know|not know|unknown|not (?:yet )?(?:clear|known)|unclear|no cause"
    r"|suspect\w*|not (?:be )?(?:affected|impacted)|unaffected|as (?:usual|always|normal|before)|normally"
    r"|works?|working|you (?:still )?can|only|looking for|(?:find|finding) out|still trying|safe|other\w*"
    r"|all \w+|none|nothing|limited to|no (?:\w+ ){0,2}(?:was|were|is|are|has)"
    r"|(?:investigat\w+|look\w+ into|see\w*|check\w*) (?:why|what|whether|which|how|the cause))\b",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tonight|tomorrow|next week|this week"
    r"|\d{4}-\d\d-\d\d|\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}"
    r"|(?:with)?in (?:the next |about |\d|a |one |two |three |five |ten |twenty|thirty|half|an )\w* ?\w*"
    r"|\d{1,2}[:.h]\d\d|\d{1,2} ?(?:[ap]\.?m|o'clock|h)|noon|midday|midnight|within (?:the|an) (?:hour|day)"
    r"|(?:this|every|each|in the) (?:morning|afternoon|evening|night|hour|half hour|day|\d+ \w+)|hourly|daily"
    r"|(?:half|quarter) (?:past|to) \w+|(?:at|by|until|before) \d{1,2}(?! ?%| (?!on|in|and|or|at)\w)"
    r"|(?:in|by|before|of) (?:january|february|march|april|may|june|july|august|september|october|november|december)"
    r"|at (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))\b",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"\b(?:(?:next|another|further|more) (?:status )?(?:update|word|news|information|message)s?"
    r"|(?:update|news|word)s?(?:,? ?:)? (?:by|at|in|within|on|every|each|tomorrow|today|tonight|to follow|until|(?=\d))"
    r"|(?:we will|we'll|will) (?:\w+ )?(?:post|write|report|update|tell|say|share|provide|be back|keep)\w*"
    r"|(?:we|I) (?:\w+ )?(?:post|write|report|update|tell|say|share|inform|announce|publish)"
    r"|hear (?:from us|more|again)|in touch|look here|(?:see|check) (?:back|here|this page)"
    r"|(?:posted|written|announced|told|updated) here"
    r"|(?:more|here) (?:by|at|on|in|within|tomorrow|today|tonight|when)|back (?:with|here)"
    r"|you (?:will|can) (?:read|know|find|learn|see)"
    r"|(?:report|write|post|publish|tell|say|know) (?:tomorrow|today|tonight|on|by|at|in)"
    r"|tell (?:you|everyone)|report (?:back|here|again)"
    r"|confirm (?:it|this|that|here)|let you know|get back to you"
    r"|(?:write|post|come back|speak|be back) (?:to you|again|here|with)|say (?:more|here|how|what|whether|when|if))\b",
    re.IGNORECASE,
)
_ACCOUNT = (
    r"(?:\broot cause\b|\bpost-?mortem\b|\bRCA\b|\banalysis\b|\breview\b|\bwhat went wrong\b|\breport\b"
    r"|\bretrospective\b|\binvestigation results\b|\bfindings\b)"
)
_REPORT = re.compile(
    r"\b(?:we(?:'ll| will| plan to| intend to| aim to| are going to)|and will|will be) "
    r"(?:also |then |follow up (?:with|by) |be )*"
    r"(?:publish|share|post|provide|release|write|conduct|perform|send|shar|completing|do|follow)\w*\b[^.!?]{0,80}?"
    rf"{_ACCOUNT}"
    rf"|(?<!no ){_ACCOUNT}(?: \w+){{0,6}}? (?:will|is going to|is to) (?:\w+ )?"
    r"(?:be (?:\w+ )?(?:published|shared|posted|provided|released|made available|available|sent)|follow\b)",
    re.IGNORECASE,
)
_SORRY = re.compile(r"\b(?:sorry|apolog\w+|regret|forgive\w*)\b", re.IGNORECASE)
_FEWEST_WORDS = 30
"""Below that a figure means nothing."""
_HARD = 60
_LONGEST_SENTENCE = 40


def says_who_and_how(passage: Passage) -> Iterator[Finding]:
    """The first update of an incident states what users notice, or how many of them."""
    if not any(states_effect(sentence) for _, sentence in passage.sentences):
        yield _beginning(passage)


def says_what_is_known(passage: Passage) -> Iterator[Finding]:
    """The first update before the cause is known states what still works, or what is not known."""
    if not _LIMIT.search(passage.text) and not any(states_context(sentence) for _, sentence in passage.sentences):
        yield _beginning(passage)


def says_when_the_next_word_comes(passage: Passage) -> Iterator[Finding]:
    """An update states when the next one comes, in its text or in `next_update:`."""
    if passage.update is None or passage.update.next_update_at:
        return
    vague = None
    for start, sentence in passage.sentences:
        if found := _NEXT.search(sentence):
            if _DAY.search(sentence):
                return
            vague = vague or Finding(start=start + found.start(), end=start + len(sentence), whole=True)
    yield vague or _end(passage)


def dates_the_report(passage: Passage) -> Iterator[Finding]:
    """A promised report has a day."""
    for start, sentence in passage.sentences:
        found = _REPORT.search(sentence)
        if found and not _DAY.search(sentence):
            yield Finding(start=start + found.start(), end=start + found.end())


def names_the_cause(passage: Passage) -> Iterator[Finding]:
    """A published postmortem states the cause."""
    postmortem = passage.postmortem
    if postmortem is None or postmortem.published_at is None or _CAUSE.search(passage.text):
        return
    if any(states_context(sentence) for _, sentence in passage.sentences):
        return  # what went on may be why
    named = postmortem.section(SectionKind.ROOT_CAUSE)
    if named is None or not words_of(named.markdown):
        yield _beginning(passage)


def sums_up_who_and_how(passage: Passage) -> Iterator[Finding]:
    """A summary states what users noticed, or how many of them; that there was an outage states neither."""
    if passage.postmortem is None or passage.postmortem.published_at is None:
        return
    sentences = list(prose_of(passage.summary).sentences())
    if sentences and not any(states_effect_in_account(sentence) for _, sentence in sentences):
        yield _beginning(passage)


def says_sorry(passage: Passage) -> Iterator[Finding]:
    """An apology contains `sorry`, `apologise` or the like."""
    if not _SORRY.search(passage.text) and words_of(passage.text):
        yield _beginning(passage)


def has_owner_and_day(passage: Passage) -> Iterator[Finding]:
    """An action item has an owner and a day before the postmortem is published; afterwards that is a warning."""
    postmortem = passage.postmortem
    if postmortem is None or postmortem.published_at:
        return
    for item in postmortem.action_items:
        if item.text == passage.markdown and not (item.done or item.dropped or (item.owner and item.due)):
            yield _beginning(passage)
            return


def is_easy_to_read(passage: Passage) -> Iterator[Finding]:
    """A passage has a readability index (LIX) of at most 60."""
    measured = readability(sentence for _, sentence in passage.sentences)
    if measured.words >= _FEWEST_WORDS and measured.lix > _HARD:
        begin = _beginning(passage)
        yield Finding(start=begin.start, end=begin.end, figure=str(measured), whole=True)


def has_short_sentences(passage: Passage) -> Iterator[Finding]:
    """A sentence has at most 40 words."""
    for start, sentence in passage.sentences:
        count = len(words_of(sentence))
        if count > _LONGEST_SENTENCE:
            yield Finding(start=start, end=start + len(sentence), figure=f"{count} words", whole=True)


def _beginning(passage: Passage) -> Finding:
    start, sentence = next(iter(passage.sentences), (0, passage.text))
    return Finding(start=start, end=start + len(sentence), whole=True)


def _end(passage: Passage) -> Finding:
    *_, (start, sentence) = [(0, passage.text), *passage.sentences]
    return Finding(start=start, end=start + len(sentence), whole=True)


CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "says-who-and-how": says_who_and_how,
        "says-what-is-known": says_what_is_known,
        "says-when-the-next-word-comes": says_when_the_next_word_comes,
        "dates-the-report": dates_the_report,
        "says-sorry": says_sorry,
        "names-no-person": names_no_person,
        "names-the-cause": names_the_cause,
        "sums-up-who-and-how": sums_up_who_and_how,
        "has-owner-and-day": has_owner_and_day,
        "is-easy-to-read": is_easy_to_read,
        "has-short-sentences": has_short_sentences,
    }
)
"""By the name that the rules give them."""


if TYPE_CHECKING:
    Rewrite = Callable[[re.Match[str]], str]

# Participle → infinitive, past, present participle, and a plainer verb of the same kind where there is one.
_VERBS = {
    "applied": ("apply", "applied", "applying"),
    "captured": ("note", "noted", "noting"),
    "completed": ("finish", "finished", "finishing"),
    "corrected": ("correct", "corrected", "correcting"),
    "deployed": ("put out", "put out", "putting out"),
    "determined": ("find", "found", "looking for"),
    "diverted": ("divert", "diverted", "diverting"),
    "established": ("find", "found", "looking for"),
    "fixed": ("fix", "fixed", "fixing"),
    "found": ("find", "found", "looking for"),
    "identified": ("find", "found", "looking for"),
    "implemented": ("put in", "put in", "putting in"),
    "investigated": ("look into", "looked into", "looking into"),
    "introduced": ("introduce", "introduced", "introducing"),
    "learned": ("learn", "learned", "learning"),
    "learnt": ("learn", "learnt", "learning"),
    "made": ("make", "made", "making"),
    "monitored": ("watch", "watched", "watching"),
    "observed": ("watch", "watched", "watching"),
    "put in place": ("put in place", "put in place", "putting in place"),
    "re-established": ("restore", "restored", "restoring"),
    "recovered": ("recover", "recovered", "recovering"),
    "redirected": ("redirect", "redirected", "redirecting"),
    "released": ("release", "released", "releasing"),
    "rerouted": ("reroute", "rerouted", "rerouting"),
    "resolved": ("solve", "solved", "solving"),
    "restarted": ("restart", "restarted", "restarting"),
    "restored": ("restore", "restored", "restoring"),
    "reverted": ("undo", "undid", "undoing"),
    "rolled back": ("take back", "took back", "taking back"),
    "rolled out": ("put out", "put out", "putting out"),
    "taken": ("take", "took", "taking"),
    "worked on": ("work on", "worked on", "working on"),
}
_TENSE = re.compile(r"(?:has|have) been|(?:is|are) being|will be|was|were", re.IGNORECASE)
_PAST_PARTICIPLES = {"undid": "undone", "took": "taken", "took back": "taken back"}


def active(found: re.Match[str]) -> str:
    """`Service was restored` → `We restored service`; empty where the pattern has no subject and verb."""
    groups = found.groupdict()
    what, done = groups.get("what"), " ".join((groups.get("done") or "").casefold().split())
    if groups.get("rest"):
        return without(found)
    if groups.get("it"):
        return f"{_we(found, 'it')} {done if done in {'noticed', 'decided'} else 'found'}{groups['that'] or ''}"
    if what and groups.get("being"):
        return f"{what} was"
    if not what or done not in _VERBS:
        return ""
    infinitive, past, progressive = _VERBS[done]
    tense = _TENSE.match(groups["aux"])
    verb = {
        "was": past,
        "were": past,
        "will be": f"will {infinitive}",
        "has been": f"have {_PAST_PARTICIPLES.get(past, past)}",
        "have been": f"have {_PAST_PARTICIPLES.get(past, past)}",
        "is being": f"are {progressive}",
        "are being": f"are {progressive}",
    }.get(" ".join(tense[0].casefold().split()) if tense else "")
    return f"{_we(found, 'what')} {verb} {_lowered(what)}" if verb else ""


def ours(found: re.Match[str]) -> str:
    """`Our engineers are working` → `We are working`."""
    groups = found.groupdict()
    aux = {"is": "are", "was": "were", "has": "have"}.get(groups["aux"].casefold(), groups["aux"])
    return f"{_we(found, 'who')} {aux}{groups['does']}"


def without(found: re.Match[str]) -> str:
    """What stands behind a phrase that can go: `Rest assured that no card was charged` → `No card was charged`."""
    rest = found.groupdict().get("rest")
    if not rest:
        return ""
    return f"{rest[0].upper()}{rest[1:]}" if _begins(found, 0) else rest


def _we(found: re.Match[str], group: str) -> str:
    return "We" if _begins(found, group) else "we"


def _begins(found: re.Match[str], group: str | int) -> bool:
    before = found.string[: found.start(group)].rstrip()
    return not before or before[-1] in ".!?:—–-\n"


def _lowered(words: str) -> str:
    """Its first letter small, unless more than that one is large: a name stays as it is."""
    return words if words[1:2].isupper() else words[0].lower() + words[1:]


REWRITES: Mapping[str, Rewrite] = MappingProxyType({"active": active, "ours": ours, "without": without})
"""By the name that the rules give them."""
