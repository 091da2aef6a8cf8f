"""Small pieces of Markdown, written so that hostile titles stay text."""

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
# In code an escaped character would be two; an address in angle brackets is a link.
_CODE_OR_ELEMENT = re.compile(
    r"""
      ^[ \t]*(?P<fence>`{3,}+|~{3,}+).*?^[ \t]*(?P=fence)
    | (?<!`)(?P<ticks>`++)(?:(?!\n\s*\n).)+?(?<!`)(?P=ticks)(?!`)
    | <(?![a-zA-Z][a-zA-Z0-9+.-]+:[^\s<>]*>|[^\s<>@]+@[^\s<>]+>)(?=[a-zA-Z/!?])
    """,
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)


def text(words: str) -> str:
    """Words that Markdown leaves alone."""
    return _SPECIAL.sub(r"\\\1", printable(words))


def without_html(markdown: str) -> str:
    """Markdown whose `<` stands for itself, as it does on the page: updates and promises have no HTML."""
    return _CODE_OR_ELEMENT.sub(lambda found: r"\<" if found[0] == "<" else found[0], markdown)


def link(label: str, address: str) -> str:
    """Words that lead somewhere."""
    return f"[{text(label)}]({address})"


def front_matter(**facts: object) -> str:
    """Facts as YAML; each value is written as JSON, which YAML understands and no title can break out of."""
    lines = (f"{key}: {_value(value)}" for key, value in facts.items() if value is not None)
    return "---\n" + "\n".join(lines) + "\n---\n"


def _value(value: object) -> str:
    written = json.dumps(value, ensure_ascii=False, default=str)
    return re.sub("[\u2028\u2029]", " ", printable(written))


def row(urls: Urls, notice: NoticeRow) -> str:
    """A notice as one item of a list."""
    facts = ", ".join(text(fact) for fact in (notice.state_word, *notice.facts))
    return f"- {link(notice.title, urls.absolute(notice.address))}: {facts}"


def paragraphs(parts: Iterable[str]) -> str:
    """Blocks of Markdown, one below the other; empty ones are left out."""
    return "\n\n".join(part.strip("\n") for part in parts if part.strip()) + "\n"
