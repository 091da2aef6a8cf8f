"""What a line announces in a document of somebody else: a part of a postmortem, or a label that is none."""

from __future__ import annotations

import re
from functools import lru_cache

from ...content.postmortem.words import name_of, words
from ...model import SectionKind
from .section_names import kind_named, kind_of

_LABELS = frozenset({
    "acknowledgements", "acknowledgments", "additional information", "appendix", "attachments", "author", "authors",
    "background", "background context", "closing", "closing remarks", "conclusion", "conclusion and next",
    "conclusions", "contact", "contacts", "contributors", "date", "details", "diagram", "duration",
    "duration of the outage", "escalation", "final thoughts", "further reading", "glossary", "in conclusion",
    "incident duration", "links", "making the postmortem attractive", "metadata", "notes", "outage duration", "owner",
    "participants", "reference", "references", "repository details", "resources", "security related", "see also",
    "services affected", "severity", "status", "supporting information", "trigger",
})  # fmt: skip
"""Names of parts that are none of ours, but end the part before them."""
_BOTH = re.compile(r"\b(?:root |route |rout )?causes?\b.*\b(?:resol\w+|fix|recovery)\b")
_FIGURE = re.compile(r"\w\W*\d+\s?(?:%|\w)")
_MOST_WORDS = 9
_NOTHING: frozenset[SectionKind] = frozenset()


@lru_cache(maxsize=128)
def kinds_of(heading: str, *, loosely: bool) -> frozenset[SectionKind]:
    """The parts a heading announces; empty for a heading of its own, `OTHER` for a label that is no part.

    `loosely` accepts words around the name, as headings have them ("Timeline of that night"); a bare line must be
    the name itself, or nearly.
    """
    name = name_of(heading)
    if not name or len(name.split()) > _MOST_WORDS:
        return _NOTHING
    if name in _LABELS:
        return frozenset({SectionKind.OTHER})
    if not loosely and _FIGURE.search(heading):
        kind = words().sections.get(name)  # `Impact: 37% of users` is no misspelt name
    else:
        kind = kind_of(heading) if loosely else kind_named(name)
    if kind is None or kind is SectionKind.OTHER:
        return _NOTHING
    if kind is SectionKind.ROOT_CAUSE and _BOTH.search(name):
        return frozenset({kind, SectionKind.RESOLUTION})
    return frozenset({kind})
