"""Public words as entries of a feed: the same for every format."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Literal

from mkdocs_incidents.model import Announcement, Impact, Incident, Maintenance
from mkdocs_incidents.present.vocabulary_words import _

from .clean_html import plain_text, printable
from .words import touched

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from mkdocs_incidents.model import Notice
    from mkdocs_incidents.present.edition import Edition

    from .wire import Wire
    from .words import Word

NoticeKind = Literal["incident", "maintenance", "announcement"]

_LONGEST_SUMMARY = 300
_HEADING = re.compile(r"<h\d>.*?</h\d>", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """What an entry is about: a permanent name for programs, and the word for it in the site's language."""

    term: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a feed."""

    id: str
    """Absolute address, permanent (see `Word.address`); also where a click leads."""
    title: str
    """Plain text."""
    html: str
    """Clean, with absolute addresses."""
    summary: str
    """Its beginning as plain text, for readers that show no more."""
    published_at: datetime
    """UTC."""
    updated_at: datetime
    """UTC; later than `published_at` once it was edited."""
    categories: tuple[Category, ...]
    author: str = ""
    """Who says it, where that is somebody else than the site; plain text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed says of itself, in whatever format."""

    title: str
    description: str
    address: str
    """Absolute."""
    home: str
    """Absolute address of the page it follows."""
    style: str
    """Address of the style sheet for browsers, relative to the feed."""
    hub: str
    language: str
    author: str
    updated_at: datetime
    """From the entries, never from the clock: an unchanged feed keeps its bytes."""
    entries: Sequence[Entry]


def entry_of(wire: Wire, word: Word) -> Entry:
    """The entry that a public word is, in every feed that carries it."""
    heading = printable(title(wire.edition, word))
    html = wire.html(word) or f"<p>{escape(heading, quote=False)}</p>"
    return Entry(
        id=wire.edition.urls.absolute(word.address(wire.edition.urls)),
        title=heading,
        html=html,
        summary=summary(html),
        published_at=word.at,
        updated_at=word.updated_at,
        categories=tuple(categories(wire.edition, word.notice, postmortem=word.postmortem)),
    )


def summary(html: str) -> str:
    """The beginning of clean HTML as plain text, without headings."""
    text = " ".join(plain_text(_HEADING.sub("", html)).split())
    if len(text) <= _LONGEST_SUMMARY:
        return text
    return text[:_LONGEST_SUMMARY].rsplit(" ", 1)[0] + " …"


def title(edition: Edition, word: Word) -> str:
    """`Identified: Nobody could sign in`."""
    if word.update:
        return edition.wording.entry_title(word.notice, word.update.status)
    if word.postmortem and not isinstance(word.notice, Announcement):
        stage = edition.wording.text("Postmortem")
        return edition.wording.text("%(stage)s: %(title)s", stage=stage, title=word.notice.title)
    return word.notice.title


def categories(edition: Edition, notice: Notice, *, postmortem: bool = False) -> Iterator[Category]:
    """Kind, impact and components."""
    yield Category(term=kind(notice), label=edition.wording.text(_KINDS[kind(notice)]))
    if postmortem:
        yield Category(term="postmortem", label=edition.wording.text("Postmortem"))
    if isinstance(notice, Incident) and notice.impact is not Impact.NONE:
        yield Category(term=notice.impact, label=edition.wording.impact(notice.impact))
    for component_id, name in zip(touched(notice), edition.names(touched(notice)), strict=True):
        yield Category(term=component_id, label=printable(name))


def kind(notice: Notice) -> NoticeKind:
    """`incident`, `maintenance` or `announcement`."""
    if isinstance(notice, Maintenance):
        return "maintenance"
    return "announcement" if isinstance(notice, Announcement) else "incident"


_KINDS = {"incident": _("Incident"), "maintenance": _("Planned maintenance"), "announcement": _("Notice")}
