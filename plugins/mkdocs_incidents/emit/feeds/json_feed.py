"""JSON Feed 1.1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..artifact import json_bytes

if TYPE_CHECKING:
    from .definitions import Feed, FeedItem


def json_feed(feed: Feed) -> bytes:
    """A feed as JSON."""
    document: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.address,
        "description": feed.description,
        "language": feed.language,
        "authors": [{"name": feed.author, "url": feed.home}],
        "items": [_item(entry) for entry in feed.items],
    }
    if feed.hub:
        document["hubs"] = [{"type": "WebSub", "url": feed.hub}]
    return json_bytes(document)


def _item(entry: FeedItem) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.id,
        "title": entry.title,
        "content_html": entry.html,
        "summary": entry.summary,
        "date_published": entry.published_at.isoformat(),
        "tags": [category.label for category in entry.categories],
    }
    if entry.author:
        item["authors"] = [{"name": entry.author}]
    if entry.updated_at > entry.published_at:
        item["date_modified"] = entry.updated_at.isoformat()
    return item
