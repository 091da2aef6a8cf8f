"""Headings that are names of sections: of labels, of misspelt names, of names with other words around them."""

from __future__ import annotations

import re
from bisect import bisect_right
from math import inf
from typing import TYPE_CHECKING

from mkdocs_incidents.content.markdown_lines import read_lines
from mkdocs_incidents.content.postmortem.blocks import Paragraph, blocks
from mkdocs_incidents.content.postmortem.language_tables import language_tables, name_of
from mkdocs_incidents.content.postmortem.sections import kind_of, split_lines
from mkdocs_incidents.model import SectionKind

from ..prose.document import without_tags
from ..prose.document_parts import BARE, BOLD, ITEM, OWN_LISTS, correct_name, languages_of, parts_of_body
from .proposals import ProposalSureness

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs_incidents.content.postmortem.sections import BodyPart as StrictPart

    from ..prose.document_parts import DocumentPart, DocumentParts
    from .proposals import Context, EditedText, StrictReading

_COLON = re.compile(r"[:\uff1a][*_\s]*")
_MARKS = " \t*_:\uff1a#"
_LOWEST = 6
_SET_APART = OWN_LISTS | {SectionKind.APOLOGY}
"""What a page shows in its own way, and therefore has to find."""
_ATX = re.compile(r"(?P<marks> {0,3}#{1,6})[ \t]*(?P<name>.*?)(?P<end>[ \t#]*)$")
_ASIDE = re.compile(r"[(\[{][^()\[\]{}]{0,200}[)\]}]")
_BULLET = re.compile(r"(?P<indent>\s*)[-*+•]\s+")
_FENCE = re.compile(r"\s{0,3}(?:`{3,}|~{3,})[\w-]*\s*$")
_INDENTED = re.compile(r"(?: {4}|\t)\s*(?:[-*+•]|\d{1,3}[.)])\s+\S")
_TIMED_LINE = re.compile(r"\s*[-*+•]?\s*\W{0,3}[0-2]?\d[:.][0-5]\d\b")
_CODE, _FEWEST_LINES = 4, 8


def propose_headings(text: EditedText, context: Context) -> None:
    """Propose headings for the sections that only a person finds; none takes an entry out of a timeline."""
    _propose_without_fence(text)
    parts = parts_of_body(text.public)
    stated = {part.first_line for part in split_lines(read_lines(text.public)) if part.kind is not SectionKind.OTHER}
    labels = [*_label_headings(parts, stated, text)]
    inside = _lines_before_entries(text)
    taking = _lines_of_takers(parts, text.read(context))
    for part, name, rest in reversed(labels):
        if part.line not in taking and not (rest and part.line - 1 in inside):
            _propose_label(text, part, name, rest)
    _propose_items(text)
    _propose_names(text, context)
    _propose_levels(text)
    _propose_flush_lists(text)


def _lines_of_takers(parts: DocumentParts, read: StrictReading) -> set[int]:
    """The numbers of lines that begin what is no timeline, and hold entries that a build reads in one."""
    entries = sorted(read.entry_lines)
    sections = [part.line - 1 for part in parts.all if part.kinds]
    others = (part.line for part in parts.all if part.kinds and SectionKind.TIMELINE not in part.kinds)
    return {line for line in others if _next(entries, line - 1) < _next(sections, line - 1)}


def _next(lines: Sequence[int], index: int) -> float:
    """The first of some lines behind `index`; infinite where there is none."""
    place = bisect_right(lines, index)
    return lines[place] if place < len(lines) else inf


def _propose_label(text: EditedText, part: DocumentPart, name: str, rest: str) -> None:
    """A label becomes a heading; the words behind it on its line stand below."""
    index = part.line - 1
    gap = [""] if index and text.lines[index - 1].strip() else []
    below = ["", rest] if rest else []
    text.propose(
        index,
        [*gap, f"{'#' * _level(part)} {name}", *below],
        subject="section",
        words=name,
        reason="a line that is the name of a section; it becomes a heading",
    )


def _level(part: DocumentPart) -> int:
    """The level of the heading that a label becomes: beside sections of other kinds, below all other headings."""
    if 0 < part.level <= _LOWEST:  # a heading in HTML
        return max(part.level, 2)
    above = part.above
    while above and above.level > _LOWEST:
        above = above.above
    if above is None:
        return 2
    named = above.kinds and not above.kinds & part.kinds
    level = above.level if named else above.level + 1
    return min(level, _LOWEST)


def _label_headings(
    parts: DocumentParts, stated: set[int], text: EditedText
) -> Iterator[tuple[DocumentPart, str, str]]:
    """The parts that begin with a label, its words, and the words behind it on the same line."""
    sections = _sections_by_line(text)
    before: frozenset[SectionKind] = frozenset()
    for part in parts.all:
        index = part.line - 1
        typed = text.lines[index]
        in_html = part.level > 0 and typed.lstrip().lower().startswith("<h")
        is_label = part.level in {BOLD, BARE} or in_html
        if not is_label or not part.kinds or index in stated or not (in_html or _may_be_label(typed)):
            before = part.kinds or before
            continue
        name, rest = without_tags(typed), ""
        if any(line.number == part.line for line in part.lines) and (colon := _COLON.search(name)):
            # In a summary `Duration: …` and `Impact: …` are facts; behind a list they begin what comes next.
            if not (part.kinds & _SET_APART or before & OWN_LISTS):
                continue
            name, rest = name[: colon.start()], name[colon.end() :]
        before = part.kinds
        words_of_it = SectionKind.APOLOGY in part.kinds and (rest or not typed.rstrip().endswith((":", "*", "_", ">")))
        if (
            (name := name.strip(_MARKS))
            and not words_of_it
            and sections[index] not in part.kinds & {SectionKind.APOLOGY}
        ):
            yield part, name, rest.strip()


def _lines_before_entries(text: EditedText) -> frozenset[int]:
    """The lines of timelines behind which there are entries: a label among them is a remark of theirs."""
    found: set[int] = set()
    sections = _sections_by_line(text)
    entries_below = False
    for number in range(len(text.lines) - 1, -1, -1):
        entries_below = sections[number] is SectionKind.TIMELINE and (
            entries_below or _TIMED_LINE.match(text.lines[number]) is not None
        )
        if entries_below:
            found.add(number)
    return frozenset(found)


def _may_be_label(typed: str) -> bool:
    """Whether a line stands at the margin, and is no mark of another kind: `=== "Tab"`, `!!! note`."""
    return typed[:1] not in {" ", "\t"} and not typed.startswith(("===", "!!!", "???", "[", ">", "|"))


def _sections_by_line(text: EditedText) -> list[SectionKind]:
    """For each line the section that a build sees it in, if that is set apart; else `OTHER`."""
    found = [SectionKind.OTHER] * len(text.lines)
    above: list[StrictPart] = []
    for part in split_lines(read_lines(text.public)):
        above = [*(outer for outer in above if part.level and outer.depth < part.depth), part]
        kind = next((outer.kind for outer in reversed(above) if outer.kind in _SET_APART), SectionKind.OTHER)
        for line in range(part.first_line, min(part.text_line + len(part.lines.texts), len(found))):
            found[line] = kind
    return found


def _propose_items(text: EditedText) -> None:
    """A list whose items are sections, `- **Timeline**:` with a list below: its outer items become headings."""
    parts = parts_of_body(text.public)
    stated = _sections_by_line(text)
    sections = [
        part
        for part in parts.all
        if part.level == ITEM
        and part.kinds & OWN_LISTS
        and not _is_group(part)
        and stated[part.line - 1] not in OWN_LISTS
    ]
    margins = {part.indent for part in sections if any(line.listed for line in part.lines)}
    if not margins:
        return
    items = [part for part in parts.all if part.level == ITEM and part.indent in margins]
    ends = {part.line - 1 for part in parts.all if part.level != ITEM}
    for part in reversed(items):
        begin = part.line - 1
        end = next((n for n in range(begin + 1, len(text.lines)) if _leaves(text.lines[n], part.indent, n, ends)), None)
        end = len(text.lines) if end is None else end
        bullet = _BULLET.match(text.lines[begin])
        if bullet is None:
            continue
        label = text.lines[begin][bullet.end() :]
        colon = _COLON.search(label)
        name, rest = (label[: colon.start()], label[colon.end() :]) if colon else (label, "")
        nested = text.lines[begin + 1 : end]
        margin = min((len(line) - len(line.lstrip()) for line in nested if line.strip()), default=0)
        gap = [""] if begin and text.lines[begin - 1].strip() else []
        below = ["", rest.strip()] if rest.strip() else [""]
        text.propose(
            begin,
            [*gap, f"{'#' * _level(part)} {name.strip(_MARKS)}", *below, *(line[margin:] for line in nested)],
            subject="section",
            words=name.strip(_MARKS),
            reason="an item of a list that is a section; it becomes a heading",
            count=end - begin,
        )


def _is_group(part: DocumentPart) -> bool:
    """Whether an item such as `Follow-up` orders entries of a timeline: what is below it has times."""
    return SectionKind.TIMELINE not in part.kinds and any(_TIMED_LINE.match(line.text) for line in part.lines)


def _leaves(line: str, indent: int, number: int, ends: set[int]) -> bool:
    """Whether a line is no part of the item above it that is indented by `indent`."""
    return number in ends or (bool(line.strip()) and len(line) - len(line.lstrip()) <= indent)


def _propose_names(text: EditedText, context: Context) -> None:
    """A heading with a misspelt name is corrected; of one with more words, these go into brackets."""
    parts = parts_of_body(text.public)
    languages = languages_of(part.heading for part in parts.all)
    taking = _lines_of_takers(parts, text.read(context))
    for part in parts.all:
        index = part.line - 1
        is_heading = 1 <= part.level <= _LOWEST and part.line not in taking
        heading = _ATX.match(text.lines[index]) if is_heading else None
        if heading is None or kind_of(part.heading) is not SectionKind.OTHER:
            continue
        plainly = heading["name"].strip() == part.heading  # without links and other marks
        correct = correct_name(part.heading, languages) if plainly else None
        if correct and kind_of(correct) in part.kinds:
            text.propose(
                index,
                [f"{heading['marks']} {correct}"],
                subject="section",
                words=part.heading,
                reason=f"the name of a section, misspelt: {correct}",
            )
        elif part.kinds & OWN_LISTS and _holds_list(part, parts):
            name = _with_aside(heading["name"], next(kind for kind in SectionKind if kind in part.kinds & OWN_LISTS))
            text.propose(
                index,
                [f"{heading['marks']} {name}"],
                subject="section",
                words=part.heading,
                reason="the name of a section with other words around it; they go into brackets",
                sureness=ProposalSureness.LIKELY if _names_several(heading["name"]) else ProposalSureness.SURE,
            )


def _holds_list(part: DocumentPart, parts: DocumentParts) -> bool:
    """Whether a part, or one below it, has a list or a table."""
    within = (other for other in parts.all if other is part or other.inside(part))
    return any(line.listed or line.cells for other in within for line in other.lines)


def _propose_levels(text: EditedText) -> None:
    """A section below the timeline that repeats its end gets the level of the timeline: its times are no entries."""
    above: StrictPart | None = None
    for part in split_lines(read_lines(text.public)):
        if part.kind is SectionKind.TIMELINE:
            above = part
        elif above and part.level and part.depth <= above.depth:
            above = None
        elif (
            above
            and part.kind not in OWN_LISTS | {SectionKind.OTHER}
            and part.depth <= _LOWEST
            and above.level <= _LOWEST
        ):
            heading = _ATX.match(text.lines[part.first_line])
            if heading and _times(part) and _times(above):
                text.propose(
                    part.first_line,
                    [f"{'#' * above.level} {heading['name']}"],
                    subject="section",
                    words=part.heading,
                    reason="a section of its own below the timeline, whose times would be read as entries",
                    sureness=ProposalSureness.SURE if _times(part) & _times(above) else ProposalSureness.LIKELY,
                )


def _times(part: StrictPart) -> set[str]:
    """The times at the beginnings of lines, as they were typed."""
    found = (_TIMED_LINE.match(line) for line in part.lines.texts)
    return {time[0].lstrip(" \t-*+•[(_`") for time in found if time}


def _propose_without_fence(text: EditedText) -> None:
    """A report that stands in a fence as a whole is no code."""
    filled = [index for index, line in enumerate(text.lines) if line.strip()]
    if len(filled) < _FEWEST_LINES or not _FENCE.match(text.lines[filled[0]]):
        return
    fence = text.lines[filled[0]].strip()[:3]
    closing = next((index for index in filled[1:] if text.lines[index].strip().startswith(fence)), None)
    if closing != filled[-1]:
        return
    for index in (filled[-1], filled[0]):
        text.propose(
            index, [], subject="section", words=text.lines[index], reason="the fence around all of it makes it code"
        )


def _propose_flush_lists(text: EditedText) -> None:
    """A list that is indented as code is, and stands below no item, moves to the margin."""
    lines = read_lines(text.public)
    for part in split_lines(lines):
        found = blocks(part.lines)
        for block in reversed(found):
            if not isinstance(block, Paragraph) or not all(part.lines.prose[block.first : block.end]):
                continue
            own = range(part.text_line + block.first, part.text_line + block.end)
            first = next((number for number in own if _INDENTED.match(text.lines[number])), None)
            if first is None or _belongs_to_block(text.lines, first):
                continue
            run = [number for number in own if number >= first]
            margin = min(len(text.lines[n]) - len(text.lines[n].lstrip()) for n in run)
            if margin >= _CODE:
                text.propose(
                    first,
                    [text.lines[number][margin:] for number in run],
                    subject="list",
                    words=text.lines[first],
                    reason="a list that is indented as code is",
                    count=len(run),
                )


def _belongs_to_block(lines: Sequence[str], index: int) -> bool:
    """Whether an indented line is part of a tab or an admonition: `=== "Tab"`, `!!! note`."""
    above = (lines[number] for number in range(index - 1, -1, -1) if lines[number][:1] not in {" ", "\t", ""})
    return next(above, "").startswith(("===", "!!!", "???"))


_NAMES = {SectionKind.TIMELINE: "Timeline", SectionKind.ACTION_ITEMS: "Action items"}


def _with_aside(heading: str, kind: SectionKind) -> str:
    """A heading whose words that are no name of a section stand in brackets: `Timeline (of that night)`."""
    asides = _ASIDE.findall(heading)
    typed = [word for word in _ASIDE.sub(" ", heading).split() if word not in {"-", "–", "—", ":"}]
    for size in range(len(typed) - 1, 0, -1):
        name = " ".join(typed[:size])
        if language_tables().sections.get(name_of(name)) is kind:
            return " ".join([name.rstrip(":,"), f"({' '.join(typed[size:])})", *asides])
    return " ".join([_NAMES[kind], f"({' '.join(typed)})", *asides])


def _names_several(heading: str) -> bool:
    """Whether words of a heading are names of several sections: `Our actions and apologies`."""
    typed = name_of(heading).split()
    spans = (typed[start:end] for start in range(len(typed)) for end in range(start + 1, len(typed) + 1))
    return len({kind for span in spans if (kind := language_tables().sections.get(" ".join(span)))}) > 1
