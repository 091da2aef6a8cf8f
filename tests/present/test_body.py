"""The sections of a body, and the marks between them."""

from __future__ import annotations

from mkdocs_incidents.model import Postmortem, Section, SectionKind
from mkdocs_incidents.present.body import body_with_marks, cut_at_marks, visible_sections
from tests.makers import incident


def section(heading: str, markdown: str) -> Section:
    return Section(kind=SectionKind.OTHER, heading=heading, level=2, markdown=markdown, marked=markdown, line=1)


NOTICE = incident(
    "2026-04-06 14:30",
    postmortem=Postmortem(sections=(section("", "\n"), section("Monday", ""), section("", "It broke.\n"))),
)


def test_a_section_is_visible_if_it_has_a_heading_or_a_text() -> None:
    assert [(found.heading, found.markdown.strip()) for found in visible_sections(NOTICE)] == [
        ("Monday", ""),
        ("", "It broke."),
    ]


def test_rendered_html_is_cut_into_the_visible_sections_and_what_follows_them() -> None:
    html = body_with_marks(NOTICE) + "\n<div>a footnote</div>"
    assert cut_at_marks(html, len(visible_sections(NOTICE))) == ("", "It broke.", "<div>a footnote</div>")
    assert cut_at_marks(html, 3) is None
