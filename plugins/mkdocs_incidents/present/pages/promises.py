"""What was promised after incidents, and what became of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mkdocs_incidents.status import PromiseState, day_start, promise_summary, promises

from ..language.labels import PROMISE
from ..views import Frame, Link
from .shared import page_frame

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
"""Promises reuse the shapes of states (look.md 1)."""
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseRow:
    """One promise."""

    id: str
    """The anchor it has on the page of its incident, and behind `#` in feeds."""
    end_id: str
    """Likewise of its having been kept or dropped; empty while neither is so."""
    key: str
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
    """Its place among the promises of its notice, from 0."""
    late_from: str = ""
    """ISO instant from which on it is overdue, where the page says the day and the script says that it has passed."""
    late_word: str = ""
    """What is then said in place of `state_word`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseCount:
    """How many promises are in a state."""

    key: str
    icon: str
    state_word: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseYear:
    """The promises of a year's postmortems, newest first."""

    label: str
    keys: tuple[str, ...]
    """The states of the promises in it."""
    rows: tuple[PromiseRow, ...]

    @property
    def anchor(self) -> str:
        return f"y{self.label}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisesView:
    """The promises page."""

    frame: Frame
    title: str
    intro: str
    counts: tuple[PromiseCount, ...]
    total: int
    kept: str
    """How many of how many were kept in time, in a sentence; empty while there is nothing to judge."""
    rule: str
    """What is counted, and as what."""
    years: tuple[PromiseYear, ...]
    empty: str


def promises_view(site: SiteContext) -> PromisesView:
    """Every promise of every published postmortem, as of the build: overdue is what is overdue then."""
    text = site.formatter.text
    found = promises(site.snapshot)
    counted = Counter(promise.state for promise in found)
    share = promise_summary(found)
    return PromisesView(
        frame=page_frame(site, "promises", text("Promises"), text("What we said we would do after an incident.")),
        title=text("Promises"),
        intro=text("What we said we would do after an incident, and what became of it."),
        counts=tuple(
            PromiseCount(key=state, icon=ICONS[state], state_word=text(PROMISE[state]), count=counted[state])
            for state in PromiseState
            if counted[state]
        ),
        total=len(found),
        kept=_kept(site, share),
        rule=" ".join(_rule(site, share)) if share.counted else "",
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


def _kept(site: SiteContext, share: PromiseSummary) -> str:
    if not share.counted:
        return ""
    return site.formatter.plural(
        "%(kept)s of %(count)s promise was kept in time.",
        "%(kept)s of %(count)s promises were kept in time.",
        share.counted,
        kept=site.formatter.number(share.in_time),
    )


def _rule(site: SiteContext, share: PromiseSummary) -> Iterator[str]:
    if share.pending:
        yield site.formatter.plural(
            "One more is not due yet and is not counted.",
            "%(count)s more are not due yet and are not counted.",
            share.pending,
        )
    yield site.formatter.text(
        "What was kept late, is overdue, was dropped, or is open without a date counts as not kept in time."
    )
    if share.undated:
        yield site.formatter.plural(
            "So does one that was kept on a day nobody wrote down.",
            "So do %(count)s that were kept on a day nobody wrote down.",
            share.undated,
        )


def promise_rows(site: SiteContext, notice: Notice) -> Iterator[tuple[int, PromiseRow]]:
    """The promises of one notice, each with its line in the file.

    One that is neither kept nor dropped stands with its date and is not called open or overdue: the page of what is
    past does not change because a day goes by. The script says so.
    """
    for promise in site.facts(notice).promises:
        yield promise.item.line, _lasting(site, promise)


def _lasting(site: SiteContext, promise: Promise) -> PromiseRow:
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
    """One promise with who keeps it and until when."""
    return PromiseRow(
        id=promise.id,
        end_id=promise.end_id,
        key=promise.state,
        icon=ICONS[promise.state],
        state_word=state_word(site, promise),
        text=promise.item.text,
        facts=tuple(_facts(site, promise)),
        link=promise.item.link or "",
        notice=Link(label=promise.notice.title, address=site.urls.notice(promise.notice)),
        notice_id=promise.notice.id,
        number=promise.number - 1,
    )


def state_word(site: SiteContext, promise: Promise) -> str:
    """`Kept, 106 days late`."""
    if promise.state is PromiseState.KEPT_LATE:
        late = promise.item.days_late
        return site.formatter.plural("Kept, one day late", "Kept, %(count)s days late", late)
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
    """When a promise was kept or dropped, and why it was dropped."""
    item, text, day = promise.item, site.formatter.text, site.formatter.full_date
    if promise.state in {PromiseState.KEPT, PromiseState.KEPT_LATE}:
        yield text("done %(day)s", day=day(item.done_at)) if item.done_at else text("done on a day nobody wrote down")
    elif promise.state is PromiseState.DROPPED:
        if item.dropped_at:
            yield text("dropped %(day)s", day=day(item.dropped_at))
        because = item.dropped_because
        yield text("reason: %(reason)s", reason=because) if because else text("no reason was given")
