"""Facts that stand in the body, where nothing reads them: an update typed at the end, a second front matter, a key.

A body is prose, and prose has colons. So a key counts only as the format has it, at the beginning of a line, and only
with a value of its own type: `resolved: 2026-04-06 15:15`, never `Resolved: we rolled back`. Lines with other keys
among them are the metadata of an imported document and stay what they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from textwrap import dedent
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from ..source import Place, Report, Source
from ..suggestions import UPDATE_STATUS_SLIPS, nearest, quoted
from ..yaml.nodes import Mapping, compose, data
from .schema import Format, IncidentKeys, UpdateKeys
from .values import UPDATE_STATUSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ..markdown_lines import Lines
    from ..yaml.front_matter import MarkdownDocument
    from .values import FieldContext

_FENCE = re.compile(r"-{3,}[ \t]*\n?$")
_KEY = re.compile(r"(?P<indent> {0,3})(?P<item>[-*+] *)?(?P<key>[a-z]\w*) ?:(?:\s+(?P<value>.*?))?\s*$", re.ASCII)
_FLOW = re.compile(r" {0,3}[-*+] +\{")
_BULLET = re.compile(r"(?m)^( *)[-*+] *(?=[a-z{])")
_VERBATIM = re.compile(r"<(/?)(?:pre|script|style|textarea)\b", re.IGNORECASE)
_TIME = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]+\d{1,2}[:.]\d\d(?:[:.]\d\d)?\s*(?:[ap]m)?\s*(?:[A-Z]{1,5}|[+-]\d\d:?\d\d)?)?",
    re.IGNORECASE,
)
_TIMES = {"at", "started", "resolved", "publish", "until", "next_update"}
_TEXTS = {"title", "id", "causes", "accepted", "message"}
_UPDATE = set(UpdateKeys.model_fields)
_OF_UPDATES_ONLY = _UPDATE - set(IncidentKeys.model_fields)
_OURS = _UPDATE | set(IncidentKeys.model_fields)
_OR_CODE = "or put it in a code block if readers are to see it as it is"


@dataclass(frozen=True, slots=True, kw_only=True)
class _TextPassage:
    """Lines of a body, one below the other, that look like keys with values."""

    first: int
    """Number of its first line in the body, from 0."""
    texts: tuple[str, ...]
    below_fence: bool
    above_fence: bool
    at_top: bool
    """Whether only blank lines, fences and such passages stand above it."""
    in_paragraph: bool
    """Whether a line of prose stands right above it."""

    @property
    def is_front_matter(self) -> bool:
        """Whether it stands between two fences; at the beginning of a body, the first of them closes the facts."""
        return self.below_fence and self.above_fence and (self.first > 0 or len(self.texts) > 1)

    @property
    def is_heading(self) -> bool:
        """Whether it is one line of prose, underlined."""
        return len(self.texts) == 1 and self.above_fence and not self.below_fence


def report_misplaced_facts(
    lines: Lines, line_of: Callable[[int], int], document: MarkdownDocument, context: FieldContext, report: Report
) -> None:
    """Report every passage of a body that can only be meant as facts; `line_of` gives the lines of the file."""
    for passage in _passages(lines):
        if found := _judged(passage, document, context):
            number = _number_of(found.key, passage.texts)
            text = passage.texts[number]
            place = Place(line_of(passage.first + number), len(text) - len(text.lstrip()) + 1)
            report.error(place, "facts-in-body", found.message.format(line=quoted(text)), f"{found.hint}; {_OR_CODE}")


def _number_of(key: str, texts: Sequence[str]) -> int:
    """Which line a key stands on."""
    found = (number for number, text in enumerate(texts) if (line := _KEY.match(text)) and line["key"] == key)
    return next(found, 0)


def _passages(lines: Lines) -> Iterator[_TextPassage]:
    at_top = True
    verbatim = False
    number = 0
    texts = lines.texts
    while number < len(texts):
        first = number
        if lines.prose[number] and not verbatim and _begins(texts[number]):
            number += 1
            while number < len(texts) and lines.prose[number] and _continues(texts[number]):
                number += 1
            above = texts[first - 1] if first else "---"
            yield _TextPassage(
                first=first,
                texts=tuple(texts[first:number]),
                below_fence=_FENCE.match(above) is not None,
                above_fence=number < len(texts) and _FENCE.match(texts[number]) is not None,
                at_top=at_top,
                in_paragraph=bool(above.strip()) and not above.startswith("#") and not _FENCE.match(above),
            )
            continue
        for tag in _VERBATIM.findall(texts[number]) if "<" in texts[number] and lines.prose[number] else ():
            verbatim = not tag
        at_top = at_top and (texts[number].isspace() or _FENCE.match(texts[number]) is not None)
        number += 1


def _begins(text: str) -> bool:
    return (":" in text and _KEY.match(text) is not None) or ("{" in text and _FLOW.match(text) is not None)


def _continues(text: str) -> bool:
    return _begins(text) or (text[0] in " \t" and not text.isspace())


@dataclass(frozen=True, slots=True)
class _Misplaced:
    message: str
    hint: str
    key: str = ""
    """The key that gives it away, where that is not the first one."""


def _judged(passage: _TextPassage, document: MarkdownDocument, context: FieldContext) -> _Misplaced | None:
    """What is wrong with a passage; None for prose."""
    facts = _read(passage.texts)
    if isinstance(facts, list):
        return _misplaced_update(document) if any(_is_update(item, context) for item in facts) else None
    ours = bool(facts) and facts.keys() <= _OURS
    if ours and passage.is_front_matter:
        return _Misplaced("a second front matter begins here, and nothing reads it", _move("its keys", facts, document))
    if any(_is_update(item, context) for item in [facts, *_items(facts.get("updates"))]):
        return _misplaced_update(document)
    if not ours or passage.is_heading:
        return None
    typed = [key for key, value in facts.items() if _has_its_type(key, value, context)]
    decisive = [key for key in typed if key in _TIMES or not passage.in_paragraph]
    if not passage.at_top:  # above a timeline it states the zone of its times
        decisive = [key for key in decisive if key != "timezone"]
    if not decisive:
        return None
    return _Misplaced(
        "{line} is a fact, but nothing reads it below the second ---", _move("it", decisive[:1], document), decisive[0]
    )


def _items(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _misplaced_update(document: MarkdownDocument) -> _Misplaced:
    where = "to the others in updates:" if "updates" in document.facts.keys else "below a line updates:"
    return _Misplaced(
        "this looks like an update, but nothing reads it below the second ---",
        f"move it above line {_closing_fence(document)}, {where}",
    )


def _move(what: str, keys: Iterable[str], document: MarkdownDocument) -> str:
    above = f"above line {_closing_fence(document)}"
    for key in keys:
        if stated := document.facts.keys.get(key):
            line = document.source.place(stated.index).line
            return f"{key}: stands on line {line} already: write there what is true, and delete it here"
        if key in _OF_UPDATES_ONLY:
            return f"write it {above}, in an item of updates: with at:, status: and message:"
        if key == "timezone":  # it changes what every time up there means
            return f"move {what} {above} if the times there are in that zone"
    return f"move {what} {above}"


def _closing_fence(document: MarkdownDocument) -> int:
    return document.body_line - 1


def _read(texts: Sequence[str]) -> dict[str, Any] | list[Any]:
    """The keys and values of a passage, or of each item of a list; as far as they can be made out if it is no YAML."""
    text = dedent(_BULLET.sub(r"\1- ", "".join(texts)))
    scratch = Report(path="")
    node = compose(text, Source(path="", text=text), scratch)
    if node is not None and not scratch.failed:
        read: Any = data(node)
        return read if isinstance(node, Mapping) else read if isinstance(read, list) else {}
    items: list[dict[str, Any]] = [{}]
    for found in filter(None, map(_KEY.match, (line.lstrip() for line in texts))):
        if found["item"]:
            items.append({})
        items[-1].setdefault(found["key"], (found["value"] or "").strip("\"'"))
    return items[1:] if len(items) > 1 else items[0]


def _is_update(item: object, context: FieldContext) -> bool:
    """Whether keys have what only an update has: a time or a status, and something else of an update."""
    if not isinstance(item, dict):
        return False
    keys = (item.keys() & _UPDATE) - {"id"}
    at, status = item.get("at"), str(item.get("status", ""))
    if keys == {"at"}:
        return _has_its_type("at", at, context)
    meant = status in UPDATE_STATUSES or ("message" in keys and nearest(status, UPDATE_STATUSES, UPDATE_STATUS_SLIPS))
    return len(keys) > 1 and bool(meant or str(at)[:1].isdigit())


def _has_its_type(key: str, value: object, context: FieldContext) -> bool:
    """Whether a value is of the type of its key, where that is more than any text."""
    if key in _TEXTS and isinstance(value, str):
        return False
    if key == "status":
        return value in UPDATE_STATUSES
    if key in _TIMES and isinstance(value, str) and _TIME.fullmatch(value):
        return True
    keys: type[Format] = IncidentKeys if key in IncidentKeys.model_fields else UpdateKeys
    try:
        keys.model_validate({key: value}, context=context)
    except ValidationError as error:
        return all(problem["loc"][:1] != (key,) for problem in error.errors(include_url=False))
    return True
