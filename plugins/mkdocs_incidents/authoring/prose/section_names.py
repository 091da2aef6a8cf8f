"""What people call the parts of a postmortem beyond the names of the tables: misspelt, or with other words around."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

from ...content.postmortem.words import languages, name_of, table, words
from ...model import SectionKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# What a heading is about that is more than a name: "Timeline of that night". The first that fits decides.
_ABOUT = (
    (SectionKind.TIMELINE, re.compile(r"\btime ?lines?\b|\bchronolog")),
    (
        SectionKind.ACTION_ITEMS,
        re.compile(
            r"\b(?:correcti\w+|prevent\w*|remediation|action (?:items?|points?|plan)|actions(?! taken)"
            r"|follow ups?|next steps|improvements?|tasks to)\b"
        ),
    ),
    (SectionKind.ROOT_CAUSE, re.compile(r"\b(?:root|route|rout) causes?\b|\bcontributing\b")),
    (
        SectionKind.LESSONS,
        re.compile(r"\blessons? learn|\bwent (?:well|wrong|poorly|badly|right)\b|\bgot lucky\b"),
    ),
    (
        SectionKind.SUMMARY,
        re.compile(r"\b(?:issue|incident|executive|outage) summary\b|^summary\b|\bsummary$"),
    ),
    (SectionKind.RESOLUTION, re.compile(r"\bresolution\b|\bresolved\b|\brecovery\b")),
    (SectionKind.APOLOGY, re.compile(r"\bapolog(?:y|ies)\b")),
    (SectionKind.IMPACT, re.compile(r"\bimpacts?\b")),
    (SectionKind.DETECTION, re.compile(r"^detection\b|\bdetected\b")),
)
_MOST_WORDS = 9
"""Longer ones are sentences."""
_ARTICLES = ("the ", "our ", "incident ", "issue ")
_TIME = re.compile(r"\d[:.h]\d\d|\d\s?[ap]\.?m\b", re.IGNORECASE)
"""A heading with one is an entry of a timeline rather than a name: `14:30 — Resolved`."""
_TAIL = re.compile(r"\s*(?::|,| [-–—] ).*$")
_AROUND_A_NAME = re.compile(r"(?P<before>\W*(?:\d+(?:\.\d+)*\W+)?)(?P<name>[^()\[\]{}]*\w)(?P<behind>.*)", re.DOTALL)
_PLAIN = re.compile(r"(?:[^\W\d_]|[\s&'’/-])+")
_ENGLISH = frozenset({"en"})
_LONGEST_HEADING = 200
_SHORTEST_MISSPELT, _LONGEST_MISSPELT, _SLIPS, _NEAR = 6, 60, 3, 0.87
"""What a misspelt name has in letters, by how many it may differ in length, and how alike it must be."""


_LABELS = frozenset({
    "acknowledgements", "acknowledgments", "additional information", "appendix", "attachments", "author", "authors",
    "background", "background context", "closing", "closing remarks", "conclusion", "conclusion and next",
    "conclusions", "contact", "contacts", "contributors", "date", "details", "diagram", "duration",
    "duration of the outage", "escalation", "final thoughts", "further reading", "glossary", "in conclusion",
    "incident duration", "links", "making the postmortem attractive", "metadata", "notes", "outage duration", "owner",
    "participants", "reference", "references", "repository details", "resources", "security related", "see also",
    "services affected", "severity", "status", "supporting information", "trigger",
})  # fmt: skip
"""Names of parts that are none of ours, but end the part before them."""
_BOTH = re.compile(r"\b(?:root |route |rout )?causes?\b.*\b(?:resol\w+|fix|recovery)\b")
_FIGURE = re.compile(r"\w\W*\d+\s?(?:%|\w)")
_NOTHING: frozenset[SectionKind] = frozenset()


@lru_cache(maxsize=128)
def kinds_of(heading: str, *, loosely: bool) -> frozenset[SectionKind]:
    """The parts a heading announces; empty for a heading of its own, `OTHER` for a label that is no part.

    `loosely` accepts words around the name, as headings have them ("Timeline of that night"); a bare line must be
    the name itself, or nearly.
    """
    name = name_of(heading)
    if not name or len(name.split()) > _MOST_WORDS:
        return _NOTHING
    if name in _LABELS:
        return frozenset({SectionKind.OTHER})
    if not loosely and _FIGURE.search(heading):
        kind = words().sections.get(name)  # `Impact: 37% of users` is no misspelt name
    else:
        kind = kind_of(heading) if loosely else kind_named(name)
    if kind is None or kind is SectionKind.OTHER:
        return _NOTHING
    if kind is SectionKind.ROOT_CAUSE and _BOTH.search(name):
        return frozenset({kind, SectionKind.RESOLUTION})
    return frozenset({kind})


@lru_cache(maxsize=128)
def kind_of(heading: str, *, loosely: bool = True) -> SectionKind:
    """The section that a heading in plain words announces; `OTHER` for names that are not known.

    Case, numbers in front and remarks behind (`Timeline (all times WAT)`) make no difference. `loosely` accepts words
    around the name, too: `Timeline of that night`.
    """
    readings = (name_of(heading), name_of(_TAIL.sub("", heading)))
    named = next((kind for name in readings if (kind := kind_named(name))), None)
    if named is None and loosely and not _TIME.search(heading):
        named = next((kind for name in readings if (kind := _about(name))), None)
    return named or SectionKind.OTHER


@lru_cache(maxsize=128)
def kind_named(name: str) -> SectionKind | None:
    """The section whose name `name`, as `name_of` gives it, is or nearly is: `issue summery`; None where it is none."""
    plain = next((name.removeprefix(article) for article in _ARTICLES if name.startswith(article)), name)
    known = words().sections
    return known.get(name) or known.get(plain) or known.get(_nearest(name, _names_in("en")))


def languages_of(headings: Iterable[str]) -> frozenset[str]:
    """The languages in whose tables any of `headings` is the name of a section; English where none is."""
    names = {name_of(heading) for heading in headings}
    return frozenset(language for language in languages() if names & _names_in(language).keys()) or _ENGLISH


def correct_name(heading: str, in_languages: frozenset[str]) -> str | None:
    """A heading whose name of a section is misspelt, with the right spelling; None where it is not, or no name.

    Only names of the languages of the document are known: `Detektion` is no misspelt English word.
    """
    found = _AROUND_A_NAME.match(heading) if len(heading) <= _LONGEST_HEADING else None
    if found is None or words().sections.get(name_of(heading)) or not _PLAIN.fullmatch(found["name"]):
        return None
    known = {name: spelling for language in in_languages for name, spelling in _names_in(language).items()}
    near = _nearest(name_of(found["name"]), known)
    if not near:
        return None
    correct = known[near].upper() if found["name"].isupper() else known[near]
    return f"{found['before']}{correct}{found['behind']}"


def _about(name: str) -> SectionKind | None:
    typed = name.split()
    if len(typed) > _MOST_WORDS:
        return None
    about = next((kind for kind, pattern in _ABOUT if pattern.search(name)), None)
    if about:
        return about
    longest = (typed[start : start + size] for size in range(len(typed) - 1, 2, -1) for start in range(len(typed)))
    return next((kind for part in longest if (kind := words().sections.get(" ".join(part)))), None)


def _nearest(name: str, known: Iterable[str]) -> str:
    """The name of a section among `known` that a misspelt one means; empty where it means none."""
    if not _SHORTEST_MISSPELT <= len(name) <= _LONGEST_MISSPELT:
        return ""
    alike = [
        each
        for each in known
        if each[0] == name[0]
        and len(each) >= _SHORTEST_MISSPELT
        and abs(len(each) - len(name)) <= _SLIPS
        and len(each.split()) == len(name.split())
    ]
    return next(iter(get_close_matches(name, alike, n=1, cutoff=_NEAR)), "")


@lru_cache(maxsize=16)
def _names_in(language: str) -> Mapping[str, str]:
    """The names of sections in a language, as `name_of` gives them → as its table writes them."""
    sections = table(language).get("sections", {})
    return {name_of(name): name for names in sections.values() for name in names}
