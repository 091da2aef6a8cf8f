"""The feed, as a feed reader reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import feedparser
import pytest
from lxml import etree

from mkdocs_incidents.content.loader import load
from tests.makers import at
from tests.sites.building import ADDRESS, front, update_at
from tests.sites.conftest import ROOT, TODAY

if TYPE_CHECKING:
    from tests.sites.building import Built, Site

EXAMPLE = "https://status.harmattan.example/"


@pytest.fixture(scope="session")
def feed(example: Built) -> feedparser.FeedParserDict:
    return feedparser.parse(example.files["feed.xml"])


def test_it_is_read_without_a_complaint(feed: feedparser.FeedParserDict) -> None:
    assert not feed.bozo
    assert feed.version == "rss20"
    assert feed.feed.link == EXAMPLE
    assert [link.href for link in feed.feed.links if link.rel == "self"] == [f"{EXAMPLE}feed.xml"]


def test_it_has_every_update_and_every_published_postmortem(site: Site) -> None:
    now = at(TODAY)
    known = load(ROOT / "incidents", now=now).history
    assert known
    updates = sum(sum(update.at <= now for update in notice.updates) for notice in known.notices)
    postmortems = [notice.postmortem_published_at for notice in known.notices if notice.postmortem_published_at]
    retracted = [notice for notice in known.notices if notice.retraction]
    mute = [notice for notice in known.notices if not notice.updates]  # these speak for themselves
    (site.folder / "incidents" / "components.yml").unlink()
    for file in (ROOT / "incidents").iterdir():
        site.write(f"incidents/{file.name}", file.read_bytes())
    site.option("feed_length", 500)
    entries = feedparser.parse(site.build(TODAY).files["feed.xml"]).entries
    ids = [entry.id for entry in entries]
    assert sum("#update-" in id_ for id_ in ids) == updates
    assert sum(id_.endswith("#postmortem") for id_ in ids) == sum(id_ <= now for id_ in postmortems) > 5
    assert len(ids) <= updates + len(postmortems) + len(mute) + len(retracted)


def test_every_entry_is_a_place_in_a_page(example: Built, feed: feedparser.FeedParserDict) -> None:
    assert len(feed.entries) > 20
    for entry in feed.entries:
        assert entry.id == entry.link
        address, _, anchor = entry.id.removeprefix(EXAMPLE).partition("#")
        page = example.page(f"{address}index.html")
        assert not anchor or anchor in page.ids, entry.id


def test_no_entry_comes_twice(feed: feedparser.FeedParserDict) -> None:
    ids = [entry.id for entry in feed.entries]
    assert len(ids) == len(set(ids))


def test_the_newest_comes_first(feed: feedparser.FeedParserDict) -> None:
    published = [entry.published_parsed for entry in feed.entries]
    assert published == sorted(published, reverse=True)


def test_entries_have_the_full_text(feed: feedparser.FeedParserDict) -> None:
    (entry,) = [item for item in feed.entries if item.id.endswith("card-payments-failed/#update-20261014-1147")] or [
        None
    ]
    if entry is None:
        (entry,) = [item for item in feed.entries if item.id.endswith("card-payments-failed/#update-20261014-1133")]
    assert entry.title == "Monitoring: Card payments failed"
    in_full = entry.content[0].value if "content" in entry else entry.summary
    assert "Webhooks about the past hour are still being sent. Next update by 13:15." in " ".join(in_full.split())


def test_no_entry_holds_a_relative_address_or_a_script(example: Built) -> None:
    for item in etree.fromstring(example.files["feed.xml"]).iter("item"):
        text = "".join(item.itertext())
        assert 'href="../' not in text
        assert 'src="../' not in text
        assert "<script" not in text


def test_every_page_leads_to_it_also_those_written_by_hand(example: Built) -> None:
    pages = [path for path in example.pages if path not in {"404.html", "embed.html"}]
    assert any(path.startswith("guide/") for path in pages)
    for path in pages:
        links = example.page(path).only("head").all("link", rel="alternate", type="application/rss+xml")
        assert f"{EXAMPLE}feed.xml" in [link.attributes["href"] for link in links], path
        # Material's script takes this very value for the site in another language, and fetches a sitemap beside it.
        assert "alternate" not in [link.attributes["rel"] for link in links], path


def test_it_is_there_and_sound_when_nothing_ever_happened(site: Site) -> None:
    first, later = (site.build(now).files["feed.xml"] for now in ("2026-06-15 12:00", "2026-06-15 12:05"))
    feed = feedparser.parse(first)
    assert not feed.bozo
    assert feed.entries == []
    assert feed.feed.link == ADDRESS
    assert first == later, "an unchanged feed keeps its bytes"


def test_it_is_as_long_as_the_site_wants(site: Site) -> None:
    minutes = range(5, 15)
    updates = [update_at(f"2026-05-04 10:{minute:02}", "identified", f"Word {minute}.") for minute in minutes]
    site.write("incidents/x.md", front(updates=updates, impact="minor"))
    site.option("feed_length", 3)
    entries = feedparser.parse(site.build().files["feed.xml"]).entries
    assert [entry.id.rpartition("-")[2] for entry in entries] == ["1014", "1013", "1012"]


def test_an_entry_keeps_its_id_when_its_text_is_corrected(site: Site) -> None:
    def ids(**facts: str) -> set[str]:
        update = update_at("2026-05-04 10:05", "investigating", facts.get("message", "We lok into it."))
        site.write("incidents/x.md", front(title=facts.get("title", "It broke"), updates=[update]))
        return {entry.id for entry in feedparser.parse(site.build().files["feed.xml"]).entries}

    assert ids() == ids(message="We look into it.", title="Nobody could sign in")
