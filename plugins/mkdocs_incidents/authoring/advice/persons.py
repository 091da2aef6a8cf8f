"""Names of persons in a text, and which of them are named as the ones who caused something."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from .rules import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .passages import Passage

_WORD = r"[^\W\d_a-z][^\W\d_]+(?:['-][^\W\d_a-z][^\W\d_]+)*"
_RUN = re.compile(
    rf"(?<![\w@./&#'-])(?:(?P<handle>@[A-Za-z][\w.-]*\w)(?!/)"
    rf"|{_WORD}(?: (?:[^\W\d_a-z]\.|van|von|de|da|dos|el|al|bin) (?={_WORD})| {_WORD}){{0,4}})"
    r"(?![\w@&/]|-\w|\.\w| (?:&|and Co\b|team\b|Team\b))"
)
"""Words with capitals in a row, or a handle."""
_ABBREVIATED = re.compile(r"\b(?:St|Ste|Mt|Ft)\. ?$")
_NOT_ALONE = frozenset(("operator", "manager", "developer", "lead"))
"""Roles that programs and companies have, too."""


class NameSureness(IntEnum):
    """How certain it is that a name is a person's."""

    UNKNOWN = 0
    """No known name, or not one of a person."""
    LIKELY = 1
    """Also a place or a product: Charlotte, Jordan."""
    SURE = 2
    """Nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """A name in a sentence."""

    start: int
    end: int
    sureness: NameSureness


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """`persons.toml` and `given_names.txt`, read."""

    sure: frozenset[str]
    likely: frozenset[str]
    words: Mapping[str, frozenset[str]]
    """The lists of `persons.toml`."""
    patterns: Mapping[str, tuple[str, ...]]


@cache
def vocabulary() -> Vocabulary:
    """What is known of names and of what people do."""
    folder = files(__package__ or "")
    table: dict[str, Any] = tomllib.loads(folder.joinpath("persons.toml").read_text(encoding="utf-8"))
    lines = folder.joinpath("given_names.txt").read_text(encoding="utf-8").splitlines()
    sure, likely = (number for number, line in enumerate(lines) if line.startswith("["))
    return Vocabulary(
        sure=frozenset(" ".join(lines[sure + 1 : likely]).split()),
        likely=frozenset(" ".join(lines[likely + 1 :]).split()),
        words={key: frozenset(value.split()) for key, value in table.items() if isinstance(value, str)},
        patterns={key: tuple(value) for key, value in table.items() if isinstance(value, list)},
    )


def names_in_sentence(sentence: str, site_names: frozenset[str]) -> Iterator[PersonName]:
    """The names that may be persons'. `site_names` are none, in small letters."""
    known = vocabulary()
    for found in _RUN.finditer(sentence):
        if found["handle"]:
            handle = found["handle"][1:]
            if not _is_group(handle) and handle.casefold() not in site_names:
                yield PersonName(start=found.start(), end=found.end(), sureness=NameSureness.SURE)
            continue
        tokens = [
            (word[0], found.start() + word.start(), found.start() + word.end()) for word in re.finditer(_WORD, found[0])
        ]
        if any(token in known.words["not_before"] | known.words["not_after"] for token, *_ in tokens):
            continue
        if any(company in found[0] for company in known.patterns["companies"]):
            continue
        if not _ABBREVIATED.search(sentence[: found.start()]):
            yield from _person_in(sentence, tokens, site_names)


def _person_in(sentence: str, tokens: list[tuple[str, int, int]], site_names: frozenset[str]) -> Iterator[PersonName]:
    """The person in a run of words with capitals, if there is one: `When Engineer Ana Souza` → `Ana Souza`."""
    known = vocabulary()
    while tokens and tokens[0][0] in known.words["beginnings"]:
        tokens = tokens[1:]
    titled = False
    while tokens and tokens[0][0].casefold() in known.words["roles"]:
        tokens, titled = tokens[1:], True
    if not tokens or any(token.casefold() in site_names for token, *_ in tokens):
        return
    start, end = tokens[0][1], tokens[-1][2]
    before = sentence[:start].rstrip().rpartition(" ")[2].casefold()
    titled = titled or before in known.words["roles"] - _NOT_ALONE
    given, family = (_without_accents(tokens[number][0]) for number in (0, -1))
    whole = len(tokens) > 1 and family in known.words["surnames"]
    if given in known.sure or (given in known.likely and (titled or whole)):
        yield PersonName(start=start, end=end, sureness=NameSureness.SURE)
    elif given in known.likely or titled or whole:
        yield PersonName(start=start, end=end, sureness=NameSureness.LIKELY)
    elif len(tokens) > 1:
        yield PersonName(start=start, end=end, sureness=NameSureness.UNKNOWN)


def _is_group(handle: str) -> bool:
    """Whether a handle is a team's or a program's: `@fraud-team`, `@Payments`."""
    parts = re.split(r"[\W_]+|(?<=[a-z])(?=[A-Z])", handle)
    if any(part.casefold() in vocabulary().words["groups"] for part in parts):
        return True
    return handle[0].isupper() and _without_accents(parts[0]) not in vocabulary().sure


def _without_accents(token: str) -> str:
    """A name as the list has it."""
    marks = unicodedata.normalize("NFKD", token.replace("ł", "l").replace("Ł", "L").replace("ø", "o"))
    return "".join(sign for sign in marks if not unicodedata.combining(sign))


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
