"""Whether files can be read by those who fetch them: JSON, feeds, sitemaps, calendars, pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from icalendar import Calendar

from .fault import Fault
from .output_file import DamagedError

if TYPE_CHECKING:
    from .output_file import OutputFile

_JSON_FEED = "application/feed+json"
_ATOM, _RSS = "application/atom+xml", "application/rss+xml"
_SITEMAP = {"sitemapindex", "urlset"}
_HINT = "build again; if it stays so, look for a plugin or a file in overrides/ that changes it"


def is_feed(media_type: str) -> bool:
    """Whether the content of a file is checked by its planned media type, and not by its name alone."""
    return media_type.partition(";")[0] in {_JSON_FEED, _ATOM, _RSS}


def damage(output: OutputFile, media_type: str) -> Fault | None:
    """What is wrong with a file as its name and its planned media type have it; None for a sound one.

    `media_type` is empty for a file that the plugin has not planned.
    """
    try:
        for check in (_damage_of_json, _damage_of_xml, _damage_of_calendar, _damage_of_page):
            if message := check(output, media_type.partition(";")[0]):
                return Fault(path=output.path, message=message, hint=_HINT)
        _ = output.content
    except DamagedError as damaged:
        return Fault(path=output.path, message=str(damaged), hint=_HINT)
    return None


def _damage_of_json(output: OutputFile, media_type: str) -> str:
    """Of any document; a JSON Feed has a version and items (JSON Feed 1.1, "Top-level")."""
    feed = output.json
    if media_type != _JSON_FEED:
        return ""
    if not isinstance(feed, dict) or not str(feed.get("version", "")).startswith("https://jsonfeed.org/version/"):
        return "it is no JSON Feed: it has no version"
    return "" if isinstance(feed.get("items"), list) else "it is no JSON Feed: it has no items"


def _damage_of_xml(output: OutputFile, media_type: str) -> str:
    root = output.xml
    if root is None:
        return ""
    name = _local_name(root)
    if media_type == _ATOM and name != "feed":
        return f"it is no Atom feed: its root element is {name}"
    if media_type == _RSS and (name != "rss" or not any(_local_name(child) == "channel" for child in root)):
        return "it is no RSS feed: it has no channel"
    if output.path.startswith("sitemap.xml") and name not in _SITEMAP:
        return f"it is no sitemap: its root element is {name}"
    return ""


def _local_name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _damage_of_calendar(output: OutputFile, _: str) -> str:
    """What icalendar cannot read (RFC 5545). A file that was cut off lacks the end of a component."""
    if output.suffix != ".ics":
        return ""
    try:
        calendar = Calendar.from_ical(output.content)
    except (ValueError, IndexError, KeyError) as error:
        return f"it is no calendar ({error})"
    return "" if calendar.name == "VCALENDAR" else "it is no calendar: it does not begin with VCALENDAR"


def _damage_of_page(output: OutputFile, _: str) -> str:
    _ = output.html
    return ""
