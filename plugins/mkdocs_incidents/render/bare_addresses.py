"""Links for addresses that stand in the text of rendered Markdown, as on GitHub (GFM 0.29, 6.9)."""

from __future__ import annotations

import re
from functools import cache
from html import escape, unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from linkify_it import LinkifyIt

_MAY_BE_ADDRESS = re.compile(r"://|www\.|@", re.IGNORECASE)
_MARKS = re.compile(r"([\"<>“”„«»‹›…—–‘’、。，；：？！（）【】「」『』《》؟؛،]+)")  # noqa: RUF001  these are meant
"""Punctuation that ends an address, and of which the next may follow without a blank."""
_TAG = re.compile(r"""(<(?:/?[a-zA-Z](?:[^<>"']|"[^"]*"|'[^']*')*|!--.*?--)>)""", re.DOTALL)
_NAME = re.compile(r"<(/?)(a|code|pre|kbd|samp|svg|textarea)\b", re.IGNORECASE)
"""Elements in which an address remains text."""
_TOP_LEVEL_DOMAIN = r"(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})"
"""Any: the list of them changes each month."""
_BEGINS = ("http://", "https://", "www.", "mailto:")
"""Others look like addresses but are names: of files (`errors.md`), of packages, of hosts."""


def link_bare_addresses(html: str) -> str:
    """The HTML with a link at each web and e-mail address in its text, but in code and in other links.

    A full stop, a comma or a closing bracket behind an address does not belong to it.
    """
    if not _MAY_BE_ADDRESS.search(html):
        return html
    parts = _TAG.split(html)
    depth = 0
    for number, part in enumerate(parts):
        if number % 2:
            if name := _NAME.match(part):
                depth += -1 if name[1] else 1
        elif not depth and _MAY_BE_ADDRESS.search(part):
            parts[number] = _linked(part)
    return "".join(parts)


def _linked(text: str) -> str:
    """HTML without elements, with links; unchanged where it has no address."""
    parts = _MARKS.split(unescape(text))
    linked = ["".join(_with_links(part)) for part in parts]
    return text if linked == [escape(part, quote=False) for part in parts] else "".join(linked)


def _with_links(text: str) -> Iterator[str]:
    """Text without such punctuation, as HTML with links."""
    end = 0
    for found in (_finder().match(text) if _MAY_BE_ADDRESS.search(text) else None) or ():
        if found.text.lower().startswith(_BEGINS) or found.url.startswith("mailto:"):
            url = found.url if found.schema else found.url.replace("http://", "https://", 1)
            shown = found.text.rstrip(":")
            if not found.text.lower().startswith(_BEGINS):  # `Mail:help@bank.example`
                shown = shown.rpartition(":")[2]
                url = f"mailto:{shown}"
            begin = found.index + found.text.index(shown)
            yield escape(text[end:begin], quote=False)
            yield f'<a href="{escape(url.rstrip(":"))}">{escape(shown, quote=False)}</a>'
            end = begin + len(shown)
    yield escape(text[end:], quote=False)


@cache
def _finder() -> LinkifyIt:
    from linkify_it import LinkifyIt  # noqa: PLC0415  takes 14 ms, and most builds find no such address

    return LinkifyIt().tlds([_TOP_LEVEL_DOMAIN]).add("ftp:", None).add("//", None)
