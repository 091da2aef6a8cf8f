"""The example site as it stood in the middle of an outage: what was known then, and nothing of what came later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.sites.building import front, update_at

if TYPE_CHECKING:
    from tests.sites.building import Built, Site

OUTAGE = "incidents/2026-10-14-card-payments-failed/index.html"


def status_files(built: Built) -> dict[str, bytes]:
    """Every file but the guide, which describes the example, and the search index."""
    return {
        path: content
        for path, content in built.files.items()
        if not path.startswith(("guide/", "assets/", "search/")) and "guide" not in path
    }


def found(built: Built, *texts: str) -> list[tuple[str, str]]:
    return [(path, text) for path, content in status_files(built).items() for text in texts if text.encode() in content]


def test_the_banner_is_the_outage(demo: Built) -> None:
    page = demo.page("index.html")
    assert page.only("h1", id="now").text == "Card payments failed Identified"
    assert page.title.startswith("Partial outage: Card payments failed")
    banner = page.only("section", class_="now")
    assert "partial_outage" in banner.attributes["class"].split()
    assert "We have found the cause" in banner.text
    assert "2026-10-14T11:55" in [element.attributes["datetime"][:16] for element in banner.all("time")]
    assert "2026-10-14T12:15" in [element.attributes["datetime"][:16] for element in banner.all("time")], (
        "the next word"
    )


def test_the_page_not_found_says_so_before_it_tells_the_state(demo: Built) -> None:
    page = demo.page("404.html")
    assert page.only("h1").text == "There is no page here"
    parts = ("There is no page here", "Partial outage", "Card payments failed Identified", "Next update by 12:15")
    places = [page.text.index(part) for part in parts]
    assert places == sorted(places)


def test_pages_of_the_guide_lead_back_to_the_status(demo: Built) -> None:
    path = demo.page("guide/outage/index.html").only("nav", class_="md-path")
    assert [(link.text, link.attributes["href"]) for link in path.all("a")] == [("Status", "../.."), ("Guide", "../")]


def test_what_was_published_by_then_is_there(demo: Built) -> None:
    assert [element.attributes["id"] for element in demo.page(OUTAGE).all("ol", class_="updates")[0].all("li")] == [
        "update-20261014-1047",
        "update-20261014-1029",
    ]


def test_later_updates_and_the_postmortem_are_nowhere(demo: Built, example: Built) -> None:
    later = (
        "Terminals that have been switched on since",  # 12:09
        "all webhooks have been sent",  # 12:58
        "update-20261014-1109",
        "It expected naira and was given kobo",  # the postmortem
        "Your customer stood at the counter",
        "Head of Payments Engineering",
        "-failed/#postmortem",
    )
    assert {text for _, text in found(example, *later)} == set(later), "the test looks for what the site really says"
    assert found(demo, *later) == []


def test_what_began_later_is_nowhere(demo: Built, example: Built) -> None:
    later = "2026-11-12-webhooks-late-twice", "2026-11-03-phishing-mails"
    assert {text for _, text in found(example, *later)} == set(later)
    assert found(demo, *later) == []
    assert [path for path in demo.files if any(text in path for text in later)] == []


def test_planned_work_announced_by_then_is_still_to_come(demo: Built) -> None:
    assert "Payouts pause" in demo.page("index.html").only("section", aria_labelledby="planned").text


def test_no_month_is_later_than_the_instant(demo: Built) -> None:
    months = sorted(path for path in demo.files if path.startswith("history/2026/") and path.endswith("index.html"))
    assert months[-1] == "history/2026/10/index.html"


def test_the_instant_is_read_in_the_zone_of_the_catalogue(site: Site) -> None:
    site.write("incidents/components.yml", "timezone: Asia/Tokyo\ncomponents: [{id: web, name: Web}]\n")
    site.write("incidents/x.md", front(
        started="2026-05-04 10:00",
        updates=[update_at("2026-05-04 10:05", "investigating"), update_at("2026-05-04 11:00", "resolved")],
    ))  # fmt: skip
    site.option("as_of", "2026-05-04 10:30")
    assert site.build().page("index.html").only("h1", id="now").text == "It broke Investigating"
    site.option("as_of", "2026-05-04 10:30Z")
    assert site.build().page("index.html").only("h1", id="now").text == "We know of no problems"


def test_before_anything_was_there_is_a_site(site: Site) -> None:
    site.write("incidents/x.md", front())
    site.option("as_of", "2020-01-01 00:00")
    built = site.build()
    assert "incidents/x/index.html" not in built.files
    assert "It broke" not in built.text("index.html")


def test_empty_means_now(site: Site) -> None:
    site.option("as_of", "  ")
    assert "2026-06-15T12:00" in site.build().text("index.html")


def test_an_update_a_minute_ahead_of_the_clock_is_there_as_stated(site: Site) -> None:
    ahead = [update_at("2026-06-15 12:01", "investigating", "Pages fail.")]
    site.write("incidents/2026-06-15-it-broke.md", front(started="2026-06-15 11:50", updates=ahead))
    built = site.build("2026-06-15 12:00", strict=True)
    page = built.page("index.html").only("section", class_="now").text
    assert "12:01 UTC Pages fail." in page
    assert "open since 11:50 UTC" in page
    assert "-1" not in page
    assert "update-20260615-1201" in built.text("feed.xml")
    assert '"built_at":"2026-06-15T12:00:00Z"' in built.text("now.json"), "so that open pages find the next build"


def test_an_update_more_than_five_minutes_ahead_is_held_back_and_the_build_says_until_when(site: Site) -> None:
    ahead = [update_at("2026-06-15 12:06", "investigating", "Pages fail.")]
    site.write("incidents/2026-06-15-it-broke.md", front(started="2026-06-15 11:50", updates=ahead))
    built = site.build("2026-06-15 12:00")
    assert "Pages fail." not in built.text("index.html")
    (warning,) = [warning for warning in built.warnings if "later than now" in warning]
    assert "it is held back until 2026-06-15 12:06 UTC" in warning


def test_the_option_as_of_shows_nothing_of_a_minute_later(site: Site) -> None:
    later = [update_at("2026-05-04 10:05", "investigating", "Pages fail.")]
    site.write("incidents/2026-05-04-it-broke.md", front(updates=later))
    site.option("as_of", "2026-05-04 10:04")
    assert "Pages fail." not in site.build().text("index.html")
