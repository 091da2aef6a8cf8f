"""The Markdown twins of pages that list: history, months, planned work, postmortems, uptime, ways to follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_incidents.present.history_page import history_view
from mkdocs_incidents.present.lists_page import maintenance_view, postmortems_view
from mkdocs_incidents.present.promises_page import promises_view
from mkdocs_incidents.present.status_page import day_rows
from mkdocs_incidents.present.subscribe_page import subscribe_view
from mkdocs_incidents.present.uptime_page import uptime_view
from mkdocs_incidents.status import Month

from .artifact import iso
from .markdown import front_matter, link, paragraphs, row, text, without_html

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mkdocs_incidents.present.lists_page import ListView
    from mkdocs_incidents.present.views import DayRow

    from .wire import Wire


def history_twin(wire: Wire) -> bytes:
    """Every month with what it counted."""
    urls, view = wire.edition.urls, history_view(wire.edition, wire.days)
    months = (month for year in view.years for month in year.months)
    rows = "\n".join(f"- {link(one.label, urls.absolute(one.address))}: {text(one.summary)}" for one in months)
    return _page(view.title, wire.edition.now, rows)


def month_twin(wire: Wire, *, month: Month) -> bytes:
    """One month, day by day."""
    edition = wire.edition
    goes_on = edition.now if month == Month.of(edition.today) else None
    rows = [_day(wire, day) for day in day_rows(edition, wire.days[month]) if day.notices]
    return _page(edition.wording.month(month.first), goes_on, *(rows or [edition.wording.text("Nothing to report")]))


def _day(wire: Wire, day: DayRow) -> str:
    rows = "\n".join(row(wire.edition.urls, notice) for notice in day.notices)
    return f"## {text(day.label)}\n\n{rows}"


def maintenance_twin(wire: Wire) -> bytes:
    """Planned work."""
    return _list(wire, maintenance_view(wire.edition), wire.edition.now)


def postmortems_twin(wire: Wire) -> bytes:
    """Published postmortems."""
    return _list(wire, postmortems_view(wire.edition), None)


def _list(wire: Wire, view: ListView, as_of: datetime | None) -> bytes:
    sections = (
        f"## {text(section.heading)}\n\n" + "\n".join(row(wire.edition.urls, notice) for notice in section.notices)
        for section in view.sections
    )
    return _page(view.title, as_of, text(view.intro), *(sections if view.sections else [text(view.empty)]))


def promises_twin(wire: Wire) -> bytes:
    """What was promised, and what became of it."""
    view, urls = promises_view(wire.edition), wire.edition.urls
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
    return _page(view.title, wire.edition.now, text(view.intro), text(view.kept), text(view.rule), *told)


def _aside(facts: Sequence[str]) -> str:
    return f" ({text(', '.join(facts))})" if facts else ""


def uptime_twin(wire: Wire) -> bytes:
    """The table of months, newest first."""
    view = uptime_view(wire.edition)
    head = ["", *(text(month.label) for month in view.months)]
    rows = [[text(one.service.label), *(cell.uptime for cell in one.cells)] for one in view.rows]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows))
    return _page(view.title, wire.edition.now, table.replace("|  |", "| |", 1), text(view.method))


def subscribe_twin(wire: Wire) -> bytes:
    """Every way to follow."""
    view = subscribe_view(wire.edition)
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
