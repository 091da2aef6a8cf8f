"""The share of users, traffic or service that a document gives as affected."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .language import Language, language_of
from .sentences import sentences_in
from .share_doubts import is_another_time
from .shares import HarmCertainty, harms_in_words, is_certain, shares_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .account import Sentence
    from .document import DocumentLine
    from .shares import SentenceShare

_LAST_RANK = 2
"""Of sentences that describe the incident."""
_IN_THE_END = re.compile(r"\b(?:then|later|after|finally|eventually|soon|in the end)\b", re.IGNORECASE)
_POINTS_BACK = re.compile(r"\W*(?:it|that|this|then|there|those|they|back then|at (?:that|the) time)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentShare:
    """A percentage of those affected."""

    percent: float
    line: int
    quote: str
    weight: int
    of_them: bool = False
    """Whether it is a share of users or of what they do."""
    certain: bool = False
    """Whether its sentence leaves no doubt, and nothing else in the document contradicts it."""


def shares(found: Sequence[Sentence], title: DocumentLine | None) -> list[DocumentShare]:
    """Percentages of users, traffic or service that a document gives as affected, the most reliable first."""
    telling = [sentence for sentence in found if sentence.rank <= _LAST_RANK and not sentence.quoted]
    known: list[DocumentShare] = []
    others: list[SentenceShare] = []
    for before, sentence, after in zip([None, *telling], telling, [*telling[1:], None], strict=False):
        if _is_of_another_time(sentence, before):
            continue
        bonus = 4 * (_LAST_RANK - sentence.rank)
        figures = _affected(sentence.text, sentence.line, bonus=bonus, label=sentence.label)
        known += (share for share in figures if not (share.of_them and _was_all(sentence, after)))
        others += _in_other_words(sentence)
    if title:
        for _, text in sentences_in(title.text):
            known += _affected(text, title.number, bonus=0, label="")
    alone = len({share.percent for share in known} | {share.percent for share in others}) == 1
    alone = alone and not any(harms_in_words(sentence.text) for sentence in telling)
    known = [replace(share, certain=share.certain and alone) for share in known]
    return sorted(known, key=lambda share: (-share.weight, share.line))


def _is_of_another_time(sentence: Sentence, before: Sentence | None) -> bool:
    """Whether a sentence continues one about another incident."""
    if before is None or before.part is not sentence.part or not _POINTS_BACK.match(sentence.text):
        return False
    return is_another_time(before.text)


def _was_all(sentence: Sentence, after: Sentence | None) -> bool:
    """Whether a sentence, or the one behind it, says that in the end all were affected."""
    texts = [sentence.text]
    if after is not None and after.part is sentence.part and _IN_THE_END.search(after.text):
        texts.append(after.text)
    return any(share.in_words and share.harm and not share.denied for text in texts for share in shares_in(text))


def _in_other_words(sentence: Sentence) -> Iterator[SentenceShare]:
    """What a sentence says of how many were affected that is no figure: limits, spans, `all users`."""
    for share in shares_in(sentence.text, sentence.label):
        if share.harm and share.of_them and not share.denied and (share.bound or share.span or share.in_words):
            yield share


def _affected(sentence: str, line: int, *, bonus: int, label: str) -> Iterator[DocumentShare]:
    if language_of(sentence) is Language.OTHER:
        return
    for share in shares_in(sentence, label):
        if share.in_words or share.bound or share.span or share.denied:
            continue
        if share.well and share.harm is not HarmCertainty.PLAINLY:
            continue
        harm = share.harm and (share.group or (share.about_impact and not share.of))
        if harm:
            yield DocumentShare(
                percent=share.percent,
                line=line,
                quote=share.figure,
                weight=share.group + bonus,
                of_them=share.of_them,
                certain=is_certain(share, sentence),
            )
