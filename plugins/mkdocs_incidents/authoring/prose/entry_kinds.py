"""Which turning point an entry of a timeline describes, by its own words or as its author wrote: `{kind: detected}`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from ...model import EntryKind
from .entry_phrases import DOUBT, LABELS, PHRASES, STEMS, TAKEN_BACK
from .sentences import sentences_in

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from ...model import TimelineEntry

_STATED = re.compile(r"[ \t]*(?<!`)\{\s*kind\s*[:=]\s*[\"']?(?P<kind>[\w -]+?)[\"']?\s*\}(?!`)")
_LABEL = re.compile(r"[*_]*(?P<label>[A-Za-z][A-Za-z ]{3,30}?)[*_]*\s*(?:[:.,–—]|\s-|$)")
_READ = 200
"""Characters of an entry that are looked at: what it describes stands at its beginning."""
_A_LITTLE = timedelta(minutes=30)
"""By which users may have begun to feel it before the file says so; further back it was something else."""
_SUCCESS = {EntryKind.MITIGATED, EntryKind.RESOLVED, EntryKind.IDENTIFIED, EntryKind.CAUSE}
_OF_THE_RESPONSE = {EntryKind.DETECTED, EntryKind.IDENTIFIED, EntryKind.MITIGATED}
_COMPILED = tuple(
    (kind, re.compile(rf"(?<![\w-])(?:{'|'.join(phrases)})", re.IGNORECASE)) for kind, phrases in PHRASES.items()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundKind:
    """The turning point that an entry describes."""

    text: str
    """The entry without its `{kind: …}`."""
    kind: EntryKind | None
    stated: bool = False
    """Whether its author says so, with a mark or with a label in front; else it was recognised by its words."""
    unknown: str = ""
    """What was written for a kind and is none."""


def entry_kind(text: str) -> FoundKind:
    """The turning point of an entry."""
    stated = _STATED.search(text)
    if stated:
        shown = without_kinds(text)
        name = stated["kind"].strip().lower().replace(" ", "_").replace("-", "_")
        if name == "none":
            return FoundKind(text=shown, kind=None, stated=True)
        if name in list(EntryKind):
            return FoundKind(text=shown, kind=EntryKind(name), stated=True)
        return FoundKind(text=shown, kind=None, unknown=stated["kind"])
    label = _LABEL.match(text)
    kind = LABELS.get(label["label"].strip().lower()) if label else None
    if label and kind and not _denied(text[label.end() :]):
        return FoundKind(text=text, kind=kind, stated=True)
    return FoundKind(text=text, kind=None if kind else _recognised(text))


def without_kinds(markdown: str) -> str:
    """A text without the marks `{kind: …}`: they are ours, and not for readers."""
    return _STATED.sub("", markdown).strip() if "\n" not in markdown else _STATED.sub("", markdown)


def turning_points(entries: Iterable[tuple[TimelineEntry, bool]], begins_at: datetime) -> tuple[TimelineEntry, ...]:
    """The entries with each kind of turning point once; the bool says whether the author stated the kind.

    The first of a kind turns, of recoveries the last, and what an author states comes before what was recognised. What
    is only recognised must be possible, too: a cause comes before `begins_at`, when users began to feel it, and all
    that is done about it comes after. An alarm that is stated before gives way to the noticing that follows.
    """
    found = [(entry, stated) for entry, stated in entries]
    turns: dict[EntryKind, tuple[int, bool]] = {}
    for place, (entry, stated) in enumerate(found):
        if entry.kind is None or not (stated or _possible(entry.kind, entry.at, begins_at)):
            continue
        known = turns.get(entry.kind)
        if known and entry.kind in _OF_THE_RESPONSE and found[known[0]][0].at < begins_at <= entry.at:
            known = None
        if known is None or (stated and not known[1]) or (entry.kind is EntryKind.RESOLVED and stated >= known[1]):
            turns[entry.kind] = place, stated
    kept = {place for place, _ in turns.values()}
    return tuple(entry if place in kept else replace(entry, kind=None) for place, (entry, _) in enumerate(found))


def _possible(kind: EntryKind, at: datetime, begins_at: datetime) -> bool:
    if kind is EntryKind.CAUSE:
        return at <= begins_at
    return at >= (begins_at - _A_LITTLE if kind is EntryKind.IMPACT_BEGINS else begins_at)


def _denied(behind: str) -> bool:
    """Whether the words behind a label retract it: `Identified: no`, `Mitigation: restart, no effect`."""
    rest = " ".join(behind.split())[:_READ].strip(" *_.")
    return TAKEN_BACK.search(rest) is not None or rest.casefold() in {"no", "none", "unknown", "n/a", "-"}


@lru_cache(maxsize=128)  # asked again while one file is read
def _recognised(text: str) -> EntryKind | None:
    plain = " ".join(text.split())[:_READ].replace("*", "").replace("`", "")
    for _, sentence in islice(sentences_in(plain), 2):
        if sentence.endswith("?"):
            return None  # what is asked did not happen
        folded = sentence.casefold()
        for kind, pattern in _COMPILED:
            if any(stem in folded for stem in STEMS[kind]) and any(
                _says(kind, sentence, found) for found in pattern.finditer(sentence)
            ):
                return kind
    return None


def _says(kind: EntryKind, sentence: str, found: re.Match[str]) -> bool:
    if DOUBT.search(sentence[: found.end()]):
        return False
    return kind not in _SUCCESS or not TAKEN_BACK.search(sentence[found.end() :])
