"""The author's sections as a page shows them: their headings, lasting anchors, and what is shown as data."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_incidents.content.postmortem.sections import plain_words
from mkdocs_incidents.model import SectionKind

from ..body import visible_sections
from ..language.labels import SECTION
from .promises import promise_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mkdocs_incidents.model import Notice, Section

    from ..context import SiteContext
    from .promises import PromiseRow

_WORD = re.compile(r"\w+")
_ENTRY = "<!-- incidents:entry "
_SIGNATURE = re.compile(r"\s*[*_]{0,2}[—–]\s*(?P<name>\S.*?)[*_]{0,2}\s*", re.DOTALL)
_DEFINITION = re.compile(r"\s{0,3}\[\^?[^\]]+\]:\s")
_LONGEST_NAME = 200
"""Characters of a signature; what is longer is a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """A part of the postmortem. Templates find it beside its HTML in `sections`."""

    anchor: str
    kind: str
    heading: str
    signature: str = ""
    """Of an apology: who signs it in its last line, as plain text."""
    shown: bool = True
    """False where all of it stands elsewhere on the page: as an entry of the timeline, or as the title."""
    only_orders: bool = False
    """Whether it has entries of the timeline, or a heading that is their day: then it may have nothing else to show."""
    draws_timeline: bool = False
    """Whether the timeline of the notice is drawn in it: the first section of that kind that is shown."""
    promises: tuple[PromiseRow, ...] = ()
    """Those that stand in it."""
    ends_promises: bool = False
    """Whether the last promise of the notice stands in it, so that a link to all promises follows."""

    @property
    def needs_text(self) -> bool:
        """Whether it is left out where no text of it remains, as all else of it is drawn elsewhere."""
        return self.only_orders and not self.draws_timeline and not self.promises


def section_views(site: SiteContext, notice: Notice) -> Iterator[SectionView]:
    """The author's sections in their order, each with a lasting anchor."""
    taken = {update.id for update in notice.updates}
    rows = tuple(promise_rows(site, notice))
    promises = _by_section(notice, rows)
    undrawn = bool(notice.postmortem and notice.postmortem.timeline)
    for section in visible_sections(notice):
        anchor = _anchor(section, taken)
        known = section.kind is not SectionKind.OTHER and section.kind in SECTION
        heading = section.heading or (site.formatter.text(SECTION[section.kind]) if known else "")
        signed = signature(section.markdown) if section.kind is SectionKind.APOLOGY else ""
        is_title = heading.casefold() == notice.title.casefold() and not section.markdown.strip()
        shown = section.entry is None and not is_title
        draws_timeline = undrawn and shown and section.kind is SectionKind.TIMELINE
        undrawn = undrawn and not draws_timeline
        mine = tuple(promises.get(section.line, ()))
        yield SectionView(
            anchor=anchor,
            kind=section.kind,
            heading=heading,
            signature=signed,
            shown=shown,
            only_orders=section.orders_entries or has_entries(section),
            draws_timeline=draws_timeline,
            promises=mine,
            ends_promises=bool(mine) and mine[-1] is rows[-1][1],
        )


def has_entries(section: Section) -> bool:
    """Whether entries of the timeline were read from a section."""
    return _ENTRY in section.marked


def _by_section(notice: Notice, rows: Iterable[tuple[int, PromiseRow]]) -> dict[int, list[PromiseRow]]:
    """The promises of a notice by the line of the section they stand in."""
    begins = [section.line for section in visible_sections(notice)]
    found: dict[int, list[PromiseRow]] = {}
    for line, row in rows:
        if index := bisect_right(begins, line):
            found.setdefault(begins[index - 1], []).append(row)
    return found


def signature(markdown: str) -> str:
    """The last paragraph of a text, where it begins with a dash: `— Payments team`; else empty."""
    paragraphs = re.split(r"\n[ \t]*\n", words_of_author(markdown).strip())
    found = _SIGNATURE.fullmatch(paragraphs[-1]) if len(paragraphs) > 1 else None
    name = plain_words(" ".join(found["name"].split())) if found else ""
    return name if len(name) <= _LONGEST_NAME else ""


def words_of_author(markdown: str) -> str:
    """A section without the definitions of footnotes and links at its end, which belong to the whole page."""
    lines = markdown.rstrip().split("\n")
    while lines and (not lines[-1].strip() or _DEFINITION.match(lines[-1])):
        lines.pop()
    return "\n".join(lines)


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
