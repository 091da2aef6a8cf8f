"""What the outputs of one build share: every public word sorted once, grouped once, rendered once."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Protocol

from mkdocs_incidents.model import Maintenance, NoticeKind
from mkdocs_incidents.present.component_page import notices_by_component
from mkdocs_incidents.present.history_page import calendar
from mkdocs_incidents.status import day_start

from .clean_html import Cleaner, plain_text
from .entries import Entry, entry_of
from .words import Word, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mkdocs_incidents.model import Component, ComponentStatus, Notice
    from mkdocs_incidents.present.edition import Edition
    from mkdocs_incidents.present.history_page import Calendar

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
        """Each section that is told (`present.page_source.told_sections`), without its heading."""


class Wire:
    """One edition and its rendered words, as all outputs draw on them."""

    def __init__(self, edition: Edition, rendered: Rendered) -> None:
        self.edition = edition
        self.rendered = rendered
        self._cleaner = Cleaner()
        self._entries: dict[str, Entry] = {}

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Every public word, newest first. Words of one instant stand in the order of their notices' ids."""
        told = [
            (word.at, notice.id, place, word)
            for notice in self.edition.snapshot.history.notices
            for place, word in enumerate(words(self.edition, notice))
            if word.at <= self.edition.now
        ]
        return tuple(word for *_, word in sorted(told, key=lambda one: one[:3], reverse=True))

    @cached_property
    def feeds(self) -> Mapping[str, Sequence[Word]]:
        """The newest words of each topic, and under `components/<id>/feed` of each component: one pass for all."""
        limit = self.edition.outputs.feed_length
        found: dict[str, list[Word]] = defaultdict(list)
        for word in self.words:
            for stem in _stems(word):
                if len(found[stem]) < limit:
                    found[stem].append(word)
        return found

    @cached_property
    def notices(self) -> tuple[Notice, ...]:
        """Every notice, the one that begins last first."""
        return self.edition.snapshot.history.notices[::-1]

    @cached_property
    def notices_of(self) -> Mapping[str, Sequence[Notice]]:
        """The notices that touched each component, the one that begins last first."""
        return notices_by_component(self.edition)

    @cached_property
    def days(self) -> Calendar:
        """The whole history by month and day."""
        return calendar(self.edition)

    @cached_property
    def changed_at(self) -> datetime:
        """When anything on the site last changed by itself or by a word, as far as the files tell."""
        known, now, zone = self.edition.snapshot.history, self.edition.now, self.edition.zone
        instants = [word.updated_at for word in self.words]
        instants += [at for notice in known.notices for at in (notice.begins_at, notice.ended_at) if at]
        days = [day for c in known.catalog.components.values() for day in (c.since, c.retired) if day]
        instants += [day_start(day, zone) for day in days]
        return max((at for at in instants if at <= now), default=NEVER)

    def known_at(self, notice: Notice) -> datetime:
        """When the public first knew of a notice; never later than the build."""
        return min(next(words(self.edition, notice)).at, self.changed_at)

    def turned_at(self, notice: Notice) -> datetime:
        """When anything about a notice last changed, edits of its words included; never later than the build."""
        instants = [notice.changed_at(self.changed_at), *(word.updated_at for word in words(self.edition, notice))]
        return max((at for at in instants if at and at <= self.changed_at), default=self.known_at(notice))

    def entry(self, word: Word) -> Entry:
        """A word as an entry of a feed."""
        address = word.address(self.edition.urls)
        if address not in self._entries:
            self._entries[address] = entry_of(self, word)
        return self._entries[address]

    def html(self, word: Word) -> str:
        """A word in full, as clean HTML with absolute addresses, bounded in length."""
        address = self.edition.urls.absolute(word.address(self.edition.urls))
        return self.bounded(self.clean(self._rendered(word), word.notice), address)

    def bounded(self, html: str, address: str) -> str:
        """Clean HTML of bounded length; what is longer leads to the rest, at `address`."""
        link = f'<p><a href="{escape(address)}">{escape(self.edition.wording.text("Read on"))}</a></p>'
        return self._cleaner.cut(html, link)

    def text(self, word: Word) -> str:
        """A word in full, as plain text."""
        return plain_text(self.html(word))

    def clean(self, html: str, notice: Notice) -> str:
        """Rendered HTML of a notice, made clean and absolute."""
        return self._cleaner.clean(html, self.edition.urls.absolute(self.edition.urls.notice(notice)))

    def _rendered(self, word: Word) -> str:
        if word.update:
            return self.rendered.message(word.update.message) + self._next_update(word)
        if word.postmortem:
            return self.rendered.body(word.notice)
        body = "" if word.notice.postmortem_published_at else self.rendered.body(word.notice)
        told = escape(facts(self.edition, word.notice))
        return f"<p>{told}</p>{body}" if told else body

    def _next_update(self, word: Word) -> str:
        """When the next update comes, where a key of the file states it and the message does not."""
        update, wording = word.update, self.edition.wording
        if update is None or update.next_update_at is None or update.next_update_sentence:
            return ""
        when = wording.instant(update.next_update_at, word.notice.timezone)
        return f"<p>{escape(wording.text('Next update by %(when)s', when=when))}</p>"


def facts(edition: Edition, notice: Notice) -> str:
    """What a notice without words says: which services, how bad, for planned work when. Never changes by itself."""
    if isinstance(notice, Maintenance):
        services = edition.wording.listing(edition.names(notice.touched_components))
        span = edition.wording.span(notice.scheduled_from, notice.scheduled_until, notice.timezone)
        return f"{services}: {span}" if services else span
    if notice.components:
        return states(edition, notice.components)
    return "" if notice.kind is NoticeKind.ANNOUNCEMENT else edition.wording.impact(notice.severity.impact)


def states(edition: Edition, of: Mapping[str, ComponentStatus]) -> str:
    """`Card payments: Major outage; Webhooks: Degraded performance`."""
    told = zip(edition.names(of), of.values(), strict=True)
    return "; ".join(f"{name}: {edition.wording.status(state)}" for name, state in told)


def public_components(edition: Edition) -> tuple[Component, ...]:
    """The components that have files of their own: all that were ever shown, those retired since included."""
    components = edition.snapshot.catalog.components.values()
    return tuple(c for c in components if c.since is None or c.since <= edition.today)


def component_path(component_id: str, name: str) -> str:
    """Path of a file about one component."""
    return f"components/{component_id}/{name}"


def _stems(word: Word) -> Iterator[str]:
    yield "feed"
    if word.notice.kind in _TOPIC_OF_KIND:
        yield _TOPIC_OF_KIND[word.notice.kind]
    for component_id in word.notice.touched_components:
        yield component_path(component_id, "feed")
