"""Percentages of uptime, and the time over which they are measured: 90 days, or less for what is newer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..context import BAR_DAYS

if TYPE_CHECKING:
    from datetime import date

    from mkdocs_incidents.status import Uptime

    from ..context import SiteContext


def uptime_label(site: SiteContext, uptime: Uptime) -> str:
    """`99.97%`; `not enough data yet` for less than a day of data, `no data` without any."""
    if uptime.percent is not None:
        return site.formatter.percent(uptime.percent)
    return site.formatter.text("not enough data yet") if uptime.observed else site.formatter.text("no data")


def observed_label(site: SiteContext, component_id: str) -> str:
    """What `SiteContext.recent_uptime` is measured over: `over 90 days`, or `since 27 November 2026`."""
    return _label(site, site.observed_since.get(component_id, site.first_bar_day))


def observed_days(site: SiteContext, component_id: str) -> int:
    """The number of days for which there are data, today included: 90 at most."""
    first = site.observed_since.get(component_id)
    return (site.today - first).days + 1 if first else 0


def observed_sentence(site: SiteContext) -> str:
    """What the percentages of all components are measured over; empty while none has one.

    `Percentages are uptime over 90 days.`, or for newer components `Percentages are uptime since 27 November 2026.`;
    where they differ, each that is newer is named.
    """
    names: dict[date, list[str]] = {}
    for component_id, uptime in site.recent_uptime.items():
        if uptime.percent is not None:
            names.setdefault(site.observed_since[component_id], []).extend(site.component_names([component_id]))
    if not names:
        return ""
    text, first = site.formatter.text, min(names)
    newer = [
        text("of %(services)s %(span)s", services=site.formatter.listing(names[day]), span=_label(site, day))
        for day in sorted(names)
        if day != first
    ]
    return text("Percentages are uptime %(spans)s.", spans=", ".join([_label(site, first), *newer]))


def _label(site: SiteContext, first: date) -> str:
    if first <= site.first_bar_day:
        return site.formatter.text("over %(count)s days", count=site.formatter.number(BAR_DAYS))
    return site.formatter.text("since %(day)s", day=site.formatter.full_date(first))
