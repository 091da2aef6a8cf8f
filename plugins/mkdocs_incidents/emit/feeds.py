"""Feeds, written by feedgen (host_facts.md 12 says what real readers want)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .artifact import Artifact
from .entries import entries, printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedgen.feed import FeedGenerator

    from mkdocs_incidents.present.edition import Edition

    from .entries import Entry, Rendered

RSS_PATH = "feed.xml"
_REFRESH_MINUTES = 5


def rss(edition: Edition, rendered: Rendered, at_most: int) -> Artifact:
    """RSS 2.0: one item for each public word, newest first, full text."""
    words = entries(edition, rendered, at_most)
    feed = _feed(edition, words)
    for entry in words:
        item = feed.add_entry(order="append")
        item.id(entry.address)
        item.guid(entry.address, permalink=True)
        item.link(href=entry.address)
        item.title(entry.title)
        item.description(entry.html or entry.title)
        item.pubDate(entry.at)
        item.dc.dc_creator(printable(edition.site_name))
        item.category([{"term": name} for name in entry.categories])
    return Artifact(path=RSS_PATH, media_type="application/rss+xml", content=feed.rss_str(pretty=True))


def _feed(edition: Edition, words: Sequence[Entry]) -> FeedGenerator:
    from feedgen.feed import FeedGenerator  # noqa: PLC0415  its import takes 60 ms: only who writes a feed pays

    address = edition.urls.absolute(RSS_PATH)
    feed = FeedGenerator()
    feed.load_extension("dc", atom=False, rss=True)
    feed.id(address)
    feed.title(printable(edition.site_name))
    feed.description(edition.wording.text("Every update and every postmortem, as it is published."))
    feed.link(href=address, rel="self", type="application/rss+xml")
    # The last link without rel="self" becomes the channel's own.
    feed.link(href=edition.urls.absolute(edition.urls.status), rel="alternate")
    feed.language(str(edition.wording.locale).replace("_", "-").lower())
    feed.ttl(_REFRESH_MINUTES)
    # From the words, never from the clock: an unchanged feed keeps its bytes. Without any word, from nothing at all.
    feed.lastBuildDate(words[0].at if words else edition.record.now)
    feed.generator("mkdocs-incidents")
    return feed
