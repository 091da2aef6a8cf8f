"""The readability of an English text as LIX: words per sentence plus the percentage of words of more than six letters.

Björnsson 1968: words a sentence, plus the percentage of words with more than six letters. Below 40 reads easily, above
55 is the language of official letters, above 65 that of contracts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .prose import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

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
