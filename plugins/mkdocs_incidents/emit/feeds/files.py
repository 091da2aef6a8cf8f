"""The files of feeds: those of topics and components in each format, Statuspage's two, and their style sheet."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from mkdocs_incidents.present.outputs import APOLOGIES, ATOM, HISTORY, PER_COMPONENT, PROMISES, RSS, TOPICS, FeedFormat
from mkdocs_incidents.present.urls import notice_feed

from ..artifact import PlannedFile
from ..clean_html import printable
from ..context import EPOCH, component_path
from .apologies import apology_items
from .items import feed_item, history_items, items_of_notice
from .promises import promise_items
from .writers import WRITERS, Feed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs_incidents.model import Component, Notice
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


def planned_feeds(site: SiteContext, *, form: FeedFormat) -> Iterator[PlannedFile]:
    """The feeds of topics in one format."""
    for stem, topic in TOPICS.items():
        yield _planned(stem, site.formatter.text(topic) if stem != "feed" else "", form)


def planned_component_feeds(site: SiteContext, component: Component, *, form: FeedFormat) -> Iterator[PlannedFile]:
    """The feed of a component in one format."""
    if PER_COMPONENT in site.outputs.on:
        yield _planned(component_path(component.id, "feed"), site.component_name(component.id), form)


def planned_notice_feeds(site: SiteContext, notice: Notice, *, form: FeedFormat) -> Iterator[PlannedFile]:
    """The feed of a notice alone in one format, also at its former addresses."""
    if not site.is_followed(notice):
        return
    path = f"{notice_feed(notice.id)}.{form.suffix}"
    for notice_id in (notice.id, *notice.former_ids):
        write = partial(_write_notice, notice=notice, path=path, form=form)
        yield PlannedFile(f"{notice_feed(notice_id)}.{form.suffix}", form.media_type, write)


def _planned(stem: str, topic: str, form: FeedFormat) -> PlannedFile:
    path = f"{stem}.{form.suffix}"
    return PlannedFile(path, form.media_type, partial(_write, stem=stem, path=path, topic=topic, form=form))


def planned_history_feeds(_: SiteContext) -> Iterator[PlannedFile]:
    """The two feeds of Statuspage."""
    for path, form in ((f"{HISTORY}.rss", RSS), (f"{HISTORY}.atom", ATOM)):
        yield PlannedFile(path, form.media_type, partial(_write_history, path=path, form=form))


def planned_style(_: SiteContext) -> Iterator[PlannedFile]:
    """The style sheet with which browsers show RSS and Atom."""
    yield PlannedFile(STYLE_PATH, "text/css", _write_style)


def _write(context: EmitContext, *, stem: str, path: str, topic: str, form: FeedFormat) -> bytes:
    text = context.site.formatter.text
    if stem == PROMISES:
        items = promise_items(context)
        description = text("One entry for each promise, and one when it is kept or dropped.")
    elif stem == APOLOGIES:
        items = apology_items(context)
        description = text("Each apology in full, as it is published.")
    else:
        items = [feed_item(context, publication) for publication in context.feeds.get(stem, ())]
        description = _every_publication(context.site)
    return WRITERS[form.output](_feed(context.site, path, topic, description, items))


def _write_history(context: EmitContext, *, path: str, form: FeedFormat) -> bytes:
    topic, description = context.site.formatter.text("History"), _every_publication(context.site)
    return WRITERS[form.output](_feed(context.site, path, topic, description, history_items(context)))


def _write_notice(context: EmitContext, *, notice: Notice, path: str, form: FeedFormat) -> bytes:
    topic, description = context.site.formatter.notice_title(notice), _every_publication(context.site)
    feed = _feed(context.site, path, topic, description, items_of_notice(context, notice))
    return WRITERS[form.output](replace(feed, home=context.site.urls.absolute(context.site.urls.notice(notice))))


def _write_style(context: EmitContext) -> bytes:
    explanation = context.site.formatter.text(
        "This is a feed, made for feed readers, chat rooms and programs. To follow it, copy the address of this page "
        "into one of them: it then shows each new entry by itself."
    )
    # A string of CSS is a string of JSON but for the escapes. Without those for what is beyond ASCII only the quote,
    # the backslash and control characters are escaped, and messages of a catalogue hold no control characters.
    return (_RULES % json.dumps(explanation, ensure_ascii=False)).encode()


def _every_publication(site: SiteContext) -> str:
    return site.formatter.text("One entry for each update and postmortem, as it is published.")


def _feed(site: SiteContext, path: str, topic: str, description: str, items: Sequence[FeedItem]) -> Feed:
    return Feed(
        title=printable(f"{site.site_name}: {topic}" if topic else site.site_name),
        description=description,
        address=site.urls.file(path),
        home=site.urls.absolute(site.urls.status),
        style="../" * path.count("/") + STYLE_PATH,
        hub=site.outputs.hub,
        language=str(site.formatter.locale).replace("_", "-"),
        author=printable(site.site_name),
        updated_at=max((item.updated_at for item in items), default=EPOCH),
        items=items,
    )
