"""Everything that was found in one document, before it is weighed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .days_of import with_year

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ..prose.account import Sentence
    from ..prose.announced_zones import ZonePlace
    from ..prose.days import WrittenDay
    from ..prose.document import TextDocument
    from ..prose.parts import DocumentParts
    from ..prose.timeline import FoundTimeline
    from .days_of import DatedPlace
    from .labelled_times import StatedSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFacts:
    """Everything that was found in one document, before it is weighed."""

    document: TextDocument
    parts: DocumentParts
    timeline: FoundTimeline
    sentences: Sequence[Sentence]
    stated: StatedSpan
    places: Sequence[DatedPlace]
    zones: Sequence[ZonePlace]
    order: str

    def date_of(self, day: WrittenDay | None) -> date | None:
        """The date of a day in the document; None where its year or the order of its numbers is not known."""
        read = day.decided(self.order) if day else None
        return with_year(read, self.places).date if read and not read.undecided else None
