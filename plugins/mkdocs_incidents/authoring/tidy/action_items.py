"""Action items in the form that a build reads: each an item of a list or a row, with its facts behind its words."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from mkdocs_incidents.content.postmortem.action_item_facts import Facts, take_facts
from mkdocs_incidents.content.postmortem.blocks import Item, Table, blocks, first_paragraph
from mkdocs_incidents.content.postmortem.dates_and_times import day_at, normalized
from mkdocs_incidents.content.postmortem.language_tables import language_tables, name_of
from mkdocs_incidents.content.postmortem.sections import plain_words
from mkdocs_incidents.model import SectionKind

from ..prose.action_items import find_actions
from ..prose.days import DATE, day_in_match
from ..prose.document import pieces
from ..prose.document_parts import parts_of_body
from .entries import item_begin, without_bullet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from mkdocs_incidents.content.postmortem.sections import BodyPart

    from .proposals import Context, EditedText

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]*(?P<words>.*?)[ \t]*#*[ \t]*$")
_NUMBERED = re.compile(r"(?P<number>\d{1,3})[.)]\s+")
_LABELS = {"action": "Action", "owner": "Owner", "due": "Due", "status": "Status", "link": "Link"}
_COLUMNS = {
    "owner": re.compile(r"\b(?:owners?|who|assignees?|assigned(?: to)?|responsible|team|lead|dri)\b"),
    "due": re.compile(r"\b(?:due|deadline|target|eta|by when|when)\b|^(?:due )?date$"),
    "status": re.compile(r"\b(?:status|state|done|completed|closed|finished|progress)\b"),
    "link": re.compile(r"\b(?:links?|tickets?|issues?|jira|url|tracking|tracker|bugs?|prs?)\b"),
    "action": re.compile(
        r"\b(?:action|item|task|what|measure|description|promise|improvement|to ?do|remediation|follow)"
    ),
}
"""What the header of a column is about, in this order: of `Action owner` the owner counts."""
_PIECE_END = re.compile(r"\s*[,;|]\s+|\.\s+|\s+[–—-]\s+|\s*[(\[]")
_OWNER = re.compile(
    r"(?:owner|owners|owned by|assignee|assigned to|responsible|dri)\s*[:=]?\s+@?(?P<name>[\w][\w &/.'’-]{0,50}\w)$",
    re.IGNORECASE,
)
_TEAM = re.compile(r"(?:the\s+)?(?P<name>(?:[A-Z][\w&/-]*\s+){1,3}(?:team|squad|group|crew|engineers))$")
_DUE = re.compile(
    r"(?:due(?: date| by| on)?|by|deadline|eta|target(?: date)?)\s*[:=]?\s+(?:the\s+)?(?P<day>\S.*)$",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(?:tb[ad]|to be \w+|n/?a|none|nobody|no one|unassigned|unknown|not \w+|someone|somebody|everyone|everybody|us|me"
    r"|you|all|\?+)\b",
    re.IGNORECASE,
)
_BRACKET_AT_END = re.compile(r"[(\[][^()\[\]]*[)\]]$")
_PIECES = re.compile(r"\s*[,;|]\s+|\.\s+|\s+[–—-]\s+")
_MOST_WORDS_OF_A_NAME = 4
_LONGEST_TAIL = 200
_LOWEST = 6
_FEWEST_WORDS = 2
_A_YEAR = timedelta(days=366)


def propose_action_items(text: EditedText, context: Context) -> None:
    """Propose a form that is read for each action item, and for its owner and its day."""
    _propose_action_items_section(text)
    _propose_items(text, context)
    _propose_labels(text, context)
    _propose_columns(text, context)
    _propose_facts(text, context)


def _propose_items(text: EditedText, context: Context) -> None:
    """Each action item that only a person finds becomes an item of a list."""
    read = text.read(context)
    listed = {part.text_line + first for part, item in _items(read.body.parts) for first in _first_lines(item)}
    before = len(text.lines)
    for promise in find_actions(parts_of_body(text.public)):
        shift = len(text.lines) - before
        index = promise.line - 1 + shift
        typed = text.lines[index]
        if index - shift in read.action_lines | listed or typed.lstrip().startswith((">", "|")):
            continue
        if heading := _HEADING.match(typed):
            _propose_heading(text, index, heading["words"])
            continue
        several = [without_bullet(piece) for piece in pieces(typed) if piece.strip()]
        begin = item_begin(text.lines, index)
        after = [f"{begin}{words}" for words in several if words]
        if after:
            reason = "an action item without a bullet" if len(after) == 1 else "several action items on one line"
            text.propose(index, after, subject="action item", words=typed, reason=reason)


def _propose_action_items_section(text: EditedText) -> None:
    """What was learned, and will be done, is a section of action items below the lessons."""
    parts = parts_of_body(text.public)
    found = find_actions(parts)
    if not found or any(SectionKind.ACTION_ITEMS in part.kinds for part in parts.all):
        return
    first = found[0].line
    part = next(part for part in reversed(parts.all) if part.line <= first)
    index = first - 1
    level = min(part.level + 1, _LOWEST) if 0 < part.level <= _LOWEST else 2
    gap = [""] if text.lines[index - 1].strip() else []
    text.propose(
        index,
        [*gap, f"{'#' * level} Action items", "", text.lines[index]],
        subject="section",
        words=text.lines[index],
        reason="a list of what will be done, without a heading that says so",
    )


def _first_lines(item: Item) -> Iterator[int]:
    """The lines on which an item and the items nested in it begin."""
    yield item.first
    for child in item.children:
        yield from _first_lines(child)


def _propose_labels(text: EditedText, context: Context) -> None:
    """An item that only names those behind it is no promise: it loses its bullet."""
    for part in reversed([*_sections(text, context)]):
        found = blocks(part.lines)
        for block, following in reversed([*pairwise(found)]):
            index = part.text_line + block.first
            typed = text.lines[index]
            if not isinstance(block, Item) or not isinstance(following, Item) or block.children:
                continue
            if block.end == block.first + 1 and typed.rstrip(" *_").endswith(":"):
                gap = [""] if text.lines[index - 1].strip() else []
                text.propose(
                    index,
                    [*gap, typed[block.offset :], ""],
                    subject="action item",
                    words=typed,
                    reason="an item that only names those behind it",
                )


def _propose_heading(text: EditedText, index: int, words_of_it: str) -> None:
    """A heading that is an action item becomes an item, with the text below it as its own."""
    end = next((n for n in range(index + 1, len(text.lines)) if _HEADING.match(text.lines[n])), len(text.lines))
    while end > index + 1 and not text.lines[end - 1].strip():
        end -= 1
    below = [f"    {line}" if line.strip() else "" for line in text.lines[index + 1 : end]]
    text.propose(
        index,
        [_item_of(words_of_it), *below],
        subject="action item",
        words=words_of_it,
        reason="a heading that is an action item; it becomes an item of a list",
        count=end - index,
    )


def _item_of(heading: str) -> str:
    """A heading as an item of a list, with its number: `1) Clean up` → `1. Clean up`."""
    number = _NUMBERED.match(heading)
    return f"{number['number']}. {heading[number.end() :]}" if number else f"- {heading}"


def _items(parts: Sequence[BodyPart]) -> Iterator[tuple[BodyPart, Item]]:
    """The outer items of all lists, each with its part."""
    for part in parts:
        for block in blocks(part.lines):
            if isinstance(block, Item):
                yield part, block


def _sections(text: EditedText, context: Context) -> Iterator[BodyPart]:
    """The parts that belong to lists of action items."""
    for kind, parts in text.read(context).body.sections():
        if kind is SectionKind.ACTION_ITEMS:
            yield from parts


def _propose_columns(text: EditedText, context: Context) -> None:
    """A table whose columns are not known by their headers gets headers that are, with the author's behind."""
    for part in _sections(text, context):
        for block in blocks(part.lines):
            if isinstance(block, Table):
                _propose_days(text, part, block, _begins_on(context))
                _propose_header(text, part, block)


def _propose_days(text: EditedText, part: BodyPart, table: Table, begins_on: date | None) -> None:
    """Days in a column of days that leave their year open, or are written in another way, get the form that is read."""
    texts = part.lines.texts
    headers = [table.header.text(texts, number) for number in range(len(table.header.cells))]
    columns = [language_tables().columns.get(name_of(plain_words(header))) for header in headers]
    due = columns.index("due") if "due" in columns and "action" in columns else None
    for row in reversed(table.rows) if due is not None else ():
        cell = row.text(texts, due or 0)
        day = _day_behind(cell, begins_on) if cell else None
        if day and day != cell and due is not None:
            index = part.text_line + row.line
            start, end = row.cells[due]
            typed = text.lines[index]
            text.propose(
                index,
                [f"{typed[:start]} {day} {typed[end:]}"],
                subject="action item",
                words=cell,
                reason="a day that is not read as it is written",
            )


def _propose_header(text: EditedText, part: BodyPart, table: Table) -> None:
    texts = part.lines.texts
    headers = [table.header.text(texts, number) for number in range(len(table.header.cells))]
    known = {language_tables().columns.get(name_of(plain_words(header))) for header in headers}
    if "action" in known and known >= {"owner", "due"}:
        return
    after = list(headers)
    for name, pattern in _COLUMNS.items():
        if name in known:
            continue
        for number, header in enumerate(headers):
            plainly = plain_words(header)
            free = after[number] == header and not language_tables().columns.get(name_of(plainly))
            if free and pattern.search(plainly.casefold()):
                after[number] = f"{_LABELS[name]} ({header})"
                break
    if after == headers or "action" not in {
        language_tables().columns.get(name_of(plain_words(header))) for header in after
    }:
        return
    text.propose(
        part.text_line + table.first,
        [f"| {' | '.join(after)} |"],
        subject="table",
        words=texts[table.first],
        reason="headers of columns that are not known; those that are stand in front",
    )


def _propose_facts(text: EditedText, context: Context) -> None:
    """`… — owner: Platform, due Dec 18` becomes `… (@Platform, due 2026-12-18)`."""
    begins_on = _begins_on(context)
    for part in reversed([*_sections(text, context)]):
        for _, item in reversed([*_items([part])]):
            for leaf in reversed([*_leaves(item)]):
                lines = first_paragraph(leaf, part.lines)
                index = part.text_line + lines.stop - 1
                line = text.lines[index]
                begin = leaf.offset if len(lines) == 1 else len(line) - len(line.lstrip())
                shorter = _facts_at_end(line[begin:], begins_on)
                if shorter and not take_facts(shorter, Facts()).left:
                    text.propose(
                        index,
                        [f"{line[:begin]}{shorter}"],
                        subject="action item",
                        words=line[begin:],
                        reason="an owner or a day in words",
                    )


def _begins_on(context: Context) -> date | None:
    return context.begins_at.astimezone(context.zone).date() if context.begins_at else None


def _leaves(item: Item) -> Iterator[Item]:
    if item.children:
        for child in item.children:
            yield from _leaves(child)
    else:
        yield item


def _facts_at_end(words_of_it: str, begins_on: date | None) -> str | None:
    """An action item with the owner and the day at its end as they are read; None where nothing there is one."""
    whole = words_of_it.rstrip()
    stop = "." if whole.endswith(".") else ""
    plain = whole.rstrip(".").rstrip()
    bracket = _BRACKET_AT_END.search(plain)
    starts = [(bracket.start(), bracket.start() + 1)] if bracket else []
    starts += [(end.start(), end.end()) for end in _PIECE_END.finditer(plain, max(0, len(plain) - _LONGEST_TAIL))]
    for end, start in starts:
        tail, kept = plain[start:].rstrip(")]") if bracket else plain[start:], plain[:end].rstrip(" ,;|–—-")
        if len(kept.split()) < (1 if bracket else _FEWEST_WORDS):
            continue
        pieces_behind = [*_rejoined([piece for piece in _PIECES.split(tail) if piece])]
        facts = [_fact(piece, begins_on) for piece in pieces_behind]
        if facts and all(facts) and facts != pieces_behind and _balanced(kept):
            closing = "" if kept.endswith((".", "!", "?")) else stop
            return f"{kept} ({', '.join(filter(None, facts))}){closing}"
    return None


def _balanced(text: str) -> bool:
    return text.count("(") == text.count(")") and text.count("[") == text.count("]")


def _rejoined(parts: Sequence[str]) -> Iterator[str]:
    """The parts of a list of facts; `Dec 18, 2026` is one."""
    waiting = ""
    for part in parts:
        if waiting and re.fullmatch(r"(?:19|20)\d\d", part):
            waiting = f"{waiting}, {part}"
            continue
        if waiting:
            yield waiting
        waiting = part
    if waiting:
        yield waiting


def _fact(piece: str, begins_on: date | None) -> str | None:
    """A fact as it is read: `@Platform`, `due 2026-12-18`; None for other words."""
    piece = piece.strip().replace("**", "").strip()
    if piece.startswith(("@", "http://", "https://")) and not piece[1:2].isspace():
        return piece
    owner = _OWNER.match(piece) or _TEAM.match(piece)
    if owner:
        name = owner["name"]
        vague = _NOBODY.match(name) is not None or len(name.split()) > _MOST_WORDS_OF_A_NAME
        return None if vague else f"@{name}"
    if due := _DUE.match(piece):
        day = _day_behind(due["day"].strip(), begins_on)
        return f"due {day}" if day else None
    return None


def _day_behind(written: str, begins_on: date | None) -> str | None:
    """A day in the form that is read; without a year, the first such day after the beginning."""
    stated = day_at(normalized(written))
    if stated and stated.end == len(written):
        return written if "," not in written else stated.date.isoformat()
    found = DATE.fullmatch(written)
    day = day_in_match(found) if found else None
    if day is None or day.undecided:
        return None
    if day.year is None:
        if begins_on is None:
            return None
        years = (begins_on.year, begins_on.year + 1)
        dates = [
            date for year in years if (date := day.with_year(year).date) and begins_on <= date <= begins_on + _A_YEAR
        ]
        return min(dates).isoformat() if dates else None
    return day.date.isoformat() if day.date else None
