"""Lists of notices under headings: maintenance, and published postmortems."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from mkdocs_incidents.model import Withdrawal
from mkdocs_incidents.status import coming_maintenances, running_maintenances

from ..page_times import maintenance_page, postmortems_page
from .rows import notice_row
from .shared import page_metadata
from .trends import TrendsView, trends_view

if TYPE_CHECKING:
    from mkdocs_incidents.model import Notice

    from ..context import SiteContext
    from ..views import NoticeRow, PageMetadata

AT_MOST = 100
"""Past maintenances in the list; the history has the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSection:
    """Notices under a heading."""

    anchor: str
    heading: str
    notices: tuple[NoticeRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """A page that lists notices."""

    frame: PageMetadata
    title: str
    intro: str
    sections: tuple[ListSection, ...]
    empty: str
    """The text of an empty list."""
    trends: TrendsView | None = None


def maintenance_view(site: SiteContext) -> ListView:
    """The page of maintenance: in progress, coming, done, called off and retracted."""
    text, history, now = site.formatter.text, site.snapshot.history, site.now
    past = [m for m in reversed(history.maintenances) if m.is_over(now)]
    done, called_off, retracted = (
        [m for m in past if m.withdrawal is found] for found in (None, Withdrawal.CALLED_OFF, Withdrawal.RETRACTED)
    )
    sections = (
        ("running", text("In progress"), running_maintenances(history, now)),
        ("coming", text("Coming"), coming_maintenances(history, now)),
        ("past", text("Done"), done[:AT_MOST]),
        ("called-off", text("Called off"), called_off[:AT_MOST]),
        ("retracted", site.formatter.stage(Withdrawal.RETRACTED), retracted[:AT_MOST]),
    )
    return ListView(
        frame=page_metadata(
            site,
            "maintenance",
            text("Planned work"),
            text("Maintenance: in progress, coming and done."),
            maintenance_page(site),
        ),
        title=text("Planned work"),
        intro="",
        sections=tuple(_section(site, *section) for section in sections if section[2]),
        empty=text("No planned work"),
    )


def postmortems_view(site: SiteContext) -> ListView:
    """The page of published postmortems, by year, newest first."""
    text = site.formatter.text
    published = [(n.postmortem_published_at, n) for n in site.snapshot.explained if n.postmortem_published_at]
    years = groupby(published, key=lambda found: found[0].astimezone(site.zone).year)
    return ListView(
        frame=page_metadata(
            site,
            "postmortems",
            text("Postmortems"),
            text("What went wrong, why, and what we promised."),
            postmortems_page(site),
        ),
        title=text("Postmortems"),
        intro=text("What went wrong, why, and what we promised."),
        sections=tuple(_section(site, f"y{year}", str(year), [n for _, n in found]) for year, found in years),
        empty=text("No postmortem has been published yet"),
        trends=trends_view(site),
    )


def _section(site: SiteContext, anchor: str, heading: str, notices: list[Notice] | tuple[Notice, ...]) -> ListSection:
    return ListSection(
        anchor=anchor, heading=heading, notices=tuple(notice_row(site, notice, dated=True) for notice in notices)
    )
