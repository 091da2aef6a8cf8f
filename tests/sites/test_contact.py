"""Where a reader turns whose problem the status page does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sites.building import NOON, front

if TYPE_CHECKING:
    from tests.sites.building import Built, Site

MAILBOX = "mailto:support@example.org"
OPEN = front(started="2026-06-15 11:00", updates=[])


def contacts(built: Built, path: str) -> list[tuple[str, str]]:
    links = built.page(path).all("a")
    return [(link.attributes["href"], link.text) for link in links if "not work for me" in link.text]


@pytest.mark.parametrize(
    ("incident", "label"),
    [(front(), "Something does not work for me"), (OPEN, "Something else does not work for me")],
)
def test_the_status_page_and_not_found_lead_to_it_also_during_an_incident(
    site: Site, incident: str, label: str
) -> None:
    site.option("contact_url", MAILBOX)
    site.write("incidents/2026-06-15-it.md", incident)
    built = site.build(NOON)
    for path in ("index.html", "404.html"):
        assert contacts(built, path) == [(MAILBOX, label)], path


def test_without_it_the_page_leads_to_what_its_owner_wrote_there(site: Site) -> None:
    site.write("docs/index.md", "# Our shop\n\nWrite to the help desk.\n")
    built = site.build(NOON)
    assert contacts(built, "index.html") == [("#more", "Something does not work for me")]
    assert contacts(built, "404.html") == []
