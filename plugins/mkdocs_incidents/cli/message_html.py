"""Markdown of messages as HTML, as far as that is possible without loading MkDocs and the extensions of the site."""

from __future__ import annotations

from markdown import Markdown

_EXTENSIONS = ("admonition", "attr_list", "def_list", "sane_lists", "tables")
_FENCES = ("```", "~~~")
_PREPROCESSORS = ("html_block",)
_BLOCKS = ("reference",)
_INLINE = ("html",)


def message_html(message: str) -> str:
    """The HTML of a message. As on its page, `<` is a literal character and `[Update]: resolved` is visible text."""
    # The extension for code imports Pygments, which takes longer than all others together.
    fenced = ["fenced_code"] if any(fence in message for fence in _FENCES) else []
    markdown = Markdown(extensions=[*_EXTENSIONS, *fenced])
    for name in _PREPROCESSORS:
        markdown.preprocessors.deregister(name)
    for name in _BLOCKS:
        markdown.parser.blockprocessors.deregister(name)
    for name in _INLINE:
        markdown.inlinePatterns.deregister(name)
    return markdown.convert(message)
