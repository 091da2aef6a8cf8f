"""What a reader sees of a line of Markdown or HTML: the words without the marks."""

from __future__ import annotations

import html
import re

_COMMENT = re.compile(r"<!--.*?(?:-->|$)")
_BOLD_TAG = re.compile(r"</?(?:strong|b)\b[^<>]{0,200}>", re.IGNORECASE)
_CELL = re.compile(r"</?t[dhr]\b[^<>]{0,200}>|<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,1000}>")
_STRUCTURE = re.compile(r"</?(?:li|ul|ol|p|div|span|font|tbody|table|tr|td|th)\b[^<>]{0,200}>", re.IGNORECASE)
_LEADING_SPACE = re.compile(r"^(?:\s*&(?:emsp|ensp|nbsp|thinsp|#160);)+\s*")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:|[\w.+-]{1,64}@)[^<>\s]{1,500})>")
_IMAGE = re.compile(r"!\[[^\[\]]{0,300}\](?:(?=\s|$)|\[[^\[\]]{0,100}\]|\([^()\s]{0,1000}(?:\s[^()]{0,200})?\))")
_LINK = re.compile(r"\[([^\[\]]{0,500})\](?:\([^()]{0,1000}\)|\[[^\[\]]{0,200}\])")
_EMPHASIS = re.compile(r"(?<![\\\w])(?:\*{1,3}|_{1,3})(?=[^\s*_])|(?<=[^\s\\])(?:\*{1,3}|_{1,3})(?!\w)|\*{2,3}|~~")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!\"'~|<>:])")
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_SPACES = re.compile(r"[\u00a0\u2000-\u200a\u202f\u3000]")
LONGEST_LINE = 20_000
"""Characters of a line that are looked at; the rest is kept, and not read."""


def evened(line: str) -> str:
    """`line` with ordinary spaces only, tabs as four, and without what cannot be seen."""
    line = _SPACES.sub(" ", _INVISIBLE.sub("", line[:LONGEST_LINE])).replace("\uff1a", ": ")
    return line.expandtabs(4)


def without_html(line: str) -> str:
    """`line` without comments and tags; what was bold in HTML is bold in Markdown, addresses stay."""
    if "<" in line:
        line = _CELL.sub(" ", _COMMENT.sub("", line))
        line = _AUTOLINK.sub(r"\1", line)
        line = _TAG.sub("", _BOLD_TAG.sub("**", line))
    if "&" in line:
        line = _SPACES.sub(" ", html.unescape(line))
    return line


def without_structure(line: str) -> str:
    """`line` without the tags of lists, tables and paragraphs; bold tags become Markdown, pictures and links stay."""
    line = _BOLD_TAG.sub("**", _STRUCTURE.sub("", line)) if "<" in line else line
    return _LEADING_SPACE.sub("", line) if "&" in line else line


def plain(text: str) -> str:
    """`text` without the marks of emphasis, links, images and code; a.m. is AM."""
    text = _IMAGE.sub("", text)
    text = _LINK.sub(r"\1", text)
    text = text.replace("`", "")
    text = _EMPHASIS.sub("", text)
    text = _ESCAPE.sub(r"\1", text)
    text = re.sub(r"\b([ap])\.\s?m\.(?=\W|$)", lambda found: found[1].upper() + "M", text, flags=re.IGNORECASE)
    return text.strip()
