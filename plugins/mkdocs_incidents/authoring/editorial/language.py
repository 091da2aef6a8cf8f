"""Where a text is English, for which the rules that come with the package are made; elsewhere they are silent.

Letters tell other scripts. Languages with Latin letters are told by their commonest words, which `languages.toml`
lists: which of the others it is does not matter. Where a few words may be in any language, what stands around decides.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from .rule import LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .finding import Finding
    from .passages import Passage
    from .rule import Rule

_WORD = re.compile(r"(?<!\d)[^\W\d_]+")
_CONTRACTION = re.compile(r"\b[a-z]+n['’]t\b|\b(?:i|you|we|they|it|he|she|that|who|there|let)['’](?:s|re|ve|ll|d|m)\b")
"""Only English has them."""
_BORROWED = frozenset(("café", "cafés", "cliché", "clichés", "façade", "façades", "naïve", "résumé", "résumés", "à"))
_OTHER_SCRIPT = 0.3
"""Share of letters that are not Latin: more than a name in another script."""


class Language(Enum):
    """What is known of the language of a text."""

    ENGLISH = auto()
    OTHER = auto()
    UNKNOWN = auto()
    """No word of it is a common one; or as many are English as are another language's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Where the rules for English hold in a passage."""

    others: tuple[tuple[int, int], ...]
    """Its sentences in other languages, by their indices."""
    whole: Language
    certain: bool
    """Whether it is English from end to end: only then can it be told what it does not say."""

    def holds(self, rule: Rule, finding: Finding) -> bool:
        """Whether what a rule finds is in its language."""
        if rule.language != LANGUAGE:
            return True
        if finding.whole:
            return self.certain
        if rule.raw:  # counted in other signs
            return self.whole is not Language.OTHER
        return not any(finding.start < end and start < finding.end for start, end in self.others)


def reading_of(passage: Passage, around: Language) -> Reading:
    """Where a passage is English; a sentence that may be in any language is in that of its passage, or of the file."""
    own = language_of(passage.text)
    whole = _either(own, around)
    told = [(start, start + len(sentence), language_of(sentence)) for start, sentence in passage.sentences]
    others = tuple((start, end) for start, end, one in told if _either(one, whole) is Language.OTHER)
    return Reading(others=others, whole=whole, certain=own is Language.ENGLISH and not others)


@lru_cache(maxsize=256)  # a sentence is asked for by itself, in its section and in the whole body
def language_of(text: str) -> Language:
    """Whether a text is in English, by its letters and its commonest words."""
    text = unicodedata.normalize("NFC", text)
    letters = [sign for sign in text if sign.isalpha()]
    if sum(not _is_latin(sign) for sign in letters) > _OTHER_SCRIPT * len(letters):
        return Language.OTHER
    words = _WORD.findall(text)
    found = Counter(language for word in words for language in _languages_by_word().get(word.casefold(), ()))
    english = found.pop(LANGUAGE, 0) + len(_CONTRACTION.findall(text.casefold()))
    marked = [word for word in words if not word.isascii() and word.casefold() not in _BORROWED]
    other = max(sum(word[0].islower() for word in marked), *found.values(), 0)
    if english == other:  # a capital may begin a name
        return Language.OTHER if marked and not english else Language.UNKNOWN
    return Language.ENGLISH if english > other else Language.OTHER


def _either(known: Language, around: Language) -> Language:
    return around if known is Language.UNKNOWN else known


@cache
def _languages_by_word() -> Mapping[str, tuple[str, ...]]:
    """In which languages a common word stands."""
    told = tomllib.loads(files(__package__ or "").joinpath("languages.toml").read_text(encoding="utf-8"))
    found: dict[str, tuple[str, ...]] = {}
    for language, words in told.items():
        for word in set(words.split()):
            found[word] = (*found.get(word, ()), language)
    return found


@lru_cache(maxsize=512)  # by a sign
def _is_latin(sign: str) -> bool:
    return "LATIN" in unicodedata.name(sign, "")
