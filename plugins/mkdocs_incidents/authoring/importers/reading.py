"""Everything that was found in one document, before it is weighed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..prose.account import Sentence
    from ..prose.announced_zones import ZonePlace
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
