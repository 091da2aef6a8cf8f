"""Links for addresses that stand in the text of rendered Markdown, as on GitHub (GFM 0.29, 6.9)."""

from __future__ import annotations

import re
from functools import cache
from html import escape, unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linkify_it import LinkifyIt

# Before an address in the value of an attribute there is a quotation mark, and a colon before that of `mailto:`.
_MAY_BE_ADDRESS = re.compile(r"""(?<!["'\w])(?:https?://|www\.)|(?<!["':\w])[\w.+-]+@\w""", re.IGNORECASE)
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
    """HTML without elements, with links."""
    typed = unescape(text)
    parts: list[str] = []
    end = 0
    for found in _finder().match(typed) or ():
        if found.text.lower().startswith(_BEGINS) or found.url.startswith("mailto:"):
            url = found.url if found.schema else found.url.replace("http://", "https://", 1)
            parts += (escape(typed[end : found.index], quote=False), f'<a href="{escape(url)}">')
            parts += (escape(found.text, quote=False), "</a>")
            end = found.last_index
    return "".join([*parts, escape(typed[end:], quote=False)]) if parts else text


@cache
def _finder() -> LinkifyIt:
    from linkify_it import LinkifyIt  # noqa: PLC0415  takes 14 ms, and most builds find no such address

    return LinkifyIt().tlds([_TOP_LEVEL_DOMAIN]).add("ftp:", None).add("//", None)
