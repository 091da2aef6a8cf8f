"""What was promised: list items such as `- [ ] what (@owner, due 2026-07-01, https://link)`, and rows of tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from ...model import ActionItem
from ..spelling import quoted
from .clocks import aligned
from .days import day_at
from .lists import Item, Paragraph, Table, blocks, hand_over, item_text
from .sections import plain_words
from .timeline import ReadSection, Remark, inserted
from .words import alternation, folded, name_of, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from .lists import Row
    from .sections import Part

ITEM_MARK = "<!-- incidents:item {number} -->"
ITEM_END = "<!-- incidents:item-end -->"
_BOX = re.compile(r"(?:\[(?P<mark>[ xX-]?)\](?=\s)|(?P<sign>[☐□⬜☑✅✔✓]))\ufe0f?\s*")
_DONE, _DROPPED = {"x", "X", "☑", "✅", "✔", "✓"}, {"-"}
_STRUCK = re.compile(r"~~(?=\S)(?P<words>.*\S)~~(?P<stop>[.]?)$", re.DOTALL)
_STRIKE = len("~~")
_OWNERS = re.compile(r"@(?P<names>\S[^()\[\]]*)$")
_NEXT_OWNER = re.compile(r"\s+(?:[&+/]\s*)?@|\s*/\s*@")
_LINK = re.compile(
    r"(?:<(?P<angle>https?://[^>\s]+)>|\[[^\]]*\]\((?P<named>https?://[^)\s]+)\)|(?P<bare>https?://\S+))$"
)
_LINK_IN_CELL = re.compile(r"https?://[^\s)>\]]+")
# `December 1, 2026` is one day: before a year alone a comma ends nothing.
_FACT_END = re.compile(r";\s+|,\s+(?!(?:19|20|21)\d\d(?![\d/.-]))|[,;]$")
_SET_APART = re.compile(r"\s+[-–—|]\s+|[,;]\s+|(?<=\))\s+")
_WHY = re.compile(r"\s*[:;–—]\s*|\s+-\s+")
_NAMES_END = re.compile(r"\s*[,;/&]\s*|\s*<br\s*/?>\s*|\s+(?=@)", re.IGNORECASE)
_EMPTY = re.compile(r"(?:n/?a|tb[ad]|[-–—?…]*)$", re.IGNORECASE)
_LONGEST_TAIL, _MOST_FACTS = 300, 30
"""Characters at the end of a promise, and facts there, that are looked at: nobody writes more by hand."""
_MOST_WORDS_OF_A_NAME = 4
"""Of an owner who stands behind a promise without brackets."""


@dataclass(slots=True, kw_only=True)
class Facts:
    """What is stated of one promise."""

    owners: dict[str, None] = field(default_factory=dict)
    """In the author's order, each once."""
    due: date | None = None
    link: str | None = None
    done: bool = False
    done_at: date | None = None
    dropped: bool = False
    dropped_at: date | None = None
    dropped_because: str = ""

    def take(self, part: str) -> bool:
        """Whether `part` is a fact that is not known yet; then it is taken."""
        if owners := _OWNERS.match(part):
            self.own(_NEXT_OWNER.split(owners["names"]))
            return True
        if (link := _LINK.match(part)) and not self.link:
            self.link = link["angle"] or link["named"] or link["bare"]
            return True
        return self._take_day(part)

    def own(self, names: Sequence[str]) -> None:
        """Add owners."""
        self.owners.update(dict.fromkeys(name.strip() for name in names if name.strip()))

    def _take_day(self, part: str) -> bool:
        """Take `due DAY`, `done DAY`, `done`, `dropped DAY: why` or `dropped: why`."""
        found = _fact_pattern().match(part)
        if found is None:
            return False
        fact = words().facts[folded(found["word"])]
        plain = aligned(part)
        day = day_at(plain, found.end())
        behind = part[day.end :] if day else part[found.end() :]
        if fact == "dropped":
            return self._drop(day.date if day else None, behind)
        if behind.strip() or (fact == "due" and (day is None or (self.due and self.due != day.date))):
            return False
        if fact == "due" and day:
            self.due = day.date
        else:
            self.done, self.done_at = True, day.date if day else self.done_at
        return True

    def _drop(self, day: date | None, behind: str) -> bool:
        why = _WHY.match(behind)
        if behind.strip() and why is None:
            return False  # `dropped packets are counted` is a remark
        self.dropped, self.dropped_at = True, day
        self.dropped_because = behind[why.end() :].strip() if why else ""
        return True


def read_action_items(
    part: Part, line_of: Callable[[int], int], numbered_from: int
) -> tuple[list[ActionItem], ReadSection, Remark | None]:
    """The promises of a part, the part with a mark in each, and the first thing in it that looks like a fact and is none.

    `line_of` turns a line of the part, counted from 0, into one of the file. Marks are numbered from `numbered_from`.
    """
    reader = _Reader(part, line_of, numbered_from)
    for block in reader.blocks:
        if isinstance(block, Table):
            reader.read_table(block)
        elif isinstance(block, Item):
            reader.read_item(block)
        else:
            reader.read_boxes(block)
    edited = {line: inserted(part.lines.texts[line], marks) for line, marks in reader.inserts.items()}
    marked = hand_over(part.lines, reader.blocks, edited)
    return reader.promises, ReadSection(marked=marked, markdown=part.markdown), reader.unread


class _Reader:
    """Reads one part."""

    def __init__(self, part: Part, line_of: Callable[[int], int], numbered_from: int) -> None:
        self._part = part
        self._texts = part.lines.texts
        self._line_of = line_of
        self._from = numbered_from
        self.blocks = blocks(part.lines, ends=_BOX)
        self.promises: list[ActionItem] = []
        self.inserts: dict[int, list[tuple[int, str]]] = {}
        self.unread: Remark | None = None

    def read_item(self, item: Item) -> None:
        """An item is a promise; where it only names the items below it, they are."""
        own = "".join([self._texts[item.first][item.offset :], *self._texts[item.first + 1 : item.own_end]]).strip()
        if item.children and own.rstrip(" *_").endswith((":", "：")) and not _BOX.match(own):
            for child in item.children:
                self.read_item(child)
            return
        self._read(item_text(item, self._texts), item.first, item.offset)

    def read_boxes(self, block: Paragraph) -> None:
        """Lines that begin with a box are promises without a bullet; what follows belongs to the one above."""
        starts = [n for n in range(block.first, block.end) if self._part.lines.prose[n] and self._box_at(n)]
        for start, end in pairwise([*starts, block.end]):
            text = "".join(self._texts[n].lstrip() for n in range(start, end)).rstrip()
            self._read(text, start, len(self._texts[start]) - len(self._texts[start].lstrip()))

    def _box_at(self, line: int) -> bool:
        return _BOX.match(self._texts[line].lstrip()) is not None

    def _read(self, text: str, line: int, offset: int) -> None:
        facts = Facts()
        box = _BOX.match(text)
        if box:
            sign = box["mark"] or box["sign"]
            facts.done, facts.dropped = sign in _DONE, sign in _DROPPED
        start = box.end() if box else 0
        first, below = _first_paragraph(text[start:])
        said = self._without_facts(first, facts, line)
        if struck := _STRUCK.match(said):
            said, first, start = f"{struck['words']}{struck['stop']}", first[_STRIKE:], start + _STRIKE
            facts.dropped |= not facts.done
        whole = f"{said}{below}".strip()
        if not whole:
            return
        self._mark(line, offset + start, first, said)
        self._add(whole, facts, line)

    def _without_facts(self, first: str, facts: Facts, line: int) -> str:
        """The words of a promise without the facts behind them, which go into `facts`."""
        for _ in range(_MOST_FACTS):
            bracket = _trailing_bracket(first)
            if bracket is not None and (left := self._take_bracket(first, bracket, facts, line)) is not None:
                stop = "." if first.rstrip().endswith(".") else ""
                first = f"{first[:bracket].rstrip()}{f' ({left})' if left else ''}{stop}"
                if left:
                    break
                continue
            shorter = _without_tail(first, facts)
            if shorter is None:
                break
            first = shorter
        return first

    def _take_bracket(self, first: str, bracket: int, facts: Facts, line: int) -> str | None:
        """What is left of the bracket at the end once its facts are taken; None where none of it is a fact."""
        inside = " ".join(first[bracket + 1 :].rstrip(" .")[:-1].split())
        left: list[str] = []
        took = False
        for start, part in _parts(inside):
            if _is_dropped(inside[start:]) and facts.take(inside[start:]):
                took = True  # the reason stands last, commas and all
                break
            if facts.take(part):
                took = True
            else:
                left.append(part)
        if not took:
            return None
        if left and self.unread is None:
            message = f"{quoted(left[0])} is not understood among the facts of a promise, so it stays in its text"
            self.unread = Remark(line=self._line_of(line), message=message)
        return ", ".join(left)

    def read_table(self, table: Table) -> None:
        """A table with a column of promises: the columns are found by their names."""
        lines = self._part.lines
        columns: dict[str, int] = {}
        for number in range(len(table.header.cells)):
            name = words().columns.get(name_of(plain_words(table.header.text(lines, number))))
            columns.setdefault(name or "", number)
        if "action" not in columns:
            if self.unread is None and table.rows:
                header = self._texts[table.first].strip()
                message = f"no column of the table {quoted(header)} is known to hold what is promised"
                self.unread = Remark(line=self._line_of(table.first), message=message)
            return
        for row in table.rows:
            cell = {name: row.text(lines, number) for name, number in columns.items()}
            if cell["action"]:
                self._read_row(row, columns["action"], cell)

    def _read_row(self, row: Row, column: int, cell: dict[str, str]) -> None:
        facts = Facts()
        text = cell["action"].replace("\\|", "|")
        if box := _BOX.match(text):
            sign = box["mark"] or box["sign"]
            facts.done, facts.dropped = sign in _DONE, sign in _DROPPED
            text = text[box.end() :]
        said = self._without_facts(text, facts, row.line)
        if not _EMPTY.match(cell.get("owner", "")):
            facts.own([plain_words(name).lstrip("@") for name in _NAMES_END.split(cell["owner"])])
        due = aligned(plain_words(cell.get("due", "")))
        if (day := day_at(due)) and day.end == len(due):
            facts.due = day.date
        self._take_status(plain_words(cell.get("status", "")), facts, row.line)
        if link := _LINK_IN_CELL.search(cell.get("link", "")):
            facts.link = link[0]
        start = row.cells[column][0] + 1
        self._mark(row.line, start + (box.end() if box else 0), text, said)
        self._add(said, facts, row.line)

    def _take_status(self, status: str, facts: Facts, line: int) -> None:
        """What a cell says became of a promise: `open`, `Done`, `done 2026-07-01`, `dropped 2026-07-01: why`."""
        if _EMPTY.match(status):
            return
        if facts.take(re.sub(r"[()]", "", status)):
            return
        known = words().statuses.get(name_of(status))
        box = _BOX.match(f"{status} ")
        if known or box:
            sign = (box["mark"] or box["sign"]) if box else ""
            facts.done |= known == "done" or sign in _DONE
            facts.dropped |= known == "dropped" or sign in _DROPPED
        elif self.unread is None:
            message = f"{quoted(status)} is not understood as what became of a promise"
            self.unread = Remark(line=self._line_of(line), message=message)

    def _mark(self, line: int, start: int, first: str, said: str) -> None:
        """Note where the marks go: before the words of a promise and, where its facts stand behind them, behind them."""
        marks = self.inserts.setdefault(line, [])
        marks.append((start, ITEM_MARK.format(number=self._from + len(self.promises))))
        kept = said.rstrip(".")
        if kept and kept != first.rstrip(".") and first.startswith(kept):
            above, last = kept.count("\n"), kept.rsplit("\n", 1)[-1]
            own = self._texts[line + above]
            at = len(own) - len(own.lstrip()) + len(last.lstrip()) if above else start + len(last)
            self.inserts.setdefault(line + above, []).append((at, ITEM_END))

    def _add(self, text: str, facts: Facts, line: int) -> None:
        self.promises.append(
            ActionItem(
                text=text,
                line=self._line_of(line),
                owners=tuple(facts.owners),
                due=facts.due,
                link=facts.link,
                done=facts.done and not facts.dropped,
                done_at=None if facts.dropped else facts.done_at,
                dropped=facts.dropped,
                dropped_at=facts.dropped_at,
                dropped_because=facts.dropped_because,
            )
        )


@cache
def _fact_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?P<word>{alternation(words().facts)})(?![\w-])\s*:?\s*", re.IGNORECASE)


def _is_dropped(text: str) -> bool:
    found = _fact_pattern().match(text)
    return found is not None and words().facts[folded(found["word"])] == "dropped"


def _first_paragraph(text: str) -> tuple[str, str]:
    end = re.search(r"\n(?=\s*\n|[ \t]*(?:[-*+•]|\d+[.)])\s)", text)
    first, below = (text[: end.start()], text[end.start() :]) if end else (text, "")
    return first.rstrip(), below


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


def _without_tail(first: str, facts: Facts) -> str | None:
    """`first` without a fact that stands behind it in no brackets, but set apart: `…, due 2026-07-01`, `… — @Ops`."""
    whole = first.rstrip(" .")
    before, tail = whole[:-_LONGEST_TAIL], whole[-_LONGEST_TAIL:]
    for found in sorted(_SET_APART.finditer(tail), key=lambda one: one.start(), reverse=True)[:2]:
        text, part = tail[: found.start()].rstrip(" ,;"), tail[found.end() :].strip()
        if text and _can_be_nothing_else(part) and facts.take(part):
            return before + text + ("." if first.endswith(".") else "")
    return None


def _can_be_nothing_else(part: str) -> bool:
    """Whether `part` is a fact even where no brackets say so: an owner of few words, or a word for a fact with a day."""
    if re.search(r"[()\[\]]", part):
        return False
    if part.startswith("@"):
        return len(part.split()) <= _MOST_WORDS_OF_A_NAME and not re.search(r"[.!?:]\s", part)
    found = _fact_pattern().match(part)
    day = day_at(aligned(part), found.end()) if found else None
    return day is not None and not part[day.end :].strip()


def _parts(inside: str) -> Iterator[tuple[int, str]]:
    start = 0
    for end in _FACT_END.finditer(inside):
        if part := inside[start : end.start()].strip():
            yield start, part
        start = end.end()
    if part := inside[start:].strip():
        yield start, part
