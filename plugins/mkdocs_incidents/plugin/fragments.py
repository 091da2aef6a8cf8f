"""An author's Markdown as HTML, in pieces: each update by itself, each section of a postmortem by itself.

What one piece leaves open (an element, a code fence) never reaches the next, and no script or handler of a piece
reaches a page.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from markdown import Markdown
from markupsafe import escape

from mkdocs_incidents.present.page_source import cut_at_marks, page_source, pieces, told_sections

from .message_markdown import MessageMarkdown
from .safe_html import safe_section

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from mkdocs_incidents.model import Notice

_ONE_PARAGRAPH = re.compile(r"\A<p>((?:(?!<p>).)*)</p>\Z", re.DOTALL)
# A line of words and commas: nothing in it means anything in Markdown, whatever of these extensions is on. Most updates
# and nearly all timeline entries are such lines, and rendering them took a tenth of a build.
_PLAIN = re.compile(r"(?!\d+[.)]\s)[^\W_](?:[^\W_]|[ ,.;%?()’“”–—]|(?<=\w)[-/'](?=\w)|:(?= ))*")
_LEAVE_WORDS_ALONE = {
    *("abbr", "admonition", "attr_list", "def_list", "extra", "fenced_code", "footnotes", "md_in_html", "meta"),
    *("sane_lists", "tables", "toc", "pymdownx.caret", "pymdownx.details", "pymdownx.emoji", "pymdownx.highlight"),
    *("pymdownx.inlinehilite", "pymdownx.mark", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist"),
}
# Where a document begins, extensions look for facts about it (`meta`). Behind a comment they find none, as on a page.
_BEGIN = "<!-- incidents:section -->"


class Fragments:
    """The rendered pieces of one build. Makes what is asked for once and keeps it."""

    def __init__(self, config: MkDocsConfig) -> None:
        self._config = config
        self._message_markdown = MessageMarkdown(config)
        self._messages: dict[str, str] = {}
        self._sections: dict[str, tuple[str, ...]] = {}
        self._rests: dict[str, tuple[str, ...]] = {}

    def message(self, markdown: str) -> str:
        """An update as HTML. Its Markdown works; its `<` stands for itself, as whoever typed it meant it to."""
        if markdown not in self._messages:
            plain = self._leaves_words_alone and _PLAIN.fullmatch(markdown)
            self._messages[markdown] = f"<p>{markdown}</p>" if plain else self._message_markdown.html(markdown)
        return self._messages[markdown]

    def inline(self, markdown: str) -> str:
        """A sentence as HTML, without a paragraph around it."""
        return _ONE_PARAGRAPH.sub(r"\1", self.message(markdown))

    def keep(self, notice: Notice, html: str) -> None:
        """Take the rendered page of a notice apart at its marks."""
        told, written = told_sections(notice), pieces(notice)
        rendered = cut_at_marks(html, len(written))
        if rendered is None:  # an author left something open that swallowed a mark: one by one, nothing can
            rendered = tuple(map(self._by_itself, written))
        safe = tuple(map(safe_section, rendered, written))
        besides = iter(safe[len(told) :])
        self._sections[notice.id] = safe[: len(told)]
        self._rests[notice.id] = tuple(next(besides) if section.besides else "" for section in told)

    def rests(self, notice: Notice) -> tuple[str, ...]:
        """The HTML of what each told section says besides what is shown as data; empty where that is nothing."""
        return self._rests.get(notice.id, ())

    def sections(self, notice: Notice) -> tuple[str, ...]:
        """The HTML of each told section of a notice whose page has been rendered."""
        return self._sections.get(notice.id, ())

    def whole(self, notice: Notice) -> str:
        """The body of a notice as far as that is known before MkDocs renders its page."""
        markdown = page_source(notice)
        return safe_section(self._markdown_without_page.reset().convert(markdown), markdown)

    def body(self, notice: Notice) -> str:
        """The whole postmortem with its headings; for feeds."""
        told = zip(told_sections(notice), self.sections(notice), strict=True)
        return "\n".join(
            f"<h2>{escape(section.heading)}</h2>\n{html}" if section.heading else html for section, html in told
        )

    @cached_property
    def _leaves_words_alone(self) -> bool:
        """Whether no extension of the site changes ordinary words; then a plain sentence needs no rendering."""
        return set(self._config.markdown_extensions) <= _LEAVE_WORDS_ALONE

    @cached_property
    def _page_markdown(self) -> Markdown:
        """Made as MkDocs makes that of a page."""
        return Markdown(extensions=list(self._config.markdown_extensions), extension_configs=self._config.mdx_configs)

    @cached_property
    def _markdown_without_page(self) -> Markdown:
        """The site's Markdown without what other plugins add to it as objects: those need the page they are on."""
        extensions: list[object] = [*self._config.markdown_extensions]
        names = [name for name in extensions if isinstance(name, str)]
        return Markdown(extensions=names, extension_configs=self._config.mdx_configs)

    def _by_itself(self, markdown: str) -> str:
        return self._page_markdown.reset().convert(f"{_BEGIN}\n\n{markdown}").removeprefix(_BEGIN).strip()
