"""The apology as a section of its own, with its signature marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...content.markdown_lines import code_spans, read_lines
from ...content.postmortem.sections import split_lines
from ...model import SectionKind
from ..prose.apologies import apologies, sorry_in
from ..prose.parts import parts_of_body
from .edited_text import Sureness

if TYPE_CHECKING:
    from ...content.postmortem.sections import Part
    from .edited_text import EditedText

_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)_*]*\s+(?=[*_\"“(]*[A-Z])")
_REGARDS = re.compile(
    r"[*_]*(?:yours\s+)?(?:sincerely|faithfully|truly|(?:best|kind|warm)?\s*regards|respectfully|signed)\b[\s,.:*_]*",
    re.IGNORECASE,
)
_LIST_OR_HEADING = re.compile(r"\s*(?:[-*+•]\s|\d{1,3}[.)]\s|#|\||>|```|~~~|<)")
_DASH = re.compile(r"\s*[—–]")
_LONGEST_SIGNATURE, _FEWEST = 120, 3


def propose_apology(text: EditedText) -> None:
    """Propose a heading above the words that are an apology, and a mark before who signs it."""
    parts = split_lines(read_lines(text.public))
    if not any(part.kind is SectionKind.APOLOGY for part in parts):
        _propose_section(text, parts)
    _propose_signature(text)


def _propose_section(text: EditedText, parts: tuple[Part, ...]) -> None:
    found = [line.number - 1 for line in apologies(parts_of_body(text.public))]
    found = [index for index in found if sorry_in(_without_code(text.lines[index])) is not None]
    places = [place for index in found if (place := _place(text, parts, index))]
    if not places:
        return
    alone = [place for place in places if place[2] is Sureness.SURE]
    part, begin, sureness = (alone or places)[-1]
    line, column = begin
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


def _place(text: EditedText, parts: tuple[Part, ...], index: int) -> tuple[Part, tuple[int, int], Sureness] | None:
    """The part in which an apology stands, where its section would begin, and how sure that is.

    What stands behind it in its part would belong to its section: that must be no list and no other account.
    """
    part = next((one for one in reversed(parts) if one.first_line <= index), None)
    if part is None or index < part.text_line or _LIST_OR_HEADING.match(text.lines[index]):
        return None
    end = part.text_line + len(part.lines.texts)
    first = index
    while (
        first > part.text_line and text.lines[first - 1].strip() and not _LIST_OR_HEADING.match(text.lines[first - 1])
    ):
        first -= 1
    last = index
    while last + 1 < end and text.lines[last + 1].strip():
        last += 1
    behind = [line for line in text.lines[last + 1 : end] if line.strip()]
    in_list = first > part.text_line and text.lines[first - 1].strip() != ""
    plain = not any(map(_LIST_OR_HEADING.match, behind)) and all(part.lines.prose[last + 1 - part.text_line :])
    sureness = Sureness.SURE if plain and len(behind) <= _FEWEST and not in_list else Sureness.LIKELY
    if not plain:
        return None
    alone = first == part.text_line or not any(line.strip() for line in text.lines[part.text_line : first])
    column = _column_of_apology(text.lines[index]) if alone or in_list else 0
    begin = (index, column) if alone or in_list else (first, 0)
    return part, begin, sureness


def _column_of_apology(line: str) -> int:
    """Where the sentence begins in which a line apologises."""
    place = sorry_in(line) or 0
    starts = [0, *(found.end() for found in _SENTENCE.finditer(line))]
    return max(start for start in starts if start <= place)


def _propose_signature(text: EditedText) -> None:
    """The last paragraph of an apology below `Sincerely,` is who signs it."""
    for part in split_lines(read_lines(text.public)):
        if part.kind is not SectionKind.APOLOGY:
            continue
        end = part.text_line + len(part.lines.texts)
        told = [number for number in range(part.text_line, end) if text.lines[number].strip()]
        signed = next((n for n in told[-_FEWEST:] if _REGARDS.match(text.lines[n])), None)
        if signed is None:
            continue
        regards = _REGARDS.match(text.lines[signed])
        rest = text.lines[signed][regards.end() :] if regards else ""
        below = [number for number in told if number > signed]
        if len(below) == 1 and not rest.strip() and not _DASH.match(text.lines[below[0]]):
            index, name = below[0], text.lines[below[0]]
            gap = [] if not text.lines[index - 1].strip() else [""]
            if len(name) <= _LONGEST_SIGNATURE and not _LIST_OR_HEADING.match(name):
                text.propose(
                    index, [*gap, f"— {name.lstrip()}"], subject="signature", words=name, reason="who signs the apology"
                )
