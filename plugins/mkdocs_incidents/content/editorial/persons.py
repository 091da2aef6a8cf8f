"""Persons in a text: who is named as the one that did it. Companies, places, programs and teams are none.

Grammar decides, together with a list of given names: a name that is nothing else is a person's whatever it does; one that
is also a place or a product (Charlotte, Jordan) only where it does what a single human being does; any other word
with a capital only where nothing else could do that.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from .finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .passages import Passage

SURE, LIKELY, UNKNOWN = "sure", "likely", "unknown"
"""How certain it is that a name is a person's: nothing else, also something else, not in the list."""
_WORD = r"[^\W\d_a-z][^\W\d_]+(?:['-][^\W\d_a-z][^\W\d_]+)*"
_RUN = re.compile(
    rf"(?<![\w@./&#'-])(?:(?P<handle>@[A-Za-z][\w.-]*\w)(?!/)"
    rf"|(?P<run>{_WORD}(?: (?:[^\W\d_a-z]\.|van|von|de|da|dos|el|al|bin) (?={_WORD})| {_WORD}){{0,4}}))"
    r"(?![\w@&/]|-\w|\.\w| (?:&|and Co\b|team\b|Team\b))"
)
_APART = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        *(rf",? (?:from|in|on|of|at|with)(?: the| our)?(?: [\w-]+){{{count}}},?(?= )" for count in (1, 2, 3)),
        r", (?:the|our|a|an|one of our) [^,.;!?]{1,60},(?= )",
        r" \([^()]{1,40}\)(?= )",
        r"(?:,? (?:and|or) (?-i:[A-Z@])[\w-]+){1,3}(?= )",
    )
)
"""What may stand between a name and what was done."""
_ADVERBS = r"(?:(?:also|then|again|now|never|not|later|first|finally|immediately|quickly|only|just|still|had|has|have|\w+ly) ){0,3}"
_FROM_TEAM = re.compile(r",? (?:from|of|in|on) (?:the|our) (?:[\w-]+ ){0,3}team\b", re.IGNORECASE)
_THEIRS = re.compile(r"'s? (?:(?:own|last|first|bad|wrong|faulty|broken|late|careless|new|local) )?(?P<what>[A-Za-z]+)\b")
_MODAL = re.compile(
    r" (?P<modal>must|should|needs? to|has to|had to|will|shall|could have|would have|did not|didn't|does not|doesn't"
    r"|was|is|were|had not|hadn't)\b(?: (?!this\b|that\b|it\b|there\b|the\b|any|you\b|we\b|he\b|she\b|they\b)(?P<next>\w+))"
)
_DUTY = frozenset(("on", "asleep", "paged", "away", "not", "unaware", "too", "careless", "called", "alerted", "working"))
_PLANS = frozenset(("promise", "action_items", "lessons", "timeline", "root_cause", "resolution", "detection"))
"""Where the future of somebody is a task; in words to customers it may be an offer: Ana will call you back."""
_TO_US = re.compile(r"^ (?:us|me|to us|for us)\b")
_BY = re.compile(r"\b(?P<done>[A-Za-z]+),? (?:\w+ly )?by $")
_BLAMED = re.compile(r"\b(?:blame|due to|because of|fault of|fault lies with|thanks to) $", re.IGNORECASE)
_WHO = re.compile(r",? who (?=\w)")
_TOLD_US = re.compile(r"(?:report|told|tell|help|spott|found|notic|wrote|call|warn|alert|let|point|rais|sent|work)", re.IGNORECASE)
_LONGEST_BETTER = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """`persons.toml` and `given_names.txt`, read."""

    sure: frozenset[str]
    likely: frozenset[str]
    sets: dict[str, frozenset[str]]
    companies: tuple[str, ...]
    acts: re.Pattern[str]
    """What people do, right behind a name."""
    human: re.Pattern[str]
    personal: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Name:
    start: int
    end: int
    sureness: str


def names_no_person(passage: Passage) -> Iterator[Finding]:
    """What was done is told without who did it. A name that signs is no name of a culprit."""
    for start, sentence in passage.sentences:
        for name in _names(sentence, passage.site_names):
            if end := _told_of(sentence, name, passage.where):
                better = _with_we(sentence, name, end)
                yield Finding(start=start + name.start, end=start + end, better=better)


def _names(sentence: str, site_names: frozenset[str]) -> Iterator[_Name]:
    words = _words()
    for found in _RUN.finditer(sentence):
        if found["handle"]:
            handle = found["handle"][1:]
            if not _is_group(handle) and handle.casefold() not in site_names:
                yield _Name(start=found.start(), end=found.end(), sureness=SURE)
            continue
        tokens = [(one[0], found.start() + one.start(), found.start() + one.end()) for one in re.finditer(_WORD, found[0])]
        if any(token in words.sets["not_before"] | words.sets["not_after"] for token, _, _ in tokens):
            continue
        if any(company in found[0] for company in words.companies):
            continue
        if found[0].casefold() in site_names or re.search(r"\b(?:St|Ste|Mt|Ft|San|Dr)\. ?$", sentence[: found.start()]):
            continue
        yield from _name_in(sentence, tokens, site_names)


def _name_in(sentence: str, tokens: list[tuple[str, int, int]], site_names: frozenset[str]) -> Iterator[_Name]:
    """The person in a run of capitalised words, if there is one: When Ana Souza → Ana Souza."""
    words = _words()
    end = tokens[-1][2]
    while tokens and tokens[0][0] in words.sets["beginnings"]:
        tokens = tokens[1:]
    titled = False
    while tokens and tokens[0][0].casefold() in words.sets["roles"]:
        tokens, titled = tokens[1:], True
    if not tokens or any(token.casefold() in site_names for token, _, _ in tokens):
        return
    before = sentence[: tokens[0][1]].rstrip()
    role = before.rpartition(" ")[2].casefold()
    titled = titled or (role in words.sets["roles"] and role not in {"operator", "manager", "developer", "lead"})
    folded = [_folded(token) for token, _, _ in tokens]
    first = tokens[0][1]
    if folded[0] in words.sure:
        yield _Name(start=first, end=end, sureness=SURE)
    elif folded[0] in words.likely:
        yield _Name(start=first, end=end, sureness=SURE if titled else LIKELY)
    elif titled or len(tokens) > 1:
        yield _Name(start=first, end=end, sureness=LIKELY if titled else UNKNOWN)


def _told_of(sentence: str, name: _Name, where: str) -> int:
    """Where the words end that tell something of a person; 0 where nothing is told of one."""
    before, after = sentence[: name.start], sentence[name.end :]
    if name.sureness == SURE and (end := _by_or_blamed(before, after, name)):
        return end
    if end := _theirs(after, name):
        return end
    if name.sureness != UNKNOWN and (team := _FROM_TEAM.match(after)):
        return name.end + team.end()
    for gap in _gaps(after):
        if end := _acts(after[gap:], name.sureness, where):
            return name.end + gap + end
    return 0


def _by_or_blamed(before: str, after: str, name: _Name) -> int:
    by = _BY.search(before)
    if by and by.start() and by["done"].casefold() in _words().sets["done_by"]:
        return name.end
    blamed = _BLAMED.search(before)
    if blamed is None:
        return name.end if re.match(r" (?:is|was) to blame\b", after) else 0
    if "thanks" not in blamed[0].casefold():
        return name.end
    who = _WHO.match(after)
    return name.end + who.end() if who and not _TOLD_US.match(after[who.end() :]) else 0


def _theirs(after: str, name: _Name) -> int:
    found = _THEIRS.match(after)
    if found is None or name.sureness == UNKNOWN:
        return 0
    kinds = "belongings" if name.sureness == SURE else "their_own"
    return name.end + found.end() if found["what"].casefold() in _words().sets[kinds] else 0


def _gaps(after: str) -> Iterator[int]:
    """Where the verb may stand: right behind the name, or behind what stands between the two."""
    yield 0
    yield from (apart.end() for pattern in _APART if (apart := pattern.match(after)))


def _acts(after: str, sureness: str, where: str) -> int:
    words = _words()
    patterns = {SURE: [words.acts, words.personal, words.human], LIKELY: [words.personal, words.human]}
    for pattern in patterns.get(sureness, [words.human]):
        found = pattern.match(after)
        if found and not _TO_US.match(after[found.end() :]):
            return found.end()
    modal = _MODAL.match(after) if sureness == SURE else None
    if modal is None or (modal["modal"] in {"was", "is", "were"} and modal["next"] not in _DUTY):
        return 0
    return 0 if modal["modal"] in {"will", "shall"} and where not in _PLANS else modal.end()


def _with_we(sentence: str, name: _Name, end: int) -> str:
    """The same with `we`, where that is as easy as putting the word there: it was done, right behind the name."""
    clause = re.match(r"(?P<verb>(?: \w+ly)? [a-z]+(?:ed|got|ran|oke|ade|ook|ent|ut|read))\b[^.,;:!?]*", sentence[name.end :])
    before = sentence[: name.start].rstrip()
    if not clause or end != name.end + clause.end("verb") or len(clause[0]) > _LONGEST_BETTER:
        return ""
    if re.search(r"\b(?:his|her|he|she|him|their|they)\b", clause[0]) or re.search(r"\b(?:by|and|or)$", before):
        return ""
    return f"{'we' if before else 'We'}{clause[0].rstrip()}"


def _is_group(handle: str) -> bool:
    parts = re.split(r"[\W_]+|(?<=[a-z])(?=[A-Z])", handle)
    return any(part.casefold() in _words().sets["groups"] for part in parts) or handle[0].isupper() and (
        _folded(parts[0]) not in _words().sure
    )


def _folded(token: str) -> str:
    """A name without its accents: as the list has it."""
    marks = unicodedata.normalize("NFKD", token.replace("ł", "l").replace("Ł", "L").replace("ø", "o"))
    return "".join(sign for sign in marks if not unicodedata.combining(sign))


@cache
def _words() -> _Words:
    folder = files(__package__ or "")
    told: dict[str, Any] = tomllib.loads(folder.joinpath("persons.toml").read_text(encoding="utf-8"))
    lines = folder.joinpath("given_names.txt").read_text(encoding="utf-8").splitlines()
    names, also = (number for number, line in enumerate(lines) if line.startswith("["))
    sets = {key: frozenset(value.split()) for key, value in told.items() if isinstance(value, str)}
    forms = {form for verb in sets["verbs"] for form in _forms(verb)} | sets["irregular"]
    return _Words(
        sure=frozenset(" ".join(lines[names + 1 : also]).split()),
        likely=frozenset(" ".join(lines[also + 1 :]).split()),
        sets=sets,
        companies=tuple(told["companies"]),
        acts=re.compile(rf",? {_ADVERBS}(?:{'|'.join(sorted(forms, reverse=True))})\b"),
        human=_any_of(told["human"]),
        personal=_any_of(told["personal"]),
    )


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile(rf",? (?:who )?{_ADVERBS}(?:{'|'.join(patterns)})")


def _forms(verb: str) -> tuple[str, str]:
    """A regular verb of the third person and of the past: drop → drops, dropped."""
    if verb.endswith("e"):
        return f"{verb}s", f"{verb}d"
    if re.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}ies", f"{verb[:-1]}ied"
    last = verb + verb[-1] if re.fullmatch(r"(?:commit|drop|plug|unplug|skip|slip|spot|ship|stop|tag|submit)", verb) else verb
    return f"{verb}{'es' if re.search(r'(?:s|x|ch|sh)$', verb) else 's'}", f"{last}ed"
