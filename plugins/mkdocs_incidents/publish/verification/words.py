"""Texts in a form in which a sentence is the same in Markdown, in HTML, in JSON and in a feed."""

from __future__ import annotations

import re

BOUNDARY = "\x1f"
"""Stands between two texts that nobody reads as one, such as two strings of a JSON document; it stays between them."""
_SIGNS = re.compile(r"[^\w\x00-\x7f]+")
_ASCII = bytes(range(128)).decode("ascii")
_LETTERS = bytes.maketrans(
    _ASCII.encode(), "".join(each.lower() if each.isalnum() or each == BOUNDARY else " " for each in _ASCII).encode()
)


def words(text: str) -> str:
    """The words of a text in lower case, with one space between two; without punctuation and markup signs."""
    if not text.isascii():
        text = _SIGNS.sub(" ", text.casefold())
    return b" ".join(text.encode(errors="replace").translate(_LETTERS).split()).decode()


def letters(spaced: str) -> str:
    """The letters and digits of what `words` returns, without a space: markup within a word makes no difference."""
    return spaced.replace(" ", "")
