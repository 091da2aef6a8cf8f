"""Calendars: planned work and outages as events, as icalendar writes them."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mkdocs_incidents.model import Maintenance, NoticeKind
from mkdocs_incidents.present.outputs import PER_COMPONENT

from .artifact import Planned
from .clean_html import printable
from .entries import categories
from .wire import component_path, public_components
from .words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from icalendar import Event

    from mkdocs_incidents.model import Component, Notice
    from mkdocs_incidents.present.edition import Edition

    from .wire import Wire

_MEDIA_TYPE = "text/calendar"
_MOST = 100
"""Events in a calendar, those that begin last: programs refuse calendars of megabytes."""
_REFRESH = timedelta(minutes=15)
_END = b"END:VCALENDAR\r\n"


def planned_calendars(edition: Edition) -> Iterator[Planned]:
    """The calendar of the site, and of each component."""
    events = _Events()
    yield Planned("calendar.ics", _MEDIA_TYPE, partial(_write, events=events, path="calendar.ics"))
    if PER_COMPONENT in edition.outputs.on:
        for component in public_components(edition):
            path = component_path(component.id, "calendar.ics")
            yield Planned(path, _MEDIA_TYPE, partial(_write, events=events, path=path, component=component))


class _Events:
    """The events of one build: each made once, however many calendars it stands in."""

    def __init__(self) -> None:
        self._made: dict[str, bytes] = {}

    def of(self, wire: Wire, notices: Iterable[Notice]) -> bytes:
        """The newest of these notices as events, but for announcements."""
        told = islice((notice for notice in notices if notice.kind is not NoticeKind.ANNOUNCEMENT), _MOST)
        return b"".join(self._event(wire, notice) for notice in told)

    def _event(self, wire: Wire, notice: Notice) -> bytes:
        if notice.id not in self._made:
            self._made[notice.id] = _event(wire, notice).to_ical()
        return self._made[notice.id]


def _write(wire: Wire, *, events: _Events, path: str, component: Component | None = None) -> bytes:
    from icalendar import Calendar  # noqa: PLC0415  its import takes 0.1 s: only who writes a calendar pays

    title = wire.edition.site_name
    if component:
        title = f"{title}: {component.name}"
    calendar = Calendar()
    calendar.add("prodid", "-//mkdocs-incidents//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for key in ("name", "x-wr-calname"):
        calendar.add(key, printable(title))
    calendar.add("source", wire.edition.urls.file(path))
    calendar.add("url", wire.edition.urls.absolute(wire.edition.urls.status))
    for key in ("refresh-interval", "x-published-ttl"):
        calendar.add(key, _REFRESH, parameters={"VALUE": "DURATION"})
    # The events are bytes already; a calendar of none ends where they belong.
    notices = wire.notices_of[component.id] if component else wire.notices
    written: bytes = calendar.to_ical()
    return written.removesuffix(_END) + events.of(wire, notices) + _END


def _event(wire: Wire, notice: Notice) -> Event:
    from icalendar import Event  # noqa: PLC0415  as above

    edition = wire.edition
    event = Event()
    site = urlsplit(edition.urls.site_url)
    event.add("uid", f"{notice.id}@{site.netloc}{site.path}".rstrip("/"))
    event.add("sequence", _sequence(edition, notice))
    for key in ("dtstamp", "last-modified"):
        event.add(key, wire.turned_at(notice))
    event.add("created", wire.known_at(notice))
    begin, end = _span(edition, notice)
    event.add("dtstart", begin)
    if end and end > begin:
        event.add("dtend", end)
    event.add("summary", _summary(edition, notice))
    event.add("description", _description(wire, notice))
    event.add("url", edition.urls.absolute(edition.urls.notice(notice)))
    event.add("categories", [category.label for category in categories(edition, notice)])
    event.add("status", "CANCELLED" if notice.called_off else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def _sequence(edition: Edition, notice: Notice) -> int:
    """Higher after each word, and after the end: whatever comes later has a higher number than what it replaces."""
    told = sum(word.at <= edition.now for word in words(edition, notice))
    return 2 * max(told - 1, 0) + edition.facts(notice).is_over


def _span(edition: Edition, notice: Notice) -> tuple[datetime, datetime | None]:
    """As it was or as it is planned; without an end while an outage lasts, for that is not known."""
    if isinstance(notice, Maintenance):
        if notice.called_off:
            return notice.scheduled_from, notice.scheduled_until
        if not edition.facts(notice).is_over:
            return notice.begins_at, notice.expected_until
    return notice.begins_at, notice.ended_at


def _summary(edition: Edition, notice: Notice) -> str:
    title = printable(notice.title)
    if notice.called_off:
        return edition.wording.text("Called off: %(title)s", title=title)
    return title if notice.schedule else f"{edition.wording.status(notice.severity)}: {title}"


def _description(wire: Wire, notice: Notice) -> str:
    """Which services, the beginning of the latest word, and where to read on."""
    edition = wire.edition
    said = next((word for word in reversed(list(words(edition, notice))) if word.update), None)
    parts = (
        edition.wording.listing(edition.names(notice.touched_components)),
        wire.entry(said).summary if said else "",
        edition.urls.absolute(edition.urls.notice(notice)),
    )
    return printable("\n\n".join(part for part in parts if part))
