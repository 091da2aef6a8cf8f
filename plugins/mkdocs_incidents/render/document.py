"""Removes what parsers put around the HTML of a text to make a document of it."""

from __future__ import annotations

import re

_COMMENT = r"<!--(?:(?!-->).)*-->"
_DOCUMENT = re.compile(
    rf"(?P<before>(?:\s|{_COMMENT}|<!doctype[^>]*>)*+)<html(?:\s[^>]*)?>"
    rf"(?P<above>(?:\s|{_COMMENT})*+)(?:<head(?:\s[^>]*)?>(?P<head>.*?)</head>)?"
    rf"(?P<between>(?:\s|{_COMMENT})*+)<body(?:\s[^>]*)?>"
    rf"(?P<body>.*)</body>(?P<below>(?:\s|{_COMMENT})*)</html>(?P<after>(?:\s|{_COMMENT})*)",
    re.DOTALL | re.IGNORECASE,
)
_DOCTYPE = re.compile(r"<!doctype[^>]*>", re.IGNORECASE)


def without_document(html: str) -> str:
    """The content of a document, in its order; HTML that is no document is returned unchanged.

    Only the outermost tags are removed: in a script, or in an attribute, the same characters are none. Parsers move
    comments in front of the document, and styles and scripts at the beginning of the text into its head.
    """
    document = _DOCUMENT.fullmatch(html)
    if document is None:
        return html
    before, *parts = document.groups("")
    return "".join([_DOCTYPE.sub("", before), *parts])
