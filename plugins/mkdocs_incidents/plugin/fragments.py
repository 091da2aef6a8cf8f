"""An author's Markdown as HTML, in pieces: each update by itself, each section of a postmortem by itself.

What one piece leaves open (an element, a code fence) never reaches the next, and no script or handler of a piece
reaches a page.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

import nh3
from markdown import Markdown
from markupsafe import escape

from mkdocs_incidents.present.page_source import cut_at_marks, page_source, pieces, told_sections

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from mkdocs_incidents.model import Notice

_RAW_HTML = re.compile(r"<[a-zA-Z/!?]")
# What Markdown can bring in without any HTML: a handler (attr_list), and an address of a scheme that may run something.
_MAY_RUN = re.compile(r"""<[^>]*\son\w+\s*=|(?:href|src)=["'](?!\#|https?:|mailto:|tel:)[^"'/?]*[:&]""", re.IGNORECASE)
_NAME = re.compile(r"<(?=/?([a-zA-Z][\w:-]*))")
_ELEMENTS = nh3.ALLOWED_TAGS.union(
    ("audio", "base", "body", "button", "canvas", "embed", "fieldset", "footer", "form", "frame", "frameset", "head"),
    ("html", "iframe", "input", "label", "legend", "link", "main", "meta", "noscript", "object", "option", "param"),
    ("path", "script", "section", "select", "slot", "source", "style", "svg", "template", "textarea", "title", "video"),
)
_ONE_PARAGRAPH = re.compile(r"\A<p>((?:(?!<p>).)*)</p>\Z", re.DOTALL)
# A line of words and commas: nothing in it means anything in Markdown, whatever of these extensions is on. Most updates
# and nearly all timeline entries are such lines, and rendering them took a tenth of a build.
_PLAIN = re.compile(r"(?!\d+[.)]\s)[^\W_](?:[^\W_]|[ ,.;%?()’“”–—]|(?<=\w)[-/'](?=\w)|:(?= ))*")
_LEAVE_WORDS_ALONE = {
    *("abbr", "admonition", "attr_list", "def_list", "extra", "fenced_code", "footnotes", "md_in_html", "meta"),
    *("sane_lists", "tables", "toc", "pymdownx.caret", "pymdownx.details", "pymdownx.emoji", "pymdownx.highlight"),
    *("pymdownx.inlinehilite", "pymdownx.mark", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist"),
}
_TAGS = nh3.ALLOWED_TAGS | {"svg", "path", "section", "input", "label", "source", "video"}
_ATTRIBUTES = {tag: set(attributes) for tag, attributes in nh3.ALLOWED_ATTRIBUTES.items()} | {
    "*": {"class", "id", "title", "lang", "dir", "role", "aria-label", "aria-hidden", "open"},
    "svg": {"viewBox", "width", "height"},
    "path": {"d"},
    "input": {"type", "checked", "disabled", "name", "for"},
    "label": {"for"},
    "img": nh3.ALLOWED_ATTRIBUTES["img"] | {"srcset", "sizes"},
    "source": {"src", "type", "srcset", "media"},
    "video": {"src", "controls", "width", "height", "poster"},
    "code": {"data-lang"},
}
# Every element closed; no scripts, handlers, styles. Made once: making one costs more than a hundred messages.
_CONTAINING = nh3.Cleaner(tags=_TAGS, attributes=_ATTRIBUTES)


class Fragments:
    """The rendered pieces of one build. Makes what is asked for once and keeps it."""

    def __init__(self, config: MkDocsConfig) -> None:
        self._config = config
        self._messages: dict[str, str] = {}
        self._sections: dict[str, tuple[str, ...]] = {}
        self._rests: dict[str, tuple[str, ...]] = {}

    def message(self, markdown: str) -> str:
        """An update as HTML. Its Markdown works; its `<` stands for itself, as whoever typed it meant it to."""
        if markdown not in self._messages:
            plain = self._leaves_words_alone and _PLAIN.fullmatch(markdown)
            html = f"<p>{markdown}</p>" if plain else _CONTAINING.clean(self._plain.reset().convert(markdown))
            self._messages[markdown] = html
        return self._messages[markdown]

    def inline(self, markdown: str) -> str:
        """A sentence as HTML, without a paragraph around it."""
        return _ONE_PARAGRAPH.sub(r"\1", self.message(markdown))

    def keep(self, notice: Notice, html: str) -> None:
        """Take the rendered page of a notice apart at its marks."""
        told, written = told_sections(notice), pieces(notice)
        rendered = cut_at_marks(html, len(written))
        if rendered is None:  # an author left something open that swallowed a mark: one by one, nothing can
            rendered = tuple(self._rich.reset().convert(markdown) for markdown in written)
        safe = tuple(_safe(markdown, piece) for markdown, piece in zip(written, rendered, strict=True))
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
        return _safe(markdown, self._by_itself.reset().convert(markdown))

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
    def _rich(self) -> Markdown:
        return Markdown(extensions=list(self._config.markdown_extensions), extension_configs=self._config.mdx_configs)

    @cached_property
    def _by_itself(self) -> Markdown:
        """The site's Markdown without what other plugins add to it as objects: those need the page they are on."""
        extensions: list[object] = [*self._config.markdown_extensions]
        names = [name for name in extensions if isinstance(name, str)]
        return Markdown(extensions=names, extension_configs=self._config.mdx_configs)

    @cached_property
    def _plain(self) -> Markdown:
        """The site's Markdown without raw HTML, and without what makes anchors: they would repeat in each update."""
        extensions = [name for name in self._config.markdown_extensions if name not in {"toc", "footnotes"}]
        markdown = Markdown(extensions=extensions, extension_configs=self._config.mdx_configs)
        markdown.preprocessors.deregister("html_block")
        markdown.inlinePatterns.deregister("html")
        return markdown


def _safe(markdown: str, html: str) -> str:
    """What was rendered from `markdown`, contained where it has to be."""
    return _contained(html) if _RAW_HTML.search(markdown) or _MAY_RUN.search(html) else html


def _contained(html: str) -> str:
    """HTML that can do no harm. What only looks like an element (`<api-version>`) stays as the words it is."""
    return _CONTAINING.clean(_NAME.sub(lambda found: "<" if found[1].lower() in _ELEMENTS else "&lt;", html))
