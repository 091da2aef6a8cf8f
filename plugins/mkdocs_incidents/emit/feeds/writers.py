"""Feeds: which there are, and RSS and Atom as feedgen writes them."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from mkdocs_incidents.present.outputs import APOLOGIES, ATOM, HISTORY, PER_COMPONENT, PROMISES, RSS, TOPICS, FeedFormat

from ..artifact import Planned
from ..clean_html import printable
from ..context import NEVER, component_path, public_components
from .apologies import apology_items
from .definitions import Feed
from .history import history_items
from .items import feed_item
from .json_feed import json_feed
from .promises import promise_items

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from typing import Any

    from feedgen.entry import FeedEntry
    from feedgen.feed import FeedGenerator

    from mkdocs_incidents.present.context import SiteContext

    from ..context import EmitContext
    from .definitions import FeedItem

STYLE_PATH = "assets/incidents/feed.css"

_RULES = """\
:root { color-scheme: light dark; }
rss, feed { display: block; max-width: 40rem; margin: 0 auto; padding: 2rem 1rem; }
rss, feed { font: 1rem/1.5 system-ui, sans-serif; }
rss::before, feed::before { display: block; margin-bottom: 2rem; padding: 1rem; border: 1px solid; content: %s; }
channel { display: block; }
channel > *, feed > *, item > *, entry > * { display: none; }
channel > item, feed > entry { display: block; padding: 1rem 0; border-top: 1px solid; }
channel > title, feed > title { display: block; margin-bottom: 1rem; font-size: 1.5rem; font-weight: 700; }
item > title, entry > title { display: block; font-weight: 700; }
item > description, entry > summary { display: block; }
item > pubDate, entry > published { display: block; font-size: .875rem; opacity: .8; }
"""


def feed_style(context: EmitContext) -> bytes:
    """The style sheet, with the explanation in its words."""
    told = context.site.formatter.text(
        "This is a feed, made for feed readers, chat rooms and programs. To follow it, copy the address of this page "
        "into one of them: it then shows each new entry by itself."
    )
    # A string of CSS is written like one of JSON, but for escapes; with everything beyond ASCII left as it is, the
    # quote, the backslash and the control characters remain, and the words of a catalogue hold no control characters.
    return (_RULES % json.dumps(told, ensure_ascii=False)).encode()


_REFRESH_MINUTES = 5
_ATOM = "http://www.w3.org/2005/Atom"


def planned_feeds(site: SiteContext, *, form: FeedFormat) -> Iterator[Planned]:
    """The feeds of topics and of components in one format."""
    topics = [(stem, site.formatter.text(topic) if stem != "feed" else "") for stem, topic in TOPICS.items()]
    if PER_COMPONENT in site.outputs.on:
        topics += [(component_path(c.id, "feed"), c.name) for c in public_components(site)]
    for stem, topic in topics:
        path = f"{stem}.{form.suffix}"
        yield Planned(path, form.media_type, partial(_write, stem=stem, path=path, topic=topic, form=form))


def planned_history_feeds(_: SiteContext) -> Iterator[Planned]:
    """The two feeds of Statuspage."""
    for path, form in ((f"{HISTORY}.rss", RSS), (f"{HISTORY}.atom", ATOM)):
        yield Planned(path, form.media_type, partial(_write_history, path=path, form=form))


def planned_style(_: SiteContext) -> Iterator[Planned]:
    """What browsers show RSS and Atom by."""
    yield Planned(STYLE_PATH, "text/css", feed_style)


def _write(context: EmitContext, *, stem: str, path: str, topic: str, form: FeedFormat) -> bytes:
    text = context.site.formatter.text
    if stem == PROMISES:
        feed = _feed(context.site, path, topic, promise_items(context))
        told = text("One entry for each promise, and one when it is kept or dropped.")
        return _WRITERS[form.output](replace(feed, description=told))
    if stem == APOLOGIES:
        feed = _feed(context.site, path, topic, apology_items(context))
        return _WRITERS[form.output](replace(feed, description=text("Each apology in full, as it is published.")))
    entries = [feed_item(context, publication) for publication in context.feeds.get(stem, ())]
    return _WRITERS[form.output](_feed(context.site, path, topic, entries))


def _write_history(context: EmitContext, *, path: str, form: FeedFormat) -> bytes:
    topic = context.site.formatter.text("History")
    return _WRITERS[form.output](_feed(context.site, path, topic, history_items(context)))


def _feed(site: SiteContext, path: str, topic: str, entries: Sequence[FeedItem]) -> Feed:
    return Feed(
        title=printable(f"{site.site_name}: {topic}" if topic else site.site_name),
        description=site.formatter.text("One entry for each public word, as it is published."),
        address=site.urls.file(path),
        home=site.urls.absolute(site.urls.status),
        style="../" * path.count("/") + STYLE_PATH,
        hub=site.outputs.hub,
        language=str(site.formatter.locale).replace("_", "-"),
        author=printable(site.site_name),
        updated_at=max((entry.updated_at for entry in entries), default=NEVER),
        items=entries,
    )


def _rss(feed: Feed) -> bytes:
    # Readers show an RSS description as HTML, and a title as plain text.
    generator = _generator(feed, RSS, description=escape(feed.description, quote=False))
    for entry in feed.items:
        item = _add(generator, entry, summary=escape(entry.summary, quote=False))
        item.guid(entry.id, permalink=True)
        item.pubDate(entry.published_at)
        item.dc.dc_creator(entry.author or feed.author)
        item.more.at = entry.updated_at if entry.updated_at > entry.published_at else None
        item.category([{"term": category.label} for category in entry.categories])
    return _with_style(feed, generator.rss_str(pretty=True))


def _atom(feed: Feed) -> bytes:
    generator = _generator(feed, ATOM, description=feed.description)
    for entry in feed.items:
        item = _add(generator, entry, summary=entry.summary)
        item.published(entry.published_at)
        if entry.author:
            item.author(name=entry.author)
        item.category([{"term": category.term, "label": category.label} for category in entry.categories])
    return _with_style(feed, generator.atom_str(pretty=True))


def _add(generator: FeedGenerator, entry: FeedItem, *, summary: str) -> FeedEntry:
    item = generator.add_entry(order="append")
    item.id(entry.id)
    item.link(href=entry.id)
    item.title(entry.title)
    item.summary(summary)
    item.content(entry.html, type="html")
    item.updated(entry.updated_at)
    return item


def _generator(feed: Feed, form: FeedFormat, *, description: str) -> FeedGenerator:
    from feedgen.feed import FeedGenerator  # noqa: PLC0415  its import takes 60 ms: only who writes a feed pays

    generator = FeedGenerator()
    if form is RSS:
        generator.load_extension("dc", atom=False)
        generator.register_extension("more", _Hub, _Edited, atom=False)
        generator.more.href = feed.hub
    generator.id(feed.address)
    generator.title(feed.title)
    generator.subtitle(description)
    generator.author(name=feed.author)
    generator.link(href=feed.address, rel="self", type=form.media_type)
    if feed.hub:
        generator.link(href=feed.hub, rel="hub")
    # The last link is the one that RSS takes for the channel's own.
    generator.link(href=feed.home, rel="alternate", type="text/html")
    generator.language(feed.language.lower())
    generator.ttl(_REFRESH_MINUTES)
    generator.updated(feed.updated_at)
    generator.generator("mkdocs-incidents")
    return generator


def _with_style(feed: Feed, xml: bytes) -> bytes:
    """The feed with a style sheet, so that it explains itself to whoever opens it in a browser."""
    instruction = f'<?xml-stylesheet type="text/css" href="{feed.style}"?>'
    return xml.replace(b"?>\n", f"?>\n{instruction}\n".encode(), 1)


class _Hub:
    """What feedgen leaves out of RSS: the hub of the feed. An extension of feedgen, as it understands them."""

    href = ""

    def extend_ns(self) -> dict[str, str]:
        return {}

    def extend_rss(self, rss: Any) -> None:
        if self.href:
            channel = rss[0]
            channel.append(channel.makeelement(f"{{{_ATOM}}}link", {"rel": "hub", "href": self.href}))


class _Edited(_Hub):
    """Likewise, of an item: when it was edited. RSS itself knows one date only, that of the first publication."""

    at: datetime | None = None

    def extend_rss(self, rss: Any) -> None:
        if self.at:
            rss.append(rss.makeelement(f"{{{_ATOM}}}updated"))
            rss[-1].text = self.at.isoformat()


_WRITERS = {RSS.output: _rss, ATOM.output: _atom, "json_feed": json_feed}
