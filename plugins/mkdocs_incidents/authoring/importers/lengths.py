"""The durations that a document states for its incident."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..prose.durations import Subject, durations_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..prose.account import Sentence

_LAST_RANK_OF_DURATIONS = 2
"""Of sentences that describe the incident."""
_OPENING = 1
"""The last rank of what sums it up or opens the document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedDuration:
    """A duration that a sentence gives for the incident."""

    minutes: int
    line: int
    quote: str
    coarse: bool
    """In days: times say it better."""


def stated_durations(found: Sequence[Sentence]) -> list[StatedDuration]:
    """Stated durations of the outage; a label for it first, then the summary, then the rest."""
    known: list[tuple[int, StatedDuration]] = []
    for sentence in found:
        if sentence.quoted or sentence.rank > _LAST_RANK_OF_DURATIONS:
            continue
        least = Subject.NEAR if sentence.rank <= _OPENING else Subject.AFFECTED
        for length in durations_in(sentence.text, sentence.label):
            if length.minutes and length.subject >= least and not length.limit:
                own_label = length.subject is Subject.LABELLED and not _is_labelled_by_its_part(sentence)
                stated = StatedDuration(
                    minutes=length.minutes, line=sentence.line, quote=length.quote, coarse=length.coarse
                )
                known.append((0 if own_label else 1 + sentence.rank, stated))
    return [stated for _, stated in sorted(known, key=lambda pair: pair[0])]


def _is_labelled_by_its_part(sentence: Sentence) -> bool:
    """Whether the label of a sentence is the name of the part it stands in."""
    return sentence.label == sentence.part.heading and not sentence.text.startswith(sentence.label)
