"""The text of an incident file, and edits of it that leave all else as it was typed.

An edit puts text at the places of YAML nodes, parses the result, and is refused unless exactly the meant values have
changed: comments, order, quotes, alignment and line ends stay, since nothing writes them again. (ruamel.yaml keeps
comments, but changes line ends, braces, aligned values and indentation.)
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from mkdocs_incidents.content.source import Report, decode
from mkdocs_incidents.content.yaml.front_matter import MarkdownDocument, read_document
from mkdocs_incidents.content.yaml.nodes import Mapping, Node, Scalar, Sequence, data, find

from ..yaml_text import as_read, flow, indented, key_lines, mapping_lines
from .errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping as MappingOf

    from mkdocs_incidents.content.yaml.nodes import Path

    from ..yaml_text import Value

_MARK = "\ufeff"
_KEEPS_LINES = re.compile(r"[|>](?:\d?\+|\+\d)")
_BEHIND_BLOCK_SIGN = re.compile(r"[|>][-+\d]*([ \t]+#[^\n]*)")
_INDENTED_COMMENTS = re.compile(r"(?:[ ]+#[^\n]*\n)+")
_BY_HAND = "change it by hand, then type: incidents check"


@dataclass(frozen=True, kw_only=True)
class IncidentText:
    """The bytes of an incident file that can be read; every edit returns another."""

    path: str
    """As messages name it."""
    raw: bytes

    @cached_property
    def document(self) -> MarkdownDocument:
        """Its facts with their places, and its body.

        Raises:
            RefusedError: it cannot be read.
        """
        report = Report(path=self.path)
        source = decode(self.raw, report)
        document = read_document(source, report) if source else None
        if document is None or report.failed:
            raise RefusedError(f"{self.path} has errors, which must be corrected first", problems=report.for_reader())
        return document

    @property
    def _text(self) -> str:
        return self.document.source.text

    def with_update(self, values: MappingOf[str, Value], *, later: int = 0) -> IncidentText:
        """With one more update: the last in the list, or the first where the list has the newest first.

        `later` is how many at the end of a list in order of time are later than the new one.
        """
        updates = self.document.facts.values.get("updates")
        if not isinstance(updates, Sequence) or not (updates.items or updates.flow_end):
            return self._with_first_update(values)
        newest_first = self._is_newest_first(updates)
        number = self._behind_later(updates, values.get("at")) if newest_first else len(updates.items) - later
        if updates.flow_end:
            new = self._with_item_in_brackets(updates, number, values)
        else:
            dash = self._column(updates.index)
            item = updates.items[-1]
            inner = self._column(item.index) if isinstance(item, Mapping) else dash + 2
            inner = inner if inner > dash else dash + 2
            first, *others = mapping_lines(values)
            lines = [f"{' ' * dash}-{' ' * (inner - dash - 1)}{first}", *indented(others, inner)]
            above = updates.items[number - 1] if number else None
            place = self._below(above, dash + 1) if above else self._line_start(updates.index)
            new = self._splice(place, place, _joined(lines))
        expected = self._expected()
        expected["updates"].insert(number, _as_data(values))
        return new.verified(expected, self.document.body)

    def _with_item_in_brackets(self, updates: Sequence, number: int, values: MappingOf[str, Value]) -> IncidentText:
        if number:
            place, item = self._end(updates.items[number - 1]), f", {flow(values)}"
        else:
            place, item = updates.index + 1, f"{flow(values)}{', ' if updates.items else ''}"
        return self._splice(place, place, item)

    def _with_first_update(self, values: MappingOf[str, Value]) -> IncidentText:
        facts = self.document.facts
        if facts.flow_end:
            raise self._refused("its facts are written in braces")
        first, *others = mapping_lines(values)
        lines = [f"  - {first}", *indented(others, 4)]
        if empty := facts.keys.get("updates"):
            place = self._next_line(empty.end)
        else:
            lines.insert(0, "updates:")
            before = facts.keys.get("postmortem")
            place = self._above(before) if before else self._below(facts, 0)
        expected = self._expected()
        expected["updates"] = [_as_data(values)]
        margin = self._column(facts.index) if facts.keys else 0
        return self._splice(place, place, _joined(indented(lines, margin))).verified(expected, self.document.body)

    def with_value(self, path: Path, key: str, value: Value, *, behind: tuple[str, ...] = ()) -> IncidentText:
        """With `key` of the mapping at `path` set to `value`; a new key stands behind the last of `behind` it has."""
        parent = find(self.document.facts, path)
        expected = self._expected()
        target: Any = expected
        try:
            for step in path:
                target = target[step]
        except (LookupError, TypeError):
            target = None
        if not isinstance(parent, Mapping) or not isinstance(target, dict):
            raise self._refused(f"{path[-1]!r} has no keys" if path else "it has no facts")
        target[key] = _as_data(value)
        old = parent.values.get(key)
        new = self._replaced(parent, key, old, value) if old else self._inserted(parent, key, value, behind)
        return new.verified(expected, self.document.body)

    def without_key(self, path: Path, key: str) -> IncidentText:
        """Without a key of the mapping at `path`, and without the lines of its value; comments beside it stay."""
        parent = find(self.document.facts, path)
        if not isinstance(parent, Mapping) or parent.flow_end or key not in parent.values:
            raise self._refused(f"'{key}' is not a line of its own")
        start = self._line_start(parent.keys[key].index)
        end = self._next_line(self._end(parent.values[key]))
        comments = self._comments_beside(parent.keys[key], parent.values[key])
        if below := _INDENTED_COMMENTS.match(self._text, end):  # a block above it would take them for its own text
            comments = [*comments, *(line.strip() for line in below[0].splitlines())]
            end = below.end()
        kept = _joined(indented(comments, self._column(parent.keys[key].index)))
        expected = self._expected()
        target: Any = expected
        for step in path:
            target = target[step]
        del target[key]
        return self._splice(start, end, kept).verified(expected, self.document.body)

    def with_body(self, body: str) -> IncidentText:
        """With another body below the facts."""
        old, index = self.document.body, self.document.body_index
        same = len(old) - len(old.lstrip("\n")) if not old.strip() else 0
        start = index + same
        separator = "" if self._text[:start].endswith("\n") else "\n"
        new = self._splice(start, len(self._text), separator + body)
        return new.verified(self._expected(), None)

    def with_text_in_body(self, start: int, end: int, text: str) -> IncidentText:
        """With the characters of the body from `start` to `end` replaced by `text`."""
        body, index = self.document.body, self.document.body_index
        new = self._splice(index + start, index + end, text)
        return new.verified(self._expected(), body[:start] + text + body[end:])

    def verified(self, expected: Any, body: str | None) -> IncidentText:
        """The text itself, if it can be read and states `expected`.

        Raises:
            RefusedError: it does not; the file is written in a way that this module cannot add to.
        """
        try:
            document = self.document
        except RefusedError:
            raise self._refused("the change would break it") from None
        if data(document.facts) != expected or (body is not None and document.body != body):
            raise self._refused("the change would alter more than is meant")
        return self

    def _refused(self, reason: str) -> RefusedError:
        return RefusedError(f"{self.path} cannot be edited: {reason}; {_BY_HAND}")

    def _expected(self) -> Any:
        return deepcopy(data(self.document.facts))

    def _inserted(self, parent: Mapping, key: str, value: Value, behind: tuple[str, ...]) -> IncidentText:
        """With a new key in a mapping."""
        above = [name for name in behind if name in parent.values]
        if parent.flow_end:
            last = parent.values[above[-1]] if above else list(parent.values.values())[-1] if parent.values else None
            place = self._end(last) if last else parent.index + 1
            return self._splice(place, place, f"{', ' if last else ''}{flow({key: value})[1:-1]}")
        column = self._column(parent.index)
        place = self._below(parent.values[above[-1]] if above else parent, column)
        return self._splice(place, place, _joined(indented(key_lines(key, value), column)))

    def _replaced(self, parent: Mapping, key: str, old: Node, value: Value) -> IncidentText:
        """With another value behind a key."""
        if parent.flow_end:
            return self._splice(old.index, self._end(old), flow(value))
        first, *others = key_lines(key, value)
        first = first[first.index(":") + 1 :].strip()
        column = self._column(parent.keys[key].index)
        below = _joined(indented(others, column))
        if isinstance(old, Scalar) and not old.empty:
            start, end = old.index, self._end(old)
            comment = _BEHIND_BLOCK_SIGN.match(self._text, start)
            first += comment[1] if comment else ""
        elif isinstance(old, Scalar):
            start = end = parent.keys[key].end + self._text[parent.keys[key].end :].index(":") + 1
        else:
            raise self._refused(f"'{key}' has keys or a list below it")
        if start == end and first:
            first = f" {first}"
        end_of_line = self._next_line(end)
        behind = self._text[end:end_of_line]
        if below and re.compile(rf"(?:[ ]*\n)*[ ]{{{column + 1},}}#").match(self._text, end_of_line):
            first, below = first.replace("|-", flow(value), 1), ""  # a block would take that comment for its text
        if not below:
            return self._splice(start, end, first)
        return self._splice(start, end_of_line, f"{first}{behind}{below}")  # a comment stays on the line of the key

    def _comments_beside(self, key: Scalar, value: Node) -> list[str]:
        """The comments on the lines of a key and its value."""
        end = self._end(value)
        sign = _BEHIND_BLOCK_SIGN.match(self._text, value.index)
        between = self._text[key.end : value.index].split("\n")
        found = [part[part.index("#") :] for part in between if "#" in part]
        found += [sign[1].strip() if sign else "", self._text[end : self._next_line(end)].strip()]
        return [comment for comment in found if comment]

    def _is_newest_first(self, updates: Sequence) -> bool:
        stated = [node.text for node in self._times(updates)]
        return len(stated) > 1 and stated[0] > stated[-1] and stated == sorted(stated, reverse=True)

    def _behind_later(self, updates: Sequence, at: Value | None) -> int:
        """Where an update belongs among others, the newest first: of simultaneous ones the last in the file is last."""
        return sum(1 for _ in takewhile(lambda node: node.text >= str(at), self._times(updates)))

    def _times(self, updates: Sequence) -> list[Scalar]:
        found = (find(update, ("at",)) for update in updates.items)
        return [node for node in found if isinstance(node, Scalar)]

    def _end(self, node: Node) -> int:
        """Index behind the last character of a node."""
        if isinstance(node, Scalar):
            value = self._text[node.index : node.end]
            if value[:1] in "|>" and not node.plain and _KEEPS_LINES.match(value):
                return node.end - 1
            return node.index + len(value.rstrip())
        if node.flow_end:
            return node.flow_end + 1
        below = node.items if isinstance(node, Sequence) else list(node.values.values())
        end = self._end(below[-1]) if below else node.index
        if isinstance(node, Mapping) and node.keys:  # a key without a value ends where it stands
            end = max(end, list(node.keys.values())[-1].end)
        return end

    def _below(self, node: Node, column: int) -> int:
        """Index of the line below a node and below the comments that belong to it: those indented to `column`."""
        place = self._next_line(self._end(node))
        comment = re.compile(rf"(?:[ \t]*\n)*[ ]{{{max(column, 1)},}}#[^\n]*\n")
        while found := comment.match(self._text, place):
            place = found.end()
        return place

    def _above(self, key: Scalar) -> int:
        """Index of the line of a key of the file, or of the first of the comments that stand right above it."""
        ends = (self._next_line(self._end(value)) for value in self.document.facts.values.values())
        place = self._line_start(key.index)
        first = max((end for end in ends if end <= place), default=place)
        while place > first:
            above = self._line_start(place - 1)
            if not self._text[above:place].lstrip(" ").startswith("#"):
                break
            place = above
        return place

    def _column(self, index: int) -> int:
        return index - self._line_start(index)

    def _line_start(self, index: int) -> int:
        return self._text.rfind("\n", 0, index) + 1

    def _next_line(self, index: int) -> int:
        end = self._text.find("\n", index)
        return len(self._text) if end < 0 else end + 1

    def _splice(self, start: int, end: int, new: str) -> IncidentText:
        """With `new` in place of the characters from `start` to `end`; all other bytes stay."""
        typed = self.raw.decode("utf-8")
        first, last = self._typed_index(typed, start), self._typed_index(typed, end)
        if "\r\n" in typed and typed.count("\r\n") * 2 > typed.count("\n"):
            new = new.replace("\n", "\r\n")
        elif "\r" in typed and "\n" not in typed:
            new = new.replace("\n", "\r")
        return IncidentText(path=self.path, raw=f"{typed[:first]}{new}{typed[last:]}".encode())

    def _typed_index(self, typed: str, index: int) -> int:
        """The index in the text as typed of that at `index` in the text as read.

        That has no byte-order mark, no overrides of the writing direction, and LF for every line end.
        """
        offset = len(typed) - len(self._text)
        if not offset:
            return index
        if offset == 1 and typed.startswith(_MARK):
            return index + 1
        return self._typed_indexes[index]

    @cached_property
    def _typed_indexes(self) -> list[int]:
        typed, found, place = self.raw.decode("utf-8"), [], 0
        for character in self._text:
            while typed[place] != character and not (character == "\n" and typed[place] == "\r"):
                place += 1
            found.append(place)
            place += 2 if typed.startswith("\r\n", place) else 1
        return [*found, len(typed)]


def new_text(path: str, facts: MappingOf[str, Value], updates: list[MappingOf[str, Value]], body: str) -> IncidentText:
    """The text of a new incident file."""
    lines = list(mapping_lines(facts))
    if updates:
        lines.append("updates:")
    for update in updates:
        first, *others = mapping_lines(update)
        lines += [f"  - {first}", *indented(others, 4)]
    below = f"\n{body.strip()}\n" if body.strip() else ""
    text = IncidentText(path=path, raw=("---\n" + _joined(lines) + "---\n" + below).encode())
    expected = {key: _as_data(value) for key, value in facts.items()}
    if updates:
        expected["updates"] = [_as_data(update) for update in updates]
    return text.verified(expected, None)


def _as_data(value: Value | MappingOf[str, Value]) -> Any:
    """What `value` is once it is read."""
    if isinstance(value, str):
        return as_read(value)
    return {key: _as_data(each) for key, each in value.items()}


def _joined(lines: Any) -> str:
    return "".join(f"{line}\n" for line in lines)
