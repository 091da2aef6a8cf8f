"""The timeline of a postmortem, listed with what was said in public woven in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from mkdocs_incidents.model import Update

from .drawing import Drawing, drawing
from .views import Link, Moment
from .vocabulary_words import ENTRY

if TYPE_CHECKING:
    from datetime import datetime

    from mkdocs_incidents.model import Notice, TimelineEntry

    from .edition import Edition


_LABELLED = re.compile(r"[*_]*\w[\w ]{2,30}[*_]*:")
"""An entry that begins with a label of its author's needs none of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRow:
    """A fact of the story, or a public word woven in."""

    at: Moment
    offset: str
    """`+1 min` from the instant users began to feel it."""
    kind: str
    """Word for the turning point it tells of; empty for an ordinary entry."""
    text: str
    """Markdown; empty for a public word."""
    said: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineView:
    """A timeline, twice."""

    zone: str
    rows: tuple[TimelineRow, ...]
    drawing: Drawing


def timeline_view(edition: Edition, notice: Notice) -> TimelineView | None:
    """The timeline of a notice; None where its author wrote none that could be read."""
    entries = notice.postmortem.timeline if notice.postmortem else ()
    if not entries:
        return None
    told: list[tuple[datetime, int, TimelineEntry | Update]] = [(entry.at, 0, entry) for entry in entries]
    told += [(update.at, 1, update) for update in notice.updates]
    told.sort(key=lambda fact: fact[:2])
    return TimelineView(
        zone=edition.wording.zone_in_words(notice.begins_at, notice.timezone),
        rows=tuple(_row(edition, notice, fact) for _, _, fact in told),
        drawing=drawing(edition, notice, [fact for _, _, fact in told]),
    )


def _row(edition: Edition, notice: Notice, fact: TimelineEntry | Update) -> TimelineRow:
    at = edition.bare_clock(fact.at, notice.timezone, notice.begins_at)
    away = offset(edition, fact.at, notice.begins_at)
    if isinstance(fact, Update):
        link = Link(label=edition.wording.stage(fact.status), address=f"#{fact.id}")
        return TimelineRow(at=at, offset=away, kind="", text="", said=link)
    kind = edition.wording.text(ENTRY[fact.kind]) if fact.kind and not _LABELLED.match(fact.text) else ""
    return TimelineRow(at=at, offset=away, kind=kind, text=fact.text, said=None)


def offset(edition: Edition, at: datetime, start: datetime) -> str:
    """`+1 min`, `−30 mins`, `start`."""
    if abs(at - start) < timedelta(minutes=1):
        return edition.wording.text("start")
    sign = "+" if at > start else "−"
    return f"{sign}{edition.wording.duration(abs(at - start))}"
