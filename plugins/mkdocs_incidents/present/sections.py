"""The author's sections as a page shows them: their headings, lasting anchors, and what is shown as data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_incidents.model import SectionKind

from .page_source import told_sections
from .vocabulary_words import SECTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_incidents.model import Notice, Section

    from .edition import Edition

_WORD = re.compile(r"\w+")
_MARKS = re.compile(r"^[-–—~\s*_]+|[*_]+")
_NO_NAME = re.compile(r"[.!?:;…][*_\s]*$|^(?:[-+*]\s|\d+[.)]|[#>|<`!]|\[|:::)")
_LONGEST_NAME = 100
"""Characters of `Head of Payments Engineering, for everyone in Payments` and longer ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """A part of the postmortem; its HTML has the same place in `fragments`."""

    anchor: str
    kind: str
    heading: str
    signature: str = ""
    """Of an apology: who signs it in its last line, as plain text."""
    rest: str | None = None
    """Of what is shown as data, entries or promises: the prose besides, as Markdown; None to show all as written."""


def section_views(edition: Edition, notice: Notice) -> Iterator[SectionView]:
    """The author's sections in their order, each with a lasting anchor."""
    taken = {update.id for update in notice.updates}
    for section in told_sections(notice):
        anchor = _anchor(section, taken)
        known = section.kind is not SectionKind.OTHER and section.kind in SECTION
        heading = section.heading or (edition.wording.text(SECTION[section.kind]) if known else "")
        signed = signature(section.markdown) if section.kind is SectionKind.APOLOGY else ""
        kind = section.kind
        yield SectionView(anchor=anchor, kind=kind, heading=heading, signature=signed, rest=section.besides)


def signature(markdown: str) -> str:
    """The last paragraph of a text, where it is a name and no sentence: `Payments team`; else empty."""
    *before, last = re.split(r"\n[ \t]*\n", markdown.strip())
    name = _MARKS.sub("", " ".join(last.split())).strip()
    is_name = before and len(name) <= _LONGEST_NAME and not _NO_NAME.search(last.strip())
    return name if is_name else ""


def _anchor(section: Section, taken: set[str]) -> str:
    """`root-cause` for a section that was recognised, else the words of its heading; never twice on a page."""
    words = section.kind.replace("_", "-")
    if section.kind is SectionKind.OTHER:
        words = "-".join(_WORD.findall(section.heading.lower())) or "text"
    anchor, again = words, 1
    while anchor in taken or anchor in {"updates", "affected", "follow", "record", "now", "postmortem"}:
        again += 1
        anchor = f"{words}-{again}"
    taken.add(anchor)
    return anchor
