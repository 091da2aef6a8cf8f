"""The prose of a document, sentence by sentence, with where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...model import SectionKind
from .sentences import sentences_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .document import DocumentLine
    from .parts import DocumentPart, DocumentParts

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
