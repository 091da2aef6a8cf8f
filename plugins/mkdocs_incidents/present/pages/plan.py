"""What became of the plan of maintenance, in sentences."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from mkdocs_incidents.model import Maintenance

from ..language.formatter import date_on_clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_incidents.model import Notice

    from ..context import SiteContext

_MINUTE = timedelta(minutes=1)


def plan_sentences(site: SiteContext, notice: Notice) -> Iterator[str]:
    """That work was put off, began or ended at another time than planned, or goes on past its end.

    Only of maintenance that was not retracted. A difference of less than a minute is none.
    """
    if not isinstance(notice, Maintenance) or notice.retraction:
        return
    text, facts = site.formatter.text, site.facts(notice)
    for span in notice.put_off:
        when = site.formatter.span(span.start, span.end, notice.timezone)
        yield text("It began earlier and was then put off: %(when)s.", when=when)
    if notice.begins_at <= site.now and not notice.called_off:
        yield from _begin(site, notice)
    if facts.is_over:
        yield from _end(site, notice)
    elif runs_past_its_end(site, notice):
        end = site.formatter.instant(
            notice.expected_until, notice.timezone, date_on_clock(notice.begins_at, notice.timezone)
        )
        yield text("It was to end by %(when)s and is still going on.", when=end)


def is_running(site: SiteContext, notice: Notice) -> bool:
    """Whether it is maintenance that goes on now."""
    facts = site.facts(notice)
    if notice.schedule is None or facts.is_over or facts.interval is None:
        return False
    return facts.interval.end == site.now


def runs_past_its_end(site: SiteContext, notice: Notice) -> bool:
    """Whether it is maintenance that goes on now though it was to have ended."""
    return is_running(site, notice) and notice.schedule is not None and notice.schedule.end <= site.now


def overrun(notice: Notice) -> timedelta | None:
    """How much later than first planned the work ended; None unless it did, and where that is less than a minute."""
    late = notice.ended_late if isinstance(notice, Maintenance) else None
    return late if late and late >= _MINUTE else None


def _begin(site: SiteContext, work: Maintenance) -> Iterator[str]:
    planned = site.formatter.instant(work.scheduled_from, work.timezone, date_on_clock(work.begins_at, work.timezone))
    time = site.formatter.duration(abs(work.begun_late))
    if work.begun_late >= _MINUTE:
        yield site.formatter.text("Planned from %(planned)s; began %(time)s later.", planned=planned, time=time)
    elif work.begun_late <= -_MINUTE:
        yield site.formatter.text("Planned from %(planned)s; began %(time)s earlier.", planned=planned, time=time)


def _end(site: SiteContext, work: Maintenance) -> Iterator[str]:
    late = work.ended_late
    if late is None or abs(late) < _MINUTE:
        return
    planned = site.formatter.instant(work.scheduled_until, work.timezone, date_on_clock(work.begins_at, work.timezone))
    time = site.formatter.duration(abs(late))
    if late < timedelta():
        yield site.formatter.text("Planned until %(planned)s; ended %(time)s earlier.", planned=planned, time=time)
    elif abs(work.begun_late) < _MINUTE:
        yield site.formatter.text("Planned until %(planned)s; took %(time)s longer.", planned=planned, time=time)
    else:
        yield site.formatter.text("Planned until %(planned)s; ended %(time)s later.", planned=planned, time=time)
