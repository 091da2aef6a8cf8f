"""Text → its sentences.

A sentence ends at a stop, and wherever Markdown begins something new: at a blank line, a list item, a heading, a row of
a table, a label such as `Duration: …`. Abbreviations, initials and numbers of list items have stops that end nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLOSING = r"[\"'”’)\]»*_]{0,6}+"
"""Quotes, brackets and marks of emphasis that belong to the sentence before them."""
_BREAK = re.compile(
    rf"(?P<stop>(?<![.!?…])[.!?…]++{_CLOSING})(?=\s)"
    r"|(?P<glued>(?<=[a-z0-9)])[.!?])(?=[A-Z][a-z']*+\s)|[。！？｡][」』”’）)\]]{0,6}+"
    r"|\n(?=[^\S\n]*+(?:\n|[-*+•#][^\S\n]|\d{1,3}[.)][^\S\n]|\||[*_]{0,3}+[A-Z][\w ]{2,30}:))|(?<=\|)[^\S\n]*+\n"
)
"""Where a sentence may end."""
_QUOTES = "\"'”’"
_WORD_BEFORE = re.compile(r"[\w.]*$")
_LONGEST_WORD = 16
_LONGEST_ADDRESS = 200
"""Characters before a stop that are looked at."""
_NUMBER_OF_ITEM = re.compile(r"(?:^|\n)[ \t>*+•#-]*\d{1,3}$")
_NEVER_LAST = frozenset({"approx", "ca", "cf", "dr", "e.g", "eg", "fig", "ft", "i.e", "ie"})
_NEVER_LAST |= {"mr", "mrs", "ms", "mt", "prof", "resp", "st", "v", "vs"}
"""Words with a stop behind which the sentence goes on."""
_BEFORE_A_NUMBER = frozenset({"art", "ch", "no", "nos", "p", "pp", "ver"})
_MAY_BE_LAST = re.compile(
    r"[AaPp]\.[Mm]|[A-Z]|(?:[A-Z]\.)+[A-Z]"
    r"|(?i:etc|incl?|ltd|co|secs?|mins?|hrs?|est|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
    r"|mon|tues?|wed|thu(?:rs?)?|fri)"
)
"""Words with a stop that ends the sentence, too, where the next word plainly begins one."""
_BEGINNING = re.compile(
    r"[\"'“\u2018(*_]*+(?:The|An?|We|It|This|That|These|Those|Our|Their|They|You|On|In|At|After|Before|By|From|When|While"
    r"|Once|All|No|Every\w*|There|Then|Users|Customers|Service)\b"
)
_NEXT = re.compile(r"\s*+(\S?)")


def sentences_in(text: str) -> Iterator[tuple[int, str]]:
    """Each sentence of `text` without the space around it, behind the index at which it begins.

    Nothing but space stands between them, and cutting a sentence gives that sentence.
    """
    start = 0
    for found in _BREAK.finditer(text):
        if found["stop"] and not _ends_here(text, start, found):
            continue
        if found["glued"] and _is_in_an_address(text, start, found.start()):
            continue
        yield from _piece(text, start, found.end())
        start = found.end()
    yield from _piece(text, start, len(text))


def sentence_around(text: str, index: int) -> tuple[int, str]:
    """The sentence in which the character at `index` stands, behind the index at which it begins."""
    return next(
        ((start, sentence) for start, sentence in sentences_in(text) if start <= index < start + len(sentence)),
        (index, ""),
    )


def _piece(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    piece = text[start:end]
    if sentence := piece.strip():
        yield start + len(piece) - len(piece.lstrip()), sentence


def _ends_here(text: str, begin: int, found: re.Match[str]) -> bool:
    """Whether a stop with space behind it ends the sentence that begins at `begin`."""
    stop = found.start()
    following = _NEXT.match(text, found.end())
    sign = following[1] if following else ""
    if found["stop"][0] != "." or found["stop"].startswith(".."):
        return not sign.islower() or found["stop"] in {"!", "?"}
    before = text[max(begin, stop - _LONGEST_WORD) : stop]
    word = match[0].lstrip(".") if (match := _WORD_BEFORE.search(before)) else ""
    if word.isdecimal() and (stop - begin <= _LONGEST_WORD or "\n" in before) and _NUMBER_OF_ITEM.search(before):
        return False
    folded = word.casefold()
    if folded in _NEVER_LAST or (folded in _BEFORE_A_NUMBER and sign.isdecimal()):
        return False
    if _MAY_BE_LAST.fullmatch(word):
        return not sign or (following is not None and _BEGINNING.match(text, following.start(1)) is not None)
    return not (sign.islower() and found["stop"][-1] in _QUOTES)


def _is_in_an_address(text: str, begin: int, stop: int) -> bool:
    """Whether the word before a stop without space behind it is part of an address: `https://example.Com`."""
    begin = max(begin, stop - _LONGEST_ADDRESS)
    begin = max(begin, text.rfind(" ", begin, stop) + 1, text.rfind("\n", begin, stop) + 1)
    return any(sign in text[begin:stop] for sign in ("://", "@", "www."))
