"""What was promised: list items such as `- [ ] what (@owner, due 2023-07-01, https://link)`, and rows of tables."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ...content.markdown_lines import read_lines
from ...content.spelling import quoted
from ...model import ActionItem
from .list_items import Item, list_items, tables, without
from .promise_facts import Facts, is_certain
from .promise_tables import read_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ...content.markdown_lines import Lines
    from .sections import Part
    from .timeline import Complaint

_BOX = re.compile(r"(?:\[(?P<mark>[^\[\]\n]{0,8})\](?![(\[:])|(?P<sign>[☐□⬜☑✅✔✓☒❌✗✘]))\ufe0f?\s*")
_OPEN_BOXES = {"", "open", "todo", "to do", "☐", "□", "⬜"}
_DONE_BOXES = {"x", "done", "☑", "✅", "✔", "✓"}
_DROPPED_BOXES = {"-", "–", "—", "−", "dropped"}
_STRUCK = re.compile(r"~~(?=\S).*\S~~\W*$", re.DOTALL)
_NOTHING = re.compile(r"(?:none|n/?a|nothing|no action items?)\W*$", re.IGNORECASE)
_SET_APART = re.compile(r"\s+[-–—|]\s+|[,;]\s+|(?<=\))\s+")
_LABELLED = re.compile(r"\s(?=(?:owner|due|deadline|done)\s*:\s*[^,;:()]+$)", re.IGNORECASE)
_NAME_LAST = re.compile(r"(?<=\w)\s+(?=@[\w.-]+(?:\s(?:team|[A-Z]\w*)){0,3}$)")
_LONGEST, _LONGEST_TAIL, _MOST_FACTS = 2000, 300, 30
"""Characters of a promise, characters at its end, and pieces there that are looked at: nobody writes more by hand."""
_FEWEST_WORDS = 3
"""That are left of a promise when a name behind it is taken for its owner: `Page @Ops` has none."""


def read_action_items(
    part: Part, line_of: Callable[[int], int], complaints: list[Complaint]
) -> tuple[tuple[ActionItem, ...], str | None]:
    """The promises of a section in the order of its lines, and what it says besides them; None where there are none.

    `line_of` turns a line of the section, counted from 0, into one of the file. What is unclear about a promise is
    added to `complaints`.
    """
    found = [(item, _read(item.text, line_of(item.line), complaints)) for item in _written(part.lines)]
    for table in tables(part.lines):
        for line, facts, cell in read_rows(table, line_of, complaints):
            text = read_promise(cell, facts)
            found.append((Item(text, line, 1), _made(text, facts)))
    kept = sorted((one for one in found if not _NOTHING.match(one[1].text)), key=lambda one: one[0].line)
    read = {number for item, _ in kept for number in range(item.line, item.line + item.height)}
    return tuple(promise for _, promise in kept), without(read, part.lines) if kept else None


def _written(lines: Lines) -> Iterator[Item]:
    """Every item: of lists, and of lines that begin with a box but with no bullet."""
    taken: set[int] = set()
    for item in list_items(lines, _BOX):
        taken.update(range(item.line, item.line + item.height))
        yield from _leaves(item)
    number = 0
    while number < len(lines.texts):
        begin = number
        number += 1
        if begin in taken or not lines.prose[begin] or not _BOX.match(lines.texts[begin].lstrip()):
            continue
        while number < len(lines.texts) and number not in taken and _goes_on(lines, number):
            number += 1
        yield Item("".join(line.lstrip() for line in lines.texts[begin:number]).rstrip(), begin, number - begin)


def _goes_on(lines: Lines, number: int) -> bool:
    """Whether a line belongs to the item above it."""
    text = lines.texts[number]
    return lines.prose[number] and not text.isspace() and not _BOX.match(text.lstrip())


def _leaves(item: Item) -> Iterator[Item]:
    """An item; or, where it only names what is below it, the items there; none where nothing is."""
    head, _, below = item.text.partition("\n")
    if head.rstrip(" *_").endswith(":") and not _BOX.match(item.text):
        margin = min((len(line) - len(line.lstrip()) for line in below.split("\n") if line.strip()), default=0)
        inner = list(list_items(read_lines("\n".join(line[margin:] for line in below.split("\n")))))
        if inner or not below.strip():
            yield from (replace(one, line=item.line + 1 + one.line) for one in inner)
            return
    yield item


def _read(text: str, line: int, complaints: list[Complaint]) -> ActionItem:
    facts = Facts(line=line, complaints=complaints)
    return _made(read_promise(text, facts), facts)


def _made(text: str, facts: Facts) -> ActionItem:
    if facts.done and facts.dropped:
        facts.complain(
            "action-item-unread",
            f"{quoted(text)} is marked as done and as dropped; it is read as dropped",
            "keep one of the two",
        )
    return ActionItem(
        text=text,
        line=facts.line,
        owners=tuple(facts.owners),
        due=facts.due,
        link=facts.link,
        done=facts.done,
        done_at=facts.done_at,
        dropped=facts.dropped,
        dropped_at=facts.dropped_at,
        dropped_because=facts.dropped_because,
    )


def read_promise(text: str, facts: Facts) -> str:
    """The words of a promise; the box before them and the facts behind them go into `facts`."""
    # What is below (wrapped lines, sub-lists) stays; facts count at the end of the first paragraph.
    first, below = _first_paragraph(_without_box(text, facts))
    for _ in range(_MOST_FACTS):
        first, more = _without_bracket(first, facts) or _without_tail(first, facts) or (first, False)
        if not more:
            break
    if len(first) < _LONGEST and _STRUCK.match(first) and not (facts.done or facts.dropped):
        facts.complain(
            "action-item-unread",
            f"{quoted(first)} is struck out, which says neither that it is done nor that it is dropped",
            "write [x] before it and done YYYY-MM-DD behind it, or [-] and dropped YYYY-MM-DD: why",
        )
    return f"{first}{below}".strip()


def _without_box(text: str, facts: Facts) -> str:
    box = _BOX.match(text)
    if box is None:
        return text
    mark = (box["mark"] or box["sign"] or "").strip().casefold()
    if mark in _OPEN_BOXES | _DONE_BOXES | _DROPPED_BOXES:
        facts.done |= mark in _DONE_BOXES
        facts.dropped |= mark in _DROPPED_BOXES
        return text[box.end() :]
    if len(mark) == 1 and not mark.isdigit():  # `[P1]` and `[1]` are part of the words
        facts.complain(
            "action-item-unread",
            f"{quoted(box[0])} is no box that is known, so the promise stays open",
            "write [ ] for open, [x] for done, [-] for dropped",
        )
    return text


def _first_paragraph(text: str) -> tuple[str, str]:
    end = re.search(r"\n(?=\s*\n|[ \t]*(?:[-*+•]|\d+[.)])\s)", text)
    first, below = (text[: end.start()], text[end.start() :]) if end else (text, "")
    return first.rstrip(), below


def _without_bracket(first: str, facts: Facts) -> tuple[str, bool] | None:
    """`first` without the facts in the bracket at its end, and whether there may be more of them before it.

    None where there is no bracket, or none with a fact in it.
    """
    bracket = _trailing_bracket(first)
    left = facts.take_all(first[bracket + 1 :].rstrip(" .")[:-1]) if bracket is not None else None
    if left is None:
        return None
    stop = "." if first.endswith(".") else ""
    words = first[:bracket].rstrip()
    return (f"{words} ({', '.join(left)}){stop}", False) if left else (f"{words}{stop}", True)


def _trailing_bracket(text: str) -> int | None:
    """Where the bracket opens that closes at the end of `text`; None if there is none."""
    text = text.rstrip(" .")
    if not text.endswith(")"):
        return None
    depth = 0
    for index in range(len(text) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(text[index], 0)
        if depth == 0:
            return index if text[max(0, index - 1) : index] != "]" else None  # `[name](link)` is no bracket
    return None


def _without_tail(first: str, facts: Facts) -> tuple[str, bool] | None:
    """Likewise without a fact that stands behind it in no brackets, but clearly set apart: `…, due 2026-07-01`."""
    whole = first.rstrip(" .")
    before, plain = whole[:-_LONGEST_TAIL], whole[-_LONGEST_TAIL:]
    breaks = [*_SET_APART.finditer(plain), *_LABELLED.finditer(plain)]
    if (facts.due or facts.done_at) and not facts.owners:  # `… @Ops - due 2026-07-01`
        breaks += [one for one in _NAME_LAST.finditer(plain) if _is_a_promise(plain[: one.start()])]
    for found in sorted(breaks, key=lambda one: one.start(), reverse=True)[:2]:
        words, part = plain[: found.start()].rstrip(" ,;"), plain[found.end() :].strip()
        if words and is_certain(part) and facts.take(part):
            return before + words + ("." if first.endswith(".") else ""), True
    return None


def _is_a_promise(words: str) -> bool:
    return len(words.split()) >= _FEWEST_WORDS
