"""What templates write out of the fields of a view: the heading of a state, the times for the script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sites.building import front, update_at

if TYPE_CHECKING:
    from tests.sites.building import Built, Site


@pytest.fixture
def built(site: Site) -> Built:
    site.write("incidents/closed.md", front(resolved="2026-05-04 11:00"))
    site.write("incidents/open.md", front(started="2026-06-15 10:00", components={"api": "major_outage"}, updates=None))
    site.write(
        "incidents/work.md",
        front(
            started=None,
            scheduled={"from": "2026-06-20 10:00", "until": "2026-06-20 11:30"},
            components={"web": "under_maintenance"},
            updates=[update_at("2026-06-10 10:00", "scheduled")],
        ),
    )
    return site.build()


@pytest.mark.parametrize(("page", "heading"), [("open", "What is affected"), ("closed", "What was affected")])
def test_services_are_affected_while_a_notice_is_open_and_were_once_it_is_closed(
    built: Built, page: str, heading: str
) -> None:
    assert built.page(f"incidents/{page}/index.html").only("h2", id="affected").text == heading


def test_the_row_of_coming_work_has_its_begin_and_its_end_for_the_script(built: Built) -> None:
    (tag,) = [found for found in built.page("index.html").walk() if "data-from" in found.attributes]
    assert tag.attributes["data-from"] == "2026-06-20T10:00+00:00"
    assert tag.attributes["data-until"] == "2026-06-20T11:30+00:00"
