"""What the editorial rules find in one passage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_incidents.content.suggestions import quoted

from ..prose.language import Language, language_of
from .checks import CHECKS, REWRITES
from .rules import LANGUAGE, Finding

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from .passages import Passage
    from .rules import Rule

_LONGEST_QUOTE = 80
_LONGEST_SENTENCE = 400
"""Characters of one in which patterns of a site's own are looked for."""


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


def findings(passage: Passage, rules: Sequence[Rule], around: Language) -> Iterator[tuple[Rule, Finding]]:
    """What the rules find in one passage of a file in the language `around`.

    Where two rules match the same words, the first counts.
    """
    reading = reading_of(passage, around)
    taken: list[tuple[int, int]] = []
    empty = False  # advice on missing information would repeat that the first update is empty
    for rule in rules:
        if not _concerns(rule, passage) or (empty and rule.first):
            continue
        for finding in _found(rule, passage):  # by rule, then by place
            if not reading.holds(rule, finding):
                continue
            empty = empty or rule.whole or rule.first
            if finding.whole:
                yield rule, finding
            elif not any(finding.start < end and start < finding.end for start, end in taken):
                taken.append((finding.start, finding.end))
                yield rule, finding


def _concerns(rule: Rule, passage: Passage) -> bool:
    if passage.where not in rule.where or passage.kind not in rule.kinds or (rule.first and not passage.first):
        return False
    return not rule.statuses or (passage.update is not None and str(passage.update.status) in rule.statuses)


def _found(rule: Rule, passage: Passage) -> Iterator[Finding]:
    if rule.check:
        yield from CHECKS[rule.check](passage)
        return
    text = passage.markdown if rule.raw else passage.text
    lead = len(text) - len(text.lstrip())  # that of a section's first line; patterns begin with the first word
    pieces = [(lead, text[lead:])]
    if rule.by_sentence:
        pieces = [(start, sentence[:_LONGEST_SENTENCE]) for start, sentence in passage.sentences]
    for pattern, better in rule.expressions():
        for start, piece in pieces:
            if rule.whole:
                if pattern.fullmatch(piece.strip()):
                    yield Finding(start=start, end=start + len(piece), better=better)
                    return
            else:
                for found in pattern.finditer(piece):
                    if found[0].casefold() not in passage.site_names:
                        yield _finding(found, start, better or (REWRITES[rule.rewrite](found) if rule.rewrite else ""))


def _finding(found: re.Match[str], offset: int, better: str) -> Finding:
    """What a pattern found: its group `found`, where it has one, or all of it."""
    group = "found" if "found" in found.re.groupindex else 0
    return Finding(start=offset + found.start(group), end=offset + found.end(group), better=better)


class Remark(NamedTuple):
    """What is said of a finding."""

    start: int
    """Index in the Markdown of the passage."""
    message: str
    """The words, and why they do not serve the reader."""
    hint: str
    """What to write instead."""


def remark_on(passage: Passage, rule: Rule, finding: Finding) -> Remark:
    """What is said of a finding."""
    start, end = finding.start, finding.end
    start += len(passage.text[start:end]) - len(passage.text[start:end].lstrip())
    if not rule.raw:
        origins = passage.prose.origins
        start, end = origins[start], origins[max(start, end - 1)] + 1
    words = quoted(passage.markdown[start:end], longest=_LONGEST_QUOTE)
    figure = f" ({finding.figure})" if finding.figure else ""
    better = f"write {finding.better}" if finding.better else rule.advice
    return Remark(start, f"{words}{figure}: {rule.reason}", better)
