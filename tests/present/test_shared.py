"""What all pages have: the menu."""

from __future__ import annotations

from mkdocs_incidents.present.pages.shared import site_view
from tests.present.contexts import site


def test_planned_work_is_in_the_menu() -> None:
    assert [(link.label, link.address) for link in site_view(site()).links][2] == ("Planned work", "maintenance/")
