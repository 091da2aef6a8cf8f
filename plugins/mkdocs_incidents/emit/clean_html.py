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
# What only works on a page: links from a heading or a line of code to itself, and check boxes, which show whether a
# promise is kept.
_LINK_TO_ITSELF = re.compile(r'<a [^>]*(?:class="headerlink"|href="#__codelineno-)[^>]*>.*?</a>', re.DOTALL)
_CHECK_BOX = re.compile(r'<input[^>]*type="checkbox"[^>]*?(checked)?[^>]*>')
_TABS = re.compile(
    r"""(?P<block><div[ ]class="tabbed-block"[^>]*>)
    | <div[ ]class="tabbed-labels"[^>]*>(?P<labels>.*?)</div>
    | <input[^>]*name="__tabbed_[^>]*>""",
    re.DOTALL | re.VERBOSE,
)
_LABEL = re.compile(r"<label[^>]*>(.*?)</label>", re.DOTALL)
_BLOCKS = {"p", "div", "ul", "ol", "table", "blockquote", "pre", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "details"}
_LISTS = {"ol", "ul"}
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
        html = _LINK_TO_ITSELF.sub("", _in_order(html))
        html = _CHECK_BOX.sub(lambda box: "☑ " if "checked" in box[0] else "☐ ", html)
        return printable(self._cleaner.clean(html)).strip()

    def cut(self, html: str, link: str) -> str:
        """Clean HTML of at most `MAX_CHARACTERS`, cut after a paragraph and then followed by the HTML `link`."""
        if len(html) <= MAX_CHARACTERS:
            return html
        kept = html[: max(html.rfind("</p>", 0, MAX_CHARACTERS), 0)]
        return self._cleaner.clean(kept) + link

    def _absolute(self, _: str, name: str, value: str) -> str:
        return urljoin(self._base, value) if name in {"href", "src", "cite"} else value


def _in_order(html: str) -> str:
    """The HTML with the label of each tab (`pymdownx.tabbed`) above its content, instead of all in a row."""
    if "tabbed-labels" not in html:
        return html
    sets: list[list[str]] = []
    """Labels whose tabs are yet to come, of each set of tabs that has begun."""

    def replaced(found: re.Match[str]) -> str:
        if found["labels"] is not None:
            sets.append(_LABEL.findall(found["labels"])[::-1])
            return ""
        if found["block"] is None:
            return ""
        while sets and not sets[-1]:
            sets.pop()
        return f"{found['block']}<p><strong>{sets[-1].pop()}</strong></p>" if sets else found["block"]

    return _TABS.sub(replaced, html)


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


def _first_number(start: str | None) -> int:
    """The number that a list begins with (HTML, `start` of `ol`)."""
    return int(start) if start and re.fullmatch(r"-?\d{1,9}", start) else 1


class _PlainText(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._links: list[tuple[str, int]] = []
        self._numbers: list[int | None] = []
        """The number of the next item of each list that is open; None for one without numbers."""
        self._is_at_mark = False
        """Whether nothing but a number or a dash stands on the line."""
        self._in_code = False

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._links.append((dict(attrs).get("href") or "", len(self.parts)))
        elif tag == "img":
            self.parts.append(dict(attrs).get("alt") or "")
        elif tag == "li":
            self.parts.append(f"\n{self._next_mark()} ")
            self._is_at_mark = True
        elif tag in {"td", "th"}:
            self.parts.append(" ")
        else:
            self._in_code = self._in_code or tag == "pre"
            if tag in _LISTS:
                self._numbers.append(_first_number(dict(attrs).get("start")) if tag == "ol" else None)
            self._break(tag)

    def _next_mark(self) -> str:
        number = self._numbers[-1] if self._numbers else None
        if number is None:
            return "-"
        self._numbers[-1] = number + 1
        return f"{number}."

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._links:
            address, begin = self._links.pop()
            label = "".join(self.parts[begin:])
            if address and address.removeprefix("mailto:") != label:
                self.parts.append(f" ({address})")
        elif tag in _BLOCKS:
            self._break(tag)
        self._in_code = self._in_code and tag != "pre"
        if tag in _LISTS and self._numbers:
            self._numbers.pop()

    def handle_data(self, data: str) -> None:
        self._is_at_mark = self._is_at_mark and not data.strip()
        self.parts.append(data if self._in_code else data.replace("\n", " "))

    def _break(self, tag: str) -> None:
        if self._is_at_mark:
            return
        if tag in _BLOCKS:
            self.parts.append("\n\n")
        elif tag in _LINES:
            self.parts.append("\n")
