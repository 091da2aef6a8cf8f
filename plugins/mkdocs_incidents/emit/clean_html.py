"""Rendered HTML for other programs: sanitized HTML, or plain text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import nh3

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_CHARACTERS = 64_000
"""Characters of HTML in one item of a feed; what is longer is cut here and ends with a link to the page."""

# XML 1.0, 2.2 forbids most control characters and surrogates; feed parsers also reject the C1 range.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
# Text, alone or as a paragraph, that the sanitizer returns as it is: without other elements, references, and characters
# that HTML treats specially. Most timeline entries and messages are such texts.
_TEXT = r"[^<>&\x00-\x08\x0b-\x1f\x7f-\xa0\ufeff\ufffe\uffff\ud800-\udfff]*"
_PLAIN = re.compile(rf"{_TEXT}|<p>(?P<paragraph>{_TEXT})</p>")
# What only works on a page: links from a heading to itself, and check boxes, which show whether a promise is kept.
_HEADING_LINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
_CHECK_BOX = re.compile(r'<input[^>]*type="checkbox"[^>]*?(checked)?[^>]*>')
_BLOCKS = {"p", "div", "ul", "ol", "table", "blockquote", "pre", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "details"}
_LINES = {"br", "li", "tr", "dt", "dd", "summary"}


class Cleaner:
    """Sanitizes HTML: no script, no style, absolute addresses, every element closed.

    To make one takes longer than to clean a hundred messages: use it many times.
    """

    def __init__(self) -> None:
        self._base = ""
        self._cleaner = nh3.Cleaner(attribute_filter=self._absolute, link_rel=None)

    def clean(self, html: str, base: str) -> str:
        """Clean HTML whose relative addresses start at `base`."""
        if _PLAIN.fullmatch(html):
            return html.strip()
        self._base = base
        html = _CHECK_BOX.sub(lambda box: "☑ " if "checked" in box[0] else "☐ ", _HEADING_LINK.sub("", html))
        return printable(self._cleaner.clean(html)).strip()

    def cut(self, html: str, link: str) -> str:
        """Clean HTML of at most `MAX_CHARACTERS`, cut after a paragraph and then followed by the HTML `link`."""
        if len(html) <= MAX_CHARACTERS:
            return html
        kept = html[: max(html.rfind("</p>", 0, MAX_CHARACTERS), 0)]
        return self._cleaner.clean(kept) + link

    def _absolute(self, _: str, name: str, value: str) -> str:
        return urljoin(self._base, value) if name in {"href", "src", "cite"} else value


def printable(text: str) -> str:
    """The text without characters that are not allowed in XML."""
    return _UNPRINTABLE.sub("", text)


def plain_text(html: str) -> str:
    """Clean HTML as plain text, with paragraphs, list items and the addresses of links."""
    plain = _PLAIN.fullmatch(html)
    if plain and plain["paragraph"]:
        return re.sub(r"[ \t]+", " ", plain["paragraph"].replace("\n", " ")).strip()
    reader = _PlainText()
    reader.feed(html)
    reader.close()
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in "".join(reader.parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _PlainText(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._links.append((dict(attrs).get("href") or "", len(self.parts)))
        elif tag == "img":
            self.parts.append(dict(attrs).get("alt") or "")
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag in {"td", "th"}:
            self.parts.append(" ")
        else:
            self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._links:
            address, begin = self._links.pop()
            label = "".join(self.parts[begin:])
            if address and address.removeprefix("mailto:") != label:
                self.parts.append(f" ({address})")
        elif tag in _BLOCKS:
            self._break(tag)

    def handle_data(self, data: str) -> None:
        self.parts.append(data.replace("\n", " "))

    def _break(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n\n")
        elif tag in _LINES:
            self.parts.append("\n")
