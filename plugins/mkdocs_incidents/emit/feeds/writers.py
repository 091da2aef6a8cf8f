"""The formats of feeds: RSS 2.0 and Atom (RFC 4287) as feedgen writes them, and JSON Feed 1.1."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from mkdocs_incidents.present.outputs import ATOM, JSON_FEED, RSS, FeedFormat

from ..artifact import json_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Any

    from feedgen.entry import FeedEntry
    from feedgen.feed import FeedGenerator

    from .definitions import FeedItem

_REFRESH_MINUTES = 5
_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed: its metadata and its items."""

    title: str
    description: str
    address: str
    """Absolute."""
    home: str
    """Absolute address of the page that it is about: the status page, or that of a notice."""
    style: str
    """Address of the style sheet for browsers, relative to the feed."""
    hub: str
    """Address of the WebSub hub; empty without one."""
    language: str
    author: str
    updated_at: datetime
    """From the items, never from the clock: an unchanged feed keeps its bytes."""
    items: Sequence[FeedItem]


def rss(feed: Feed) -> bytes:
    """A feed as RSS 2.0, with a style sheet."""
    # Readers show an RSS description as HTML, and a title as plain text.
    generator = _generator(feed, RSS, description=escape(feed.description, quote=False))
    for item in feed.items:
        entry = _add(generator, item, summary=escape(item.summary, quote=False))
        entry.guid(item.id, permalink=item.id == item.address)
        entry.pubDate(item.published_at)
        entry.dc.dc_creator(item.author or feed.author)
        entry.more.at = item.updated_at if item.updated_at > item.published_at else None
        entry.category([{"term": category.label} for category in item.categories])
    return _with_stylesheet(feed, generator.rss_str(pretty=True))


def atom(feed: Feed) -> bytes:
    """A feed as Atom, with a style sheet."""
    generator = _generator(feed, ATOM, description=feed.description)
    for item in feed.items:
        entry = _add(generator, item, summary=item.summary)
        entry.published(item.published_at)
        if item.author:
            entry.author(name=item.author)
        entry.category([{"term": category.term, "label": category.label} for category in item.categories])
    return _with_stylesheet(feed, generator.atom_str(pretty=True))


def json_feed(feed: Feed) -> bytes:
    """A feed as JSON Feed 1.1."""
    document: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.address,
        "description": feed.description,
        "language": feed.language,
        "authors": [{"name": feed.author, "url": feed.home}],
        "items": [_json_item(item) for item in feed.items],
    }
    if feed.hub:
        document["hubs"] = [{"type": "WebSub", "url": feed.hub}]
    return json_bytes(document)


WRITERS = {RSS.output: rss, ATOM.output: atom, JSON_FEED.output: json_feed}
"""The writer of each format, by the name of its output."""


def _json_item(item: FeedItem) -> dict[str, Any]:
    document: dict[str, Any] = {
        "id": item.id,
        "url": item.address,
        "title": item.title,
        "content_html": item.html,
        "summary": item.summary,
        "date_published": item.published_at.isoformat(),
        "tags": [category.label for category in item.categories],
    }
    if item.author:
        document["authors"] = [{"name": item.author}]
    if item.updated_at > item.published_at:
        document["date_modified"] = item.updated_at.isoformat()
    return document


def _add(generator: FeedGenerator, item: FeedItem, *, summary: str) -> FeedEntry:
    entry = generator.add_entry(order="append")
    entry.id(item.id)
    entry.link(href=item.address)
    entry.title(item.title)
    entry.summary(summary)
    entry.content(item.html, type="html")
    entry.updated(item.updated_at)
    return entry


def _generator(feed: Feed, form: FeedFormat, *, description: str) -> FeedGenerator:
    from feedgen.feed import FeedGenerator  # noqa: PLC0415  its import takes 60 ms: only who writes a feed pays

    generator = FeedGenerator()
    if form is RSS:
        generator.load_extension("dc", atom=False)
        generator.register_extension("more", _HubExtension, _EditedExtension, atom=False)
        generator.more.href = feed.hub
    generator.id(feed.address)
    generator.title(feed.title)
    generator.subtitle(description)
    generator.author(name=feed.author)
    generator.link(href=feed.address, rel="self", type=form.media_type)
    if feed.hub:
        generator.link(href=feed.hub, rel="hub")
    # feedgen takes the last link as that of the RSS channel.
    generator.link(href=feed.home, rel="alternate", type="text/html")
    generator.language(feed.language.lower())
    generator.ttl(_REFRESH_MINUTES)
    generator.updated(feed.updated_at)
    generator.generator("mkdocs-incidents")
    return generator


def _with_stylesheet(feed: Feed, xml: bytes) -> bytes:
    """The feed with a style sheet, so that a browser shows it with an explanation."""
    instruction = f'<?xml-stylesheet type="text/css" href="{feed.style}"?>'
    return xml.replace(b"?>\n", f"?>\n{instruction}\n".encode(), 1)


class _HubExtension:
    """An extension of feedgen that adds the WebSub hub to an RSS channel, which feedgen leaves out."""

    href = ""

    def extend_ns(self) -> dict[str, str]:
        return {}

    def extend_rss(self, rss: Any) -> None:
        if self.href:
            channel = rss[0]
            channel.append(channel.makeelement(f"{{{_ATOM}}}link", {"rel": "hub", "href": self.href}))


class _EditedExtension(_HubExtension):
    """An extension of feedgen that adds the time of the last edit to an RSS item: RSS has that of publication only."""

    at: datetime | None = None

    def extend_rss(self, rss: Any) -> None:
        if self.at:
            rss.append(rss.makeelement(f"{{{_ATOM}}}updated"))
            rss[-1].text = self.at.isoformat()
