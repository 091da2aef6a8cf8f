"""The apology as a section of its own, with its signature marked."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_incidents.content.markdown_lines import code_spans, read_lines
from mkdocs_incidents.content.postmortem.sections import split_lines
from mkdocs_incidents.model import SectionKind

from ..prose.apologies import REGARDS, apologises_plainly, apology_lines, is_closing, is_signature, sorry_in
from ..prose.document_parts import parts_of_body
from ..prose.sentences import sentences_in
from .proposals import ProposalSureness

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs_incidents.content.postmortem.sections import BodyPart

    from .proposals import EditedText

_LIST_OR_HEADING = re.compile(r"\s*(?:[-*+•]\s|\d{1,3}[.)]\s|#|\||>|```|~~~|<)")
_DASH = re.compile(r"\s*[—–]")
_MARKS = re.compile(r"\*\*|\*|(?<!\w)_|_(?!\w)|`|[\"“”()\[\]]")
_LONGEST_SIGNATURE, _FEWEST = 120, 3


def propose_apology(text: EditedText) -> None:
    """Propose a heading above the words that are an apology, and a mark before who signs it."""
    parts = split_lines(read_lines(text.public))
    if not any(part.kind is SectionKind.APOLOGY for part in parts):
        _propose_apology_section(text, parts)
    _propose_signature(text)


class _ApologyPlace(NamedTuple):
    """Where the section of an apology would begin."""

    part: BodyPart
    line: int
    column: int
    sureness: ProposalSureness


def _propose_apology_section(text: EditedText, parts: tuple[BodyPart, ...]) -> None:
    found = [line.number - 1 for line in apology_lines(parts_of_body(text.public))]
    found = [index for index in found if sorry_in(_without_code(text.lines[index])) is not None]
    places: list[_ApologyPlace] = []
    for part in parts:
        end = part.text_line + len(part.lines.texts)
        own = found[bisect_left(found, part.text_line) : bisect_left(found, end)]
        places += _places(text, part, own) if own else []
    if not places:
        return
    sure = [place for place in places if place.sureness is ProposalSureness.SURE]
    part, line, column, sureness = (sure or places)[-1]
    level = part.level if part.level > 1 else 2
    typed = text.lines[line]
    gap = [""] if line and (column or text.lines[line - 1].strip()) else []
    before = [typed[:column].rstrip()] if column else []
    text.propose(
        line,
        [*before, *gap, f"{'#' * level} Apology", "", typed[column:].lstrip()],
        subject="apology",
        words=typed[column:],
        reason="words of apology; they become a section of their own",
        sureness=sureness,
    )


def _without_code(line: str) -> str:
    for begin, end in reversed([*code_spans(line)]):
        line = f"{line[:begin]}{line[end:]}"
    return line


def _places(text: EditedText, part: BodyPart, found: Sequence[int]) -> list[_ApologyPlace]:
    """Where a section could begin in a part with apologies on the lines `found`, from the first to the last.

    All that stands behind in the part would belong to that section. So no list and no code may stand there; and only
    where nothing but closing words do, it is sure.
    """
    end = _end_of_words(text.lines, part.text_line, part.text_line + len(part.lines.texts))
    places: list[_ApologyPlace] = []
    closing = True
    last = end
    for first in _first_lines(text.lines, part.text_line, end):
        lines = text.lines[first:last]
        while lines and not lines[-1].strip():
            lines.pop()
        own = [index for index in found[bisect_left(found, first) :][:1] if index < last]
        if own and (place := _place_in(part, first, lines, own[0], closing=closing)):
            places.append(place)
        if any(map(_LIST_OR_HEADING.match, lines)) or not all(
            part.lines.prose[first - part.text_line : first - part.text_line + len(lines)]
        ):
            break  # what stands above this cannot begin a section
        closing = closing and all(
            is_closing(sentence) or apologises_plainly(sentence) for _, sentence in sentences_in("\n".join(lines))
        )
        last = first
    sure = [place for place in places if place.sureness is ProposalSureness.SURE]
    return [*places[::-1], sure[-1]] if sure else places[::-1]  # the first from which on all is closing


def _first_lines(lines: Sequence[str], begin: int, end: int) -> Iterator[int]:
    """The first line of each paragraph, from the last to the first."""
    for index in range(end - 1, begin - 1, -1):
        if lines[index].strip() and (index == begin or not lines[index - 1].strip()):
            yield index


def _place_in(part: BodyPart, first: int, lines: Sequence[str], found: int, *, closing: bool) -> _ApologyPlace | None:
    """Where a section would begin in the paragraph that begins on a line; `closing` is what stands behind it."""
    listed = [number for number, line in enumerate(lines) if _LIST_OR_HEADING.match(line)]
    if listed and first + listed[-1] >= found:
        return None
    if listed:  # words that go on below a list, without a blank line
        own = sorry_in(lines[found - first]) or 0
        starts = [start for start, _ in sentences_in(lines[found - first]) if start <= own]
        return _ApologyPlace(part, found, starts[-1] if starts else 0, ProposalSureness.LIKELY)
    paragraph = "\n".join(lines)
    sentences = [*sentences_in(paragraph)]
    begin = _first_of_apology(sentences) if closing else None
    sure = begin is not None and _is_whole(paragraph[: sentences[begin][0]])
    if begin is not None and sure:
        start = sentences[begin][0]
    else:
        start = next((place for place, sentence in sentences if sorry_in(sentence) is not None), 0)
        start = start if _is_whole(paragraph[:start]) else 0
    line = paragraph.count("\n", 0, start)
    column = start - (paragraph.rfind("\n", 0, start) + 1)
    column = column if lines[line][:column].strip() else 0
    return _ApologyPlace(part, first + line, column, ProposalSureness.SURE if sure else ProposalSureness.LIKELY)


def _first_of_apology(sentences: Sequence[tuple[int, str]]) -> int | None:
    """The first of the sentences that are an apology and closing words up to the last one; None where none are."""
    begin, apologised = len(sentences), False
    while begin and (apologises_plainly(sentences[begin - 1][1]) or is_closing(sentences[begin - 1][1])):
        begin -= 1
        apologised = apologised or apologises_plainly(sentences[begin][1])
    return begin if apologised else None


def _is_whole(before: str) -> bool:
    """Whether a text can be cut behind `before`: emphasis, brackets and quotes in it are closed."""
    marks = _MARKS.findall(before)
    pairs = ("()", "[]", "“”")
    return all(marks.count(mark) % 2 == 0 for mark in ("**", "*", "_", "`", '"')) and all(
        marks.count(pair[0]) == marks.count(pair[1]) for pair in pairs
    )


def _end_of_words(lines: Sequence[str], begin: int, end: int) -> int:
    """The line up to which a letter goes, without `Kind regards,` and the signature below."""
    filled: list[int] = []
    for number in range(end - 1, begin - 1, -1):
        if lines[number].strip():
            filled.insert(0, number)
        if len(filled) == _FEWEST:
            break
    for place, number in enumerate(filled):
        regards = REGARDS.match(lines[number])
        below = [lines[other] for other in filled[place + 1 :]]
        if regards and is_signature(lines[number][regards.end() :] or "—", below_regards=True):
            return number if all(is_signature(line, below_regards=True) for line in below) else end
    return filled[-1] if filled and is_signature(lines[filled[-1]], below_regards=False) else end


def _propose_signature(text: EditedText) -> None:
    """The last paragraph of an apology below `Sincerely,` is who signs it."""
    for part in split_lines(read_lines(text.public)):
        if part.kind is not SectionKind.APOLOGY:
            continue
        end = part.text_line + len(part.lines.texts)
        filled = [number for number in range(part.text_line, end) if text.lines[number].strip()]
        signed = next((n for n in filled[-_FEWEST:] if REGARDS.match(text.lines[n])), None)
        if signed is None:
            continue
        regards = REGARDS.match(text.lines[signed])
        rest = text.lines[signed][regards.end() :] if regards else ""
        below = [number for number in filled if number > signed]
        if len(below) == 1 and not rest.strip() and not _DASH.match(text.lines[below[0]]):
            index, name = below[0], text.lines[below[0]]
            gap = [] if not text.lines[index - 1].strip() else [""]
            if len(name) <= _LONGEST_SIGNATURE and not _LIST_OR_HEADING.match(name):
                text.propose(
                    index, [*gap, f"— {name.lstrip()}"], subject="signature", words=name, reason="who signs the apology"
                )
