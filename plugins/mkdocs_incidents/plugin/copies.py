"""Markdown copies of the site's other pages, of those only whose source says nothing that is not published anyway.

Other plugins encrypt pages, cut them, hide them from search. None says so in a common way, and many do it only when a
page is written. What can be decided is whether the published page still says what its Markdown says.
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
# Where links lead is told in another way on a page, and numbers of list items in none.
_OTHERWISE_TOLD = re.compile(r"\]\([^()\s]*|^\s*\d+[.)](?=\s)", re.MULTILINE)


def copies(files: Files, rendered: Mapping[str, str], site: Path) -> Iterator[Artifact]:
    """The pages in `rendered`, their HTML as Markdown made it by path in the folder `site`, as they were written."""
    found = _in_search(site)
    for file in files.documentation_pages(inclusion=InclusionLevel.is_included):
        html = rendered.get(file.dest_uri)
        if html is None or file.page is None or not file.page.markdown or not _is_searched(file.page, found):
            continue
        if _is_published(file, file.page.markdown, html):
            yield Artifact(path=file.src_uri, media_type="text/markdown", content=file.page.markdown.encode())


def _is_published(file: File, markdown: str, html: str) -> bool:
    """Whether the published page holds the whole text in one piece, and every word of its source somewhere."""
    try:
        published = Path(file.abs_dest_path).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    source = Counter(_WORD.findall(unescape(_OTHERWISE_TOLD.sub("", markdown))))
    return _text(html) in _text(published) and source <= Counter(_WORD.findall(unescape(published)))


def _text(html: str) -> str:
    """The words that a reader reads, spaces around each."""
    return f" {' '.join(_WORD.findall(unescape(nh3.clean(html.replace('<', ' <'), tags=set()))))} "


def _in_search(site: Path) -> set[str] | None:
    """The addresses of all pages in the site's own search; None where it has none."""
    try:
        index = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return {entry["location"].partition("#")[0] for entry in index["docs"]}


def _is_searched(page: Page, found: set[str] | None) -> bool:
    if found is not None and page.url.removeprefix("./") not in found:
        return False
    search: Any = page.meta.get("search")
    return not (isinstance(search, dict) and search.get("exclude"))
