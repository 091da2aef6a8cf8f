"""The pages with lists as Markdown: history, months, maintenance, postmortems, promises, uptime, ways to subscribe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_incidents.present.page_times import (
    history_page,
    maintenance_page,
    month_page,
    postmortems_page,
    subscribe_page,
)

from ..artifact import iso
from .markdown import escaped, front_matter, link, notice_item, paragraphs, without_html

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mkdocs_incidents.present.pages.history import YearView
    from mkdocs_incidents.present.pages.lists import ListView
    from mkdocs_incidents.present.pages.subscribe import FeedRow
    from mkdocs_incidents.present.views import DayRow
    from mkdocs_incidents.status import Month

    from ..context import EmitContext


def history_markdown(context: EmitContext) -> bytes:
    """Every year: its notices by month."""
    view = context.views.history
    return _page(view.title, history_page(context.site).at, *(_year(context, year) for year in view.years))


def _year(context: EmitContext, year: YearView) -> str:
    urls = context.site.urls
    rows = [f"## {escaped(year.label)}", escaped(year.summary)]
    for month in year.months:
        if month.notices:
            items = "\n".join(notice_item(urls, notice) for notice in month.notices)
            rows += [f"### {link(month.label, urls.absolute(month.address))}", items]
        else:
            label = link(month.label, urls.absolute(month.address)) if month.address else escaped(month.label)
            rows.append(f"{label}: {escaped(month.summary)}")
    return paragraphs(rows)


def month_markdown(context: EmitContext, *, month: Month) -> bytes:
    """The notices of a month by day."""
    site = context.site
    rows = [_day(context, day) for day in context.views.month(month).days if day.notices]
    return _page(
        site.formatter.month(month.first),
        month_page(site, month).at,
        *(rows or [site.formatter.text("Nothing to report")]),
    )


def _day(context: EmitContext, day: DayRow) -> str:
    rows = "\n".join(notice_item(context.site.urls, notice) for notice in day.notices)
    return f"## {escaped(day.label)}\n\n{rows}"


def maintenance_markdown(context: EmitContext) -> bytes:
    """Maintenance: in progress, scheduled, completed."""
    return _list(context, context.views.maintenance, maintenance_page(context.site).at)


def postmortems_markdown(context: EmitContext) -> bytes:
    """Published postmortems."""
    return _list(context, context.views.postmortems, postmortems_page(context.site).at)


def _list(context: EmitContext, view: ListView, as_of: datetime | None) -> bytes:
    sections = (
        f"## {escaped(section.heading)}\n\n"
        + "\n".join(notice_item(context.site.urls, notice) for notice in section.notices)
        for section in view.sections
    )
    return _page(view.title, as_of, escaped(view.intro), *(sections if view.sections else [escaped(view.empty)]))


def promises_markdown(context: EmitContext) -> bytes:
    """Every promise with its state."""
    view, urls = context.views.promises, context.site.urls
    years = (
        f"## {year.label}\n\n"
        + "\n".join(
            f"- **{escaped(promise.state_word)}**: {without_html(promise.text.strip())}{_in_brackets(promise.facts)} "
            f"{link(promise.notice.label, urls.absolute(promise.notice.address))}"
            for promise in year.rows
        )
        for year in view.years
    )
    rows = years if view.years else [escaped(view.empty)]
    return _page(view.title, context.site.now, escaped(view.intro), escaped(view.kept), escaped(view.rule), *rows)


def _in_brackets(facts: Sequence[str]) -> str:
    return f" ({escaped(', '.join(facts))})" if facts else ""


def uptime_markdown(context: EmitContext) -> bytes:
    """A table of components and months, newest month first."""
    view = context.views.uptime
    head = ["", *(escaped(month.label) for month in view.months)]
    rows = [[escaped(row.service.label), *(cell.uptime for cell in row.cells)] for row in view.rows]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows))
    return _page(view.title, context.site.now, table.replace("|  |", "| |", 1), escaped(view.method))


def subscribe_markdown(context: EmitContext) -> bytes:
    """Every way to subscribe."""
    view, text = context.views.subscribe, context.site.formatter.text
    ways = (
        paragraphs(
            [
                f"## {escaped(way.heading)}",
                escaped(way.sentence),
                "\n".join(
                    [
                        *(f"- {link(target.label, target.address)}" for target in way.links),
                        *(f"- {escaped(copy.label)}: `{copy.text}`" for copy in way.copies),
                    ]
                ),
            ]
        )
        for way in view.ways
    )
    tables = (
        paragraphs([f"## {escaped(heading)}", "\n".join(map(_feeds, rows))])
        for heading, rows in ((text("All feeds"), view.feeds), (text("One service only"), view.services))
        if rows
    )
    return _page(view.title, subscribe_page(context.site).at, escaped(view.intro), *ways, *tables)


def _feeds(row: FeedRow) -> str:
    return f"- {escaped(row.name)}: {', '.join(link(feed.label, feed.address) for feed in row.links)}"


def _page(title: str, as_of: datetime | None, *parts: str) -> bytes:
    """A page; `as_of` is what `present.page_times` has for its kind."""
    head = front_matter(title=title, as_of=iso(as_of) if as_of else None)
    return paragraphs([head, f"# {escaped(title)}", *parts]).encode()
