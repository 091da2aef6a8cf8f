"""The outputs that are published beside the pages, and which of them a site has switched on."""

from __future__ import annotations

from dataclasses import dataclass

from .language.labels import _

OUTPUTS = (
    "rss",
    "atom",
    "json_feed",
    "statuspage_feeds",
    "statuspage_api",
    "json",
    "calendar",
    "badges",
    "embed",
    "text",
    "metrics",
    "preview_images",
    "components",
)
"""The names in the option `outputs`, described in docs/guide/options.md; `emit.registry` has their planners."""
PER_COMPONENT = "components"
"""A switch without files of its own: whether the other outputs have files for single components."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    """What a site publishes beside its pages."""

    on: frozenset[str] = frozenset(OUTPUTS)
    feed_length: int = 50
    """Number of entries in a feed."""
    hub: str = ""
    """Address of the WebSub hub that feeds link to (W3C WebSub, section 4); empty for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFormat:
    """A feed format."""

    output: str
    """Its name in `OUTPUTS`."""
    suffix: str
    media_type: str
    name: str
    has_style: bool = True
    """Whether it is XML, which a browser shows with a style sheet."""


RSS = FeedFormat(output="rss", suffix="xml", media_type="application/rss+xml", name="RSS")
ATOM = FeedFormat(output="atom", suffix="atom", media_type="application/atom+xml", name="Atom")
JSON_FEED = FeedFormat(
    output="json_feed", suffix="json", media_type="application/feed+json", name="JSON Feed", has_style=False
)
FORMATS = (RSS, ATOM, JSON_FEED)

APOLOGIES = "apologies"
"""Stem of the feed of apologies; postmortems are in the feed `feed`."""
PROMISES = "promises/feed"
"""Stem of the feed of promises; `/promises.json` has their states."""
TOPICS = {
    "feed": _("Every update and postmortem"),
    "outages": _("Incidents"),
    APOLOGIES: _("Apologies"),
    "maintenance": _("Planned maintenance"),
    PROMISES: _("Promises made, kept and dropped"),
}
"""The title of each feed of the whole site, in English, by the stem of its path."""
HISTORY = "history"
"""Stem of the two feeds at the addresses that Statuspage uses."""
