"""The parts of a document: headings and labels, the kind of section each announces, and the lines below it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from mkdocs_incidents.content.postmortem.language_tables import language_table, language_tables, languages, name_of
from mkdocs_incidents.model import SectionKind

from .document import parse_body
from .time_mentions import leading_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .document import DocumentLine, TextDocument

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
        kind = language_tables().sections.get(name)  # `Impact: 37% of users` is no misspelt name
    else:
        kind = section_kind_of(heading) if loosely else kind_named(name)
    if kind is None or kind is SectionKind.OTHER:
        return _NOTHING
    if kind is SectionKind.ROOT_CAUSE and _BOTH.search(name):
        return frozenset({kind, SectionKind.RESOLUTION})
    return frozenset({kind})


@lru_cache(maxsize=128)
def section_kind_of(heading: str, *, loosely: bool = True) -> SectionKind:
    """The section that a heading in plain words announces; `OTHER` for names that are not known.

    Case, numbers in front and remarks behind (`Timeline (all times WAT)`) make no difference. `loosely` accepts words
    around the name, too: `Timeline of that night`.
    """
    readings = (name_of(heading), name_of(_TAIL.sub("", heading)))
    named = next((kind for name in readings if (kind := kind_named(name))), None)
    if named is None and loosely and not _TIME.search(heading):
        named = next((kind for name in readings if (kind := _section_kind_of_heading(name))), None)
    return named or SectionKind.OTHER


@lru_cache(maxsize=128)
def kind_named(name: str) -> SectionKind | None:
    """The section whose name `name`, as `name_of` gives it, is or nearly is: `issue summery`; None where it is none."""
    plain = next((name.removeprefix(article) for article in _ARTICLES if name.startswith(article)), name)
    known = language_tables().sections
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
    if found is None or language_tables().sections.get(name_of(heading)) or not _PLAIN.fullmatch(found["name"]):
        return None
    known = {name: written_form for language in in_languages for name, written_form in _names_in(language).items()}
    near = _nearest(name_of(found["name"]), known)
    if not near:
        return None
    correct = known[near].upper() if found["name"].isupper() else known[near]
    return f"{found['before']}{correct}{found['behind']}"


def _section_kind_of_heading(name: str) -> SectionKind | None:
    typed = name.split()
    if len(typed) > _MOST_WORDS:
        return None
    about = next((kind for kind, pattern in _ABOUT if pattern.search(name)), None)
    if about:
        return about
    longest = (typed[start : start + size] for size in range(len(typed) - 1, 2, -1) for start in range(len(typed)))
    return next((kind for part in longest if (kind := language_tables().sections.get(" ".join(part)))), None)


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
    sections = language_table(language).get("sections", {})
    return {name_of(name): name for names in sections.values() for name in names}


BOLD, BARE, ITEM = 7, 8, 9
"""Levels of what stands in for a heading, below the six of Markdown."""
_LONGEST_LABEL = 60
OWN_LISTS = frozenset({SectionKind.TIMELINE, SectionKind.ACTION_ITEMS})
_STRONG = frozenset(
    {SectionKind.TIMELINE, SectionKind.ACTION_ITEMS, SectionKind.ROOT_CAUSE, SectionKind.SUMMARY, SectionKind.LESSONS}
)
_LABEL = re.compile(r"([^:]{2,60}):\s*(.*)$")


@dataclass(slots=True, kw_only=True)
class DocumentPart:
    """A heading, or what serves as one, and the lines up to the next."""

    heading: str
    line: int
    level: int
    """1 to 6 for headings, more for labels, 0 for the text before the first."""
    kinds: frozenset[SectionKind]
    """What it announces by itself; empty for a heading of its own."""
    above: DocumentPart | None
    lines: list[DocumentLine] = field(default_factory=list)
    indent: int = 0

    def within(self, kind: SectionKind) -> bool:
        """Whether it is a part of this kind, or lies inside of one without being announced as another main part."""
        if kind in self.kinds:
            return True
        if self.kinds & _STRONG or self.above is None:
            return False
        return self.above.within(kind)

    def inside(self, around: DocumentPart) -> bool:
        """Whether it stands somewhere below `around`."""
        return self.above is not None and (self.above is around or self.above.inside(around))

    @property
    def first(self) -> bool:
        """Whether it is what stands before every heading."""
        return self.level == 0


@dataclass(frozen=True, kw_only=True)
class DocumentParts:
    """All parts of a document, in order."""

    all: tuple[DocumentPart, ...]
    title: DocumentLine | None
    """The heading or line that names the document."""

    def of(self, kind: SectionKind) -> list[DocumentPart]:
        """Parts of a kind, with the parts inside of them."""
        return [part for part in self.all if part.within(kind)]

    @cached_property
    def kinds(self) -> list[SectionKind]:
        """The kinds that have a heading or a label of their own, in the author's order."""
        seen = dict.fromkeys(
            kind for part in self.all for kind in SectionKind if kind in part.kinds and kind is not SectionKind.OTHER
        )
        return list(seen)

    @property
    def labelled(self) -> int:
        """How many main parts are announced."""
        return len(self.kinds)


@lru_cache(maxsize=8)  # asked again by each kind of proposal while nothing changes
def parts_of_body(text: str) -> DocumentParts:
    """The parts of a body without front matter of its own."""
    return divide(parse_body(text))


def divide(document: TextDocument) -> DocumentParts:
    """The parts of `document`."""
    builder = _Builder(title=_title_line(document.lines))
    lines = document.lines
    for index, line in enumerate(lines):
        nearby = lines[index + 1] if index + 1 < len(lines) else None
        builder.add(line, nearby)
    return DocumentParts(all=tuple(builder.parts), title=builder.title)


class _Builder:
    def __init__(self, *, title: DocumentLine | None) -> None:
        self.title = title
        self.parts = [DocumentPart(heading="", line=1, level=0, kinds=frozenset(), above=None)]
        self.before_blank = True

    @property
    def current(self) -> DocumentPart:
        return self.parts[-1]

    def add(self, line: DocumentLine, following: DocumentLine | None) -> None:
        if line is self.title and line.level == 0:
            self.current.lines.append(line)
            return
        begun = None if line.code or line.blank or line.cells else self._heading(line, following)
        if begun:
            part, rest = begun
            self.parts.append(part)
            if rest:
                part.lines.append(_only(line, rest))
        else:
            self.current.lines.append(line)
        self.before_blank = line.blank

    def _heading(self, line: DocumentLine, following: DocumentLine | None) -> tuple[DocumentPart, str] | None:
        timed = leading_time(line.text)
        if timed and (timed.mention.clock or timed.day_alone) and line is not self.title:
            return None  # a heading that is a time is an entry, one that is a day groups entries
        if line.level:
            kinds = kinds_of(line.text, loosely=line is not self.title)
            return self._part(line, line.text, line.level, kinds), ""
        if line.quoted and not line.bold:
            return None
        if line.bold and not line.listed:
            kinds = kinds_of(line.text, loosely=len(line.text) < _LONGEST_LABEL)
            return (self._part(line, line.text, BOLD, kinds), "") if kinds else None
        return self._label(line, following)

    def _label(self, line: DocumentLine, following: DocumentLine | None) -> tuple[DocumentPart, str] | None:
        """A bare line that is the name of a part, or `Name: text`."""
        sibling = line.listed and self.current.level == ITEM and line.indent <= self.current.indent
        if len(line.text) <= _LONGEST_LABEL or _announces_with_an_aside(line.text):
            name = line.text.rstrip(" :-–—")
            kinds = kinds_of(name, loosely=line.listed and line.bold)
            if kinds and self._plausible(line, name, kinds, following):
                return self._part(line, name, ITEM if line.listed else BARE, kinds), ""
        if self._ends_timeline(line, following):
            return self._part(line, line.text.rstrip(" :"), BARE, frozenset({SectionKind.OTHER})), ""
        found = _LABEL.match(line.text[:2000])
        if not found:
            return (self._part(line, line.text, ITEM, frozenset({SectionKind.OTHER})), "") if sibling else None
        name, rest = found[1], line.text[found.start(2) :]
        kinds = kinds_of(name, loosely=False)
        if sibling:
            return self._part(line, name, ITEM, kinds or frozenset({SectionKind.OTHER})), rest
        lists = any(self.current.within(kind) for kind in OWN_LISTS)
        if not kinds or line.listed or (lists and not (kinds & _STRONG and not kinds & OWN_LISTS)) or not rest:
            return None
        return self._part(line, name, BARE, kinds), rest

    def _ends_timeline(self, line: DocumentLine, following: DocumentLine | None) -> bool:
        """Whether a label of its own opens another list after that of a timeline that began with a bare label, too."""
        part = self.current
        if line.listed or part.level != BARE or SectionKind.TIMELINE not in part.kinds or following is None:
            return False
        items = [item for item in part.lines if item.listed]
        label = line.text.endswith(":") and len(line.text) <= _LONGEST_LABEL
        return label and bool(items) and following.listed and line.indent < items[0].indent

    def _plausible(
        self, line: DocumentLine, name: str, kinds: frozenset[SectionKind], following: DocumentLine | None
    ) -> bool:
        """Whether a short line that could be a heading is one: not an item in the middle of a list."""
        lists = any(self.current.within(kind) for kind in OWN_LISTS)
        if line.listed:
            ends = line.text.endswith(":")
            opens = following is not None and (following.indent > line.indent or following.blank)
            exact = bool(kinds_of(name, loosely=False) & OWN_LISTS) and following is not None and following.listed
            named = exact or ((ends or line.bold) and opens)
            return bool(kinds - {SectionKind.OTHER}) and named and not (lists and line.indent)
        if lists and not kinds & _STRONG and SectionKind.RESOLUTION not in kinds and not self.before_blank:
            return False
        return len(name_of(name)) > 2 and (name[:1].isupper() or line.text.endswith(":") or self.before_blank)  # noqa: PLR2004

    def _part(self, line: DocumentLine, heading: str, level: int, kinds: frozenset[SectionKind]) -> DocumentPart:
        above = next((part for part in self._open() if 0 < part.level < level), None)
        return DocumentPart(
            heading=heading, line=line.number, level=level, kinds=kinds, above=above, indent=line.indent
        )

    def _open(self) -> Iterable[DocumentPart]:
        """The current part, and the ones around it, innermost first."""
        part: DocumentPart | None = self.current
        while part is not None:
            yield part
            part = part.above


def _announces_with_an_aside(text: str) -> bool:
    """Whether a longer line is a label with a remark behind it: `Timeline (all times are in West Africa Time):`."""
    return text.rstrip(" :").endswith(")") and len(text) <= _LONGEST_TITLE and len(name_of(text)) <= _LONGEST_LABEL


def _only(line: DocumentLine, text: str) -> DocumentLine:
    """`line` without the label it began with."""
    return type(line)(number=line.number, text=text)


_LINK_ONLY = re.compile(r"(?:[\w -]{1,40}:\s*)?(?:https?://|www\.)\S+$")
_BYLINE = re.compile(
    r"(?:by|author|authors|date|written by|prepared by|created by|last modified|created)\b", re.IGNORECASE
)
_REPORT = re.compile(r"post-?mortem|report|incident", re.IGNORECASE)
_LONGEST_TITLE, _SHORT_TITLE = 160, 90


def _title_line(lines: Sequence[DocumentLine]) -> DocumentLine | None:
    """The line that names the document; None where it begins with one of its parts, or with prose."""
    for index, line in enumerate(lines[:60]):
        if line.blank or line.code or line.cells or not re.search(r"\w", line.text) or _LINK_ONLY.match(line.text):
            continue
        exact = kinds_of(line.text.rstrip(" :"), loosely=False)
        if line.level:
            return None if exact or _is_label(line.text) else line
        if exact or line.listed or ((label := _LABEL.match(line.text[:200])) and kinds_of(label[1], loosely=False)):
            return None
        following = lines[index + 1] if index + 1 < len(lines) else None
        if line.bold or _names_it(line, following):
            return line
        return _first_heading(lines)
    return None


def _is_label(heading: str) -> bool:
    """Whether a heading only announces what stands below it: `Outage:`."""
    return heading.endswith(":") and len(heading.rstrip(" :").split()) == 1 and not _REPORT.search(heading)


def _names_it(line: DocumentLine, following: DocumentLine | None) -> bool:
    """Whether a bare line is a name rather than prose: short, not a sentence, and not wrapped onto the next line."""
    if len(line.text) > _LONGEST_TITLE or line.quoted or _BYLINE.match(line.text) or line.text.endswith(","):
        return False
    alone = following is None or following.blank or following.level > 0
    if line.text.endswith((".", ":")):
        return alone and len(line.text) <= _SHORT_TITLE and line.text.count(". ") == 0
    wrapped = following is not None and following.text[:1].islower()
    return not wrapped and (alone or len(line.text) <= _SHORT_TITLE)


def _first_heading(lines: Sequence[DocumentLine]) -> DocumentLine | None:
    """The first heading after opening prose, if it is the document's name rather than one of its parts."""
    first = next((line for line in lines if line.level and not line.code), None)
    return None if first is None or kinds_of(first.text, loosely=True) or leading_time(first.text) else first
