"""Every public word as an entry that a subscriber gets once: the same for all feed formats."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import nh3

from mkdocs_incidents.model import Announcement, Impact, Incident

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mkdocs_incidents.model import Notice
    from mkdocs_incidents.present.edition import Edition

# XML 1.0 forbids most control characters; feed readers choke on the C1 range (host_facts.md 12).
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


class Rendered(Protocol):
    """The site's own HTML of an author's words; relative addresses are relative to the page of the notice."""

    def message(self, markdown: str) -> str:
        """One update."""

    def body(self, notice: Notice) -> str:
        """The whole postmortem, headings included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One public word."""

    address: str
    """Absolute and permanent: it is also the entry's id."""
    title: str
    """Plain text."""
    html: str
    """Clean, with absolute addresses."""
    at: datetime
    """UTC."""
    categories: tuple[str, ...]


def entries(edition: Edition, rendered: Rendered, at_most: int) -> tuple[Entry, ...]:
    """The newest public words of all notices, newest first: every update, every postmortem, every announcement."""
    words = sorted(_words(edition), key=lambda word: (word[0], word[1]), reverse=True)
    return tuple(_entry(edition, rendered, notice, at, address) for at, address, notice in words[:at_most])


def _words(edition: Edition) -> Iterator[tuple[datetime, str, Notice]]:
    """When, where and about what something was said."""
    for notice in edition.record.history.notices:
        for update in notice.updates:
            yield update.at, edition.urls.update(notice, update), notice
        if notice.postmortem_published_at:
            yield notice.postmortem_published_at, edition.urls.postmortem(notice), notice
        if isinstance(notice, Announcement) and not notice.updates:
            yield notice.begins_at, edition.urls.notice(notice), notice


def _entry(edition: Edition, rendered: Rendered, notice: Notice, at: datetime, address: str) -> Entry:
    update = next((u for u in notice.updates if edition.urls.update(notice, u) == address), None)
    if update:
        title = edition.wording.entry_title(notice, update.status)
        html = rendered.message(update.message)
    else:
        title = notice.title
        if not isinstance(notice, Announcement):
            title = edition.wording.text("%(stage)s: %(title)s", stage=edition.wording.text("Postmortem"), title=title)
        html = rendered.body(notice)
    return Entry(
        address=edition.urls.absolute(address),
        title=printable(title),
        html=clean(html, edition.urls.absolute(edition.urls.notice(notice))),
        at=at,
        categories=tuple(_categories(edition, notice)),
    )


def _categories(edition: Edition, notice: Notice) -> Iterator[str]:
    yield from (printable(name) for name in edition.names(notice.components))
    if isinstance(notice, Incident) and notice.impact is not Impact.NONE:
        yield edition.wording.impact(notice.impact)


def clean(html: str, base: str) -> str:
    """HTML that any reader may show: no script, no style, nothing relative, every element closed."""
    return printable(nh3.clean(html, url_relative=("rewrite_with_base", base)))


def printable(text: str) -> str:
    """The text without what XML cannot hold."""
    return _UNPRINTABLE.sub("", text)
