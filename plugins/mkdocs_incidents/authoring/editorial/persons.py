"""Persons who are named as the cause of something.

Grammar decides, together with a list of given names: a name that is nothing else is a person's whatever it does; one
that is also a place or a product only where it does what machines and companies hardly do; any other words with
capitals only where nothing but a human being could do that.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from .finding import Finding
from .names import NameSureness, PersonName, names_in_sentence, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .passages import Passage

_APART = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        *(rf",? (?:from|in|on|of|at|with)(?: the| our)?(?: [\w-]+){{{count}}},?(?= )" for count in (1, 2, 3)),
        r", (?:the|our|a|an|one of our) [^,.;!?]{1,60},(?= )",
        r" \([^()]{1,40}\)(?= )",
        r",? who(?= )|\)(?= )",
        r"(?:,? (?:and|or) (?-i:[A-Z@])[\w-]+){1,3}(?= )",
    )
)
"""What may stand between a name and what was done."""
_ADVERBS = (
    r"(?:(?:also|then|again|now|never|not|later|first|finally|immediately|quickly|only|just|still|had|has|have|\w+ly) )"
    r"{0,3}"
)
_FROM_TEAM = re.compile(r",? (?:from|of|in|on) (?:the|our) (?:[\w-]+ ){0,3}team\b", re.IGNORECASE)
_THEIRS = re.compile(
    r"'s? (?:(?:own|last|first|bad|wrong|faulty|broken|late|careless|new|local) )?(?P<what>[A-Za-z]+)\b"
)
_MODAL = re.compile(
    r" (?P<modal>must|should|needs? to|has to|had to|will|shall|could have|would have|did not|didn't|does not|doesn't"
    r"|was|is|were|had not|hadn't)\b"
    r"(?: (?!(?:this|that|it|there|the|any\w*|you|we|he|she|they)\b)(?P<next>\w+))"
)
_STATES = frozenset(
    (
        "alerted",
        "asleep",
        "away",
        "called",
        "careless",
        "not",
        "on",
        "paged",
        "responsible",
        "too",
        "unaware",
        "working",
    )
)
"""Attributes of a person that put blame on them."""
_PLANS = frozenset(("promise", "action_items", "lessons", "timeline", "root_cause", "resolution", "detection"))
"""Where the future of somebody is a task; in words to customers it may be an offer: Ana will call you back."""
_TO_US = re.compile(r"^ (?:us|me|to us|for us)\b")
_BY = re.compile(r"(?<=\S )(?P<done>[A-Za-z]+),? (?:\w+ly )?by $")
"""Not at the beginning: `Approved by` and a name is a signature."""
_BLAMED = re.compile(
    r"\b(?:blame|due to|down to|because of|fault of|fault lies with|(?P<thanks>thanks to)) $", re.IGNORECASE
)
_WHO = re.compile(r",? who (?=\w)")
_HELPED = re.compile(r"(?:report|told|tell|help|spott|found|notic|wrote|call|warn|alert|let|point|rais|sent|work)")
"""What people are thanked for."""
_PAST = re.compile(r"(?P<verb>(?: \w+ly)? [a-z]+(?:ed|got|ran|oke|ade|ook|ent|ut|read))\b[^.,;:!?]*")
_LONGEST_BETTER = 70
_LONGEST_SENTENCE = 500
"""Characters of one in which names are looked for."""


def names_no_person(passage: Passage) -> Iterator[Finding]:
    """Actions are described without naming who performed them. A name in a signature is not a finding."""
    for start, whole in passage.sentences:
        sentence = whole[:_LONGEST_SENTENCE]
        for name in names_in_sentence(sentence, passage.site_names):
            if end := _end_of_blame(sentence, name, passage.where):
                better = _with_we(sentence, name, end)
                yield Finding(start=start + name.start, end=start + end, better=better)


def _end_of_blame(sentence: str, name: PersonName, where: str) -> int:
    """The end of the words that blame a person; 0 where there are none."""
    before, after = sentence[: name.start], sentence[name.end :]
    if name.sureness is NameSureness.SURE and (_did_it(before) or re.match(r" (?:is|was) to blame\b", after)):
        return name.end
    if name.sureness is NameSureness.SURE and before.casefold().endswith("thanks to "):
        who = _WHO.match(after)
        return name.end + who.end() if who and not _HELPED.match(after[who.end() :]) else 0
    if name.sureness is not NameSureness.UNKNOWN:
        if theirs := _theirs(after, name.sureness):
            return name.end + theirs
        if team := _FROM_TEAM.match(after):
            return name.end + team.end()
    for gap in _gaps(after):
        if end := _acts(after[gap:], name.sureness, where):
            return name.end + gap + end
    return 0


def _did_it(before: str) -> bool:
    """Whether the words attribute something to the person named right behind them."""
    by = _BY.search(before)
    if by and by["done"].casefold() in vocabulary().words["done_by"]:
        return True
    blamed = _BLAMED.search(before)
    return blamed is not None and not blamed["thanks"]


def _theirs(after: str, sureness: NameSureness) -> int:
    """The end of something that belongs to a person and is blamed on them: `'s commit`; 0 where there is none."""
    found = _THEIRS.match(after)
    kind = "belongings" if sureness is NameSureness.SURE else "their_own"
    return found.end() if found and found["what"] in vocabulary().words[kind] else 0


def _gaps(after: str) -> Iterator[int]:
    """Where the verb may stand: right behind the name, or behind what stands between the two."""
    yield 0
    yield from (apart.end() for pattern in _APART if (apart := pattern.match(after)))


def _acts(after: str, sureness: NameSureness, where: str) -> int:
    """The end of what is done, which begins where `after` does; 0 where nothing is that a person would do."""
    for pattern in _deeds()[sureness]:
        found = pattern.match(after)
        if found and not _TO_US.match(after[found.end() :]):
            return found.end()
    modal = _MODAL.match(after) if sureness is NameSureness.SURE else None
    if modal is None or (modal["modal"] in {"was", "is", "were"} and modal["next"] not in _STATES):
        return 0
    return 0 if modal["modal"] in {"will", "shall"} and where not in _PLANS else modal.end()


def _with_we(sentence: str, name: PersonName, end: int) -> str:
    """The same with `we`, where that is as easy as putting the word there: it was done, right behind the name."""
    clause = _PAST.match(sentence[name.end :])
    before = sentence[: name.start].rstrip()
    if not clause or end != name.end + clause.end("verb") or len(clause[0]) > _LONGEST_BETTER:
        return ""
    if re.search(r"\b(?:his|her|he|she|him|their|they)\b", clause[0]) or re.search(r"\b(?:by|and|or)$", before):
        return ""
    return f"{'we' if before else 'We'}{clause[0].rstrip()}"


@cache
def _deeds() -> Mapping[NameSureness, tuple[re.Pattern[str], ...]]:
    """What a person does, right behind the name; the surer the name, the more verbs count."""
    known = vocabulary()
    forms = {form for verb in known.words["verbs"] for form in _forms(verb)} | known.words["irregular"]
    human = _any_of(known.patterns["human"])
    personal = _any_of(known.patterns["personal"])
    acts = _any_of((rf"(?:{'|'.join(sorted(forms, reverse=True))})\b",))
    return {
        NameSureness.SURE: (acts, personal, human),
        NameSureness.LIKELY: (personal, human),
        NameSureness.UNKNOWN: (human,),
    }


def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf",? (?:who )?{_ADVERBS}(?:{'|'.join(patterns)})")


def _forms(verb: str) -> tuple[str, str]:
    """A regular verb of the third person and of the past: drop → drops, dropped."""
    if verb.endswith("e"):
        return f"{verb}s", f"{verb}d"
    if re.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}ies", f"{verb[:-1]}ied"
    doubled = vocabulary().words["doubled"]
    return f"{verb}{'es' if re.search(r'(?:s|x|ch|sh)$', verb) else 's'}", f"{verb}{verb[-1] * (verb in doubled)}ed"
