"""Calendars (RFC 5545) with incidents and maintenance as events, as icalendar writes them."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mkdocs_incidents.model import Maintenance, NoticeKind
from mkdocs_incidents.present.outputs import PER_COMPONENT

from .artifact import PlannedFile
from .clean_html import printable
from .context import component_path
from .feeds.items import categories, feed_item
from .publications import publications_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from icalendar import Event

    from mkdocs_incidents.model import Component, Notice
    from mkdocs_incidents.present.context import SiteContext

    from .context import EmitContext

_MEDIA_TYPE = "text/calendar"
_MAX_EVENTS = 100
"""Events in a calendar, the newest ones: programs refuse calendars of megabytes."""
_REFRESH = timedelta(minutes=15)
_END = b"END:VCALENDAR\r\n"


def planned_calendars(site: SiteContext) -> Iterator[PlannedFile]:
    """The calendar of the site, and of each component."""
    events = _EventCache()
    yield PlannedFile("calendar.ics", _MEDIA_TYPE, partial(_write, events=events, path="calendar.ics"))
    if PER_COMPONENT in site.outputs.on:
        for component in site.public_components:
            path = component_path(component.id, "calendar.ics")
            yield PlannedFile(path, _MEDIA_TYPE, partial(_write, events=events, path=path, component=component))


class _EventCache:
    """The events of one build: each is made once, for however many calendars."""

    def __init__(self) -> None:
        self._made: dict[str, bytes] = {}

    def of(self, context: EmitContext, notices: Iterable[Notice]) -> bytes:
        """The newest of these notices as events, without announcements."""
        newest = islice((notice for notice in notices if notice.kind is not NoticeKind.ANNOUNCEMENT), _MAX_EVENTS)
        return b"".join(self._event(context, notice) for notice in newest)

    def _event(self, context: EmitContext, notice: Notice) -> bytes:
        if notice.id not in self._made:
            self._made[notice.id] = _event(context, notice).to_ical()
        return self._made[notice.id]


def _write(context: EmitContext, *, events: _EventCache, path: str, component: Component | None = None) -> bytes:
    from icalendar import Calendar  # noqa: PLC0415  its import takes 0.1 s: only who writes a calendar pays

    title = context.site.site_name
    if component:
        title = f"{title}: {context.site.component_name(component.id)}"
    calendar = Calendar()
    calendar.add("prodid", "-//mkdocs-incidents//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for key in ("name", "x-wr-calname"):
        calendar.add(key, printable(title))
    calendar.add("source", context.site.urls.file(path))
    calendar.add("url", context.site.urls.absolute(context.site.urls.status))
    for key in ("refresh-interval", "x-published-ttl"):
        calendar.add(key, _REFRESH, parameters={"VALUE": "DURATION"})
    # The events are bytes already: they go before the end of an empty calendar.
    notices = context.site.snapshot.notices_by_component[component.id] if component else context.notices
    written: bytes = calendar.to_ical()
    return written.removesuffix(_END) + events.of(context, notices) + _END


def _event(context: EmitContext, notice: Notice) -> Event:
    from icalendar import Event  # noqa: PLC0415  as above

    site = context.site
    event = Event()
    address = urlsplit(site.urls.site_url)
    event.add("uid", f"{notice.identity}@{address.netloc}{address.path}".rstrip("/"))
    event.add("sequence", _sequence(site, notice))
    for key in ("dtstamp", "last-modified"):
        event.add(key, context.last_changed_at(notice))
    event.add("created", context.known_at(notice))
    begin, end = _span(site, notice)
    event.add("dtstart", begin)
    if end and end > begin:
        event.add("dtend", end)
    event.add("summary", _summary(site, notice))
    event.add("description", _description(context, notice))
    event.add("url", site.urls.absolute(site.urls.notice(notice)))
    event.add("categories", [category.label for category in categories(site, notice)])
    event.add("status", "CANCELLED" if notice.called_off else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def _sequence(site: SiteContext, notice: Notice) -> int:
    """RFC 5545, 3.8.7.4: a number that grows with each publication and with the end of the notice."""
    published = sum(publication.at <= site.now for publication in publications_of(site, notice))
    return 2 * max(published - 1, 0) + site.facts(notice).is_over


def _span(site: SiteContext, notice: Notice) -> tuple[datetime, datetime | None]:
    """Begin and end, actual or planned; the end is None while an incident is open."""
    if isinstance(notice, Maintenance):
        if notice.called_off:
            return notice.scheduled_from, notice.scheduled_until
        if not site.facts(notice).is_over:
            return notice.begins_at, notice.expected_until
    return notice.begins_at, notice.ended_at


def _summary(site: SiteContext, notice: Notice) -> str:
    title = printable(notice.title)
    if notice.called_off:
        return site.formatter.text("Called off: %(title)s", title=title)
    return title if notice.schedule else f"{site.formatter.status(notice.severity)}: {title}"


def _description(context: EmitContext, notice: Notice) -> str:
    """The affected components, the summary of the latest update, and the address of the notice."""
    site = context.site
    latest = next(
        (publication for publication in reversed(list(publications_of(site, notice))) if publication.update), None
    )
    parts = (
        site.formatter.listing(site.component_names(notice.touched_components)),
        feed_item(context, latest).summary if latest else "",
        site.urls.absolute(site.urls.notice(notice)),
    )
    return printable("\n\n".join(part for part in parts if part))
