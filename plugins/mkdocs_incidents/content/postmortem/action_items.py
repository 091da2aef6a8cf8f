"""Action items: list items such as `- [ ] what (@owner, due 2026-07-01, https://link)`, and rows of tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from mkdocs_incidents.model import ActionItem, SectionKind

from ..suggestions import quoted
from .action_item_facts import BOX, Facts, take_facts
from .blocks import Item, Paragraph, Table, blocks, item_text, markdown_for_host, own_text
from .dates_and_times import day_at, normalized
from .language_tables import language_tables, name_of
from .sections import CELL_MARK, ITEM_END, ITEM_MARK, ReadSection, Remark, plain_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from .blocks import TableRow
    from .sections import BodyPart

Edit: TypeAlias = tuple[int, int, str]
"""From which index of a line to which it is replaced, and by what."""

_STRUCK = re.compile(r"~~(?=\S)(?P<words>(?:(?!~~).)*\S)~~(?P<stop>[.]?)$", re.DOTALL)
_STRIKE = len("~~")
_FIRST_PARAGRAPH_END = re.compile(r"\n(?=[ \t]*\n|[ \t]*(?:[-*+•]|\d+[.)])\s)")
_LINK = re.compile(r"https?://[^\s)>\]]+")
_ONLY_LINK = re.compile(r"<?https?://[^\s)>\]]+>?|\[[^\]]*\]\(https?://[^)\s]+\)")
_NAMES_END = re.compile(r"\s*[,;/&]\s*|\s*<br\s*/?>\s*|\s+(?=@)", re.IGNORECASE)
_HINT = "write each promise as an item: - [ ] what (@team, due YYYY-MM-DD)"
_HINT_OF_FACTS = "write an owner as @team and a day as due YYYY-MM-DD; give a remark brackets of its own"
_STOPS = ".。"
_NO_WORDS = re.compile(r"[-–—?…\s]*$")


class ActionItemReader:
    """Reads the action items of one file.

    `line_of` gives the line of the file for a line of a part, counted from 0.
    """

    def __init__(self, line_of: Callable[[BodyPart, int], int]) -> None:
        self._line_of = line_of
        self.action_items: list[ActionItem] = []
        self.unread: list[Remark] = []
        """The first remark of each part on text that looks like a fact and is not read as one."""

    def read(self, part: BodyPart) -> ReadSection:
        """Add the action items of a part; the part with a mark in each."""
        reader = _PartReader(part, len(self.action_items), lambda line: self._line_of(part, line))
        self.action_items += reader.action_items
        self.unread += reader.unread[:1] or self._nothing_listed(part, reader)
        edited = {line: _edited(part.lines.texts[line], edits) for line, edits in reader.edits.items()}
        return ReadSection(marked=markdown_for_host(part.lines, reader.blocks, edited), markdown=part.markdown)

    def _nothing_listed(self, part: BodyPart, reader: _PartReader) -> Iterator[Remark]:
        """A remark on a section that has a text and no action item."""
        if part.kind is not SectionKind.ACTION_ITEMS or reader.action_items:
            return
        for block in reader.blocks:
            text = part.lines.texts[block.first].strip()
            if isinstance(block, Paragraph) and part.lines.prose[block.first] and not _is_empty(text):
                message = f"{quoted(text)} stands in no list, and nothing else here is a promise"
                yield Remark(line=self._line_of(part, block.first), message=message, hint=_HINT)
                return


class _PartReader:
    def __init__(self, part: BodyPart, first_number: int, line_of: Callable[[int], int]) -> None:
        self._texts = part.lines.texts
        self._first_number = first_number
        self._line_of = line_of
        self.action_items: list[ActionItem] = []
        self.edits: dict[int, list[Edit]] = {}
        """Changes of lines for the host: marks, and facts moved behind the text."""
        self.unread: list[Remark] = []
        self.blocks = blocks(part.lines, BOX)
        for block in self.blocks:
            if isinstance(block, Table):
                self._read_table(block)
            elif isinstance(block, Item):
                self._read_item(block)

    def _read_item(self, item: Item) -> None:
        """Read a list item as an action item, or each item nested in it where it is only their label."""
        texts = self._texts
        if item.children and _is_label(own_text(item, texts)):
            for child in item.children:
                self._read_item(child)
            return
        facts = Facts()
        whole = item_text(item, texts)
        text = facts.take_box(whole)
        start = len(whole) - len(text)
        end = _FIRST_PARAGRAPH_END.search(text)
        first, below = (text[: end.start()], text[end.start() :]) if end else (text, "")
        first = first.rstrip()
        wording, taken = self._take_facts(first, facts, item.first)
        if struck := _STRUCK.match(wording):
            first, start = first[_STRIKE:], start + _STRIKE
            words_alone, taken = self._take_facts(struck["words"], facts, item.first)
            taken += first[len(struck["words"]) :]
            wording = f"{words_alone}{struck['stop']}"
            facts.dropped |= not facts.done
        item_words = f"{wording}{below}".strip()
        if not _is_empty(item_words):  # `- None`
            self._mark(item.first, item.offset + start, first, wording, taken)
            self._add(item_words, facts, item.first)

    def _read_table(self, table: Table) -> None:
        """Read the rows of a table as action items; its columns are found by their headers."""
        columns: dict[str, int] = {}
        for number in range(len(table.header.cells)):
            name = language_tables().columns.get(name_of(plain_words(table.header.text(self._texts, number))))
            columns.setdefault(name or "", number)
        if "action" not in columns and table.rows:
            header = quoted(self._texts[table.first].strip())
            self._remark(table.first, f"no column of the table {header} is known to hold what is promised")
        for row in table.rows if "action" in columns else ():
            if row.text(self._texts, columns["action"]):
                self._read_row(row, columns)

    def _read_row(self, row: TableRow, columns: Mapping[str, int]) -> None:
        cells = {name: row.text(self._texts, number) for name, number in columns.items()}
        facts = Facts()
        text = facts.take_box(cells["action"])
        begin = row.begin(self._texts, columns["action"]) + len(cells["action"]) - len(text)
        wording, taken = self._take_facts(text, facts, row.line)
        owners = cells.get("owner", "")
        if not _is_empty(owners):
            facts.add_owners(plain_words(name).lstrip("@") for name in _NAMES_END.split(owners))
        read = {
            "action": True,
            "owner": True,
            "due": self._take_due(plain_words(cells.get("due", "")), facts, row.line),
            "status": self._take_status(plain_words(cells.get("status", "")), facts, row.line),
            "link": _take_link(cells.get("link", ""), facts),
        }
        self._mark(row.line, begin, text, wording, taken)
        read_columns = {columns[name] for name in columns if read.get(name)}
        for number in range(len(row.cells)):
            if number not in read_columns and not _is_empty(row.text(self._texts, number)):
                index = row.begin(self._texts, number)
                self._edit(row.line, index, index, CELL_MARK)
        self._add(wording.replace("\\|", "|"), facts, row.line)

    def _take_due(self, cell: str, facts: Facts, line: int) -> bool:
        """Take the due date of a cell; whether it has one or is empty."""
        due = normalized(cell)
        if (day := day_at(due)) and day.end == len(due):
            facts.due = day.date
        elif not _is_empty(cell):
            self._remark(line, f"{quoted(cell)} is not understood as a day, so it stays in the text")
            return False
        return True

    def _take_status(self, cell: str, facts: Facts, line: int) -> bool:
        """Take the status of a cell; whether it is known or empty.

        The cell may hold `open`, `Done`, `[x]`, `done 2026-07-01`, `dropped 2026-07-01: why`.
        """
        status = facts.take_box(cell)
        if _is_empty(status) or facts.take(re.sub(r"[()]", "", status)):
            return True
        known = language_tables().statuses.get(name_of(status))
        facts.done |= known == "done"
        facts.dropped |= known == "dropped"
        if known is None:
            self._remark(line, f"{quoted(status)} is not understood as what became of a promise")
        return known is not None

    def _take_facts(self, text: str, facts: Facts, line: int) -> tuple[str, str]:
        """The text before the facts, and the facts that do not directly follow that text in `text`."""
        without = take_facts(text, facts)
        if without.left:
            message = f"{quoted(without.left)} is not understood among the facts of a promise, so it stays in its text"
            self._remark(line, message)
        return without.text, without.taken

    def _remark(self, line: int, message: str) -> None:
        self.unread.append(Remark(line=self._line_of(line), message=message, hint=_HINT_OF_FACTS))

    def _mark(self, line: int, start: int, first: str, wording: str, taken: str) -> None:
        """Put a mark before the text of an action item and, where facts follow, behind it.

        Facts among which something is left are moved behind it: `(soon, @Ops)` becomes `(soon) (@Ops)`.
        """
        mark = ITEM_MARK.format(number=self._first_number + len(self.action_items))
        self._edit(line, start, start, mark)
        kept = wording.rstrip(_STOPS)
        if not kept or kept == first.rstrip(_STOPS):
            return
        same = _common_length(first, kept)
        above, last = first.count("\n", 0, same), first[:same].rsplit("\n", 1)[-1]
        text = self._texts[line + above]
        index = len(text) - len(text.lstrip()) + len(last.lstrip()) if above else start + len(last)
        if same == len(kept):
            self._edit(line + above, index, index, ITEM_END)
            return
        replaced, *more = first[same:].split("\n")
        self._edit(line + above, index, index + len(replaced), f"{kept[same:]}{ITEM_END} {' '.join(taken.split())}")
        for number in range(line + above + 1, line + above + 1 + len(more)):
            self._edit(number, 0, len(self._texts[number]), "")

    def _edit(self, line: int, start: int, end: int, text: str) -> None:
        self.edits.setdefault(line, []).append((start, end, text))

    def _add(self, text: str, facts: Facts, line: int) -> None:
        self.action_items.append(
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


def _take_link(cell: str, facts: Facts) -> bool:
    """Take the address of a cell; whether the cell is empty or holds nothing else."""
    link = _LINK.search(cell)
    if link:
        facts.link = link[0]
    return _is_empty(cell) or (link is not None and _ONLY_LINK.fullmatch(cell) is not None)


def _edited(text: str, edits: Iterable[Edit]) -> str:
    """`text` with each edit made; none reaches into another."""
    for start, end, replacement in sorted(edits, reverse=True):
        text = f"{text[:start]}{replacement}{text[end:]}"
    return text


def _common_length(first: str, second: str) -> int:
    """How many characters at their beginnings are the same."""
    pairs = enumerate(zip(first, second, strict=False))
    return next((index for index, (a, b) in pairs if a != b), min(len(first), len(second)))


def _is_empty(cell: str) -> bool:
    """Whether a cell says nothing: `—`, `n/a`."""
    return _NO_WORDS.match(cell) is not None or language_tables().statuses.get(name_of(cell)) == "empty"


def _is_label(text: str) -> bool:
    return text.rstrip(" *_").endswith((":", "：")) and not BOX.match(text)
