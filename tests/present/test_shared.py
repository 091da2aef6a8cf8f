"""What all pages have: the menu."""

from __future__ import annotations

import pytest

from mkdocs_incidents.present.pages.shared import fits_header, site_view
from tests.present.contexts import site

MENU = [link.label for link in site_view(site()).links]


@pytest.mark.parametrize(
    ("name", "more", "fits"),
    [
        ("Harmattan status", ["Guide"], True),
        ("Harmattan status", ["Guide", "About us"], False),
        ("The status of all services of Harmattan", [], False),
        ("ハルマッタン決済状況", [], True),
        ("ハルマッタン決済サービスの稼働状況", [], False),
    ],
)
def test_the_menu_lies_in_the_header_if_the_name_of_the_site_leaves_room(
    name: str, more: list[str], *, fits: bool
) -> None:
    assert fits_header(name, MENU + more) is fits


def test_planned_work_is_in_the_menu() -> None:
    assert [(link.label, link.address) for link in site_view(site()).links][2] == ("Planned work", "maintenance/")
