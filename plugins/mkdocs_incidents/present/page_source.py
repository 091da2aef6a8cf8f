"""A notice as the Markdown that MkDocs renders: the author's sections, with marks to cut the result at.

Only the body goes this way, so that it gets everything the site's Markdown can do: images, links to other pages,
admonitions. Updates are short messages typed in a hurry; they are rendered one by one, where nothing that one of
them leaves open can reach the next.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_incidents.model import Notice, Section

_MARK = re.compile(r"<!-- incidents:section (\d+) -->")


def told_sections(notice: Notice) -> tuple[Section, ...]:
    """The sections that have anything to show."""
    sections = notice.postmortem.sections if notice.postmortem else ()
    return tuple(section for section in sections if section.markdown.strip() or section.heading)


def pieces(notice: Notice) -> tuple[str, ...]:
    """The Markdown of each told section; then, of each that is shown as data, what it says besides."""
    told = told_sections(notice)
    return (*(one.markdown for one in told), *(one.besides for one in told if one.besides))


def page_source(notice: Notice) -> str:
    """The body of a notice with a mark before each piece and without headings, which the template sets."""
    return "\n\n".join(_marked(notice))


def _marked(notice: Notice) -> Iterator[str]:
    for number, markdown in enumerate(pieces(notice)):
        yield f"<!-- incidents:section {number} -->"
        yield markdown.strip("\n")


def cut_at_marks(html: str, count: int) -> tuple[str, ...] | None:
    """The HTML of each of `count` pieces; None when a mark was lost, because an author left something open."""
    parts = _MARK.split(html)
    found = [int(number) for number in parts[1::2]]
    if found != list(range(count)):
        return None
    return tuple(part.strip() for part in parts[2::2])
