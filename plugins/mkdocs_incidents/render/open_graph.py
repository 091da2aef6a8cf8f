"""The tags of the Open Graph protocol (https://ogp.me/), by which chats and networks show a link to a page."""

from __future__ import annotations

import re

_TAG = re.compile(r'<meta property="(og:[\w:]+)"[^>]*>\n?')
_IMAGE = "og:image"
_HEAD_END = "</head>"


def shared_link_tags_once(html: str) -> str:
    """The page with one tag for each property, the last one: another plugin may add its own behind ours.

    An image keeps its size and its description: those that belong to an earlier one go with it.
    """
    head, end, rest = html.partition(_HEAD_END)
    found = [(tag[1], tag.start()) for tag in _TAG.finditer(head)]
    last = dict(found)
    if len(found) == len(last):
        return html

    def kept(tag: re.Match[str]) -> str:
        of_earlier_image = tag[1].startswith(_IMAGE) and tag.start() < last.get(_IMAGE, 0)
        return "" if of_earlier_image or tag.start() < last[tag[1]] else tag[0]

    return _TAG.sub(kept, head) + end + rest
