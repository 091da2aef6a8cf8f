"""The timeline of a postmortem by days, together with the updates of the notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from mkdocs_incidents.model import Update

from ..drawings.timeline import Drawing, drawing
from ..excerpts import first_sentence, labelled_entry
from ..language.formatter import date_on_clock
from ..views import FormattedInstant, Link

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from mkdocs_incidents.model import Notice, TimelineEntry

    from ..context import SiteContext


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRow:
    """A timeline entry or an update."""

    anchor: str
    """Permanent anchor of an entry; empty for an update, which has its own elsewhere on the page."""
    at: FormattedInstant
    """Without the day, which is that of the list."""
    offset: str
    """`+1 min`, from the begin of the notice."""
    turning: bool
    """Whether it is a turning point."""
    kind: str
    """Label of the turning point, the author's where there is one; may be empty."""
    text: str
    """Markdown: the entry without the label in `kind`, or the first sentence of an update."""
    entry: int = -1
    """Index of the entry among those of the postmortem; -1 for an update."""
    labelled: bool = False
    """Whether `kind` is the label that the author wrote; the HTML of the entry is then shown without it."""
    publication: Link | None
    """The stage of an update, with a link to it; None for an entry."""
    in_public: bool = True
    """Whether the update was public at its time, as far as the file states it."""

    @property
    def address(self) -> str:
        """Address of the entry or the update on the page."""
        return self.publication.address if self.publication else f"#{self.anchor}"

    @property
    def ordinary(self) -> bool:
        """Whether it is an entry without a turning point."""
        return not self.publication and not self.turning


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineDay:
    """The entries and updates of a day."""

    label: str
    rows: tuple[TimelineRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineView:
    """A timeline as a list and as a drawing."""

    zone: str
    days: tuple[TimelineDay, ...]
    drawing: Drawing


def timeline_view(site: SiteContext, notice: Notice) -> TimelineView | None:
    """The timeline of a notice; None where its postmortem has no timeline entries."""
    entries = notice.postmortem.timeline if notice.postmortem else ()
    if not entries:
        return None
    order: list[tuple[datetime, int, TimelineEntry | Update]] = [(entry.at, 0, entry) for entry in entries]
    order += [(update.at, 1, update) for update in notice.updates]
    facts = [fact for _, _, fact in sorted(order, key=lambda fact: fact[:2])]
    anchors = entry_anchors(entries)
    numbers = {entry: number for number, entry in reversed(tuple(enumerate(entries)))}
    days = groupby(facts, key=lambda fact: date_on_clock(fact.at, notice.timezone))
    return TimelineView(
        zone=site.formatter.zone_description(notice.begins_at, notice.timezone),
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
    """`entry-20260406-1336`, the minute in UTC as in ids of updates; the second entry of a minute ends with `-2`."""
    anchors: dict[TimelineEntry, str] = {}
    taken: set[str] = set()
    for entry in entries:
        anchor, number = f"entry-{entry.at:%Y%m%d-%H%M}", 1
        while anchor in taken:
            number += 1
            anchor = f"entry-{entry.at:%Y%m%d-%H%M}-{number}"
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
    at = site.instant(fact.at, notice.timezone, date_on_clock(fact.at, notice.timezone))
    distance = offset(site, fact.at, notice.begins_at)
    if isinstance(fact, Update):
        stage = site.formatter.stage(notice.stage_of(fact))
        label = site.formatter.retracted(stage) if fact.retraction else stage
        return TimelineRow(
            anchor="",
            at=at,
            offset=distance,
            turning=False,
            kind="",
            text=fact.retraction.reason if fact.retraction else first_sentence(fact.message),
            publication=Link(label=label, address=f"#{fact.id}"),
            in_public=notice.updated_in_public,
        )
    labelled = labelled_entry(site.formatter, fact)
    turning = fact.kind is not None
    return TimelineRow(
        anchor=anchors[fact],
        at=at,
        offset=distance,
        turning=turning,
        kind=labelled.kind,
        text=labelled.text,
        publication=None,
        entry=numbers[fact],
        labelled=labelled.text != fact.text,
    )


def offset(site: SiteContext, at: datetime, start: datetime) -> str:
    """`+1 min`, `−30 min`, `start`."""
    if abs(at - start) < timedelta(minutes=1):
        return site.formatter.text("start")
    sign = "+" if at > start else "−"
    return f"{sign}{site.formatter.duration(abs(at - start))}"
