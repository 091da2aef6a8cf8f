"""The body of a notice as the Markdown that MkDocs renders, with marks between its sections.

MkDocs renders the body so that everything of the site's Markdown works in it: images, links to other pages,
admonitions. Updates are short messages and are rendered one by one, so that an element or a code fence left open in
one of them does not affect the next.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_incidents.content.markdown_lists import separate_lists

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_incidents.model import Notice, Section

_MARK = re.compile(r"<!-- incidents:section (\d+) -->")


def visible_sections(notice: Notice) -> tuple[Section, ...]:
    """The sections of the postmortem that have a text or a heading."""
    sections = notice.postmortem.sections if notice.postmortem else ()
    return tuple(section for section in sections if section.markdown.strip() or section.heading)


def section_markdown(section: Section) -> str:
    """The Markdown of a section, with marks, as Python-Markdown reads what the author sees on GitHub."""
    return separate_lists(section.marked.strip("\n"))


def body_with_marks(notice: Notice) -> str:
    """The body of a notice with a mark before each section and without headings, which the template sets.

    A last mark separates the sections from what MkDocs adds at the end of a page, such as footnotes.
    """
    return "\n\n".join(_sections_with_marks(notice))


def _sections_with_marks(notice: Notice) -> Iterator[str]:
    sections = visible_sections(notice)
    for number, section in enumerate(sections):
        yield f"<!-- incidents:section {number} -->"
        yield section_markdown(section)
    if sections:
        yield f"<!-- incidents:section {len(sections)} -->"


def cut_at_marks(html: str, count: int) -> tuple[str, ...] | None:
    """The HTML of each of `count` sections, and last what MkDocs added after them.

    None where a mark is missing: an element or a code fence that was left open can swallow it.
    """
    parts = _MARK.split(html)
    found = [int(number) for number in parts[1::2]]
    if found != list(range(count + 1)):
        return None
    return tuple(part.strip() for part in parts[2::2])
