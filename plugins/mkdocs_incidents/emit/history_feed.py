"""One entry for each notice, as Statuspage's feeds have it: who moves here from there keeps every subscriber."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from .clean_html import printable
from .entries import Entry, categories, summary
from .words import words

if TYPE_CHECKING:
    from mkdocs_incidents.model import Notice

    from .wire import Wire
    from .words import Word


def history_entries(wire: Wire) -> list[Entry]:
    """The notices spoken of last, newest first; the whole story of each in one entry that grows."""
    newest = dict.fromkeys(word.notice.id for word in wire.words)
    by_id = wire.edition.snapshot.history.by_id
    return [_entry(wire, by_id[notice]) for notice in list(newest)[: wire.edition.outputs.feed_length]]


def _entry(wire: Wire, notice: Notice) -> Entry:
    told = [word for word in words(wire.edition, notice) if word.at <= wire.edition.now]
    html = "\n".join(_told(wire, word) for word in reversed(told))
    return Entry(
        id=wire.edition.urls.absolute(wire.edition.urls.notice(notice)),
        title=printable(notice.title),
        html=html,
        summary=summary(html),
        published_at=told[0].at,
        updated_at=max(word.updated_at for word in told),
        categories=tuple(categories(wire.edition, notice)),
    )


def _told(wire: Wire, word: Word) -> str:
    """One word as Statuspage writes it: when, where the response stood, what was said."""
    stage = wire.edition.wording.text("Postmortem")
    if word.update:
        stage = wire.edition.wording.stage(word.update.status)
    at = wire.edition.instant(word.at, word.notice.timezone)
    head = f"<p><small>{escape(at.text)}</small><br><strong>{escape(stage)}</strong></p>"
    return head + wire.html(word) if word.update or word.postmortem else wire.html(word)
