"""The text of a timeline entry behind its time, with balanced marks of emphasis."""

from __future__ import annotations

import re

_MARK = re.compile(r"\*+|(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)|`+|~~|[\[\]()]")
_CLOSED_BY = {"[": "]", "(": ")"}
_SEPARATOR = re.compile(r"\s*(?:—|–|-{1,3}>?|=>|:|,|→|\|)")
_SPACE = re.compile(r"\s*")
_LOCAL = re.compile(r"\s*\(?local(?:\s+time)?\b\)?", re.IGNORECASE)


def text_behind(text: str, end: int) -> str:
    """The text behind a time that ends at `end`: without the separator, and no mark of emphasis is left half open.

    `**14:30:** it broke` → `it broke`, `**14:30 — it broke** for all` → `**it broke** for all`.
    """
    opened = _opened_in(text[:end])
    local = _LOCAL.match(text, end)
    place, separated = local.end() if local else end, False
    while True:
        closer = _CLOSED_BY.get(opened[-1], opened[-1]) if opened else ""
        here = _end_of(_SPACE, text, place)
        if closer and text.startswith(closer, here):
            place = here + len(closer)
            opened.pop()
        elif not separated and (separator := _SEPARATOR.match(text, place)):
            place, separated = separator.end(), True
        else:
            break
    rest = text[place:].strip()
    return f"{''.join(opened)}{rest}" if rest else ""


def without_open_marks(label: str) -> str:
    """A label cut off before its end, without the marks of emphasis that were closed behind the cut."""
    label = label.strip()
    for mark in _opened_in(label):
        label = label.replace(mark, "", 1)
    return label.strip()


def _opened_in(text: str) -> list[str]:
    """The marks that are opened in `text` and not closed there, outermost first."""
    opened: list[str] = []
    for mark in _MARK.findall(text):
        if opened and mark == _CLOSED_BY.get(opened[-1], opened[-1]):
            opened.pop()
        elif mark not in {"]", ")"}:
            opened.append(mark)
    return opened


def _end_of(pattern: re.Pattern[str], text: str, place: int) -> int:
    found = pattern.match(text, place)
    return found.end() if found else place
