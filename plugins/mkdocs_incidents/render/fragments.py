"""The Markdown of notices as HTML, in fragments: each update and each section of a postmortem separately.

An element or a code fence that is left open in one of them does not affect the next, and no script or event handler in
one of them gets into a page.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from markdown import Markdown
from markupsafe import escape

from mkdocs_incidents.content.postmortem.turning_points import label_of
from mkdocs_incidents.present.body import body_with_marks, cut_at_marks, section_markdown, visible_sections

from .bare_addresses import link_bare_addresses
from .marked_html import EntryHtml, MarkedSection, footnotes_by_id, read_section, with_footnotes
from .message_markdown import MarkdownConfig, MessageMarkdown
from .safe_html import safe_section

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mkdocs_incidents.model import Notice


_SINGLE_PARAGRAPH = re.compile(r"\A<p>((?:(?!<p>).)*)</p>\Z", re.DOTALL)
# A line of words and punctuation that means nothing in Markdown or in the extensions below. Most updates and almost all
# timeline entries are such lines, and rendering them took a tenth of the time of a build.
_PLAIN = re.compile(r"(?!\d+[.)]\s)(?!.*www\.)[^\W_](?:[^\W_]|[ ,.;%?()’“”–—]|(?<=\w)[-/'](?=\w)|:(?= ))*")
_LEAVE_WORDS_ALONE = {
    *("abbr", "admonition", "attr_list", "def_list", "extra", "fenced_code", "footnotes", "md_in_html", "meta"),
    *("sane_lists", "tables", "toc", "pymdownx.caret", "pymdownx.details", "pymdownx.emoji", "pymdownx.highlight"),
    *("pymdownx.inlinehilite", "pymdownx.mark", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist"),
}
# The extension `meta` reads metadata at the beginning of a document; after a comment it finds none.
_BEGIN = "<!-- incidents:section -->"


class Links(Protocol):
    """The pages and files of a site that links may lead to."""

    there: dict[str, bool]
    """The paths that links led to since this was cleared, and whether there is something."""

    def has(self, path: str, /) -> bool:
        """Whether the site has something at a path in site_dir."""

    def resolved(self, html: str, notice: Notice, /) -> str:
        """The HTML with the links of raw HTML to files of the site as links to their addresses."""


class Fragments:
    """The rendered fragments of one build, each rendered once."""

    def __init__(self, config: MarkdownConfig) -> None:
        self._config = config
        self._message_markdown = MessageMarkdown(config)
        self._messages: dict[str, str] = {}
        self._sections: dict[str, tuple[MarkedSection, ...]] = {}
        self._entries: dict[str, dict[int, EntryHtml]] = {}
        self._promises: dict[str, dict[int, str]] = {}
        self._footnotes: dict[str, str] = {}
        self._html: dict[str, str] = {}
        self.page_html: Callable[[Notice], str] | None = None
        """Gives the HTML of the page of a notice that MkDocs does not render in this build."""
        self.links: Links | None = None
        """Known as soon as MkDocs has the list of files."""

    def message(self, markdown: str) -> str:
        """An update as HTML. It may contain Markdown; `<` is a literal character in it."""
        if markdown not in self._messages:
            plain = self._leaves_words_alone and _PLAIN.fullmatch(markdown)
            self._messages[markdown] = f"<p>{markdown}</p>" if plain else self._message_markdown.html(markdown)
        return self._messages[markdown]

    def inline(self, markdown: str) -> str:
        """A sentence as HTML, without a paragraph around it."""
        return _SINGLE_PARAGRAPH.sub(r"\1", self.message(markdown))

    def add_page(self, notice: Notice, html: str) -> int:
        """Split the rendered page of a notice at its marks; return the number of entries and promises without mark."""
        sections = visible_sections(notice)
        rendered = cut_at_marks(html, len(sections))
        marked_sections = self._read(rendered, notice) if rendered else ()
        unclosed = rendered is None or any(section.has_unclosed_element for section in marked_sections)
        if unclosed:  # in sections that are rendered separately, it does not affect others
            rendered = (*(self._render_alone(section_markdown(section)) for section in sections), "")
            marked_sections = self._read(rendered, notice)
        self._sections[notice.id] = marked_sections
        self._footnotes[notice.id] = self._safe(rendered[-1], "", notice) if rendered else ""
        self._entries[notice.id] = {
            number: entry for section in marked_sections for number, entry in section.entries.items()
        }
        self._promises[notice.id] = {
            number: item for section in marked_sections for number, item in section.items.items()
        }
        self._html[notice.id] = html
        missing = self._render_missing(notice)
        return len(self._entries[notice.id]) + len(self._promises[notice.id]) if unclosed else missing

    def _ensure_rendered(self, notice: Notice) -> None:
        """Render a notice without a page: a plugin may remove it, and dirty builds skip it; feeds need its HTML."""
        if notice.id not in self._sections:
            html = self.page_html(notice) if self.page_html else ""
            if notice.id not in self._sections:
                self.add_page(notice, html)

    def _render_missing(self, notice: Notice) -> int:
        """Render the entries and promises whose marks are missing separately; return their number."""
        entries, promises = self._entries[notice.id], self._promises[notice.id]
        missing = 0
        for number, entry in enumerate(notice.postmortem.timeline if notice.postmortem else ()):
            if number not in entries:
                label = label_of(entry.text)
                without_label = f"{label.reopened}{entry.text[label.end :]}" if label else entry.text
                entries[number] = EntryHtml(html=self.inline(entry.text), html_without_label=self.inline(without_label))
                missing += 1
        for number, item in enumerate(notice.postmortem.action_items if notice.postmortem else ()):
            if number not in promises:
                promises[number] = self.inline(item.text)
                missing += 1
        return missing

    def entry(self, notice: Notice, number: int) -> str:
        """The HTML of a timeline entry, by its index, without its time."""
        self._ensure_rendered(notice)
        return self._entries[notice.id][number].html

    def entries(self, notice: Notice) -> tuple[EntryHtml, ...]:
        """All timeline entries of a notice, in the order of the file."""
        self._ensure_rendered(notice)
        return tuple(html for _, html in sorted(self._entries[notice.id].items()))

    def promise(self, notice: Notice, number: int) -> str:
        """The HTML of an action item, by its index, without its owners and dates."""
        if notice.id not in self._promises:
            self._ensure_rendered(notice)
        return self._promises[notice.id][number]

    def promises(self, notice: Notice) -> list[str]:
        """The HTML of all action items."""
        self._ensure_rendered(notice)
        return [html for _, html in sorted(self._promises[notice.id].items())]

    def know_promises(self, notice: Notice, promises: Sequence[str]) -> None:
        """Take the HTML of all action items from a build before."""
        self._promises[notice.id] = dict(enumerate(promises))

    def html(self, notice: Notice) -> str:
        """The HTML of the page of a notice, as it was given to `add_page`."""
        self._ensure_rendered(notice)
        return self._html[notice.id]

    def forget(self, notice: Notice) -> None:
        """Free the memory of a notice whose page and files are written; it is rendered again if it is asked for."""
        for known in (self._sections, self._entries, self._promises, self._footnotes, self._html):
            known.pop(notice.id, None)

    def marked_sections(self, notice: Notice) -> tuple[MarkedSection, ...]:
        """The visible sections of a notice."""
        self._ensure_rendered(notice)
        return self._sections[notice.id]

    def footnotes(self, notice: Notice) -> str:
        """What MkDocs added at the end of the page of a notice: its footnotes."""
        self._ensure_rendered(notice)
        return self._footnotes[notice.id]

    def sections(self, notice: Notice) -> tuple[str, ...]:
        """The HTML of each visible section of a notice, with the footnotes that it refers to; for feeds."""
        notes = dict(footnotes_by_id(self.footnotes(notice)))
        return tuple(with_footnotes(section.html, notes) for section in self.marked_sections(notice))

    def preliminary_body(self, notice: Notice) -> str:
        """The body of a notice as rendered without its page, before MkDocs renders that."""
        markdown = body_with_marks(notice)
        return safe_section(self._markdown_without_page.reset().convert(markdown), markdown)

    def body(self, notice: Notice) -> str:
        """The whole postmortem with its headings; for feeds."""
        pairs = zip(visible_sections(notice), self.marked_sections(notice), strict=True)
        sections = (
            f"<h2>{escape(section.heading)}</h2>\n{part.html}" if section.heading else part.html
            for section, part in pairs
        )
        return "\n".join(filter(None, (*sections, self.footnotes(notice))))

    @cached_property
    def _leaves_words_alone(self) -> bool:
        """Whether no extension of the site changes plain text, so that `_PLAIN` lines need no rendering."""
        return set(self._config.markdown_extensions) <= _LEAVE_WORDS_ALONE

    @cached_property
    def _page_markdown(self) -> Markdown:
        """Configured as MkDocs configures that of a page."""
        return Markdown(extensions=list(self._config.markdown_extensions), extension_configs=self._config.mdx_configs)

    @cached_property
    def _markdown_without_page(self) -> Markdown:
        """The same without extension objects, which other plugins add and which need the current page."""
        extensions: list[object] = [*self._config.markdown_extensions]
        names = [name for name in extensions if isinstance(name, str)]
        return Markdown(extensions=names, extension_configs=self._config.mdx_configs)

    def _render_alone(self, markdown: str) -> str:
        return self._page_markdown.reset().convert(f"{_BEGIN}\n\n{markdown}").removeprefix(_BEGIN).strip()

    def _read(self, rendered: tuple[str, ...], notice: Notice) -> tuple[MarkedSection, ...]:
        """The marked sections; the last of `rendered`, what MkDocs added at the end of the page, is none of them."""
        pairs = zip(rendered[:-1], visible_sections(notice), strict=True)
        return tuple(read_section(self._safe(piece, section.markdown, notice)) for piece, section in pairs)

    def _safe(self, html: str, markdown: str, notice: Notice) -> str:
        """A part of a page without what may run, with links for bare addresses, and those of raw HTML resolved."""
        safe = safe_section(html, markdown)
        return link_bare_addresses(self.links.resolved(safe, notice) if self.links else safe)
