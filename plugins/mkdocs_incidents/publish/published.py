"""What a published site states, read from its files for programs: the banner, what is open, the newest feed entry.

The same functions read what a build would publish (`expected.py`), so that both sides of a comparison agree on terms.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from mkdocs_incidents.present.outputs import ATOM, JSON_FEED, RSS
from mkdocs_incidents.status.current import PageState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_incidents.present.outputs import FeedFormat

BUILD_TIME = "now.json"
"""Has the time of the build; every site has it."""
STATUS = "api/v2/status.json"
SUMMARY = "api/v2/summary.json"
INCIDENTS = "api/v2/incidents.json"
"""These three have the output `statuspage_api`."""
FEEDS: tuple[FeedFormat, ...] = (JSON_FEED, ATOM, RSS)
"""The formats of the feed of the whole site, the easiest to read first."""

_ATOM = "{http://www.w3.org/2005/Atom}"
_STATES = {state.description: state for state in PageState}


class UnreadableError(ValueError):
    """A file is not what its name promises; the message continues a sentence that begins with its name."""


@dataclass(frozen=True, slots=True)
class Banner:
    """The state of the whole page, in the two terms of the Statuspage API."""

    indicator: str
    description: str

    @property
    def name(self) -> str:
        """`major outage`; of another program's or another release's state the description as it is."""
        state = _STATES.get(self.description)
        return state.name.lower().replace("_", " ") if state else self.description


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedNotice:
    """An incident or a maintenance, as the API lists it."""

    title: str
    address: str
    """Of its page."""
    status: str
    impact: str = ""
    updated_at: datetime
    """UTC instant of its last update; edits of its words do not count."""
    update: str
    """The id of that update."""
    scheduled: tuple[datetime, datetime] | None = None
    """UTC; of maintenance only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What is so now, by `api/v2/summary.json`."""

    address: str
    """Of the site, without a slash at the end."""
    banner: Banner
    incidents: Mapping[str, ListedNotice]
    """Those that are open, by their ids in the API."""
    maintenances: Mapping[str, ListedNotice]
    """Those that are to come or in progress, likewise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """An entry of a feed."""

    id: str
    title: str
    published_at: datetime
    """UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a site states: as it is published, or as a build of its files would."""

    summary: Summary
    newest: FeedEntry | None
    """Of the feed of the whole site; None where that is empty, or the site has no feeds."""


def feed_path(form: FeedFormat) -> str:
    """Path of the feed of the whole site in a format."""
    return f"feed.{form.suffix}"


def read_build_time(content: bytes) -> datetime:
    """The UTC instant in `now.json`.

    Raises:
        UnreadableError: it is not the file of a status site.
    """
    try:
        return _instant(_document(content)["built_at"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _unreadable(error, "built_at") from None


def read_banner(content: bytes) -> Banner:
    """The banner in `api/v2/status.json` or `summary.json`.

    Raises:
        UnreadableError: it is not the file of a status page.
    """
    try:
        return _banner(_document(content))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _unreadable(error, "status") from None


def read_summary(content: bytes) -> Summary:
    """What `api/v2/summary.json` has.

    Raises:
        UnreadableError: it is not the file of a status page.
    """
    try:
        document = _document(content)
        return Summary(
            address=_text(document["page"]["url"]),
            banner=_banner(document),
            incidents=_listed(document["incidents"]),
            maintenances=_listed(document["scheduled_maintenances"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise _unreadable(error, "status and incidents") from None


def read_incidents(content: bytes) -> Mapping[str, ListedNotice]:
    """The newest incidents by id, open or not, of `api/v2/incidents.json`.

    Raises:
        UnreadableError: it is not the file of a status page.
    """
    try:
        return _listed(_document(content)["incidents"])
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise _unreadable(error, "incidents") from None


def read_newest_entry(content: bytes, form: FeedFormat) -> FeedEntry | None:
    """The first entry of a feed, which is the newest; None where it has none.

    Raises:
        UnreadableError: it is no feed of this format.
    """
    try:
        return _newest_of_json(content) if form is JSON_FEED else _newest_of_xml(content, form)
    except (KeyError, TypeError, ValueError, AttributeError, ET.ParseError) as error:
        raise _unreadable(error, f"a feed in the format {form.name}") from None


def _newest_of_json(content: bytes) -> FeedEntry | None:
    items = _document(content)["items"]
    if not items:
        return None
    first = items[0]
    return FeedEntry(id=_text(first["id"]), title=_text(first["title"]), published_at=_instant(first["date_published"]))


def _newest_of_xml(content: bytes, form: FeedFormat) -> FeedEntry | None:
    if b"<!DOCTYPE" in content:  # feeds have none, and entities could be made to fill the memory
        raise UnreadableError(_what_is_there(content))
    root = ET.fromstring(content)  # noqa: S314  without a document type there are no entities
    if form is ATOM:
        if root.tag != f"{_ATOM}feed":
            raise ValueError(root.tag)
        entry = root.find(f"{_ATOM}entry")
        names = (f"{_ATOM}id", f"{_ATOM}title", f"{_ATOM}published")
    else:
        channel = root.find("channel")
        if channel is None:
            raise ValueError(root.tag)
        entry, names = channel.find("item"), ("guid", "title", "pubDate")
    if entry is None:
        return None
    id_, title, at = (_text(entry.findtext(name) or "") for name in names)
    published_at = parsedate_to_datetime(at).astimezone(UTC) if form is RSS else _instant(at)
    return FeedEntry(id=id_, title=title, published_at=published_at)


def _banner(document: dict[str, Any]) -> Banner:
    status = document["status"]
    return Banner(_text(status["indicator"]), _text(status["description"]))


def _listed(rows: list[dict[str, Any]]) -> Mapping[str, ListedNotice]:
    return {_text(row["id"]): _notice(row) for row in rows}


def _notice(row: dict[str, Any]) -> ListedNotice:
    newest = row["incident_updates"][0]
    plan = (row["scheduled_for"], row["scheduled_until"]) if "scheduled_for" in row else None
    return ListedNotice(
        title=_text(row["name"]),
        address=_text(row["shortlink"]),
        status=_text(row["status"]),
        impact=_text(row["impact"]),
        updated_at=_instant(newest["created_at"]),
        update=_text(newest["id"]),
        scheduled=(_instant(plan[0]), _instant(plan[1])) if plan else None,
    )


def _text(value: object) -> str:
    """A text of somebody else's, without characters that a terminal would obey."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in str(value))


def _instant(text: str) -> datetime:
    """An instant by RFC 3339.

    Raises:
        ValueError: it is none, or has no offset.
    """
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(text)
    return at.astimezone(UTC)


def _document(content: bytes) -> dict[str, Any]:
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        raise UnreadableError(_what_is_there(content)) from None
    if not isinstance(document, dict):
        raise UnreadableError("holds other JSON than a status site writes")
    return document


def _what_is_there(content: bytes) -> str:
    begin = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not begin:
        return "is empty"
    if begin.startswith((b"<!doctype html", b"<html")):
        return "holds an HTML page, as of a sign-in or an error, not what a status site writes there"
    return "is damaged or cut off"


def _unreadable(error: Exception, wanted: str) -> UnreadableError:
    return error if isinstance(error, UnreadableError) else UnreadableError(f"has no {wanted} as a status site writes")
