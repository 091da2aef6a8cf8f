"""The ways to subscribe: what most readers want first, links that begin a subscription, all feeds last."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

from mkdocs_incidents.present.outputs import OUTPUTS, Outputs
from mkdocs_incidents.present.pages.shared import site_view
from mkdocs_incidents.present.pages.subscribe import SubscribeMethod, SubscribeView, subscribe_view
from tests.present.contexts import site

SITE = site()
FEED, CALENDAR = "https://status.example.com/feed.xml", "https://status.example.com/calendar.ics"


def without(*outputs: str) -> SubscribeView:
    return subscribe_view(replace(SITE, outputs=Outputs(on=frozenset(OUTPUTS) - set(outputs))))


def way(key: str, view: SubscribeView | None = None) -> SubscribeMethod:
    return next(way for way in (view or subscribe_view(SITE)).ways if way.key == key)


def links(key: str) -> dict[str, str]:
    return {link.label: link.address for link in way(key).links}


def test_ways_are_in_the_order_of_what_most_readers_want() -> None:
    keys = [way.key for way in subscribe_view(SITE).ways]
    assert keys == ["email", "slack", "teams", "discord", "calendar", "feed", "programs"]


def test_services_get_the_address_of_the_feed() -> None:
    for key in ("email", "feed"):
        assert links(key)
        for address in links(key).values():
            assert "https%3A%2F%2Fstatus.example.com%2Ffeed.xml" in address
            assert unquote(address).endswith(FEED)


def test_calendars_get_the_address_of_the_calendar() -> None:
    found = links("calendar")
    assert found["Calendar on this device"] == "webcal://status.example.com/calendar.ics"
    assert parse_qs(urlsplit(found["Google Calendar"]).query) == {"cid": ["webcal://status.example.com/calendar.ics"]}
    assert parse_qs(urlsplit(found["Outlook.com"]).query) == {"url": [CALENDAR], "name": ["X"]}


def test_slack_gets_the_line_to_type() -> None:
    assert [copy.text for copy in way("slack").copies] == [f"/feed subscribe {FEED}"]


def test_without_rss_the_feed_is_atom() -> None:
    view = without("rss")
    assert way("slack", view).copies[0].text == "/feed subscribe https://status.example.com/feed.atom"
    assert {link.label for row in view.feeds for link in row.links} == {"Atom", "JSON Feed", "Calendar", "RSS"}
    assert [row.name for row in view.feeds if "RSS" in {link.label for link in row.links}] == [
        "One entry for each incident"
    ]


def test_a_way_is_shown_only_where_there_is_what_it_needs() -> None:
    assert [way.key for way in without("rss", "atom").ways] == ["calendar", "programs"]
    assert "calendar" not in {way.key for way in without("calendar").ways}
    nothing = without(*OUTPUTS)
    assert [nothing.ways, nothing.feeds, nothing.services] == [(), (), ()]


def test_the_e_mail_of_the_site_comes_first() -> None:
    own = replace(SITE, subscribe_url="https://lists.example.com/status")
    view = subscribe_view(own)
    assert view.ways[0].links[0].address == "https://lists.example.com/status"
    assert "We send no e-mail ourselves" not in view.ways[0].sentence
    assert "No account" not in view.intro
    assert "https://lists.example.com/status" in {link.address for way in site_view(own).follow for link in way.links}
    alone = subscribe_view(replace(own, outputs=Outputs(on=frozenset())))
    assert [(way.key, len(way.links), way.copies) for way in alone.ways] == [("email", 1, ())]


def test_the_title_of_an_announced_feed_names_its_format() -> None:
    assert [feed.title for feed in site_view(SITE).feeds] == [
        "Every update and postmortem (RSS)",
        "Every update and postmortem (Atom)",
        "Every update and postmortem (JSON Feed)",
    ]
