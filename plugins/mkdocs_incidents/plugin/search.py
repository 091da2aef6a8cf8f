"""What the site's search knows of our pages, enough to find them, little enough to stay small, and when it loads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import escape

from mkdocs_incidents.model import SectionKind
from mkdocs_incidents.present.body import visible_sections
from mkdocs_incidents.present.pages.rows import state_label

if TYPE_CHECKING:
    from mkdocs_incidents.model import Notice
    from mkdocs_incidents.present.context import SiteContext

    from .fragments import Fragments

_PROSE = "<!-- incidents:prose -->"
_FORM = re.compile(r'(<form class="md-search__form"[^>]*?) name="search"')
_WORKER = re.compile(r'("search": "[^"]*)assets/javascripts/workers/([^"/]+)"')


def search_text(site: SiteContext, fragments: Fragments, notice: Notice) -> str:
    """State, services and the summary, or the last message where there is no summary, as HTML; search has the title."""
    facts = [state_label(site, notice), *site.names(notice.components)]
    return f"<p>{escape(', '.join(facts))}</p>\n{_summary(fragments, notice)}"


def _summary(fragments: Fragments, notice: Notice) -> str:
    for section, part in zip(visible_sections(notice), fragments.parts(notice), strict=True):
        if section.kind is SectionKind.SUMMARY:
            return part.whole
    return fragments.message(notice.updates[-1].message) if notice.updates else ""


def page_search_text(description: str, prose: str) -> str:
    """What a page tells about itself and what the site's owner added to it, as HTML; search has the title."""
    return f"<p>{escape(description)}</p>\n{_PROSE}{prose}"


def owner_prose(content: str) -> str:
    """What the site's owner added to a page, out of what search is given; all of it if another plugin replaced it."""
    _, mark, prose = content.partition(_PROSE)
    return prose if mark else content


def search_on_demand(html: str, *, suggest: bool) -> str:
    """A page whose search fetches its worker and its index when somebody types, instead of with the page.

    Material fetches the index for a form of the name "search", and takes the worker from its configuration. A page
    that has not both, as Material writes them, is left alone.
    """
    form, worker = _FORM.search(html), _WORKER.search(html)
    if not form or not worker:
        return html
    settings = f"worker={worker[2]}{'&suggest' if suggest else ''}"
    html = _FORM.sub(r"\1", html, count=1)
    return _WORKER.sub(lambda found: f'{found[1]}assets/incidents/search.js#{settings}"', html, count=1)
