"""Whether a text is in English, the only language in which words are understood.

Other scripts are recognised by their letters, languages with Latin letters by their commonest words, which
`languages.toml`
lists: which of the others it is does not matter. Where a few words may be in any language, what stands around decides.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from enum import Enum, auto
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_ENGLISH = "en"

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


@lru_cache(maxsize=256)  # a sentence is asked for by itself, in its section and in the whole body
def language_of(text: str) -> Language:
    """Whether a text is in English, by its letters and its commonest words."""
    text = unicodedata.normalize("NFC", text)
    letters = [sign for sign in text if sign.isalpha()]
    if sum(not _is_latin(sign) for sign in letters) > _OTHER_SCRIPT * len(letters):
        return Language.OTHER
    words = _WORD.findall(text)
    found = Counter(language for word in words for language in _languages_by_word().get(word.casefold(), ()))
    english = found.pop(_ENGLISH, 0) + len(_CONTRACTION.findall(text.casefold()))
    marked = [word for word in words if not word.isascii() and word.casefold() not in _BORROWED]
    other = max(sum(word[0].islower() for word in marked), *found.values(), 0)
    if english == other:  # a capital may begin a name
        return Language.OTHER if marked and not english else Language.UNKNOWN
    return Language.ENGLISH if english > other else Language.OTHER


@cache
def _languages_by_word() -> Mapping[str, tuple[str, ...]]:
    """In which languages a common word stands."""
    table = tomllib.loads(files(__package__ or "").joinpath("languages.toml").read_text(encoding="utf-8"))
    found: dict[str, tuple[str, ...]] = {}
    for language, words in table.items():
        for word in set(words.split()):
            found[word] = (*found.get(word, ()), language)
    return found


@lru_cache(maxsize=512)  # by a sign
def _is_latin(sign: str) -> bool:
    return "LATIN" in unicodedata.name(sign, "")
