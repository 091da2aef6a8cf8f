"""What the site's search knows of a notice: enough to find it, little enough to stay small."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import escape

from mkdocs_incidents.model import SectionKind
from mkdocs_incidents.present.page_source import told_sections

if TYPE_CHECKING:
    from mkdocs_incidents.model import Notice
    from mkdocs_incidents.present.edition import Edition

    from .fragments import Fragments


def search_text(edition: Edition, fragments: Fragments, notice: Notice) -> str:
    """Title, state, services and the summary, or the last message where there is no summary, as HTML."""
    facts = [edition.state_word(notice), *edition.names(notice.components)]
    return f"<h1>{escape(notice.title)}</h1>\n<p>{escape(', '.join(facts))}</p>\n{_summary(fragments, notice)}"


def _summary(fragments: Fragments, notice: Notice) -> str:
    for section, part in zip(told_sections(notice), fragments.parts(notice), strict=True):
        if section.kind is SectionKind.SUMMARY:
            return part.whole
    return fragments.message(notice.updates[-1].message) if notice.updates else ""
