"""Calendars (RFC 5545) with incidents and maintenance as events, as icalendar writes them."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mkdocs_incidents.model import NoticeKind
from mkdocs_incidents.present.outputs import PER_COMPONENT
from mkdocs_incidents.present.urls import notice_calendar

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

OUTPUT = "calendar"
_MEDIA_TYPE = "text/calendar"
_MAX_EVENTS = 100
"""Events in a calendar, the newest ones: programs refuse calendars of megabytes."""
_REFRESH = timedelta(minutes=15)
_MINUTE = timedelta(minutes=1)
_REVISIONS_APART = 1 << 20
"""By how much a publication raises the number of a revision: more than the minutes of a year."""
_MOST_REVISIONS = (1 << 11) - 1
"""So that the number fits into 32 bits (RFC 5545, 3.3.8)."""
_END = b"END:VCALENDAR\r\n"


def planned_calendars(_: SiteContext) -> Iterator[PlannedFile]:
    """The calendar of the site."""
    yield PlannedFile("calendar.ics", _MEDIA_TYPE, _write_site)


def planned_component_calendars(site: SiteContext, component: Component) -> Iterator[PlannedFile]:
    """The calendar of a component."""
    if PER_COMPONENT in site.outputs.on:
        path = component_path(component.id, "calendar.ics")
        yield PlannedFile(path, _MEDIA_TYPE, partial(_write_component, path=path, component=component))


def planned_notice_calendar(site: SiteContext, notice: Notice) -> Iterator[PlannedFile]:
    """The calendar of a notice alone, also at its former addresses; none of an announcement."""
    if notice.kind is not NoticeKind.ANNOUNCEMENT and site.is_followed(notice):
        for notice_id in (notice.id, *notice.former_ids):
            yield PlannedFile(notice_calendar(notice_id), _MEDIA_TYPE, partial(_write_notice, notice=notice))


def _events(context: EmitContext, notices: Iterable[Notice]) -> bytes:
    """The newest of these notices as events, without announcements."""
    newest = islice((notice for notice in notices if notice.kind is not NoticeKind.ANNOUNCEMENT), _MAX_EVENTS)
    return b"".join(event_bytes(context, notice) for notice in newest)


def event_bytes(context: EmitContext, notice: Notice) -> bytes:
    """The event of a notice, made once; empty for an announcement, and where there are no calendars."""
    if notice.kind is NoticeKind.ANNOUNCEMENT or OUTPUT not in context.site.outputs.on:
        return b""
    if notice.id not in context.events:
        context.events[notice.id] = _event(context, notice).to_ical()
    return context.events[notice.id]


def _write_site(context: EmitContext) -> bytes:
    return _calendar(context, "calendar.ics", context.notices)


def _write_component(context: EmitContext, *, path: str, component: Component) -> bytes:
    site = context.site
    notices = site.snapshot.notices_by_component[component.id]
    return _calendar(context, path, notices, topic=site.component_name(component.id))


def _write_notice(context: EmitContext, *, notice: Notice) -> bytes:
    topic, home = context.site.formatter.notice_title(notice), context.site.urls.notice(notice)
    return _calendar(context, notice_calendar(notice.id), (notice,), topic=topic, home=home)


def _calendar(context: EmitContext, path: str, notices: Iterable[Notice], *, topic: str = "", home: str = "") -> bytes:
    """A calendar of the newest of these notices; `home` is the address of the page about them, if not status."""
    from icalendar import Calendar  # noqa: PLC0415  its import takes 0.1 s: only who writes a calendar pays

    site = context.site
    title = f"{site.site_name}: {topic}" if topic else site.site_name
    calendar = Calendar()
    calendar.add("prodid", "-//mkdocs-incidents//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for key in ("name", "x-wr-calname"):
        calendar.add(key, printable(title))
    calendar.add("source", site.urls.file(path))
    calendar.add("url", site.urls.absolute(home or site.urls.status))
    for key in ("refresh-interval", "x-published-ttl"):
        calendar.add(key, _REFRESH, parameters={"VALUE": "DURATION"})
    # The events are bytes already: they go before the end of an empty calendar.
    written: bytes = calendar.to_ical()
    return written.removesuffix(_END) + _events(context, notices) + _END


def _event(context: EmitContext, notice: Notice) -> Event:
    """A notice as an event.

    While an incident is open, its event ends at the instant of the build and is stamped with it (RFC 5545, 3.8.7.2):
    without an end it would last no time (3.6.1). Other events keep their bytes while nothing changes.
    """
    from icalendar import Event  # noqa: PLC0415  as above

    site = context.site
    event = Event()
    address = urlsplit(site.urls.site_url)
    event.add("uid", f"{notice.identity}@{address.netloc}{address.path}".rstrip("/"))
    begin, end = _span(site, notice)
    changed_at = _changed_at(context, notice)
    event.add("sequence", _sequence(site, notice, begin, end))
    event.add("dtstamp", max(changed_at, site.now) if lasts(site, notice) else changed_at)
    event.add("last-modified", changed_at)
    event.add("created", context.known_at(notice))
    event.add("dtstart", begin)
    if end > begin:
        event.add("dtend", end)
    event.add("summary", _summary(site, notice))
    event.add("description", _description(context, notice))
    event.add("url", site.urls.absolute(site.urls.notice(notice)))
    event.add("categories", [category.label for category in categories(site, notice)])
    event.add("status", "CANCELLED" if notice.withdrawal else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def _changed_at(context: EmitContext, notice: Notice) -> datetime:
    """UTC instant of the last change of a notice; where git knows of it, that of a change of its plan alone."""
    edits, now = context.site.edits.get(notice.source), context.site.now
    edited_at = edits.last_at if edits and edits.last_at and edits.last_at <= now else None
    changed_at = context.last_changed_at(notice)
    return max(changed_at, edited_at or changed_at)


def _sequence(site: SiteContext, notice: Notice, begin: datetime, end: datetime) -> int:
    """RFC 5545, 3.8.7.4: a number that grows with each publication, and when begin or end of the event become later.

    What else changes in a file without an update leaves no trace in it, so no number made of its facts always grows:
    work that is brought forward needs an update. Of equal numbers the later DTSTAMP counts (RFC 5546, 2.1.5).
    """
    published = list(publications_of(site, notice))
    count = 3 * max(sum(publication.at <= site.now for publication in published) - 1, 0)
    count += site.facts(notice).is_over + bool(notice.retraction)
    minutes = ((begin - published[0].at) + (end - published[0].at)) // _MINUTE
    return min(count, _MOST_REVISIONS) * _REVISIONS_APART + min(max(minutes, 0), _REVISIONS_APART - 1)


def lasts(site: SiteContext, notice: Notice) -> bool:
    """Whether it goes on, without an end that is planned for later: its event then ends at the time of the build."""
    facts = site.facts(notice)
    planned = notice.schedule.end if notice.schedule else None
    begun = facts.interval is not None and facts.interval.end == site.now
    unplanned = planned is None or planned <= site.now
    return begun and unplanned and not facts.is_over and not notice.withdrawal


def _span(site: SiteContext, notice: Notice) -> tuple[datetime, datetime]:
    """Begin and end, actual or planned; the end is now while it goes on."""
    if notice.schedule and notice.withdrawal:
        return notice.schedule
    if lasts(site, notice):
        return notice.begins_at, site.now
    planned = notice.schedule.end if notice.schedule else notice.begins_at
    return notice.begins_at, notice.ended_at or notice.retracted_at or planned


def _summary(site: SiteContext, notice: Notice) -> str:
    title = printable(notice.title)
    if notice.withdrawal:
        return printable(site.formatter.title_in_list(notice))
    return title if notice.schedule else f"{site.formatter.status(notice.severity)}: {title}"


def _description(context: EmitContext, notice: Notice) -> str:
    """Why it was retracted, the affected components, the summary of the latest update, and the address."""
    site = context.site
    latest = next(
        (publication for publication in reversed(list(publications_of(site, notice))) if publication.update), None
    )
    parts = (
        notice.retraction.reason if notice.retraction else "",
        site.formatter.listing(site.component_names(notice.touched_components)),
        feed_item(context, latest).summary if latest else "",
        site.urls.absolute(site.urls.notice(notice)),
    )
    return printable("\n\n".join(part for part in parts if part))
