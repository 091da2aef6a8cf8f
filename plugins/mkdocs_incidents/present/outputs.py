"""The outputs that are published beside the pages, and which of them a site has switched on."""

from __future__ import annotations

from dataclasses import dataclass

from .language.labels import _

OUTPUTS = {
    "rss": "RSS feeds",
    "atom": "Atom feeds",
    "json_feed": "JSON feeds",
    "statuspage_feeds": "/history.rss and /history.atom, one entry for each incident, as Statuspage has them",
    "statuspage_api": "/api/v2/, shaped like the Statuspage API",
    "json": "/incidents.json, /incidents/<id>.json, /uptime.json, /promises.json and their schemas",
    "calendar": "iCalendar files",
    "badges": "badges as SVG and for shields.io",
    "embed": "/embed.html, a banner for other sites",
    "text": "/llms.txt, /status.txt and a Markdown copy of every page of the status site",
    "metrics": "/metrics in OpenMetrics text",
    "components": "of all the above, the files of single components",
}
"""The name of each output in the option `outputs`, and what it is. `emit.registry` has the planners of their files."""
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


RSS = FeedFormat(output="rss", suffix="xml", media_type="application/rss+xml", name="RSS")
ATOM = FeedFormat(output="atom", suffix="atom", media_type="application/atom+xml", name="Atom")
JSON_FEED = FeedFormat(output="json_feed", suffix="json", media_type="application/feed+json", name="JSON Feed")
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
