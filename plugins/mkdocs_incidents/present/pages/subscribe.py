"""The ways to subscribe, with the address or command to copy for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..outputs import FORMATS, TOPICS
from ..page_times import subscribe_page
from .shared import page_metadata

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..context import SiteContext
    from ..views import PageMetadata


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyText:
    """An address or a command to copy."""

    label: str
    text: str

    @property
    def name(self) -> str:
        """The last part of an address: `feed.xml`."""
        return self.text.rpartition("/")[2]

    @property
    def pieces(self) -> tuple[str, ...]:
        """The text split at its slashes, after which a line may break."""
        return tuple(self.text.split("/"))


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscribeMethod:
    """A way to subscribe."""

    key: str
    heading: str
    sentence: str
    copies: tuple[CopyText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFeeds:
    """The feeds and the calendar of a service."""

    name: str
    copies: tuple[CopyText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscribeView:
    """The subscribe page."""

    frame: PageMetadata
    title: str
    intro: str
    ways: tuple[SubscribeMethod, ...]
    services: tuple[ServiceFeeds, ...]


def subscribe_view(site: SiteContext) -> SubscribeView:
    """The subscribe page, with the outputs that the site has switched on."""
    text = site.formatter.text
    return SubscribeView(
        frame=page_metadata(
            site, "subscribe", text("Subscribe"), text("Every way to follow this page."), subscribe_page(site)
        ),
        title=text("Subscribe"),
        intro=text(
            "Be told when something changes, once, wherever you are. No account, no address of yours kept here."
        ),
        ways=tuple(way for way in _methods(site) if way.copies),
        services=tuple(_services(site)),
    )


def _methods(site: SiteContext) -> Iterator[SubscribeMethod]:
    yield _feed_reader(site)
    yield from _feed_services(site)
    yield _calendar(site)
    yield _programs(site)


def _feed_reader(site: SiteContext) -> SubscribeMethod:
    text, on = site.formatter.text, site.outputs.on
    feeds = tuple(
        CopyText(label=f"{text(title)}, {feed_format.name}", text=site.urls.file(f"{stem}.{feed_format.suffix}"))
        for stem, title in TOPICS.items()
        for feed_format in FORMATS
        if feed_format.output in on
    )
    return SubscribeMethod(
        key="feed",
        heading=text("Feed reader"),
        sentence=text("Add one of these addresses. Every update and every postmortem comes as one entry, in full."),
        copies=feeds,
    )


def _feed_services(site: SiteContext) -> Iterator[SubscribeMethod]:
    """Chat and mail services, each with the address of the feed with every update."""
    text, on = site.formatter.text, site.outputs.on
    feed = site.urls.file("feed.xml") if "rss" in on else site.urls.file("feed.atom") if "atom" in on else ""
    feed_address = (CopyText(label=text("Address"), text=feed),) if feed else ()
    yield SubscribeMethod(
        key="slack",
        heading="Slack",
        sentence=text("Type this in the channel that is to be told."),
        copies=(CopyText(label=text("Line to type"), text=f"/feed subscribe {feed}"),) if feed else (),
    )
    yield SubscribeMethod(
        key="teams",
        heading="Microsoft Teams",
        sentence=text(
            "In the channel choose Workflows, then the one that posts when a feed item is published; it asks for this."
        ),
        copies=feed_address,
    )
    yield SubscribeMethod(
        key="discord",
        heading="Discord",
        sentence=text("Invite a bot that reads feeds to your server and give it this address."),
        copies=feed_address,
    )
    yield SubscribeMethod(
        key="email",
        heading=text("E-mail"),
        sentence=text("We send no e-mail ourselves. A service that turns feeds into mail does it with this address."),
        copies=feed_address,
    )


def _calendar(site: SiteContext) -> SubscribeMethod:
    text, address = site.formatter.text, site.urls.file("calendar.ics")
    return SubscribeMethod(
        key="calendar",
        heading=text("Calendar"),
        sentence=text(
            "Planned work and incidents as events. Google: Other calendars, From URL. "
            "Outlook: Add calendar, Subscribe from web. Apple: File, New Calendar Subscription."
        ),
        copies=(CopyText(label=text("Address"), text=address),) if "calendar" in site.outputs.on else (),
    )


def _programs(site: SiteContext) -> SubscribeMethod:
    text, on = site.formatter.text, site.outputs.on
    return SubscribeMethod(
        key="programs",
        heading=text("Programs"),
        sentence=text("The same facts for scripts, dashboards and language models."),
        copies=tuple(
            CopyText(label=label, text=site.urls.file(path))
            for output, label, path in (
                ("statuspage_api", text("API, shaped like Statuspage's"), "api/v2/summary.json"),
                ("json", text("Everything, as JSON"), "incidents.json"),
                ("text", text("One line of text"), "status.txt"),
                ("metrics", text("Metrics, as OpenMetrics"), "metrics"),
                ("badges", text("Badge, as SVG"), "badge.svg"),
            )
            if output in on
        ),
    )


def _services(site: SiteContext) -> Iterator[ServiceFeeds]:
    if "components" not in site.outputs.on:
        return
    for component in site.component_statuses:
        yield ServiceFeeds(name=site.component_name(component), copies=component_addresses(site, component))


def component_addresses(site: SiteContext, component: str) -> tuple[CopyText, ...]:
    """The feeds and the calendar of a component, as far as they are switched on."""
    on = site.outputs.on
    if "components" not in on:
        return ()
    files = [(feed_format.name, f"feed.{feed_format.suffix}") for feed_format in FORMATS if feed_format.output in on]
    if "calendar" in on:
        files.append((site.formatter.text("Calendar"), "calendar.ics"))
    return tuple(CopyText(label=label, text=site.urls.file(f"components/{component}/{name}")) for label, name in files)
