"""How channels count the length of a text, and the longest beginning of a text that fits."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

# 3GPP TS 23.038 (formerly GSM 03.38), 6.2.1: the default alphabet, and its extension table, two septets each.
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_EXTENSION = frozenset("\f^{}\\[~]|€")
# Typographic characters that the alphabet lacks, and that would more than halve the characters in a part.
_IN_GSM = {
    **dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u2032"), "'"),
    **dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"), '"'),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-"),
    **dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\t"), " "),
    **dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"), ""),
    ord("…"): "...",
    ord("•"): "-",
    ord("→"): "->",
}
_PART = {True: (160, 153), False: (70, 67)}
"""Units in a text of one part, and in each of several parts: septets of the alphabet, else UTF-16 code units."""

_LINK = re.compile(r"https?://[^\s<>\"“”]*[\w/#=&%~-]")
_LINK_LENGTH = 23
_TOP_LEVEL_DOMAIN = re.compile(r"\.[^\W\d_]{2}")
# twitter-text, configuration 3: code points in these ranges count as one, all others as two.
_SINGLE_WEIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
POST = 280
"""X, weighted."""
BLUESKY = 300
"""Graphemes; code points are counted, which are never fewer. Mastodon has 500 characters."""

_SENTENCE_END = re.compile(r"[.!?][\"”’)]*(?=\s)|[\u3002\uff01\uff1f]")
_JOINERS = {"\u200d", "\ufe0e", "\ufe0f"}


class SmsLength(NamedTuple):
    """The length of a text message."""

    units: int
    limit: int
    """Units in so many parts."""
    parts: int
    gsm: bool
    """Whether it is in the GSM alphabet; else it is sent as UCS-2."""


def gsm_punctuation(text: str) -> str:
    """The text with quotation marks, dashes and blanks of the GSM alphabet in place of typographic ones."""
    return text.translate(_IN_GSM)


def outside_gsm(text: str) -> tuple[str, ...]:
    """The characters that the GSM alphabet does not have, each once."""
    return tuple(dict.fromkeys(c for c in text if c not in _GSM and c not in _GSM_EXTENSION))


def sms_length(text: str) -> SmsLength:
    """The length of a text message, and the number of its parts."""
    gsm = not outside_gsm(text)
    single, each = _PART[gsm]
    sizes = [_units(character, gsm=gsm) for character in text]
    units = sum(sizes)
    if units <= single:
        return SmsLength(units, single, 1, gsm)
    parts, used = 1, 0
    for size in sizes:  # no part ends within a character of two units
        if used + size > each:
            parts, used = parts + 1, 0
        used += size
    return SmsLength(units, parts * each, parts, gsm)


def _units(character: str, *, gsm: bool) -> int:
    if gsm:
        return 2 if character in _GSM_EXTENSION else 1
    return 2 if ord(character) > 0xFFFF else 1  # noqa: PLR2004  the end of the basic plane


def post_length(text: str) -> int:
    """The length of a post as X counts it: a link counts 23, Chinese, Japanese and Korean characters count 2.

    Where X counts less it is an upper bound: of emoji of several code points, and of names of hosts, which X takes for
    links.
    """
    composed = unicodedata.normalize("NFC", text)
    links = len(_LINK.findall(composed))
    rest = _LINK.sub("", composed)
    hosts = sum(max(0, _LINK_LENGTH - _weight(part)) for part in rest.split() if _TOP_LEVEL_DOMAIN.search(part))
    return links * _LINK_LENGTH + hosts + _weight(rest)


def post_fits(text: str) -> bool:
    """Whether a post fits at X, at Bluesky and at Mastodon."""
    return post_length(text) <= POST and len(text) <= BLUESKY


def _weight(text: str) -> int:
    return sum(1 if any(first <= ord(c) <= last for first, last in _SINGLE_WEIGHT) else 2 for c in text)


def fitted(text: str, fits: Callable[[str], bool], ellipsis: str = "…") -> str:
    """The text if it fits, else the longest beginning that does; empty where nothing fits.

    It ends with a sentence if that keeps at least a third of what would fit, else with a word and an ellipsis. `fits`
    must hold for every beginning of a text for which it holds.
    """
    if not text or fits(text):
        return text
    low, high = 0, len(text) - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(text[:middle] + ellipsis) else (low, middle - 1)
    short = text[:low]
    sentences = [found.end() for found in _SENTENCE_END.finditer(text[: low + 1]) if found.end() <= low]
    if sentences and sentences[-1] * 3 >= low:
        return short[: sentences[-1]]
    if not text[low].isspace() and (blank := max(short.rfind(" "), short.rfind("\n"))) > 0:
        short = short[:blank]
    short = _whole_characters(text, len(short.rstrip(" \n,;:.–—-")))
    return short + ellipsis if short else ""


def _whole_characters(text: str, end: int) -> str:
    """`text[:end]`, or a little less: no character is cut from its marks, nor an emoji in two."""
    while 0 < end < len(text) and (
        unicodedata.combining(text[end]) or text[end] in _JOINERS or text[end - 1] == "\u200d" or text[end] in _SKINS
    ):
        end -= 1
    return text[:end]


_SKINS = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
"""Modifiers of the skin tone of the emoji before them."""
