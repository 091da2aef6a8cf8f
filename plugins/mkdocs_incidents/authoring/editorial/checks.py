"""Checks that no regular expression can express: information that is missing, and how hard a text is to read."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from ...model import SectionKind
from .effects import states_context, states_effect, states_effect_in_account
from .finding import Finding
from .persons import names_no_person
from .prose import prose_of, words_of
from .readability import readability

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from .passages import Passage

    Check = Callable[[Passage], Iterator[Finding]]

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
