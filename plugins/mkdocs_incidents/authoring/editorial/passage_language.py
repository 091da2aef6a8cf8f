"""Where in a passage the rules for English hold; in sentences of other languages they are silent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..prose.language import Language, language_of
from .rule import LANGUAGE

if TYPE_CHECKING:
    from .finding import Finding
    from .passages import Passage
    from .rule import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class EnglishParts:
    """Where the rules for English hold in a passage."""

    others: tuple[tuple[int, int], ...]
    """Its sentences in other languages, by their indices."""
    whole: Language
    certain: bool
    """Whether it is English from end to end: only then is it known what information is missing."""

    def holds(self, rule: Rule, finding: Finding) -> bool:
        """Whether what a rule finds is in its language."""
        if rule.language != LANGUAGE:
            return True
        if finding.whole:
            return self.certain
        if rule.raw:  # counted in other signs
            return self.whole is not Language.OTHER
        return not any(finding.start < end and start < finding.end for start, end in self.others)


def reading_of(passage: Passage, around: Language) -> EnglishParts:
    """Where a passage is English; a sentence that may be in any language is in that of its passage, or of the file."""
    own = language_of(passage.text)
    whole = _either(own, around)
    sentences = [(start, start + len(sentence), language_of(sentence)) for start, sentence in passage.sentences]
    others = tuple((start, end) for start, end, language in sentences if _either(language, whole) is Language.OTHER)
    return EnglishParts(others=others, whole=whole, certain=own is Language.ENGLISH and not others)


def _either(known: Language, around: Language) -> Language:
    return around if known is Language.UNKNOWN else known
