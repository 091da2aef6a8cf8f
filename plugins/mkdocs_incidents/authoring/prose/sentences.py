"""Text as sentences, and the sentences of a document with their lines, labels and ranks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_incidents.model import SectionKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .document import DocumentLine
    from .document_parts import DocumentPart, DocumentParts

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


_LONGEST, _LONGEST_NAME = 4000, 8
_TELLING = (SectionKind.SUMMARY, SectionKind.IMPACT)
_LABEL = re.compile(r"[\w /()&'’-]{2,60}:")
_FACTS = re.compile(
    r"(?:incident |outage )?(?:duration|date|start|end|when|key facts|details|downtime)\b", re.IGNORECASE
)
# Parts that do not describe the course of this incident.
_ASIDE = frozenset({SectionKind.TIMELINE, SectionKind.ACTION_ITEMS, SectionKind.LESSONS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence, or a line that is not part of running text."""

    line: int
    text: str
    part: DocumentPart
    rank: int
    """0 for the summary and its kin, 1 for what opens the document, 2 for the account of it, 3 for everything else."""
    label: str = ""
    """`Start time` in `Start time: 14:30`, or the name of the part it stands in."""
    quoted: bool = False


def sentences(parts: DocumentParts, timeline_lines: frozenset[int], front: Mapping[str, str]) -> list[Sentence]:
    """The sentences of a document, those about the incident first; entries of the timeline are none."""
    found = [
        Sentence(line=1, text=f"{name}: {value}", part=parts.all[0], rank=0, label=name)
        for key, value in front.items()
        if _FACTS.match(name := key.replace("_", " ")) and key != "date"
    ]
    opening = True
    for part in parts.all:
        rank = _rank(part, opening=opening)
        opening = opening and not (part.kinds - {SectionKind.OTHER})
        found += _cells(part, rank, timeline_lines)
        label = _LABEL.match(part.heading)
        if label or len(part.heading.split()) > _LONGEST_NAME:  # it carries its text: `### Duration: 17:30 to 01:00`
            name = label[0][:-1].strip() if label else ""
            found.append(Sentence(line=part.line, text=part.heading, part=part, rank=rank, label=name))
        for paragraph in _paragraphs(part.lines, timeline_lines, parts.title):
            found += _cut(paragraph, part, rank)
    return sorted(found, key=lambda sentence: (sentence.rank, sentence.line))


def _cells(part: DocumentPart, rank: int, left_out: frozenset[int]) -> Iterator[Sentence]:
    """The cells of tables that are no timeline, each with the head of its column as its label."""
    header: tuple[str, ...] = ()
    for line in part.lines:
        if not line.cells:
            header = ()
        elif line.header:
            header = line.cells
        elif line.number not in left_out and not left_out & {line.number - 1, line.number + 1}:
            for name, cell in zip(header, line.cells, strict=False):
                if name and cell:
                    yield Sentence(line=line.number, text=f"{name}: {cell}", part=part, rank=rank, label=name)


def _rank(part: DocumentPart, *, opening: bool) -> int:
    if any(part.within(kind) for kind in _TELLING) or _FACTS.match(part.heading):
        return 0
    if any(part.within(kind) for kind in _ASIDE):
        return 3
    return 1 if opening else 2


def _paragraphs(
    lines: list[DocumentLine], left_out: frozenset[int], title: DocumentLine | None
) -> Iterator[list[DocumentLine]]:
    current: list[DocumentLine] = []
    for line in lines:
        stands_alone = line.listed or line.level or line.cells or line.bold or line is title
        if (
            line.blank
            or line.code
            or stands_alone
            or line.number in left_out
            or _LABEL.match(line.text)
            or _ended(current)
        ):
            if current:
                yield current
            current = []
        if not line.blank and not line.code and line.number not in left_out:
            current.append(line)
            if line.cells or line.bold or line is title:
                yield [line]
                current = []
    if current:
        yield current


def _ended(paragraph: list[DocumentLine]) -> bool:
    """Whether a line is complete, so that the next one begins something new."""
    return bool(paragraph) and paragraph[-1].text[-1:] in ".!?"


def _cut(paragraph: list[DocumentLine], part: DocumentPart, rank: int) -> Iterator[Sentence]:
    first = paragraph[0]
    pair = len(first.cells) == 2  # noqa: PLR2004  a table of names and values
    text = ": ".join(first.cells) if pair else " ".join(line.text for line in paragraph)
    text = text[:_LONGEST]
    for index, (start, piece) in enumerate(sentences_in(text)):
        label = _LABEL.match(piece)
        name = label[0][:-1] if label else (part.heading if index == 0 else "")
        yield Sentence(
            line=_line_at(paragraph, start),
            text=piece,
            part=part,
            rank=rank,
            label=name.strip(),
            quoted=first.quoted,
        )


def _line_at(paragraph: list[DocumentLine], position: int) -> int:
    """The line on which the character at `position` of the joined text stands."""
    passed = 0
    for line in paragraph:
        passed += len(line.text) + 1
        if position < passed:
            return line.number
    return paragraph[-1].number
