"""What all files of one build share: every publication sorted once, grouped once, rendered once."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Protocol

from mkdocs_incidents.model import Maintenance, NoticeKind
from mkdocs_incidents.status import day_start

from .clean_html import Cleaner, plain_text
from .publications import Publication, publications_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mkdocs_incidents.model import Component, ComponentStatus, Notice
    from mkdocs_incidents.present.context import SiteContext
    from mkdocs_incidents.present.pages.site import SiteViews

    from .feeds.definitions import FeedItem

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""Before anything is published: formats want an instant, and that of the build would change with every build."""
_TOPIC_OF_KIND = {NoticeKind.INCIDENT: "outages", NoticeKind.MAINTENANCE: "maintenance"}


class Rendered(Protocol):
    """The site's own HTML of an author's words; relative addresses are relative to the page of the notice."""

    def message(self, markdown: str) -> str:
        """One update."""

    def body(self, notice: Notice) -> str:
        """The whole postmortem, headings included."""

    def entry(self, notice: Notice, number: int) -> str:
        """The timeline entry of that number, from 0, without its time."""

    def promise(self, notice: Notice, number: int) -> str:
        """The action item of that number, from 0, without its owners and days."""

    def sections(self, notice: Notice) -> tuple[str, ...]:
        """Each section that is shown (`present.body.visible_sections`), without its heading."""


class EmitContext:
    """One site, the views of its pages, and its rendered Markdown."""

    def __init__(self, views: SiteViews, rendered: Rendered) -> None:
        self.views = views
        self.rendered = rendered
        self.feed_items: dict[str, FeedItem] = {}
        """Those made so far, by address (`feeds.items.feed_item`)."""
        self._cleaner = Cleaner()

    @property
    def site(self) -> SiteContext:
        return self.views.site

    @cached_property
    def publications(self) -> tuple[Publication, ...]:
        """Every publication, newest first; those of one instant by the ids of their notices."""
        found = [
            (publication.at, notice.id, place, publication)
            for notice in self.site.snapshot.history.notices
            for place, publication in enumerate(publications_of(self.site, notice))
            if publication.at <= self.site.now
        ]
        return tuple(publication for *_, publication in sorted(found, key=lambda item: item[:3], reverse=True))

    @cached_property
    def feeds(self) -> Mapping[str, Sequence[Publication]]:
        """The newest publications of each topic, and of each component under `components/<id>/feed`; one pass."""
        limit = self.site.outputs.feed_length
        found: dict[str, list[Publication]] = defaultdict(list)
        for publication in self.publications:
            for stem in _stems(publication):
                if len(found[stem]) < limit:
                    found[stem].append(publication)
        return found

    @cached_property
    def notices(self) -> tuple[Notice, ...]:
        """Every notice, the one that begins last first."""
        return self.site.snapshot.history.notices[::-1]

    @cached_property
    def changed_at(self) -> datetime:
        """When anything on the site last changed, by time or by a publication, as far as the files state it."""
        known, now, zone = self.site.snapshot.history, self.site.now, self.site.zone
        instants = [publication.updated_at for publication in self.publications]
        instants += [at for notice in known.notices for at in (notice.begins_at, notice.ended_at) if at]
        days = [day for c in known.catalog.components.values() for day in (c.since, c.retired) if day]
        instants += [day_start(day, zone) for day in days]
        return max((at for at in instants if at <= now), default=NEVER)

    def known_at(self, notice: Notice) -> datetime:
        """When the public first knew of a notice; never later than the build."""
        return min(next(publications_of(self.site, notice)).at, self.changed_at)

    def last_changed_at(self, notice: Notice) -> datetime:
        """When anything about a notice last changed, edits of its text included; never later than the build."""
        instants = [
            notice.changed_at(self.changed_at),
            *(publication.updated_at for publication in publications_of(self.site, notice)),
        ]
        return max((at for at in instants if at and at <= self.changed_at), default=self.known_at(notice))

    def html(self, publication: Publication) -> str:
        """A publication in full, as clean HTML with absolute addresses, bounded in length."""
        address = self.site.urls.absolute(publication.address(self.site.urls))
        return self.bounded(self.clean(self._rendered(publication), publication.notice), address)

    def bounded(self, html: str, address: str) -> str:
        """Clean HTML of bounded length; what is longer leads to the rest, at `address`."""
        link = f'<p><a href="{escape(address)}">{escape(self.site.formatter.text("Read on"))}</a></p>'
        return self._cleaner.cut(html, link)

    def text(self, publication: Publication) -> str:
        """A publication in full, as plain text."""
        return plain_text(self.html(publication))

    def clean(self, html: str, notice: Notice) -> str:
        """Rendered HTML of a notice, made clean and absolute."""
        return self._cleaner.clean(html, self.site.urls.absolute(self.site.urls.notice(notice)))

    def _rendered(self, publication: Publication) -> str:
        if publication.update:
            return self.rendered.message(publication.update.message) + self._next_update(publication)
        if publication.postmortem:
            return self.rendered.body(publication.notice)
        body = "" if publication.notice.postmortem_published_at else self.rendered.body(publication.notice)
        summary = escape(notice_summary(self.site, publication.notice))
        return f"<p>{summary}</p>{body}" if summary else body

    def _next_update(self, publication: Publication) -> str:
        """When the next update comes, where a key of the file states it and the message does not."""
        update, formatter = publication.update, self.site.formatter
        if update is None or update.next_update_at is None or update.next_update_sentence:
            return ""
        when = formatter.instant(update.next_update_at, publication.notice.timezone)
        return f"<p>{escape(formatter.text('Next update by %(when)s', when=when))}</p>"


def notice_summary(site: SiteContext, notice: Notice) -> str:
    """The facts of a notice without updates: which services, how bad, for planned work when. Never changes by time."""
    if isinstance(notice, Maintenance):
        services = site.formatter.listing(site.names(notice.touched_components))
        span = site.formatter.span(notice.scheduled_from, notice.scheduled_until, notice.timezone)
        return f"{services}: {span}" if services else span
    if notice.components:
        return component_states(site, notice.components)
    return "" if notice.kind is NoticeKind.ANNOUNCEMENT else site.formatter.impact(notice.severity.impact)


def component_states(site: SiteContext, of: Mapping[str, ComponentStatus]) -> str:
    """`Card payments: Major outage; Webhooks: Degraded performance`."""
    states = zip(site.names(of), of.values(), strict=True)
    return "; ".join(f"{name}: {site.formatter.status(state)}" for name, state in states)


def public_components(site: SiteContext) -> tuple[Component, ...]:
    """The components that have files of their own: all that were ever shown, those retired since included."""
    components = site.snapshot.catalog.components.values()
    return tuple(c for c in components if c.since is None or c.since <= site.today)


def component_path(component_id: str, name: str) -> str:
    """Path of a file about one component."""
    return f"components/{component_id}/{name}"


def _stems(publication: Publication) -> Iterator[str]:
    yield "feed"
    if publication.notice.kind in _TOPIC_OF_KIND:
        yield _TOPIC_OF_KIND[publication.notice.kind]
    for component_id in publication.notice.touched_components:
        yield component_path(component_id, "feed")
