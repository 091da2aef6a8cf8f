"""A retracted incident and former addresses in a whole site."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.sites.building import ADDRESS, front, update_at
from tests.sites.links import dead_links

if TYPE_CHECKING:
    from tests.sites.building import Built, Site

REASON = "The website never failed: a test was published."
ALARM = "incidents/2026-06-14-alarm/"


@pytest.fixture
def retracted(site: Site) -> Built:
    site.write("incidents/2026-06-14-alarm.md", front(
        started="2026-06-14 10:00", title="The website is down",
        updates=[update_at("2026-06-14 10:05", "investigating", "It is down. Next update by 10:30.")],
        retracted={"reason": REASON, "at": "2026-06-14 10:20"},
    ))  # fmt: skip
    return site.build(strict=True)


def test_the_page_of_a_retracted_incident_says_so_first(retracted: Built) -> None:
    page = retracted.page(f"{ALARM}index.html")
    assert page.title.startswith("Retracted: The website is down")
    text = retracted.text(f"{ALARM}index.html")
    heading, reason, update = (
        text.index(part) for part in ("Retracted: The website is down</h1>", REASON + "</p>", "It is down.")
    )
    assert heading < reason < update
    assert '<section class="now no_data past"' in text
    assert 'id="retracted"' in text
    assert "Measured" not in text
    assert "major outage" not in text.lower()


def test_other_pages_show_it_as_retracted_and_count_nothing(retracted: Built) -> None:
    status, month = retracted.text("index.html"), retracted.text("history/2026/06/index.html")
    for page in (status, month):
        assert '<span class="tag no_data">Retracted</span>' in page
    assert "We know of no problems" in status
    assert "1 incident" not in month
    docs = {doc["location"]: doc for doc in json.loads(retracted.files["search/search_index.json"])["docs"]}
    assert docs[ALARM]["title"] == "Retracted: The website is down"
    assert docs[ALARM]["text"] == f"<p>Retracted</p> <p>{REASON}</p>"


def test_a_retracted_update_is_struck_and_the_banner_has_the_one_before(site: Site) -> None:
    slow = [
        update_at("2026-06-15 10:05", "investigating", "The website is slow."),
        update_at("2026-06-15 10:10", "identified", "Our host is down.",
                  retracted={"reason": "Our host works.", "at": "2026-06-15 10:15"}),
    ]  # fmt: skip
    site.write("incidents/2026-06-15-slow.md", front(
        started="2026-06-15 10:00", components={"web": "degraded_performance"}, updates=slow,
    ))  # fmt: skip
    built = site.build(strict=True)
    page, status = built.text("incidents/2026-06-15-slow/index.html"), built.text("index.html")
    assert page.index("Retracted: Our host works.") < page.index('<del class="voice"><p>Our host is down.</p></del>')
    assert "The website is slow." in status
    assert "Our host is down." not in status


@pytest.mark.parametrize("directory_urls", [True, False])
def test_a_page_at_a_former_address_leads_on_and_is_not_searched(site: Site, *, directory_urls: bool) -> None:
    site.settings["use_directory_urls"] = directory_urls
    site.write("incidents/2026-06-14-new.md", front(aliases=["2026-06-14-old"], merged=["2026-06-14-other"]))
    built = site.build(strict=True)
    assert dead_links(built, ADDRESS) == []
    for former in ("2026-06-14-old", "2026-06-14-other"):
        page = built.text(f"incidents/{former}/index.html" if directory_urls else f"incidents/{former}.html")
        assert ("../2026-06-14-new/" if directory_urls else "2026-06-14-new.html") in page
        assert former not in built.text("search/search_index.json")
        assert former not in built.text("sitemap.xml")
        assert built.files[f"incidents/{former}.json"] == built.files["incidents/2026-06-14-new.json"]
        assert built.files[f"incidents/{former}.md"] == built.files["incidents/2026-06-14-new.md"]
