"""The timeline of a postmortem, listed day by day with what was said in public woven in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from mkdocs_incidents.model import Update
from mkdocs_incidents.status import day_of

from ..drawings.timeline import Drawing, drawing
from ..excerpts import first_sentence, labelled_entry
from ..views import FormattedInstant, Link

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from mkdocs_incidents.model import Notice, TimelineEntry

    from ..context import SiteContext


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRow:
    """A fact of the story, or a public word woven in."""

    anchor: str
    """Lasting name of an entry on its page; empty for a public word, which has its own."""
    at: FormattedInstant
    """Its clock alone: the day is that of the list it stands in."""
    offset: str
    """`+1 min` from the instant users began to feel it."""
    turning: bool
    kind: str
    """Word for the turning point it tells of, the author's own where there is one; may be empty."""
    text: str
    """Markdown: the entry without the word in `kind`, or the first sentence of a public word."""
    entry: int = -1
    """The number of the entry among those of the postmortem; -1 for a public word."""
    labelled: bool = False
    """Whether `kind` is the entry's own label, so that its HTML is shown without it."""
    said: Link | None

    @property
    def address(self) -> str:
        """Of the entry on its page, or of the public update."""
        return self.said.address if self.said else f"#{self.anchor}"

    @property
    def ordinary(self) -> bool:
        """Whether it is neither public nor a turning point."""
        return not self.said and not self.turning


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineDay:
    """The facts of one day."""

    label: str
    rows: tuple[TimelineRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineView:
    """A timeline, twice."""

    zone: str
    days: tuple[TimelineDay, ...]
    drawing: Drawing


def timeline_view(site: SiteContext, notice: Notice) -> TimelineView | None:
    """The timeline of a notice; None where its author wrote none that could be read."""
    entries = notice.postmortem.timeline if notice.postmortem else ()
    if not entries:
        return None
    order: list[tuple[datetime, int, TimelineEntry | Update]] = [(entry.at, 0, entry) for entry in entries]
    order += [(update.at, 1, update) for update in notice.updates]
    facts = [fact for _, _, fact in sorted(order, key=lambda fact: fact[:2])]
    anchors = entry_anchors(entries)
    numbers = {entry: number for number, entry in reversed(tuple(enumerate(entries)))}
    days = groupby(facts, key=lambda fact: day_of(fact.at, notice.timezone))
    return TimelineView(
        zone=site.formatter.zone_in_words(notice.begins_at, notice.timezone),
        days=tuple(
            TimelineDay(
                label=site.formatter.long_day(day),
                rows=tuple(_row(site, notice, fact, anchors, numbers) for fact in found),
            )
            for day, found in days
        ),
        drawing=drawing(site, notice, facts),
    )


def entry_anchors(entries: Iterable[TimelineEntry]) -> Mapping[TimelineEntry, str]:
    """`entry-20260406-1336`, the minute in UTC, as updates have it; the second of a minute ends with `-2`."""
    anchors: dict[TimelineEntry, str] = {}
    taken: set[str] = set()
    for entry in entries:
        anchor, again = f"entry-{entry.at:%Y%m%d-%H%M}", 1
        while anchor in taken:
            again += 1
            anchor = f"entry-{entry.at:%Y%m%d-%H%M}-{again}"
        taken.add(anchor)
        anchors.setdefault(entry, anchor)
    return anchors


def _row(
    site: SiteContext,
    notice: Notice,
    fact: TimelineEntry | Update,
    anchors: Mapping[TimelineEntry, str],
    numbers: Mapping[TimelineEntry, int],
) -> TimelineRow:
    at = site.bare_clock(fact.at, notice.timezone, fact.at)
    away = offset(site, fact.at, notice.begins_at)
    if isinstance(fact, Update):
        link = Link(label=site.formatter.stage(fact.status), address=f"#{fact.id}")
        words = first_sentence(fact.message)
        return TimelineRow(anchor="", at=at, offset=away, turning=False, kind="", text=words, said=link)
    word = labelled_entry(site.formatter, fact)
    turning = fact.kind is not None
    return TimelineRow(
        anchor=anchors[fact],
        at=at,
        offset=away,
        turning=turning,
        kind=word.kind,
        text=word.text,
        said=None,
        entry=numbers[fact],
        labelled=word.text != fact.text,
    )


def offset(site: SiteContext, at: datetime, start: datetime) -> str:
    """`+1 min`, `−30 min`, `start`."""
    if abs(at - start) < timedelta(minutes=1):
        return site.formatter.text("start")
    sign = "+" if at > start else "−"
    return f"{sign}{site.formatter.duration(abs(at - start))}"
