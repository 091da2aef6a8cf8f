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

from mkdocs_incidents.content.postmortem.turning_points import label_of
from mkdocs_incidents.present.body import body_with_marks, cut_at_marks, visible_sections

from .marked_html import EntryHtml, MarkedSection, footnotes_by_id, read_section, with_footnotes
from .message_markdown import MessageMarkdown
from .safe_html import safe_section

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from mkdocs_incidents.model import Notice, Section

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
        self._sections: dict[str, tuple[MarkedSection, ...]] = {}
        self._entries: dict[str, dict[int, EntryHtml]] = {}
        self._promises: dict[str, dict[int, str]] = {}
        self._footnotes: dict[str, str] = {}

    def message(self, markdown: str) -> str:
        """An update as HTML. Its Markdown works; its `<` stands for itself, as whoever typed it meant it to."""
        if markdown not in self._messages:
            plain = self._leaves_words_alone and _PLAIN.fullmatch(markdown)
            self._messages[markdown] = f"<p>{markdown}</p>" if plain else self._message_markdown.html(markdown)
        return self._messages[markdown]

    def inline(self, markdown: str) -> str:
        """A sentence as HTML, without a paragraph around it."""
        return _ONE_PARAGRAPH.sub(r"\1", self.message(markdown))

    def keep(self, notice: Notice, html: str) -> int:
        """Take the rendered page of a notice apart at its marks; how many entries and promises lost theirs."""
        sections = visible_sections(notice)
        rendered = cut_at_marks(html, len(sections))
        read = _read(rendered, sections) if rendered else ()
        swallowed = rendered is None or any(section.swallowed for section in read)
        if swallowed:  # an author left something open: in sections that are rendered one by one, it reaches no other
            rendered = (*(self._by_itself(section.marked) for section in sections), "")
            read = _read(rendered, sections)
        self._sections[notice.id] = read
        self._footnotes[notice.id] = safe_section(rendered[-1], "") if rendered else ""
        self._entries[notice.id] = {number: entry for section in read for number, entry in section.entries.items()}
        self._promises[notice.id] = {number: item for section in read for number, item in section.items.items()}
        lost = self._render_lost(notice)
        return len(self._entries[notice.id]) + len(self._promises[notice.id]) if swallowed else lost

    def _render_unless_kept(self, notice: Notice) -> None:
        """A plugin may take the page of a notice away, and a dirty build skips it; feeds still tell all of it."""
        if notice.id not in self._sections:
            self.keep(notice, "")

    def _render_lost(self, notice: Notice) -> int:
        """Render by themselves the entries and promises whose marks did not come back."""
        entries, promises = self._entries[notice.id], self._promises[notice.id]
        lost = 0
        for number, entry in enumerate(notice.postmortem.timeline if notice.postmortem else ()):
            if number not in entries:
                label = label_of(entry.text)
                behind = f"{label.reopened}{entry.text[label.end :]}" if label else entry.text
                entries[number] = EntryHtml(html=self.inline(entry.text), behind_label=self.inline(behind))
                lost += 1
        for number, item in enumerate(notice.postmortem.action_items if notice.postmortem else ()):
            if number not in promises:
                promises[number] = self.inline(item.text)
                lost += 1
        return lost

    def entry(self, notice: Notice, number: int) -> str:
        """The HTML of a timeline entry, by its number from 0, without its time."""
        self._render_unless_kept(notice)
        return self._entries[notice.id][number].html

    def entries(self, notice: Notice) -> tuple[EntryHtml, ...]:
        """All of them, in the author's order."""
        self._render_unless_kept(notice)
        return tuple(html for _, html in sorted(self._entries[notice.id].items()))

    def promise(self, notice: Notice, number: int) -> str:
        """The HTML of an action item, by its number from 0, without its owners and days."""
        self._render_unless_kept(notice)
        return self._promises[notice.id][number]

    def parts(self, notice: Notice) -> tuple[MarkedSection, ...]:
        """Each told section of a notice, taken apart."""
        self._render_unless_kept(notice)
        return self._sections[notice.id]

    def footnotes(self, notice: Notice) -> str:
        """What the host put at the end of the page of a notice: its footnotes."""
        self._render_unless_kept(notice)
        return self._footnotes[notice.id]

    def sections(self, notice: Notice) -> tuple[str, ...]:
        """The HTML of each told section of a notice, each with the footnotes that it refers to; for feeds."""
        notes = dict(footnotes_by_id(self.footnotes(notice)))
        return tuple(with_footnotes(section.whole, notes) for section in self.parts(notice))

    def whole(self, notice: Notice) -> str:
        """The body of a notice as far as that is known before MkDocs renders its page."""
        markdown = body_with_marks(notice)
        return safe_section(self._markdown_without_page.reset().convert(markdown), markdown)

    def body(self, notice: Notice) -> str:
        """The whole postmortem with its headings; for feeds."""
        told = zip(visible_sections(notice), self.parts(notice), strict=True)
        sections = (
            f"<h2>{escape(section.heading)}</h2>\n{part.whole}" if section.heading else part.whole
            for section, part in told
        )
        return "\n".join(filter(None, (*sections, self.footnotes(notice))))

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


def _read(rendered: tuple[str, ...], sections: tuple[Section, ...]) -> tuple[MarkedSection, ...]:
    """Each section taken apart; what the host added behind the last one is none."""
    pieces = zip(rendered[:-1], sections, strict=True)
    return tuple(read_section(safe_section(piece, section.markdown)) for piece, section in pieces)
