"""YAML → nodes that know where they stand and keep every value as the text its author typed.

Nothing is ever typed by YAML: `10:30` is not 630, `No` is not false, `1.0` is not a number. Aliases, tags and
deep nesting, which no incident needs and attacks are made of, are refused while the events stream by.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

from ..invisible import SUSPECT, harmful_in_text, is_space, report_invisible
from ..source import Report, Source
from ..suggestions import quoted
from .errors import explain
from .keys import TEXTS
from .repairs import text_in_quotes

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from collections.abc import Sequence as Sequence_

DEEPEST = 16
"""Levels of nesting understood; the file formats need five."""


@dataclass(slots=True)  # not frozen: that would double the time of reading
class Scalar:
    """A value or a key as typed. `index` counts characters in the file."""

    text: str
    index: int
    end: int
    plain: bool
    """Without quotes and not a block: where it ends, a comment may begin."""

    @property
    def empty(self) -> bool:
        """Nothing was typed behind the key."""
        return self.plain and not self.text


@dataclass(slots=True)
class Sequence:
    """A list."""

    index: int
    items: list[Node] = field(default_factory=list)
    flow_end: int = 0
    """Index of the bracket that closes it; 0 where it is written without brackets."""


@dataclass(slots=True)
class Mapping:
    """Keys and values, in the order of the file, every key once."""

    index: int
    keys: dict[str, Scalar] = field(default_factory=dict)
    values: dict[str, Node] = field(default_factory=dict)
    unread: int = 0
    """How many more keys were reported and are not here, because nobody knows what they mean."""
    moved: bool = False
    """Whether its keys were not indented below the one that it belongs to, which was reported."""
    flow_end: int = 0
    """Index of the brace that closes it; 0 where it is written without braces."""


Node: TypeAlias = Scalar | Sequence | Mapping
Data: TypeAlias = "str | Empty | list[Data] | dict[str, Data]"
Path: TypeAlias = tuple[int | str, ...]


class Empty(Enum):
    """The value of a key behind which nothing was typed. Not None: that is what a key has that is not there."""

    EMPTY = "empty"


EMPTY = Empty.EMPTY


def data(node: Node) -> Data:
    """The bare values below `node`; `EMPTY` where nothing was typed."""
    if isinstance(node, Scalar):
        return EMPTY if node.empty else node.text
    if isinstance(node, Sequence):
        return [data(item) for item in node.items]
    return {key: data(value) for key, value in node.values.items()}


def find(node: Node, path: Path) -> Node:
    """The deepest node on the way along `path`; a string step into a list selects the item with that text."""
    for step in path:
        below: Node | None = None
        if isinstance(node, Mapping) and isinstance(step, str):
            below = node.values.get(step)
        elif isinstance(node, Sequence) and isinstance(step, int):
            below = node.items[step] if step < len(node.items) else None
        elif isinstance(node, Sequence):
            below = next((item for item in node.items if isinstance(item, Scalar) and item.text == step), None)
        if below is None:
            return node
        node = below
    return node


class _RefusedError(Exception):
    """The file was reported; there is nothing more to read."""


@dataclass(frozen=True, slots=True)
class _Passage:
    """The text that YAML reads, and where it stands in its file; some characters of the file may have been left out."""

    text: str
    offset: int
    gaps: Sequence_[int] = ()
    """For each character that was left out the index in `text` of the one behind it, in order."""

    def index(self, index: int) -> int:
        """The index in the file of what stands at `index` of `text`."""
        return index + self.offset + (bisect_right(self.gaps, index) if self.gaps else 0)

    def without(self, wrong: Collection[int]) -> _Passage:
        """The same with an ordinary space in place of every other one, and without the other characters at `wrong`."""
        spaces = {index for index in wrong if is_space(self.text[index])}
        gaps = [index - number for number, index in enumerate(sorted(set(wrong) - spaces))]
        text = "".join(
            " " if index in spaces else character
            for index, character in enumerate(self.text)
            if index in spaces or index not in wrong
        )
        return _Passage(text, self.offset, gaps)


def compose(text: str, source: Source, report: Report, *, offset: int = 0) -> Node | None:
    """The node tree of the one YAML document `text`, which stands in `source` from the index `offset` on.

    Invisible characters that do harm are reported and read as if they were not there. Returns None for a document
    without content and for one that was refused; the report tells which.
    """
    passage = _Passage(text, offset)
    if SUSPECT.search(text):
        wrong = _harmful(passage, source)
        report_invisible((index + offset for index in wrong), source, report)
        if wrong:
            # What else the parser finds may come of them: a wide space stands where two were meant.
            return _silent_tree(passage.without(wrong), source)
    return _tree(passage, source, report)


def _tree(passage: _Passage, source: Source, report: Report) -> Node | None:
    loader = yaml.CSafeLoader(passage.text)
    try:
        return _Composer(source, report, passage).tree(loader.get_event)
    except _RefusedError:
        return None
    except yaml.YAMLError as error:
        report.error(*explain(error, source, passage.text, passage.index))
        return None
    finally:
        loader.dispose()


_BEFORE_VALUE = re.compile(
    rf"(?m)^(?:[ \t-]|{SUSPECT.pattern})*(?:[\w-]+[ ]*{SUSPECT.pattern}*:[ ]*{SUSPECT.pattern}*)?"
)


def _harmful(passage: _Passage, source: Source) -> set[int]:
    """Indexes of the characters of a YAML text that nobody sees, and that do harm where they stand."""
    text = passage.text
    suspects = [found.start() for found in SUSPECT.finditer(text)]
    tree = _silent_tree(passage, source)
    in_indentation: set[int] = set()
    if tree is None:  # perhaps because of them
        lead = {index for found in re.finditer(r"(?m)^\s+", text) for index in range(*found.span())}
        in_indentation = lead.intersection(suspects)
        passage = passage.without(set(suspects))
        tree = _silent_tree(passage, source)
    if tree is None:  # because of something else, which is reported once these are gone
        before = {index for found in _BEFORE_VALUE.finditer(text) for index in range(*found.span())}
        return before.intersection(suspects)
    scalars = sorted(_scalars(tree, is_text=False))
    starts = [start for start, _, _ in scalars]
    wrong = set(in_indentation)
    harmful = set(harmful_in_text(text))
    for index in suspects:
        at = bisect_right(starts, index + passage.offset) - 1
        _, end, is_text = scalars[at] if at >= 0 else (0, passage.offset, False)
        if index + passage.offset < end:
            if not is_text or index in harmful:
                wrong.add(index)
        elif "#" not in text[max(end - passage.offset, text.rfind("\n", 0, index) + 1) : index]:
            wrong.add(index)
    return wrong


def _silent_tree(passage: _Passage, source: Source) -> Node | None:
    scratch = Report(path="")
    tree = _tree(passage, source, scratch)
    return None if scratch.failed else tree


def _scalars(node: Node, *, is_text: bool) -> Iterator[tuple[int, int, bool]]:
    """Where each key and value begins and ends, and whether it is a text for readers."""
    if isinstance(node, Scalar):
        yield node.index, node.end, is_text
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _scalars(item, is_text=is_text)
    else:
        for name, key in node.keys.items():
            yield key.index, key.end, False
            yield from _scalars(node.values[name], is_text=name in TEXTS)


class _Composer:
    """Events → nodes, in a loop and not by recursion, so that no file can exhaust the stack."""

    def __init__(self, source: Source, report: Report, passage: _Passage) -> None:
        self._source = source
        self._report = report
        # Marks are many, and left out is nearly never anything.
        self._at = passage.index if passage.gaps else passage.offset.__add__
        self._root: Node | None = None
        self._open: list[Sequence | Mapping] = []
        self._key: list[Scalar | None] = []
        self._twice: list[list[tuple[Scalar, Scalar, Node | None]]] = []
        self._documents = 0

    def tree(self, next_event: Callable[[], yaml.Event | None]) -> Node | None:
        take: dict[type[yaml.Event], Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._mapping,
            yaml.SequenceStartEvent: self._sequence,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceEndEvent: self._end,
            yaml.AliasEvent: self._refuse_alias,
            yaml.DocumentStartEvent: self._document,
        }
        while (event := next_event()) is not None:
            if taker := take.get(event.__class__):
                taker(event)
        return self._root

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if event.anchor is not None or event.tag is not None:
            self._refuse_marks(event, event.anchor, event.tag)
        begin: Any = event.start_mark  # libyaml's marks, which count characters, are never None
        end: Any = event.end_mark
        self._add(Scalar(event.value, self._at(begin.index), self._at(end.index), not event.style))

    def _mapping(self, event: yaml.MappingStartEvent) -> None:
        self._begin(Mapping(self._index(event.start_mark)), event)

    def _sequence(self, event: yaml.SequenceStartEvent) -> None:
        self._begin(Sequence(self._index(event.start_mark)), event)

    def _end(self, event: yaml.CollectionEndEvent) -> None:
        closed = self._open.pop()
        begin: Any = event.start_mark
        end: Any = event.end_mark
        if end.index > begin.index:  # of a block there is no character that closes it
            closed.flow_end = self._at(begin.index)
        self._key.pop()
        if twice := self._twice.pop():
            self._report_twice(twice, in_list=bool(self._open) and isinstance(self._open[-1], Sequence))

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self._documents += 1
        if self._documents > 1:
            self._refuse(event, "yaml-documents", "a second document begins here", "delete this line ---")

    def _index(self, mark: Any) -> int:
        """Of a mark of libyaml's, which counts characters from the beginning of what it was given."""
        return self._at(mark.index)

    def _begin(self, node: Sequence | Mapping, event: yaml.CollectionStartEvent) -> None:
        self._refuse_marks(event, event.anchor, event.tag)
        if len(self._open) >= DEEPEST:
            self._refuse(
                event,
                "yaml-too-deep",
                f"lists and keys are nested more than {DEEPEST} levels deep",
                "put the text in quotes if the brackets belong to it",
            )
        self._add(node)
        self._open.append(node)
        self._key.append(None)
        self._twice.append([])

    def _add(self, node: Node) -> None:
        if not self._open:
            if self._root is None:
                self._root = node
            return
        parent = self._open[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
            return
        key = self._key[-1]
        if key is None:
            self._key[-1] = self._checked_key(node, parent)
        else:
            # Of a key that is there twice the first value stays; the second was reported.
            if parent.keys.setdefault(key.text, key) is key:
                parent.values[key.text] = node
            self._key[-1] = None

    def _checked_key(self, node: Node, parent: Mapping) -> Scalar:
        if not isinstance(node, Scalar):
            self._report.error(
                self._source.place(node.index),
                "key-not-text",
                "a key must be a word, not a list or another mapping",
                "put the text in quotes if it begins with [ or {",
            )
            raise _RefusedError
        if first := parent.keys.get(node.text):
            self._twice[-1].append((node, first, parent.values.get(node.text)))
            if isinstance(before := parent.values.get(node.text), Scalar) and before.empty:
                del parent.keys[node.text], parent.values[node.text]  # the second one has a value, most likely
        return node

    def _report_twice(self, twice: list[tuple[Scalar, Scalar, Node | None]], *, in_list: bool) -> None:
        """Report the keys that stand in a mapping twice; several in an item of a list are an item without a dash."""
        for node, first, value in twice:
            place, line = self._source.place(node.index), self._source.place(first.index).line
            if in_list and len(twice) > 1:
                hint = "if another item of the list begins here, begin its first line with a dash: - "
            elif isinstance(value, Scalar):
                empty = f"delete line {line}, behind which nothing stands"
                hint = empty if value.empty else f"keep the one that is true, on line {line} or line {place.line}"
            else:
                hint = (
                    f"move what stands below line {place.line} to what stands below line {line}, then delete line "
                    f"{place.line}"
                )
            message = f"{quoted(node.text)} is written twice; it already stands on line {line}"
            self._report.error(place, "duplicate-key", message, hint)
            if in_list:
                return

    def _refuse_marks(self, event: yaml.NodeEvent, anchor: str | None, tag: str | None) -> None:
        if anchor is not None:
            self._refuse(
                event,
                "yaml-alias",
                f"'&{anchor}' names a value for reuse, which is not supported here",
                self._in_quotes(event) or "put the text in quotes if it begins with &, or delete the name",
            )
        if tag is not None:
            shown = tag.replace("tag:yaml.org,2002:", "!!")
            self._refuse(
                event,
                "yaml-tag",
                f"'{shown}' marks a type, which is not supported here",
                self._in_quotes(event) or "put the text in quotes if it begins with !, or delete the mark",
            )

    def _refuse_alias(self, event: yaml.AliasEvent) -> None:
        self._refuse(
            event,
            "yaml-alias",
            f"'*{event.anchor}' refers to another value, which is not supported here",
            self._in_quotes(event) or "put the text in quotes if it begins with *, or write the value out",
        )

    def _in_quotes(self, event: yaml.Event) -> str:
        """What to write where the sign belongs to a text for readers; empty where it does not stand behind its key."""
        place = self._source.place(self._index(event.start_mark))
        return text_in_quotes(self._source.line(place.line), place.column - 1)

    def _refuse(self, event: yaml.Event, code: str, message: str, hint: str) -> None:
        self._report.error(self._source.place(self._index(event.start_mark)), code, message, hint)
        raise _RefusedError
