"""Markdown copies of the other pages of a site, of those only whose whole source is published in the page.

Other plugins encrypt pages, cut them, or hide them from search, with no common way to detect it, and many do it only
when a page is written. So a page has a copy only if the written page still contains the text of its Markdown.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nh3
from mkdocs.structure.files import InclusionLevel

from mkdocs_incidents.emit.artifact import Artifact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mkdocs.structure.files import File, Files
    from mkdocs.structure.pages import Page

_WORD = re.compile(r"\w+")
# Targets of links are resolved on a page, and numbers of list items are not in its HTML.
_NOT_IN_TEXT = re.compile(r"\]\([^()\s]*|^\s*\d+[.)](?=\s)", re.MULTILINE)


def markdown_copies(files: Files, rendered: Mapping[str, str], site: Path) -> Iterator[Artifact]:
    """The Markdown of pages; `rendered` is their HTML by path in `site`, before other plugins changed it."""
    searchable = _addresses_in_search(site)
    for file in files.documentation_pages(inclusion=InclusionLevel.is_included):
        html = rendered.get(file.dest_uri)
        if html is None or file.page is None or not file.page.markdown or not _is_searchable(file.page, searchable):
            continue
        if _is_published(file, file.page.markdown, html):
            yield Artifact(path=file.src_uri, media_type="text/markdown", content=file.page.markdown.encode())


def _is_published(file: File, markdown: str, html: str) -> bool:
    """Whether the published page has the text without interruption, and every word of its source."""
    try:
        published = Path(file.abs_dest_path).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    source = Counter(_WORD.findall(unescape(_NOT_IN_TEXT.sub("", markdown))))
    return _visible_text(html) in _visible_text(published) and source <= Counter(_WORD.findall(unescape(published)))


def _visible_text(html: str) -> str:
    """The visible words, with a space around each."""
    return f" {' '.join(_WORD.findall(unescape(nh3.clean(html.replace('<', ' <'), tags=set()))))} "


def _addresses_in_search(site: Path) -> set[str] | None:
    """The addresses of the pages in the search index of the site; None without an index."""
    try:
        index = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return {entry["location"].partition("#")[0] for entry in index["docs"]}


def _is_searchable(page: Page, searchable: set[str] | None) -> bool:
    if searchable is not None and page.url.removeprefix("./") not in searchable:
        return False
    search: Any = page.meta.get("search")
    return not (isinstance(search, dict) and search.get("exclude"))
