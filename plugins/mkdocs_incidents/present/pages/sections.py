"""The sections of a postmortem: headings, permanent anchors, and the data that they are shown with."""

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
    from collections.abc import Iterable, Iterator, Sequence

    from mkdocs_incidents.model import Notice, Section

    from ..context import SiteContext
    from .promises import PromiseRow

_WORD = re.compile(r"\w+")
_ENTRY = "<!-- incidents:entry "
_SIGNATURE = re.compile(r"\s*[*_]{0,2}[—–]\s*(?P<name>\S.*?)[*_]{0,2}\s*", re.DOTALL)
_DEFINITION = re.compile(r"\s{0,3}\[\^?[^\]]+\]:\s")
_LONGEST_NAME = 200
"""Characters of a signature; a longer last line is a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """A section of a postmortem; its HTML is beside it in the template variable `sections`."""

    anchor: str
    kind: str
    heading: str
    signature: str = ""
    """Of an apology: the name in its last line, as plain text."""
    shown: bool = True
    """False where its whole content is shown elsewhere on the page: as a timeline entry, or as the title."""
    only_orders: bool = False
    """Whether it has timeline entries, or their day as heading; it may then have no other text."""
    draws_timeline: bool = False
    """Whether it has the drawing of the timeline: the first section of that kind that is shown."""
    promises: tuple[PromiseRow, ...] = ()
    """The promises that are written in it."""
    ends_promises: bool = False
    """Whether it has the last promise of the notice; a link to all promises follows."""

    @property
    def needs_text(self) -> bool:
        """Whether it is left out without remaining text, as its entries are shown elsewhere."""
        return self.only_orders and not self.draws_timeline and not self.promises


def section_views(
    site: SiteContext, notice: Notice, rows: Sequence[tuple[int, PromiseRow]] | None = None
) -> Iterator[SectionView]:
    """The sections of a notice in their order, each with a permanent anchor.

    `rows` are the `promise_rows` of the notice, if the caller has them already.
    """
    taken = {update.id for update in notice.updates}
    rows = tuple(promise_rows(site, notice)) if rows is None else rows
    promises = _by_section(notice, rows)
    timeline_pending = bool(notice.postmortem and notice.postmortem.timeline)
    for section in visible_sections(notice):
        anchor = _anchor(section, taken)
        known = section.kind is not SectionKind.OTHER and section.kind in SECTION
        heading = section.heading or (site.formatter.text(SECTION[section.kind]) if known else "")
        signed_by = signature(section.markdown) if section.kind is SectionKind.APOLOGY else ""
        is_title = heading.casefold() == notice.title.casefold() and not section.markdown.strip()
        shown = section.entry is None and not is_title
        draws_timeline = timeline_pending and shown and section.kind is SectionKind.TIMELINE
        timeline_pending = timeline_pending and not draws_timeline
        own_promises = tuple(promises.get(section.line, ()))
        yield SectionView(
            anchor=anchor,
            kind=section.kind,
            heading=heading,
            signature=signed_by,
            shown=shown,
            only_orders=section.orders_entries or has_entries(section),
            draws_timeline=draws_timeline,
            promises=own_promises,
            ends_promises=bool(own_promises) and own_promises[-1] is rows[-1][1],
        )


def has_entries(section: Section) -> bool:
    """Whether timeline entries were read from a section."""
    return _ENTRY in section.marked


def _by_section(notice: Notice, rows: Iterable[tuple[int, PromiseRow]]) -> dict[int, list[PromiseRow]]:
    """The promises of a notice, by the line of the section that they are written in."""
    first_lines = [section.line for section in visible_sections(notice)]
    found: dict[int, list[PromiseRow]] = {}
    for line, row in rows:
        if index := bisect_right(first_lines, line):
            found.setdefault(first_lines[index - 1], []).append(row)
    return found


def signature(markdown: str) -> str:
    """The name in a last paragraph that begins with a dash, `— Payments team`, as plain text; else empty."""
    paragraphs = re.split(r"\n[ \t]*\n", without_definitions(markdown).strip())
    found = _SIGNATURE.fullmatch(paragraphs[-1]) if len(paragraphs) > 1 else None
    name = plain_words(" ".join(found["name"].split())) if found else ""
    return name if len(name) <= _LONGEST_NAME else ""


def without_definitions(markdown: str) -> str:
    """A section without the definitions of footnotes and links at its end, which are those of the whole page."""
    lines = markdown.rstrip().split("\n")
    while lines and (not lines[-1].strip() or _DEFINITION.match(lines[-1])):
        lines.pop()
    return "\n".join(lines)


def _anchor(section: Section, taken: set[str]) -> str:
    """`root-cause` for a section of a known kind, else derived from its heading; unique on the page."""
    stem = section.kind.replace("_", "-")
    if section.kind is SectionKind.OTHER:
        stem = "-".join(_WORD.findall(section.heading.lower())) or "text"
    anchor, number = stem, 1
    while anchor in taken or anchor in {"updates", "affected", "follow", "record", "now", "postmortem"}:
        number += 1
        anchor = f"{stem}-{number}"
    taken.add(anchor)
    return anchor
