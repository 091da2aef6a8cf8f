"""What every page has: links, feeds and metadata."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from .. import urls as paths
from ..outputs import FORMATS, TOPICS
from ..previews import SITE, preview_address, shared_preview
from ..views import FeedLink, FollowWay, Link, PageMetadata, SiteView

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ..context import SiteContext
    from ..page_times import PageTime


def site_view(site: SiteContext) -> SiteView:
    """Links, feeds and script texts of a site; independent of the time of the build."""
    text, urls = site.formatter.text, site.urls
    return SiteView(
        name=site.site_name,
        status=urls.status,
        history=urls.history,
        uptime=urls.page(paths.UPTIME),
        promises=urls.page(paths.PROMISES),
        links=(
            Link(label=text("Status"), address=urls.status, key="status"),
            Link(label=text("History"), address=urls.history, key="history"),
            Link(label=text("Planned work"), address=urls.page(paths.MAINTENANCE), key="maintenance"),
            Link(label=text("Postmortems"), address=urls.page(paths.POSTMORTEMS), key="postmortems"),
            Link(label=text("Promises"), address=urls.page(paths.PROMISES), key="promises"),
            Link(label=text("Uptime"), address=urls.page(paths.UPTIME), key="uptime"),
            Link(label=text("Subscribe"), address=urls.page(paths.SUBSCRIBE), key="subscribe"),
        ),
        feeds=feed_links(site, text(TOPICS["feed"]), "feed"),
        follow=tuple(way for way in _follow(site) if way.links),
        contact=site.contact_url,
        live=site.live,
        script_words=json.dumps(_script_texts(site), ensure_ascii=False),
    )


def feed_links(site: SiteContext, topic: str, stem: str) -> tuple[FeedLink, ...]:
    """The feed with a path without suffix in each format that is switched on; readers choose one by its title."""
    return tuple(
        FeedLink(
            title=f"{topic} ({feed_format.name})",
            name=feed_format.name,
            media_type=feed_format.media_type,
            address=site.urls.file(f"{stem}.{feed_format.suffix}"),
        )
        for feed_format in FORMATS
        if feed_format.output in site.outputs.on
    )


def page_metadata(  # noqa: PLR0913  what differs between pages
    site: SiteContext,
    page: str,
    title: str,
    description: str,
    time: PageTime,
    *,
    open_from: datetime | None = None,
    scripted: bool = True,
    preview: str = shared_preview(SITE),
) -> PageMetadata:
    """The metadata of a page; `scripted` if something on it depends on the reader's time or zone.

    `open_from` is the instant from which an incident or maintenance on it is going on; None if there is none.
    `preview` is the path of the image that goes with a link to it.
    """
    as_of = time.as_of
    return PageMetadata(
        page=page,
        head_title=f"{title} – {site.site_name}",
        description=description,
        as_of=site.stated(as_of, site.zone) if as_of else None,
        built=site.instant(site.clock, site.zone) if time.built_at else None,
        present=time.built_at is not None,
        open=open_from is not None and open_from <= site.now,
        opens=site.instant(max(open_from, site.now), site.zone) if open_from else None,
        live=site.live and time.current,
        scripted=site.live and (time.current or scripted),
        zone=site.formatter.zone_description(as_of.at if as_of else site.now, site.zone),
        preview=preview_address(site, preview),
    )


def _follow(site: SiteContext) -> Iterator[FollowWay]:
    text, on = site.formatter.text, site.outputs.on
    subscribe = site.urls.page(paths.SUBSCRIBE)
    own = (Link(label=text("By e-mail"), address=site.subscribe_url),) if site.subscribe_url else ()
    yield FollowWay(
        heading=text("E-mail, Slack, Teams"),
        links=(*own, Link(label=text("One link or line for each"), address=subscribe)),
    )
    yield FollowWay(
        heading=text("Feeds"),
        links=tuple(Link(label=f.name, address=f"feed.{f.suffix}") for f in FORMATS if f.output in on),
    )
    files = (
        ("calendar", text("Calendar"), "calendar.ics"),
        ("statuspage_api", text("API"), "api/v2/summary.json"),
        ("badges", text("badge"), "badge.svg"),
    )
    yield FollowWay(
        heading=text("Calendar and programs"),
        links=tuple(Link(label=label, address=path) for output, label, path in files if output in on),
    )


def _script_texts(site: SiteContext) -> dict[str, str]:
    """The texts of incidents.js; `{}` stands for a value that the script inserts."""
    text = site.formatter.text
    return {
        "so_far": text("%(duration)s so far", duration="{}"),
        "under": text("under %(time)s", time="{}"),
        "here": text("%(clock)s where you are", clock="{}"),
        "yours": text("%(clock)s your time", clock="{}"),
        "checked": text("Checked %(clock)s.", clock="{}"),
        "as_of": text("As of %(when)s.", when="{}"),
        "stale": text("This page was built %(ago)s and may be out of date. Reload for news.", ago="{}"),
        "reload": text("Reload for news."),
        "overdue": text("An update was due by %(clock)s.", clock="{}"),
        "in_progress": text("In progress"),
        "ended": text("Planned end has passed"),
        "copy": text("Copy"),
        "copied": text("Copied"),
    }
