"""The short texts of generated pages in the search index of the site, and loading of the search on demand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from markupsafe import escape

from mkdocs_incidents.model import SectionKind
from mkdocs_incidents.present.body import visible_sections
from mkdocs_incidents.present.pages.rows import state_label

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from mkdocs_incidents.model import Notice
    from mkdocs_incidents.present.context import SiteContext
    from mkdocs_incidents.render.fragments import Fragments

_PROSE = "<!-- incidents:prose -->"
_FORM = re.compile(r'(<form class="md-search__form"[^>]*?) name="search"')
_WORKER = re.compile(r'("search": "[^"]*)assets/javascripts/workers/([^"/]+)"')

_PAGEFIND = "pagefind"
_INDEXED = " data-pagefind-body"
_CONTENT = '<div class="mi"'
_HEAD = ' aria-labelledby="now"'
_OWNERS = '<section class="sec" id="more"'


def search_text(site: SiteContext, fragments: Fragments, notice: Notice) -> str:
    """State, services, and the summary or else the last update, as HTML; MkDocs adds the title."""
    facts = [state_label(site, notice), *site.component_names(notice.worst_statuses)]
    summary = f"<p>{escape(notice.retraction.reason)}</p>" if notice.retraction else _summary(fragments, notice)
    return f"<p>{escape(', '.join(facts))}</p>\n{summary}"


def _summary(fragments: Fragments, notice: Notice) -> str:
    for section, part in zip(visible_sections(notice), fragments.marked_sections(notice), strict=True):
        if section.kind is SectionKind.SUMMARY:
            return part.html
    return fragments.message(notice.standing_updates[-1].message) if notice.standing_updates else ""


def page_search_text(description: str, prose: str) -> str:
    """The description of a page and the text from docs/ on it, as HTML; MkDocs adds the title."""
    return f"<p>{escape(description)}</p>\n{_PROSE}{prose}"


def owner_prose(content: str) -> str:
    """The text from docs/ in the result of `page_search_text`; all of `content` if another plugin replaced it."""
    _, mark, prose = content.partition(_PROSE)
    return prose if mark else content


def search_on_demand(html: str, *, suggest: bool) -> str:
    """A page that loads the worker and the index of its search at the first input instead of with the page.

    Material loads the index if there is a form with the name "search", and has the address of the worker in its
    configuration. A page without either of them is returned unchanged.
    """
    form, worker = _FORM.search(html), _WORKER.search(html)
    if not form or not worker:
        return html
    settings = f"worker={worker[2]}{'&suggest' if suggest else ''}"
    replaced = [(*form.span(), form[1]), (*worker.span(), f'{worker[1]}assets/incidents/search.js#{settings}"')]
    for start, end, text in sorted(replaced, reverse=True):
        html = f"{html[:start]}{text}{html[end:]}"
    return html


def indexed_by_pagefind(config: MkDocsConfig) -> bool:
    """Whether the search of the site is that by Pagefind in materialx, which reads pages as they were written."""
    search: Any = config.extra.get("search_config")  # what materialx has for its templates
    return isinstance(search, dict) and search.get("provider") == _PAGEFIND


def marked_for_pagefind(html: str, *, notice: bool) -> str:
    """A generated page with its part for the index of Pagefind marked: materialx marks only what its templates write.

    That is all of the page of a notice. Of others, which list what has pages of their own, it is the head, and the
    text from docs/.
    """
    for begin in (_CONTENT,) if notice else (_HEAD, _OWNERS):
        html = html.replace(begin, begin + _INDEXED, 1)
    return html
