"""Markdown of messages as HTML, as far as that is possible without loading MkDocs and the extensions of the site."""

from __future__ import annotations

from markdown import Markdown

_EXTENSIONS = ("admonition", "attr_list", "def_list", "fenced_code", "sane_lists", "tables")
_PREPROCESSORS = ("html_block",)
_BLOCKS = ("reference",)
_INLINE = ("html",)


def message_html(message: str) -> str:
    """The HTML of a message. As on its page, `<` is a literal character and `[Update]: resolved` is visible text."""
    markdown = Markdown(extensions=_EXTENSIONS)
    for name in _PREPROCESSORS:
        markdown.preprocessors.deregister(name)
    for name in _BLOCKS:
        markdown.parser.blockprocessors.deregister(name)
    for name in _INLINE:
        markdown.inlinePatterns.deregister(name)
    return markdown.convert(message)
