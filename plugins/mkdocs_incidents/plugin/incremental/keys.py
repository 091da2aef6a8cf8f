"""The keys of pages: while the key of a page is the same, so are the bytes of its files.

A key is a digest of everything that the files depend on. Pages that depend on the time of the build have none.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from mkdocs_incidents.emit.calendar import lasts
from mkdocs_incidents.model import Announcement, Incident
from mkdocs_incidents.present.previews import has_own_preview
from mkdocs_incidents.status import Month, day_of, day_start, state_of

from .fingerprint import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from mkdocs_incidents.model import Component, Notice
    from mkdocs_incidents.present.context import SiteContext


class PageKeys:
    """Makes the keys of the pages of one build."""

    def __init__(self, site: SiteContext, digests: Mapping[str, bytes], common: bytes) -> None:
        """`digests` are those of the incident files, by path; `common` is of what all pages depend on."""
        self._site = site
        self._digests = digests
        self._common = common
        self._published: dict[str, bytes] = {}
        self._settled: dict[str, bytes | None] = {}
        self._current: dict[str, bytes] = {}
        self._days: dict[ZoneInfo, date] = {}

    def notice(self, notice: Notice, neighbours: Iterable[Notice | None]) -> bytes | None:
        """The key of the page of a notice; None until it is over. `neighbours` are those that it links to."""
        settled = self._settled_part(notice)
        if settled is None:
            return None
        files = (self._site.is_followed(notice), has_own_preview(self._site, notice))
        return digest(self._common, settled, files, *(near and self._published_part(near) for near in neighbours))

    def month(self, month: Month) -> bytes | None:
        """The key of the page of a month; None for the current one, and where a notice in it goes on."""
        site = self._site
        days = site.snapshot.notices_by_month[month]
        if month >= Month.of(site.today):
            return None
        parts = self._settled_parts({notice.id: notice for notices in days.values() for notice in notices}.values())
        if parts is None:
            return None
        end = day_start(month.next.first, site.zone)
        return digest(self._common, month, month == site.first_month, *self._claims(end), *parts)

    def component(self, component: Component) -> bytes | None:
        """The key of the page of a component, which changes each day; None while a notice about it goes on."""
        site = self._site
        parts = self._settled_parts(site.snapshot.notices_by_component[component.id])
        if parts is None:
            return None
        claims = [(id_, start, end if end < site.now else None) for id_, start, end in self._claims(site.now)]
        return digest(self._common, component.id, site.today, *claims, *parts)

    def feeds(self, component: Component) -> bytes:
        """The key of the feeds of a component: entries state what was published, whatever the time of the build."""
        notices = self._site.snapshot.notices_by_component[component.id]
        return digest(self._common, component.id, *map(self._current_part, notices))

    def calendar(self, component: Component) -> bytes | None:
        """The key of the calendar of a component; None while an event in it ends at the time of the build."""
        notices = self._site.snapshot.notices_by_component[component.id]
        if any(lasts(self._site, notice) for notice in notices if not self._site.facts(notice).is_over):
            return None
        return digest(self._common, component.id, *map(self._current_part, notices))

    def _settled_parts(self, notices: Iterable[Notice]) -> list[bytes] | None:
        """What is settled of each; None if one of them goes on."""
        parts = []
        for notice in notices:
            part = self._settled_part(notice)
            if part is None:
                return None
            parts.append(part)
        return parts

    def _settled_part(self, notice: Notice) -> bytes | None:
        """A digest of all that pages have of a notice that is over; None while it goes on or is to come."""
        if notice.id not in self._settled:
            facts = self._site.facts(notice)
            edits = self._site.edits.get(notice.source)
            known = notice.source in self._digests and facts.is_over
            items = notice.postmortem.action_items if notice.postmortem else ()
            today = self._today(notice.timezone) if items else None
            states = tuple(state_of(item, today) for item in items if today)
            part = digest(self._published_part(notice), str(facts.stage), states, repr(edits)) if known else None
            self._settled[notice.id] = part
        return self._settled[notice.id]

    def _today(self, zone: ZoneInfo) -> date:
        if zone not in self._days:
            self._days[zone] = day_of(self._site.now, zone)
        return self._days[zone]

    def _current_part(self, notice: Notice) -> bytes:
        """A digest of all that feeds and calendars have of a notice, which may go on."""
        if notice.id not in self._current:
            self._current[notice.id] = self._settled_part(notice) or self._open_part(notice)
        return self._current[notice.id]

    def _open_part(self, notice: Notice) -> bytes:
        facts, edits = self._site.facts(notice), repr(self._site.edits.get(notice.source))
        return digest(
            self._published_part(notice), facts.is_over, str(facts.stage), list(facts.statuses.items()), edits
        )

    def _published_part(self, notice: Notice) -> bytes:
        """A digest of a file and of which of its statements are public: some of them may be embargoed."""
        if notice.id not in self._published:
            self._published[notice.id] = digest(
                notice.source,
                self._digests.get(notice.source),
                len(notice.updates),
                sum(update.retraction is not None for update in notice.updates),
                sum(update.corrected_at is not None for update in notice.updates),
                notice.retraction is not None,
                notice.postmortem is not None,
                notice.stated_resolved_at if isinstance(notice, Incident | Announcement) else None,
                notice.publish_at,
            )
        return self._published[notice.id]

    def _claims(self, until: datetime) -> list[tuple[str, datetime, datetime]]:
        """The intervals for which there is data, up to an instant: they depend on the first notice of the site."""
        return [(id_, start, min(end, until)) for id_, start, end in self._intervals if start < until]

    @cached_property
    def _intervals(self) -> list[tuple[str, datetime, datetime]]:
        snapshot = self._site.snapshot
        return [
            (id_, claimed.start, claimed.end)
            for id_ in snapshot.catalog.components
            for claimed in snapshot.series(id_).claimed
        ]
