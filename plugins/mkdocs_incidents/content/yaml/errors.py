"""Errors of the YAML parser → place, message and hint that an author without knowledge of YAML understands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..source import Place, Source
from ..suggestions import quoted
from .keys import KEYS, TEXTS
from .repairs import find_repair, first_error

if TYPE_CHECKING:
    from collections.abc import Callable

    import yaml

Explanation = tuple[Place, str, str, str]

_KEY_AND_TEXT = re.compile(r"^(?P<key>[ ]*(?:- +)*[\w-]+: +)(?P<text>.*\S)\s*$")
_TAB = re.compile(r"^[ ]*\t")
_LINE_SEPARATORS = re.compile("[\x85\u2028\u2029]")
_CODE = "yaml-syntax"


def explain(error: yaml.YAMLError, source: Source, text: str, index: Callable[[int], int]) -> Explanation:
    """Place, code, message and hint for a YAML error in `text`; `index` turns an index of it into one of `source`."""
    problem = str(getattr(error, "problem", None) or error)
    mark = getattr(error, "problem_mark", None)
    context_mark = getattr(error, "context_mark", None)
    place = _last_typed(source, index(mark.index if mark else 0))
    began = source.place(index(context_mark.index)) if context_mark else place
    if separator := _LINE_SEPARATORS.search(source.line(place.line)):
        column = separator.start() + 1
        return (
            Place(place.line, column),
            _CODE,
            f"an invisible line separator (U+{ord(separator[0]):04X}) is here",
            "delete it and press Enter instead",
        )
    for number in range(max(1, place.line - 1), place.line + 1):
        if tab := _TAB.match(source.line(number)):
            return Place(number, tab.end()), "yaml-tab", "a tab indents this line", "use spaces instead of the tab"
    at, message, hint = _explained(problem, source, place, began)
    first = source.place(index(0)).line
    if not _is_enough(hint, at.line - first, text) and (
        repair := find_repair(text, place.line - first, began.line - first)
    ):
        return Place(first + repair.line, repair.column + 1), _CODE, repair.message, repair.hint
    if source.line(place.line)[place.column - 1 : place.column] == "\t":
        return place, "yaml-tab", "a tab is here, where YAML takes spaces only", "use a space instead of the tab"
    return at, _CODE, message, hint


def _explained(problem: str, source: Source, place: Place, began: Place) -> tuple[Place, str, str]:
    for fragment, explained in _EXPLANATIONS:
        if fragment in problem:
            return explained(source, place, began)
    return place, f"this is not valid YAML: {problem}", "put texts with special characters in quotes"


def _is_enough(hint: str, line: int, text: str) -> bool:
    """Whether `text` is valid once its line has what the hint says."""
    lines = text.split("\n")
    if not hint.startswith("write ") or not 0 <= line < len(lines):
        return False
    key = re.match(r"\s*(?:- +)*([\w-]+):", lines[line])
    if key and key[1] in KEYS - TEXTS:
        return False
    lead = lines[line][: len(lines[line]) - len(lines[line].lstrip())]
    return first_error("\n".join([*lines[:line], lead + hint.removeprefix("write "), *lines[line + 1 :]])) is None


def _last_typed(source: Source, index: int) -> Place:
    """The place of `index`, or of the last character before it where the text is over."""
    text = source.text
    index = min(index, len(text))
    if index == len(text) or (index and text[index - 1] == "\n" and text[index] in "\n-."):
        index = max(0, len(text[:index].rstrip()) - 1)
    return source.place(index)


def _in_quotes(line: str) -> str:
    """The line with its text in quotes that can hold it."""
    found = _KEY_AND_TEXT.match(line)
    if found is None:
        return "put the text in double quotes"
    text = found["text"]
    if text[0] in "\"'" and text.count(text[0]) != 1 and text[-1] == text[0]:
        text = text[1:-1]
    elif text[0] in "\"'" and text.count(text[0]) == 1:
        text = text[1:]
    text = text.replace("''", "'")
    if '"' not in text and "\\" not in text:
        return f'write {found["key"].strip()} "{text}"'
    return f"write {found['key'].strip()} '{text.replace(chr(39), chr(39) * 2)}'"


def _colon(source: Source, place: Place, _: Place) -> tuple[Place, str, str]:
    line = source.line(place.line)
    before = line[: place.column - 1]
    if re.search(r":\s", before):
        return place, "this text holds a colon, which needs quotes around the text", _in_quotes(line)
    above = source.line(place.line - 1)
    if re.match(r"^\s*[\w-]+:\S", above):
        key = above.split(":", maxsplit=1)[0].strip()
        return (
            Place(place.line - 1, len(above.split(":", maxsplit=1)[0]) + 1),
            (f"a space is missing behind '{key}:'"),
            f"write {key}: {above.split(':', maxsplit=1)[1].strip()}",
        )
    if re.match(r"^\s*[\w-]+\s*$", above):
        key = above.strip()
        return (
            Place(place.line - 1, len(above) - len(above.lstrip()) + 1),
            (f"a colon is missing behind {quoted(key)}"),
            f"write {key}:",
        )
    key_at = Place(place.line, len(line) - len(line.lstrip()) + 1)
    return key_at, "this line is indented deeper than the lines it belongs to", "line it up with the key above"


def _no_colon(source: Source, place: Place, began: Place) -> tuple[Place, str, str]:
    line = source.line(began.line)
    if line.startswith(" ") or not re.match(r"\s*[\w-]+:", line):
        message = f"{quoted(line)} is neither a key nor indented as part of the text above"
        return began, message, "indent it below its key, or put a colon behind it if it is a key"
    return place, "a key without a colon", "put a colon and a space behind it"


def _unclosed_quote(source: Source, _: Place, began: Place) -> tuple[Place, str, str]:
    return began, "this quotation mark is never closed", _in_quotes(source.line(began.line))


def _unclosed_bracket(source: Source, _: Place, began: Place) -> tuple[Place, str, str]:
    bracket = source.line(began.line)[began.column - 1 : began.column]
    closing = {"[": "]", "{": "}"}.get(bracket, "bracket")
    return (
        began,
        f"this {bracket} is not closed by a {closing}",
        (f"add the {closing}, or put the text in quotes if the bracket belongs to it"),
    )


def _after_value(source: Source, place: Place, _: Place) -> tuple[Place, str, str]:
    line = source.line(place.line)
    found = _KEY_AND_TEXT.match(line)
    if found and found["text"][0] in "\"'[{" and place.column > len(found["key"]):
        is_quoted = found["text"][0] in "\"'" and line[place.column - 1 :].strip() not in {",", ";"}
        hint = _in_quotes(line) if is_quoted else "put what follows on a line of its own"
        return place, "something follows the end of the text", hint
    key_at = Place(place.line, len(line) - len(line.lstrip()) + 1)
    return key_at, "this line is not lined up with the lines it belongs to", "line it up with the key above"


def _bad_start(source: Source, place: Place, _: Place) -> tuple[Place, str, str]:
    line = source.line(place.line)
    sign = line[place.column - 1 : place.column]
    return place, f"a text that begins with {sign} needs quotes", _in_quotes(line)


def _bad_reference(source: Source, _: Place, began: Place) -> tuple[Place, str, str]:
    return _bad_start(source, began, began)


def _escape(source: Source, place: Place, _: Place) -> tuple[Place, str, str]:
    line = source.line(place.line)
    return place, "a backslash in double quotes begins a special character", _in_quotes(line)


def _list_in_line(_source: Source, place: Place, _: Place) -> tuple[Place, str, str]:
    return (
        place,
        "a list cannot begin behind its key",
        ("begin each item on a line of its own, or put the text in quotes if it begins with -"),
    )


def _block(_source: Source, place: Place, _: Place) -> tuple[Place, str, str]:
    return place, "the text of a | or > block begins on the next line", "press Enter here and indent the text"


def _more(_source: Source, place: Place, _: Place) -> tuple[Place, str, str]:
    return place, "something follows the end of the document", "delete the line ... or --- above"


_EXPLANATIONS: tuple[tuple[str, Callable[[Source, Place, Place], tuple[Place, str, str]]], ...] = (
    ("mapping values are not allowed", _colon),
    ("could not find expected ':'", _no_colon),
    ("found unexpected end of stream", _unclosed_quote),
    ("found unexpected document indicator", _unclosed_quote),
    ("did not find expected ',' or", _unclosed_bracket),
    ("did not find expected key", _after_value),
    ("did not find expected '-' indicator", _after_value),
    ("cannot start any token", _bad_start),
    ("did not find expected node content", _bad_start),
    ("did not find expected alphabetic or numeric", _bad_reference),
    ("escape", _escape),
    ("hexdecimal", _escape),
    ("block sequence entries are not allowed", _list_in_line),
    ("did not find expected comment or line break", _block),
    ("did not find expected <document start>", _more),
)
