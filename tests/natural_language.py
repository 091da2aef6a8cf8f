"""Finds words of a natural language in code that matches text: in regular expressions, and in lists to compare with."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATTERNS = {"compile", "match", "search", "fullmatch", "findall", "finditer", "sub", "subn", "split"}
_COMPARED = {"startswith", "endswith", "removeprefix", "removesuffix", "count", "find", "rfind", "index"}
_FORM = re.compile(
    r"\(\?#[^)]*\)|\(\?P[<=]\w+[>)]|\(\?\(\w+\)|\(\?[aiLmsux-]+[:)]|\\[xuUN](?:\{[^}]*\}|[0-9a-fA-F]+)|\\."
    r"|\[\^?\]?(?:\\.|[^\]])*\]"
)
"""What of a regular expression is its form: names of groups, flags, escapes, classes of characters."""
_COMMENT = re.compile(r"(?<!\\)(?<!\[)#.*")
_WORD = re.compile(r"[^\W\d_]{3,}")
_PHRASE = re.compile(r"[^\W\d_]{2,}(?:[ '’.-]+[^\W\d_]+)*\.?")
_COMPARISONS = (ast.In, ast.NotIn, ast.Eq, ast.NotEq)
_FEWEST = 2
_NAMES_OF_DAYS = {"month_name", "month_abbr", "day_name", "day_abbr"}
"""English lists of the standard library."""


@dataclass(frozen=True, slots=True)
class Found:
    """Words that a module matches text by."""

    name: str
    """The constant or the function that they stand in."""
    words: tuple[str, ...]
    line: int


def words_matched(source: str) -> Iterator[Found]:
    """Every place of a module where text is matched by words that are written there."""
    tree = ast.parse(source)
    for statement in tree.body:
        yield from _in(statement, "", at_module=True)


def _in(node: ast.AST, name: str, *, at_module: bool) -> Iterator[Found]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        if isinstance(node, ast.ClassDef) and any("Enum" in ast.unparse(base) for base in node.bases):
            return
        name, at_module = node.name, False
    elif isinstance(node, ast.Assign | ast.AnnAssign) and at_module:
        name = ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target)
        if name.startswith("__"):
            return
        if node.value:
            yield from _list_of_words(node.value, name)
            yield from _pattern_in_parts(node.value, name)
    yield from _matching(node, name)
    for child in ast.iter_child_nodes(node):
        yield from _in(child, name, at_module=at_module)


def _matching(node: ast.AST, name: str) -> Iterator[Found]:
    """What one expression compares text with."""
    if isinstance(node, ast.Attribute) and node.attr in _NAMES_OF_DAYS:
        yield Found(name, (node.attr,), node.lineno)
    elif isinstance(node, ast.Call):
        yield from _call(node, name)
    elif isinstance(node, ast.Compare) and any(isinstance(op, _COMPARISONS) for op in node.ops):
        for side in (node.left, *node.comparators):
            yield from _list_of_words(side, name)


def _call(node: ast.Call, name: str) -> Iterator[Found]:
    function = node.func
    called = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    of_re = isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id == "re"
    if of_re and called in _PATTERNS and node.args:
        words = tuple(word for text in _texts(node.args[0]) for word in _words_of_pattern(text))
        if words:
            yield Found(name, words, node.lineno)
    elif called in _COMPARED and node.args:
        yield from _list_of_words(node.args[0], name)
    elif called == "split" and isinstance(function, ast.Attribute) and isinstance(function.value, ast.Constant):
        words = tuple(_WORD.findall(str(function.value.value)))
        if len(words) >= _FEWEST:
            yield Found(name, words, node.lineno)


def _pattern_in_parts(node: ast.AST, name: str) -> Iterator[Found]:
    """A constant that is part of a regular expression: a text with alternatives."""
    if isinstance(node, ast.Constant | ast.JoinedStr | ast.BinOp):
        whole = "".join(_texts(node))
        if "|" in whole or "(?:" in whole or "\\" in whole:
            words = tuple(_words_of_pattern(whole))
            if words:
                yield Found(name, words, node.lineno)


def _words_of_pattern(text: str) -> list[str]:
    if "\n" in text:
        text = _COMMENT.sub(" ", text)
    return _WORD.findall(_FORM.sub(" ", text))


def _list_of_words(node: ast.AST, name: str) -> Iterator[Found]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.List | ast.Tuple | ast.Set):
            values = inner.elts
        elif isinstance(inner, ast.Dict):
            values = [key for key in inner.keys if key]
        else:
            continue
        texts = [item.value for item in values if isinstance(item, ast.Constant) and isinstance(item.value, str)]
        words = tuple(text for text in texts if _PHRASE.fullmatch(text.strip()) and len(text.strip()) > _FEWEST)
        if len(words) >= _FEWEST:
            yield Found(name, words, inner.lineno)


def _texts(node: ast.AST) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield inner.value
