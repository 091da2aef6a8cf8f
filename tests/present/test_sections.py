"""The sections of a page: what of them is shown."""

from __future__ import annotations

import pytest

from mkdocs_incidents.model import Postmortem, Section, SectionKind
from mkdocs_incidents.present.pages.sections import section_views
from tests.makers import incident
from tests.present.contexts import site


@pytest.mark.parametrize(("heading", "markdown", "shown"), [
    ("Nobody could pay", "", False),
    ("NOBODY could pay", "\n", False),
    ("Nobody could pay", "For an hour.", True),
    ("Summary", "", True),
])  # fmt: skip
def test_a_section_that_repeats_the_title_is_shown_only_for_its_text(
    heading: str, markdown: str, *, shown: bool
) -> None:
    found = Section(kind=SectionKind.OTHER, heading=heading, level=1, markdown=markdown, marked=markdown, line=1)
    notice = incident("2026-04-06 10:00", title="Nobody could pay", postmortem=Postmortem(sections=(found,)))
    assert [section.shown for section in section_views(site(notice), notice)] == [shown]
