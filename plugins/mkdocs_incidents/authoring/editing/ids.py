"""Ids of new notices and updates. They are permanent: addresses and feeds depend on them.

The id of a notice is its day and its title, `2026-04-06-card-payments-failed`, and so the name of its file. The id of
an update is that which a build derives for one without: `update-20260406-1430`. Written into the file it stays as it
is when the time is corrected.
"""

from __future__ import annotations

import unicodedata
from itertools import count
from typing import TYPE_CHECKING

from mkdocs_incidents.content.format.values import derived_update_id, read_id
from mkdocs_incidents.content.problems import WrongValueError
from mkdocs_incidents.content.source import composed

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date, datetime

_LONGEST_SLUG, _LONGEST_SLUG_BYTES = 60, 180
_LATIN_WITHOUT_ACCENT = str.maketrans(
    {
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "ł": "l",
        "þ": "th",
        "ŋ": "n",
    }
)
"""Letters that Unicode does not take apart; ß and ligatures are letters of their own no more after case folding."""
_WITHIN_WORDS = "'’"


def notice_id(title: str, day: date, *, word: str = "incident") -> str:
    """The id of a notice that begins on `day`, a day in its own zone; `word` stands for a title without letters.

    At most 60 characters of the title, cut between words. Letters of the Latin script lose their accents; those of
    other scripts stay.
    """
    return read_id(f"{day}-{_slug(title) or word}")


def require_free(wanted: str, taken: Mapping[str, str]) -> None:
    """Check that no notice has the id `wanted`, nor had it: `taken` are all ids and former ids → the file.

    Raises:
        WrongValueError: one has; the hint has the nearest id that is free.
    """
    files = {composed(existing): file for existing, file in taken.items()}
    if file := files.get(composed(wanted)):
        raise WrongValueError(
            "duplicate-id",
            f"{file} has the id {wanted} already",
            f"write incidents update {wanted} to add to it, or --id {free_id(wanted, taken)} for another notice",
        )


def free_id(wanted: str, taken: Collection[str]) -> str:
    """`wanted`, or the first of `wanted-2`, `wanted-3` … that is not among the ids `taken`."""
    used = {composed(existing) for existing in taken}
    variants = (wanted if number == 1 else f"{wanted}-{number}" for number in count(1))
    return next(variant for variant in variants if composed(variant) not in used)


def update_id(at: datetime, taken: Collection[str]) -> str:
    """The id of a new update at the UTC instant `at`, of a notice whose other updates have the ids `taken`."""
    return next(found for number in count(1) if (found := derived_update_id(at, number)) not in taken)


def _slug(title: str) -> str:
    """The letters and digits of `title` with a hyphen between words, in lower case."""
    words = "".join(_plain(char) for char in _without_accents(unicodedata.normalize("NFKC", title))).split()
    slug = ""
    for word in words:
        if not any(char.isalnum() for char in word):  # marks without a letter
            continue
        longer = f"{slug}-{word}" if slug else _cut(word)
        if longer != _cut(longer):
            break
        slug = longer
    return slug


def _cut(text: str) -> str:
    """The beginning of `text` that is short enough for a file name, in characters and in bytes."""
    return text[:_LONGEST_SLUG].encode()[:_LONGEST_SLUG_BYTES].decode(errors="ignore")


def _without_accents(text: str) -> str:
    """`text` in lower case, without the marks of Latin letters."""
    kept, latin = [], False
    for char in unicodedata.normalize("NFD", text.casefold().translate(_LATIN_WITHOUT_ACCENT)):
        if not unicodedata.combining(char):
            latin = "LATIN" in unicodedata.name(char, "")
        elif latin:
            continue
        kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept))


def _plain(char: str) -> str:
    """A letter, digit or mark as it is, nothing for what stands within words, a space for the rest."""
    category = unicodedata.category(char)
    if category[0] in "LNM":
        return char
    return "" if char in _WITHIN_WORDS or category == "Cf" else " "
