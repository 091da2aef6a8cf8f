"""The ways to subscribe, with links and lines to copy, those that most readers want first; then all feeds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from ..outputs import ATOM, FORMATS, HISTORY, PER_COMPONENT, RSS, TOPICS
from ..page_times import subscribe_page
from ..views import Link
from .shared import page_metadata

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..context import SiteContext
    from ..views import PageMetadata

# Addresses at which services begin a subscription; the encoded address of the feed or calendar follows.
_BY_MAIL = {
    "Blogtrottr": "https://blogtrottr.com/?subscribe=",
    "Feedrabbit": "https://feedrabbit.com/subscriptions/new?url=",
}
_READERS = {
    "Feedly": "https://feedly.com/i/subscription/feed%2F",
    "Inoreader": "https://www.inoreader.com/?add_feed=",
}
_OUTLOOK = {
    "Outlook.com": "https://outlook.live.com/calendar/0/addfromweb?url=",
    "Outlook (Microsoft 365)": "https://outlook.office.com/calendar/0/addfromweb?url=",
}
_GOOGLE = "https://calendar.google.com/calendar/r?cid="
# What services say about feeds themselves.
_SLACK_HELP = "https://slack.com/help/articles/218688467-Add-RSS-feeds-to-Slack"
_TEAMS_HELP = "https://learn.microsoft.com/connectors/rss/"
_MONITORSS = "https://monitorss.xyz/"

_CALENDAR = "ics"
"""The suffix of calendars."""


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
    links: tuple[Link, ...] = ()
    """Pages of services, most of which have the address of the feed or calendar already."""
    copies: tuple[CopyText, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRow:
    """The feeds and the calendar about one topic or service."""

    name: str
    links: tuple[Link, ...]
    """The file in each format, which is its label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscribeView:
    """The subscribe page."""

    frame: PageMetadata
    title: str
    intro: str
    ways: tuple[SubscribeMethod, ...]
    feeds: tuple[FeedRow, ...]
    """Those about the whole site."""
    services: tuple[FeedRow, ...]
    """Those about one service each."""


def subscribe_view(site: SiteContext) -> SubscribeView:
    """The subscribe page, with the outputs that the site has switched on."""
    text = site.formatter.text
    return SubscribeView(
        frame=page_metadata(
            site, "subscribe", text("Subscribe"), text("Every way to follow this page."), subscribe_page(site)
        ),
        title=text("Subscribe"),
        intro=text("Be told when something changes, once, wherever you are.")
        if site.subscribe_url
        else text("Be told when something changes, once, wherever you are. No account, no address of yours kept here."),
        ways=tuple(_methods(site)),
        feeds=tuple(row for row in _site_rows(site) if row.links),
        services=tuple(_service_rows(site)),
    )


def _methods(site: SiteContext) -> Iterator[SubscribeMethod]:
    on = site.outputs.on
    feed = next((site.urls.file(f"feed.{form.suffix}") for form in FORMATS if form.output in on and form.has_style), "")
    if feed or site.subscribe_url:
        yield _mail(site, feed)
    if feed:
        yield from _chats(site, feed)
    if "calendar" in on:
        yield _calendar(site)
    if feed:
        yield _feed_reader(site, feed)
    programs = _programs(site)
    if programs.copies:
        yield programs


def _mail(site: SiteContext, feed: str) -> SubscribeMethod:
    text = site.formatter.text
    own = (Link(label=text("Subscribe by e-mail"), address=site.subscribe_url),) if site.subscribe_url else ()
    if not own:
        sentence = text("We send no e-mail ourselves. Services that others run turn our feed into e-mail:")
    elif feed:
        sentence = text("From us, or by a service that others run, which turns our feed into e-mail:")
    else:
        sentence = text("From us:")
    return SubscribeMethod(
        key="email",
        heading=text("E-mail"),
        sentence=sentence,
        links=(*own, *(_with_address(_BY_MAIL, feed) if feed else ())),
        copies=(CopyText(label=text("Address for any other service"), text=feed),) if feed else (),
    )


def _chats(site: SiteContext, feed: str) -> Iterator[SubscribeMethod]:
    """Chat services, each with the address of the feed with every update."""
    text = site.formatter.text
    address = (CopyText(label=text("Address"), text=feed),)
    yield SubscribeMethod(
        key="slack",
        heading="Slack",
        sentence=text("Add the RSS app to your workspace once; then type this in the channel that is to be told."),
        links=(Link(label=text("Slack on its RSS app"), address=_SLACK_HELP),),
        copies=(CopyText(label=text("Line to type"), text=f"/feed subscribe {feed}"),),
    )
    yield SubscribeMethod(
        key="teams",
        heading="Microsoft Teams",
        sentence=text(
            "In the app Workflows make a flow: the trigger is “When a feed item is published”, of RSS, with this "
            "address; the action posts a message in your channel. The former RSS connector of Teams is retired."
        ),
        links=(Link(label=text("Microsoft on this trigger"), address=_TEAMS_HELP),),
        copies=address,
    )
    yield SubscribeMethod(
        key="discord",
        heading="Discord",
        sentence=text("Invite a bot that reads feeds to your server, such as MonitoRSS, and give it this address."),
        links=(Link(label="MonitoRSS", address=_MONITORSS),),
        copies=address,
    )


def _calendar(site: SiteContext) -> SubscribeMethod:
    text, address = site.formatter.text, site.urls.file("calendar.ics")
    return SubscribeMethod(
        key="calendar",
        heading=text("Calendar"),
        sentence=text(
            "Planned work and incidents as events. Calendars look for changes a few times a day at most: for news of "
            "an outage take another way as well."
        ),
        links=(
            Link(label=text("Calendar on this device"), address=webcal(address)),
            Link(label="Google Calendar", address=_GOOGLE + quote(webcal(address), safe="")),
            *_with_address(_OUTLOOK, address, f"&name={quote(site.site_name, safe='')}"),
        ),
        copies=(CopyText(label=text("Address for any other calendar"), text=address),),
    )


def webcal(address: str) -> str:
    """The address of a calendar with the scheme by which calendar programs subscribe to it."""
    return f"webcal://{address.partition('://')[2]}"


def _feed_reader(site: SiteContext, feed: str) -> SubscribeMethod:
    text = site.formatter.text
    return SubscribeMethod(
        key="feed",
        heading=text("Feed reader"),
        sentence=text("Every update and every postmortem comes as one entry, in full."),
        links=tuple(_with_address(_READERS, feed)),
        copies=(CopyText(label=text("Address for any other reader"), text=feed),),
    )


def _with_address(services: dict[str, str], address: str, end: str = "") -> Iterator[Link]:
    for name, begin in services.items():
        yield Link(label=name, address=f"{begin}{quote(address, safe='')}{end}")


def _programs(site: SiteContext) -> SubscribeMethod:
    text, on = site.formatter.text, site.outputs.on
    return SubscribeMethod(
        key="programs",
        heading=text("Scripts and dashboards"),
        sentence=text("The same facts for programs."),
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


def _formats(site: SiteContext) -> dict[str, str]:
    """The name of each format by the end of its paths, as far as it is switched on."""
    found = {form.suffix: form.name for form in FORMATS if form.output in site.outputs.on}
    if "calendar" in site.outputs.on:
        found[_CALENDAR] = site.formatter.text("Calendar")
    return found


def _site_rows(site: SiteContext) -> Iterator[FeedRow]:
    text, formats = site.formatter.text, _formats(site)
    for stem, topic in TOPICS.items():
        paths = {formats[suffix]: f"{stem}.{suffix}" for suffix in formats if suffix != _CALENDAR}
        if stem == "feed" and _CALENDAR in formats:
            paths[formats[_CALENDAR]] = "calendar.ics"
        yield _row(site, text(topic), paths)
    if "statuspage_feeds" in site.outputs.on:
        paths = {RSS.name: f"{HISTORY}.rss", ATOM.name: f"{HISTORY}.atom"}
        yield _row(site, text("One entry for each incident"), paths)


def _service_rows(site: SiteContext) -> Iterator[FeedRow]:
    for component in site.component_statuses:
        if paths := _component_files(site, component):
            yield _row(site, site.component_name(component), paths)


def _row(site: SiteContext, name: str, paths: dict[str, str]) -> FeedRow:
    links = (Link(label=format_name, address=site.urls.file(path)) for format_name, path in paths.items())
    return FeedRow(name=name, links=tuple(links))


def component_addresses(site: SiteContext, component: str) -> tuple[CopyText, ...]:
    """The feeds and the calendar of a component, as far as they are switched on."""
    files = _component_files(site, component)
    return tuple(CopyText(label=format_name, text=site.urls.file(path)) for format_name, path in files.items())


def _component_files(site: SiteContext, component: str) -> dict[str, str]:
    """The path of the file of a component in each format, by the name of the format."""
    if PER_COMPONENT not in site.outputs.on:
        return {}
    return {
        format_name: f"components/{component}/{'calendar' if suffix == _CALENDAR else 'feed'}.{suffix}"
        for suffix, format_name in _formats(site).items()
    }
