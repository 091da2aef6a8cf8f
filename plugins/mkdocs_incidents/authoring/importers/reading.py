"""Everything that was found in one document, before it is weighed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..prose.account import Sentence
    from ..prose.announced_zones import ZonePlace
    from ..prose.document import Document
    from ..prose.parts import Parts
    from ..prose.timeline import FoundTimeline
    from .days_of import DatedPlace
    from .labelled_times import StatedSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything that was found in one document, before it is weighed."""

    document: Document
    parts: Parts
    timeline: FoundTimeline
    sentences: Sequence[Sentence]
    stated: StatedSpan
    places: Sequence[DatedPlace]
    zones: Sequence[ZonePlace]
    order: str
