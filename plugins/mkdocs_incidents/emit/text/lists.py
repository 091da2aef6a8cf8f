"""Pages with lists as Markdown: history, months, planned work, postmortems, uptime, how to subscribe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_incidents.status import Month

from ..artifact import iso
from .markdown import front_matter, link, paragraphs, row, text, without_html

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mkdocs_incidents.present.pages.lists import ListView
    from mkdocs_incidents.present.views import DayRow

    from ..context import EmitContext


def history_markdown(context: EmitContext) -> bytes:
    """Every month with what it counted."""
    urls, view = context.site.urls, context.views.history
    months = (month for year in view.years for month in year.months)
    rows = "\n".join(f"- {link(one.label, urls.absolute(one.address))}: {text(one.summary)}" for one in months)
    return _page(view.title, context.site.now, rows)


def month_markdown(context: EmitContext, *, month: Month) -> bytes:
    """One month, day by day."""
    site = context.site
    goes_on = site.now if month == Month.of(site.today) else None
    rows = [_day(context, day) for day in context.views.month(month).days if day.notices]
    return _page(site.formatter.month(month.first), goes_on, *(rows or [site.formatter.text("Nothing to report")]))


def _day(context: EmitContext, day: DayRow) -> str:
    rows = "\n".join(row(context.site.urls, notice) for notice in day.notices)
    return f"## {text(day.label)}\n\n{rows}"


def maintenance_markdown(context: EmitContext) -> bytes:
    """Planned work."""
    return _list(context, context.views.maintenance, context.site.now)


def postmortems_markdown(context: EmitContext) -> bytes:
    """Published postmortems."""
    return _list(context, context.views.postmortems, None)


def _list(context: EmitContext, view: ListView, as_of: datetime | None) -> bytes:
    sections = (
        f"## {text(section.heading)}\n\n" + "\n".join(row(context.site.urls, notice) for notice in section.notices)
        for section in view.sections
    )
    return _page(view.title, as_of, text(view.intro), *(sections if view.sections else [text(view.empty)]))


def promises_markdown(context: EmitContext) -> bytes:
    """What was promised, and what became of it."""
    view, urls = context.views.promises, context.site.urls
    years = (
        f"## {year.label}\n\n"
        + "\n".join(
            f"- **{text(one.state_word)}**: {without_html(one.text.strip())}{_aside(one.facts)} "
            f"{link(one.notice.label, urls.absolute(one.notice.address))}"
            for one in year.rows
        )
        for year in view.years
    )
    told = years if view.years else [text(view.empty)]
    return _page(view.title, context.site.now, text(view.intro), text(view.kept), text(view.rule), *told)


def _aside(facts: Sequence[str]) -> str:
    return f" ({text(', '.join(facts))})" if facts else ""


def uptime_markdown(context: EmitContext) -> bytes:
    """The table of months, newest first."""
    view = context.views.uptime
    head = ["", *(text(month.label) for month in view.months)]
    rows = [[text(one.service.label), *(cell.uptime for cell in one.cells)] for one in view.rows]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows))
    return _page(view.title, context.site.now, table.replace("|  |", "| |", 1), text(view.method))


def subscribe_markdown(context: EmitContext) -> bytes:
    """Every way to follow."""
    view = context.views.subscribe
    ways = (
        paragraphs(
            [
                f"## {text(way.heading)}",
                text(way.sentence),
                "\n".join(f"- {text(copy.label)}: `{copy.text}`" for copy in way.copies),
            ]
        )
        for way in view.ways
    )
    return _page(view.title, None, text(view.intro), *ways)


def _page(title: str, as_of: datetime | None, *parts: str) -> bytes:
    """What a page of the past says does not depend on when it was built, and so does not say when."""
    head = front_matter(title=title, as_of=iso(as_of) if as_of else None)
    return paragraphs([head, f"# {text(title)}", *parts]).encode()
