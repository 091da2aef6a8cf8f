"""Slack: mrkdwn text, and a message of Block Kit for a webhook or `chat.postMessage`."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from mkdocs_incidents.emit.clean_html import plain_text

from .copies import Copy
from .lengths import fitted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .facts import ChannelFacts

HEADER, SECTION, FIELD, TEXT = 150, 3000, 2000, 4000
"""Characters that Slack takes: in a header, a section, a field, and in a text before it advises against more."""
_ROW = 300
"""Characters of one fact in the text."""
_MARKS = {"strong": "*", "b": "*", "em": "_", "i": "_", "del": "~", "s": "~", "code": "`"}
_HEADINGS = {f"h{level}" for level in range(1, 7)}
_BLOCKS = {"p", "div", "table", "dl", *_HEADINGS}
_LINES = {"br", "tr", "dt", "dd"}


def slack(facts: ChannelFacts) -> Copy:
    """The message; of words that are too long, the beginning as plain text."""
    full = mrkdwn(facts.html)
    words = _words(facts, full, SECTION)
    rows = (f"{_bold(label)}: {_fitted(value, _ROW, escape=True)}" for label, value in facts.rows)
    parts = ["\n".join([_bold(_fitted(facts.heading, _ROW)), *rows]), escaped(facts.note)]
    tail = [escaped(facts.next_sentence), f"<{_address(facts.link)}>"]
    room = TEXT - len("\n\n".join(filter(None, [*parts, *tail]))) - 2
    in_text = words if len(words) <= room else _words(facts, full, room)
    text = "\n\n".join(filter(None, [*parts, in_text, *tail]))
    return Copy(
        text=text,
        document={
            "text": f"{_fitted(facts.heading, _ROW, escape=True)} <{_address(facts.link)}>",
            "blocks": _blocks(facts, words),
        },
        length=len(text),
        limit=TEXT,
        full_length=len(text) - len(in_text) + len(full),
    )


def _blocks(facts: ChannelFacts, words: str) -> list[dict[str, Any]]:
    fields = [_mrkdwn(f"{_bold(label)}\n{_fitted(value, FIELD - 100, escape=True)}") for label, value in facts.rows]
    link = f"<{_address(facts.link)}|{_fitted(facts.site_name, 200, escape=True)}>"
    context = " ".join(filter(None, [escaped(facts.note), escaped(facts.next_sentence), link]))
    heading = fitted(facts.heading, lambda part: len(part) <= HEADER)
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": {"type": "plain_text", "text": heading, "emoji": False}},
        {"type": "section", "fields": fields} if fields else {},
        {"type": "section", "text": _mrkdwn(words)} if words else {},
        {"type": "context", "elements": [_mrkdwn(context)]},
    ]
    return [block for block in blocks if block]


def _mrkdwn(text: str) -> dict[str, str]:
    return {"type": "mrkdwn", "text": text}


def _words(facts: ChannelFacts, full: str, limit: int) -> str:
    return full if len(full) <= limit else _fitted(plain_text(facts.html), limit, escape=True)


def _fitted(text: str, limit: int, *, escape: bool = False) -> str:
    """The beginning of the text that is not longer than `limit`, escaped on request."""
    if escape:
        return escaped(fitted(text, lambda part: len(escaped(part)) <= limit))
    return fitted(text, lambda part: len(part) <= limit)


def _bold(text: str) -> str:
    """Bold, where that is possible: a star cannot be escaped."""
    return escaped(text) if "*" in text else f"*{escaped(text)}*"


def escaped(text: str) -> str:
    """Plain text in which Slack finds no link and no mention."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _address(address: str) -> str:
    return escaped(address).replace("|", "%7C")


def mrkdwn(html: str) -> str:
    """Clean HTML as mrkdwn."""
    reader = _Mrkdwn()
    reader.feed(html)
    reader.close()
    lines = (line.rstrip() for line in "".join(reader.parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Mrkdwn(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._links: list[tuple[str, int]] = []
        self._lists: list[int | None] = []
        """Of each open list the number of its last item; None for a list without numbers."""
        self._quotes: list[int] = []
        self._preformatted = False

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "a":
            self._links.append((named.get("href") or "", len(self.parts)))
        elif tag == "img":
            self.parts.append(escaped(named.get("alt") or ""))
        elif tag in {"ul", "ol"}:
            self._break(tag if self._lists else "p")
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self._item()
        elif tag == "blockquote":
            self._break("p")
            self._quotes.append(len(self.parts))
        elif tag == "pre":
            self.parts.append("\n\n```\n")
            self._preformatted = True
        elif tag in {"td", "th"}:
            self._words(" ")
        else:
            self._break(tag)
            self._mark(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._links:
            address, begin = self._links.pop()
            label = "".join(self.parts[begin:])
            if address:
                self.parts[begin:] = [
                    f"<{_address(address)}|{label}>"
                    if label and label != escaped(address)
                    else f"<{_address(address)}>"
                ]
        elif tag in {"ul", "ol"}:
            self._lists.pop()
            self._break("" if self._lists else "p")
        elif tag == "blockquote" and self._quotes:
            begin = self._quotes.pop()
            quoted = re.sub(r"\n{2,}", "\n", "".join(self.parts[begin:]).strip())
            self.parts[begin:] = ["\n".join(f"> {line}" for line in quoted.split("\n")), "\n\n"]
        elif tag == "pre":
            self.parts.append("```\n\n")
            self._preformatted = False
        else:
            self._mark(tag)
            self._break(tag if tag in _BLOCKS else "")

    def handle_data(self, data: str) -> None:
        if self._preformatted:
            self.parts.append(escaped(data))
        else:
            self._words(re.sub(r"\s+", " ", data))

    def _words(self, text: str) -> None:
        after_blank = not self.parts or self.parts[-1].endswith(("\n", " "))
        if text := text.lstrip() if after_blank else text:
            self.parts.append(escaped(text))

    def _item(self) -> None:
        number = self._lists[-1] if self._lists else None
        if number is not None:
            self._lists[-1] = number + 1
        mark = "• " if number is None else f"{number + 1}. "
        self.parts.append("\n" + "    " * (len(self._lists) - 1) + mark)

    def _mark(self, tag: str) -> None:
        if not self._preformatted and (tag in _MARKS or tag in _HEADINGS):
            self.parts.append(_MARKS.get(tag, "*"))

    def _break(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n\n" if not self._lists else "")
        elif tag in _LINES:
            self.parts.append("\n")
