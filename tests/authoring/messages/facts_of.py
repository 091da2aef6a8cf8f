"""The facts of made notices, as the command computes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_incidents.authoring.messages.channels.facts import ChannelFacts, channel_facts
from mkdocs_incidents.cli.message_html import message_html
from mkdocs_incidents.present.language.formatter import Formatter, locale_of
from mkdocs_incidents.present.urls import Urls
from tests.makers import at, catalog, component

if TYPE_CHECKING:
    from mkdocs_incidents.model import Notice

ENGLISH = Formatter(locale_of("en"))
ZONE = "Africa/Lagos"
CATALOG = catalog(component("cards", name="Card payments"), component("hooks", name="Webhooks"), zone=ZONE)


def facts_of(notice: Notice, now: str, *, site_url: str = "https://status.example.com/") -> ChannelFacts:
    """As of a wall-clock time in Lagos."""
    return channel_facts(
        notice,
        catalog=CATALOG,
        urls=Urls(site_url=site_url),
        formatter=ENGLISH,
        site_name="Example status",
        now=at(now, ZONE),
        html_of=message_html,
    )
