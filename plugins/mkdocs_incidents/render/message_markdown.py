"""The Markdown of messages: that of the site, without extensions for whole documents.

All text of a message must be visible. Extensions for documents remove text: `Update: we look into it` at the beginning
is metadata for `meta`, and `[Update]: resolved` is the definition of a link.
"""

from __future__ import annotations

import re
from functools import cached_property
from html import escape, unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, Protocol

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import Registry

from mkdocs_incidents.content.markdown_lists import nest_lists, separate_lists

from .bare_addresses import link_bare_addresses
from .safe_html import safe_message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from xml.etree.ElementTree import Element


# Preprocessors handle metadata, included files and raw HTML before Markdown is parsed. A message needs those of code
# blocks only; all others are left out, whatever their extension.
_PREPROCESSORS = {
    *("normalize_whitespace", "fenced_code_block"),
    *("fenced_raw_block", "pymdownx-pre-norm-ws", "pymdownx-post-norm-ws"),  # tabs in code, of pymdownx.superfences
}
# Definitions for a whole document, and tabs, which need ids.
_BLOCKS = ("abbr", "footnote", "tabbed")
_INLINE = ("html", "footnote")
_TREES = ("toc",)
_TABS = "pymdownx.blocks.tab"
_HIGHLIGHT = "pymdownx.highlight"
_OF_MESSAGES = ("nl2br", "sane_lists", "pymdownx.saneheaders")
"""Lines are lines; a list that begins with 2 does; `#4711` is no heading (CommonMark 0.31, 4.2)."""

_HEADING = re.compile(r"h[1-6]")
_FIRST_LEVEL = 3

_WORD = re.compile(r"[^\W\d_]+")
# Words that are syntax and not visible text: they become an image, a colour, an icon.
_MARKUP = re.compile(
    r"""
      :[\w+-]+:                                               # an emoji or an icon
    | ^\s*(?:!!!|\?{3}\+?|/{3,})[ ]?[\w-]+(?=[ ]+["|])        # the kind of an admonition that has a title of its own
    | ^\s*(?:`{3,}|~{3,})\s*(?:\{\s*)?\.?[\w+-]+              # the language of a code block
    | ^\s*[-*+][ ]+\[[xX]\]                                   # the mark of a task that is done
    | \{:?[ ]*[.\#][^}\n]*\}                                  # classes
    | (?<=\])\[[^\]\n]+\]                                      # the label of a reference link, at its use
    | ^[ ]{0,3}\[[^\]\n]+\]:(?=[ ]*\S*[/.\#:@])               # and at its definition
    """,
    re.MULTILINE | re.VERBOSE,
)
_READ_TO_SOMEBODY = {"alt", "aria-label", "title"}
_ADDRESSES = {"href", "src"}
# Without blanks: `[here](on Monday: all day)` is no link, but words that nobody would see.
_ADDRESS = re.compile(r"\S*[/.#:@]\S*")
_PARAGRAPH_END = re.compile(r"\n\s*\n")


class MarkdownConfig(Protocol):
    """How a site has its Markdown rendered, as that of MkDocs states it."""

    @property
    def markdown_extensions(self) -> Sequence[str]:
        """The names of extensions of Python-Markdown."""

    @property
    def mdx_configs(self) -> Mapping[str, Mapping[str, Any]]:
        """The options of each extension that has some, by its name."""


class MessageMarkdown:
    """Renders messages. `<` is a literal character in them."""

    def __init__(self, config: MarkdownConfig) -> None:
        self._config = config

    def html(self, message: str) -> str:
        """The HTML of a message with all its words: with the extensions of the site, without them, or as text.

        Its lines are lines of the HTML, too, a list may begin right below a sentence, and addresses are links, as in
        the comments of GitHub and in other tools for status pages.
        """
        return link_bare_addresses(self._html(nest_lists(separate_lists(message, lines_are_kept=True))))

    def _html(self, message: str) -> str:
        html = safe_message(self._site_markdown.reset().convert(message))
        if _shows_words(html, message):
            return html
        html = safe_message(self._plain_markdown.reset().convert(message))
        return html if _shows_words(html, message) else _as_typed(message)

    @cached_property
    def _site_markdown(self) -> Markdown:
        # Configured as MkDocs configures that of a page: extensions of other plugins depend on other extensions.
        extensions: list[str | Extension] = [name for name in self._config.markdown_extensions if name != _TABS]
        extensions += [*_OF_MESSAGES, _Headings()]
        configs = {name: {**given} for name, given in self._config.mdx_configs.items()}
        configs.setdefault(_HIGHLIGHT, {})["anchor_linenums"] = False  # links to ids, which a message has not
        markdown = _CodePreprocessorsOnly(extensions=extensions, extension_configs=configs)
        for name in _TREES:
            markdown.treeprocessors.deregister(name, strict=False)
        for name in _BLOCKS:
            markdown.parser.blockprocessors.deregister(name, strict=False)
        for name in _INLINE:
            markdown.inlinePatterns.deregister(name, strict=False)
        return markdown

    @cached_property
    def _plain_markdown(self) -> Markdown:
        markdown = _CodePreprocessorsOnly(extensions=["fenced_code", *_OF_MESSAGES, _Headings()])
        markdown.parser.blockprocessors.deregister("reference")
        markdown.inlinePatterns.deregister("html")
        return markdown


class _Headings(Extension):
    """Moves headings below those of the page and of its section: the first level is h3 (WCAG 2.2, 1.3.1)."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  the name of the interface
        md.treeprocessors.register(_HeadingLevels(md), "incidents-headings", -100)


class _HeadingLevels(Treeprocessor):
    def run(self, root: Element) -> None:
        headings = [element for element in root.iter() if _HEADING.fullmatch(element.tag)]
        first = min((int(heading.tag[1]) for heading in headings), default=_FIRST_LEVEL)
        for heading in headings:
            heading.tag = f"h{min(int(heading.tag[1]) - first + _FIRST_LEVEL, 6)}"


class _CodePreprocessorsOnly(Markdown):
    """Runs only the preprocessors of code blocks. All are registered, as extensions access theirs in `reset`."""

    def convert(self, source: str) -> str:
        registered = self.preprocessors
        self.preprocessors = Registry()
        for name in _PREPROCESSORS:
            if name in registered:
                place = registered.get_index_for_name(name)
                self.preprocessors.register(registered[name], name, priority=-place)
        try:
            return super().convert(source)
        finally:
            self.preprocessors = registered


def _shows_words(html: str, message: str) -> bool:
    """Whether the visible text of the HTML has every word of the message, at least as often."""
    reader = _VisibleText()
    reader.feed(html)
    reader.close()
    shown = "".join(reader.parts).casefold()
    typed = unescape(_MARKUP.sub("", message)).casefold()
    # Also within longer words: emphasis may begin inside a word.
    return all(shown.count(word) >= typed.count(word) for word in set(_WORD.findall(typed)))


class _VisibleText(HTMLParser):
    """Collects the text of HTML, text alternatives of images, and targets of links."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:  # noqa: ARG002  signature of HTMLParser
        for name, value in attrs:
            if value and (name in _READ_TO_SOMEBODY or (name in _ADDRESSES and _ADDRESS.fullmatch(value))):
                self.parts.append(f" {value} ")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def _as_typed(message: str) -> str:
    """A message as paragraphs of escaped text."""
    paragraphs = (escape(paragraph.strip(), quote=False) for paragraph in _PARAGRAPH_END.split(message.strip()))
    return "\n".join(f"<p>{paragraph}</p>".replace("\n", "<br>\n") for paragraph in paragraphs)
