"""Promises (published action items of postmortems) and their states, and the page that lists them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mkdocs_incidents.status import PromiseState, day_start, promise_summary

from ..language.labels import PROMISE
from ..page_times import page_of_now
from ..views import Link, PageMetadata
from .shared import page_metadata

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mkdocs_incidents.model import Notice
    from mkdocs_incidents.status import Promise, PromiseSummary

    from ..context import SiteContext

ICONS = {
    PromiseState.KEPT: "operational",
    PromiseState.KEPT_LATE: "degraded_performance",
    PromiseState.OPEN: "no_data",
    PromiseState.OVERDUE: "partial_outage",
    PromiseState.DROPPED: "dropped",
}
"""The icon of each state of a promise; all but `dropped` are icons of component statuses."""
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseRow:
    """A promise."""

    id: str
    """Its anchor on the page of its incident, and the fragment of its id in feeds."""
    end_id: str
    """The same for the event that it was kept or dropped; empty before."""
    key: str
    """The state of the promise."""
    icon: str
    state_word: str
    text: str
    """Markdown."""
    facts: tuple[str, ...]
    """Owners and dates."""
    link: str
    notice: Link
    notice_id: str
    number: int
    """Index among the promises of its notice, from 0."""
    late_from: str = ""
    """ISO 8601 instant from which the script shows it as overdue; empty where the page shows its state."""
    late_word: str = ""
    """Replaces `state_word` from `late_from` on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseCount:
    """The number of promises in a state."""

    key: str
    icon: str
    state_word: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseYear:
    """The promises of the postmortems of a year, newest first."""

    label: str
    keys: tuple[str, ...]
    """The states that occur among them."""
    rows: tuple[PromiseRow, ...]

    @property
    def anchor(self) -> str:
        return f"y{self.label}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisesView:
    """The promises page."""

    frame: PageMetadata
    title: str
    intro: str
    counts: tuple[PromiseCount, ...]
    total: int
    kept: str
    """`12 of 15 promises were kept in time.`; empty while none counts."""
    rule: str
    """How `kept` is counted."""
    years: tuple[PromiseYear, ...]
    empty: str


def promises_view(site: SiteContext) -> PromisesView:
    """The page of all promises of published postmortems, with their states as of now."""
    text = site.formatter.text
    found = site.snapshot.promises
    counted = Counter(promise.state for promise in found)
    kept_share = promise_summary(found)
    return PromisesView(
        frame=page_metadata(
            site,
            "promises",
            text("Promises"),
            text("What we said we would do after an incident."),
            page_of_now(site),
        ),
        title=text("Promises"),
        intro=text("What we said we would do after an incident, and what became of it."),
        counts=tuple(
            PromiseCount(key=state, icon=ICONS[state], state_word=text(PROMISE[state]), count=counted[state])
            for state in PromiseState
            if counted[state]
        ),
        total=len(found),
        kept=_kept(site, kept_share),
        rule=" ".join(_rule(site, kept_share)) if kept_share.counted else "",
        years=tuple(_years(site, found)),
        empty=text("Nothing promised yet"),
    )


def _years(site: SiteContext, found: Iterable[Promise]) -> Iterator[PromiseYear]:
    by_year: dict[int, list[PromiseRow]] = {}
    for promise in found:
        published = promise.notice.postmortem_published_at or site.now
        row = promise_row(site, promise)
        age = (site.now - published).days
        if promise.state is PromiseState.OPEN and promise.item.due is None and age:
            row = replace(row, state_word=site.formatter.text("Open for %(age)s", age=site.formatter.age(age)))
        by_year.setdefault(published.astimezone(site.zone).year, []).append(row)
    for year, rows in by_year.items():
        yield PromiseYear(label=str(year), keys=tuple(dict.fromkeys(row.key for row in rows)), rows=tuple(rows))


def _kept(site: SiteContext, kept_share: PromiseSummary) -> str:
    if not kept_share.counted:
        return ""
    return site.formatter.plural(
        "%(kept)s of %(count)s promise was kept in time.",
        "%(kept)s of %(count)s promises were kept in time.",
        kept_share.counted,
        kept=site.formatter.number(kept_share.in_time),
    )


def _rule(site: SiteContext, kept_share: PromiseSummary) -> Iterator[str]:
    if kept_share.pending:
        yield site.formatter.plural(
            "One more is not due yet and is not counted.",
            "%(count)s more are not due yet and are not counted.",
            kept_share.pending,
        )
    yield site.formatter.text(
        "What was kept late, is overdue, was dropped, or is open without a date counts as not kept in time."
    )
    if kept_share.undated:
        yield site.formatter.plural(
            "So does one that was kept on a day nobody wrote down.",
            "So do %(count)s that were kept on a day nobody wrote down.",
            kept_share.undated,
        )


def promise_rows(site: SiteContext, notice: Notice) -> Iterator[tuple[int, PromiseRow]]:
    """The promises of a notice, each with its line in the file.

    A promise that is neither kept nor dropped has its due date instead of a state, so that the page of a past notice
    does not change when the date passes; the script then shows that it is overdue.
    """
    for promise in site.facts(notice).promises:
        yield promise.item.line, _time_independent_row(site, promise)


def _time_independent_row(site: SiteContext, promise: Promise) -> PromiseRow:
    text, due = site.formatter.text, promise.item.due
    if promise.state not in {PromiseState.OPEN, PromiseState.OVERDUE}:
        return promise_row(site, promise)
    row = promise_row(site, replace(promise, state=PromiseState.OPEN))
    facts = tuple(promise.item.owners)
    if due is None:
        return replace(row, state_word=text("No date was given"), facts=facts)
    day = site.formatter.full_date(due)
    return replace(
        row,
        state_word=text("Due %(day)s", day=day),
        facts=facts,
        late_from=day_start(due + _ONE_DAY, promise.notice.timezone).isoformat(),
        late_word=text("Overdue, was due %(day)s", day=day),
    )


def promise_row(site: SiteContext, promise: Promise) -> PromiseRow:
    """A promise with its owners, dates and state as of now."""
    return PromiseRow(
        id=promise.id,
        end_id=promise.end_id,
        key=promise.state,
        icon=ICONS[promise.state],
        state_word=promise_label(site, promise),
        text=promise.item.text,
        facts=tuple(_facts(site, promise)),
        link=promise.item.link or "",
        notice=Link(label=promise.notice.title, address=site.urls.notice(promise.notice)),
        notice_id=promise.notice.id,
        number=promise.number - 1,
    )


def promise_label(site: SiteContext, promise: Promise) -> str:
    """`Kept, 106 days late`."""
    if promise.state is PromiseState.KEPT_LATE:
        return site.formatter.plural("Kept, one day late", "Kept, %(count)s days late", promise.item.days_late)
    return site.formatter.text(PROMISE[promise.state])


def _facts(site: SiteContext, promise: Promise) -> Iterator[str]:
    item, text, day = promise.item, site.formatter.text, site.formatter.full_date
    yield from item.owners
    if item.due:
        yield text("due %(day)s", day=day(item.due))
    elif promise.state is PromiseState.OPEN:
        yield text("no date was given")
    yield from ended_facts(site, promise)


def ended_facts(site: SiteContext, promise: Promise) -> Iterator[str]:
    """The day on which a promise was kept or dropped, and the reason for dropping it."""
    item, text, day = promise.item, site.formatter.text, site.formatter.full_date
    if promise.state in {PromiseState.KEPT, PromiseState.KEPT_LATE}:
        yield text("done %(day)s", day=day(item.done_at)) if item.done_at else text("done on a day nobody wrote down")
    elif promise.state is PromiseState.DROPPED:
        if item.dropped_at:
            yield text("dropped %(day)s", day=day(item.dropped_at))
        because = item.dropped_because
        yield text("reason: %(reason)s", reason=because) if because else text("no reason was given")
