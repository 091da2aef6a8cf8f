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


def visible_sections(notice: Notice) -> tuple[Section, ...]:
    """The sections that have anything to show."""
    sections = notice.postmortem.sections if notice.postmortem else ()
    return tuple(section for section in sections if section.markdown.strip() or section.heading)


def body_with_marks(notice: Notice) -> str:
    """The body of a notice with a mark before each section and without headings, which the template sets.

    A last mark stands before what the host adds at the end of a page, such as footnotes.
    """
    return "\n\n".join(_marked(notice))


def _marked(notice: Notice) -> Iterator[str]:
    sections = visible_sections(notice)
    for number, section in enumerate(sections):
        yield f"<!-- incidents:section {number} -->"
        yield section.marked.strip("\n")
    if sections:
        yield f"<!-- incidents:section {len(sections)} -->"


def cut_at_marks(html: str, count: int) -> tuple[str, ...] | None:
    """The HTML of each of `count` sections and of what the host added behind them.

    None when a mark was lost, because an author left something open.
    """
    parts = _MARK.split(html)
    found = [int(number) for number in parts[1::2]]
    if found != list(range(count + 1)):
        return None
    return tuple(part.strip() for part in parts[2::2])
