"""Everything that is published beside the pages: what there is, and what a site has switched on."""

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
    "text": "/llms.txt, /status.txt and a Markdown twin of every page of the status site",
    "metrics": "/metrics in OpenMetrics text",
    "components": "of all the above, the files of single components",
}
"""The name of each output in the option `outputs`, and what it is. `emit.registry` says who plans its files."""
PER_COMPONENT = "components"
"""The switch that has no files of its own: whether other outputs have files for single components."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    """What a site publishes beside its pages."""

    on: frozenset[str] = frozenset(OUTPUTS)
    feed_length: int = 50
    """How many entries a feed carries."""
    hub: str = ""
    """Address of the WebSub hub that is told of every build; empty for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFormat:
    """One way of writing a feed."""

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
"""Stem of the feed of apologies; postmortems are in the feed of everything."""
PROMISES = "promises/feed"
"""Stem of the feed of promises; `/promises.json` holds their states."""
TOPICS = {
    "feed": _("Every update and postmortem"),
    "outages": _("Incidents"),
    APOLOGIES: _("Apologies"),
    "maintenance": _("Planned maintenance"),
    PROMISES: _("Promises made, kept and dropped"),
}
"""The feeds of the whole site, by the stem of their path: the question each answers, in English."""
HISTORY = "history"
"""Stem of the two feeds with Statuspage's own addresses."""
