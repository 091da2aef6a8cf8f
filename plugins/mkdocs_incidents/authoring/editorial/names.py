"""Names of persons in a text. Those of companies, places, programs and teams are none."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
