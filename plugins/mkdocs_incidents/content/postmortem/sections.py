"""The body of a file → its parts, by heading, before and after they are read.

A heading of any level, or a line that is only bold, announces a section if its text is a name of the tables in
`languages/`, leading numbers and bracketed asides apart. Other headings only divide the text. Nothing the author wrote
is lost between the parts. A part that has been read has marks by which the HTML of its entries is found again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_incidents.model import SectionKind

from ..markdown_lines import Lines
from .language_tables import language_tables, name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ATX = re.compile(r" {0,3}(?P<marks>#{1,6})(?!#)(?P<space>[ \t]*)")
_UNDERLINE = re.compile(r" {0,3}(?:(?P<first>=+)|-+)[ \t]*$")
_BOLD = re.compile(r"(?:\*\*(?P<stars>[^*]+)\*\*|__(?P<bars>[^_]+)__)[ \t]*:?[ \t]*$")
_NO_TITLE = re.compile(r"\s*(?:$|[-*+>|#=]|\d+[.)]\s|<!--|```|~~~)|[ ]{4}|\t")
_BOLD_LEVEL = 2
"""The level at which a bold name is shown: as an ordinary section, below the page's own heading."""
_BOLD_DEPTH = 7
"""How deep a bold name ranks among headings: below all of them, so that any of them ends its section."""

_ATTRIBUTES = re.compile(r"\s*\{:?\s*[#.][^}]*\}\s*$")
_LINK = re.compile(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_EMPHASIS = re.compile(r"(\*{1,3}|(?<!\w)_{1,3}|`+)(?=\S)(.+?)(?<=\S)\1(?!(?<=_)\w)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|~-])")
_MARKUP = re.compile(r"[\\\[\]<>*_`{]")
_LONGEST_HEADING = 500  # characters read of one; what is longer is an attack or an accident
_HIDDEN = 0xE000  # private characters stand for escaped ones until the marks around them are gone
_HIDDEN_CHARACTER = re.compile(f"[{chr(_HIDDEN)}-{chr(_HIDDEN + 127)}]")


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyPart:
    """A section with the heading as it was typed: `source` and `markdown` of all parts together are the body."""

    kind: SectionKind
    heading: str
    level: int
    """1 to 6; 0 where there is no heading."""
    depth: int
    """Its level, or 7 for a bold name: a section goes on until the next heading of the same or a smaller depth."""
    source: str
    """The line, or two lines, of the heading with their ends; empty where there is none."""
    markdown: str
    first_line: int
    """Of the heading, or of the text where there is none; counted from 0 in the body."""
    text_line: int
    """Of the text."""
    lines: Lines
    """Those of `markdown`."""


def split_lines(lines: Lines) -> tuple[BodyPart, ...]:
    """The parts of a body that is already cut into lines."""
    parts: list[BodyPart] = []
    heading = _Heading(0, 0, 0, 0, "")
    for found in [*_headings(lines), _Heading(len(lines.texts), len(lines.texts), 0, 0, "")]:
        if found.first > 0 or heading.level:
            parts.append(_part(lines, heading, found.first))
        heading = found
    return tuple(parts)


@dataclass(frozen=True, slots=True)
class _Heading:
    first: int
    text_from: int
    level: int
    depth: int
    plain: str


def _part(lines: Lines, heading: _Heading, end: int) -> BodyPart:
    own = slice(heading.text_from, end)
    return BodyPart(
        kind=kind_of(heading.plain) if heading.level else SectionKind.OTHER,
        heading=heading.plain,
        level=heading.level,
        depth=heading.depth,
        source="".join(lines.texts[heading.first : heading.text_from]),
        markdown="".join(lines.texts[own]),
        first_line=heading.first,
        text_line=heading.text_from,
        lines=Lines(texts=lines.texts[own], prose=lines.prose[own], unclosed_fences=()),
    )


def _headings(lines: Lines) -> Iterator[_Heading]:
    after_blank = True
    for number, line in enumerate(lines.texts):
        if not lines.prose[number]:
            after_blank = True
            continue
        found = _atx(number, line) if "#" in line[:4] else None
        if found is None and after_blank:
            below = lines.texts[number + 1] if number + 1 < len(lines.texts) and lines.prose[number + 1] else ""
            found = _bold(number, line) or _underlined(number, line, below)
        if found:
            yield found
        # A heading ends a block as a blank line does; so does the underline, which follows as a line of its own.
        after_blank = found is not None or line.isspace() or (after_blank and _UNDERLINE.match(line) is not None)


def _atx(number: int, line: str) -> _Heading | None:
    found = _ATX.match(line)
    if found is None:
        return None
    text = line[found.end() :].rstrip()
    shorter = text.rstrip("#")
    plain = plain_words(shorter if not shorter or shorter.endswith((" ", "\t")) else text)
    if not found["space"] and plain and kind_of(plain) is SectionKind.OTHER:
        return None  # `#hashtag`, `#1`: only a known name is taken for a heading without a space
    level = len(found["marks"])
    return _Heading(number, number + 1, level, level, plain)


def _bold(number: int, line: str) -> _Heading | None:
    if line[:2] not in {"**", "__"}:
        return None
    found = _BOLD.match(line.rstrip("\n"))
    if found is None:
        return None
    plain = plain_words(found["stars"] or found["bars"])
    known = kind_of(plain) is not SectionKind.OTHER
    return _Heading(number, number + 1, _BOLD_LEVEL, _BOLD_DEPTH, plain) if known else None


def _underlined(number: int, line: str, below: str) -> _Heading | None:
    if below[:1] not in {"=", "-", " "}:
        return None
    underline = _UNDERLINE.match(below.rstrip("\n"))
    # Only at the beginning of a block, as Python-Markdown has it: dashes below a paragraph are a rule.
    if underline is None or _NO_TITLE.match(line):
        return None
    level = 1 if underline["first"] else 2
    return _Heading(number, number + 2, level, level, plain_words(line))


def kind_of(heading: str) -> SectionKind:
    """The section that a heading announces; `OTHER` for one that is no name of the tables."""
    return language_tables().sections.get(name_of(heading), SectionKind.OTHER)


def plain_words(markdown: str) -> str:
    """One line of Markdown as plain text: no emphasis, links, tags or attributes."""
    if not _MARKUP.search(markdown):
        return " ".join(markdown[:_LONGEST_HEADING].split())
    plain = _ESCAPE.sub(lambda found: chr(_HIDDEN + ord(found[1])), markdown.strip()[:_LONGEST_HEADING])
    plain = _ATTRIBUTES.sub("", plain)
    plain = _TAG.sub("", _LINK.sub(r"\1", plain))
    plain = _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", plain))
    plain = _HIDDEN_CHARACTER.sub(lambda found: chr(ord(found[0]) - _HIDDEN), plain)
    return " ".join(plain.split())


ENTRY_MARK = "<!-- incidents:entry {number} -->"
"""Between the time and the words of a timeline entry."""
LABEL_MARK = "<!-- incidents:label -->"
"""Behind the label that states the turning point of a timeline entry."""
DAY_MARK = "<!-- incidents:day -->"
"""Behind a day that stands on a line of its own."""
ITEM_MARK = "<!-- incidents:item {number} -->"
"""Before the words of an action item."""
ITEM_END = "<!-- incidents:item-end -->"
"""Behind the words of an action item, where its facts begin."""

CELL_MARK = "<!-- incidents:cell -->"
"""Before the words of a cell in the row of an action item that is shown with it, because it is not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A remark on a line for the author: a warning if it has a code, else a note on text that is not read."""

    line: int
    """Of the file."""
    message: str
    code: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSection:
    """What a part of a body is once it has been read."""

    marked: str
    """Its Markdown for the host, with a mark in each entry or action item."""
    markdown: str
    """Its Markdown for readers, without the marks of turning points."""
    heading: str | None = None
    """Its heading without the mark of a turning point, where it is an entry."""
    entry: int | None = None
    """The number of the entry that the whole part is, its heading included."""
    heading_is_day: bool = False
    """Whether its heading is a day, which holds for the entries below it."""


def inserted(text: str, marks: Iterable[tuple[int, str]]) -> str:
    """`text` with each mark at its index."""
    for index, mark in sorted(marks, reverse=True):
        text = f"{text[:index]}{mark}{text[index:]}"
    return text
