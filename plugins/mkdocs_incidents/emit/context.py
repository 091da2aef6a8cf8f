"""What all files of one build share: the newest publications, grouped and rendered once."""

from __future__ import annotations

from bisect import insort
from datetime import UTC, datetime
from functools import cached_property
from html import escape
from operator import itemgetter
from typing import TYPE_CHECKING, Protocol

from mkdocs_incidents.model import Maintenance, NoticeKind
from mkdocs_incidents.present.outputs import PER_COMPONENT
from mkdocs_incidents.status import day_start, open_incidents, running_maintenances

from .clean_html import Cleaner, plain_text
from .previews import png
from .publications import Publication, publications_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from mkdocs_incidents.model import ComponentStatus, Notice, Retraction
    from mkdocs_incidents.present.context import SiteContext
    from mkdocs_incidents.present.pages.site import SiteViews

    from .feeds.definitions import FeedItem

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""The date of a site where nothing is published: formats require one, and that of the build would change each time."""
_TOPIC_OF_KIND = {NoticeKind.INCIDENT: "outages", NoticeKind.MAINTENANCE: "maintenance"}


class Rendered(Protocol):
    """Markdown of incident files as HTML; relative addresses are relative to the page of the notice."""

    def message(self, markdown: str) -> str:
        """The message of an update."""

    def body(self, notice: Notice) -> str:
        """The whole postmortem, headings included."""

    def entry(self, notice: Notice, number: int) -> str:
        """The timeline entry of that number, from 0, without its time."""

    def promise(self, notice: Notice, number: int) -> str:
        """The action item of that number, from 0, without its owners and days."""

    def sections(self, notice: Notice) -> tuple[str, ...]:
        """Each section that is shown (`present.body.visible_sections`), without its heading."""


class EmitContext:
    """What the writer of a file gets: the site, the views of its pages, its rendered Markdown, and what is cached."""

    def __init__(self, views: SiteViews, rendered: Rendered, draw: Callable[[str, str], bytes] | None = None) -> None:
        """`draw` returns a PNG of the drawing for a path; by default it draws each time."""
        self.draw = draw or (lambda _, svg: png.drawn_png(svg))
        self.views = views
        self.rendered = rendered
        self.feed_items: dict[str, FeedItem] = {}
        """Items made so far, by address (`feeds.items.feed_item`)."""
        self.events: dict[str, bytes] = {}
        """Events of calendars made so far, by the id of the notice (`calendar`)."""
        self.briefs: dict[str, bytes] = {}
        """What `incidents.json` has of each notice, as far as made, by id (`json.incidents`)."""
        self._cleaner = Cleaner()
        self._last_published: dict[str, datetime] = {}

    @property
    def site(self) -> SiteContext:
        return self.views.site

    def newest_publications(self) -> Iterator[Publication]:
        """Every publication until now, newest first; those of the same instant by the ids of their notices.

        They are made as they are asked for: feeds carry the newest only, and no list of all of them is ever sorted.
        """
        now = self.site.now
        dated = ((self._last_published_at(notice), notice) for notice in self.site.snapshot.history.notices)
        pending: list[tuple[datetime, str, int, Publication]] = []
        for latest, notice in sorted(dated, key=itemgetter(0), reverse=True):
            while pending and pending[-1][0] > latest:
                yield pending.pop()[-1]
            for place, publication in enumerate(publications_of(self.site, notice)):
                if publication.at <= now:
                    insort(pending, (publication.at, notice.id, place, publication))
        yield from (publication for *_, publication in reversed(pending))

    @cached_property
    def feeds(self) -> Mapping[str, Sequence[Publication]]:
        """The newest publications of each topic, and of each component under `components/<id>/feed`."""
        limit, components = self.site.outputs.feed_length, self.site.public_components
        found: dict[str, list[Publication]] = {stem: [] for stem in ("feed", *_TOPIC_OF_KIND.values())}
        if PER_COMPONENT in self.site.outputs.on:
            found |= {component_path(component.id, "feed"): [] for component in components}
        incomplete = set(found)
        for publication in self.newest_publications():
            for stem in incomplete.intersection(_stems(publication)):
                found[stem].append(publication)
                if len(found[stem]) >= limit:
                    incomplete.remove(stem)
            if not incomplete:
                break
        return found

    @cached_property
    def notices(self) -> tuple[Notice, ...]:
        """Every notice, by begin, newest first."""
        return self.site.snapshot.history.notices[::-1]

    @cached_property
    def changed_at(self) -> datetime:
        """UTC instant of the last change of anything on the site, by time or by a publication."""
        known, now, zone = self.site.snapshot.history, self.site.now, self.site.zone
        instants = [self._last_published_at(notice) for notice in known.notices]
        edited = (notice for notice in known.notices if notice.source in self.site.edits)
        instants += [p.updated_at for notice in edited for p in publications_of(self.site, notice) if p.at <= now]
        days = [day for c in known.catalog.components.values() for day in (c.since, c.retired) if day]
        instants += [day_start(day, zone) for day in days]
        return max((at for at in instants if at <= now), default=EPOCH)

    def _last_published_at(self, notice: Notice) -> datetime:
        """UTC instant of the last change of a notice until now, edits aside: nothing of it was published later."""
        if notice.id not in self._last_published:
            change = self.site.facts(notice).last_change
            instants = [change.at] if change else []
            if not notice.updates and notice.published_at <= self.site.now:
                instants.append(notice.published_at)
            self._last_published[notice.id] = max(instants, default=EPOCH)
        return self._last_published[notice.id]

    def known_at(self, notice: Notice) -> datetime:
        """UTC instant from which a notice was public; never later than the build."""
        return min(next(publications_of(self.site, notice)).at, self.changed_at)

    def last_changed_at(self, notice: Notice) -> datetime:
        """UTC instant of the last change of a notice, edits of its text included; never later than the build."""
        instants = [
            notice.changed_at(self.changed_at),
            *(publication.updated_at for publication in publications_of(self.site, notice)),
        ]
        return max((at for at in instants if at and at <= self.changed_at), default=self.known_at(notice))

    def html(self, publication: Publication) -> str:
        """A publication as clean HTML with absolute addresses, bounded in length."""
        address = self.site.urls.absolute(publication.address(self.site.urls))
        return self.bounded(self.clean(self._rendered(publication), publication.notice), address)

    def bounded(self, html: str, address: str) -> str:
        """Clean HTML, cut to `clean_html.MAX_CHARACTERS`; what is longer ends with a link to `address`."""
        label = self.site.formatter.text("Read on")
        link = f'<p><a href="{escape(address)}">{escape(label)}</a></p>'
        return self._cleaner.cut(html, link)

    def text(self, publication: Publication) -> str:
        """A publication as plain text, bounded in length."""
        return plain_text(self.html(publication))

    def clean(self, html: str, notice: Notice) -> str:
        """Rendered HTML of a notice as clean HTML with absolute addresses."""
        return self._cleaner.clean(html, self.site.urls.absolute(self.site.urls.notice(notice)))

    def _rendered(self, publication: Publication) -> str:
        if publication.update:
            message = self.rendered.message(publication.update.message)
            retraction = publication.update.retraction
            return self._retracted(retraction, message) if retraction else message + self._next_update(publication)
        if publication.retraction and publication.notice.retraction:
            return f"<p>{escape(publication.notice.retraction.reason)}</p>"
        if publication.postmortem:
            return self.rendered.body(publication.notice)
        body = "" if publication.notice.postmortem_published_at else self.rendered.body(publication.notice)
        summary = escape(notice_summary(self.site, publication.notice))
        return f"<p>{summary}</p>{body}" if summary else body

    def _retracted(self, retraction: Retraction, message: str) -> str:
        """The reason first, then the retracted words, marked as such."""
        reason = escape(self.site.formatter.retracted(retraction.reason))
        return f"<p><strong>{reason}</strong></p><blockquote><del>{message}</del></blockquote>"

    def _next_update(self, publication: Publication) -> str:
        """A paragraph with the time of the next update, where the file states one and the message does not."""
        update, formatter = publication.update, self.site.formatter
        if update is None or update.next_update_at is None or update.next_update_sentence:
            return ""
        when = formatter.instant(update.next_update_at, publication.notice.timezone)
        return f"<p>{escape(formatter.text('Next update by %(when)s', when=when))}</p>"


def notice_summary(site: SiteContext, notice: Notice) -> str:
    """The facts of a notice in one line: components, impact, for maintenance the times. Does not depend on now."""
    if isinstance(notice, Maintenance):
        services = site.formatter.listing(site.component_names(notice.named_components))
        span = site.formatter.span(*notice.schedule, notice.timezone)
        return f"{services}: {span}" if services else span
    if notice.components:
        return component_states(site, notice.components)
    return "" if notice.kind is NoticeKind.ANNOUNCEMENT else site.formatter.impact(notice.severity.impact)


def component_states(site: SiteContext, statuses: Mapping[str, ComponentStatus]) -> str:
    """`Card payments: Major outage; Webhooks: Degraded performance`."""
    named = zip(site.component_names(statuses), statuses.values(), strict=True)
    return "; ".join(f"{name}: {site.formatter.status(status)}" for name, status in named)


def current_titles(site: SiteContext) -> list[str]:
    """Titles of the open incidents; without any, of the maintenance that is in progress."""
    history, now = site.snapshot.history, site.now
    return [notice.title for notice in open_incidents(history, now) or running_maintenances(history, now)]


def component_path(component_id: str, name: str) -> str:
    """Path of a file about one component."""
    return f"components/{component_id}/{name}"


def _stems(publication: Publication) -> Iterator[str]:
    """The paths, without suffix, of the feeds that carry a publication; none for what is backfilled."""
    if not publication.notice.announces(publication.at):
        return
    yield "feed"
    if publication.notice.kind in _TOPIC_OF_KIND:
        yield _TOPIC_OF_KIND[publication.notice.kind]
    for component_id in publication.notice.named_components:
        yield component_path(component_id, "feed")
