"""The last 90 days as a row of marks, and as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_incidents.model import ComponentStatus

from ..context import BAR_DAYS
from ..views import BarBand, BarMark, Bars, DayFact, Link
from .marks import MARK_CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs_incidents.status import ComponentDay

    from ..context import SiteContext

UNIT = 4
"""Width of a day in the drawing, the gap of 1 included."""
_BANDS = (("b90", 0, 30), ("b60", 30, 60), ("", 60, BAR_DAYS))
"""Class, first and last day; days 0 to 29 are hidden below a width of 45rem, days 30 to 59 below 28rem."""


def bars(site: SiteContext, name: str, days: Sequence[ComponentDay]) -> Bars:
    """The row of marks of one service or group; `days` are the last 90, today last."""
    marks = {n: _mark(site, n, day) for n, day in enumerate(days) if eventful(day)}
    bands = ((band, tuple(marks[n] for n in range(first, last) if n in marks)) for band, first, last in _BANDS)
    text, plural = site.formatter.text, site.formatter.plural
    count = plural("%(count)s day with something to report", "%(count)s days with something to report", len(marks))
    summary = count if marks else text("nothing to report")
    return Bars(
        label=text("%(name)s, by day: %(summary)s", name=name, summary=summary),
        begin=first_with_data(days) * UNIT,
        bands=tuple(BarBand(name=band, marks=inside) for band, inside in bands if inside),
    )


def first_with_data(days: Sequence[ComponentDay]) -> int:
    """The place of the first day with data; the number of days without any."""
    return next((n for n, day in enumerate(days) if day.status is not None), len(days))


def eventful(day: ComponentDay) -> bool:
    """Whether a day has a mark of its own."""
    return day.status not in {None, ComponentStatus.OPERATIONAL}


def duration_in_worst_state(site: SiteContext, day: ComponentDay) -> str:
    """`50 min` in the worst state of the day; with the time of the build while a notice is open today."""
    if day.status is None:
        return ""
    duration = site.formatter.duration(day.time_in[day.status])
    if day.interval.end > site.now and _has_open_notice(site, day):
        clock = site.formatter.clock(site.now, site.zone)
        return site.formatter.text("%(duration)s by %(clock)s", duration=duration, clock=clock)
    return duration


def _has_open_notice(site: SiteContext, day: ComponentDay) -> bool:
    return any(not site.snapshot.facts[notice].is_over for notice in day.notices)


def _mark(site: SiteContext, place: int, day: ComponentDay) -> BarMark:
    assert day.status is not None  # noqa: S101  only eventful days have marks
    history = site.snapshot.history
    notices = [history.by_id[notice] for notice in day.notices]
    first = notices[0]
    address = site.urls.notice(first) if len(notices) == 1 else site.urls.day(day.date)
    return BarMark(
        x=place * UNIT,
        shape=MARK_CLASSES[day.status],
        address=address,
        label=site.formatter.text(
            "%(day)s: %(state)s, %(length)s. %(title)s",
            day=site.formatter.day_month(day.date),
            state=site.formatter.status(day.status).lower(),
            length=duration_in_worst_state(site, day),
            title="; ".join(notice.title for notice in notices),
        ),
    )


def table(
    site: SiteContext, rows: Sequence[tuple[str, Sequence[ComponentDay]]], at_most: int = 50
) -> Iterator[DayFact]:
    """The rows of the table that has the same facts as the marks: eventful days of all services, newest first."""
    history = site.snapshot.history
    found = [(day, name) for name, days in rows for day in days if eventful(day)]
    found.sort(key=lambda fact: fact[0].date, reverse=True)
    for day, name in found[:at_most]:
        assert day.status is not None  # noqa: S101  as above
        yield DayFact(
            day=site.formatter.day_month(day.date),
            service=name,
            state_word=site.formatter.status(day.status),
            length=duration_in_worst_state(site, day),
            notices=tuple(
                Link(label=history.by_id[notice].title, address=site.urls.notice(history.by_id[notice]))
                for notice in day.notices
            ),
        )
