"""Pieces of Markdown, escaped so that no title can add markup."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from ..clean_html import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_incidents.present.urls import Urls
    from mkdocs_incidents.present.views import NoticeRow

_SPECIAL = re.compile(r"([\\`*_\[\]<>]|&(?=#?\w+;))")
# Matches what stays as it is, code, and a `<` that begins an element. In code a backslash would be shown; an address
# in angle brackets is a link.
_CODE_OR_ELEMENT = re.compile(
    r"""
      ^[ \t]*(?P<fence>`{3,}+|~{3,}+).*?^[ \t]*(?P=fence)
    | (?<!`)(?P<ticks>`++)(?:(?!\n\s*\n).)+?(?<!`)(?P=ticks)(?!`)
    | <(?![a-zA-Z][a-zA-Z0-9+.-]+:[^\s<>]*>|[^\s<>@]+@[^\s<>]+>)(?=[a-zA-Z/!?])
    """,
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)


def escaped(text: str) -> str:
    """Plain text as Markdown that shows it unchanged."""
    return _SPECIAL.sub(r"\\\1", printable(text))


def without_html(markdown: str) -> str:
    """Markdown whose `<` is text, as on the page: updates and promises may contain no HTML."""
    return _CODE_OR_ELEMENT.sub(lambda found: r"\<" if found[0] == "<" else found[0], markdown)


def link(label: str, address: str) -> str:
    """A link; `label` is plain text."""
    return f"[{escaped(label)}]({address})"


def front_matter(**facts: object) -> str:
    """A block of YAML without the keys that are None. Values are JSON, which is YAML too, so titles cannot break it."""
    lines = (f"{key}: {_value(value)}" for key, value in facts.items() if value is not None)
    return "---\n" + "\n".join(lines) + "\n---\n"


def _value(value: object) -> str:
    written = json.dumps(value, ensure_ascii=False, default=str)
    return re.sub("[\u2028\u2029]", " ", printable(written))


def notice_item(urls: Urls, notice: NoticeRow) -> str:
    """A notice as an item of a list."""
    facts = ", ".join(escaped(fact) for fact in (notice.state_word, *notice.facts))
    return f"- {link(notice.title, urls.absolute(notice.address))}: {facts}"


def paragraphs(parts: Iterable[str]) -> str:
    """Blocks of Markdown with an empty line between them; empty ones are left out."""
    return "\n\n".join(part.strip("\n") for part in parts if part.strip()) + "\n"
