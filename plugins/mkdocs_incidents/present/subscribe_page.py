"""Every way to follow the page, with what to copy for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .outputs import FORMATS, TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .edition import Edition
    from .views import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Something to copy: an address or a line to type."""

    label: str
    text: str

    @property
    def name(self) -> str:
        """The last part of an address: `feed.xml`."""
        return self.text.rpartition("/")[2]

    @property
    def pieces(self) -> tuple[str, ...]:
        """The text cut at its slashes, behind each of which a line may break."""
        return tuple(self.text.split("/"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to follow."""

    key: str
    heading: str
    sentence: str
    copies: tuple[Copy, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFeeds:
    """The addresses of one service."""

    name: str
    copies: tuple[Copy, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscribeView:
    """The subscribe page."""

    frame: Frame
    title: str
    intro: str
    ways: tuple[Way, ...]
    services: tuple[ServiceFeeds, ...]


def subscribe_view(edition: Edition) -> SubscribeView:
    """Only what this site publishes is offered."""
    text = edition.wording.text
    return SubscribeView(
        frame=edition.frame("subscribe", text("Subscribe"), text("Every way to follow this page.")),
        title=text("Subscribe"),
        intro=text(
            "Be told when something changes, once, wherever you are. No account, no address of yours kept here."
        ),
        ways=tuple(way for way in _ways(edition) if way.copies),
        services=tuple(_services(edition)),
    )


def _ways(edition: Edition) -> Iterator[Way]:
    text, on = edition.wording.text, edition.outputs.on
    feed = edition.urls.file("feed.xml") if "rss" in on else edition.urls.file("feed.atom") if "atom" in on else ""
    feeds = tuple(
        Copy(label=f"{text(question)}, {form.name}", text=edition.urls.file(f"{stem}.{form.suffix}"))
        for stem, question in TOPICS.items()
        for form in FORMATS
        if form.output in on
    )
    yield Way(
        key="feed",
        heading=text("Feed reader"),
        sentence=text("Add one of these addresses. Every update and every postmortem comes as one entry, in full."),
        copies=feeds,
    )
    one = (Copy(label=text("Address"), text=feed),) if feed else ()
    yield Way(
        key="slack",
        heading="Slack",
        sentence=text("Type this in the channel that is to be told."),
        copies=(Copy(label=text("Line to type"), text=f"/feed subscribe {feed}"),) if feed else (),
    )
    yield Way(
        key="teams",
        heading="Microsoft Teams",
        sentence=text(
            "In the channel choose Workflows, then the one that posts when a feed item is published; it asks for this."
        ),
        copies=one,
    )
    yield Way(
        key="discord",
        heading="Discord",
        sentence=text("Invite a bot that reads feeds to your server and give it this address."),
        copies=one,
    )
    yield Way(
        key="email",
        heading=text("E-mail"),
        sentence=text("We send no e-mail ourselves. A service that turns feeds into mail does it with this address."),
        copies=one,
    )
    calendar = edition.urls.file("calendar.ics")
    yield Way(
        key="calendar",
        heading=text("Calendar"),
        sentence=text(
            "Planned work and incidents as events. Google: Other calendars, From URL. "
            "Outlook: Add calendar, Subscribe from web. Apple: File, New Calendar Subscription."
        ),
        copies=(Copy(label=text("Address"), text=calendar),) if "calendar" in on else (),
    )
    yield Way(
        key="programs",
        heading=text("Programs"),
        sentence=text("The same facts for scripts, dashboards and language models."),
        copies=tuple(
            Copy(label=label, text=edition.urls.file(path))
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


def _services(edition: Edition) -> Iterator[ServiceFeeds]:
    if "components" not in edition.outputs.on:
        return
    for component in edition.component_statuses:
        yield ServiceFeeds(name=edition.names([component])[0], copies=service_copies(edition, component))


def service_copies(edition: Edition, component: str) -> tuple[Copy, ...]:
    """The feeds and the calendar of one service, as far as this site publishes them."""
    on = edition.outputs.on
    if "components" not in on:
        return ()
    files = [(form.name, f"feed.{form.suffix}") for form in FORMATS if form.output in on]
    if "calendar" in on:
        files.append((edition.wording.text("Calendar"), "calendar.ics"))
    return tuple(Copy(label=label, text=edition.urls.file(f"components/{component}/{name}")) for label, name in files)
