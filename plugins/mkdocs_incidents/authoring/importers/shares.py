"""The share of users, traffic or service that a document gives as affected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..prose.sentences import sentences_in
from ..prose.shares import Hurt, shares_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..prose.account import Sentence
    from ..prose.document import Line

_LAST_RANK = 2
"""Of sentences that tell of the incident."""
_OF_THE_SUMMARY = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A percentage of those affected."""

    percent: float
    line: int
    quote: str
    weight: int


def shares(found: Sequence[Sentence], title: Line | None) -> list[Share]:
    """Percentages of users, traffic or service that a document gives as affected, the most telling first."""
    known: list[Share] = []
    for sentence in found:
        if sentence.rank <= _LAST_RANK and not sentence.quoted:
            known += _affected(
                sentence.text, sentence.line, bonus=4 * (_LAST_RANK - sentence.rank), label=sentence.label
            )
    if title:
        for _, text in sentences_in(title.text):
            known += _affected(text, title.number, bonus=0, label="")
    return sorted(known, key=lambda share: (-share.weight, share.line))


def _affected(sentence: str, line: int, *, bonus: int, label: str) -> Iterator[Share]:
    for share in shares_in(sentence, label):
        if share.in_words or (share.well and share.hurt is not Hurt.PLAINLY):
            continue
        hurt = share.hurt and (share.group or share.about_impact)
        if hurt or (bonus >= _OF_THE_SUMMARY and share.of_them):
            yield Share(percent=share.percent, line=line, quote=share.figure, weight=share.group + bonus)
